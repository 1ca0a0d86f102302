"""Which panes a window of some width shows, and the splitter that holds them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

SIDEBAR_PX: Final = 220
LIST_PX: Final = 360
TWO_PANES_UNDER_PX: Final = 900
ONE_PANE_UNDER_PX: Final = 600
# A panel beside the page leaves its text this much, or the other panes give way.
TEXT_PX: Final = 520


class Pane(StrEnum):
    """The three panes."""

    SIDEBAR = "sidebar"
    LIST = "list"
    READER = "reader"


_WIDTHS_PX: Final = {Pane.SIDEBAR: SIDEBAR_PX, Pane.LIST: LIST_PX}


@dataclass(frozen=True, slots=True)
class Folds:
    """What a person has folded away, and which pane is in front where not all have room.

    `crowded`: the panes that gave way to a panel were asked for all the same.
    """

    sidebar: bool = False
    list: bool = False
    front: Pane = Pane.LIST
    crowded: bool = False


def shown(width_px: int, folds: Folds, *, panel_px: int = 0) -> frozenset[Pane]:
    """The panes that a window of `width_px` shows: three, two under 900, one under 600.

    With two, the sidebar takes the list's side only while it is in front. Where a panel of
    `panel_px` stands beside the page, first the sidebar and then the list leave it their room.
    """
    panes = _unfolded(width_px, folds)
    if not panel_px or folds.crowded or Pane.READER not in panes:
        return panes
    left_px = width_px - panel_px - sum(_WIDTHS_PX.get(pane, 0) for pane in panes)
    for pane, pane_px in _WIDTHS_PX.items():
        if left_px < TEXT_PX and pane in panes:
            panes -= {pane}
            left_px += pane_px
    return panes


def toggled(pane: Pane, width_px: int, folds: Folds, *, panel_px: int = 0) -> Folds:
    """`folds` after a person folded `pane`, the sidebar or the list, away or back."""
    if pane is Pane.SIDEBAR and width_px < TWO_PANES_UNDER_PX:
        front = Pane.LIST if folds.front is Pane.SIDEBAR else Pane.SIDEBAR
        return replace(folds, front=front)
    if pane in _unfolded(width_px, folds) - shown(width_px, folds, panel_px=panel_px):
        return replace(folds, crowded=True)
    if pane is Pane.SIDEBAR:
        return replace(folds, sidebar=not folds.sidebar)
    return replace(folds, list=not folds.list)


def _unfolded(width_px: int, folds: Folds) -> frozenset[Pane]:
    if width_px < ONE_PANE_UNDER_PX:
        return frozenset({folds.front})
    if width_px < TWO_PANES_UNDER_PX:
        if folds.front is Pane.SIDEBAR:
            return frozenset({Pane.SIDEBAR, Pane.LIST})
        return frozenset({Pane.READER} if folds.list else {Pane.LIST, Pane.READER})
    panes = {Pane.READER}
    if not folds.sidebar:
        panes.add(Pane.SIDEBAR)
    if not folds.list:
        panes.add(Pane.LIST)
    return frozenset(panes)


def can_go_back(width_px: int, folds: Folds) -> bool:
    """Whether a pane lies behind the one in front."""
    if width_px < ONE_PANE_UNDER_PX:
        return folds.front is not Pane.SIDEBAR
    return width_px < TWO_PANES_UNDER_PX and folds.front is not Pane.SIDEBAR


def behind(width_px: int, folds: Folds) -> Pane:
    """The pane that Back brings to the front."""
    if width_px < ONE_PANE_UNDER_PX and folds.front is Pane.READER:
        return Pane.LIST
    return Pane.SIDEBAR


def backed(width_px: int, folds: Folds, *, panel_px: int = 0) -> Folds:
    """`folds` after Back: the pane behind in front, or the list again that a panel pushed out."""
    if Pane.LIST in _unfolded(width_px, folds) - shown(width_px, folds, panel_px=panel_px):
        return replace(folds, crowded=True)
    return replace(folds, front=behind(width_px, folds))


class Panes(QSplitter):
    """The three panes with lines between them; `resized` when the width may show others."""

    resized = Signal()

    def __init__(self, sidebar: QWidget, articles: QWidget, reader: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._widgets = {Pane.SIDEBAR: sidebar, Pane.LIST: articles, Pane.READER: reader}
        sidebar.setMinimumWidth(160)
        articles.setMinimumWidth(260)
        reader.setMinimumWidth(300)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for at, widget in enumerate((sidebar, articles, reader)):
            self.addWidget(widget)
            self.setStretchFactor(at, 1 if at == 2 else 0)
        self.setSizes([SIDEBAR_PX, LIST_PX, 700])

    def show_panes(self, panes: frozenset[Pane]) -> None:
        """Show these panes and hide the others, keeping the widths of what stays."""
        alone = len(panes) == 1
        for pane, widget in self._widgets.items():
            widget.setVisible(pane in panes)
        grows = Pane.READER if Pane.READER in panes or alone else Pane.LIST
        for at, pane in enumerate(self._widgets):
            self.setStretchFactor(at, 1 if pane is grows else 0)

    def state(self) -> QByteArray:
        """The widths, to be kept."""
        return self.saveState()

    def restore(self, state: QByteArray) -> None:
        """Take the widths that were kept."""
        self.restoreState(state)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit()
        super().resizeEvent(event)
