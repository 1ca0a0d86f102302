"""Which panes are in sight: what is folded away, what is in front, and reading alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from readlater.ui.views import layout
from readlater.ui.views.layout import Folds, Pane


class Arranging(QObject):
    """What a person wants to see of `window`; `changed` when other panes may be in sight.

    `is_reading` says whether an article is open, which alone can have the whole window;
    `is_greeting` whether the reader greets, as the list is blank; `panel_px` how wide a panel
    stands beside the page.
    """

    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        *,
        is_reading: Callable[[], bool],
        is_greeting: Callable[[], bool],
        panel_px: Callable[[], int],
    ) -> None:
        super().__init__(window)
        self._window, self._panel_px = window, panel_px
        self._is_reading, self._is_greeting = is_reading, is_greeting
        self.folds = Folds()
        self._is_quiet = False

    @property
    def panes(self) -> frozenset[Pane]:
        """The panes in sight; reading full screen keeps only the column."""
        if self.is_reading_alone:
            return frozenset({Pane.READER})
        folds = self.folds
        if self._is_greeting() and folds.front is Pane.LIST:
            folds = replace(folds, front=Pane.READER)
        return layout.shown(self._window.width(), folds, panel_px=self._panel_px())

    @property
    def is_reading_alone(self) -> bool:
        """Whether an article has the whole window, or the whole screen."""
        return self.may_read_alone and self._is_reading()

    @property
    def may_read_alone(self) -> bool:
        """Whether an article gets the whole window as soon as one is open."""
        return self._window.isFullScreen() or self._is_quiet

    @property
    def can_go_back(self) -> bool:
        """Whether a pane lies behind the one in front."""
        return layout.can_go_back(self._window.width(), self.folds)

    @property
    def is_quiet(self) -> bool:
        """Whether only the column was asked for."""
        return self._is_quiet

    def read_quietly(self, *, on: bool) -> None:
        """Keep only the column, or bring back what stands round it."""
        self._is_quiet = on
        self.changed.emit()

    def fold_sidebar(self) -> None:
        """Fold the sidebar away, or back; where it has no room of its own, bring it up."""
        self._fold(Pane.SIDEBAR)

    def fold_list(self) -> None:
        """Fold the list away, or back."""
        self._fold(Pane.LIST)

    def unfold_list(self) -> None:
        """Bring the list into sight."""
        self.set(Folds(self.folds.sidebar, crowded=True))

    def choose_list(self) -> None:
        """A place was chosen: its list comes to the front."""
        self.set(replace(self.folds, front=Pane.LIST, crowded=True))

    def bring(self, pane: Pane) -> None:
        """Bring a pane to the front, for where not all have room."""
        self.set(replace(self.folds, front=pane))

    def bring_reader(self) -> None:
        """Bring the reader to the front where only one pane has room."""
        if self._window.width() < layout.ONE_PANE_UNDER_PX:
            self.bring(Pane.READER)

    def back(self) -> None:
        """Bring up the pane behind the one in front."""
        width_px, panel_px = self._window.width(), self._panel_px()
        self.set(layout.backed(width_px, self.folds, panel_px=panel_px))

    def on_panel_wanted(self) -> None:
        """A panel comes beside the page, or goes: what is crowded gives way once more."""
        self.set(replace(self.folds, crowded=False))

    def _fold(self, pane: Pane) -> None:
        width_px, panel_px = self._window.width(), self._panel_px()
        self.set(layout.toggled(pane, width_px, self.folds, panel_px=panel_px))

    def set(self, folds: Folds) -> None:
        """Take what is folded and what is in front."""
        self.folds = folds
        self.changed.emit()
