"""The list of highlights, of one article or of the library: cards, keys and a menu."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget
from typing_extensions import override

from readlater.article import FoundHighlight
from readlater.ui.icons import icon
from readlater.ui.models.highlights import HighlightsModel
from readlater.ui.theme import Theme
from readlater.ui.views.highlight_bar import swatch
from readlater.ui.views.highlight_card import HighlightCards

_DEEDS = ("note", "tags", "copy", "remove")


class HighlightList(QListView):
    """`opened` on a click or Enter; `wanted` is a deed by its name: note, tags, copy, remove."""

    opened = Signal(object)
    wanted = Signal(str, object)
    coloured = Signal(int, object)

    def __init__(
        self,
        model: HighlightsModel,
        theme: Theme,
        *,
        with_source: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._rows, self._with_source = theme, model, with_source
        self.setModel(model)
        self.setItemDelegate(HighlightCards(theme, self.viewport(), with_source=with_source))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Highlights"))
        self.customContextMenuRequested.connect(self._on_menu)
        self.clicked.connect(lambda index: self._open(index))
        # A note makes its card taller.
        model.dataChanged.connect(lambda *_: self.scheduleDelayedItemsLayout())
        theme.changed.connect(self._wear)
        self._wear()

    def current(self) -> FoundHighlight | None:
        """The highlight that the keys are on."""
        return self._rows.found(self.currentIndex().row())

    def choose(self, highlight: int) -> None:
        """Put the selection on a highlight, when it is among the rows."""
        row = self._rows.row_of(highlight)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row))

    def menu(self, found: FoundHighlight) -> QMenu:
        """The deeds on one highlight."""
        quiet = self._theme.colours.colour("quiet")
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        names = (self.tr("Yellow"), self.tr("Green"), self.tr("Blue"), self.tr("Pink"))
        for number, name in enumerate(names, 1):
            deed = menu.addAction(
                swatch(self._theme, number, chosen=number == found.highlight.colour), name
            )
            deed.triggered.connect(lambda _on=False, n=number: self.coloured.emit(n, found))
        menu.addSeparator()
        said = (self.tr("Note…"), self.tr("Tags…"), self.tr("Copy"), self.tr("Remove"))
        icons = ("sticky-note", "tag", "copy", "trash-2")
        for name, text, image in zip(_DEEDS, said, icons, strict=True):
            deed = menu.addAction(icon(image, quiet), text)
            deed.triggered.connect(lambda _on=False, n=name: self.wanted.emit(n, found))
        if self._with_source:
            menu.addSeparator()
            deed = menu.addAction(icon("list-filter", quiet), self.tr("Only from this article"))
            deed.triggered.connect(lambda _on=False: self.wanted.emit("only", found))
        return menu

    def _open(self, index: QModelIndex | QPersistentModelIndex) -> None:
        found = self._rows.found(index.row())
        if found is not None:
            self.opened.emit(found)

    def _on_menu(self, at: QPoint) -> None:
        found = self._rows.found(self.indexAt(at).row())
        if found is not None:
            self.menu(found).popup(self.viewport().mapToGlobal(at))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = self.current()
        key = event.key()
        if found is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(found)
        elif key == Qt.Key.Key_F2:
            self.wanted.emit("note", found)
        elif key == Qt.Key.Key_Delete:
            self.wanted.emit("remove", found)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _wear(self) -> None:
        canvas = self._theme.colours.canvas
        self.setStyleSheet(f"QListView {{ background: {canvas}; border: 0; }}")
