"""The sheet under a badge: what the copy is, why that is thought, and the deeds that work."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from readlater.article import Access, Article, State, Status
from readlater.ui import messages
from readlater.ui.icons import icon
from readlater.ui.models import said
from readlater.ui.theme import Theme, sized
from readlater.ui.views import pills
from readlater.ui.views.raised import SHADOW_PX, Popup

_WIDTH_PX: Final = 404
_PAD_PX: Final = 16
_ICON_PX: Final = 16
_ICONS: Final = {
    "says_free": "file-text",
    "says_not_free": "file-text",
    "status": "circle-alert",
    "ends_with_prompt": "lock",
    "prompt_after": "lock",
    "ends_mid_sentence": "message-square-quote",
    "words_missing": "text-quote",
    "whole_text": "check",
    "words_hidden": "text-quote",
    "short_text": "text-quote",
    "no_text": "text-quote",
    "login_form": "log-in",
    "consent_dialog": "cookie",
    "robot_check": "bot",
    "error_page": "circle-alert",
    "saved_by_you": "user",
    "blocks_removed": "scissors",
}


def deeds_for(article: Article) -> tuple[str, ...]:
    """What works for a copy with a badge: web, refetch, complete; the best comes first."""
    if article.status is not Status.READY or article.state is State.TRASHED:
        return ("web",) if article.url else ()
    web = ("web", "refetch") if article.url else ()
    walls = (Access.CONSENT_WALL, Access.BOT_WALL)
    return web if article.access in walls else (*web, "complete")


class AccessSheet(Popup):
    """`wanted` carries a deed's name and the article's id; the sheet closes by itself."""

    wanted = Signal(str, int)

    def __init__(self, theme: Theme, article: Article, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.article = article
        self._access = article.access or Access.UNKNOWN
        column = QVBoxLayout(self)
        pad = _PAD_PX
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(0)
        column.addWidget(Pill(theme, self._access, self), 0, Qt.AlignmentFlag.AlignLeading)
        column.addSpacing(8)
        column.addWidget(self._heading())
        column.addSpacing(8)
        column.addLayout(self._reasons())
        column.addSpacing(12)
        self.buttons: dict[str, QPushButton] = {}
        column.addLayout(self._deeds())
        hint = self._hint()
        if hint:
            column.addSpacing(12)
            column.addWidget(self._quiet(hint))
        # In a wide language the deeds need more room than the picture has.
        wanted = sum(b.sizeHint().width() + 8 for b in self.buttons.values()) + 2 * pad
        self.setFixedWidth(max(_WIDTH_PX, wanted) + 2 * SHADOW_PX)
        self.setAccessibleName(said.access(self._access))
        self.setAccessibleDescription(
            " ".join(messages.plain_evidence(reason) for reason in article.evidence)
        )

    def _heading(self) -> QLabel:
        label = QLabel(messages.access(self._access))
        label.setWordWrap(True)
        label.setFont(sized(self.font(), 1, weight=QFont.Weight.DemiBold))
        return label

    def _reasons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(9)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        wear = self._theme.colours
        for row, reason in enumerate(self.article.evidence):
            sign = QLabel()
            name = _ICONS.get(reason.code, "info")
            drawn = icon(name, wear.colour("quiet"), _ICON_PX)
            sign.setPixmap(drawn.pixmap(_ICON_PX, _ICON_PX))
            sign.setContentsMargins(0, 1, 0, 0)
            words = QLabel(messages.evidence(reason, wear.quiet))
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setWordWrap(True)
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
        return grid

    def _deeds(self) -> QHBoxLayout:
        names = {
            "web": self.tr("Open on the web"),
            "refetch": self.tr("Fetch again"),
            "complete": self.tr("This is complete"),
        }
        row = QHBoxLayout()
        row.setSpacing(8)
        for at, deed in enumerate(deeds_for(self.article)):
            button = QPushButton(names[deed])
            button.setDefault(at == 0)
            button.clicked.connect(lambda _checked=False, name=deed: self._on_deed(name))
            row.addWidget(button)
            self.buttons[deed] = button
        row.addStretch(1)
        return row

    def _hint(self) -> str:
        if not self.article.url or self._access is Access.UNKNOWN:
            return ""
        return self.tr(
            "If you can read it in your browser, save the page there and drop the file here."
        )

    def _quiet(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setFont(sized(self.font(), -1))
        label.setStyleSheet(f"color: {self._theme.colours.quiet};")
        return label

    def _on_deed(self, deed: str) -> None:
        self.close()
        self.wanted.emit(deed, self.article.id)


class Pill(QWidget):
    """The badge of access as a widget of its own."""

    def __init__(self, theme: Theme, verdict: Access, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._verdict = theme, verdict
        self._font = sized(self.font(), -2)
        strong = QFont(self._font)
        strong.setWeight(QFont.Weight.DemiBold)
        words = QFontMetrics(strong).horizontalAdvance(said.access(verdict))
        self.setFixedSize(QSize(words + 40, pills.row_height_px(self._font) + 1))
        self.setAccessibleName(said.access(verdict))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        line = QRect(0, 0, self.width(), self.height())
        pills.draw_pill(painter, line, self._font, self._verdict, self._theme.colours)
