"""The View menu: the order of the list and the panes."""

from __future__ import annotations

from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu

_VIEW = Menu.VIEW


@TABLE.action(_VIEW, QT_TRANSLATE_NOOP("Actions", "Sort by…"), "Ctrl+Shift+S", icon="arrow-up-down")
def sort(deeds: Deeds) -> None:
    """Open the menu of orders under its button."""
    deeds.window.list_pane.sort_button.showMenu()


@TABLE.action(
    _VIEW,
    QT_TRANSLATE_NOOP("Actions", "Places"),
    "F9",
    icon="panel-left",
    new_group=True,
)
def places(deeds: Deeds) -> None:
    """Fold the sidebar away, or back."""
    deeds.window.fold_sidebar()


@TABLE.action(_VIEW, QT_TRANSLATE_NOOP("Actions", "List"), "Shift+F9", icon="list")
def articles(deeds: Deeds) -> None:
    """Fold the list away, or back."""
    deeds.window.fold_list()


@TABLE.action(_VIEW, QT_TRANSLATE_NOOP("Actions", "Full screen"), "F11", new_group=True)
def full_screen(deeds: Deeds) -> None:
    """Take the whole screen, or give it back."""
    window = deeds.window
    if window.isFullScreen():
        window.showNormal()
    else:
        window.showFullScreen()
