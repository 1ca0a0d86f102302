// Runs in ApplicationWorld, which the page's own scripts (dead anyway) cannot reach.
globalThis.reader = (() => {
  const root = document.documentElement;
  const article = document.getElementById("article");
  let open = 0;

  const range = () => Math.max(0, root.scrollHeight - innerHeight);
  const progress = () => (range() ? Math.min(1, Math.max(0, scrollY / range())) : 0);
  // [article, progress, whether the end is in view] as text: lists do not come through Qt's bridge.
  const place = () => JSON.stringify([open, progress(), scrollY >= range() - 2]);
  const restore = (to) => {
    scrollTo({ top: to * range(), behavior: "instant" });
    return place();
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
    for (const table of body.querySelectorAll("table")) {
      if (table.parentElement?.closest("table")) continue;
      const frame = document.createElement("div");
      frame.className = "wide";
      frame.tabIndex = 0;
      table.replaceWith(frame);
      frame.append(table);
    }
    return body;
  };

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
    const said = lines[0].length >= 20 && lines[0] === plain(excerpt);
    const deck = !blocks[0]?.matches("p") && lines[0]?.length >= 60;
    if (lines[0]?.length <= 400 && (said || deck)) lift(blocks[0], "standfirst", meta);
  };

  // Where one reads, by the block at the upper edge: found again in a text that has changed.
  const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, pre, blockquote, figure, table, dt, dd";
  const blocks = () => [...article.querySelectorAll(BLOCKS)];
  const anchors = () =>
    blocks()
      .map((block) => ({ text: plain(block.textContent), box: block.getBoundingClientRect() }))
      .filter(({ text, box }) => text && box.bottom > 0)
      .slice(0, 40)
      .map(({ text, box }) => ({ text, top: box.top }));
  const regain = (held) => {
    const now = new Map();
    for (const block of blocks()) {
      const text = plain(block.textContent);
      if (!now.has(text)) now.set(text, block);
    }
    const found = held.find(({ text }) => now.has(text));
    if (!found) return false;
    const top = now.get(found.text).getBoundingClientRect().top;
    scrollBy({ top: top - found.top, behavior: "instant" });
    return true;
  };

  const show = ({ id, header, body, end, excerpt, lang, dir, cut, origin, at, keep }) => {
    const left = place();
    const held = keep && id === open && scrollY > 0 ? [anchors(), progress()] : null;
    const top = document.createElement("header");
    top.append(parsed(header));
    const text = document.createElement("div");
    text.className = cut ? "body cut" : "body";
    const content = prepare(parsed(body), origin);
    unwrap(content);
    hoist(top, content, excerpt);
    text.append(content);
    article.lang = lang;
    article.dir = dir;
    root.dir = dir;
    article.replaceChildren(top, text, parsed(end));
    open = id;
    if (!held) restore(at);
    else if (!regain(held[0])) restore(held[1]);
    return `[${left}, ${place()}]`;
  };

  const clear = () => {
    const left = place();
    article.replaceChildren();
    open = 0;
    return left;
  };

  const jump = (name) => {
    // The sanitiser puts rl- before every name of a page.
    const goal = document.getElementById(name) ?? document.getElementById("rl-" + name);
    if (!goal || !article.contains(goal)) return false;
    goal.scrollIntoView({ block: "start", behavior: "instant" });
    return true;
  };

  // Two or three lines stay in view, so that the eye finds its place again.
  const turn = (way) => {
    scrollBy({ top: way * Math.max(40, innerHeight - 72), behavior: "instant" });
    return place();
  };
  const theme = (name) => { root.className = name; };
  return { show, clear, jump, turn, theme, place, restore };
})();
