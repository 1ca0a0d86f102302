"""Adds many links at once, with tags: one sees what is understood while one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readlater.library.intake import Offer, decide
from readlater.ui import messages
from readlater.ui.theme import Theme, sized

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def understood(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The links of a text, and its lines that hold none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    without = tuple(line for line in lines if not decide(Offer(text=line)).links)
    return decide(Offer(text=text)).links, without


class AddDialog(QDialog):
    """`wanted` carries the links and the tags; it does not block the window."""

    wanted = Signal(tuple, tuple)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(self.tr("Add links"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(480, 320)
        self.links = QPlainTextEdit()
        self.links.setPlaceholderText(self.tr("One or more links, with any text around them"))
        self.links.setAccessibleName(self.tr("Links"))
        self.links.setTabChangesFocus(True)
        self.links.installEventFilter(self)
        self.tags = TagLine()
        self._seen, self._without, self._hint = QLabel(), QLabel(), QLabel()
        self._hint.setText(self.tr("Enter saves, Shift+Enter begins a new line"))
        self._buttons = QDialogButtonBox()
        self.save = self._buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.save.setDefault(True)
        self._lay_out()
        self._buttons.accepted.connect(self._on_save)
        self._buttons.rejected.connect(self.reject)
        self.links.textChanged.connect(self._on_text)
        theme.changed.connect(self._wear)
        self._wear()
        self._on_text()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.links, 1)
        for label in (self._seen, self._without, self._hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self._seen)
        column.addWidget(self._without)
        column.addSpacing(4)
        column.addWidget(self.tags)
        column.addSpacing(8)
        column.addWidget(self._hint)
        column.addWidget(self._buttons)

    def fill(self, links: Sequence[str]) -> None:
        """Put links in, all selected, so that typing replaces them."""
        self.links.setPlainText("\n".join(links))
        self.links.selectAll()

    @property
    def seen(self) -> str:
        """How many links are understood."""
        return self._seen.text()

    @property
    def without(self) -> str:
        """Which lines hold no link; "" when all do."""
        return "" if self._without.isHidden() else self._without.text()

    def _on_text(self) -> None:
        links, without = understood(self.links.toPlainText())
        count = len(links)
        many = self.tr("%Ln links", "", count)
        self._seen.setText(
            self.tr("No link yet") if not count else self.tr("1 link") if count == 1 else many
        )
        self._without.setVisible(bool(without))
        if without:
            self._without.setText(self._named(without))
        self.save.setEnabled(count > 0)
        self.save.setText(messages.offered(count, 0) if count else self.tr("Save"))

    def _named(self, without: Sequence[str]) -> str:
        first = messages.shortened(without[0])
        if len(without) == 1:
            return self.tr("This line holds no link: “%1”").replace("%1", first)
        more = self.tr("%Ln lines hold no link; the first is “%1”", "", len(without))
        return more.replace("%1", first)

    def _on_save(self) -> None:
        links, _ = understood(self.links.toPlainText())
        if links:
            self.wanted.emit(links, self.tags.names())
            self.accept()

    def _wear(self) -> None:
        wear = self._theme.colours
        self._seen.setStyleSheet(f"color: {wear.text};")
        self._without.setStyleSheet(f"color: {wear.amber};")
        self._hint.setFont(sized(self.font(), -1))
        self._hint.setStyleSheet(f"color: {wear.quiet};")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() in _ENTER and not shift:
                self._on_save()
                return True
        return False


class TagLine(QLineEdit):
    """Tags parted by commas; the one being typed is completed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Tags, parted by commas"))
        self.setAccessibleName(self.tr("Tags"))
        self._known = QStringListModel(self)
        self._completer = QCompleter(self._known, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._on_chosen)
        self.textEdited.connect(self._on_edited)

    def set_known(self, names: Sequence[str]) -> None:
        """The tags there are."""
        self._known.setStringList(list(names))

    def names(self) -> tuple[str, ...]:
        """The tags as typed, without empty ones."""
        return tuple(part.strip() for part in self.text().split(",") if part.strip())

    def _on_edited(self, _text: str) -> None:
        begun = self.text()[: self.cursorPosition()].rpartition(",")[2].strip()
        self._completer.setCompletionPrefix(begun)
        popup = self._completer.popup()
        assert popup is not None  # noqa: S101 - made by the completer itself
        if begun and self._completer.completionCount():
            popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
            self._completer.complete()
        else:
            popup.hide()

    def _on_chosen(self, name: str) -> None:
        before = self.text()[: self.cursorPosition()].rpartition(",")[0]
        after = self.text()[self.cursorPosition() :].lstrip(" ,")
        start = f"{before}, {name}, " if before else f"{name}, "
        self.setText(start + after)
        self.setCursorPosition(len(start))
