"""Where one reads: held by the words, whatever becomes of size, width, theme and text."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reader_stage import ask, engine, opened, page, quiet_engine, show_and_wait, until

from readlater.article import Spot
from readlater.ui.reader.look import Look
from readlater.ui.reader.resting import Resting
from readlater.ui.reader.view import ReaderView

pytestmark = quiet_engine
NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
LINES = [f"Day {n}: the water stood at {NUMBERS[n % 12]} feet and {n} inches." for n in range(240)]
LONG = "".join(f"<p>{line} Nobody wrote down why it did.</p>" for line in LINES)
IN_VIEW = "place.now()?.suffix.replace(/\\s+/g, ' ').slice(0, 12)"
HALF = "Math.abs(scrollY / (document.documentElement.scrollHeight - innerHeight) - 0.5) < 0.01"


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ReaderView]:
    yield from opened(qtbot)


def spot_of(text: str, day: int) -> Spot:
    at = text.index(f"Day {day}:")
    return Spot(at, text[at - 40 : at], text[at : at + 40])


def show(qtbot: QtBot, view: ReaderView, html: str, number: int = 1) -> str:
    show_and_wait(qtbot, view, page(html, number), view.show_article)
    return ask(qtbot, engine(view), "place.body().textContent")


def test_a_place_is_found_by_its_words(qtbot, view) -> None:
    text = show(qtbot, view, LONG)
    view.restore(0.1, spot_of(text, 150))
    until(qtbot, engine(view), IN_VIEW, "Day 150: the")


def test_the_place_survives_size_width_face_and_theme(qtbot, view) -> None:
    text = show(qtbot, view, LONG)
    view.restore(0.1, spot_of(text, 120))
    until(qtbot, engine(view), IN_VIEW, "Day 120: the")
    view._surface.release()  # as the first touch does
    for look in (
        Look(size_px=33),
        Look(size_px=14, measure=40),
        Look(face="sans", leading=2.2, indent=True),
        Look(justify=True),
        Look(),
    ):
        view.set_look(look)
        view.set_theme("black")
        heard = ask(qtbot, engine(view), "place.now().offset")
        assert abs(heard - text.index("Day 120:")) < 120, look


def test_the_place_survives_a_window_of_another_width(qtbot, view) -> None:
    text = show(qtbot, view, LONG)
    view.restore(0.1, spot_of(text, 120))
    until(qtbot, engine(view), IN_VIEW, "Day 120: the")
    view._surface.release()  # as the first touch does
    qtbot.waitUntil(lambda: not view._surface._report.isActive(), timeout=10_000)
    whole = view.width()
    for width in (whole // 2, whole // 2 - 60, whole // 3, whole):
        view.resize(width, view.height())
        until(qtbot, engine(view), "innerWidth", width)
        qtbot.waitUntil(
            lambda: (
                abs(ask(qtbot, engine(view), "place.now().offset") - text.index("Day 120:")) < 60
            ),
            timeout=10_000,
        )
    # The next touch frees it again.
    assert view.page_down()
    assert view._surface._at is None


@pytest.mark.parametrize(
    "other",
    [
        "<p>A line that was not there before.</p>" * 30 + LONG,
        "".join(f"<p>{line} Nobody wrote down why it did.</p>" for line in LINES[40:]),
        LONG.replace(" ", "\n  "),
        LONG.replace("Nobody wrote down why it did.", "Nobody knew."),
    ],
    ids=["longer", "shorter", "spaced", "edited"],
)
def test_the_place_survives_an_extraction_that_reads_otherwise(qtbot, view, other) -> None:
    text = show(qtbot, view, LONG)
    spot = spot_of(text, 150)
    show(qtbot, view, other, 2)
    view.restore(0.1, spot)
    until(qtbot, engine(view), IN_VIEW, "Day 150: the")


def test_words_that_are_gone_leave_the_progress(qtbot, view) -> None:
    show(qtbot, view, LONG)
    view.restore(0.5, Spot(4000, "words that no copy ever had,", "nor these words here"))
    until(qtbot, engine(view), HALF)


def test_the_spot_is_told_with_the_progress(qtbot, view) -> None:
    show(qtbot, view, LONG, 7)
    with qtbot.waitSignal(view.progressed, timeout=5000) as told:
        assert view.page_down()
    number, progress, spot = told.args
    assert (number, 0 < progress < 0.2) == (7, True)
    text = ask(qtbot, engine(view), "place.body().textContent")
    assert text[spot.offset :].startswith(spot.suffix)
    assert text[: spot.offset].endswith(spot.prefix)


def test_who_stays_at_the_end_has_not_left_it(qtbot, view) -> None:
    show(qtbot, view, LONG, 7)
    view.restore(0.99)
    until(qtbot, engine(view), "scrollY > 1000")
    view._surface.release()
    told = []
    view.progressed.connect(lambda *said: told.append(said))
    while view.page_down():
        until(qtbot, engine(view), "true")
    show(qtbot, view, "<p>Another</p>", 8)
    qtbot.waitUntil(lambda: bool(told) and told[-1][:2] == (7, 1.0))
    assert all(progress <= 0.99 for _, progress, _ in told[:-1])


def test_space_at_the_end_asks_for_the_next_article(qtbot, view) -> None:
    show(qtbot, view, "<p>Short.</p>")
    with qtbot.waitSignal(view.ended, timeout=5000):
        qtbot.keyClick(view.focusProxy().focusProxy(), Qt.Key.Key_Space)


def test_two_lines_stay_in_view_when_one_pages_on(qtbot, view) -> None:
    show(qtbot, view, LONG)
    until(qtbot, engine(view), "innerHeight", 800)
    view.set_look(Look(size_px=30, leading=2.0))
    assert view.page_down()
    until(qtbot, engine(view), "scrollY > 0")
    assert 800 - 3 * 60 - 8 <= ask(qtbot, engine(view), "scrollY") <= 800 - 2 * 60


EDGES = """(() => {
  const lines = [];
  for (const p of document.querySelectorAll('#article .body :is(p, li, td, h2)')) {
    const range = document.createRange();
    range.selectNodeContents(p);
    lines.push(...[...range.getClientRects()].map((r) => [r.top, r.bottom]));
  }
  const whole = lines.filter(([top, bottom]) => top >= 0 && bottom <= innerHeight);
  return JSON.stringify({
    cut: lines.filter(([top, bottom]) => top < -0.5 && bottom > 0.5),
    first: lines.findIndex(([top]) => top >= 0),
    past: lines.findLastIndex(([, bottom]) => bottom <= innerHeight) + 1,
    ended: scrollY + innerHeight >= document.documentElement.scrollHeight - 1,
  });
})()"""
MIXED = "<h2>Days</h2><ul>{0}</ul><table><tr><td>{1}</td></tr></table><p>{0}</p>".format(
    "".join(f"<li>{line * 3}</li>" for line in LINES[:20]), LINES[3]
)


@pytest.mark.parametrize("size_px", [17, 19, 23])
def test_space_neither_cuts_a_line_nor_leaves_one_out(qtbot, view, size_px) -> None:
    show(qtbot, view, MIXED + LONG[:9000] + MIXED)
    view.set_look(Look(size_px=size_px))
    until(qtbot, engine(view), "getComputedStyle(article).fontSize", f"{size_px}px")
    seen = json.loads(ask(qtbot, engine(view), EDGES))
    pages = 0
    while view.page_down():
        pages += 1
        now = json.loads(ask(qtbot, engine(view), EDGES))
        assert now["first"] <= seen["past"]
        assert now["ended"] or now["cut"] == []
        assert now["past"] > seen["past"]
        seen = now
    assert pages > 5
    assert seen["ended"]


def test_a_view_that_slept_shows_the_same_words(qtbot, view) -> None:
    text = show(qtbot, view, LONG, 3)
    view.restore(0.1, spot_of(text, 150))
    until(qtbot, engine(view), IN_VIEW, "Day 150: the")
    view.hide()
    view.sleep()
    assert view.focusProxy() is None
    with qtbot.waitSignal(view.shown, timeout=30_000) as told:
        view.show()
    assert told.args == [3]
    until(qtbot, engine(view), IN_VIEW, "Day 150: the")


def test_what_was_closed_while_it_slept_does_not_come_back(qtbot, view) -> None:
    show(qtbot, view, LONG, 3)
    view.hide()
    view.sleep()
    view.show_nothing()
    view.show()
    until(qtbot, engine(view), "document.getElementById('article')?.innerText ?? null", "")
    show(qtbot, view, "<p>Another</p>", 4)


def test_a_window_tells_when_it_is_long_out_of_sight(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    resting = Resting(window, long_ms=1)
    window.show()
    with qtbot.waitSignal(resting.long_away):
        window.hide()
    with qtbot.waitSignal(resting.back):
        window.show()
    with qtbot.waitSignal(resting.long_away):
        window.showMinimized()
    with qtbot.waitSignal(resting.back):
        window.showNormal()
