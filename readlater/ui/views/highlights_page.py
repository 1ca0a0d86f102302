"""All highlights of the library in the reader's place: searched, and filtered by colour and tag."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readlater.article import Marks
from readlater.ui.icons import icon
from readlater.ui.models.highlights import HighlightsModel
from readlater.ui.theme import Theme, sized
from readlater.ui.views.highlight_bar import swatch
from readlater.ui.views.highlight_list import HighlightList
from readlater.ui.views.search_field import SearchField

_TYPED_MS: Final = 120
_COLUMN_PX: Final = 720
_TITLE_CHARACTERS: Final = 70
# Under it, the filters stand under the field.
_ONE_ROW_PX: Final = 520


class HighlightsPage(QWidget):
    """`wanted` when the list should show others; the answer comes by `show_count` and the model."""

    wanted = Signal(object)
    export_wanted = Signal(object)
    close_wanted = Signal()
    came = Signal(bool)
    """It has come into sight (True), or gone out of it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.marks = Marks()
        self.model = HighlightsModel(self)
        self.list = HighlightList(self.model, theme, with_source=True)
        self._title = QLabel(self.tr("Highlights"))
        self._title.setFont(sized(self.font(), 2, weight=QFont.Weight.DemiBold))
        self._count = QLabel()
        self._typed = QTimer(self, interval=_TYPED_MS, singleShot=True)
        self._typed.timeout.connect(self._on_typed)
        self.field = SearchField(theme)
        self.field.setAccessibleName(self.tr("Search highlights and notes"))
        self.field.setPlaceholderText(self.tr("Search highlights and notes"))
        self.field.textChanged.connect(lambda _text: self._typed.start())
        self.field.setAcceptDrops(False)  # a drop is the window's
        self.field.left.connect(self.list.setFocus)
        self._colours = [self._colour_button(number) for number in (1, 2, 3, 4)]
        self.tags = QComboBox()
        self.tags.setAccessibleName(self.tr("Tag"))
        self.tags.activated.connect(self._on_tag)
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order"))
        self.order.addItems([self.tr("Newest first"), self.tr("By article")])
        self.order.activated.connect(
            lambda row: self._ask(replace(self.marks, by_article=row == 1))
        )
        self.only = QPushButton()
        self.only.setAccessibleDescription(self.tr("Show the highlights of all articles"))
        self.only.setToolTip(self.tr("Show the highlights of all articles"))
        self.only.clicked.connect(lambda: self.show_only(0, ""))
        self.only.hide()
        self._export = QToolButton()
        self._export.setToolTip(self.tr("Export these highlights…"))
        self._export.setAccessibleName(self.tr("Export these highlights…"))
        self._export.setFixedSize(32, 32)
        self._export.clicked.connect(lambda: self.export_wanted.emit(self.marks))
        self._close = QToolButton()
        self._close.setToolTip(self.tr("Back to the article"))
        self._close.setAccessibleName(self.tr("Back to the article"))
        self._close.setFixedSize(32, 32)
        self._close.clicked.connect(self.close_wanted)
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._lay_out()
        theme.changed.connect(self._wear)
        self._wear()
        self.show_tags(())
        self.show_count(0)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._export)
        head.addWidget(self._close)
        self._filters = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._filters.setSpacing(10)
        self._filters.addWidget(self.field, 1)
        filters = QHBoxLayout()
        filters.setSpacing(4)
        for button in self._colours:
            filters.addWidget(button)
        filters.addSpacing(8)
        filters.addStretch(1)
        filters.addWidget(self.tags)
        filters.addWidget(self.order)
        self._filters.addLayout(filters)
        middle = QWidget()
        middle.setMaximumWidth(_COLUMN_PX)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 20, 0, 0)
        column.setSpacing(10)
        top = QVBoxLayout()
        top.setContentsMargins(14, 0, 14, 0)
        top.setSpacing(10)
        top.addLayout(head)
        top.addLayout(self._filters)
        top.addWidget(self.only, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(top)
        column.addWidget(self._empty, 1)
        column.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.addStretch(1)
        row.addWidget(middle, 1_000)
        row.addStretch(1)

    def show_tags(self, tags: tuple[tuple[str, int], ...]) -> None:
        """Offer these tags, with how many highlights each has."""
        self.tags.clear()
        self.tags.addItem(self.tr("All tags"), "")
        for name, count in tags:
            self.tags.addItem(f"{name} · {QLocale().toString(count)}", name)
        at = self.tags.findData(self.marks.tag)
        self.tags.setCurrentIndex(max(0, at))
        self.tags.setVisible(bool(tags) or bool(self.marks.tag))

    def show_count(self, count: int) -> None:
        """Say how many highlights the list holds."""
        self._count.setText(QLocale().toString(count) if count else "")
        self._export.setEnabled(bool(count))
        self.list.setVisible(bool(count))
        self._empty.setVisible(not count)
        self._empty.setText(
            self.tr("There are no highlights yet. Select a passage in an article and press H.")
            if self.marks == Marks()
            else self.tr("No highlight is like that.")
        )

    def show_only(self, article: int, title: str) -> None:
        """Show the highlights of one article; 0 is all again."""
        short = title if len(title) <= _TITLE_CHARACTERS else title[: _TITLE_CHARACTERS - 1] + "…"
        self.only.setText(short.replace("&", "&&"))
        self.only.setVisible(bool(article))
        self._ask(replace(self.marks, article=article))

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.field.setFocus()

    def _colour_button(self, number: int) -> QToolButton:
        names = (self.tr("Yellow"), self.tr("Green"), self.tr("Blue"), self.tr("Pink"))
        button = QToolButton()
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setFixedSize(30, 30)
        button.setIconSize(QSize(18, 18))
        button.setToolTip(names[number - 1])
        button.setAccessibleName(names[number - 1])
        button.clicked.connect(
            lambda on: self._ask(replace(self.marks, colour=number if on else 0))
        )
        return button

    def _on_typed(self) -> None:
        self._ask(replace(self.marks, query=self.field.text()))

    def _on_tag(self, row: int) -> None:
        self._ask(replace(self.marks, tag=self.tags.itemData(row)))

    def _ask(self, marks: Marks) -> None:
        self.marks = marks
        self._wear()
        self.wanted.emit(marks)

    def _wear(self) -> None:
        wear = self._theme.colours
        for number, button in enumerate(self._colours, 1):
            chosen = number == self.marks.colour
            button.setChecked(chosen)
            button.setIcon(swatch(self._theme, number, chosen=chosen))
        self._close.setIcon(icon("x", wear.colour("quiet")))
        self.only.setIcon(icon("x", wear.colour("quiet"), 14))
        self._export.setIcon(icon("download", wear.colour("quiet")))
        self._title.setStyleSheet(f"color: {wear.text};")
        for label in (self._count, self._empty):
            label.setStyleSheet(f"color: {wear.quiet};")
        self.update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came.emit(True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.came.emit(False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        is_narrow = self.width() < _ONE_ROW_PX
        self._filters.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colours.colour("canvas"))
