"""The quiet bar under the page while it is read aloud: back, play, on, how fast, which voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from readlater.ui.aloud.voices import SPEEDS, Voice
from readlater.ui.icons import icon
from readlater.ui.theme import Theme, sized, tabular

_HEIGHT_PX: Final = 52
_BUTTON: Final = QSize(36, 36)
_ROOM_FOR_TIME_PX: Final = 420
_ROOM_FOR_STEPS_PX: Final = 300


class PlayerBar(QWidget):
    """Shows what the desk tells it, and tells what a person wants."""

    play_wanted = Signal()
    stepped = Signal(int)  # the next sentence (1), or the one before (-1)
    speed_wanted = Signal(float)
    voice_wanted = Signal(object)
    on_wanted = Signal(bool)  # whether the next article follows
    title_clicked = Signal()
    back_wanted = Signal()  # to the spoken sentence
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_speaking = False
        self._words, self._is_leading = "", False
        self._progress = 0.0
        self._icons: list[tuple[QToolButton, str]] = []
        self.setFixedHeight(_HEIGHT_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 1, 10, 0)
        row.setSpacing(2)
        self.before = self._button("skip-back", self.tr("Previous sentence"), self._step(-1))
        self.play = self._button("play", "", self.play_wanted.emit)
        self.after = self._button("skip-forward", self.tr("Next sentence"), self._step(1))
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.title.setContentsMargins(8, 0, 8, 0)
        self.time = QLabel()
        self.time.setFont(tabular(sized(self.font(), -1)))
        self.time.setContentsMargins(4, 0, 8, 0)
        back = self.tr("Back to what is spoken")
        self.back = self._button("locate-fixed", back, self.back_wanted.emit)
        self.speed = self._button("", self.tr("Speed"), lambda: None)
        self.speed.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.speed.setFixedSize(52, 32)
        self.speed.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.voice = self._button("sliders-horizontal", self.tr("Voice"), lambda: None)
        self.voice.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.close_button = self._button("x", self.tr("Stop reading aloud"), self.closed.emit)
        for button in (self.before, self.play, self.after):
            row.addWidget(button)
        row.addWidget(self.title, 1)
        for widget in (self.time, self.back, self.speed, self.voice, self.close_button):
            row.addWidget(widget)
        self._speeds = QMenu(self)
        self._speeds.aboutToShow.connect(self._fill_speeds)
        self.speed.setMenu(self._speeds)
        self.voices = QMenu(self)
        self.voice.setMenu(self.voices)
        self._speed = 1.0
        self.back.hide()
        theme.changed.connect(self._wear)
        self.show_speaking(speaking=False)
        self.show_speed(1.0)
        self.hide()

    # what it shows

    def show_speaking(self, *, speaking: bool) -> None:
        """Offer to pause, or to go on."""
        self._is_speaking = speaking
        words = self.tr("Pause") if speaking else self.tr("Read on")
        self.play.setToolTip(f"{words} (P)")
        self.play.setAccessibleName(words)
        self._wear()

    def show_title(self, words: str, tip: str = "") -> None:
        """What is read; with a `tip`, a click on it leads there."""
        self._words, self._is_leading = words, bool(tip)
        shape = Qt.CursorShape.PointingHandCursor if tip else Qt.CursorShape.ArrowCursor
        self.title.setCursor(shape)
        self.title.setToolTip(tip)
        self._wear()
        self._elide()

    def show_left(self, seconds: float) -> None:
        """How long the rest takes."""
        minutes = round(seconds / 60)
        number = QLocale().toString(minutes)
        if seconds <= 0:
            words = ""
        elif minutes < 1:
            words = self.tr("less than a minute left")
        else:
            words = self.tr("%1 min left").replace("%1", number)
        self.time.setText(words)

    def show_progress(self, progress: float) -> None:
        """How much was spoken, 0 to 1: a thin line along the upper edge."""
        self._progress = progress
        self.update()

    def show_speed(self, speed: float) -> None:
        """How fast the voice is."""
        self._speed = speed
        words = _times(speed)
        self.speed.setText(words)
        self.speed.setToolTip(self.tr("Speed"))
        self.speed.setAccessibleName(self.tr("Speed: %1").replace("%1", words))

    def show_away(self, *, away: bool) -> None:
        """Offer the way back to the spoken sentence, or no longer."""
        self.back.setVisible(away)

    def fill_voices(self, voices: Sequence[Voice], chosen: Voice | None, *, goes_on: bool) -> None:
        """The menu of voices: plain ones first, the chosen one's variants in a menu of their own.

        `goes_on` is whether the next article follows.
        """
        menu = self.voices
        menu.clear()
        group = QActionGroup(menu)
        if not voices:
            menu.addAction(self.tr("No voice for this language")).setEnabled(False)
        for voice in voices:
            if voice.name == voice.family:
                self._add_voice(menu, group, voice, chosen)
        variants = [v for v in voices if chosen and v.family == chosen.family and v != chosen]
        if len(variants) > 1:
            more = menu.addMenu(self.tr("Variants of this voice"))
            for voice in variants:
                self._add_voice(more, group, voice, chosen)
        menu.addSeparator()
        on = menu.addAction(self.tr("Go on to the next article"))
        on.setCheckable(True)
        on.setChecked(goes_on)
        on.toggled.connect(self.on_wanted)

    def _add_voice(
        self, menu: QMenu, group: QActionGroup, voice: Voice, chosen: Voice | None
    ) -> None:
        words = voice.name if voice.name == voice.family else voice.name.partition("+")[2]
        action = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(chosen is not None and voice.family == chosen.family)
        if voice.name != voice.family:
            action.setChecked(voice == chosen)
        group.addAction(action)
        action.triggered.connect(lambda: self.voice_wanted.emit(voice))

    def _fill_speeds(self) -> None:
        menu = self._speeds
        menu.clear()
        group = QActionGroup(menu)
        for speed in SPEEDS:
            action = QAction(_times(speed), menu)
            action.setCheckable(True)
            action.setChecked(abs(speed - self._speed) < 0.01)
            action.triggered.connect(lambda _on=False, speed=speed: self.speed_wanted.emit(speed))
            group.addAction(action)
            menu.addAction(action)

    # its parts

    def _step(self, way: int) -> Callable[[], None]:
        return lambda: self.stepped.emit(way)

    def _button(self, name: str, words: str, deed: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setFixedSize(_BUTTON)
        button.setIconSize(QSize(16, 16))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: deed())
        if name:
            self._icons.append((button, name))
        return button

    def _elide(self) -> None:
        margins = self.title.contentsMargins()
        room = self.title.width() - margins.left() - margins.right()
        metrics = self.title.fontMetrics()
        self.title.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room))
        self.title.setAccessibleName(self._words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.time.setVisible(self.width() >= _ROOM_FOR_TIME_PX)
        for button in (self.before, self.after):
            button.setVisible(self.width() >= _ROOM_FOR_STEPS_PX)
        row = self.layout()
        if row is not None:
            row.activate()
        self._elide()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_leading and self.title.geometry().contains(event.position().toPoint()):
            self.title_clicked.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self._theme.colours
        painter.fillRect(self.rect(), colours.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, colours.colour("line"))
        spoken = round(self.width() * self._progress)
        left = self.width() - spoken if self.isRightToLeft() else 0
        painter.fillRect(left, 0, spoken, 2, colours.colour("accent"))

    def _wear(self) -> None:
        colours = self._theme.colours
        for button, name in self._icons:
            shown = "pause" if button is self.play and self._is_speaking else name
            hue = "accent" if button in (self.play, self.back) else "quiet"
            size = 20 if button is self.play else 16
            button.setIconSize(QSize(size, size))
            button.setIcon(icon(shown, colours.colour(hue), size))
        hue = colours.text if self._is_leading else colours.quiet
        self.title.setStyleSheet(f"color: {hue};")
        self.time.setStyleSheet(f"color: {colours.quiet};")
        self.speed.setStyleSheet(f"color: {colours.quiet};")
        self.update()


def _times(speed: float) -> str:
    return QLocale().toString(speed, "g", 3) + "×"
