"""Ways through the article: notes beside their marks, there and back, headings, finding words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from reader_stage import ask, click, engine, opened, page, quiet_engine, show_and_wait, until

from readlater.ui.reader.view import ReaderView

pytestmark = quiet_engine
FILL = "".join(f"<p>Paragraph {n} of the tide tables.</p>" for n in range(120))
NOTED = (
    '<p>The rail was on the right.<sup><a href="#fn1" id="ref1">1</a></sup></p>'
    f'{FILL}<ol><li id="fn1"><p>It was moved in <em>May</em>. <a href="#ref1">↩</a></p></li></ol>'
)
HEADED = f"<h2>One</h2>{FILL}<h3>Two</h3>{FILL}<h2>Three</h2>{FILL}"


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ReaderView]:
    yield from opened(qtbot)


def show(qtbot: QtBot, view: ReaderView, html: str) -> None:
    show_and_wait(qtbot, view, page(html, title="Tides"), view.show_article)


OPEN = "document.getElementById('note').matches(':popover-open')"


def test_a_note_opens_beside_its_mark(qtbot, view) -> None:
    show(qtbot, view, NOTED)
    click(qtbot, view, engine(view), "sup a")
    until(qtbot, engine(view), OPEN)
    said = ask(qtbot, engine(view), "document.querySelector('#note > div').innerText.trim()")
    assert said == "It was moved in May."
    assert ask(qtbot, engine(view), "scrollY") == 0
    assert ask(qtbot, engine(view), "document.querySelectorAll('#note [id]').length") == 0
    heard = []
    view.tour.close_note(heard.append)
    until(qtbot, engine(view), OPEN, False)
    view.tour.close_note(heard.append)
    qtbot.waitUntil(lambda: heard == [True, False])


def test_from_a_note_there_and_back(qtbot, view) -> None:
    show(qtbot, view, NOTED)
    click(qtbot, view, engine(view), "sup a")
    until(qtbot, engine(view), OPEN)
    click(qtbot, view, engine(view), "#note .go")
    until(qtbot, engine(view), "scrollY > 1000")
    assert ask(qtbot, engine(view), OPEN) is False
    assert ask(qtbot, engine(view), "document.querySelector('.arrived')?.id") == "rl-fn1"
    click(qtbot, view, engine(view), "#back")
    until(qtbot, engine(view), "scrollY", 0)
    assert ask(qtbot, engine(view), "document.getElementById('back').hidden")


def test_the_mark_of_a_note_leads_back_up(qtbot, view) -> None:
    show(qtbot, view, NOTED)
    view.restore(1.0)
    until(qtbot, engine(view), "scrollY > 1000")
    click(qtbot, view, engine(view), "li a")
    until(qtbot, engine(view), "scrollY < 200")
    assert ask(qtbot, engine(view), OPEN) is False


def test_the_next_article_knows_no_way_back(qtbot, view) -> None:
    show(qtbot, view, NOTED)
    view.tour.go("rl-fn1")
    until(qtbot, engine(view), "scrollY > 1000")
    show(qtbot, view, NOTED)
    assert ask(qtbot, engine(view), "document.getElementById('back').hidden")


def test_headings_are_gone_through_and_listed(qtbot, view) -> None:
    show(qtbot, view, HEADED)
    heard = []
    view.tour.outline(lambda headings, under: heard.append((headings, under)))
    qtbot.waitUntil(lambda: bool(heard))
    assert [(h.level, h.words) for h in heard[0][0]] == [
        (1, "Tides"),
        (2, "One"),
        (3, "Two"),
        (2, "Three"),
    ]
    top = "Math.round(document.querySelectorAll('h1, h2, h3')[{}].getBoundingClientRect().top)"
    view.tour.to_heading(3)
    until(qtbot, engine(view), top.format(3), 28)
    view.tour.step_heading(-1)
    until(qtbot, engine(view), top.format(2), 28)
    view.tour.step_heading(1)
    until(qtbot, engine(view), top.format(3), 28)
    view.tour.outline(lambda headings, under: heard.append((headings, under)))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1][1] == 3


def test_words_are_found_and_counted(qtbot, view) -> None:
    show(qtbot, view, HEADED)
    told = []
    view.found.connect(lambda at, of: told.append((at, of)))
    view.find_words("Paragraph 7 ")
    qtbot.waitUntil(lambda: (1, 3) in told, timeout=10_000)
    view.find_words("Paragraph 7 ")
    qtbot.waitUntil(lambda: (2, 3) in told, timeout=10_000)
    view.find_words("Paragraph 7 ", back=True)
    qtbot.waitUntil(lambda: told[-1] == (1, 3), timeout=10_000)
    view.find_words("no such words")
    qtbot.waitUntil(lambda: told[-1] == (0, 0), timeout=10_000)


def test_the_end_offers_what_comes_next(qtbot, view) -> None:
    show(qtbot, view, "<p>Short.</p>")
    for name in ("archive", "favourite", "next"):
        with qtbot.waitSignal(view.deed_clicked, timeout=10_000) as told:
            click(qtbot, view, engine(view), f".after a[href$='{name}']")
        assert told.args == [name]


def test_the_end_follows_what_the_article_becomes(qtbot, view) -> None:
    show(qtbot, view, "<p>Short.</p>")
    became = page("", archived_at=1.0, favourite=True, title="Tides").article
    view.show_end(became)
    until(qtbot, engine(view), "document.querySelectorAll('.after').length", 1)
    until(
        qtbot,
        engine(view),
        "[...document.querySelectorAll('.after bdi')].map((e) => e.innerText).join()",
        "Move to Unread,Favourite,Next article",
    )


@pytest.mark.parametrize("address", ["back", "go/rl-x", "jump/rl-x", "deed/archive", "access"])
def test_a_page_cannot_write_our_own_links(qtbot, view, address) -> None:
    html = f'<p><a href="readlater://reader/{address}">x</a> <a href="/{address}">y</a></p>'
    show(qtbot, view, html)
    assert ask(qtbot, engine(view), "document.querySelectorAll('.body a[href]').length") == 0


def test_ctrl_and_the_wheel_ask_for_another_size(qtbot, view) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    show(qtbot, view, "<p>Short.</p>")
    target = view.focusProxy().focusProxy()
    with qtbot.waitSignal(view.resized_text) as told:
        QApplication.sendEvent(
            target,
            QWheelEvent(
                QPointF(100, 100),
                target.mapToGlobal(QPointF(100, 100)),
                QPoint(),
                QPoint(0, 120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.ControlModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )
    assert told.args == [1]
