"use strict";
const at = (id) => document.getElementById(id);
const list = at("list"), words = at("words"), set = at("set"), order = at("order");
let shown = [], chosen = -1;

const names = ["", ...new Set(PAGES.map((page) => page.set))];
for (const name of names) {
  const count = PAGES.filter((page) => !name || page.set === name).length;
  set.add(new Option((name || "All data sets") + " (" + count + ")", name));
}
const orders = {
  score: (a, b) => a.score - b.score,
  best: (a, b) => b.score - a.score,
  set: (a, b) => a.set.localeCompare(b.set) || a.score - b.score,
  id: (a, b) => a.id.localeCompare(b.id),
};

function fill() {
  const held = shown[chosen];
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  shown = PAGES.filter((page) => {
    const text = (page.set + " " + page.id + " " + page.said).toLowerCase();
    return (!set.value || page.set === set.value) && wanted.every((word) => text.includes(word));
  }).sort(orders[order.value]);
  list.replaceChildren(...shown.map(row));
  at("count").textContent = shown.length + " of " + PAGES.length + " pages";
  chosen = shown.indexOf(held);
  mark();
}

function row(page, number) {
  const item = document.createElement("li");
  item.setAttribute("role", "option");
  const score = document.createElement("b");
  score.textContent = page.score.toFixed(3);
  score.className = page.score < 0.7 ? "bad" : page.score < 0.94 ? "fair" : "";
  const name = document.createElement("span");
  name.textContent = page.set + " / " + page.id;
  name.title = page.id;
  const said = document.createElement("small");
  said.textContent = page.said;
  said.title = page.said;
  item.append(score, name, said);
  item.addEventListener("click", () => choose(number));
  return item;
}

function mark() {
  [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
  if (chosen >= 0) list.children[chosen].scrollIntoView({ block: "nearest" });
}

function choose(number) {
  if (!shown.length) return;
  chosen = Math.max(0, Math.min(shown.length - 1, number));
  const page = shown[chosen];
  at("page").src = page.file;
  show(true);
  mark();
  history.replaceState(null, "", "#" + encodeURIComponent(page.set + "/" + page.id));
}

function show(page) {
  at("page").hidden = !page;
  at("summary").hidden = page;
}

function press(key) {
  if (key === "j" || key === "ArrowDown") choose(chosen + 1);
  else if (key === "k" || key === "ArrowUp") choose(chosen - 1);
  else if (key === "g") choose(0);
  else if (key === "t") show(at("page").hidden && chosen >= 0);
  else if (key === "/") words.focus();
  else if (key === "d" || key === "o") {
    const box = key === "d" ? set : order;
    box.selectedIndex = (box.selectedIndex + 1) % box.options.length;
    fill();
    if (key === "d") choose(0);
  } else if ("1234np".includes(key) && key) at("page").contentWindow.postMessage({ key }, "*");
  else return false;
  return true;
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === words) {
    if (event.key === "Escape" || event.key === "Enter") words.blur();
    if (event.key === "Enter") choose(0);
    return;
  }
  if (event.target.tagName !== "SELECT" && press(event.key)) event.preventDefault();
});
addEventListener("message", (event) => {
  if (event.source === at("page").contentWindow && typeof event.data.pressed === "string") press(event.data.pressed);
});
for (const box of [words, set, order]) box.addEventListener("input", fill);
at("about").addEventListener("click", () => press("t"));

fill();
const asked = decodeURIComponent(location.hash.slice(1));
const start = shown.findIndex((page) => page.set + "/" + page.id === asked);
if (start >= 0) choose(start);
