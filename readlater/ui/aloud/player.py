"""Reads one speech aloud, sentence by sentence: the track, the voice and the speed together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject, Signal

from readlater.library.spoken import Speech
from readlater.ui.aloud.speaker import Speaker
from readlater.ui.aloud.track import Phase, Track
from readlater.ui.aloud.voices import Voice, choose, keeping, kept_for, speaking


class Player(QObject):
    """What a person does with the voice. A pause keeps the sentence, which is said again."""

    changed = Signal()  # phase, speed, voice or speech
    moved = Signal()  # another sentence is in hand
    ended = Signal(int)  # an article is read to its end
    voiceless = Signal(str)  # there is no voice at all
    foreign = Signal(str)  # no voice speaks this language: another one reads it
    failed = Signal(str)

    def __init__(
        self,
        speaker: Speaker,
        *,
        speed: float = 1.0,
        kept: Sequence[str] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self.track = Track()
        self.language = ""
        self.speed, self.kept = speed, tuple(kept)
        self._is_told = False
        speaker.opened.connect(lambda _voices: self._on_opened())
        speaker.refused.connect(self._on_refused)
        speaker.ended.connect(self._on_ended)
        speaker.failed.connect(self._on_failed)

    # what a person does

    def begin(self, speech: Speech, language: str, at: int = 0) -> None:
        """Read `speech`, whose language is `language`, from sentence `at`."""
        self.language, self._is_told = language, False
        self._take(Track(speech, max(0, min(at, len(speech.sentences) - 1)), Phase.PAUSED))
        self.play()

    def replace(self, speech: Speech, at: int) -> None:
        """Go on at sentence `at` of `speech`, which the text has become."""
        self._take(Track(speech, at, self.track.phase))

    def play(self) -> None:
        """Speak on from the sentence in hand."""
        self._take(self.track.playing())

    def pause(self) -> None:
        """Be silent; the sentence in hand is kept."""
        self._take(self.track.paused())

    def toggle(self) -> None:
        """Pause, or speak on."""
        if self.track.is_speaking:
            self.pause()
        else:
            self.play()

    def step(self, way: int) -> None:
        """The next sentence (1), or the one before (-1)."""
        self._take(self.track.stepped(way))

    def skip(self, way: int) -> None:
        """The next paragraph (1), or the beginning of this one (-1)."""
        self._take(self.track.skipped(way))

    def stop(self) -> None:
        """Be silent, and forget what was read."""
        self._speaker.hush()
        self.track = Track()
        self.changed.emit()

    def set_speed(self, speed: float) -> None:
        """Speak `speed` times as fast as is ordinary; the sentence in hand begins anew."""
        if speed != self.speed:
            self.speed = speed
            self._again()

    def set_voice(self, voice: Voice) -> None:
        """Let `voice` read the language of the speech from now on."""
        self.kept = keeping(self.kept, self.language, voice.name)
        self._again()

    # what there is

    @property
    def voices(self) -> list[Voice]:
        """The voices that speak the language of the speech."""
        return speaking(self._speaker.voices, self.language)

    @property
    def voice(self) -> Voice | None:
        """The voice that reads; None for the system's own, as none speaks the language."""
        return self._voice(self.language)

    @property
    def is_looking(self) -> bool:
        """Whether the voice is still being looked for."""
        return self._speaker.is_opening

    def _voice(self, language: str) -> Voice | None:
        return choose(
            self._speaker.voices,
            language,
            kept=kept_for(self.kept, language),
            system=QLocale.system().name(),
            likely=QLocale(language).name().partition("_")[2],
        )

    def close(self) -> None:
        """End the voice."""
        self._speaker.close()

    # what happens

    def _take(self, track: Track) -> None:
        was, self.track = self.track, track
        if track.sentence is not None and (was.at, was.speech) != (track.at, track.speech):
            self.moved.emit()
        if track.is_speaking:
            self._speak()
        elif was.is_speaking:
            self._speaker.hush()
        self.changed.emit()
        if track.phase is Phase.ENDED and was.phase is not Phase.ENDED:
            self.ended.emit(track.article)

    def _again(self) -> None:
        if self.track.is_speaking:
            self._speak()
        self.changed.emit()

    def _speak(self) -> None:
        sentence = self.track.sentence
        if sentence is None:
            return
        if not self._speaker.is_open:
            self._speaker.open()
            return
        voice = self._voice(sentence.language) if sentence.language else None
        voice = voice or self.voice
        if voice is None and not self._is_told:
            self._is_told = True
            self.foreign.emit(self.language)
        self._speaker.say(sentence.text, voice or self._fallback(), self.speed)

    def _fallback(self) -> Voice | None:
        """The voice of the system's language, or of English: a voice all the same."""
        return self._voice(QLocale.system().name().replace("_", "-")) or self._voice("en")

    def _on_opened(self) -> None:
        if self.track.is_speaking:
            self._speak()
        self.changed.emit()

    def _on_refused(self, why: str) -> None:
        self._take(self.track.paused())
        self.voiceless.emit(why)

    def _on_ended(self) -> None:
        self._take(self.track.heard())

    def _on_failed(self, why: str) -> None:
        self._take(self.track.paused())
        self.failed.emit(why)
