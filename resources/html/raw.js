// Runs in ApplicationWorld of the page as it came, where the page's own scripts are dead.
globalThis.raw = (() => {
  // Over each block that is not in the article, or was put back: what it is, and the way back.
  const mark = (words, back) => {
    for (const block of document.querySelectorAll("[data-taken]")) {
      const name = block.dataset.taken;
      const isBack = back.includes(name);
      block.querySelector(":scope > .rl-taken")?.remove();
      const line = document.createElement("div");
      const said = document.createElement("span");
      const deed = document.createElement("a");
      line.className = "rl-taken";
      line.lang = words.lang;
      said.textContent = isBack ? words.isBack : words.isOut;
      deed.textContent = isBack ? words.takeOut : words.putBack;
      deed.href = `/${isBack ? "take-out" : "put-back"}/${name}`;
      deed.setAttribute("role", "button");
      line.append(said, deed);
      block.classList.toggle("is-back", isBack);
      block.prepend(line);
    }
  };
  const theme = (name) => (document.documentElement.className = name);
  const step = () => Math.max(40, innerHeight - 56);
  const isAtEnd = () => scrollY >= document.documentElement.scrollHeight - innerHeight - 2;
  const turn = (way) => {
    scrollBy({ top: way * step(), behavior: "instant" });
    return isAtEnd();
  };
  return { mark, theme, turn, isAtEnd };
})();
