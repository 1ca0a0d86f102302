"""The sidebar's rows: places, what asks for attention, tags as a tree, and the trash."""

from __future__ import annotations

import colorsys
import zlib
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor
from typing_extensions import override

from readlater.article import Counts, Place, View
from readlater.ui.models import said

Index = QModelIndex | QPersistentModelIndex

ICONS: Final = {
    Place.UNREAD: "inbox",
    Place.CONTINUE: "book-open",
    Place.FAVOURITES: "star",
    Place.ARCHIVE: "archive",
    Place.ALL: "files",
    Place.PREVIEWS: "file-x",
    Place.FAILED: "triangle-alert",
    Place.TRASH: "trash-2",
    Place.TAG: "tag",
}
_PLACES: Final = (Place.UNREAD, Place.CONTINUE, Place.FAVOURITES, Place.ARCHIVE, Place.ALL)
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sidebar; a heading has no place. `depth` is that of a tag in its tree.

    `is_marks` is the row of all highlights, which are no place of articles.
    """

    text: str
    place: Place | None = None
    tag: str = ""
    count: int = 0
    depth: int = 0
    is_marks: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether the row only parts what is above it from what is below."""
        return self.place is None and not self.is_marks


def rows(counts: Counts, highlights: int = 0) -> tuple[Row, ...]:
    """The rows for these counts: attention and highlights only when they hold something."""

    def row(place: Place) -> Row:
        return Row(said.place(place), place, count=counts.places.get(place, 0))

    made = [row(p) for p in _PLACES]
    if highlights:
        made.append(Row(said._tr("Highlights"), count=highlights, is_marks=True))
    attention = [row(p) for p in (Place.PREVIEWS, Place.FAILED) if counts.places.get(p, 0)]
    if attention:
        made += [Row(said._tr("Attention")), *attention]
    if counts.tags:
        made += [Row(said._tr("Tags")), *_tags(counts)]
    return (*made, Row(""), row(Place.TRASH))


def _tags(counts: Counts) -> list[Row]:
    named = dict(counts.tags)

    def parents(name: str) -> list[str]:
        parts = name.split("/")
        ways = ("/".join(parts[:i]) for i in range(1, len(parts)))
        return [way for way in ways if way in named]

    ordered = sorted(named, key=lambda name: [part.casefold() for part in name.split("/")])
    made = []
    for name in ordered:
        above = parents(name)
        text = name.removeprefix(above[-1] + "/") if above else name
        made.append(Row(text, Place.TAG, name, named[name], len(above)))
    return made


def tag_colour(name: str, *, dark: bool) -> QColor:
    """The colour of a tag's dot: always the same for a name, equally light for all names."""
    hue = zlib.crc32(name.casefold().encode()) % 24 / 24
    red, green, blue = colorsys.hls_to_rgb(hue, 0.56 if dark else 0.42, 0.42)
    return QColor.fromRgbF(red, green, blue)


class PlacesModel(QAbstractListModel):
    """`rows(counts)` as a list; rows that stay keep their index, so the choice stays too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts, self._highlights = Counts({}), 0
        self._rows = rows(self._counts)

    def set_counts(self, counts: Counts) -> None:
        """Show these counts: in place when only numbers changed."""
        self._counts = counts
        self._show(rows(counts, self._highlights))

    def set_highlights(self, count: int) -> None:
        """Show how many highlights there are; none have no row."""
        self._highlights = count
        self._show(rows(self._counts, count))

    def marks_row(self) -> int:
        """The row of all highlights; -1 where there is none."""
        return next((at for at, row in enumerate(self._rows) if row.is_marks), -1)

    def _show(self, new: tuple[Row, ...]) -> None:
        if [(r.text, r.tag, r.place) for r in new] == [
            (r.text, r.tag, r.place) for r in self._rows
        ]:
            for at, (old, now) in enumerate(zip(self._rows, new, strict=True)):
                if old != now:
                    self._rows = (*self._rows[:at], now, *self._rows[at + 1 :])
                    self.dataChanged.emit(self.index(at), self.index(at))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def row_of(self, view: View) -> int:
        """The row that stands for a view's place; -1 when it is not shown."""
        for at, row in enumerate(self._rows):
            if row.place is view.place and (view.place is not Place.TAG or row.tag == view.tag):
                return at
        return -1

    def row(self, at: int) -> Row:
        """The row at `at`."""
        return self._rows[at]

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                number = QLocale().toString(row.count)
                return row.text if row.is_heading else f"{row.tag or row.text}, {number}"
            case Qt.ItemDataRole.ToolTipRole:
                return row.tag or None
            case _ if role == ROW_ROLE:
                return row
            case _:
                return None
