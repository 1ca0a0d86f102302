"""Draw the main states of the real window, with articles of our own making.

python3 packaging/dev.py screenshots [STATE ...] [--scale 2] [--out DIR]
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import page_screenshots
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from readlater.article import Article, Picture, Place, Response, View
from readlater.errors import FetchError
from readlater.library import open_library
from readlater.net import urls
from readlater.settings import Settings
from readlater.ui.app import build

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "tests" / "pages" / "shelf"
OUT = ROOT / "packaging" / "screenshots"
SIZE = (1280, 800)
FACE = "Inter"
# The articles in the order of the list, with their tags.
SHELF = (
    ("ledgerday", ("money",)),
    ("coldcoast", ("climate", "essays")),
    ("shelfpaper", ("climate",)),
    ("minato", ()),
    ("slowworks", ("essays",)),
    ("railpost", ()),
    ("tidewatch", ("climate", "cities")),
)
_SCREEN = {
    "name": "wide",
    "x": 0,
    "y": 0,
    "width": 1920,
    "height": 1200,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1,
}
PICTURES = {
    "https://tidewatch.example/sill.jpg": ((127, 156, 184), (201, 214, 221), (141, 155, 134)),
    "https://slowworks.example/wheel.jpg": ((199, 166, 132), (231, 213, 189), (139, 107, 85)),
    "https://shelfpaper.example/row.jpg": ((159, 181, 154), (223, 230, 207), (95, 127, 108)),
}


STATES = ("first-start", "library", "reading", "search", "saving", "failed", "preview", "dark")


def prepare_qt(scale: str) -> None:
    """Draw without a screen, at a scale; Chromium's sandbox does not start as root."""
    # A screen wider than the window, so that what floats stands where it would.
    screen = Path(tempfile.gettempdir()) / "readlater-screenshots.json"
    screen.write_text(json.dumps({"screens": [_SCREEN]}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
    os.environ["QT_SCALE_FACTOR"] = scale
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"


def photo(colours: Sequence[tuple[int, int, int]]) -> bytes:
    """A soft slope through three colours, as a JPEG of 1200 by 500 pixels."""
    from PIL import Image

    small = Image.new("RGB", (3, 2))
    small.putdata([*colours, *colours[1:], colours[2]])
    file = io.BytesIO()
    small.resize((1200, 500), Image.Resampling.BICUBIC).save(file, "JPEG", quality=90)
    return file.getvalue()


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


class Studio:
    """The real window on a library of our own articles."""

    def __init__(
        self,
        folder: Path,
        *,
        theme: str = "light",
        filled: bool = True,
        pages: Callable[[Studio], None] | None = None,
    ) -> None:
        self.web = Web()
        self.library = open_library(folder, Settings(theme=theme), net=self.web)
        if filled:
            self._fill()
        if pages is not None:
            pages(self)
        self.parts = build(self.library)
        self.window = self.parts.window
        self.window.resize(*SIZE)
        self.window.show()
        self.until(lambda: bool(self.window.counts().places))

    def _fill(self) -> None:
        library = self.library
        for name, tags in SHELF:
            body = (PAGES / f"{name}.html").read_bytes()
            pictures = [
                Picture(address, photo(colours), "image/jpeg")
                for address, colours in PICTURES.items()
                if address.encode() in body
            ]
            url = f"https://{name}.example/story"
            library.saving.add_page(body, url, "text/html", tags, pictures)
            while library.fetching.step():
                pass
        rows = {article.url.split("/")[2].split(".")[0]: article.id for article in self.rows()}
        library.reading.mark_read(rows["coldcoast"])
        library.reading.mark_read(rows["minato"])
        library.tidying.favourite([rows["tidewatch"], rows["slowworks"]])
        library.tidying.archive([rows["ledgerday"], rows["coldcoast"]])

    def rows(self) -> tuple[Article, ...]:
        return self.library.searching.cards(View(Place.ALL), 0, 99)

    def open(self, host: str) -> None:
        """Open the article of a host and wait until its page is painted."""
        wanted = next(a for a in self.rows() if f"//{host}." in a.url)
        self.window.select(wanted.id)
        opening = self.window.opening
        self.until(lambda: opening.article is not None and opening.article.id == wanted.id)
        self.rest(1200)

    def until(self, done: Callable[[], bool]) -> None:
        for _ in range(600):
            if done():
                return
            self.rest(25)
        raise SystemExit("the window did not come to what was to be drawn")

    @staticmethod
    def rest(ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def keep(self, path: Path) -> None:
        """The window with what floats over it, as it stands on a screen."""
        self.rest(400)
        picture = self.window.grab()
        painter = QPainter(picture)
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and widget is not self.window:
                painter.drawPixmap(self.window.mapFromGlobal(widget.pos()), widget.grab())
        painter.end()
        picture.save(str(path))
        sys.stderr.write(f"{path.name}\n")

    def close(self) -> None:
        self.web.hang.set()
        self.window.close()
        self.parts.close()


def draw(state: str, studio: Studio) -> None:
    """Bring the window into a state."""
    window = studio.window
    if state == "first-start":
        return
    if state == "search":
        window.choose(View(Place.ALL))
        window.focus_search()
        field = QApplication.focusWidget()
        if not isinstance(field, QLineEdit):
            raise SystemExit("the search field did not get the focus")
        QTest.keyClicks(field, "harbour wall")
        QTest.keyClick(field, Qt.Key.Key_Return)
        studio.rest(800)
        studio.open("tidewatch")
        return
    if state in ("saving", "failed"):
        links = ["https://bakersguild.example/rye"]
        links += ["https://gonemagazine.example/lost"] if state == "failed" else []
        studio.library.saving.add(links)
        studio.parts.lane.start()
        studio.rest(800)
        studio.open("gonemagazine" if state == "failed" else "bakersguild")
        return
    studio.open("railpost" if state == "preview" else "tidewatch")
    if state == "preview":
        studio.parts.actions.action("article.access").trigger()
    if state == "reading":
        window.arranging.fold_sidebar()


def draw_pages(shots: Mapping[str, page_screenshots.Shot], out: Path) -> None:
    """The pages of `tests/pages/scripts` in one library, one after another."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        library = Path(folder) / "library"
        studio = Studio(library, filled=False, pages=page_screenshots.fill)
        studio.parts.actions.deeds.settings_file = Path(folder) / "settings.toml"
        for name, shot in shots.items():
            page_screenshots.draw(shot, studio)
            studio.keep(out / f"{name}.png")
            page_screenshots.shrink(out / f"{name}.png")
            for widget in QApplication.topLevelWidgets():
                if widget is not studio.window and widget.isVisible():
                    widget.close()
        studio.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "states", nargs="*", default=(*STATES, *page_screenshots.SHOTS), metavar="STATE"
    )
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--scale", default="1")
    words = parser.parse_args()
    prepare_qt(words.scale)
    words.out.mkdir(parents=True, exist_ok=True)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    if FACE in QFontDatabase.families():  # a bare machine's only face is wider than any desktop's
        app.setFont(QFont(FACE, 10))
    for state in [state for state in words.states if state in STATES]:
        with tempfile.TemporaryDirectory() as folder:
            theme = "dark" if state == "dark" else "light"
            os.environ["HOME"] = folder  # so that the library's place reads as a person's own
            place = Path(folder) / ".local" / "share" / "readlater"
            studio = Studio(place, theme=theme, filled=state != "first-start")
            draw(state, studio)
            studio.keep(words.out / f"{state}.png")
            studio.close()
    shots = {name: shot for name, shot in page_screenshots.SHOTS.items() if name in words.states}
    if shots:
        draw_pages(shots, words.out)
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
