"""Highlights as a person makes them: the real window, library and page together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deed_stage import Stage, stage
from fakes.reader import QuietReader
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reader_stage import ask, quiet_engine

from readlater.article import Highlight, Marks
from readlater.library import Library
from readlater.library.highlighting import as_selected
from readlater.library.shown_text import shown_text
from readlater.ui.reader.view import ReaderView
from readlater.ui.views import window_state
from readlater.ui.views.note_sheet import NoteSheet
from readlater.ui.views.tag_editor import TagEditor
from readlater.ui.views.window import MainWindow

pytestmark = quiet_engine
K = Qt.Key

WALL = (
    "The harbour wall was never handsome, and nobody in the town had ever claimed that it was.",
    "It was built in a hurry after the flood, raised twice, and patched each spring by whoever "
    "owed the council a favour, until the year in which the engineers opened it instead.",
    "At a quarter past two the gate closed by itself, and the square behind it stayed dry.",
    "The fishmonger, who had carried his scales upstairs every autumn since he was a boy, left "
    "them where they were and went to bed.",
    "What the town lost is harder to count: a place to sit, a wind that smelled of tar, and the "
    "children who had learned to swim against those stones.",
    *(
        f"In week {n * 37 % 51} of the works, number {n * 7919} of the stones went by boat."
        for n in range(30)
    ),
)
GATE = (
    "A gate of this kind is a simple thing: a wall that lies down until the water lifts it up.",
    "The one at Marrow Bay weighs four hundred tonnes and is moved by nothing but the tide.",
    "Its hinges are looked after by two people, who have the keys to a room below the quay.",
    *(
        f"Entry {n * 31 % 97}: hinge number {n * 6007} was greased, and nothing was out of order."
        for n in range(30)
    ),
)


def page(title: str, lines: tuple[str, ...]) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f"<html lang=en><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def save(library: Library, title: str, lines: tuple[str, ...]) -> int:
    address = f"https://bay.example/{title.lower()}"
    row = library.saving.add_page(page(title, lines), address).outcomes[0].id
    while library.fetching.step():
        pass
    return row


class Desk:
    """The stage with an article open in a real page."""

    def __init__(self, at: Stage, wall: int, gate: int) -> None:
        self.at, self.wall, self.gate = at, wall, gate
        self.window, self.library, self.qtbot = at.window, at.library, at.qtbot
        self.desk, self.shelf = at.actions.deeds.highlights, at.actions.deeds.shelf

    def open(self, row: int) -> None:
        self.window.select(row)
        view = self.window.reader_pane.prepare()
        with self.qtbot.waitSignal(view.shown, timeout=30_000, check_params_cb=lambda i: i == row):
            self.window.opening.now()
        self.until(lambda: self.desk.painted.article == row)
        self.until(lambda: self.ask("document.fonts.status") == "loaded")
        self.text = shown_text(self.library.reading.extracted(row).html)

    @property
    def view(self) -> ReaderView:
        view = self.window.reader_pane.page_view
        assert view is not None
        return view

    @property
    def bar(self) -> Any:
        return self.desk.bar

    @property
    def target(self) -> Any:
        return self.view.focusProxy().focusProxy()

    def until(self, holds: Any) -> None:
        self.qtbot.waitUntil(holds, timeout=20_000)

    def ask(self, script: str) -> Any:
        return ask(self.qtbot, self.view.marking._page, script)

    def held(self, row: int | None = None) -> tuple[Highlight, ...]:
        return self.library.highlighting.of(row or self.wall)

    def box(self, words: str) -> tuple[QPoint, QPoint]:
        """The middles of the first and the last letter of some words."""
        at = self.text.index(words)
        script = f"""(() => {{
            const walker = document.createTreeWalker(document.getElementById('article'), 4);
            for (let node; (node = walker.nextNode());) {{
                const at = node.data.indexOf({words!r});
                if (at < 0) continue;
                const side = (i) => {{
                    const range = document.createRange();
                    range.setStart(node, i); range.setEnd(node, i + 1);
                    const r = range.getClientRects()[0];
                    return [r.x, r.right, r.y + r.height / 2];
                }};
                const a = side(at), b = side(at + {len(words)} - 1);
                return [a[0] + 1, a[2], b[1] - 1, b[2]];
            }}
        }})()"""
        assert at >= 0
        x, y, right, below = (round(side) for side in self.ask(script))
        return QPoint(x, y), QPoint(right, below)

    def select(self, words: str) -> None:
        first, last = self.box(words)
        QTest.mousePress(self.target, Qt.MouseButton.LeftButton, pos=first)
        for spot in (first + QPoint(4, 0), (first + last) / 2, last):
            QTest.mouseMove(self.target, spot)
        QTest.mouseRelease(self.target, Qt.MouseButton.LeftButton, pos=last)
        self.until(lambda: self.bar.isVisible() and self.bar.highlight is None)
        assert self.ask("getSelection().toString()") == words

    def click(self, words: str) -> None:
        first, _ = self.box(words)
        QTest.mouseClick(self.target, Qt.MouseButton.LeftButton, pos=first + QPoint(3, 0))
        self.until(lambda: self.bar.isVisible() and self.bar.highlight is not None)

    def press(self, key: Any, *modifiers: Any) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, *modifiers)

    def sheet(self, kind: type[Any]) -> Any:
        def found() -> Any:
            return next(
                (w for w in QApplication.topLevelWidgets() if type(w) is kind and w.isVisible()),
                None,
            )

        self.until(lambda: found() is not None)
        return found()

    def painted(self) -> dict[str, list[str]]:
        script = "[...CSS.highlights].map(([n, h]) => [n, [...h].map((r) => r.toString())])"
        return {n: t for n, t in self.ask(script) if n != "active"}

    def mark(self, words: str, colour: int = 1, row: int = 0) -> Highlight:
        row = row or self.wall
        text = shown_text(self.library.reading.extracted(row).html)
        start = text.index(words)
        selected = as_selected(text, start, start + len(words))
        return self.library.highlighting.add(row, colour, selected)[0]


@pytest.fixture
def desk(library: Library, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    gate, wall = save(library, "Gate", GATE), save(library, "Wall", WALL)
    with stage(library, qtbot, tmp_path, reader=lambda: ReaderView(library.reading.asset)) as at:
        made = Desk(at, wall, gate)
        made.open(wall)
        yield made
        made.view.close_page()


def test_the_mouse_selects_and_the_bar_colours(desk: Desk) -> None:
    desk.select("raised twice")
    assert desk.bar.geometry().intersects(desk.view.rect())
    names = [button.accessibleName() for button in desk.bar.buttons()]
    assert names[:4] == ["Yellow (1)", "Green (2)", "Blue (3)", "Pink (4)"]
    desk.qtbot.mouseClick(desk.bar.buttons()[1], Qt.MouseButton.LeftButton)
    desk.until(lambda: [h.selector.quote for h in desk.held()] == ["raised twice"])
    desk.until(lambda: desk.painted() == {"mark-2-0": ["raised twice"]})
    assert desk.held()[0].colour == 2
    assert not desk.bar.isVisible()
    assert desk.ask("getSelection().isCollapsed")


def test_the_keys_do_it_all_without_a_mouse(desk: Desk) -> None:
    desk.view.focus_page()
    desk.press(K.Key_H)
    desk.until(lambda: desk.ask("getSelection().toString()") == WALL[0])
    desk.press(K.Key_Period)
    desk.until(lambda: desk.ask("getSelection().toString()") == WALL[1])
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk.target, K.Key_Left, shift)
    desk.until(lambda: desk.ask("getSelection().toString()") == WALL[1][:-1])
    desk.press(K.Key_3)
    desk.until(lambda: [(h.selector.quote, h.colour) for h in desk.held()] == [(WALL[1][:-1], 3)])
    desk.until(lambda: desk.painted() == {"mark-3-0": [WALL[1][:-1]]})
    desk.press(K.Key_BracketRight)
    desk.until(lambda: desk.bar.isVisible() and desk.bar.highlight is not None)
    desk.press(K.Key_4)
    desk.until(lambda: desk.held()[0].colour == 4)
    desk.press(K.Key_BracketRight)
    desk.until(lambda: desk.bar.isVisible() and desk.bar.highlight is not None)
    desk.press(K.Key_Backspace)
    desk.until(lambda: desk.held() == ())
    desk.until(lambda: desk.painted() == {})
    desk.press(K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: [h.colour for h in desk.held()] == [4])
    desk.until(lambda: desk.painted() == {"mark-4-0": [WALL[1][:-1]]})


def test_a_click_opens_the_bar_with_note_tags_copy_and_removal(desk: Desk) -> None:
    made = desk.mark("raised twice", 2)
    desk.until(lambda: "mark-2-0" in desk.painted())
    desk.click("raised twice")
    assert desk.bar.highlight.id == made.id
    desk.press(K.Key_N)
    sheet = desk.sheet(NoteSheet)
    sheet.field.setPlainText("By whom?")
    desk.qtbot.keyClick(sheet.field, K.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: desk.held()[0].note == "By whom?")
    desk.until(lambda: desk.painted().get("noted") == ["raised twice"])
    desk.click("raised twice")
    desk.bar.tags_wanted.emit()
    editor = desk.sheet(TagEditor)
    editor.field.setText("sea")
    desk.qtbot.keyClick(editor.field, K.Key_Return)
    editor.close()
    desk.until(lambda: desk.held()[0].tags == ("sea",))
    desk.click("raised twice")
    desk.bar.copy_wanted.emit()
    said = "> raised twice\n\nBy whom?\n\n#sea\n\n— [Wall](https://bay.example/wall)"
    desk.until(lambda: QGuiApplication.clipboard().text().startswith(said))
    desk.click("raised twice")
    desk.bar.removal_wanted.emit()
    desk.until(lambda: desk.held() == ())
    desk.until(lambda: desk.at.toast == "Highlight removed")


def test_the_menu_of_a_selection_highlights_and_copies_with_the_source(desk: Desk) -> None:
    desk.select("raised twice")
    texts = {action.text(): action for action in desk.view._menu().actions()}
    texts["Copy the quote with its source"].trigger()
    said = "> raised twice\n\n— [Wall](https://bay.example/wall), bay.example\n"
    desk.until(lambda: QGuiApplication.clipboard().text() == said)
    texts["Highlight"].trigger()
    desk.until(lambda: [h.selector.quote for h in desk.held()] == ["raised twice"])


def test_escape_leaves_a_note_as_it_was(desk: Desk) -> None:
    made = desk.mark("raised twice")
    desk.library.highlighting.annotate(made.id, "Kept")
    desk.until(lambda: "noted" in desk.painted())
    desk.click("raised twice")
    desk.press(K.Key_N)
    sheet = desk.sheet(NoteSheet)
    assert sheet.field.toPlainText() == "Kept"
    sheet.field.setPlainText("Lost")
    desk.qtbot.keyClick(sheet.field, K.Key_Escape)
    desk.at.settle()
    assert desk.held()[0].note == "Kept"


def test_the_panel_has_them_in_order_and_the_lost_ones_last(desk: Desk) -> None:
    late = desk.mark("smelled of tar", 3)
    early = desk.mark("never handsome", 1)
    lost = desk.mark("left them where they were and went to bed", 4)
    desk.library.highlighting.note(desk.wall, "Read again")
    shorter = page("Wall", WALL[:3] + WALL[4:])
    desk.library.saving.add_page(shorter, "https://bay.example/wall")
    while desk.library.fetching.step():
        pass
    desk.until(lambda: not desk.held()[-1].placed)
    desk.at.trigger("view.highlights_panel")
    panel = desk.desk.panel
    assert panel.isVisible()
    desk.until(lambda: [r.highlight.id for r in panel.model.rows()] == [early.id, late.id, lost.id])
    assert [r.highlight.placed for r in panel.model.rows()] == [True, True, False]
    index = panel.model.index(1)
    desk.qtbot.mouseClick(
        panel.list.viewport(), Qt.MouseButton.LeftButton, pos=panel.list.visualRect(index).center()
    )
    desk.until(lambda: desk.ask("CSS.highlights.has('active')"))
    assert desk.ask("[...CSS.highlights.get('active')][0].toString()") == "smelled of tar"
    height = panel.list.visualRect(index).height()
    desk.library.highlighting.annotate(late.id, "A note " * 12)
    desk.until(lambda: panel.list.visualRect(index).height() > height + 20)
    panel.copy_wanted.emit()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("## [Wall](https://bay.example/wall)")
    assert "Read again" in text
    assert text.index("never handsome") < text.index("smelled of tar") < text.index("left them")
    assert "Not found in the text any more" in text
    desk.at.trigger("view.highlights_panel")
    assert not panel.isVisible()


def test_the_bar_goes_when_the_lines_break_elsewhere(desk: Desk) -> None:
    desk.mark("raised twice", 2)
    desk.until(lambda: desk.painted() == {"mark-2-0": ["raised twice"]})
    desk.click("raised twice")
    bar = desk.desk.bar
    assert bar is not None
    desk.until(bar.isVisible)
    desk.at.trigger("view.highlights_panel")
    desk.until(lambda: not bar.isVisible())


def test_the_panel_comes_to_the_front_where_the_list_is(desk: Desk) -> None:
    window = desk.at.window
    window.resize(440, 700)
    desk.until(window.list_pane.cards.isVisible)
    desk.at.trigger("view.highlights_panel")
    desk.until(desk.desk.panel.isVisible)
    desk.at.trigger("view.highlights_panel")
    desk.until(lambda: not desk.desk.panel.isVisible())
    assert window.reader_pane.isVisible()


def test_the_page_of_all_searches_filters_and_leads_to_the_passage(desk: Desk) -> None:
    wall = desk.mark("raised twice", 1)
    gate = desk.mark("moved by nothing but the tide", 2, desk.gate)
    hinge = desk.mark(f"hinge number {29 * 6007} was greased", 2, desk.gate)
    desk.library.highlighting.tag([gate.id], ["sea"])
    desk.at.trigger("go.all_highlights")
    shown = desk.shelf.page

    def ids() -> list[int]:
        return [row.highlight.id for row in shown.model.rows()]

    desk.until(lambda: ids() == [hinge.id, gate.id, wall.id])
    assert shown.isVisible()
    shown.field.setText("nothing tide")
    desk.until(lambda: ids() == [gate.id])
    shown.field.clear()
    desk.until(lambda: len(ids()) == 3)
    shown._colours[1].click()
    desk.until(lambda: ids() == [hinge.id, gate.id])
    shown.tags.setCurrentIndex(shown.tags.findData("sea"))
    shown.tags.activated.emit(shown.tags.currentIndex())
    desk.until(lambda: ids() == [gate.id])
    shown.tags.activated.emit(0)
    desk.until(lambda: ids() == [hinge.id, gate.id])
    shown._colours[1].click()
    shown.order.activated.emit(1)  # by article, each in the order of its text
    desk.until(lambda: ids() == [wall.id, gate.id, hinge.id])
    only = next(a for a in shown.list.menu(shown.model.found(0)).actions() if "Only" in a.text())
    only.trigger()
    desk.until(lambda: ids() == [wall.id])
    assert (shown.only.isVisible(), shown.only.text()) == (True, "Wall")
    shown.only.click()
    shown.order.activated.emit(0)
    desk.until(lambda: ids() == [hinge.id, gate.id, wall.id])
    assert not shown.only.isVisible()
    shown.list.opened.emit(shown.model.found(0))
    desk.until(lambda: desk.desk.painted.article == desk.gate)
    desk.until(lambda: desk.ask("CSS.highlights.has('active')"))
    words = f"hinge number {29 * 6007} was greased"
    assert desk.ask("[...CSS.highlights.get('active')][0].toString()") == words
    desk.until(
        lambda: (
            0
            <= desk.ask("[...CSS.highlights.get('active')][0].getBoundingClientRect().top")
            < desk.view.height()
        )
    )
    assert desk.window.reader_pane.showing is desk.view


def test_all_highlights_are_written_to_a_file(desk: Desk, tmp_path: Path) -> None:
    desk.mark("raised twice")
    desk.mark("moved by nothing but the tide", 2, desk.gate)
    file = tmp_path / "out.md"
    desk.shelf.export([Marks()], file)
    desk.until(lambda: desk.at.toast == "2 highlights written")
    text = file.read_text(encoding="utf-8")
    assert "## [Gate](https://bay.example/gate)" in text
    assert "> raised twice" in text
    desk.shelf.export([Marks()], tmp_path / "none" / "out.md")
    desk.until(lambda: "cannot be written" in desk.at.toast)
    file = tmp_path / "out.json"
    desk.shelf.export([Marks(article=desk.wall), Marks(article=desk.gate)], file)
    desk.until(file.exists)
    desk.at.settle()
    written = json.loads(file.read_text(encoding="utf-8"))
    assert (written["type"], written["total"]) == ("AnnotationCollection", 2)
    sources = [item["target"]["source"] for item in written["first"]["items"]]
    assert sources == ["https://bay.example/wall", "https://bay.example/gate"]


def test_extracting_anew_leaves_the_mark_on_its_words(desk: Desk) -> None:
    desk.mark("raised twice", 2)
    desk.until(lambda: desk.painted() == {"mark-2-0": ["raised twice"]})
    desk.at.trigger("article.extract_again")
    desk.until(lambda: desk.painted() == {"mark-2-0": ["raised twice"]})


def test_a_note_on_the_article(desk: Desk) -> None:
    desk.view.focus_page()
    desk.press(K.Key_N)
    sheet = desk.sheet(NoteSheet)
    sheet.field.setPlainText("For the spring issue")
    sheet.close()
    desk.until(lambda: desk.library.reading.article(desk.wall).note == "For the spring issue")
    desk.until(lambda: desk.desk.painted.note == "For the spring issue")


def test_a_window_that_comes_back_has_its_marks(desk: Desk) -> None:
    desk.mark("raised twice", 2)
    desk.until(lambda: desk.painted() == {"mark-2-0": ["raised twice"]})
    pane = desk.at.window.reader_pane
    pane.sleep()
    pane.wake()
    desk.until(lambda: desk.painted() == {"mark-2-0": ["raised twice"]})
    desk.click("raised twice")
    desk.press(K.Key_3)
    desk.until(lambda: desk.held()[0].colour == 3)


def test_an_engine_that_is_made_anew_is_watched_again(desk: Desk) -> None:
    desk.mark("raised twice", 2)
    desk.until(lambda: "mark-2-0" in desk.painted())
    desk.view.close_page()
    desk.window.opening.choose(0)
    desk.view.make()
    desk.open(desk.wall)
    desk.until(lambda: desk.painted() == {"mark-2-0": ["raised twice"]})
    desk.click("raised twice")
    desk.press(K.Key_3)
    desk.until(lambda: desk.held()[0].colour == 3)


def test_the_sidebar_leads_to_all_highlights_while_there_are_some(desk: Desk) -> None:
    sidebar = desk.window.sidebar
    desk.at.settle()
    assert sidebar.places.marks_row() == -1
    made = desk.mark("raised twice")
    desk.until(lambda: sidebar.places.marks_row() >= 0)
    at = sidebar.places.index(sidebar.places.marks_row())
    assert at.data(Qt.ItemDataRole.AccessibleTextRole) == "Highlights, 1"
    QTest.mouseClick(
        sidebar.viewport(), Qt.MouseButton.LeftButton, pos=sidebar.visualRect(at).center()
    )
    desk.until(lambda: len(desk.shelf.page.model.rows()) == 1)
    assert desk.window.reader_pane.showing is desk.shelf.page
    desk.at.settle()
    assert sidebar.currentIndex() == at
    # Nothing above it is about an article that is not in sight.
    bar = desk.window.bar_reader
    assert not any(button.isVisible() for button in bar._buttons)
    unread = sidebar.places.index(0)
    QTest.mouseClick(
        sidebar.viewport(), Qt.MouseButton.LeftButton, pos=sidebar.visualRect(unread).center()
    )
    desk.until(lambda: desk.window.reader_pane.showing is desk.view)
    assert any(button.isVisible() for button in bar._buttons)
    desk.library.highlighting.remove([made.id])
    desk.until(lambda: sidebar.places.marks_row() == -1)


def test_escape_leads_back_from_all_highlights_to_the_page(desk: Desk) -> None:
    desk.mark("raised twice")
    desk.at.trigger("go.all_highlights")
    desk.until(lambda: len(desk.shelf.page.model.rows()) == 1)
    desk.at.actions.action("go.to_list").trigger()
    assert desk.window.reader_pane.showing is desk.view
    assert desk.window.reader_pane.has_keys


def test_the_bar_makes_way_for_a_sheet_that_a_key_opens(desk: Desk) -> None:
    desk.mark("raised twice")
    desk.until(lambda: "mark-1-0" in desk.painted())
    desk.click("raised twice")
    desk.at.trigger("article.tags")
    sheet = desk.sheet(TagEditor)
    assert not desk.bar.isVisible()
    sheet.close()


def test_a_note_is_written_with_its_passage_in_sight(desk: Desk) -> None:
    desk.mark("raised twice")
    desk.until(lambda: "mark-1-0" in desk.painted())
    desk.click("raised twice")
    desk.at.trigger("article.note")
    sheet = desk.sheet(NoteSheet)
    first, last = (desk.view.mapToGlobal(spot) for spot in desk.box("raised twice"))
    body = sheet.geometry()
    assert not body.contains(first)
    assert not body.contains(last)
    sheet.close()


def test_the_panel_stays_open_until_it_is_closed(desk: Desk, tmp_path: Path) -> None:
    desk.at.trigger("view.highlights_panel")
    assert desk.desk.panel.isVisible()
    desk.window.keep_state()
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    assert window_state.load(kept).is_beside
    again = MainWindow(desk.library, desk.at.jobs, desk.at.events, desk.at.theme, QuietReader, kept)
    desk.qtbot.addWidget(again)
    assert again.reader_pane.is_beside_wanted
