"""The page one reads, in each script and theme, with each panel, narrow and wide."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from readlater.article import Picture
from readlater.ui.reader.look import Look

if TYPE_CHECKING:
    from screenshots import Studio

PAGES: Final = Path(__file__).resolve().parent.parent / "tests" / "pages" / "scripts"
SCRIPTS: Final = (
    "latin",
    "cyrillic",
    "arabic",
    "hebrew",
    "japanese",
    "chinese",
    "hindi",
    "thai",
    "code",
    "maths",
)
WIDE: Final = (1280, 860)
NARROW: Final = (430, 860)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a page, its look, what is open over it, and the window's size."""

    page: str
    look: Look = Look()  # noqa: RUF009 - frozen
    panel: str = ""
    size: tuple[int, int] = WIDE
    down: float = 0.0
    alone: bool = True


SHOTS: Final[dict[str, Shot]] = {
    **{f"page-{name}": Shot(name) for name in SCRIPTS},
    **{f"page-{t}": Shot("latin", Look(theme=t), alone=False) for t in ("sepia", "dark", "black")},
    **{f"page-{name}-narrow": Shot(name, size=NARROW) for name in ("latin", "arabic", "code")},
    "page-sans": Shot("latin", Look(face="sans", size_px=17, measure=78)),
    "page-even": Shot("latin", Look(justify=True, indent=True, leading=1.45)),
    "page-large": Shot("hebrew", Look(theme="sepia", size_px=28)),
    "page-code-dark": Shot("code", Look(theme="dark"), down=0.45),
    "page-figure-dark": Shot("latin", Look(theme="dark"), down=0.42),
    "page-end": Shot("latin", down=1.0),
    "page-typography": Shot("latin", panel="typography", alone=False),
    "page-outline": Shot("latin", panel="outline", alone=False),
    "page-note": Shot("latin", panel="note"),
    "page-find": Shot("latin", panel="find", alone=False),
}


def plan() -> bytes:
    """A drawing in black on nothing, as PNG: what dark themes must not swallow."""
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (900, 420), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.polygon([(400, 380), (430, 90), (470, 90), (500, 380)], outline=(20, 20, 24, 255), width=4)
    pen.rectangle([418, 50, 482, 90], outline=(20, 20, 24, 255), width=4)
    pen.polygon([(418, 50), (450, 18), (482, 50)], outline=(20, 20, 24, 255), width=4)
    for step in range(12):
        y = 370 - step * 23
        pen.line([(408 + step * 2, y), (492 - step * 2, y - 14)], fill=(20, 20, 24, 255), width=2)
    pen.line([(120, 382), (780, 382)], fill=(20, 20, 24, 255), width=3)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def fill(studio: Studio) -> None:
    """Put the pages into the library."""
    for name in SCRIPTS:
        body = (PAGES / f"{name}.html").read_bytes()
        pictures = [Picture("https://latin.example/light.png", plan(), "image/png")]
        held = pictures if name == "latin" else []
        studio.library.saving.add_page(
            body, f"https://{name}.example/story", "text/html", ("essays",), held
        )
        while studio.library.fetching.step():
            pass


def draw(shot: Shot, studio: Studio) -> None:
    """Bring the window into the state of a shot."""
    window = studio.window
    window.resize(*shot.size)
    studio.open(shot.page)
    window.arranging.read_quietly(on=shot.alone)
    window.typography.set(shot.look)
    studio.rest(300)
    view = window.reader_pane.page_view
    if view is None:
        raise SystemExit("there is no page")
    view.restore(shot.down)
    studio.rest(300)
    if shot.panel in ("typography", "outline"):
        studio.parts.actions.action(f"view.{shot.panel}").trigger()
    elif shot.panel == "find":
        view.focus_page()
        studio.parts.actions.action("edit.find").trigger()
        if not isinstance(field := QApplication.focusWidget(), QLineEdit):
            raise SystemExit("the field did not get the focus")
        QTest.keyClicks(field, "light")
    elif shot.panel == "note":
        _press_mark(studio)
    studio.rest(500)


def _press_mark(studio: Studio) -> None:
    from PySide6.QtWebEngineWidgets import QWebEngineView

    view = studio.window.reader_pane.page_view
    engine = view.focusProxy() if view is not None else None
    target = engine.focusProxy() if isinstance(engine, QWebEngineView) else None
    if not isinstance(engine, QWebEngineView) or target is None:
        raise SystemExit("there is no page")
    page = engine.page()
    found: list[str] = []
    page.runJavaScript(
        "(() => { const r = document.querySelector('sup a').getBoundingClientRect();"
        " return `${r.x + r.width / 2} ${r.y + r.height / 2}` })()",
        1,
        found.append,
    )
    studio.until(lambda: bool(found))
    at = QPoint(*(round(float(part)) for part in found[0].split()))
    QTest.mouseMove(target, at + QPoint(20, 0))
    studio.rest(100)
    QTest.mouseMove(target, at)
    studio.rest(200)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=at)


def shrink(path: Path) -> None:
    """Keep a picture in 256 colours: a page of text needs no more, and the file a third."""
    from PIL import Image

    image = Image.open(path).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
