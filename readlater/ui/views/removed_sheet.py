"""The list of what was taken out of an article: why, where it stood, what it said, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readlater import words
from readlater.article import Article
from readlater.library.correcting import Block
from readlater.ui.icons import icon
from readlater.ui.models import said
from readlater.ui.theme import Theme, sized

_WIDTH_PX: Final = 620
_NARROWEST_PX: Final = 360
_BESIDE_PX: Final = 32
_HIGHEST_PX: Final = 640
_PAD_PX: Final = 24
_LINES: Final = 3
_ICON_PX: Final = 16
_ICONS: Final = {
    "subscribe": "lock",
    "register": "user",
    "sign_in": "log-in",
    "consent": "cookie",
    "related": "files",
    "template": "file-x",
}


class RemovedSheet(QDialog):
    """`put_back` and `take_out` carry the fingerprint of a block; the caller fills it anew."""

    put_back = Signal(str)
    take_out = Signal(str)
    undo = Signal()
    redo = Signal()

    def __init__(self, theme: Theme, article: Article, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._over = theme, parent
        self.article_id = article.id
        self.blocks: tuple[Block, ...] = ()
        self.cards: dict[str, BlockCard] = {}
        self.setWindowTitle(self.tr("What was taken out"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = QLabel(said.title(article))
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        name.setFont(sized(self.font(), 1, weight=QFont.Weight.DemiBold))
        self._count = QLabel()
        self._count.setWordWrap(True)
        self._count.setWordWrap(True)
        self._count.setStyleSheet(f"color: {theme.colours.quiet};")
        head = QVBoxLayout()
        head.setContentsMargins(_PAD_PX, 20, _PAD_PX, 12)
        head.setSpacing(4)
        head.addWidget(name)
        head.addWidget(self._count)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(_PAD_PX, 0, _PAD_PX, 16)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._list)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(area)
        for standard, asked in (
            (QKeySequence.StandardKey.Undo, self.undo),
            (QKeySequence.StandardKey.Redo, self.redo),
        ):
            QShortcut(standard, self).activated.connect(asked)

    def fill(self, blocks: Sequence[Block]) -> None:
        """Show these blocks; those that were there before keep their place and their width."""
        first = not self.cards
        self.blocks = tuple(blocks)
        wanted = {block.removed.fingerprint: block for block in blocks}
        for mark in [mark for mark in self.cards if mark not in wanted]:
            card = self.cards.pop(mark)
            self._column.removeWidget(card)
            card.deleteLater()
        for at, (mark, block) in enumerate(wanted.items()):
            held = self.cards.get(mark)
            if held is None:
                held = self.cards[mark] = BlockCard(self._theme, block, self._list)
                held.wanted.connect(self._on_wanted)
                self._column.insertWidget(at, held)
            else:
                held.show_block(block)
        self._count.setText(_count(blocks))
        if first:
            room = self._over.window().width() - _BESIDE_PX
            width = max(_NARROWEST_PX, min(_WIDTH_PX, room))
            head = 110 if width == _WIDTH_PX else 150  # its words take more lines
            self.resize(width, min(_HIGHEST_PX, head + 116 * max(1, len(wanted))))

    def _on_wanted(self, mark: str) -> None:
        is_back = any(b.is_back for b in self.blocks if b.removed.fingerprint == mark)
        (self.take_out if is_back else self.put_back).emit(mark)


class BlockCard(QFrame):
    """One block: `wanted` carries its fingerprint when it shall go the other way."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, block: Block, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = block.removed.fingerprint
        wear = theme.colours
        removed = block.removed
        self.setObjectName("block")
        self.setStyleSheet(f"QFrame#block {{ border: none; border-top: 1px solid {wear.line}; }}")
        sign = QLabel()
        drawn = icon(_ICONS.get(removed.reason, "scissors"), wear.colour("quiet"), _ICON_PX)
        sign.setPixmap(drawn.pixmap(_ICON_PX, _ICON_PX))
        reason = QLabel(_words(words.removed_reason(removed.reason)))
        reason.setFont(sized(self.font(), 0, weight=QFont.Weight.DemiBold))
        place = QLabel(place_in_words(removed.place))
        place.setFont(sized(self.font(), -1))
        place.setStyleSheet(f"color: {wear.quiet};")
        self.button = QPushButton()
        self.button.setAutoDefault(False)  # none of them is the deed that Enter means
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(lambda: self.wanted.emit(self._mark))
        row = QHBoxLayout()
        row.setSpacing(9)
        for widget in (sign, reason, place):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.button)
        self.text = Clamped(removed.text, _LINES)
        self.more = QPushButton()
        self.more.setFlat(True)
        self.more.setAutoDefault(False)
        self.more.setCursor(Qt.CursorShape.PointingHandCursor)
        self.more.setStyleSheet(
            "QPushButton { border: none; background: none; padding: 0; min-height: 0;"
            f" color: {wear.accent}; }}"
            "QPushButton:hover, QPushButton:focus { text-decoration: underline; }"
        )
        self.more.clicked.connect(self._on_more)
        self.text.clamped.connect(lambda longer: self._on_clamped(is_longer=longer))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 14)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.text)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.more.hide()
        self.show_block(block)

    def show_block(self, block: Block) -> None:
        """Wear whether the block is out or back."""
        wear = self._theme.colours
        self.button.setText(self.tr("Take out again") if block.is_back else self.tr("Put back"))
        self.button.setEnabled(True)
        colour = wear.text if block.is_back else wear.quiet
        self.text.setStyleSheet(f"color: {colour};")
        reason = _words(words.removed_reason(block.removed.reason))
        state = self.tr("It is in the article.") if block.is_back else self.tr("It is taken out.")
        self.setAccessibleName(reason)
        self.button.setAccessibleDescription(f"{reason}. {state} {block.removed.text[:200]}")

    def _on_more(self) -> None:
        self.text.set_open(on=not self.text.is_open)

    def _on_clamped(self, *, is_longer: bool) -> None:
        self.more.setVisible(is_longer)
        self.more.setText(self.tr("Show less") if self.text.is_open else self.tr("Show all"))


class Clamped(QLabel):
    """Plain text in a few lines, opened to all of it; `clamped` says whether there is more."""

    clamped = Signal(bool)

    def __init__(self, text: str, lines: int) -> None:
        super().__init__()
        self._whole = "\n".join(" ".join(line.split()) for line in text.splitlines())
        self._lines = lines
        self.is_open = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(self._whole)

    def set_open(self, *, on: bool) -> None:
        """Show all of the text, or its first lines."""
        self.is_open = on
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        short = shortened(self._whole, QFontMetrics(self.font()), self.width(), self._lines)
        shown = self._whole if self.is_open else short
        if shown != self.text():
            self.setText(shown)
        self.clamped.emit(short != self._whole)


def shortened(text: str, metrics: QFontMetrics, width_px: int, lines: int) -> str:
    """The beginning of `text` that fits into so many lines of `width_px`, an ellipsis after it."""
    if _height(text, metrics, width_px) <= lines * metrics.lineSpacing():
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        tried = text[:middle].rstrip() + "…"
        fits = _height(tried, metrics, width_px) <= lines * metrics.lineSpacing()
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"


def _height(text: str, metrics: QFontMetrics, width_px: int) -> int:
    flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
    return metrics.boundingRect(0, 0, max(1, width_px), 1_000_000, flags, text).height()


def place_in_words(place: str) -> str:
    """`after paragraph 4` and `before the text` in the reader's language."""
    number = next((word for word in place.split() if word.isdecimal()), "")
    if number:
        return _tr("after paragraph %1").replace("%1", QLocale().toString(int(number)))
    return _tr("before the text")


def _count(blocks: Sequence[Block]) -> str:
    back = sum(block.is_back for block in blocks)
    out = len(blocks) - back
    if not blocks:
        return _tr("Nothing is taken out of this article.")
    parts = []
    if out:
        many = _tr("%1 blocks were taken out.").replace("%1", QLocale().toString(out))
        parts.append(_tr("1 block was taken out.") if out == 1 else many)
    if back:
        many = _tr("%1 blocks were put back.").replace("%1", QLocale().toString(back))
        parts.append(_tr("1 block was put back.") if back == 1 else many)
    parts.append(_tr("What you put back stays when the page is read or fetched again."))
    return " ".join(parts)


def _words(text: str) -> str:
    return QCoreApplication.translate("words", text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RemovedSheet", text)
