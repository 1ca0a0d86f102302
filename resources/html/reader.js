// Runs in ApplicationWorld, which the page's own scripts (dead anyway) cannot reach.
globalThis.reader = (() => {
  const root = document.documentElement;
  const article = document.getElementById("article");
  let open = 0;

  const range = () => Math.max(0, root.scrollHeight - innerHeight);
  const isAtEnd = () => scrollY >= range() - 2;
  const progress = () => (range() ? (isAtEnd() ? 1 : Math.max(0, scrollY / range())) : 0);
  // [article, progress, whether the end is in view, the spot in the text] as text: lists do not
  // come through Qt's bridge.
  const where = () =>
    JSON.stringify([open, progress(), isAtEnd(), open ? place.now() : null]);
  // To a spot of the text; where the text has it no more, as far down as it was.
  const restore = (to, spot) => {
    if (!spot || to >= 1 || !place.go(spot)) scrollTo({ top: to * range(), behavior: "instant" });
    return where();
  };

  // A template's document is inert: nothing in it loads or runs before it is put in place.
  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  };

  const prepare = (body, origin) => {
    for (const picture of body.querySelectorAll('img[src^="/asset/"]')) {
      picture.src = origin + picture.getAttribute("src");
      picture.decoding = "async";
    }
    // The page is sandboxed: a link that asks for a new window would be dropped silently.
    for (const link of body.querySelectorAll("a[target]")) link.removeAttribute("target");
    // The engine would go to a place of the page by itself, and tell nobody.
    for (const link of body.querySelectorAll('a[href^="#"]')) {
      link.href = "/jump/" + encodeURIComponent(link.hash.slice(1));
    }
    for (const table of body.querySelectorAll("table")) {
      if (table.parentElement?.closest("table")) continue;
      const frame = document.createElement("div");
      frame.className = "wide";
      table.replaceWith(frame);
      frame.append(table);
    }
    mark(body);
    return body;
  };

  // What the style sheet cannot tell by itself: verse, quotations that begin with a mark, columns
  // of figures, long numbers of lists.
  const mark = (body) => {
    for (const line of body.querySelectorAll("p:has(> br)")) {
      const breaks = line.querySelectorAll(":scope > br").length;
      if (breaks >= 2 && line.textContent.trim().length / (breaks + 1) < 70) setVerse(line);
    }
    for (const words of body.querySelectorAll("blockquote > p")) {
      if (/^\s*["“„«‘״]/u.test(words.textContent)) words.classList.add("hang");
    }
    for (const list of body.querySelectorAll("ol:has(> li:nth-child(10)), ol[start]")) {
      const last = list.start + list.querySelectorAll(":scope > li").length - 1;
      if (last >= 100) list.classList.add(last >= 1000 ? "thousands" : "hundreds");
    }
    for (const table of body.querySelectorAll("table")) setColumns(table);
  };

  // Each line in a box of its own, so that what goes over its end hangs under it.
  const setVerse = (verse) => {
    verse.classList.add("verse");
    let line = null;
    for (const node of [...verse.childNodes]) {
      if (node.nodeName === "BR") {
        line = null;
      } else if (line) {
        line.append(node);
      } else if (node.nodeType !== 3 || node.data.trim()) {
        line = document.createElement("span");
        line.className = "line";
        node.replaceWith(line);
        line.append(node);
      }
    }
  };

  const FIGURE = /^[+±~≈<>−–-]?\s?\p{Sc}?\s?\d[\d.,’' \u00a0\u202f]*\s?(%|‰|\p{Sc}|\p{L}{1,3})?$/u;
  const BLANK = /^[\s–—−-]*$/u;

  // Figures stand one under another; words are not crushed to save a column's room.
  const setColumns = (table) => {
    const cells = [...table.querySelectorAll("td, th")];
    for (const cell of cells) if (cell.textContent.trim().length > 28) cell.classList.add("words");
    if (cells.some((cell) => cell.colSpan > 1 || cell.rowSpan > 1) || table.querySelector("table")) return;
    const columns = Map.groupBy(cells, (cell) => cell.cellIndex);
    for (const column of columns.values()) {
      const said = column.filter((cell) => cell.matches("td")).map((cell) => cell.textContent.trim());
      const figures = said.filter((words) => FIGURE.test(words)).length;
      if (figures < 2 || said.some((words) => !FIGURE.test(words) && !BLANK.test(words))) continue;
      for (const cell of column) if (!cell.hasAttribute("align")) cell.classList.add("figure");
    }
  };

  // Large pictures may be wider than the column, upright ones no higher than the window; the sizes
  // that the page gave hold until the picture is there, so that nothing jumps.
  const size = (picture, width, height) => {
    const figure = picture.closest(".body > figure, .body > p");
    if (!figure || !width || !height) return;
    const alone = figure.querySelectorAll("img").length === 1;
    const lead = figure.matches("figure") || !figure.textContent.trim();
    figure.classList.toggle("large", alone && lead && width >= 1000 && width >= 1.25 * height);
    picture.classList.toggle("upright", height > width && height <= 2.6 * width);
  };

  // Only what is there gets a light ground in dark themes: nothing flashes before it comes.
  article.addEventListener("load", ({ target }) => {
    if (!target.matches?.("img")) return;
    size(target, target.naturalWidth, target.naturalHeight);
    target.classList.add("there");
  }, true);

  // Wrappers of the whole text say nothing: the text's own blocks come to the top.
  const unwrap = (body) => {
    for (;;) {
      const only = body.firstElementChild;
      const alone = only?.matches("div, section, article, main") && body.children.length === 1;
      if (!alone || [...body.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) return;
      only.replaceWith(...only.childNodes);
    }
  };

  const plain = (text) => text.replace(/\s+/g, " ").trim();

  // A page without a description gives its first paragraph as one: a standfirst is shorter.
  const isShort = (line) => {
    const wide = line.match(/[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]/gu)?.length ?? 0;
    const sentences = line.match(/[.!?。！？।؟]["”’»」』)]*(\s|$)|[。！？]/gu)?.length ?? 0;
    return line.length + 1.5 * wide <= 170 && sentences <= 2;
  };

  const lift = (block, name, before) => {
    const lifted = document.createElement("p");
    lifted.className = name;
    lifted.append(...block.childNodes);
    block.remove();
    before.before(lifted);
  };

  // The standfirst is what the page gave as its description, a long heading above all text, or
  // what stands before the lead picture without a full stop; a shorter such line above it is the
  // kicker.
  const hoist = (header, body, excerpt) => {
    const blocks = [...body.children].slice(0, 3);
    const lines = blocks.map((block) => plain(block.textContent));
    const upTo = blocks.findIndex((block) => !block.matches("p, h2, h3, h4"));
    if (upTo === 0 || body.querySelectorAll("p").length < 2) return;
    const meta = header.querySelector(".meta");
    const isLabel = (line) => line.length <= 240 && !/[.!?:;,…。！？]["”’»)\]]*$/u.test(line);
    const pictured = upTo > 0 && blocks[upTo].matches("figure, picture, img, div:has(> img:only-child)");
    if (pictured && lines.slice(0, upTo).every(isLabel)) {
      const [first, second] = blocks;
      if (upTo === 2 && lines[0].length <= 80) {
        lift(first, "kicker", header.querySelector("h1"));
        lift(second, "standfirst", meta);
        return;
      }
      if (upTo === 1 && lines[0].length >= 40) return lift(first, "standfirst", meta);
    }
    const said = lines[0].length >= 20 && lines[0] === plain(excerpt) && isShort(lines[0]);
    const deck = !blocks[0]?.matches("p") && lines[0]?.length >= 60;
    if (lines[0]?.length <= 400 && (said || deck)) lift(blocks[0], "standfirst", meta);
  };

  const show = ({ id, header, body, end, excerpt, lang, dir, cut, origin, at, spot, keep }) => {
    const left = where();
    // A text that changed under who reads it: the words at the reading line stay there.
    const held = keep && id === open && scrollY > 0 ? { at: progress(), spot: place.held() } : { at, spot };
    const top = document.createElement("header");
    top.append(parsed(header));
    const text = document.createElement("div");
    text.className = cut ? "body cut" : "body";
    const content = prepare(parsed(body), origin);
    unwrap(content);
    hoist(top, content, excerpt);
    pictures.offer(content);
    text.append(content);
    for (const picture of text.querySelectorAll("img[width][height]")) {
      size(picture, Number(picture.getAttribute("width")), Number(picture.getAttribute("height")));
    }
    article.lang = lang;
    article.dir = dir;
    root.dir = dir;
    article.replaceChildren(top, text, parsed(end));
    tour.forget();
    open = id;
    return `[${left}, ${restore(held.at, held.spot)}]`;
  };

  // Our own words round the text, made anew after a deed.
  const frame = (id, end, meta) => {
    if (id !== open) return;
    article.querySelector(":scope > header > .meta")?.replaceWith(parsed(meta));
    for (const old of article.querySelectorAll(":scope > .body ~ *")) old.remove();
    article.append(parsed(end));
  };

  const clear = () => {
    const left = where();
    tour.forget();
    article.replaceChildren();
    open = 0;
    return left;
  };

  // Two lines stay in view, so that the eye finds its place again.
  const turn = (way) => {
    const line = parseFloat(getComputedStyle(article).lineHeight) || 30;
    scrollBy({ top: way * Math.max(40, innerHeight - 2 * line), behavior: "instant" });
    place.unsplit();
    return where();
  };

  // Theme, typography and what else the root wears: at once, with the line one reads kept.
  const look = (theme, classes, properties) =>
    place.keeping(() => {
      root.className = [theme, ...classes].join(" ");
      for (const [name, value] of Object.entries(properties)) root.style.setProperty(name, value);
    });

  return { show, frame, clear, turn, look, where, restore };
})();
