"""The system's media keys on Linux: MPRIS over the session bus, while something is read aloud."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import ClassInfo, Property, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusAbstractAdaptor,
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
)

from readlater.article import Article
from readlater.ui.aloud.track import Phase
from readlater.ui.aloud.voices import SPEEDS

if TYPE_CHECKING:
    from readlater.ui.aloud.player import Player

# https://specifications.freedesktop.org/mpris-spec/latest/
PATH: Final = "/org/mpris/MediaPlayer2"
PLAYER: Final = "org.mpris.MediaPlayer2.Player"
NAME: Final = "org.mpris.MediaPlayer2.readlater"
_NO_TRACK: Final = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
_STATUS: Final = {
    Phase.SPEAKING: "Playing",
    Phase.PAUSED: "Paused",
    Phase.ENDED: "Stopped",
    Phase.STOPPED: "Stopped",
}


@ClassInfo({"D-Bus Interface": "org.mpris.MediaPlayer2"})  # type: ignore[call-arg]
class _Root(QDBusAbstractAdaptor):  # type: ignore[operator]
    def __init__(self, keys: MediaKeys) -> None:
        super().__init__(keys)
        self._keys = keys

    @Slot()
    def Raise(self) -> None:  # noqa: N802 - the names are those of the bus
        self._keys.raised.emit()

    @Slot()
    def Quit(self) -> None:  # noqa: N802
        """Nothing: to end the voice is no reason to end the window."""

    def _no(self) -> bool:
        return False

    def _yes(self) -> bool:
        return True

    def _name(self) -> str:
        return "Readlater"

    def _entry(self) -> str:
        return "readlater"

    def _none(self) -> list[str]:
        return []

    CanQuit = Property(bool, _no)
    CanRaise = Property(bool, _yes)
    HasTrackList = Property(bool, _no)
    Identity = Property(str, _name)
    DesktopEntry = Property(str, _entry)
    SupportedUriSchemes = Property("QStringList", _none)  # type: ignore[arg-type]
    SupportedMimeTypes = Property("QStringList", _none)  # type: ignore[arg-type]


@ClassInfo({"D-Bus Interface": PLAYER})  # type: ignore[call-arg]
class _Player(QDBusAbstractAdaptor):  # type: ignore[operator]
    def __init__(self, keys: MediaKeys) -> None:
        super().__init__(keys)
        self._keys, self._player = keys, keys.player

    @Slot()
    def PlayPause(self) -> None:  # noqa: N802
        self._player.toggle()

    @Slot()
    def Play(self) -> None:  # noqa: N802
        if not self._player.track.is_speaking:
            self._player.play()

    @Slot()
    def Pause(self) -> None:  # noqa: N802
        self._player.pause()

    @Slot()
    def Stop(self) -> None:  # noqa: N802
        self._keys.stopped.emit()

    @Slot()
    def Next(self) -> None:  # noqa: N802
        self._player.skip(1)

    @Slot()
    def Previous(self) -> None:  # noqa: N802
        self._player.skip(-1)

    def _status(self) -> str:
        return _STATUS[self._player.track.phase]

    def _metadata(self) -> dict[str, Any]:
        return self._keys.metadata()

    def _rate(self) -> float:
        return self._player.speed

    def _set_rate(self, rate: float) -> None:
        if rate > 0:  # the specification: 0 is a pause, which has a method of its own
            self._keys.speed_wanted.emit(min(SPEEDS[-1], max(SPEEDS[0], rate)))

    def _slowest(self) -> float:
        return SPEEDS[0]

    def _fastest(self) -> float:
        return SPEEDS[-1]

    def _full(self) -> float:
        return 1.0

    def _position(self) -> int:
        return 0

    def _yes(self) -> bool:
        return True

    def _no(self) -> bool:
        return False

    PlaybackStatus = Property(str, _status)
    Metadata = Property("QVariantMap", _metadata)  # type: ignore[arg-type]
    Rate = Property(float, _rate, _set_rate)
    MinimumRate = Property(float, _slowest)
    MaximumRate = Property(float, _fastest)
    Volume = Property(float, _full)
    Position = Property("qlonglong", _position)  # type: ignore[arg-type]
    CanGoNext = Property(bool, _yes)
    CanGoPrevious = Property(bool, _yes)
    CanPlay = Property(bool, _yes)
    CanPause = Property(bool, _yes)
    CanSeek = Property(bool, _no)
    CanControl = Property(bool, _yes)


class MediaKeys(QObject):
    """A player on the session bus; where there is no bus, nothing at all.

    Next and previous are paragraphs. `speed_wanted` carries a speed that a client has set.
    """

    raised = Signal()
    stopped = Signal()
    speed_wanted = Signal(float)

    def __init__(
        self, player: Player, parent: QObject, *, bus: QDBusConnection | None = None
    ) -> None:
        super().__init__(parent)
        self.player = player
        self._article: Article | None = None
        self._told: dict[str, Any] = {}
        self._bus = bus if bus is not None else QDBusConnection.sessionBus()
        self._root, self._of_player = _Root(self), _Player(self)
        self._name = ""
        if self._bus.isConnected() and self._bus.registerObject(PATH, self):
            # Another window of another library may have the name already.
            for name in (NAME, f"{NAME}.instance{os.getpid()}"):
                if self._bus.registerService(name):
                    self._name = name
                    break

    @property
    def name(self) -> str:
        """The name on the bus; "" when there is none."""
        return self._name

    def show(self, article: Article) -> None:
        """Tell what is read and how; only what changed is told."""
        self._article = article
        now = {
            "PlaybackStatus": _STATUS[self.player.track.phase],
            "Metadata": self.metadata(),
            "Rate": self.player.speed,
        }
        # An object path is another object each time: the article stands for it.
        known = {**now, "Metadata": (article.id, article.title, article.url)}
        changed = {name: now[name] for name in now if known[name] != self._told.get(name)}
        self._told = known
        if changed and self._name:
            signal = QDBusMessage.createSignal(
                PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged"
            )
            signal.setArguments([PLAYER, changed, []])
            self._bus.send(signal)

    def metadata(self) -> dict[str, Any]:
        """What is read, by MPRIS's names."""
        article = self._article
        if article is None:
            return {"mpris:trackid": QDBusObjectPath(_NO_TRACK)}
        told = {
            "mpris:trackid": QDBusObjectPath(f"/app/readlater/article/{article.id}"),
            "xesam:title": article.title or article.url,
            "xesam:artist": [article.byline or article.site_name],
            "xesam:album": article.site_name,
            "xesam:url": article.url,
        }
        return {name: value for name, value in told.items() if value not in ("", [""])}

    def close(self) -> None:
        """Leave the bus."""
        if self._name:
            self._bus.unregisterService(self._name)
        self._bus.unregisterObject(PATH)
        self._name = ""
        self.deleteLater()
