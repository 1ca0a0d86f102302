"""The small sheet of tags for one or many articles: chips, a field, and the tags there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readlater.errors import InputError
from readlater.library.names import clean_tags
from readlater.ui import messages
from readlater.ui.icons import icon
from readlater.ui.theme import Theme, mixed, sized
from readlater.ui.views.flow import Flow
from readlater.ui.views.raised import SHADOW_PX, Popup

_WIDTH_PX: Final = 320
_PAD_PX: Final = 14
_ROW_PX: Final = 28
_MOST_ROWS: Final = 6
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TagEditor(Popup):
    """`edited` carries what to add and what to remove, once, when the sheet closes with a change.

    `held` are the tags of each article. Escape leaves all as it was.
    """

    edited = Signal(tuple, tuple)

    def __init__(
        self, theme: Theme, held: Sequence[Sequence[str]], known: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(theme, parent)
        self._count = len(held)
        self._known = tuple(known)
        self._before = _counted(held)
        self._now = dict(self._before)
        self._dropped = False
        self._lay_out()
        self._show_chips()
        self._on_text("")
        self.setFixedWidth(_WIDTH_PX + 2 * SHADOW_PX)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(_PAD_PX, _PAD_PX, _PAD_PX, _PAD_PX)
        column.setSpacing(8)
        heading = self.tr("Tags of %Ln articles", "", self._count)
        title = QLabel(self.tr("Tags") if self._count == 1 else heading)
        title.setFont(sized(self.font(), 0, weight=QFont.Weight.DemiBold))
        column.addWidget(title)
        self._chips = QWidget()
        self._flow = Flow(self._chips, 6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        column.addWidget(self._chips)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Add a tag"))
        self.field.setAccessibleName(self.tr("Add a tag"))
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        column.addWidget(self.field)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.setStyleSheet(f"color: {self._theme.colours.danger};")
        self._problem.hide()
        column.addWidget(self._problem)
        self.found = QListWidget()
        self.found.setFrameShape(QFrame.Shape.NoFrame)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName(self.tr("Tags there are"))
        self.found.itemClicked.connect(lambda item: self._add(item.text()))
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        wear = self._theme.colours
        self.found.setStyleSheet(
            "QListWidget { background: transparent; }"
            f"QListWidget::item {{ height: {_ROW_PX}px; padding: 0 6px; border-radius: 5px; }}"
            f"QListWidget::item:selected {{ background: {wear.accent_soft}; color: {wear.text}; }}"
        )
        column.addWidget(self.found)
        self.setFocusProxy(self.field)

    # what a person does

    def names(self) -> tuple[str, ...]:
        """The tags that are on all articles now."""
        return tuple(name for name, count in self._now.items() if count == self._count)

    def chips(self) -> dict[str, bool]:
        """The chips shown, and whether each stands for all articles."""
        return {name: count == self._count for name, count in self._now.items()}

    def toggle(self, name: str) -> None:
        """Press a chip: one that is on some goes to all, one that is on all goes."""
        if self._now[name] == self._count:
            del self._now[name]
        else:
            self._now[name] = self._count
        self._show_chips()
        self._on_text(self.field.text())

    def changes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What to add to all articles and what to remove from all."""
        add = tuple(n for n in self.names() if self._before.get(n) != self._count)
        return add, tuple(name for name in self._before if name not in self._now)

    def _add(self, text: str) -> bool:
        try:
            names = clean_tags([text])
        except InputError as error:
            self._problem.setText(messages.error(error))
            self._problem.show()
            self._fit()
            return False
        spelled = {name.casefold(): name for name in (*self._known, *self._now)}
        for name in names:
            self._now[spelled.get(name.casefold(), name)] = self._count
        self.field.clear()
        self._show_chips()
        self._on_text("")
        return True

    def _on_text(self, text: str) -> None:
        self._problem.hide()
        if "," in text and self._add(text):
            return
        begun = " ".join(text.split()).casefold()
        free = [name for name in self._known if name not in self._now]
        first = [n for n in free if n.casefold().startswith(begun)]
        inside = [n for n in free if begun and begun in n.casefold() and n not in first]
        shown = (first + inside)[:50]
        self.found.clear()
        self.found.addItems(shown)
        if begun and shown:
            self.found.setCurrentRow(0)
        rows = min(len(shown), _MOST_ROWS)
        self.found.setFixedHeight(rows * _ROW_PX)
        self.found.setVisible(bool(shown))
        self._fit()

    # chips

    def _show_chips(self) -> None:
        self._flow.clear()
        for name in self._now:
            self._flow.addWidget(self._chip(name))
        self._chips.setVisible(bool(self._now))

    def _chip(self, name: str) -> QPushButton:
        on_all = self._now[name] == self._count
        chip = QPushButton(name.replace("&", "&&"))
        wear = self._theme.colours
        ground = mixed(wear.colour("text"), wear.colour("raised"), 0.07).name()
        look = f"background: {ground}; border: 1px solid {ground};"
        if on_all:
            chip.setIcon(icon("x", wear.colour("quiet"), 12))
            chip.setLayoutDirection(
                Qt.LayoutDirection.LeftToRight
                if self.isRightToLeft()
                else Qt.LayoutDirection.RightToLeft
            )
            words = self.tr("Remove “%1”").replace("%1", name)
        else:
            look = f"background: transparent; border: 1px dashed {wear.quiet};"
            some = self.tr("On %1 of %2 articles").replace("%1", str(self._now[name]))
            some = some.replace("%2", str(self._count))
            words = f"{some}. " + self.tr("Add “%1” to all").replace("%1", name)
        chip.setIconSize(QSize(12, 12))
        chip.setToolTip(words)
        chip.setAccessibleName(words)
        chip.setStyleSheet(
            f"QPushButton {{ {look} border-radius: 11px; padding: 2px 9px; min-height: 16px; }}"
            f"QPushButton:focus {{ border: 1px solid {wear.accent}; padding: 2px 9px; }}"
        )
        chip.clicked.connect(lambda: self.toggle(name))
        return chip

    def _fit(self) -> None:
        column = self._column
        column.activate()
        # Without chips nothing depends on the width, and then Qt knows no height for one.
        by_width = column.hasHeightForWidth()
        whole = (
            column.totalHeightForWidth(self.width())
            if by_width
            else column.totalSizeHint().height()
        )
        self.setFixedHeight(whole)

    # what Qt tells

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        text, key = self.field.text().strip(), event.key()
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _ENTER or (key == Qt.Key.Key_Tab and text):
            chosen = self.found.currentItem()
            if not text and (chosen is None or (key in _ENTER and not self.found.selectedItems())):
                self.close()
            else:
                # What is typed wins where Ctrl says so, or where nothing is offered for it.
                self._add(text if chosen is None or ctrl else chosen.text())
            return True
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            row = max(-1, min(self.found.currentRow() + step, self.found.count() - 1))
            self.found.setCurrentRow(row)
            return True
        if key == Qt.Key.Key_Backspace and not self.field.text() and self._now:
            last = list(self._now)[-1]
            del self._now[last]
            self._show_chips()
            self._on_text("")
            return True
        if key == Qt.Key.Key_Escape:
            self._dropped = True
            self.close()
            return True
        return False

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._dropped:
            text = self.field.text().strip()
            if text and not self._add(text):
                event.ignore()
                return
            add, remove = self.changes()
            self._dropped = True
            if add or remove:
                self.edited.emit(add, remove)


def _counted(held: Iterable[Sequence[str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for names in held:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return counts
