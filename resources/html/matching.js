// Runs in ApplicationWorld of both copies: which words are in view, and bringing words into view.
globalThis.matching = ((root) => {
  const MOST = 14; // passages told of one view
  const LONG = 64; // letters of each
  const FEWEST = 14;
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

  // [[letters, top in pixels]] of the passages in view, the highest first.
  const seen = () => {
    const found = [];
    let last = null;
    for (const node of texts()) {
      if (!node.data.trim()) continue;
      const box = boxOf(node);
      if (!box.height || box.bottom < 8) continue;
      if (box.top > innerHeight || found.length >= MOST) break;
      const block = node.parentElement.closest(BLOCK) ?? node.parentElement;
      if (block === last) continue;
      last = block;
      const words = letters(block.textContent).slice(0, LONG);
      if (words.length >= FEWEST) found.push([words, block.getBoundingClientRect().top]);
    }
    return JSON.stringify(found);
  };

  // Brings the first of these passages to the height it had; how far down the page then is, or -1.
  const go = (passages) => {
    const nodes = [];
    let all = "";
    for (const node of texts()) {
      nodes.push([all.length, node]);
      all += letters(node.data);
    }
    for (const [words, top] of passages) {
      const hit = all.indexOf(words);
      if (hit < 0) continue;
      let at = nodes.findLastIndex(([start]) => start <= hit);
      while (at > 0 && !boxOf(nodes[at][1]).height) at--;
      scrollBy({ top: boxOf(nodes[at][1]).top - Math.max(8, top), behavior: "instant" });
      return scrollY;
    }
    return -1;
  };

  return { seen, go };
})(() => document.getElementById("article") ?? document.body);
