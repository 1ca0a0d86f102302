"""The system's voice through Qt, on a thread of its own: it takes a second to list its voices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    Q_ARG,
    QDeadlineTimer,
    QMetaObject,
    QObject,
    Qt,
    QThread,
    QTimer,
    Signal,
    Slot,
)

from readlater.library.spoken import seconds
from readlater.ui.aloud import dispatcher
from readlater.ui.aloud.voices import Voice, locale_of, rate

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech, QVoice

# Qt's own for tests, and no engine.
_SILENT: Final = frozenset({"mock", "none"})
_PREFERRED: Final = ("speechd", "winrt", "darwin", "macos", "sapi", "flite", "android")
# A voice that was told to stop and does not say that it has is told the next sentence all the same.
_GRACE_MS: Final = 500
# ... and one that needs so many times longer than a voice takes says nothing at all.
_PATIENCE: Final = 5
_PATIENCE_S: Final = 12.0
_STOP_MS: Final = 5000


class _Engine(QObject):
    """Qt's engine, on the thread that this lives on; says one thing at a time."""

    opened = Signal(str, object)  # the engine's name and its voices
    refused = Signal(str)
    ended = Signal(int)
    silent = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._tts: QTextToSpeech | None = None
        self._voices: dict[Voice, QVoice] = {}
        self._now = 0
        self._is_heard = False
        self._next: tuple[int, str, object, float] | None = None
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._begin)
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._on_silent)

    @Slot(str)
    def open(self, wanted: str) -> None:
        """Make the engine `wanted`, or the best there is for "": `opened` or `refused` follows."""
        from PySide6.QtTextToSpeech import QTextToSpeech

        names = QTextToSpeech.availableEngines()
        voiced = [name for name in names if name not in _SILENT]
        best = [name for name in _PREFERRED if name in voiced] or voiced
        name = wanted or (best[0] if best else "")
        why = dispatcher.trouble() if name == "speechd" else ""
        if name not in names or why:
            self.refused.emit(why)
            return
        # Python's lock is held while an engine is made by a call: the window would stand still.
        tts = self._tts = QTextToSpeech("none", self)
        tts.engineChanged.connect(self._on_made)
        late = Qt.ConnectionType.QueuedConnection
        QMetaObject.invokeMethod(tts, "setEngine", late, Q_ARG(str, name))

    @Slot(str)
    def _on_made(self, name: str) -> None:
        from PySide6.QtTextToSpeech import QTextToSpeech

        tts = self._tts
        if tts is None:
            return
        if tts.state() == QTextToSpeech.State.Error:
            self._refuse(tts.errorString())
            return
        for voice in tts.allVoices(None):  # type: ignore[arg-type]  # a null pointer: every locale
            known = Voice(voice.name(), locale_of(voice.name(), voice.locale().name()))
            self._voices.setdefault(known, voice)
        if not any(voice.locale for voice in self._voices):
            self._refuse("")
            return
        tts.stateChanged.connect(self._on_state)
        tts.errorOccurred.connect(lambda _reason, text: self._on_error(text))
        self.opened.emit(name, tuple(self._voices))

    def _refuse(self, why: str) -> None:
        if self._tts is not None:
            self._tts.deleteLater()
            self._tts = None
        self.refused.emit(why)

    @Slot(int, str, object, float)
    def say(self, token: int, text: str, voice: object, rate: float) -> None:
        """Say `text` in place of what is said; `ended` with `token` follows, or `silent`."""
        tts = self._tts
        if tts is None:
            self.silent.emit(token, "")
            return
        self._now, self._next = 0, (token, text, voice, rate)
        self._patience.stop()
        if tts.state() == type(tts).State.Ready:
            self._soon.start(0)
        else:
            tts.stop()
            self._soon.start(_GRACE_MS)

    @Slot()
    def _begin(self) -> None:
        tts, told = self._tts, self._next
        if tts is None or told is None:
            return
        self._next = None
        self._now, text, voice, rate = told
        if isinstance(voice, Voice) and voice in self._voices:
            known = self._voices[voice]
            if tts.voice() != known:
                tts.setVoice(known)
        if tts.rate() != rate:
            tts.setRate(rate)
        self._is_heard = False
        self._patience.start(round((_PATIENCE_S + _PATIENCE * seconds(text)) * 1000))
        tts.say(text)

    @Slot()
    def hush(self) -> None:
        """Say nothing more."""
        self._now, self._next = 0, None
        self._soon.stop()
        self._patience.stop()
        tts = self._tts
        if tts is not None and tts.state() != type(tts).State.Ready:
            tts.stop()

    @Slot()
    def close(self) -> None:
        """End the engine and the thread that both live on."""
        self.hush()
        if self._tts is not None:
            self._tts.deleteLater()
            self._tts = None
        self.thread().quit()

    def _on_state(self, state: Any) -> None:
        states = type(state)
        if state == states.Speaking:
            self._is_heard = self._now != 0
        elif state == states.Ready:
            if self._next is not None:
                self._soon.start(0)
            elif self._now and self._is_heard:
                token, self._now = self._now, 0
                self._patience.stop()
                self.ended.emit(token)

    def _on_error(self, text: str) -> None:
        token, self._now = self._now, 0
        self._patience.stop()
        if token:
            self.silent.emit(token, text)

    def _on_silent(self) -> None:
        self._on_error("")


class Speaker(QObject):
    """One voice at a time. Nothing is loaded before `open`.

    `engine` names one of Qt's engines; "" takes the system's.
    """

    opened = Signal(object)  # the voices, as a tuple of Voice
    refused = Signal(str)  # no voice is there; why, in the engine's own words or ""
    ended = Signal()  # what was said last is said
    failed = Signal(str)

    _open = Signal(str)
    _say = Signal(int, str, object, float)
    _hush = Signal()

    def __init__(self, engine: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine, self._name = engine, ""
        self._engine: _Engine | None = None
        self._thread: QThread | None = None
        self._token = 0
        self.voices: tuple[Voice, ...] = ()
        self.is_opening = False

    @property
    def is_open(self) -> bool:
        """Whether a voice is there."""
        return bool(self.voices)

    def open(self) -> None:
        """Look for a voice, off this thread: `opened` or `refused` follows."""
        if self.is_open or self.is_opening:
            return
        self.is_opening = True
        self.close()
        thread = self._thread = QThread()
        engine = self._engine = _Engine()
        engine.moveToThread(thread)
        self._open.connect(engine.open)
        self._say.connect(engine.say)
        self._hush.connect(engine.hush)
        engine.opened.connect(self._on_opened)
        engine.refused.connect(self._on_refused)
        engine.ended.connect(self._on_ended)
        engine.silent.connect(self._on_silent)
        thread.start()
        self.is_opening = True
        self._open.emit(self.engine)

    def say(self, text: str, voice: Voice | None, speed: float) -> None:
        """Say `text` in place of what is said, at `speed` times the ordinary one."""
        self._token += 1
        self._say.emit(self._token, text, voice, rate(self._name, speed))

    def hush(self) -> None:
        """Say nothing more; nothing ends."""
        self._token += 1
        self._hush.emit()

    def close(self) -> None:
        """End the engine and its thread; `open` makes them anew."""
        self.voices, self.is_opening = (), False
        engine, thread = self._engine, self._thread
        self._engine = self._thread = None
        if engine is None or thread is None:
            return
        for signal in (self._open, self._say, self._hush):
            signal.disconnect()
        QMetaObject.invokeMethod(engine, "close", Qt.ConnectionType.QueuedConnection)
        if not thread.wait(QDeadlineTimer(_STOP_MS)):
            thread.terminate()  # it waits inside the engine for a service that never answers
            thread.wait()

    @Slot(str, object)
    def _on_opened(self, name: str, voices: tuple[Voice, ...]) -> None:
        self._name, self.voices, self.is_opening = name, voices, False
        self.opened.emit(voices)

    @Slot(str)
    def _on_refused(self, why: str) -> None:
        self.close()
        self.refused.emit(why)

    @Slot(int)
    def _on_ended(self, token: int) -> None:
        if token == self._token:
            self.ended.emit()

    @Slot(int, str)
    def _on_silent(self, token: int, why: str) -> None:
        if token == self._token:
            self.failed.emit(why)
