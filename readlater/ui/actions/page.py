"""The deeds on the page that is read: its panels, its size, and what its end offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Signal

from readlater.article import Place, View
from readlater.settings import load, save, with_values
from readlater.ui.views.layout import ONE_PANE_UNDER_PX
from readlater.ui.views.outline_panel import OutlinePanel
from readlater.ui.views.typography_panel import TypographyPanel

if TYPE_CHECKING:
    from readlater.ui.actions.doing import Doing
    from readlater.ui.reader.tour import Heading
    from readlater.ui.reader.view import ReaderView

_PANEL_PX: Final = 336


class PageDeeds(QObject):
    """`wanted` carries the id of an action that the page asks for."""

    wanted = Signal(str)

    def __init__(self, deeds: Doing) -> None:
        super().__init__(deeds)
        self._deeds = deeds
        self._view: ReaderView | None = None
        typography = deeds.window.typography
        typography.kept.connect(self._keep)
        typography.kept_own.connect(self._keep_own)

    def wire(self, view: ReaderView) -> None:
        """Hear what a page's view says; more than once for one view does nothing."""
        if view is not self._view:
            self._view = view
            view.deed_clicked.connect(self._on_deed)
            view.resized_text.connect(self.resize)
            view.ended.connect(lambda: self._deeds.window.step(1))

    def typography(self) -> None:
        """Open the panel beside the column, so that the page is seen as it changes."""
        window = self._deeds.window
        panel = TypographyPanel(self._deeds.theme, window.typography, window)
        panel.open(self._corner())

    def outline(self) -> None:
        """Open the headings of the article."""
        tour = self._view.tour if self._view is not None else None
        if tour is None or not self._deeds.window.reader_pane.is_reading:
            return

        def show(headings: tuple[Heading, ...], under: int) -> None:
            panel = OutlinePanel(self._deeds.theme, headings, under, self._deeds.window)
            panel.chosen.connect(tour.to_heading)
            panel.open(self._corner())

        tour.outline(show)

    def resize(self, steps: int) -> None:
        """The next larger or smaller size; 0 is the first one."""
        typography = self._deeds.window.typography
        typography.set(typography.look.resized(steps))

    def _corner(self) -> QPoint:
        pane = self._deeds.window.reader_pane
        left = 16 if pane.isRightToLeft() else max(16, pane.width() - _PANEL_PX - 28)
        return pane.mapToGlobal(QPoint(left, pane.bar.height() - 4))

    def _on_deed(self, name: str) -> None:
        known = {
            "archive": "article.archive",
            "favourite": "article.favourite",
            "next": "go.following",
        }
        if name in known:
            self.wanted.emit(known[name])
        elif name.startswith("tag/"):
            self._show_tag(name.removeprefix("tag/"))

    def _show_tag(self, tag: str) -> None:
        """Show the articles of a tag beside the page, wherever the list was put away."""
        window = self._deeds.window
        window.choose(View(Place.TAG, tag, sort=window.view().sort))
        if window.isFullScreen():
            window.showNormal()
        window.arranging.read_quietly(on=False)
        if window.list_pane.isHidden():
            if window.width() < ONE_PANE_UNDER_PX:
                window.back()
            else:
                window.arranging.unfold_list()

    def _keep(self, values: Mapping[str, object]) -> None:
        path = self._deeds.settings_file
        self._deeds.jobs.run(lambda: save(with_values(load(path), values), path))

    def _keep_own(self, article_id: int, values: Mapping[str, object]) -> None:
        reading = self._deeds.library.reading
        self._deeds.jobs.run(lambda: reading.set_typography(article_id, values))
