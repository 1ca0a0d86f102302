"""The sidebar: a list of places painted with icons, dots and quiet counts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from readlater.article import Counts, Place, View
from readlater.ui.icons import icon
from readlater.ui.models.places import ICONS, ROW_ROLE, PlacesModel, Row, tag_colour
from readlater.ui.theme import CORNER_PX, Colours, Theme, sized, tabular
from readlater.ui.views.rail import Rail

ROW_PX: Final = 30
TAG_PX: Final = 28
_HEADING_PX: Final = 33
_GAP_PX: Final = 18
_SIDE_PX: Final = 8
_PAD_PX: Final = 10
_ICON_PX: Final = 16
_INDENT_PX: Final = 14


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        row: Row = index.data(ROW_ROLE)
        if row.is_heading:
            return QSize(0, _HEADING_PX if row.text else _GAP_PX)
        return QSize(0, TAG_PX if row.place is Place.TAG else ROW_PX)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row = index.data(ROW_ROLE)
        rect: QRect = option.rect.adjusted(_SIDE_PX, 0, -_SIDE_PX, 0)
        state: QStyle.StateFlag = option.state
        way: Qt.LayoutDirection = option.direction
        font: QFont = option.font
        colours = self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_heading:
            self._paint_heading(painter, rect, row, font, way)
        else:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            self._paint_pill(painter, rect, state, colours, chosen=chosen)
            self._paint_row(painter, rect, row, font, way, chosen=chosen)
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, rect: QRect, row: Row, font: QFont, way: Qt.LayoutDirection
    ) -> None:
        painter.setFont(sized(font, -2, weight=QFont.Weight.DemiBold))
        painter.setPen(self._theme.colours.colour("quiet"))
        area = rect.adjusted(_PAD_PX, 14, -_PAD_PX, -4)
        painter.drawText(area, _side(way), row.text)

    def _paint_pill(
        self,
        painter: QPainter,
        rect: QRect,
        state: QStyle.StateFlag,
        colours: Colours,
        *,
        chosen: bool,
    ) -> None:
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("accent_soft"))
            painter.drawRoundedRect(rect, CORNER_PX, CORNER_PX)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Active:
            painter.setPen(colours.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(ring, CORNER_PX, CORNER_PX)

    def _paint_row(
        self,
        painter: QPainter,
        rect: QRect,
        row: Row,
        font: QFont,
        way: Qt.LayoutDirection,
        *,
        chosen: bool,
    ) -> None:
        colours = self._theme.colours
        inner = rect.adjusted(_PAD_PX + row.depth * _INDENT_PX, 0, -_PAD_PX, 0)
        if row.place is Place.TAG:
            self._paint_dot(painter, QStyle.visualRect(way, rect, _square(inner, 8, 4)), row)
        else:
            hue = colours.colour("accent" if chosen else "quiet")
            place = QStyle.visualRect(way, rect, _square(inner, _ICON_PX, 0))
            name = ICONS[row.place] if row.place is not None else "highlighter"
            icon(name, hue, _ICON_PX).paint(painter, place)
        number = QLocale().toString(row.count) if row.count else ""
        quiet = tabular(sized(font, -1))
        painter.setFont(quiet)
        painter.setPen(colours.colour("quiet"))
        painter.drawText(QStyle.visualRect(way, rect, inner), _side(way, end=True), number)
        room = painter.fontMetrics().horizontalAdvance(number) + 8 if number else 0
        text = inner.adjusted(_ICON_PX + 10, 0, -room, 0)
        painter.setFont(font)
        painter.setPen(colours.colour("text"))
        cut = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, text.width())
        at = QStyle.visualRect(way, rect, text)
        painter.drawText(at, _side(way), cut)

    def _paint_dot(self, painter: QPainter, place: QRect, row: Row) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tag_colour(row.tag.split("/")[0], dark=self._theme.dark))
        size = 8.0 if not row.depth else 5.0
        spot = QRectF(0, 0, size, size)
        spot.moveCenter(QRectF(place).center())
        painter.drawEllipse(spot)


def _side(way: Qt.LayoutDirection, *, end: bool = False) -> Qt.AlignmentFlag:
    at_right = (way == Qt.LayoutDirection.RightToLeft) != end
    side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def _square(inner: QRect, side_px: int, inset_px: int) -> QRect:
    return QRect(
        inner.left() + inset_px, inner.top() + (inner.height() - side_px) // 2, side_px, side_px
    )


class Sidebar(QListView):
    """The places; `place_chosen` carries the new view's place and tag, `tag_menu` a tag's name."""

    place_chosen = Signal(object)
    marks_chosen = Signal()
    tag_menu = Signal(str, QPoint)
    place_menu = Signal(object, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = PlacesModel(self)
        self._theme = theme
        self._view = View()
        self._quiet = False
        self.setModel(self._places)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setAccessibleName(self.tr("Places"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._rail = Rail(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setViewportMargins(0, 12, 0, 12)
        self.selectionModel().currentChanged.connect(self._on_current)
        theme.changed.connect(self._wear)
        self._wear()
        self.show_view(View())

    @property
    def places(self) -> PlacesModel:
        """The model of the rows."""
        return self._places

    def set_counts(self, counts: Counts) -> None:
        """Show these counts; the chosen place stays chosen."""
        self._quiet = True
        self._places.set_counts(counts)
        self._quiet = False
        self.show_view(self._view)

    def set_highlights(self, count: int) -> None:
        """Show how many highlights there are; the choice stays."""
        was_marks = self.currentIndex().row() == self._places.marks_row() >= 0
        self._quiet = True
        self._places.set_highlights(count)
        self._quiet = False
        if was_marks and count:
            self.show_marks()
        else:
            self.show_view(self._view)

    def show_marks(self) -> None:
        """Mark the row of all highlights, which somebody else has shown."""
        self._quiet = True
        if self._places.marks_row() >= 0:
            self.setCurrentIndex(self._places.index(self._places.marks_row()))
        self._quiet = False

    def show_view(self, view: View) -> None:
        """Mark the place of a view, which somebody else has chosen."""
        self._view = view
        row = self._places.row_of(view)
        self._quiet = True
        if row >= 0:
            self.setCurrentIndex(self._places.index(row))
        else:
            self.selectionModel().clear()
        self._quiet = False

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._quiet or not current.isValid():
            return
        row = self._places.row(current.row())
        if row.is_marks:
            self.marks_chosen.emit()
        elif row.place is not None:
            self._view = View(row.place, row.tag)
            self.place_chosen.emit(self._view)

    def _wear(self) -> None:
        # A style sheet, as a palette of one's own is lost when the application's changes.
        surface = self._theme.colours.surface
        self.setStyleSheet(f"QListView {{ background: {surface}; border: 0; }}")
        self.viewport().update()

    @override
    def keyboardSearch(self, search: str) -> None:
        """Nothing: single keys are deeds."""

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        row = self._places.row(index.row())
        corner = self.viewport().mapToGlobal(self.visualRect(index).center())
        at = corner if by_key else event.globalPos()
        if row.place is Place.TAG:
            self.tag_menu.emit(row.tag, at)
        elif row.place is not None:
            self.place_menu.emit(row.place, at)
