"""Highlights in a real page: selected by mouse and keys, painted, clicked, and counted alike."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reader_stage import Page, article, ask, page, quiet_engine, show_and_wait, until
from stage import colours_of

from readlater import resources
from readlater.article import Highlight, Selector
from readlater.library.shown_text import shown_text
from readlater.pipeline import extract_page
from readlater.pipeline.sanitize import for_reading
from readlater.ui.reader.colours import colours
from readlater.ui.reader.highlighting import Marking
from readlater.ui.reader.view import ReaderView

pytestmark = quiet_engine

HTML = (
    '<p>The tide came in at dawn, and went. The <a href="https://site.example/gate">gate</a> '
    "stayed open.</p><ul><li>First the wall</li><li>then the <b>square</b></li></ul>"
    "<table><tbody><tr><td>Height</td><td>4 m</td></tr></tbody></table>"
    "<p>港の壁が開いた。潮は来なかった。 🌊🌊 after the waves.</p>"
    + "".join(f"<p>Paragraph {n} of the tide tables, kept since then.</p>" for n in range(40))
)


class Stage:
    def __init__(self, view: ReaderView, marking: Marking, qtbot: QtBot) -> None:
        self.view, self.marking, self.qtbot = view, marking, qtbot
        self.engine_page = marking._page
        self.selections: list[Selector] = []
        self.clicks: list[int] = []
        self.boxes: list[QRectF] = []
        marking.selected.connect(self._on_selected)
        marking.clicked.connect(self._on_clicked)
        self.text = ""

    def _on_selected(self, selector: Selector, box: QRectF) -> None:
        self.selections.append(selector)
        self.boxes.append(box)

    def _on_clicked(self, highlight: int, box: QRectF) -> None:
        self.clicks.append(highlight)
        self.boxes.append(box)

    @property
    def target(self) -> Any:
        return self.view.focusProxy().focusProxy()

    def show(self, shown: Page) -> None:
        show_and_wait(self.qtbot, self.view, shown, self.view.show_article)
        until(self.qtbot, self.engine_page, "document.fonts.status", "loaded")
        self.text = shown_text(shown.html)

    def ask(self, script: str) -> Any:
        return ask(self.qtbot, self.engine_page, script)

    def spot(self, words: str, *, end: bool = False) -> QPoint:
        """Where the first or last letter of some words is on the screen."""
        at = self.text.index(words) + (len(words) - 1 if end else 0)
        script = f"""(() => {{ marks.paint({len(self.text)}, [[-1, 1, {at}, {at + 1}, false]]);
            const [x, y, w, h] = JSON.parse(marks.go(-1)).box;
            marks.paint({len(self.text)}, []);
            return [{"x + w - 1" if end else "x + 1"}, y + h / 2]; }})()"""
        x, y = self.ask(script)
        return QPoint(round(x), round(y))

    def drag(self, words: str) -> Selector:
        """Select words with the mouse, and wait until that is told."""
        before = len(self.selections)
        first, last = self.spot(words), self.spot(words, end=True)
        QTest.mousePress(self.target, Qt.MouseButton.LeftButton, pos=first)
        for at in (QPoint(first.x() + 4, first.y()), (first + last) / 2, last):
            QTest.mouseMove(self.target, at)
        QTest.mouseRelease(self.target, Qt.MouseButton.LeftButton, pos=last)
        self.qtbot.waitUntil(lambda: len(self.selections) > before, timeout=20_000)
        return self.selections[-1]

    def mark(self, number: int, words: str, colour: int = 1, **more: Any) -> Highlight:
        at = self.text.index(words)
        return Highlight(number, 42, colour, Selector(words, start=at, end=at + len(words)), **more)

    def paint(self, *highlights: Highlight) -> None:
        self.marking.paint(42, len(self.text), highlights)

    def painted(self) -> dict[str, list[str]]:
        return dict(
            self.ask("[...CSS.highlights].map(([n, h]) => [n, [...h].map((r) => r.toString())])")
        )


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    view = ReaderView(lambda _digest: None)
    qtbot.addWidget(view)
    view.resize(760, 560)
    view.show()
    view.make()
    assert view.marking is not None
    made = Stage(view, view.marking, qtbot)
    made.show(page(HTML, language="en"))
    yield made
    view.close_page()


def test_the_page_counts_as_the_library_does(stage: Stage) -> None:
    assert stage.ask("marks.shown()") == stage.text


def test_what_the_mouse_selects_is_told_with_its_neighbours(stage: Stage) -> None:
    found = stage.drag("came in at dawn, and went. The gate stayed")
    assert found.quote == "came in at dawn, and went. The gate stayed"
    assert stage.text[found.start : found.end] == found.quote
    assert found.prefix == "The tide "
    assert found.suffix == " open.\nFirst the wall\nthen the s"
    box = stage.boxes[-1]
    assert box.width() > 100
    assert 0 < box.top() < box.bottom() < stage.view.height()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("wall\nthen the square", "wall\nthen the square"),
        ("Height\n4 m", "Height\n4 m"),
        ("潮は来なかった。 🌊🌊 after", "潮は来なかった。 🌊🌊 after"),
        ("open.\nFirst", "open.\nFirst"),
    ],
)
def test_a_selection_runs_over_lists_tables_and_scripts(
    stage: Stage, words: str, told: str
) -> None:
    found = stage.drag(words)
    assert found.quote == told
    assert stage.text[found.start : found.end] == told


def test_four_colours_overlap_without_a_change_to_the_page(stage: Stage) -> None:
    before = stage.ask("document.getElementById('article').innerHTML")
    stage.paint(
        stage.mark(1, "came in at dawn, and went. The gate stayed open.\nFirst the wall", 1),
        stage.mark(2, "dawn, and", 2, note="When?"),
        stage.mark(3, "stayed open.\nFirst", 3),
        stage.mark(4, "4 m", 4),
        stage.mark(5, "square", 4, placed=False),
    )
    assert stage.painted() == {
        "mark-1-0": ["came in at dawn, and went. The gate stayed open.First the wall"],
        "mark-2-1": ["dawn, and"],
        "mark-3-1": ["stayed open.First"],
        "mark-4-0": ["4 m"],
        "noted": ["dawn, and"],
    }
    assert stage.ask("document.getElementById('article').innerHTML") == before
    for theme in ("light", "sepia", "dark", "black"):
        stage.view.set_theme(theme)
        wanted = {colours(theme)[f"mark-{n}"] for n in (1, 2, 3, 4)}
        stage.qtbot.waitUntil(
            lambda wanted=wanted: wanted <= set(colours_of(stage.view.grab().toImage())),
            timeout=20_000,
        )


def test_marks_wait_for_their_article_and_leave_with_it(stage: Stage) -> None:
    other = page("<p>Another text, in which the tide came too.</p>", 43)
    stage.show(other)
    assert stage.painted() == {}
    at = stage.text.index("tide")
    stage.marking.paint(
        43, len(stage.text), [Highlight(9, 43, 2, Selector("tide", start=at, end=at + 4))]
    )
    assert stage.painted() == {"mark-2-0": ["tide"]}
    stage.show(page(HTML))
    assert stage.painted() == {}


def test_nothing_is_painted_on_another_text(stage: Stage) -> None:
    stage.marking.paint(42, len(stage.text) + 3, [stage.mark(1, "tide")])
    assert stage.painted() == {}


def test_a_click_on_a_highlight_names_it_and_the_shortest_wins(stage: Stage) -> None:
    long, short = "came in at dawn, and went", "dawn"
    at = stage.spot("dawn", end=True)
    beside = stage.spot("went")
    stage.paint(stage.mark(1, long), stage.mark(2, short, 2))
    QTest.mouseClick(stage.target, Qt.MouseButton.LeftButton, pos=at)
    stage.qtbot.waitUntil(lambda: stage.clicks == [2], timeout=20_000)
    assert stage.painted()["active"] == ["dawn"]
    QTest.mouseClick(stage.target, Qt.MouseButton.LeftButton, pos=beside)
    stage.qtbot.waitUntil(lambda: stage.clicks == [2, 1], timeout=20_000)
    with stage.qtbot.waitSignal(stage.marking.left, timeout=20_000):
        QTest.mouseClick(stage.target, Qt.MouseButton.LeftButton, pos=QPoint(8, 300))
    until(stage.qtbot, stage.engine_page, "CSS.highlights.has('active')", wanted=False)


def test_a_tap_is_a_click_and_a_finger_that_scrolls_is_none(stage: Stage) -> None:
    at = stage.spot("dawn")
    stage.paint(stage.mark(1, "dawn"))
    device = QTest.createTouchDevice()
    QTest.touchEvent(stage.target, device).press(0, at, stage.target)
    QTest.touchEvent(stage.target, device).move(0, at + QPoint(0, 60), stage.target)
    QTest.touchEvent(stage.target, device).release(0, at + QPoint(0, 60), stage.target)
    QTest.touchEvent(stage.target, device).press(0, at, stage.target)
    QTest.touchEvent(stage.target, device).release(0, at, stage.target)
    stage.qtbot.waitUntil(lambda: stage.clicks == [1], timeout=20_000)


def test_a_click_on_a_link_in_a_highlight_follows_the_link(stage: Stage) -> None:
    at = stage.spot("gate", end=True)
    stage.paint(stage.mark(1, "The gate stayed"))
    with stage.qtbot.waitSignal(stage.view.link_clicked, timeout=20_000):
        QTest.mouseClick(stage.target, Qt.MouseButton.LeftButton, pos=at)
    assert stage.clicks == []


def test_the_keys_select_a_sentence_and_go_on_from_it(stage: Stage) -> None:
    stage.view.focus_page()
    stage.marking.sentence(1)
    stage.qtbot.waitUntil(lambda: len(stage.selections) == 1, timeout=20_000)
    assert stage.selections[-1].quote == "The tide came in at dawn, and went."
    stage.marking.sentence(1)
    stage.qtbot.waitUntil(lambda: len(stage.selections) == 2, timeout=20_000)
    assert stage.selections[-1].quote == "The gate stayed open."
    stage.marking.sentence(-1)
    stage.qtbot.waitUntil(lambda: len(stage.selections) == 3, timeout=20_000)
    assert stage.selections[-1].quote == "The tide came in at dawn, and went."
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(stage.target, Qt.Key.Key_Right, shift | control)
    stage.qtbot.waitUntil(lambda: len(stage.selections) >= 4, timeout=20_000)
    assert stage.selections[-1].quote == "The tide came in at dawn, and went. The"


def test_the_keys_take_sentences_in_and_leave_them_out(stage: Stage) -> None:
    first = "The tide came in at dawn, and went."
    stage.view.focus_page()
    stage.marking.sentence(1)
    stage.qtbot.waitUntil(lambda: len(stage.selections) == 1, timeout=20_000)
    for way, quote in (
        (1, f"{first} The gate stayed open."),
        (-1, first),
    ):
        stage.marking.extend(way)
        stage.qtbot.waitUntil(lambda q=quote: stage.selections[-1].quote == q, timeout=20_000)
    for _ in range(3):  # over the edge of a block too
        stage.marking.extend(1)
    start, size = stage.text.index(first), len(first)
    stage.qtbot.waitUntil(lambda: "\n" in stage.selections[-1].quote, timeout=20_000)
    assert stage.text[start:].startswith(stage.selections[-1].quote)
    assert stage.selections[-1].end > start + size


def test_the_keys_go_from_highlight_to_highlight(stage: Stage) -> None:
    stage.paint(
        stage.mark(1, "dawn"),
        stage.mark(2, "Paragraph 20 of"),
        stage.mark(3, "Paragraph 39 of", 4),
    )
    for way, wanted in ((1, 1), (1, 2), (1, 3), (1, 3), (-1, 2)):
        count = len(stage.clicks)
        stage.marking.step(way)
        stage.qtbot.waitUntil(lambda c=count: len(stage.clicks) > c, timeout=20_000)
        assert stage.clicks[-1] == wanted
        box = stage.boxes[-1]
        assert 0 <= box.top() < box.bottom() <= stage.view.height()


def test_the_walls_stand_with_highlights_in_the_page(stage: Stage) -> None:
    stage.paint(stage.mark(1, "dawn"))
    assert stage.ask("document.scripts.length") == 0
    stage.engine_page.runJavaScript("document.title = typeof marks", 0)
    assert stage.ask("document.title") == "Readlater"


def real_pages(shared: Path) -> list[tuple[str, bytes]]:
    """Pages of each source of the corpus, in a dozen languages among them."""
    folder = shared / "corpus" / "extraction"
    sample = json.loads((folder / "sample.json").read_text(encoding="utf-8"))
    names = [(source, name) for source in sample for name in sample[source][:6]]
    files = [(name, folder / source / "pages" / f"{name}.html.gz") for source, name in names]
    return [(name, gzip.decompress(file.read_bytes())) for name, file in files if file.exists()]


def test_real_pages_are_counted_alike(stage: Stage, shared: Path) -> None:
    tried = 0
    for number, (name, body) in enumerate(real_pages(shared), 100):
        extracted = extract_page(body, f"https://site.example/{name}")
        if not extracted.html:
            continue
        held = article(number, excerpt=extracted.excerpt, title=extracted.title)
        html = for_reading(extracted.html, {})
        show_and_wait(stage.qtbot, stage.view, Page(held, html), stage.view.show_article)
        assert stage.ask("marks.shown()") == shown_text(extracted.html), name
        tried += 1
    assert tried >= 15


@pytest.mark.parametrize("theme", ["light", "sepia", "dark", "black"])
def test_text_keeps_seven_to_one_on_each_colour(theme: str) -> None:
    sheet = resources.text("css/highlights.css")
    said = re.search(rf"\.{theme}\b[^{{]*{{ --on-mark: (#[0-9a-f]{{6}})", sheet)
    named = colours(theme) | ({"text": said[1]} if said else {})
    assert bool(said) == (theme in ("dark", "black"))

    def light(name: str) -> float:
        colour = QColor(named[name])
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for number in (1, 2, 3, 4):
        low, high = sorted((light("text"), light(f"mark-{number}")))
        assert (high + 0.05) / (low + 0.05) >= 7, (theme, number)


def test_a_link_that_leads_nowhere_looks_like_text(stage: Stage) -> None:
    stage.show(page('<p><a>by telephone</a> or <a href="https://a.example/">there</a></p>'))
    line = "[...document.querySelectorAll('.body a')].map((a) => getComputedStyle(a)"
    stage.qtbot.waitUntil(
        lambda: stage.ask(f"{line}.textDecorationLine).join()") == "none,underline", timeout=20_000
    )


def test_a_finger_that_rests_selects_a_word_for_the_bar(stage: Stage) -> None:
    at = stage.spot("dawn") + QPoint(4, 0)
    device = QTest.createTouchDevice()
    QTest.touchEvent(stage.target, device).press(0, at, stage.target)
    stage.qtbot.waitUntil(lambda: bool(stage.ask("[getSelection().toString()]")[0]), timeout=5_000)
    QTest.touchEvent(stage.target, device).release(0, at, stage.target)
    stage.qtbot.waitUntil(lambda: bool(stage.selections), timeout=5_000)
    assert stage.selections[-1].quote == "dawn"
