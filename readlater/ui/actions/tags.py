"""The menu of a tag in the sidebar: rename, merge into another, delete."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QInputDialog, QMenu

if TYPE_CHECKING:
    from readlater.ui.actions.deeds import Deeds

_MOST_MERGES = 40


def tag_menu(deeds: Deeds, tag: str) -> QMenu:
    """The menu for `tag`; it goes by itself once it closes."""
    menu = QMenu(deeds.window)
    menu.aboutToHide.connect(menu.deleteLater)
    rename = menu.addAction(_tr("Rename…"))
    rename.triggered.connect(lambda: ask_name(deeds, tag))
    others = [name for name, _ in deeds.window.counts().tags if name != tag]
    if others:
        merge = menu.addMenu(_tr("Merge into"))
        for name in others[:_MOST_MERGES]:
            action = merge.addAction(name.replace("&", "&&"))
            action.triggered.connect(partial(_rename, deeds, tag, name))
    menu.addSeparator()
    delete = menu.addAction(_tr("Delete the tag"))
    delete.triggered.connect(lambda: deeds.do(lambda: deeds.library.tidying.delete_tag(tag)))
    return menu


def ask_name(deeds: Deeds, tag: str) -> None:
    """Ask for another name; one that exists already makes the two one, and undo parts them."""
    box = QInputDialog(deeds.window)
    box.setWindowTitle(_tr("Rename the tag"))
    box.setLabelText(_tr("Name. With the name of another tag, the two become one."))
    box.setTextValue(tag)
    box.setOkButtonText(_tr("Rename"))
    box.textValueSelected.connect(lambda name: _rename(deeds, tag, name))
    box.finished.connect(box.deleteLater)
    box.open()


def _rename(deeds: Deeds, tag: str, name: str, *_checked: bool) -> None:
    if name.strip() and name != tag:
        deeds.do(lambda: deeds.library.tidying.rename_tag(tag, name))


def _tr(text: str) -> str:
    return QCoreApplication.translate("TagMenu", text)
