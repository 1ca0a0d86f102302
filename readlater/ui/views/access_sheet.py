"""The sheet about a copy: what it is, why that is thought, and the deeds that work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from readlater.article import Access, Article, State, Status
from readlater.ui import messages
from readlater.ui.icons import icon
from readlater.ui.models import said
from readlater.ui.reader.template import long_date
from readlater.ui.theme import Theme, sized
from readlater.ui.views import pills
from readlater.ui.views.raised import SHADOW_PX, Popup

_WIDTH_PX: Final = 404
_WIDEST_PX: Final = 440
# What is left of a narrow window on both sides.
_BESIDE_PX: Final = 24
_GAP_PX: Final = 8
_PAD_PX: Final = 16
_ICON_PX: Final = 16
_MOST_KEYWORDS: Final = 8
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
    "cut_by_you": "user",
    "blocks_removed": "scissors",
}


def deeds_for(article: Article) -> tuple[str, ...]:
    """What works for a copy: web, refetch, and the reader's word; the best comes first."""
    if article.status is not Status.READY or article.state is State.TRASHED:
        return ("web",) if article.url else ()
    if not article.url:
        return words_for(article)
    web = ("web",) if article.access is Access.FULL else ("web", "refetch")
    return (*web, *words_for(article))


def words_for(article: Article) -> tuple[str, ...]:
    """What a person can say of a copy: complete, cut, or unsay what was said."""
    if article.said is not None:
        return ("unsay",)
    if article.access in (Access.CONSENT_WALL, Access.BOT_WALL):
        return ()
    if article.access is Access.FULL:
        return ("cut",)
    return ("complete", "cut") if article.access is Access.UNKNOWN else ("complete",)


class AccessSheet(Popup):
    """`wanted` carries a deed's name and the article's id; the sheet closes by itself."""

    wanted = Signal(str, int)

    def __init__(self, theme: Theme, article: Article, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.article = article
        self._access = article.access or Access.UNKNOWN
        self._room_px = parent.window().width() - _BESIDE_PX
        column = QVBoxLayout(self)
        pad = _PAD_PX
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(0)
        column.addWidget(Pill(theme, self._access, self), 0, Qt.AlignmentFlag.AlignLeading)
        column.addSpacing(8)
        column.addWidget(self._heading())
        column.addSpacing(8)
        column.addLayout(self._reasons())
        self.buttons: dict[str, QPushButton] = {}
        self.removed = self._removed()
        if self.removed is not None:
            column.addSpacing(7)
            column.addWidget(self.removed, 0, Qt.AlignmentFlag.AlignLeading)
        facts = about_copy(article)
        if facts:
            column.addSpacing(10)
            column.addLayout(self._facts(facts))
        column.addSpacing(12)
        rows = self._rows(deeds_for(article))
        for at, row in enumerate(rows):
            column.addSpacing(8 if at else 0)
            column.addLayout(self._line_of(row))
        hint = self._hint()
        if hint:
            column.addSpacing(12)
            column.addWidget(self._quiet(hint))
        # In a wide language the deeds need more room than the picture has.
        wanted = max((self._width_px(row) for row in rows), default=0) + 2 * pad
        self.setFixedWidth(max(wanted, min(_WIDTH_PX, self._room_px)) + 2 * SHADOW_PX)
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
        # How many blocks are out stands below, with the way to them.
        reasons = [e for e in self.article.evidence if e.code != "blocks_removed"]
        for row, reason in enumerate(reasons):
            sign = QLabel()
            name = _ICONS.get(reason.code, "info")
            drawn = icon(name, wear.colour("quiet"), _ICON_PX)
            sign.setPixmap(drawn.pixmap(_ICON_PX, _ICON_PX))
            sign.setContentsMargins(0, 1, 0, 0)
            words = QLabel(messages.evidence(reason, wear.quiet))
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
        return grid

    def _removed(self) -> QPushButton | None:
        line = said.blocks(self.article)
        if not line:
            return None
        button = QPushButton(f" {line.rstrip('.。')}…")
        button.setIcon(icon("scissors", self._theme.colours.colour("quiet"), _ICON_PX))
        button.setFlat(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        accent = self._theme.colours.accent
        button.setStyleSheet(
            "QPushButton { border: none; background: none; padding: 0; margin: 0;"
            f" min-height: 0; text-align: left; color: {accent}; }}"
            "QPushButton:hover, QPushButton:focus { text-decoration: underline; }"
        )
        button.clicked.connect(lambda: self._on_deed("removed"))
        return button

    def _facts(self, facts: Sequence[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(facts):
            grid.addWidget(self._quiet(name), row, 0, Qt.AlignmentFlag.AlignTop)
            shown = QLabel(value)
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setWordWrap(True)
            shown.setFont(sized(self.font(), -1))
            grid.addWidget(shown, row, 1)
        return grid

    def _rows(self, deeds: Sequence[str]) -> list[list[str]]:
        """Make the buttons; the rows they stand in: one, where that is not too wide."""
        names = {
            "web": self.tr("Open on the web"),
            "refetch": self.tr("Fetch again"),
            "complete": self.tr("This copy is whole"),
            "cut": self.tr("This is only a preview"),
            "unsay": self.tr("Back to what the page says"),
        }
        for at, deed in enumerate(deeds):
            button = self.buttons[deed] = QPushButton(names[deed])
            button.setDefault(at == 0)
            button.clicked.connect(lambda _checked=False, name=deed: self._on_deed(name))
        whole = list(deeds)
        is_one = self._width_px(whole) <= min(_WIDEST_PX, self._room_px) - 2 * _PAD_PX
        return [whole] if is_one and whole else _in_rows(deeds)

    def _width_px(self, row: Sequence[str]) -> int:
        """The width of some of the buttons side by side."""
        return sum(self.buttons[deed].sizeHint().width() + _GAP_PX for deed in row) - _GAP_PX

    def _line_of(self, deeds: Sequence[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(_GAP_PX)
        for deed in deeds:
            row.addWidget(self.buttons[deed])
        row.addStretch(1)
        return row

    def _hint(self) -> str:
        if not self.article.url or self._access in (Access.UNKNOWN, Access.FULL):
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


def about_copy(article: Article) -> tuple[tuple[str, str], ...]:
    """What is known of an article beside its text, as (name, value); only what is known."""
    locale = QLocale()
    words = _tr("%1 words").replace("%1", locale.toString(article.word_count))
    sure = locale.toString(round(article.confidence * 100))
    facts = (
        (_tr("Author"), article.byline),
        (_tr("Published"), long_date(article.published, locale)),
        (_tr("Updated"), long_date(article.modified, locale)),
        (_tr("Section"), article.section),
        (_tr("Keywords"), ", ".join(article.keywords[:_MOST_KEYWORDS])),
        (_tr("Length"), words if article.word_count else ""),
        (_tr("Certainty"), f"{sure} %" if article.confidence and article.said is None else ""),
    )
    return tuple((name, value) for name, value in facts if value)


def _in_rows(deeds: Sequence[str]) -> list[list[str]]:
    """What is done with the web, and under it what one says oneself."""
    own = ("complete", "cut", "unsay")
    rows = [[d for d in deeds if d not in own], [d for d in deeds if d in own]]
    return [row for row in rows if row]


def _tr(text: str) -> str:
    return QCoreApplication.translate("AccessSheet", text)


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
