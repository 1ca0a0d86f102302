"""V and Shift+V in a real window: the page as it came, beside its article, and away again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from deed_stage import Stage, stage
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reader_stage import APPLICATION_WORLD, ask, engine, quiet_engine, until
from site_server import PROSE

from readlater.article import View
from readlater.library import Library
from readlater.ui.actions.raw_desk import RawDesk, Way
from readlater.ui.reader.view import ReaderView

pytestmark = quiet_engine
OFFER = (
    "<div class='newsletter-signup'><h3>Sign up for our newsletter</h3>"
    "<p>Harbour stories in your inbox. Subscribe to the newsletter.</p>"
    "<form><input type=email><button>Sign up</button></form></div>"
)


def page(title: str, *, count: int = 40) -> bytes:
    text = "".join(f"<p>Part {i} of {title}. {PROSE}</p>" for i in range(count))
    return (
        f"<html lang=en><head><title>{title}</title></head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>{title}</h1>{text[: len(text) // 2]}</p>{OFFER}<p>{text[len(text) // 2 :]}"
        "</article><footer>All rights kept</footer></body></html>"
    ).encode()


UNSURE = (
    "<html lang=en><head><title>Cut</title><link rel=stylesheet href=/a.css></head><body><article>"
    f"<h1>Cut</h1><p>{PROSE}</p><p>{PROSE} Two.</p><p>And then there was the man who</p>"
    "<div class=paywall><p>Subscribe to read the rest</p></div></article>"
    "<div class=comment-list><p>What nobody had been told is that it was condemned.</p></div>"
).encode()


@pytest.fixture
def at(library: Library, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    library.saving.add_page(UNSURE, "https://wall.example/cut")
    library.saving.add_page(page("Ferry"), "https://wall.example/ferry")
    library.saving.add_page(page("Wall"), "https://wall.example/wall")
    while library.fetching.step():
        pass
    readers: list[ReaderView] = []

    def reader() -> ReaderView:
        readers.append(ReaderView(library.reading.asset))
        return readers[-1]

    with stage(library, qtbot, tmp_path, reader=reader) as made:
        with qtbot.waitSignal(made.window.reader_pane.prepare().shown, timeout=30_000):
            made.show()
        view = made.window.reader_pane.page_view
        view.focus_page()
        # With its faces the text finds its length.
        faces = "[...document.fonts].filter((f) => f.status === 'loaded').length > 1"
        until(qtbot, engine(view), f"{faces} && document.fonts.status === 'loaded'")
        until(qtbot, engine(view), "innerWidth", view.width())
        yield made
        desk(made).close()
        for view in readers:
            view.close_page()


def desk(at: Stage) -> RawDesk:
    return at.actions.deeds.raw


def shown(at: Stage, way: Way) -> None:
    at.until(lambda: desk(at).way is way)
    if way is not Way.OFF:
        at.until(lambda: bool(desk(at).view.open_id))


def raw(at: Stage, script: str) -> object:
    """What the page answers; None while another one comes in its place."""
    with at.qtbot.waitCallback() as answered:
        page = desk(at).view.focusProxy().page()
        page.runJavaScript(f"JSON.stringify({script})", APPLICATION_WORLD, answered)
    return json.loads(answered.args[0] or "null")


def clean(at: Stage, script: str) -> object:
    return ask(at.qtbot, engine(at.window.reader_pane.page_view), script)


# The number of the first paragraph in view; -9 where there is none.
FIRST = (
    "+([...document.querySelectorAll('p')].filter((p) => p.getBoundingClientRect().bottom > 20)"
    ".map((p) => p.textContent.match(/Part (\\d+)/)?.[1]).find((n) => n) ?? -9)"
)


def is_near(one: object, other: object) -> bool:
    """Whether the same paragraph is first, or one that just peeps in."""
    return isinstance(one, int) and isinstance(other, int) and abs(one - other) <= 1


def test_one_key_apart_at_the_same_words(at: Stage) -> None:
    clean(at, "document.querySelectorAll('.body p')[25].scrollIntoView()||1")
    until(at.qtbot, engine(at.window.reader_pane.page_view), "scrollY > 500")
    there = clean(at, FIRST)
    assert there > 20
    at.press(Qt.Key.Key_V)
    shown(at, Way.ALONE)
    pane = at.window.reader_pane
    assert pane.article_half.isHidden()
    assert desk(at).view.bar.words.text().startswith("The page as it came, saved ")
    assert "wall.example/wall" in desk(at).view.bar.words.accessibleName()
    assert "All rights kept" in str(raw(at, "document.body.textContent"))
    at.until(lambda: is_near(raw(at, FIRST), there))
    up = "(document.querySelectorAll('p')[5].scrollIntoView(), 1)"
    at.until(lambda: raw(at, up) and is_near(raw(at, FIRST), 5))
    at.press(Qt.Key.Key_V)
    shown(at, Way.OFF)
    at.until(lambda: is_near(clean(at, FIRST), 5))
    assert not pane.article_half.isHidden()
    assert pane.page_view.isAncestorOf(QApplication.focusWidget())


def test_side_by_side_both_scroll_together(at: Stage) -> None:
    at.window.resize(1500, 800)
    at.press(Qt.Key.Key_V, Qt.KeyboardModifier.ShiftModifier)
    shown(at, Way.BESIDE)
    halves = at.window.reader_pane.halves
    at.until(lambda: abs(halves.sizes()[0] - halves.sizes()[1]) < 4)

    def scrolled() -> bool:
        """A little further each time: the page still comes to the place of the article."""
        desk(at).view.matching.let_go()  # as a wheel does
        raw(at, "(scrollTo(0, Math.max(scrollY, 3000) + 7), 1)")
        return int(str(clean(at, "Math.round(scrollY)"))) > 500

    at.until(scrolled)
    at.until(lambda: is_near(clean(at, FIRST), raw(at, FIRST)))
    up = "(scrollTo(0, scrollY > 90 ? 0 : scrollY + 5), 1)"
    at.until(lambda: clean(at, up) and int(str(raw(at, "Math.round(scrollY)"))) < 400)
    at.trigger("view.side_by_side")
    shown(at, Way.OFF)


def test_without_room_for_both_the_page_stands_alone(at: Stage) -> None:
    at.window.resize(1500, 800)
    at.trigger("view.side_by_side")
    shown(at, Way.BESIDE)
    at.window.resize(620, 800)
    shown(at, Way.ALONE)
    at.window.resize(1500, 800)
    shown(at, Way.BESIDE)
    at.trigger("view.as_it_came")
    shown(at, Way.ALONE)
    at.trigger("view.as_it_came")
    shown(at, Way.OFF)


def test_find_counts_in_the_page_in_front_and_escape_leads_back(at: Stage) -> None:
    at.trigger("view.as_it_came")
    shown(at, Way.ALONE)
    at.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = at.window.reader_pane.find_bar
    at.until(lambda: bar.field.hasFocus())
    bar.field.setText("All rights kept")
    at.until(lambda: bar.count.text() == "1 of 1")
    at.qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    at.until(lambda: bar.isHidden() and desk(at).view.has_keys)
    at.press(Qt.Key.Key_Escape)
    shown(at, Way.OFF)


def test_another_article_ends_it(at: Stage) -> None:
    at.trigger("view.as_it_came")
    shown(at, Way.ALONE)
    at.show(row=1)
    shown(at, Way.OFF)
    at.trigger("view.as_it_came")
    shown(at, Way.ALONE)
    at.until(lambda: "of Ferry" in str(raw(at, "document.body.textContent")))


def test_a_page_that_cannot_be_known_is_not_shown_and_says_why(at: Stage) -> None:
    at.show(row=2)
    at.trigger("view.as_it_came")
    at.until(lambda: "cannot be known" in at.toast)
    assert desk(at).way is Way.OFF


def test_a_block_is_put_back_from_the_page_and_taken_out_again(at: Stage) -> None:
    at.trigger("view.as_it_came")
    shown(at, Way.ALONE)
    at.until(lambda: raw(at, "document.querySelector('.rl-taken a')?.textContent") == "Put back")
    assert "Not in the article" in str(raw(at, "document.body.textContent"))
    raw(at, "document.querySelector('.rl-taken a').click()||1")
    at.until(lambda: "put back" in at.toast.lower())
    row = at.window.opening.article.id
    assert "Harbour stories" in at.library.reading.text(row)
    at.until(
        lambda: raw(at, "document.querySelector('.rl-taken a')?.textContent") == "Take out again"
    )
    raw(at, "document.querySelector('.rl-taken a').click()||1")
    at.until(lambda: "Harbour stories" not in at.library.reading.text(row))


def test_the_engine_goes_when_the_page_was_left_for_a_while_or_the_window_is_away(
    at: Stage,
) -> None:
    made = RawDesk(at.actions.deeds, at.actions.deeds.links, kept_ms=1)
    made.toggle()
    at.until(lambda: made.view is not None and bool(made.view.open_id))
    made.toggle()
    at.until(lambda: made.view.matching is None)
    made.toggle()
    at.until(lambda: bool(made.view.open_id))
    made.close()
    assert made.view.matching is None
    assert made.way is Way.OFF


def test_the_deeds_of_the_line_over_the_page(at: Stage) -> None:
    at.trigger("view.as_it_came")
    shown(at, Way.ALONE)
    bar = desk(at).view.bar
    bar.web.click()
    assert at.opened == ["https://wall.example/wall"]
    raw(at, "document.querySelector('nav a').click()||1")
    at.until(lambda: at.opened[1:] == ["https://wall.example/"])
    bar.back.click()
    shown(at, Way.OFF)


def test_only_what_has_a_copy_has_a_page(at: Stage) -> None:
    assert at.actions.action("view.as_it_came").isEnabled()
    at.library.saving.add(["https://nowhere.invalid/"])
    at.show(View())
    at.settle()
    assert not at.actions.action("view.as_it_came").isEnabled()
    assert not at.actions.action("view.side_by_side").isEnabled()
