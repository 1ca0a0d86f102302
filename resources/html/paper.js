// Runs in ApplicationWorld of a page that is only printed: makes the screen's article one for paper.
globalThis.paper = (() => {
  const root = document.documentElement;
  const article = document.getElementById("article");
  const KEPT = 0.4; // of a page: what is shorter is not divided
  const CODE = 0.72;
  const SMALLEST = 0.55; // a table is made no smaller than this, and wraps within its words then

  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  };

  const wear = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };

  // Links of the reader's own lead nowhere on paper; places of the article are places again.
  const free = () => {
    for (const link of article.querySelectorAll("a[href]")) {
      const way = link.getAttribute("href");
      if (way.startsWith("/jump/")) {
        const name = decodeURIComponent(way.slice("/jump/".length));
        const goal = ["rl-" + name, name].find((id) => document.getElementById(id));
        if (goal) link.href = "#" + encodeURIComponent(goal);
        else link.removeAttribute("href");
      } else if (way.startsWith("readlater:") || link.matches(".picture")) link.replaceWith(...link.childNodes);
    }
  };

  const fit = (box, wide) => {
    if (box.scrollWidth > wide) box.classList.add("tight");
    const size = Math.min(1, wide / Math.max(1, box.scrollWidth));
    if (size < 1) box.style.zoom = Math.max(SMALLEST, size);
    return size >= SMALLEST;
  };

  // Lines of code that nearly fit are made smaller rather than broken.
  const fitCode = (block, wide) => {
    block.style.whiteSpace = "pre";
    if (block.scrollWidth <= block.clientWidth) return;
    const size = wide / (block.scrollWidth + parseFloat(getComputedStyle(block).paddingRight) + 2);
    if (size >= CODE) block.style.zoom = size;
    else block.style.whiteSpace = "";
  };

  // What scrolls on a screen is made smaller until it fits.
  const narrow = (wide, tall) => {
    for (const frame of article.querySelectorAll(".wide")) {
      const table = frame.firstElementChild;
      if (!fit(table, wide)) frame.classList.add("narrowed");
      frame.removeAttribute("tabindex");
    }
    for (const block of article.querySelectorAll("pre")) fitCode(block, block.parentElement.clientWidth || wide);
    for (const formula of article.querySelectorAll('math[display="block"]')) fit(formula, wide);
    for (const block of article.querySelectorAll("pre, .wide, blockquote, li, dl")) {
      if (block.getBoundingClientRect().height < tall * KEPT) block.classList.add("kept");
    }
  };

  const listed = (words, kind) => {
    const section = document.createElement("section");
    section.className = "listed";
    section.dataset.ours = "";
    const heading = document.createElement("h2");
    heading.textContent = words;
    const list = document.createElement("ol");
    list.className = kind;
    section.append(heading, list);
    article.append(section);
    return list;
  };

  // The addresses of the links in the order of the text, each once, with the words that bear them.
  const listLinks = (words) => {
    const seen = new Map();
    for (const link of article.querySelectorAll('.body a[href^="http"]')) {
      const said = link.textContent.replace(/\s+/g, " ").trim();
      const known = seen.get(link.href);
      if (said && !known) seen.set(link.href, said);
    }
    if (!seen.size) return;
    const list = listed(words, "addresses");
    for (const [address, said] of seen) {
      const item = document.createElement("li");
      const name = document.createElement("b");
      const way = document.createElement("a");
      name.textContent = said;
      way.href = way.textContent = address;
      way.dir = "ltr";
      item.append(name, " ", way);
      list.append(item);
    }
  };

  const dress = ({ title, css, properties, facts, links }) => {
    document.title = title;
    wear(css);
    for (const [name, value] of Object.entries(properties)) root.style.setProperty(name, value);
    article.querySelector("header .meta")?.replaceWith(parsed(facts));
    for (const hidden of article.querySelectorAll("details")) hidden.open = true;
    for (const picture of article.querySelectorAll("img")) {
      picture.loading = "eager";
      picture.decoding = "sync";
    }
    free();
    if (links) listLinks(links);
    const wide = article.getBoundingClientRect().width;
    narrow(wide, parseFloat(properties["--paper-height"]));
    // The head of the pages is not part of the text, and its letters load on demand like all.
    document.fonts.load(`9pt ${getComputedStyle(root).getPropertyValue("--sans")}`, title);
    return true;
  };

  // A letter after each highlight that has a note, and the notes themselves after the text.
  const note = (notes, own, words) => {
    const ranges = [...(CSS.highlights.get("noted") ?? [])];
    const shown = notes.slice(0, ranges.length);
    if (!shown.length && !own) return false;
    ranges.forEach((range, i) => {
      const mark = document.createElement("sup");
      mark.className = "paper-mark";
      mark.dataset.ours = "";
      mark.textContent = letter(i);
      const end = range.cloneRange();
      end.collapse(false);
      end.insertNode(mark);
    });
    const list = listed(words, "notes");
    if (own) {
      const said = document.createElement("p");
      said.textContent = own;
      list.before(said);
    }
    for (const words of shown) {
      const item = document.createElement("li");
      const said = document.createElement("p");
      said.textContent = words;
      item.append(said);
      list.append(item);
    }
    return true;
  };

  // As CSS's lower-alpha counts: a to z, aa, ab ...
  const letter = (i) => (i >= 26 ? letter(Math.floor(i / 26) - 1) : "") + String.fromCharCode(97 + (i % 26));

  // In a page that is not seen the set of all faces never says that it has loaded; each face does.
  const isReady = () =>
    [...document.fonts].every((face) => face.status !== "loading") &&
    [...article.querySelectorAll("img")].every((picture) => picture.complete);

  return { dress, note, isReady };
})();
