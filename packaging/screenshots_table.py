"""Which pictures there are: every page and panel, in each theme, width, scale and direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import product
from typing import Final

from readlater.ui.reader.look import Look

# A script's page is tests/pages/scripts/<name>.html.
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
THEMES: Final = ("light", "sepia", "dark", "black")
SCALES: Final = (1, 2)
# The window's sizes by their widths, in logical pixels.
SIZES: Final = {
    1920: (1920, 1080),
    1280: (1280, 800),
    900: (900, 700),
    820: (820, 1800),  # most of an article at one look
    600: (600, 760),
    400: (400, 760),
}
WIDE_PX, TALL_PX, NARROW_PX = 1280, 820, 400
# The interface: as it is; from right to left; with words a third longer, as German has them.
TONGUES: Final = ("", "rtl", "long")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture is of: a state of the window (see screenshots_states) over an article.

    `library` is "shelf" (seven articles), "pages" (one of each script) or "empty".
    `on_page` says that the page is in sight, so that its own themes are worth a picture.
    """

    name: str
    state: str = ""
    library: str = "shelf"
    article: str = ""
    look: Look = Look()  # noqa: RUF009 - frozen
    down: float = 0.0
    alone: bool = False
    on_page: bool = True


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture; its name leaves out what is usual."""

    subject: Subject
    theme: str = "light"
    width_px: int = WIDE_PX
    scale: int = 1
    tongue: str = ""

    @property
    def name(self) -> str:
        """As "library", "outline-dark-400@2x" or "tags-rtl"."""
        parts = [self.subject.name]
        parts += [self.theme] if self.theme != "light" else []
        parts += [str(self.width_px)] if self.width_px != WIDE_PX else []
        parts += [self.tongue] if self.tongue else []
        return "-".join(parts) + ("@2x" if self.scale == 2 else "")

    @property
    def size(self) -> tuple[int, int]:
        """The window's width and height in logical pixels."""
        return SIZES[self.width_px]

    @property
    def studio(self) -> tuple[str, str]:
        """The shots that one window can be drawn for: the same library, the same tongue."""
        return (self.subject.library, self.tongue)


def _page(name: str, script: str, down: float = 0.0, look: Look | None = None) -> Subject:
    return Subject(f"page-{name}", "page", "pages", script, look or Look(), down=down, alone=True)


def _panel(name: str, article: str = "latin") -> Subject:
    library = "pages" if article in SCRIPTS else "shelf"
    return Subject(name, name, library, article)


PAGES: Final = (
    *(_page(script, script) for script in SCRIPTS),
    _page("sans", "latin", look=Look(face="sans", size_px=17, measure=78)),
    _page("even", "latin", look=Look(justify=True, indent=True, leading=1.45)),
    _page("large", "hebrew", look=Look(size_px=28)),
    _page("figure", "latin", 0.42),
    _page("table", "latin", 0.62),
    _page("end", "latin", 1.0),
    Subject("page-note", "note_popup", "pages", "latin", alone=True),
)
PANELS: Final = (
    Subject("library", "open", article="tidewatch"),
    Subject("reading", "sidebar_folded", article="tidewatch"),
    Subject("search", "search", article="tidewatch"),
    Subject("access", "access", article="railpost"),
    Subject("removed", "removed", article="railpost"),
    Subject("tags", "tags", article="tidewatch"),
    Subject("toast", "toast", article="slowworks"),
    Subject("drop", "drop", article="tidewatch"),
    Subject("menu", "menu", article="tidewatch"),
    Subject("several", "several", article="tidewatch"),
    *(_panel(name) for name in ("typography", "outline", "find", "links")),
    *(_panel(name) for name in ("highlights", "highlight_bar", "note_sheet")),
    *(
        Subject(name, name, article="tidewatch", on_page=False)
        for name in ("settings", "shortcuts", "add", "about", "address", "orders", "places")
    ),
    Subject("highlights_page", "highlights_page", "pages", "latin", on_page=False),
    Subject("list", "list", article="tidewatch", on_page=False),
    Subject("search_empty", "search_empty", on_page=False),
    Subject("saving", "saving", on_page=False),
    Subject("failed", "failed", on_page=False),
    Subject("first_start", "first_start", "empty", on_page=False),
)
SUBJECTS: Final = {subject.name: subject for subject in (*PAGES, *PANELS)}


def matrix() -> tuple[Shot, ...]:
    """Every picture there is, in the order of its drawing."""
    return tuple(shot for subject in SUBJECTS.values() for shot in _of(subject))


def _of(subject: Subject) -> Iterator[Shot]:
    """Wide and narrow in each theme and scale; the other widths and tongues once each."""
    plain = Shot(subject)
    themes = THEMES if subject.on_page else ("light", "dark")
    for theme, width, scale in product(themes, (WIDE_PX, NARROW_PX), SCALES):
        yield replace(plain, theme=theme, width_px=width, scale=scale)
    for width in (1920, 900, 600):
        yield replace(plain, width_px=width)
    if subject in PAGES:
        yield replace(plain, width_px=TALL_PX)
        yield replace(plain, width_px=TALL_PX, theme="dark")
    else:
        for tongue, width in product(TONGUES[1:], (WIDE_PX, NARROW_PX)):
            yield replace(plain, tongue=tongue, width_px=width)


# What is kept beside the code: one of each subject, and where theme, width or scale tell more.
KEPT: Final = (
    *("library", "library-dark", "library@2x", "library-900", "library-600", "library-1920"),
    *("library-rtl", "library-long", "list-400", "places-400", "reading", "search-dark"),
    *("search_empty", "saving", "failed", "first_start", "first_start-dark", "several"),
    *("access", "access-dark-400", "removed", "tags", "toast", "drop", "menu", "orders"),
    *("typography", "outline", "find-dark", "links", "highlights", "highlights-sepia"),
    *("highlights_page", "highlight_bar-dark", "note_sheet", "settings", "shortcuts", "add"),
    *(f"page-{script}" for script in SCRIPTS),
    *("page-latin-sepia", "page-latin-dark", "page-latin-black", "page-latin-400"),
    *("page-arabic-400", "page-code-dark", "page-figure-dark", "page-table", "page-even"),
    *("page-large-sepia", "page-note", "page-end", "page-latin-820", "page-arabic-820"),
)


def kept() -> tuple[Shot, ...]:
    """The pictures that stand beside the code."""
    return tuple(shot for shot in matrix() if shot.name in KEPT)


def chosen(shots: Sequence[Shot], patterns: Sequence[str]) -> tuple[Shot, ...]:
    """Those whose names fit one of the patterns (`*` and `?`); all when there are none."""
    if not patterns:
        return tuple(shots)
    return tuple(shot for shot in shots if any(fnmatchcase(shot.name, p) for p in patterns))
