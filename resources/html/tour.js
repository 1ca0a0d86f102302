// Ways through the text: notes beside their marks, there and back, headings, the outline.
globalThis.tour = (() => {
  const article = document.getElementById("article");
  const note = document.getElementById("note");
  const back = document.getElementById("back");
  let left = []; // where one was before each jump

  const named = (name) => {
    // The sanitiser puts rl- before every name of a page.
    const goals = ["rl-" + name, name].map((id) => document.getElementById(id));
    return goals.find((goal) => goal && article.contains(goal)) ?? null;
  };

  // What is at the end of a link's way: a bare mark stands for the block that it is in.
  const block = (goal) => {
    if (goal.matches("li, p, dd, aside, div, blockquote, td, section")) return goal;
    return goal.closest("li, p, dd, aside, div, td") ?? goal;
  };

  // A note is a short block that its mark, a superscript or a number, points down to.
  const isNote = (link, goal) => {
    const target = block(goal);
    const words = link.textContent.trim();
    const isMark = link.closest("sup") || link.querySelector("sup") || /^[[(]?([0-9]{1,3}|[a-z*†‡§¶])[\])]?$/i.test(words);
    const follows = link.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
    return Boolean(isMark && follows && !target.contains(link) && target.textContent.length <= 4000 && !target.matches(".body"));
  };

  const pressed = (name) => {
    const ends = (link) => decodeURIComponent(link.hash.slice(1) || link.pathname.replace("/jump/", "")) === name;
    const focused = document.activeElement?.closest?.("a");
    if (focused && ends(focused)) return focused;
    return [...article.querySelectorAll("a[href]:hover")].find(ends) ?? null;
  };

  const openNote = (link, goal, words) => {
    const said = document.createElement("div");
    for (const child of block(goal).childNodes) said.append(child.cloneNode(true));
    for (const held of said.querySelectorAll("[id]")) held.removeAttribute("id");
    // The way back that the note itself offers would lead to where one is.
    for (const way of said.querySelectorAll("a[href^='/jump/']")) {
      if (/^[\s^↩↑⏎⤴︎️a-z0-9]{0,3}$/iu.test(way.textContent)) (way.closest("sup") ?? way).remove();
    }
    const go = document.createElement("a");
    go.className = "go";
    go.href = "/go/" + encodeURIComponent(goal.id);
    go.textContent = words;
    note.lang = article.lang;
    note.dir = article.dir;
    note.replaceChildren(said, go);
    if (note.matches(":popover-open")) note.hidePopover();
    note.showPopover();
    const mark = link.getBoundingClientRect();
    const box = note.getBoundingClientRect();
    const fits = mark.bottom + 8 + box.height < innerHeight;
    note.style.left = Math.max(16, Math.min(mark.left - 24, document.documentElement.clientWidth - box.width - 16)) + "px";
    note.style.top = (fits ? mark.bottom + 8 : Math.max(16, mark.top - 8 - box.height)) + "px";
    note.scrollTop = 0;
  };

  const closeNote = () => {
    const was = note.matches(":popover-open");
    if (was) note.hidePopover();
    return was;
  };

  const arrive = (goal) => {
    for (const old of article.querySelectorAll(".arrived")) old.classList.remove("arrived");
    const from = scrollY;
    goal.scrollIntoView({ block: "start", behavior: "instant" });
    scrollBy({ top: -28, behavior: "instant" });
    if (goal.matches("li, p, dd, sup, a, span")) goal.classList.add("arrived");
    left.push(from / Math.max(1, document.documentElement.scrollHeight));
    back.hidden = false;
  };

  // To a place of the article: "note" when it opened beside its mark, false when there is none.
  const jump = (name, words, straight) => {
    const goal = named(name);
    if (!goal) return false;
    const link = straight ? null : pressed(name);
    if (link && !note.contains(link) && isNote(link, goal)) {
      openNote(link, goal, words);
      return "note";
    }
    closeNote();
    arrive(goal);
    return true;
  };

  const goBack = () => {
    const to = left.pop();
    for (const old of article.querySelectorAll(".arrived")) old.classList.remove("arrived");
    back.hidden = !left.length;
    if (to === undefined) return false;
    scrollTo({ top: to * document.documentElement.scrollHeight, behavior: "instant" });
    return true;
  };

  const forget = () => {
    left = [];
    back.hidden = true;
    closeNote();
  };

  const headings = () => [...article.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((h) => h.textContent.trim());
  const isPassed = (heading, line) => heading.getBoundingClientRect().top < line;

  // [[level, words], …] and which of them one is under, as text.
  const outline = () => {
    const all = headings();
    const under = all.filter((h) => isPassed(h, 60)).length - 1;
    const items = all.map((h) => [Number(h.tagName[1]), h.textContent.replace(/\s+/g, " ").trim()]);
    return JSON.stringify([items, Math.max(0, under)]);
  };

  const toHeading = (index) => {
    const goal = headings()[index];
    if (!goal) return false;
    goal.scrollIntoView({ block: "start", behavior: "instant" });
    scrollBy({ top: -28, behavior: "instant" });
    return true;
  };

  // To the next heading (1), or to the one before (-1).
  const step = (way) => {
    const all = headings();
    const next = way > 0
      ? all.findIndex((h) => !isPassed(h, 30))
      : all.findLastIndex((h) => isPassed(h, 24));
    return toHeading(next);
  };

  return { jump, goBack, closeNote, forget, outline, toHeading, step };
})();
