// Runs in ApplicationWorld beside reader.js: marks text without touching the page's own tree.
globalThis.marks = (() => {
  const CONTEXT = 32;
  const DEPTHS = 4; // as many layers of overlapping highlights as highlights.css names
  const article = document.getElementById("article");
  let blocks, spaces, unseen;
  let text = { body: null, chars: [], nodes: [], from: [] };
  let painted = []; // {id, start, end, range}, in the order of the text
  let active = 0;

  // The words of the text: library/shown_text.py is the same in Python, and a test holds them even.
  const install = (rules) => {
    blocks = new Set(rules.blocks);
    spaces = new Set(rules.spaces);
    unseen = new Set(rules.unseen);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules.css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };

  // What the reader has moved into the head of the article is still its text, and comes first.
  const roots = () => article.querySelectorAll(
    ":scope > header .kicker, :scope > header .standfirst, :scope > .body");

  const read = () => {
    const body = article.querySelector(":scope > .body");
    if (body && body === text.body) return text;
    const chars = [], nodes = [], from = [];
    let gap = "";
    const put = (character, node, offset) => {
      chars.push(character);
      nodes.push(node);
      from.push(offset);
    };
    const write = (node) => {
      let offset = 0;
      for (const character of node.data) {
        if (spaces.has(character)) gap ||= " ";
        else if (!unseen.has(character)) {
          if (gap && chars.length) put(gap, node, offset);
          gap = "";
          put(character, node, offset);
        }
        offset += character.length;
      }
    };
    const walk = (parent) => {
      for (const node of parent.childNodes) {
        if (node.nodeType === 3) write(node);
        else if (node.nodeType === 1 && !node.matches(".rl-missing, [data-ours]")) {
          const block = blocks.has(node.localName);
          if (block) gap = "\n";
          walk(node);
          if (block) gap = "\n";
        }
      }
    };
    for (const root of roots()) {
      gap = "\n";
      walk(root);
    }
    text = { body, chars, nodes, from };
    return text;
  };

  // The first character that begins at or after a boundary of the page's tree.
  const index = (container, offset) => {
    const { nodes, from } = read();
    const boundary = document.createRange();
    boundary.setStart(container, offset);
    let low = 0, high = nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (boundary.comparePoint(nodes[middle], from[middle]) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const rangeOf = (start, end) => {
    const { chars, nodes, from } = read();
    const range = document.createRange();
    range.setStart(nodes[start], from[start]);
    range.setEnd(nodes[end - 1], from[end - 1] + chars[end - 1].length);
    return range;
  };

  const isGap = (character) => character === " " || character === "\n";
  const said = (start, end) => text.chars.slice(Math.max(0, start), end).join("");
  const box = (range) => {
    const rects = [...range.getClientRects()].filter((r) => r.width && r.height);
    const seen = rects.filter((r) => r.bottom > 0 && r.top < innerHeight);
    const of = seen.length ? seen : rects;
    if (!of.length) return [0, 0, 0, 0];
    const left = Math.min(...of.map((r) => r.left)), right = Math.max(...of.map((r) => r.right));
    const top = Math.min(...of.map((r) => r.top)), bottom = Math.max(...of.map((r) => r.bottom));
    return [left, top, right - left, bottom - top];
  };

  const selection = () => {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return null;
    const { chars } = read();
    const range = chosen.getRangeAt(0);
    let start = index(range.startContainer, range.startOffset);
    let end = index(range.endContainer, range.endOffset);
    while (start < end && isGap(chars[start])) start++;
    while (start < end && isGap(chars[end - 1])) end--;
    if (start >= end) return null;
    return {
      start, end, quote: said(start, end), prefix: said(start - CONTEXT, start),
      suffix: said(end, end + CONTEXT), box: box(rangeOf(start, end)),
    };
  };

  const at = (x, y) => {
    if (document.elementFromPoint(x, y)?.closest("a, summary, button")) return [];
    const holds = (r) => x >= r.left && x <= r.right && y >= r.top && y <= r.bottom;
    return painted
      .filter((mark) => [...mark.range.getClientRects()].some(holds))
      .sort((a, b) => a.end - a.start - (b.end - b.start));
  };

  // What stands selected, or else what the point is on: as text, lists do not come through.
  const look = (x, y) => {
    const selected = selection();
    const found = selected || x < 0 ? [] : at(x, y);
    if (x >= 0 || selected) activate(found[0]?.id ?? 0);
    return JSON.stringify({
      selected, ids: found.map((mark) => mark.id), box: found.length ? box(found[0].range) : null,
    });
  };

  const layer = (name, ranges, priority) => {
    if (!ranges.length) return CSS.highlights.delete(name);
    const highlight = new Highlight(...ranges);
    highlight.priority = priority;
    CSS.highlights.set(name, highlight);
  };

  // A shorter highlight lies on top of the longer ones that it meets.
  const paint = (length, given) => {
    // Walking the text of a long article would come before its first frame.
    if (!given.length && !painted.length) return;
    const fits = given.length > 0 && read().chars.length === length;
    painted = !fits ? [] : given.map(([id, colour, start, end, noted]) => ({
      id, colour, start, end, noted, depth: 0, range: rangeOf(start, end),
    }));
    const longest = [...painted].sort((a, b) => b.end - b.start - (a.end - a.start));
    longest.forEach((mark, i) => {
      const under = longest.slice(0, i).filter((o) => o.start < mark.end && mark.start < o.end);
      mark.depth = Math.min(DEPTHS - 1, Math.max(-1, ...under.map((o) => o.depth)) + 1);
    });
    for (let colour = 1; colour <= 4; colour++) {
      for (let depth = 0; depth < DEPTHS; depth++) {
        const these = painted.filter((m) => m.colour === colour && m.depth === depth);
        layer(`mark-${colour}-${depth}`, these.map((m) => m.range), depth);
      }
    }
    layer("noted", painted.filter((m) => m.noted).map((m) => m.range), DEPTHS);
    activate(active);
  };

  const activate = (id) => {
    const mark = painted.find((m) => m.id === id);
    active = mark ? id : 0;
    layer("active", mark ? [mark.range] : [], DEPTHS + 1);
    return mark;
  };

  const told = (mark) => JSON.stringify(mark ? { id: mark.id, box: box(mark.range) } : null);

  const go = (id) => {
    const mark = activate(id);
    if (mark) {
      const [, top, , height] = box(mark.range);
      if (top < 48 || top + height > innerHeight - 24) {
        scrollBy({ top: top - innerHeight * 0.3, behavior: "instant" });
      }
    }
    return told(mark);
  };

  // From the active highlight to its neighbour, or else from what is in view.
  const step = (way) => {
    if (!painted.length) return "null";
    const now = painted.findIndex((m) => m.id === active);
    if (now >= 0) return go(painted[Math.min(painted.length - 1, Math.max(0, now + way))].id);
    const below = painted.filter((m) => box(m.range)[1] >= 0);
    const above = painted.filter((m) => box(m.range)[1] < 0);
    const next = way > 0 ? below[0] ?? painted.at(-1) : above.at(-1) ?? painted[0];
    return go(next.id);
  };

  const firstInView = () => {
    const { chars } = read();
    let low = 0, high = chars.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rangeOf(middle, middle + 1).getBoundingClientRect().top < 4) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const sentences = () => {
    const { chars } = read();
    const parts = [];
    const splitter = new Intl.Segmenter(article.lang || undefined, { granularity: "sentence" });
    let start = 0;
    for (const line of chars.join("").split("\n")) {
      let at = start;
      for (const { segment } of splitter.segment(line)) {
        const size = [...segment].length;
        parts.push([at, at + [...segment.trimEnd()].length]);
        at += size;
      }
      start = at + 1;
    }
    return parts.filter(([from, to]) => to > from);
  };

  // Selects a sentence, from which Shift with the arrows goes on: the first in view, or with
  // something selected the next (1) or the one before (-1).
  const sentence = (way) => {
    const parts = sentences();
    const now = selection();
    let i = parts.findIndex(([, end]) => end > (now ? now.start : firstInView()));
    if (i < 0) return "null";
    if (now) i = Math.min(parts.length - 1, Math.max(0, i + way));
    return select(...parts[i]);
  };

  // What is selected grows to the end of the next sentence (1), or loses its last one (-1).
  const extend = (way) => {
    const now = selection();
    if (!now) return sentence(0);
    const ends = sentences().map(([, end]) => end).filter((end) => end > now.start);
    const end = way > 0 ? ends.find((to) => to > now.end) : ends.findLast((to) => to < now.end);
    return end ? select(now.start, end) : "null";
  };

  const select = (start, end) => {
    const range = rangeOf(start, end);
    getSelection().setBaseAndExtent(
      range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    const [, top, , height] = box(rangeOf(end - 1, end));
    if (top < 0 || top + height > innerHeight) scrollBy({ top: top - innerHeight * 0.3, behavior: "instant" });
    return JSON.stringify(selection());
  };

  // The links that lead to an article one has wear a sign; the words stay as they are.
  const hold = (addresses) => {
    const held = new Set(addresses.map((address) => new URL(address).href));
    for (const link of article.querySelectorAll(":scope > .body a[href]")) {
      link.toggleAttribute("data-held", held.has(link.href));
    }
  };

  const focused = () => {
    const link = document.activeElement?.closest("#article a[href], #note a[href]");
    return link && /^(https?|mailto):$/.test(link.protocol) ? link.href : "";
  };

  const unselect = () => getSelection().removeAllRanges();
  const shown = () => read().chars.join("");
  const size = () => read().chars.length;
  return {
    install, look, paint, go, step, sentence, extend, hold, focused, unselect, shown,
    size, index, rangeOf, firstInView,
  };
})();
