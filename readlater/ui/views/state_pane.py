"""A row that has no text yet: how far it has come, or why nothing came, and what can be done."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from readlater.article import Article, Progress, State, Status
from readlater.ui.models import said
from readlater.ui.theme import Theme, sized
from readlater.ui.views.button_row import ButtonRow
from readlater.ui.views.empty import SERIF, thin_icon
from readlater.ui.views.even_label import EvenLabel
from readlater.ui.views.sweep import Sweep

_WIDTH_PX: Final = 440
_ICON_PX: Final = 36
_LINE_PX: Final = 220

_WRONG_ADDRESS: Final = frozenset({"unknown_name", "not_found", "gone", "bad_redirect"})
_FOR_A_BROWSER: Final = frozenset(
    {"refused", "robot_check", "bad_certificate", "empty_page", "legal", "not_a_page"}
)
_BY_A_SETTING: Final = frozenset({"private_address", "too_large"})


def deeds_for(article: Article) -> tuple[str, ...]:
    """What works for a row without a text: web, edit, retry, stop, settings; the best comes first.

    A row in the trash offers nothing, as it is not fetched there.
    """
    if article.state is State.TRASHED or article.status is Status.READY:
        return ()
    code = article.problem.code if article.problem else ""
    web = ("web",) if article.url else ()
    if article.status is Status.QUEUED:
        waits = code not in ("", "offline")
        return (*(("retry",) if waits else ()), "stop", *web)
    if code in _WRONG_ADDRESS:
        return ("edit", *web, "retry")
    if code in _FOR_A_BROWSER:
        return (*web, "retry", "edit")
    if code in _BY_A_SETTING:
        return ("settings", "retry", *web, "edit")
    return ("retry", *web, "edit")


class StatePane(QWidget):
    """`wanted` carries the deed's name and the row's id."""

    wanted = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._article: Article | None = None
        self._icon, self._host, self._title = QLabel(), QLabel(), QLabel()
        self._sentence = EvenLabel()
        self._line = _Line(theme)
        self._names = {
            "web": self.tr("Open on the web"),
            "edit": self.tr("Edit address…"),
            "retry": self.tr("Try again"),
            "stop": self.tr("Stop"),
            "settings": self.tr("Settings…"),
        }
        self._buttons = {name: QPushButton(text) for name, text in self._names.items()}
        self._lay_out()
        for name, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, deed=name: self._on_deed(deed))
        theme.changed.connect(self._wear)
        self._wear()

    def show_article(self, article: Article, progress: Progress | None) -> None:
        """Show how far a queued row is, or why one failed, with the deeds that work."""
        self._article = article
        moving = said.is_moving(article, progress)
        self._title.setText(said.title(article))
        self._host.setText(article.url)
        self._host.setVisible(bool(article.url) and article.url != self._title.text())
        self._sentence.setText(self._said(article, progress))
        self._line.set(progress if moving else None)
        self._line.setVisible(moving)
        self._show_deeds(deeds_for(article))
        self._show_icon(article, moving=moving)
        self.setAccessibleName(f"{self._title.text()}. {self._sentence.text()}")

    @property
    def sentence(self) -> str:
        """What is said about the row."""
        return self._sentence.text()

    def shown_deeds(self) -> tuple[str, ...]:
        """The names of the deeds offered now, in their order."""
        names = {id(button): name for name, button in self._buttons.items()}
        return tuple(names[id(button)] for button in self._row.shown)

    def button(self, deed: str) -> QPushButton:
        """The button of a deed."""
        return self._buttons[deed]

    @staticmethod
    def _said(article: Article, progress: Progress | None) -> str:
        if article.status is Status.FAILED:
            return said.sentence(article.problem) if article.problem else ""
        return said.saving_line(article, progress, QLocale())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(4)
        gaps = ((self._icon, 16), (self._title, 6), (self._host, 14), (self._sentence, 18))
        for label, gap in gaps:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label in (self._title, self._sentence))
            label.setMaximumWidth(_WIDTH_PX)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(label, 1000)
            row.addStretch(1)
            column.addLayout(row)
            column.addSpacing(gap)
        column.addWidget(self._line, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        self._row = ButtonRow(self._buttons.values())
        column.addWidget(self._row)
        column.addStretch(5)

    def _show_deeds(self, deeds: tuple[str, ...]) -> None:
        for button in self._buttons.values():
            button.setDefault(False)
        self._row.offer(self._buttons[name] for name in deeds)
        for at, name in enumerate(deeds):
            # While something is on its way, no deed is the one to press.
            main = at == 0 and self._article is not None and self._article.status is Status.FAILED
            self._buttons[name].setDefault(main)

    def _show_icon(self, article: Article, *, moving: bool) -> None:
        wear = self._theme.colours
        code = article.problem.code if article.problem else ""
        if article.status is Status.FAILED:
            name, hue = ("x", "quiet") if code == "cancelled" else ("triangle-alert", "amber")
        elif moving:
            name, hue = "download", "accent"
        else:
            name, hue = ("wifi-off" if code == "offline" else "clock"), "quiet"
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(thin_icon(name, wear.colour(hue), _ICON_PX, ratio))

    def _on_deed(self, deed: str) -> None:
        if self._article is not None:
            self.wanted.emit(deed, self._article.id)

    def _wear(self) -> None:
        wear = self._theme.colours
        title = QFont(SERIF)
        title.setPixelSize(sized(self.font(), 8).pixelSize())
        title.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(title)
        self._sentence.setFont(sized(self.font(), 1))
        self._host.setFont(sized(self.font(), -1))
        self._host.setStyleSheet(f"color: {wear.quiet};")
        if self._article is not None:
            self.show_article(self._article, None)


class _Line(QWidget):
    """A hair-thin line: filled as far as is known, else a piece that moves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._progress: Progress | None = None
        self.setFixedSize(_LINE_PX, 14)
        self._sweep = Sweep(self, self._moving, lambda _rows: self.update())

    def _moving(self) -> list[int]:
        return [] if self._progress is not None and self._progress.of else [0]

    def set(self, progress: Progress | None) -> None:
        self._progress = progress
        self._sweep.mind()
        self.update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._sweep.mind()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._sweep.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        wear, painter, now = self._theme.colours, QPainter(self), self._progress
        rail = QRectF(0, 0, self.width(), 2)
        painter.fillRect(rail, wear.colour("line"))
        accent: QColor = wear.colour("accent")
        if now is not None and now.of:
            painter.fillRect(QRectF(0, 0, rail.width() * min(1, now.done / now.of), 2), accent)
            return
        length = rail.width() * 0.38
        piece = QRectF((rail.width() + length) * self._sweep.phase - length, 0, length, 2)
        painter.fillRect(piece.intersected(rail), accent)
