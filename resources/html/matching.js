// Runs in ApplicationWorld of both copies: which words are in view, and bringing words into view.
globalThis.matching = ((root) => {
  const MOST = 14; // passages told of one view
  const LONG = 64; // letters of each
  const FEWEST = 14;
  const EDGE = 24; // a line less high above the lower end of a passage is not being read
  const BLOCK = "p,li,h1,h2,h3,h4,h5,h6,blockquote,pre,figcaption,td,th,dd,dt,figure,div,section,article";
  const UNSAID = ".rl-taken, .rl-part, #back, #note";

  // Letters and digits alone, as both copies have them, however they are set.
  const letters = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

  const texts = function* () {
    const walk = document.createTreeWalker(root(), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (!node.parentElement.closest(UNSAID)) yield node;
    }
  };

  const boxOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };

  // What a text node is a passage of: its paragraph; itself, where it stands between others.
  const passageOf = (node) => {
    const block = node.parentElement.closest(BLOCK);
    return !block || block.querySelector(BLOCK) ? node : block;
  };

  const frameOf = (passage) =>
    passage.nodeType === Node.TEXT_NODE ? boxOf(passage) : passage.getBoundingClientRect();

  // [[letters, place]] of the passages in view, the highest first: a place is how far below the
  // upper edge a passage begins in pixels, or, below 0, which part of it is above the edge.
  const seen = () => {
    const found = [];
    let last = null;
    for (const node of texts()) {
      if (!node.data.trim()) continue;
      const box = boxOf(node);
      if (!box.height || box.bottom < EDGE) continue;
      if (box.top > innerHeight || found.length >= MOST) break;
      const passage = passageOf(node);
      if (passage === last) continue;
      last = passage;
      const words = letters(passage.textContent).slice(0, LONG);
      const { top, height } = frameOf(passage);
      if (words.length >= FEWEST) found.push([words, top < 0 ? top / height : top]);
    }
    return JSON.stringify(found);
  };

  // Brings the first of these passages to its place; how far down the page then is, or -1.
  const go = (passages) => {
    const nodes = [];
    let all = "";
    for (const node of texts()) {
      nodes.push([all.length, node]);
      all += letters(node.data);
    }
    for (const [words, place] of passages) {
      const hit = all.indexOf(words);
      if (hit < 0) continue;
      let at = nodes.findLastIndex(([start]) => start <= hit);
      while (at > 0 && !boxOf(nodes[at][1]).height) at--;
      const node = nodes[at][1];
      const block = frameOf(passageOf(node));
      const by = place < 0 ? block.top - place * block.height : boxOf(node).top - Math.max(8, place);
      scrollBy({ top: by, behavior: "instant" });
      return scrollY;
    }
    return -1;
  };

  return { seen, go };
})(() => document.getElementById("article") ?? document.body);
