"""Reading aloud as a person does it: the real window, library and page, and Qt's test voice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deed_stage import Stage, stage
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reader_stage import ask

from readlater.library import Library
from readlater.library.spoken import Sentence
from readlater.settings import load
from readlater.ui.aloud.track import Phase
from readlater.ui.reader.view import ReaderView
from readlater.ui.views.voice_sheet import VoiceSheet

# What the engine and Qt Multimedia say of a machine without a graphics card and without sound.
pytestmark = pytest.mark.qt_log_ignore(
    "QRhiGles2|Failed to create RHI|Vulkan|GBM is not supported|GPUInfo|pipewire", extend=True
)
K = Qt.Key
TIDES = tuple(
    f"Week {n} began with a calm sea and a low sky over the harbour. Boat {n * 7} went out late."
    for n in range(40)
)
GATES = ("The gate closed at two. Nobody saw it.", "The square stayed dry that night, too.")


def save(library: Library, title: str, lines: tuple[str, ...], language: str = "en") -> int:
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f"<html lang={language}><head><title>{title}</title></head>"
    source = f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>".encode()
    row = library.saving.add_page(source, f"https://bay.example/{title}").outcomes[0].id
    while library.fetching.step():
        pass
    return row


class Room:
    """The stage with two articles; the one saved last is first in the list."""

    def __init__(self, at: Stage, tides: int, gates: int) -> None:
        self.at, self.tides, self.gates = at, tides, gates
        self.window, self.library, self.qtbot = at.window, at.library, at.qtbot
        self.desk = at.actions.deeds.listen
        self.desk.speaker.engine = "mock"
        self.desk.player.set_speed(3.0)
        self.player, self.bar = self.desk.player, self.desk.bar

    def open(self, row: int) -> None:
        self.window.select(row)
        view = self.window.reader_pane.prepare()
        with self.qtbot.waitSignal(view.shown, timeout=30_000, check_params_cb=lambda i: i == row):
            self.window.opening.now()
        self.until(lambda: view.spoken is not None and view.spoken.shown == row)
        self.until(lambda: self.ask("document.fonts.status") == "loaded")

    @property
    def view(self) -> ReaderView:
        view = self.window.reader_pane.page_view
        assert view is not None
        return view

    @property
    def sentence(self) -> Sentence:
        sentence = self.player.track.sentence
        assert sentence is not None
        return sentence

    def until(self, holds: Any) -> None:
        self.qtbot.waitUntil(holds, timeout=20_000)

    def ask(self, script: str) -> Any:
        return ask(self.qtbot, self.view.marking._page, script)

    def marked(self) -> str:
        script = "[...(CSS.highlights.get('spoken') ?? [])].map(String).join('')"
        return str(self.ask(script)).strip()

    def top(self) -> float:
        script = "[...CSS.highlights.get('spoken')][0].getBoundingClientRect().top / innerHeight"
        return float(self.ask(script))

    def scroll(self, to: float) -> None:
        self.ask(f"(scrollTo(0, {to} * document.documentElement.scrollHeight), 0)")

    def press(self, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.window.list_pane.cards.setFocus()
        QTest.keyClick(self.window.list_pane.cards, key, modifier)

    def speak(self, at: int) -> None:
        """Speak from sentence `at` on, as steps there do."""
        self.desk.step(at - self.player.track.at)
        self.until(lambda: self.marked() == self.sentence.text)


@pytest.fixture
def room(library: Library, qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    tides, gates = save(library, "Tides", TIDES), save(library, "Gates", GATES)
    with stage(library, qtbot, tmp_path, reader=lambda: ReaderView(library.reading.asset)) as at:
        made = Room(at, tides, gates)
        yield made
        made.desk.close()
        at.settle()
        made.view.close_page()


def test_a_key_reads_aloud_from_the_title_and_marks_each_sentence(room: Room) -> None:
    room.open(room.tides)
    assert room.bar.isHidden()
    room.press(K.Key_P)
    room.until(lambda: room.player.track.is_speaking)
    assert not room.bar.isHidden()
    assert room.player.track.at == 0
    assert room.sentence.text == "Tides"
    room.until(lambda: room.marked() == "Tides")
    room.until(lambda: room.player.track.at == 2)
    room.until(lambda: room.marked() == room.sentence.text)
    assert room.ask("document.querySelectorAll('#article mark').length") == 0


def test_a_pause_keeps_the_sentence_and_the_key_reads_on(room: Room) -> None:
    room.open(room.tides)
    room.press(K.Key_P)
    room.until(lambda: room.player.track.at == 1)
    room.press(K.Key_P)
    assert room.player.track.phase is Phase.PAUSED
    at = room.player.track.at
    action = room.at.actions.action("listen.read_aloud")
    assert action.text() == "Read aloud"
    room.press(K.Key_P)
    assert action.text() == "Pause"
    assert room.player.track.at == at
    room.until(lambda: room.player.track.at == at + 1)


def test_the_page_goes_along_only_when_the_sentence_leaves_the_comfortable_part(
    room: Room,
) -> None:
    room.open(room.tides)
    room.press(K.Key_P)
    room.until(lambda: room.player.track.is_speaking)
    room.player.pause()
    room.speak(2)
    assert room.ask("scrollY") == 0
    room.speak(60)
    room.until(lambda: 0.05 < room.top() < 0.8)
    before = room.ask("scrollY")
    assert before > 0
    room.speak(61)
    assert room.ask("scrollY") == before


def test_who_scrolls_away_is_left_alone_and_finds_the_way_back(room: Room) -> None:
    room.open(room.tides)
    room.press(K.Key_P)
    room.until(lambda: room.player.track.is_speaking)
    room.player.pause()
    room.speak(10)
    room.view.spoken._on_touched()
    room.scroll(0.9)
    room.until(lambda: not room.view.spoken.is_following)
    assert not room.bar.back.isHidden()
    there = room.ask("scrollY")
    room.speak(11)
    assert room.ask("scrollY") == there
    room.bar.back.click()
    room.until(lambda: room.view.spoken.is_following and 0 < room.top() < 0.8)
    assert room.bar.back.isHidden()


def test_from_here_is_the_first_sentence_in_view_or_what_is_selected(room: Room) -> None:
    room.open(room.tides)
    room.scroll(0.5)
    room.press(K.Key_P, Qt.KeyboardModifier.ShiftModifier)
    room.until(lambda: room.player.track.is_speaking)
    started = room.player.track.at
    assert 20 < started < 70
    assert 0 <= room.top() < 0.2
    room.ask(
        "(() => { const p = document.querySelectorAll('.body p')[5].firstChild;"
        " getSelection().setBaseAndExtent(p, 70, p, 80); return 0; })()"
    )
    room.press(K.Key_P, Qt.KeyboardModifier.ShiftModifier)
    room.until(lambda: room.sentence.text.startswith("Boat 42"))


def test_from_a_point_of_the_page(room: Room) -> None:
    room.open(room.tides)
    box = room.ask(
        "(() => { const r = document.querySelectorAll('.body p')[3].getBoundingClientRect();"
        " return [r.x + 20, r.y + 8]; })()"
    )
    room.view.aloud_wanted.emit(QPointF(*box))
    room.until(lambda: room.player.track.is_speaking)
    assert room.sentence.text.startswith("Week 4")  # the first is above, as the standfirst


def test_the_place_is_kept_and_found_again_after_a_restart(room: Room, tmp_path: Path) -> None:
    room.open(room.tides)
    room.press(K.Key_P)
    room.until(lambda: room.player.track.is_speaking)
    room.player.pause()
    room.speak(41)
    words = room.sentence.text
    room.desk.stop()
    assert room.bar.isHidden()
    assert room.marked() == ""
    room.at.settle()
    article, _, spot = room.library.reading.speech(room.tides)
    assert 0.3 < article.progress < 0.7
    assert spot is not None
    assert words.startswith(spot.suffix)
    room.open(room.gates)
    room.open(room.tides)
    room.until(lambda: room.ask("scrollY") > 0)
    room.press(K.Key_P)
    room.until(lambda: room.player.track.is_speaking)
    assert room.sentence.text == words


def test_the_voice_goes_on_while_another_article_is_read(room: Room) -> None:
    room.open(room.tides)
    room.press(K.Key_P)
    room.until(lambda: room.player.track.at == 1)
    room.open(room.gates)
    at = room.player.track.at
    room.until(lambda: room.player.track.at > at)
    assert room.marked() == ""
    assert room.bar._words == "Tides"
    assert "Tides" in room.bar.title.toolTip()
    room.player.pause()
    room.bar.title_clicked.emit()
    room.until(lambda: room.view.spoken.shown == room.tides)
    room.until(lambda: room.marked() == room.sentence.text)
    room.at.settle()
    assert room.library.reading.article(room.gates).progress < 1


def test_the_next_article_follows_when_asked_for(room: Room) -> None:
    room.open(room.gates)
    room.at.trigger("listen.go_on")
    assert room.desk.goes_on
    room.press(K.Key_P)
    room.until(lambda: room.player.track.article == room.tides)
    room.until(lambda: room.view.spoken.shown == room.tides)
    room.until(lambda: room.marked() == room.sentence.text)
    room.player.pause()
    room.at.settle()
    assert room.library.reading.article(room.gates).progress == 1
    assert load(room.at.actions.deeds.settings_file).aloud_on


def test_without_being_asked_the_end_is_the_end(room: Room) -> None:
    room.open(room.gates)
    room.press(K.Key_P)
    room.until(lambda: room.player.track.phase is Phase.ENDED)
    room.at.settle()
    assert room.player.track.article == room.gates
    assert room.library.reading.article(room.gates).progress == 1
    assert room.marked() == ""
    room.press(K.Key_P)
    assert room.player.track.at == 0


def test_the_last_article_of_the_list_says_so(room: Room) -> None:
    room.open(room.tides)
    room.desk.set_goes_on(on=True)
    room.press(K.Key_P)
    room.until(lambda: room.player.track.is_speaking)
    room.desk.step(999)
    room.until(lambda: room.at.toast == "That was the last article of this list.")
    assert room.player.track.phase is Phase.ENDED


def test_what_goes_to_the_trash_is_no_longer_read(room: Room) -> None:
    room.open(room.tides)
    room.press(K.Key_P)
    room.until(lambda: room.player.track.is_speaking)
    room.library.tidying.archive((room.tides,))
    room.at.settle()
    assert room.player.track.is_speaking
    room.library.tidying.trash((room.tides,))
    room.until(lambda: not room.player.track.is_open)
    assert room.bar.isHidden()


def test_speed_and_voice_are_kept(room: Room) -> None:
    room.open(room.tides)
    room.press(K.Key_P)
    room.until(lambda: room.desk.speaker.is_open)
    room.press(K.Key_Minus, Qt.KeyboardModifier.AltModifier)
    assert room.player.speed == 2.5
    assert room.bar.speed.text() == "2.5×"
    voice = next(v for v in room.player.voices if v.name == "Mary")
    room.bar.voice_wanted.emit(voice)
    assert room.player.voice == voice
    room.at.settle()
    kept = load(room.at.actions.deeds.settings_file)
    assert (kept.aloud_speed, kept.aloud_voices) == (2.5, ("en=Mary",))
    room.bar.voices.aboutToShow.emit()
    chosen = [a.text() for a in room.bar.voices.actions() if a.isChecked()]
    assert chosen == ["Mary"]


def test_a_language_that_no_voice_speaks_is_said(room: Room) -> None:
    row = save(room.library, "Thai", ("สวัสดีครับผมชื่อสมชายและนี่คือเรื่องของผม",) * 4, "th")
    room.at.settle()
    room.open(row)
    room.press(K.Key_P)
    room.until(lambda: "No installed voice speaks Thai." in room.at.toast)
    room.until(lambda: room.player.track.at >= 1)
    assert room.player.voice is None


def test_the_voice_reads_on_while_the_engine_of_the_page_sleeps(room: Room) -> None:
    room.open(room.tides)
    room.press(K.Key_P)
    room.until(lambda: room.player.track.at == 1)
    room.window.reader_pane.sleep()
    assert room.view.spoken is None
    at = room.player.track.at
    room.until(lambda: room.player.track.at > at + 1)
    room.window.reader_pane.wake()
    room.until(lambda: room.view.spoken is not None and room.view.spoken.shown == room.tides)
    room.player.pause()
    room.until(lambda: room.marked() == room.sentence.text)


def test_a_text_that_changes_is_read_on_at_the_same_words(room: Room) -> None:
    room.open(room.tides)
    room.press(K.Key_P)
    room.until(lambda: room.player.track.is_speaking)
    room.player.pause()
    room.speak(20)
    words = room.sentence.text
    body = "".join(f"<p>{line}</p>" for line in ("A word before all others stands here.", *TIDES))
    page = f"<html lang=en><body><article><h1>Tides</h1>{body}</article></body></html>"
    room.library.saving.add_page(page.encode(), "https://bay.example/Tides")
    while room.library.fetching.step():
        pass
    room.until(lambda: room.player.track.at == 21)
    assert room.sentence.text == words
    room.until(lambda: room.marked() == words)


def test_without_a_voice_it_says_what_is_missing_and_tries_again(room: Room) -> None:
    room.desk.speaker.engine = "none"
    room.open(room.tides)
    room.press(K.Key_P)
    room.until(lambda: room.desk.troubles.sheet is not None)
    sheet = room.desk.troubles.sheet
    assert isinstance(sheet, VoiceSheet)
    sheet.command.setText("sudo install a-voice")
    sheet.copy.click()
    assert QGuiApplication.clipboard().text() == "sudo install a-voice"
    sheet.retry.click()
    room.until(lambda: not sheet.problem.isHidden())
    room.desk.speaker.engine = "mock"
    sheet.retry.click()
    room.until(lambda: room.player.track.is_speaking and room.desk.speaker.is_open)
    assert room.desk.troubles.sheet is None
    room.until(lambda: room.player.track.at == 1)


def test_an_article_without_words_says_so(room: Room) -> None:
    row = save(room.library, "—", ("* * *",))
    room.at.settle()
    if room.library.reading.article(row).status != "ready":
        pytest.skip("nothing was extracted from a page without words")
    room.open(row)
    room.desk.toggle()
    room.until(lambda: room.at.toast == "There is nothing to read aloud in this article.")
    assert room.bar.isHidden()
