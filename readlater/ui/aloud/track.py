"""Which sentence is spoken, and what comes next: pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from readlater.library.spoken import Sentence, Speech, seconds


class Phase(StrEnum):
    """What the voice does."""

    STOPPED = "stopped"
    SPEAKING = "speaking"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Track:
    """A speech and the sentence of it that is spoken, or comes next when `phase` is paused."""

    speech: Speech | None = None
    at: int = 0
    phase: Phase = Phase.STOPPED

    @property
    def article(self) -> int:
        """The article that is read; 0 for none."""
        return self.speech.article if self.speech is not None else 0

    @property
    def sentence(self) -> Sentence | None:
        """The sentence in hand; None when there is none, or all are said."""
        if self.speech is None or self.at >= len(self.speech.sentences):
            return None
        return self.speech.sentences[self.at]

    @property
    def is_open(self) -> bool:
        """Whether there is something to go on with, or to begin again."""
        return self.phase is not Phase.STOPPED

    @property
    def is_speaking(self) -> bool:
        """Whether a voice is heard."""
        return self.phase is Phase.SPEAKING

    def playing(self) -> Track:
        """Speaks on; what is read to its end begins anew."""
        if self.speech is None or not self.speech.sentences:
            return self
        return replace(self, at=self.at if self.sentence else 0, phase=Phase.SPEAKING)

    def paused(self) -> Track:
        """Silent, with the sentence kept: it is said again from its beginning."""
        return replace(self, phase=Phase.PAUSED) if self.is_speaking else self

    def heard(self) -> Track:
        """The sentence was said: the next one, or the end."""
        return self.stepped(1) if self.is_speaking else self

    def stepped(self, way: int) -> Track:
        """The next sentence (1) or the one before (-1); past the last is the end."""
        if self.speech is None or not self.is_open:
            return self
        count = len(self.speech.sentences)
        at = max(0, min(count, self.at + way))
        if at >= count:
            return replace(self, at=count, phase=Phase.ENDED)
        phase = Phase.PAUSED if self.phase is Phase.ENDED else self.phase
        return replace(self, at=at, phase=phase)

    def skipped(self, way: int) -> Track:
        """The next paragraph (1), the beginning of this one, or of the one before (-1)."""
        if self.speech is None or not self.is_open or not self.speech.sentences:
            return self
        sentences = self.speech.sentences
        here = min(self.at, len(sentences) - 1)
        starts = [
            i
            for i, sentence in enumerate(sentences)
            if i == 0 or sentence.paragraph != sentences[i - 1].paragraph
        ]
        if way > 0:
            goal = next((i for i in starts if i > here), len(sentences))
        else:
            goal = max(i for i in starts if i < max(1, self.at))
        return self.stepped(goal - self.at)

    def left_s(self, speed: float) -> float:
        """About how long the rest takes at `speed` times the ordinary one."""
        rest = self.speech.sentences[self.at :] if self.speech is not None else ()
        return sum(seconds(sentence.text) for sentence in rest) / speed
