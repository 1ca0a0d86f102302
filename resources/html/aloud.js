// Runs in ApplicationWorld after highlights.js: marks the sentence that is spoken, keeps it in view.
globalThis.aloud = (() => {
  const LOWER = 0.8; // of the window's height: a sentence above it is read in comfort
  const GOAL = 0.2; // where a sentence comes that was out of it
  const article = document.getElementById("article");
  let now = null;

  const install = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };

  // What stands at 0 to 0 is the title.
  const rangeOf = (start, end) => {
    if (end) return marks.rangeOf(start, end);
    const title = article.querySelector(":scope > header h1");
    const range = document.createRange();
    range.selectNodeContents(title ?? article);
    return range;
  };

  const isSeen = () => {
    const box = now?.getBoundingClientRect();
    if (!box || !box.height) return true; // folded away: there is nothing to go to
    const top = box.top / innerHeight, bottom = box.bottom / innerHeight;
    return top >= 0 && (bottom - top > LOWER ? top <= LOWER / 2 : bottom <= LOWER);
  };

  const reach = () => {
    scrollBy({ top: now.getBoundingClientRect().top - innerHeight * GOAL, behavior: "instant" });
  };

  // Marks the sentence from start to end of a text of that length; the page goes along when it is
  // to follow. Tells whether the text is that one, and whether the sentence is in view.
  const mark = (length, start, end, follow) => {
    if (marks.size() !== length) {
      clear();
      return JSON.stringify({ fits: false, seen: false });
    }
    now = rangeOf(start, end);
    const highlight = new Highlight(now);
    highlight.priority = -1; // a person's own highlights lie on top
    CSS.highlights.set("spoken", highlight);
    if (follow && !isSeen()) reach();
    return JSON.stringify({ fits: true, seen: isSeen() });
  };

  const clear = () => {
    now = null;
    CSS.highlights.delete("spoken");
  };

  const seen = () => JSON.stringify(isSeen());

  const go = () => {
    if (now) reach();
  };

  // Where "from here" is: what is selected, or else the first character in view; -1 is the title.
  const here = () => {
    const selected = JSON.parse(marks.look(-1, -1)).selected;
    if (selected) return JSON.stringify({ at: selected.start, within: true, end: false });
    const first = marks.firstInView();
    const range = document.documentElement.scrollHeight - innerHeight;
    const end = range > 0 && scrollY >= range - 2;
    return JSON.stringify({ at: scrollY < 8 ? -1 : first, within: false, end });
  };

  // The character at a point of the window, for the menu there.
  const at = (x, y) => {
    const caret = document.caretPositionFromPoint(x, y);
    const inside = caret && article.contains(caret.offsetNode);
    const heading = document.elementFromPoint(x, y)?.closest("header");
    if (!inside || heading) return JSON.stringify({ at: -1, within: true, end: false });
    const index = marks.index(caret.offsetNode, caret.offset);
    return JSON.stringify({ at: index, within: true, end: false });
  };

  return { install, mark, clear, seen, go, here, at };
})();
