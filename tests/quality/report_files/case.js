"use strict";
const boxes = [...document.querySelectorAll("nav input")];
const panes = [...document.querySelectorAll("main > section")];
const marks = [...document.querySelectorAll(".text > .ours, .text > .gold, li.wrong")];
let now = -1;

function arrange() {
  boxes.forEach((box, i) => { panes[i].hidden = !box.checked; });
}
function step(by) {
  if (!marks.length) return;
  if (now >= 0) marks[now].classList.remove("now");
  now = (now + by + marks.length) % marks.length;
  marks[now].classList.add("now");
  marks[now].scrollIntoView({ block: "center" });
}
function press(key) {
  const pane = "1234".indexOf(key);
  if (key === "n") step(1);
  else if (key === "p") step(now < 0 ? 0 : -1);
  else if (pane >= 0) { boxes[pane].checked = !boxes[pane].checked; arrange(); }
  else return false;
  return true;
}
addEventListener("message", (event) => { if (typeof event.data.key === "string") press(event.data.key); });
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length === 0) return;
  if (press(event.key)) event.preventDefault();
  else parent.postMessage({ pressed: event.key }, "*");
});
boxes.forEach((box) => box.addEventListener("change", arrange));
arrange();
