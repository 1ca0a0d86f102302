"""The libraries that are drawn: articles of our own making, their pictures and their highlights."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from screenshots_table import SCRIPTS

from readlater.article import Article, Picture, Place, Response, View
from readlater.errors import FetchError
from readlater.library import Library
from readlater.library.highlighting import as_selected
from readlater.library.shown_text import shown_text
from readlater.net import urls

PAGES: Final = Path(__file__).resolve().parent.parent / "tests" / "pages"
# The articles in the order of the list, with their tags.
_SHELF: Final = (
    ("ledgerday", ("money",)),
    ("coldcoast", ("climate", "essays")),
    ("shelfpaper", ("climate/energy",)),
    ("minato", ()),
    ("slowworks", ("essays",)),
    ("railpost", ()),
    ("tidewatch", ("climate/adaptation", "cities")),
)
# Sky, sun, and three rows of hills or water from far to near.
_SCENES: Final = {
    "https://tidewatch.example/sill.jpg": ("#d7e3ea", "#f6efe0", "#a9c3d1", "#7d9fb5", "#55788f"),
    "https://slowworks.example/wheel.jpg": ("#f0e2cd", "#fdf5e4", "#d9bd98", "#b98f68", "#8b6247"),
    "https://shelfpaper.example/row.jpg": ("#e6eee0", "#fbf8e8", "#b9cdb0", "#8dab89", "#5f7f6c"),
}
_TOWER: Final = "https://latin.example/light.png"
_HILLS: Final = tuple(_SCENES.values())
# From which words to which of the page in Latin; the colour, the note and the tags.
_MARKS: Final = (
    ("He said that", "counted them;", 1, "Compare the plan: ninety-three.", ("stairs",)),
    ("From the sea", "grain of salt.", 3, "", ()),
    ("the hand slows down", "light for the birds,", 2, "", ("log", "winter")),
    ("They have been copied", "three people", 4, "Which three?", ()),
)


class Web:
    """A web that is not there: one host never ends, every other has no such page."""

    def __init__(self) -> None:
        self.hang = threading.Event()

    def page(
        self,
        url: str,
        *,
        cancelled: Callable[[], bool] = lambda: False,  # noqa: ARG002
        progress: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> Response:
        if "bakersguild" in url:
            progress(180_000, 400_000)
            self.hang.wait()
            raise FetchError("cancelled")
        raise FetchError("not_found", host=urls.host(url), status=404)

    def picture(self, url: str, **_: object) -> Picture:
        raise FetchError("not_found", host=urls.host(url), status=404)


def rows(library: Library) -> dict[str, Article]:
    """The articles by the first label of their hosts."""
    found = library.searching.cards(View(Place.ALL), 0, 99)
    return {article.url.split("/")[2].split(".")[0]: article for article in found}


def fill(library: Library, kind: str) -> None:
    """Put the articles of "shelf" or "pages" into an empty library; "empty" stays so."""
    if kind == "shelf":
        _fill_shelf(library)
    elif kind == "pages":
        _fill_pages(library)


def _add(
    library: Library, name: str, page: Path, tags: Sequence[str], held: Sequence[Picture]
) -> None:
    url = f"https://{name}.example/story"
    library.saving.add_page(page.read_bytes(), url, "text/html", tags, held)
    while library.fetching.step():
        pass


def _fill_shelf(library: Library) -> None:
    for name, tags in _SHELF:
        page = PAGES / "shelf" / f"{name}.html"
        body = page.read_bytes()
        held = [
            Picture(address, scene(colours), "image/png")
            for address, colours in _SCENES.items()
            if address.encode() in body
        ]
        _add(library, name, page, tags, held)
    ids = {name: article.id for name, article in rows(library).items()}
    library.reading.mark_read(ids["coldcoast"])
    library.reading.mark_read(ids["minato"])
    library.tidying.favourite([ids["tidewatch"], ids["slowworks"]])
    library.tidying.archive([ids["ledgerday"], ids["coldcoast"]])


def _fill_pages(library: Library) -> None:
    for at, name in enumerate(reversed(SCRIPTS)):
        image = drawing() if name == "latin" else scene(_HILLS[at % len(_HILLS)], tower_at=at)
        held = [Picture(_TOWER, image, "image/png")]
        _add(library, name, _script(name), ("essays",), held)
    latin = rows(library)["latin"].id
    text = shown_text(library.reading.extracted(latin).html)
    for first, last, colour, note, tags in _MARKS:
        start = text.index(first)
        selected = as_selected(text, start, text.index(last, start) + len(last))
        made, _ = library.highlighting.add(latin, colour, selected, note=note)
        if tags:
            library.highlighting.tag([made.id], tags)


def _script(name: str) -> Path:
    return PAGES / "scripts" / f"{name}.html"


def scene(colours: Sequence[str], tower_at: int = 0) -> bytes:
    """A quiet landscape in five flat colours, as a PNG of 1200 by 500 pixels.

    A tower stands on its hills, further to the right the higher `tower_at` is; 0 is none.
    """
    from PIL import Image, ImageDraw

    sky, sun, *rows_of_hills = colours
    wide, high = 2400, 1000
    image = Image.new("RGB", (wide, high), sky)
    pen = ImageDraw.Draw(image)
    pen.ellipse([1560, 170, 1860, 470], fill=sun)
    for row, colour in enumerate(rows_of_hills):
        top, swing, length = 470 + 170 * row, 90 - 22 * row, 620 - 110 * row
        line = [(x, top + swing * math.sin(x / length + 1.7 * row)) for x in range(0, wide + 8, 8)]
        pen.polygon([(0, high), *line, (wide, high)], fill=colour)
    if tower_at:
        left = 500 + 140 * tower_at
        pen.polygon(
            [(left, 900), (left + 30, 330), (left + 90, 330), (left + 120, 900)], colours[4]
        )
        pen.rectangle([left + 24, 260, left + 96, 330], colours[1], colours[4], 8)
        pen.polygon([(left + 14, 262), (left + 60, 190), (left + 106, 262)], colours[4])
    file = io.BytesIO()
    image.resize((1200, 500), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def drawing() -> bytes:
    """A tower in black on nothing, as PNG: what dark themes must not swallow."""
    from PIL import Image, ImageDraw

    ink = (20, 20, 24, 255)
    image = Image.new("RGBA", (900, 420), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.polygon([(400, 380), (430, 90), (470, 90), (500, 380)], outline=ink, width=4)
    pen.rectangle([418, 50, 482, 90], outline=ink, width=4)
    pen.polygon([(418, 50), (450, 18), (482, 50)], outline=ink, width=4)
    for step in range(12):
        y = 370 - step * 23
        pen.line([(408 + step * 2, y), (492 - step * 2, y - 14)], fill=ink, width=2)
    pen.line([(120, 382), (780, 382)], fill=ink, width=3)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
