"""Reading aloud with what the system has: a real voice, and a real session bus for media keys."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from readlater.article import Article
from readlater.library.spoken import speech_of
from readlater.ui.aloud.dispatcher import NO_ANSWER, address, trouble
from readlater.ui.aloud.media import NAME, PATH, PLAYER, MediaKeys
from readlater.ui.aloud.player import Player
from readlater.ui.aloud.speaker import Speaker
from readlater.ui.aloud.track import Phase
from readlater.ui.aloud.voices import choose

pytestmark = pytest.mark.qt_log_ignore("pipewire", extend=True)
ARTICLE = Article(7, "https://bay.example/7", 0.0, title="The gate", site_name="Bay", language="en")
SPEECH = speech_of(
    "<p>The gate closed at two. Nobody saw it.</p><p>The square stayed dry.</p>",
    "en",
    article=7,
    title="The gate",
)
MODULES = (
    Path("/usr/lib/speech-dispatcher-modules"),
    Path("/usr/libexec/speech-dispatcher-modules"),
)


def needed(*programs: str) -> None:
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed here: {', '.join(missing)}")


# a real voice


@pytest.fixture
def dispatcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Speech Dispatcher with espeak-ng, and a sound card that is not there."""
    needed("speech-dispatcher")
    if not any((folder / "sd_espeak-ng").exists() for folder in MODULES):
        pytest.skip("not installed here: speech-dispatcher-espeak-ng")
    # A socket's name is short, and pytest's folders are deep.
    address = Path(f"/tmp/readlater-voice-{os.getpid()}.sock")
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "espeak-ng.conf").write_text("EspeakIndexing 1\n")
    (tmp_path / "speechd.conf").write_text(
        'LogLevel 1\nAudioOutputMethod "alsa"\nDefaultModule espeak-ng\nDefaultLanguage "en"\n'
        'AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"\n'
    )
    (tmp_path / "asound.conf").write_text(
        "pcm.!default { type null }\nctl.!default { type null }\n"
    )
    command = ["speech-dispatcher", "-s", "-t", "0", "-c", "unix_socket", "-S", str(address)]
    folders = ["-C", str(tmp_path), "-P", str(tmp_path / "pid"), "-L", str(tmp_path)]
    process = subprocess.Popen(
        [*command, *folders],
        env={**os.environ, "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{address}")
    yield address
    process.terminate()
    process.wait(timeout=20)
    address.unlink(missing_ok=True)


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    made = Player(Speaker("speechd"))
    yield made
    made.close()


def test_a_real_voice_reads_every_sentence(dispatcher: Path, player: Player, qtbot: QtBot) -> None:
    qtbot.waitUntil(dispatcher.exists, timeout=20_000)
    heard: list[str] = []
    player.moved.connect(lambda: heard.append(player.track.sentence.text))
    with qtbot.waitSignal(player.ended, timeout=60_000):
        player.begin(SPEECH, "en")
    assert heard == [sentence.text for sentence in SPEECH.sentences]
    assert player.voice is not None
    assert player.voice.language == "en"
    assert player.track.phase is Phase.ENDED


def test_the_voices_of_the_system_speak_many_languages(
    dispatcher: Path, player: Player, qtbot: QtBot
) -> None:
    qtbot.waitUntil(dispatcher.exists, timeout=20_000)
    speaker = Speaker("speechd")
    with qtbot.waitSignal(speaker.opened, timeout=60_000):
        speaker.open()
    voices = speaker.voices
    speaker.close()
    for language in ("en", "de", "fr", "ru", "ar", "hi", "ja", "zh", "he", "th", "pt-BR", "no"):
        chosen = choose(voices, language)
        assert chosen is not None, language
        assert chosen.name == chosen.family, language


def test_a_pause_is_silent_at_once_and_a_step_speaks_on(
    dispatcher: Path, player: Player, qtbot: QtBot
) -> None:
    qtbot.waitUntil(dispatcher.exists, timeout=20_000)
    with qtbot.waitSignal(player.moved, timeout=60_000, check_params_cb=lambda: True):
        player.begin(SPEECH, "en")
    player.pause()
    player.step(2)
    assert player.track.phase is Phase.PAUSED
    at = player.track.at
    with qtbot.waitSignal(player.ended, timeout=60_000):
        player.play()
    assert at == 2


def test_without_the_service_there_is_no_voice_and_with_it_there_is(
    dispatcher: Path,
    player: Player,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    qtbot.waitUntil(dispatcher.exists, timeout=20_000)
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{tmp_path / 'nobody.sock'}")
    with qtbot.waitSignal(player.voiceless, timeout=60_000):
        player.begin(SPEECH, "en")
    assert player.track.phase is Phase.PAUSED
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{dispatcher}")
    with qtbot.waitSignal(player.ended, timeout=60_000):
        player.play()


def test_a_service_that_never_answers_is_not_waited_for(dispatcher: Path, qtbot: QtBot) -> None:
    qtbot.waitUntil(dispatcher.exists, timeout=20_000)
    assert trouble({"SPEECHD_ADDRESS": f"unix_socket:{dispatcher}"}, wait_s=30) == ""
    mute = dispatcher.with_suffix(".mute")
    with socket.socket(socket.AF_UNIX) as nobody:
        nobody.bind(str(mute))
        nobody.listen()
        assert trouble({"SPEECHD_ADDRESS": f"unix_socket:{mute}"}, wait_s=0.2) == NO_ANSWER
    mute.unlink()


def test_the_service_is_where_its_library_looks_for_it() -> None:
    assert address({"SPEECHD_ADDRESS": "unix_socket:/a/b.sock"}) == Path("/a/b.sock")
    assert address({"SPEECHD_ADDRESS": "inet_socket:127.0.0.1:6560"}) is None
    expected = Path("/run/user/7/speech-dispatcher/speechd.sock")
    assert address({"XDG_RUNTIME_DIR": "/run/user/7"}) == expected


# a real bus


class Bus:
    """A session bus of the test's own, and a client of it."""

    def __init__(self, address: str, qtbot: QtBot) -> None:
        self.address, self._qtbot = address, qtbot
        self.connection = QDBusConnection.connectToBus(address, "readlater-test")

    def ask(self, *words: str) -> str:
        """What `gdbus` prints; the window goes on meanwhile, as it is the one that answers."""
        client = QProcess()
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("DBUS_SESSION_BUS_ADDRESS", self.address)
        client.setProcessEnvironment(environment)
        with self._qtbot.waitSignal(client.finished, timeout=20_000):
            client.start("gdbus", [words[0], "--session", "-d", NAME, "-o", PATH, *words[1:]])
        assert client.exitCode() == 0, bytes(client.readAllStandardError().data())
        return bytes(client.readAllStandardOutput().data()).decode()

    def call(self, method: str, *given: str) -> str:
        return self.ask("call", "-m", method, *given)


@pytest.fixture
def bus(qtbot: QtBot) -> Iterator[Bus]:
    needed("dbus-daemon", "gdbus")
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    made = Bus(daemon.stdout.readline().strip(), qtbot)
    yield made
    QDBusConnection.disconnectFromBus("readlater-test")
    daemon.terminate()
    daemon.wait(timeout=20)
    daemon.stdout.close()


@pytest.fixture
def keys(bus: Bus, qtbot: QtBot) -> Iterator[MediaKeys]:
    player = Player(Speaker("mock"), speed=0.5)
    parent = QObject()
    with qtbot.waitSignal(player.changed):
        player.begin(SPEECH, "en")
    made = MediaKeys(player, parent, bus=bus.connection)
    made.show(ARTICLE)
    yield made
    player.close()


def read(bus: Bus, name: str) -> str:
    return bus.call("org.freedesktop.DBus.Properties.Get", PLAYER, name)


def test_a_client_sees_what_is_read(bus: Bus, keys: MediaKeys) -> None:
    assert keys.name == NAME
    said = bus.call("org.freedesktop.DBus.Properties.GetAll", PLAYER)
    for part in (
        "'PlaybackStatus': <'Playing'>",
        "'xesam:title': <'The gate'>",
        "'xesam:artist': <['Bay']>",
        "'mpris:trackid': <objectpath '/app/readlater/article/7'>",
        "'Rate': <0.5>",
        "'CanGoNext': <true>",
        "'CanSeek': <false>",
        "'Position': <int64 0>",
    ):
        assert part in said
    root = bus.call("org.freedesktop.DBus.Properties.GetAll", "org.mpris.MediaPlayer2")
    assert "'Identity': <'Readlater'>" in root
    assert "'CanQuit': <false>" in root


def test_a_client_pauses_and_plays_and_skips(bus: Bus, keys: MediaKeys) -> None:
    player = keys.player
    bus.call(f"{PLAYER}.PlayPause")
    assert player.track.phase is Phase.PAUSED
    assert "'Paused'" in read(bus, "PlaybackStatus")
    at = player.track.sentence.paragraph
    bus.call(f"{PLAYER}.Next")
    assert player.track.sentence.paragraph == at + 1
    bus.call(f"{PLAYER}.Previous")
    assert player.track.sentence.paragraph == at
    bus.call(f"{PLAYER}.Play")
    assert player.track.is_speaking
    bus.call(f"{PLAYER}.Pause")
    assert not player.track.is_speaking


def test_a_client_stops_raises_and_sets_the_speed(bus: Bus, keys: MediaKeys, qtbot: QtBot) -> None:
    def during(signal: object, deed: Callable[[], object]) -> list[object]:
        with qtbot.waitSignal(signal, timeout=20_000) as told:
            deed()
        return list(told.args or ())

    during(keys.stopped, lambda: bus.call(f"{PLAYER}.Stop"))
    during(keys.raised, lambda: bus.call("org.mpris.MediaPlayer2.Raise"))
    set_rate = ("org.freedesktop.DBus.Properties.Set", PLAYER, "Rate")
    assert during(keys.speed_wanted, lambda: bus.call(*set_rate, "<2.0>")) == [2.0]
    assert during(keys.speed_wanted, lambda: bus.call(*set_rate, "<9.0>")) == [3.0]


def test_a_client_is_told_what_changes(bus: Bus, keys: MediaKeys, qtbot: QtBot) -> None:
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("DBUS_SESSION_BUS_ADDRESS", bus.address)
    monitor = QProcess()
    monitor.setProcessEnvironment(environment)
    heard: list[str] = []
    monitor.readyReadStandardOutput.connect(
        lambda: heard.append(bytes(monitor.readAllStandardOutput().data()).decode())
    )
    monitor.start("gdbus", ["monitor", "--session", "--dest", NAME, "--object-path", PATH])
    qtbot.waitUntil(lambda: "is owned by" in "".join(heard), timeout=20_000)
    keys.player.pause()
    keys.show(ARTICLE)
    qtbot.waitUntil(lambda: "'PlaybackStatus': <'Paused'>" in "".join(heard), timeout=20_000)
    told = "".join(heard)
    assert "PropertiesChanged" in told
    assert "'Metadata'" not in told  # which did not change
    keys.close()
    qtbot.waitUntil(lambda: "does not have an owner" in "".join(heard), timeout=20_000)
    monitor.kill()
    monitor.waitForFinished()


def test_without_a_bus_nothing_happens(qtbot: QtBot) -> None:
    player = Player(Speaker("mock"))
    nobody, parent = QDBusConnection("there is no such bus"), QObject()
    keys = MediaKeys(player, parent, bus=nobody)
    keys.show(ARTICLE)
    assert keys.name == ""
    keys.close()
