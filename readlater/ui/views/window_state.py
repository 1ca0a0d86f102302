"""What a window keeps from one start to the next: geometry, panes, place and order."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings

from readlater.article import Place, Sort, View
from readlater.ui.views.layout import Folds


@dataclass(frozen=True, slots=True)
class WindowState:
    """`geometry` and `panes` are Qt's own bytes, empty when there are none yet."""

    geometry: QByteArray
    panes: QByteArray
    folds: Folds
    view: View
    is_beside: bool = False  # whether the panel of highlights is open


def load(kept: QSettings) -> WindowState:
    """The state as it was kept; what is missing or not understood is as at the first start."""

    def raw(name: str) -> QByteArray:
        value = kept.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def flag(name: str) -> bool:
        return kept.value(name) in ("true", True)

    place, order = str(kept.value("view/place")), str(kept.value("view/sort"))
    view = View(
        Place(place) if place in tuple(Place) else Place.UNREAD,
        str(kept.value("view/tag") or ""),
        Sort(order) if order in tuple(Sort) else Sort.NEWEST,
    )
    folds = Folds(flag("window/sidebar_folded"), flag("window/list_folded"))
    beside = flag("window/highlights")
    return WindowState(raw("window/geometry"), raw("window/panes"), folds, view, beside)


def save(state: WindowState, kept: QSettings) -> None:
    """Write the state down, at once."""
    kept.setValue("window/geometry", state.geometry)
    kept.setValue("window/panes", state.panes)
    kept.setValue("window/sidebar_folded", state.folds.sidebar)
    kept.setValue("window/list_folded", state.folds.list)
    kept.setValue("window/highlights", state.is_beside)
    kept.setValue("view/place", state.view.place.value)
    kept.setValue("view/tag", state.view.tag)
    kept.setValue("view/sort", state.view.sort.value)
    kept.sync()
