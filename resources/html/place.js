// Where one is in the text: a character of it with the words around, so that no pixel matters.
globalThis.place = (() => {
  const INSET = 28; // of the line one reads, below the upper edge
  const AROUND = 40; // characters kept on either side
  const WIDELY = 400; // ... where nothing is stored: enough to tell lines that are said again
  const body = () => document.querySelector("#article .body");

  const texts = (root) => document.createTreeWalker(root, NodeFilter.SHOW_TEXT);

  const offsetOf = (root, node, at) => {
    let before = 0;
    for (const walk = texts(root); walk.nextNode(); ) {
      if (walk.currentNode === node) return before + at;
      before += walk.currentNode.data.length;
    }
    return null;
  };

  // The node that holds a character of the text, and which of its own it is.
  const at = (root, offset) => {
    let last = null;
    for (const walk = texts(root); walk.nextNode(); ) {
      const length = walk.currentNode.data.length;
      if (offset < length) return [walk.currentNode, offset];
      offset -= length;
      if (length) last = [walk.currentNode, length - 1];
    }
    return last;
  };

  const boxOf = (node, offset) => {
    const range = document.createRange();
    // White space between lines has no box: the next character that has one stands for it.
    for (let i = offset; i < Math.min(node.data.length, offset + 80); i++) {
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getClientRects()[0];
      if (box && box.height) return box;
    }
    return node.parentElement.getBoundingClientRect();
  };

  // The first character at the reading line or below it: null while the head is in view.
  const first = () => {
    const text = body();
    const frame = text?.getBoundingClientRect();
    if (!frame || frame.top >= INSET || frame.bottom <= INSET) return null;
    const rtl = getComputedStyle(text).direction === "rtl";
    const columns = [rtl ? frame.right - 3 : frame.left + 3, (frame.left + frame.right) / 2];
    for (let y = INSET; y < innerHeight; y += 10) {
      for (const x of columns) {
        const caret = document.caretPositionFromPoint(x, y);
        const node = caret?.offsetNode;
        if (node?.nodeType !== Node.TEXT_NODE || !text.contains(node) || !node.data.trim()) continue;
        const offset = Math.min(caret.offset, node.data.length - 1);
        const box = boxOf(node, offset);
        if (box.bottom > INSET - 8 && box.top < y + 60) return { node, offset, top: box.top };
      }
    }
    return null;
  };

  // The W3C text position and text quote of the first character in view.
  const now = () => spot(first(), AROUND);

  const spot = (found, around) => {
    if (!found) return null;
    const offset = offsetOf(body(), found.node, found.offset);
    const text = body().textContent;
    return {
      offset,
      prefix: text.slice(Math.max(0, offset - around), offset),
      suffix: text.slice(offset, offset + around),
    };
  };

  // The same for a text that is about to change under who reads it, and how high it stands.
  const held = () => {
    const found = first();
    return found && { ...spot(found, WIDELY), top: found.top };
  };

  const nearest = (text, words, shift, goal) => {
    let best = -1;
    for (let hit = text.indexOf(words); words && hit >= 0; hit = text.indexOf(words, hit + 1)) {
      if (best < 0 || Math.abs(hit + shift - goal) < Math.abs(best - goal)) best = hit + shift;
    }
    return best;
  };

  const search = (text, { offset, prefix, suffix }) => {
    for (const [words, shift] of [[prefix + suffix, prefix.length], [suffix, 0], [prefix, prefix.length]]) {
      const hit = words.trim().length >= 8 ? nearest(text, words, shift, offset) : -1;
      if (hit >= 0) return hit;
    }
    return -1;
  };

  // The same words with every white space as one, and where each character stood.
  const squeezed = (text) => {
    const from = [];
    let made = "";
    for (let i = 0; i < text.length; i++) {
      const blank = /\s/.test(text[i]);
      if (blank && (!made || made.endsWith(" "))) continue;
      made += blank ? " " : text[i];
      from.push(i);
    }
    return { made, from };
  };

  const find = (text, spot) => {
    const { offset, prefix, suffix } = spot;
    const before = text.slice(Math.max(0, offset - prefix.length), offset);
    if (before === prefix && text.startsWith(suffix, offset)) return offset;
    const hit = search(text, spot);
    if (hit >= 0) return hit;
    const { made, from } = squeezed(text);
    const plain = (words) => words.replace(/\s+/g, " ");
    const near = from.findIndex((place) => place >= offset);
    const again = search(made, { offset: Math.max(0, near), prefix: plain(prefix), suffix: plain(suffix) });
    return again >= 0 ? (from[again] ?? -1) : -1;
  };

  // Brings the words of a spot to the reading line; false where the text has them no more.
  const go = (spot) => {
    const text = body();
    const offset = text ? find(text.textContent, spot) : -1;
    const found = offset >= 0 ? at(text, offset) : null;
    if (!found) return false;
    scrollBy({ top: boxOf(...found).top - (spot.top ?? INSET), behavior: "instant" });
    return true;
  };

  // Brings the line that the upper edge cuts down into view, whole; at the end nothing is cut off.
  const unsplit = () => {
    const article = document.getElementById("article");
    const frame = article.getBoundingClientRect();
    if (scrollY <= 0 || scrollY + innerHeight >= document.documentElement.scrollHeight - 1) return;
    const range = document.createRange();
    let top = 0;
    for (const share of [0.02, 0.25, 0.5, 0.75, 0.98]) {
      const under = document.elementsFromPoint(frame.left + frame.width * share, 0);
      const block = under.find((one) => article.contains(one)); // the hair line of progress aside
      if (!block || block.contains(body())) continue;
      for (const walk = texts(block); walk.nextNode(); ) {
        range.selectNodeContents(walk.currentNode);
        for (const line of range.getClientRects()) {
          if (line.top < top && line.bottom > 0) top = line.top;
        }
      }
    }
    // No further: the line before would come into view, cut in its turn.
    if (top < 0) scrollBy({ top, behavior: "instant" });
  };

  // Does what moves the text about, and leaves the line one reads where it was.
  const keeping = (change) => {
    const held = first();
    change();
    if (held) scrollBy({ top: boxOf(held.node, held.offset).top - held.top, behavior: "instant" });
  };

  return { now, held, go, keeping, unsplit, find, body };
})();
