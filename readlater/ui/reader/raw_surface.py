"""The page as it came, at work: page, profile and origin of its own behind the same walls."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QUrl, Signal
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
)
from typing_extensions import override

from readlater import resources
from readlater.ui.reader import raw_walls, scheme, walls
from readlater.ui.reader.colours import colours
from readlater.ui.reader.matching import Matching
from readlater.ui.reader.page import ReaderPage, make_profile
from readlater.ui.reader.raw_walls import RawDocument
from readlater.ui.reader.walls import Answer, Walls

_WORLD: Final = QWebEngineScript.ScriptWorldId.ApplicationWorld
_ENCODED: Final = QUrl.ComponentFormattingOption.FullyEncoded
_LINK: Final = QWebEnginePage.NavigationType.NavigationTypeLinkClicked


def _answer_to(url: QUrl, now: RawDocument) -> Answer | None:
    return raw_walls.answer(
        url.scheme(), url.authority(_ENCODED), url.path(_ENCODED), url.query(_ENCODED), now
    )


class RawHandler(scheme.Handler):
    """Answers the open page, our sheet and the assets that this page shows."""

    policy = raw_walls.POLICY
    document = RawDocument()

    @override
    def answer(self, job: QWebEngineUrlRequestJob) -> Answer | None:
        return _answer_to(job.requestUrl(), self.document)


class RawInterceptor(QWebEngineUrlRequestInterceptor):
    """Blocks every request that the open page has no answer to."""

    document = RawDocument()

    @override
    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if _answer_to(info.requestUrl(), self.document) is None:
            info.block(True)


class RawPage(ReaderPage):
    """Loads the open page and nothing else: every other navigation becomes a signal."""

    change_wanted = Signal(str, str)  # "put-back" or "take-out", and the fingerprint of a block

    def __init__(
        self, profile: QWebEngineProfile, standing: Walls, parent: QObject | None = None
    ) -> None:
        super().__init__(profile, standing, parent)
        self._home = QUrl()

    def open(self, address: str) -> None:
        """Load the page at its own address."""
        self._home = QUrl(address)
        self._expected = True
        self.load(self._home)

    @override
    def acceptNavigationRequest(
        self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        url = QUrl(url)
        if isMainFrame and self._expected and url == self._home:
            self._expected = False
            return True
        if isMainFrame and type == _LINK:
            self._follow(url)
        return False

    @override
    def _follow(self, url: QUrl) -> None:
        is_own = url.scheme() == walls.SCHEME and url.authority() == self._home.authority()
        wanted = raw_walls.change(url.path()) if is_own else None
        if wanted is not None:
            self.change_wanted.emit(*wanted)
        elif url.scheme() != walls.SCHEME:
            super()._follow(url)


class RawSurface(QObject):
    """Holds profile, page, handler and interceptor; shows one page at a time.

    `standing` takes walls away and is for tests alone.
    """

    shown = Signal(int)
    link_clicked = Signal(str)
    link_hovered = Signal(str)
    change_wanted = Signal(str, str)

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
        self._profile = make_profile()
        self._handler = RawHandler(read, run, standing, self)
        self._interceptor = RawInterceptor(self)
        self._profile.installUrlSchemeHandler(QByteArray(walls.SCHEME.encode()), self._handler)
        if standing.interceptor:
            self._profile.setUrlRequestInterceptor(self._interceptor)
        self.page = page = RawPage(self._profile, standing)
        self.matching = Matching(page, lambda: None, self)
        self._theme = "light"
        self._loading = self._shown = 0
        self._has_begun = False  # the newest load: what ends before it does is an older one
        page.loadStarted.connect(self._on_load_started)
        page.loadFinished.connect(self._on_load_finished)
        page.renderProcessTerminated.connect(lambda *_: self._forget())
        page.linkHovered.connect(self._on_hovered)
        page.link_clicked.connect(self.link_clicked)
        page.change_wanted.connect(self.change_wanted)

    @property
    def open_id(self) -> int:
        """The article whose page is there; 0 for none."""
        return self._shown

    def show(self, document: RawDocument) -> None:
        """Load a page in place of what is there; `shown` follows."""
        self._handler.document = self._interceptor.document = document
        self._loading, self._shown, self._has_begun = document.id, 0, False
        self.page.open(document.url)

    def set_theme(self, theme: str) -> None:
        """Light, sepia, dark or black: at once, without a load."""
        self._theme = theme
        self.page.setBackgroundColor(QColor(colours(theme)["canvas"]))
        self._call("theme", theme)

    def mark(self, words: dict[str, str], back: Collection[str]) -> None:
        """Say over each block that is not in the article that it is not; `back` are put back."""
        self._call("mark", words, sorted(back))

    def turn(self, way: int) -> None:
        """Scroll down (1) or up (-1) by a page."""
        self._call("turn", way)

    def close(self) -> None:
        """End the page, and then its profile: the other way round the engine aborts."""
        self._forget()
        for part in (self.page, self._profile):
            if shiboken6.isValid(part):
                shiboken6.delete(part)

    def _forget(self) -> None:
        self._loading = self._shown = 0

    def _call(self, deed: str, *given: object) -> None:
        if self._shown:
            arguments = ", ".join(json.dumps(value) for value in given)
            self.page.runJavaScript(f"raw.{deed}({arguments})", _WORLD)

    def _on_load_started(self) -> None:
        self._has_begun = True

    def _on_load_finished(self, _ok: bool) -> None:
        # A page of which a wall has refused a part ends here as one that failed.
        if not self._loading or not self._has_begun:
            return
        self._shown, self._loading = self._loading, 0
        self.page.runJavaScript(resources.text("html/raw.js"), _WORLD)
        self.matching.install()
        self._call("theme", self._theme)
        self.shown.emit(self._shown)

    def _on_hovered(self, address: str) -> None:
        """The addresses of our own deeds and of places in the page say nothing to a person."""
        is_own = address.startswith(f"{walls.SCHEME}:")
        self.link_hovered.emit("" if is_own else address)
