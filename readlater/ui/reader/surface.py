"""The reading page at work: one loaded shell whose article is swapped from ApplicationWorld."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript

from readlater import resources
from readlater.article import Article, Spot
from readlater.ui.reader import scheme, walls
from readlater.ui.reader.colours import colours
from readlater.ui.reader.look import Look
from readlater.ui.reader.page import ReaderPage, make_profile
from readlater.ui.reader.ready import Ready, safe
from readlater.ui.reader.template import Page, end, fill, meta
from readlater.ui.reader.tour import Tour
from readlater.ui.reader.walls import Opened, Walls

_SCRIPTS: Final = ("place", "tour", "pictures", "reader")
_REPORT_MS: Final = 400
_NEARLY: Final = 0.99
_SAME: Final = 0.001  # of the whole: less is a pixel or two
WORLD: Final = QWebEngineScript.ScriptWorldId.ApplicationWorld


class Surface(QObject):
    """Holds profile, page, handler and interceptor; shows one article at a time.

    `standing` takes walls away and is for tests alone. Nothing loads before the first `show` or
    `prepare`.
    """

    prepared = Signal()
    shown = Signal(int)
    link_clicked = Signal(str)
    link_hovered = Signal(str)
    progressed = Signal(int, float, object)  # an article, how far (0..1), and its Spot or None
    access_clicked = Signal(int)
    removed_clicked = Signal(int)
    deed_clicked = Signal(str)  # "archive", "favourite", "next", or "tag/" and a tag
    picture_clicked = Signal(int)

    def __init__(
        self,
        read: scheme.Read,
        *,
        run: scheme.Run = scheme.run_here,
        standing: Walls = Walls(),  # noqa: B008 - frozen
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        scheme.register()
        self._walls = standing
        self._run = run
        self._profile = make_profile()
        self._handler = scheme.Handler(read, run, standing, self)
        self._interceptor = scheme.Interceptor(self)
        self._profile.installUrlSchemeHandler(QByteArray(walls.SCHEME.encode()), self._handler)
        if standing.interceptor:
            self._profile.setUrlRequestInterceptor(self._interceptor)
        self.page = ReaderPage(self._profile, standing)
        self._theme, self._look = "light", Look()
        self._worn: tuple[object, ...] = ()
        self._loading = self._loaded = False
        self._waiting: Page | None = None  # shown as soon as the shell is there
        self._current: Page | None = None
        self._told: tuple[int, float] = (0, 0.0)
        self._last: dict[int, tuple[float, Spot | None]] = {}  # of the open article alone
        self._at_end = False  # as the page last said; the engine's own sizes come late or never
        # Where one was put: kept while pictures still push the text about.
        self._at: tuple[float, Spot | None] | None = None
        self._turn = 0  # of the newest show or clear: an answer to an older one comes too late
        self._crashed_id = 0
        self._offered = ("", "")  # what stands at the end of the page, and under its title
        self._keep = False  # whether who reads the article stays where they are
        self._report = QTimer(self, singleShot=True, interval=_REPORT_MS)
        self._report.timeout.connect(self._ask_place)
        self._wire(self.page)
        self.set_theme("light")

    def _wire(self, page: ReaderPage) -> None:
        page.loadFinished.connect(self._on_load_finished)
        page.renderProcessTerminated.connect(self._on_terminated)
        page.scrollPositionChanged.connect(self._on_moved)
        page.contentsSizeChanged.connect(self._on_resized)
        page.linkHovered.connect(self._on_hovered)
        page.link_clicked.connect(self._on_link)
        self.tour = Tour(self.call, self.link_clicked, self.release, self)
        page.anchor_clicked.connect(self.tour.jump)
        page.goal_clicked.connect(self.tour.go)
        page.back_clicked.connect(self.tour.back)
        page.deed_clicked.connect(self.deed_clicked)
        page.picture_clicked.connect(self.picture_clicked)
        page.access_clicked.connect(self._on_access)
        page.removed_clicked.connect(self._on_removed)

    def prepare(self) -> None:
        """Load the shell, so that the first article comes as quickly as the next."""
        if not self._loaded and not self._loading:
            self._loading = True
            self._handler.theme = self._theme
            self.page.load_shell()

    def show(
        self, page: Page, *, keep_place: bool = False, at: float = 0.0, spot: Spot | None = None
    ) -> None:
        """Put `page` in place of what is there, at `spot` or `at` (0..1); `shown` follows.

        A `Ready` one is in place when this returns, but for what the engine has to do.
        """
        self._waiting = self._current = page
        self._keep = keep_place
        self._at = (at, spot)
        self._at_end = False
        self._turn += 1
        self._report.stop()
        if self._loaded:
            self._clean(page, self._turn)
        else:
            self.prepare()

    def clear(self) -> None:
        """Show an empty page; nothing is open from here on."""
        self._waiting = self._current = None
        self._turn += 1
        self._open(Opened())
        self._report.stop()
        if self._loaded:
            self.call("reader.clear", then=self._on_left)

    def set_theme(self, theme: str) -> None:
        """Light, sepia, dark or black: at once, without a load."""
        self.page.setBackgroundColor(QColor(colours(theme)["canvas"]))
        self._theme = theme
        self._wear()

    def set_look(self, look: Look) -> None:
        """Set the page in another typography: at once, and the line one reads stays."""
        was, self._look = self._look, look
        self._wear()
        if was.divides != look.divides and self._loaded and self._waiting is None:
            self.call("reader.where", then=self._put_anew)

    def _put_anew(self, said: object) -> None:
        """Put the open article's text in place again, with its words divided or not."""
        self._on_place(said)
        held = self.open_now
        if held is not None and self._loaded and self._waiting is None:
            page, progress, spot = held
            self._at = (progress, spot)
            self._clean(page, self._turn)

    def _wear(self) -> None:
        look = self._look
        worn = (self._theme, look.classes(), look.properties())
        if self._loaded and worn != self._worn:  # a second style pass would cost a frame
            self._worn = worn
            self.call("reader.look", *worn)

    def show_end(self, article: Article) -> None:
        """Offer what can be done with the open article, as it has become."""
        if self._loaded and self._current is not None and self._waiting is None:
            offered = end(article), meta(article)
            if offered != self._offered:
                self._offered = offered
                self.call("reader.frame", article.id, *offered)

    def restore(self, progress: float, spot: Spot | None = None) -> None:
        """Scroll to `spot`, or to `progress` (0..1), and stay until a person moves the page."""
        self._at = (progress, spot)
        if self._loaded and self._waiting is None:
            self._put()

    def _put(self) -> None:
        if self._at is not None:
            progress, spot = self._at
            self.call("reader.restore", progress, _plain(spot), then=self._on_put)

    def release(self) -> None:
        """A person moved the page: it is theirs, nothing scrolls it back."""
        self._at = None
        self._on_moved()

    def hold(self) -> None:
        """The page is about to break its lines elsewhere: what is read now stays at the top.

        Not while a person moves it: what it said last is no longer where they are.
        """
        if self._at is None and self._current is not None and not self._report.isActive():
            self._at = self._last.get(self._current.article.id)

    def page_down(self) -> bool:
        """Scroll down by a page; False when the end is already in view, or nothing is open."""
        if self._current is None or self._at_end:
            return False
        self.turn(1)
        return True

    def turn(self, way: int) -> None:
        """Scroll down (1) or up (-1) by a page."""
        self.release()
        if self._loaded and self._waiting is None:
            self.call("reader.turn", way, then=self._on_place)

    @property
    def open_now(self) -> tuple[Page, float, Spot | None] | None:
        """The open article and where one is in it, as the page last said; None for none."""
        page = self._current
        if page is None:
            return None
        at = self._at or self._last.get(page.article.id, (0.0, None))
        return page, *at

    def close(self) -> None:
        """End the page, and then its profile: the other way round the engine aborts."""
        self._report.stop()
        self._loaded = False
        self._turn += 1
        for part in (self.page, self._profile):
            if shiboken6.isValid(part):
                shiboken6.delete(part)

    def _clean(self, page: Page, turn: int) -> None:
        """Sanitise the text of `page` wherever `run` works, and then put it in place."""
        if not self._walls.sanitised:
            self._swap(page, page.html)
            return
        language = page.article.language if self._look.divides else ""
        if isinstance(page, Ready) and page.divided_as == language:
            self._swap(page, page.body)
            return

        def cleaned(body: object) -> None:
            if self._loaded and turn == self._turn:  # else another article was opened meanwhile
                self._swap(page, str(body))

        self._run(lambda: safe(page.html, divided_as=language), cleaned)

    def _swap(self, page: Page, body: str) -> None:
        self._waiting = None
        self._open(walls.opened(page.article.id, body, page.icon))
        at, spot = self._at or (0.0, None)
        filled = fill(page, body, at=at, spot=spot, keep=self._keep)
        self._offered = filled.end, meta(page.article)

        def done(said: object) -> None:
            places = _heard(said)
            if places is None:
                return
            left, now = places
            self._tell(left, left=True)
            self._told = (now[0], now[1])
            if self._current is page:
                self._at_end = bool(now[2])
            self.shown.emit(filled.id)

        self.call("reader.show", asdict(filled), then=done)

    def _open(self, now: Opened) -> None:
        self._handler.now = self._interceptor.now = now

    def call(self, deed: str, *given: object, then: Callable[[object], None] | None = None) -> None:
        """Call a function of ours in ApplicationWorld, with values that JSON can hold."""
        # json.dumps escapes all but ASCII, so that its text is a JavaScript literal as well.
        arguments = ", ".join(json.dumps(value) for value in given)
        script = f"{deed}({arguments})"
        if then is None:
            self.page.runJavaScript(script, WORLD)
        else:
            self.page.runJavaScript(script, WORLD, then)

    def _tell(self, where: list[Any], *, left: bool = False) -> None:
        """Tell where one is in an article, unless that is where one was put.

        Only who has `left` has finished: until then the article stays among what one has begun.
        """
        id_, progress, _, quote = where
        spot = Spot(**quote) if quote else None
        self._last = {id_: (float(progress), spot)}
        if not left:
            progress = min(progress, _NEARLY)
        if id_ and (id_ != self._told[0] or abs(progress - self._told[1]) > _SAME):
            self._told = (id_, progress)
            self.progressed.emit(id_, float(progress), spot)

    def _ask_place(self) -> None:
        if self._loaded and self._current is not None:
            self.call("reader.where", then=self._on_place)

    def _on_place(self, said: object) -> None:
        place = _heard(said)
        if place is None:
            return
        if self._current is not None and place[0] == self._current.article.id:
            self._at_end = bool(place[2])
        self._tell(place)

    def _on_left(self, said: object) -> None:
        where = _heard(said)
        if where is not None:
            self._tell(where, left=True)

    def _on_put(self, said: object) -> None:
        place = _heard(said)
        if place is not None:
            self._told = (place[0], place[1])
            self._on_place(said)

    def _on_load_finished(self, ok: bool) -> None:
        # A refused navigation ends here as well, as a load that failed.
        if not self._loading:
            return
        self._loading = False
        self._loaded = ok
        if ok:
            for script in _SCRIPTS:
                self.page.runJavaScript(resources.text(f"html/{script}.js"), WORLD)
            self._worn = ()
            self._wear()
            self.prepared.emit()
            if self._waiting is not None:
                self._clean(self._waiting, self._turn)

    def _on_terminated(self, status: QWebEnginePage.RenderProcessTerminationStatus) -> None:
        self._loaded = self._loading = False
        page = self._current
        if status == QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            return
        # An article that ends the renderer twice is not tried a third time.
        if page is not None and page.article.id != self._crashed_id:
            self._crashed_id = page.article.id
            self.show(page)
        else:
            self._current = None
            self.prepare()

    def _on_moved(self) -> None:
        if self._current is not None and not self._report.isActive():
            self._report.start()

    def _on_resized(self) -> None:
        if self._at not in (None, (0.0, None)) and self._loaded and self._waiting is None:
            self._put()
        self._on_moved()

    def _on_access(self) -> None:
        if self._current is not None:
            self.access_clicked.emit(self._current.article.id)

    def _on_removed(self) -> None:
        if self._current is not None:
            self.removed_clicked.emit(self._current.article.id)

    def _on_hovered(self, address: str) -> None:
        """The addresses of our own words and of places in the page say nothing to a person."""
        is_own = address.startswith(f"{walls.SCHEME}:")
        self.link_hovered.emit("" if is_own else address)

    def _on_link(self, address: str) -> None:
        """A link to a place in this very article goes there, as footnotes have whole addresses."""
        url = QUrl(address)
        here = QUrl(self._current.article.url) if self._current is not None else QUrl()
        fragment = url.fragment(QUrl.ComponentFormattingOption.FullyDecoded)
        if fragment and url.toString().partition("#")[0] == here.toString().partition("#")[0]:
            self.tour.jump(fragment, address)
        else:
            self.link_clicked.emit(address)


def _plain(spot: Spot | None) -> dict[str, object] | None:
    return None if spot is None else asdict(spot)


def _heard(said: object) -> Any:
    """What the page answered as JSON; None when it ended first, and Qt calls back with nothing."""
    return json.loads(said) if isinstance(said, str) and said else None
