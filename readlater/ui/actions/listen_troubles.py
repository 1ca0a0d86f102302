"""What is said where no voice is there, none speaks the language, or one says nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from readlater.ui.aloud.dispatcher import NO_ANSWER
from readlater.ui.views.voice_sheet import VoiceSheet, system_command

if TYPE_CHECKING:
    from readlater.ui.actions.doing import Doing
    from readlater.ui.aloud.player import Player
    from readlater.ui.aloud.speaker import Speaker


class VoiceTroubles(QObject):
    """Hears what goes wrong with the voice of `player`; `stop` gives the reading up."""

    def __init__(
        self, deeds: Doing, speaker: Speaker, player: Player, stop: Callable[[], None]
    ) -> None:
        super().__init__(deeds)
        self._deeds, self._speaker, self._player, self._stop = deeds, speaker, player, stop
        self.sheet: VoiceSheet | None = None
        player.voiceless.connect(self._on_voiceless)
        player.foreign.connect(self._on_foreign)
        player.failed.connect(lambda _why: self._on_failed())
        speaker.opened.connect(lambda _voices: self._on_opened())

    def _on_voiceless(self, why: str) -> None:
        if self.sheet is not None:
            self.sheet.say_none()
            return
        if why == NO_ANSWER:
            self._deeds.say(
                self.tr("The speech service does not answer. Log in again, then read on.")
            )
            self._stop()
            return
        sheet = self.sheet = VoiceSheet(self._deeds.theme, system_command(), self._deeds.window)
        sheet.again.connect(self._player.play)
        sheet.finished.connect(self._on_sheet_closed)
        sheet.open()

    def _on_opened(self) -> None:
        if self.sheet is not None:
            self.sheet.accept()

    def _on_sheet_closed(self, _code: int) -> None:
        self.sheet = None
        if not self._speaker.is_open:
            self._stop()

    def _on_foreign(self, language: str) -> None:
        name = QLocale.languageToString(QLocale(language).language()) if language else ""
        none = self.tr("No installed voice speaks %1. Another one reads this article.")
        unknown = self.tr("The article does not say its language. The system's own voice reads it.")
        self._deeds.say(none.replace("%1", name) if name and name != "C" else unknown)

    def _on_failed(self) -> None:
        self._deeds.say(
            self.tr("The voice says nothing. Look whether the sound works, then read on.")
        )
