// Pictures of the article: each one that leads nowhere else leads to itself, large.
globalThis.pictures = (() => {
  const article = document.getElementById("article");
  const all = (root) => [...root.querySelectorAll('img[src*="/asset/"]')];

  // A link can be clicked, touched and reached by Tab without a script of the page.
  const offer = (body) => {
    all(body).forEach((picture, index) => {
      if (picture.closest("a, summary")) return;
      const way = document.createElement("a");
      way.className = "picture";
      way.href = "/picture/" + index;
      way.draggable = false;
      picture.replaceWith(way);
      way.append(picture);
    });
  };

  const caption = (picture) => {
    const figure = picture.closest("figure");
    const beside = figure?.nextElementSibling;
    const said = figure?.querySelector("figcaption") ?? (beside?.matches("figcaption") ? beside : null);
    return (said?.textContent ?? "").replace(/\s+/g, " ").trim();
  };

  // [[digest, caption, alternative text], …] in the order of the text, as text.
  const list = () =>
    JSON.stringify(all(article).map((picture) => [
      new URL(picture.src).pathname.replace("/asset/", ""), caption(picture), picture.alt,
    ]));

  // The picture that has the focus, or else the first in view, or else the nearest: -1 for none.
  const current = () => {
    const shown = all(article);
    const focused = shown.findIndex((picture) => picture.closest("a") === document.activeElement);
    if (focused >= 0) return focused;
    const away = (picture) => {
      const { top, bottom } = picture.getBoundingClientRect();
      return Math.max(0, top - innerHeight * 0.8, 60 - bottom);
    };
    const nearest = Math.min(...shown.map(away));
    return shown.findIndex((picture) => away(picture) === nearest);
  };

  return { offer, list, current };
})();
