"""The reading view with the real engine: what it shows, where it scrolls, what it tells."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from reader_stage import (
    DIGEST,
    OTHER,
    ask,
    click,
    engine,
    opened,
    page,
    png,
    quiet_engine,
    show_and_wait,
    until,
)

from readlater.article import Access
from readlater.ui.reader.colours import colours
from readlater.ui.reader.look import Look
from readlater.ui.reader.ready import made_ready
from readlater.ui.reader.view import ReaderView

pytestmark = quiet_engine
LONG = "".join(f"<p>Paragraph {n} of the tide tables.</p>" for n in range(200))
CANVAS = "getComputedStyle(document.documentElement).backgroundColor"


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ReaderView]:
    picture = png()
    yield from opened(qtbot, lambda digest: picture if digest in {DIGEST, OTHER} else None)


def show(qtbot: QtBot, view: ReaderView, shown) -> None:
    show_and_wait(qtbot, view, shown, view.show_article)


def test_the_engine_is_imported_only_when_it_is_made() -> None:
    script = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from readlater.ui.reader.view import ReaderView\n"
        "app = QApplication([])\n"
        "view = ReaderView(lambda digest: None)\n"
        "view.set_theme('dark'); view.restore(0.5); view.show_nothing(); view.page_down()\n"
        "view.close_page()\n"
        "print([m for m in sys.modules if 'WebEngine' in m])\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.stdout.strip() == "[]"


def test_an_article_is_shown_with_its_head(qtbot, view) -> None:
    shown = page(
        f'<p>The first words.</p><img src="/asset/{DIGEST}"><p>More.</p>',
        title="<img src=x> & tides",
        byline="Ines Aldaba",
        published="2026-11-03",
        site_name="Tide Watch",
        word_count=2530,
        tags=("climate",),
    )
    show(qtbot, view, shown)
    text = ask(qtbot, engine(view), "document.body.innerText")
    for words in ("<img src=x> & tides", "Tide Watch", "Ines Aldaba", "2026", "11 min", "climate"):
        assert words in text
    until(qtbot, engine(view), "document.images[0].naturalWidth", 40)


def test_the_standfirst_stands_above_the_meta_line(qtbot, view) -> None:
    said = "A ferryman drew a map of where the water wanted to go."
    text = f"<div><p>{said}</p><p>The wall was never handsome.</p><p>It was raised twice.</p></div>"
    show(qtbot, view, page(text, excerpt=said, byline="Ines"))
    order = "[...document.querySelector('#article > header').children].map((e) => e.className)"
    assert ask(qtbot, engine(view), order) == ["site", "", "standfirst", "meta"]
    assert ask(qtbot, engine(view), "document.body.innerText").count(said) == 1


def test_kicker_and_standfirst_before_the_lead_picture(qtbot, view) -> None:
    text = (
        f"<div><p>Night trains</p><p>A move that nobody in the ministry could explain</p>"
        f'<figure><img src="/asset/{DIGEST}"></figure><p>The sleeper leaves at ten.</p></div>'
    )
    show(qtbot, view, page(text))
    order = "[...document.querySelector('#article > header').children].map((e) => e.className)"
    assert ask(qtbot, engine(view), order) == ["site", "kicker", "", "standfirst", "meta"]
    assert (
        ask(qtbot, engine(view), "document.querySelector('.body').firstChild.tagName") == "FIGURE"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<p>It was a long night at the sea.</p><figure><img src='/asset/x'></figure><p>More.</p>",
        "<p>It was a long night at the sea</p><p>It was a long day.</p><p>More.</p>",
        "<p>Only this</p>",
        "Bare words <b>without</b> a block",
        "",
    ],
)
def test_an_ordinary_beginning_stays_in_the_text(qtbot, view, text) -> None:
    show(qtbot, view, page(text))
    order = "[...document.querySelector('#article > header').children].map((e) => e.className)"
    assert ask(qtbot, engine(view), order) == ["site", "", "meta"]


def test_our_own_fonts_are_used(qtbot, view) -> None:
    show(qtbot, view, page("<p>Ferryman</p>"))
    until(
        qtbot,
        engine(view),
        "[...new Set([...document.fonts].filter((f) => f.status === 'loaded')"
        ".map((f) => f.family.replaceAll('\"', '')))].sort().join()",
        "Inter Variable,Literata Variable",
    )


def test_the_theme_is_followed_without_a_load(qtbot, view) -> None:
    show(qtbot, view, page(LONG))
    with qtbot.assertNotEmitted(engine(view).loadStarted):
        for theme in ("dark", "sepia", "black", "light"):
            view.set_theme(theme)
            wanted = colours(theme)["canvas"].removeprefix("#")
            rgb = ", ".join(str(int(wanted[i : i + 2], 16)) for i in (0, 2, 4))
            until(qtbot, engine(view), CANVAS, f"rgb({rgb})")
            assert engine(view).backgroundColor().name() == f"#{wanted}"


def test_theme_and_size_are_one_style_pass_each(qtbot, view) -> None:
    show(qtbot, view, page(LONG))
    ask(
        qtbot,
        engine(view),
        "(globalThis.passes = 0, globalThis.watch = new MutationObserver(() => passes++),"
        " watch.observe(document.documentElement, {attributes: true}), 1)",
    )
    with qtbot.assertNotEmitted(engine(view).loadStarted):
        for look, theme in ((Look(size_px=24), "light"), (Look(size_px=24), "dark")):
            view.set_look(look)  # both, as the window does whichever changed
            view.set_theme(theme)
        view.set_look(Look(size_px=24))
        view.set_theme("dark")
        until(qtbot, engine(view), "getComputedStyle(document.body).fontSize", "24px")
        until(qtbot, engine(view), "document.documentElement.className", "dark")
    assert ask(qtbot, engine(view), "passes") == 2


def test_a_ready_page_is_in_place_where_it_was_left(qtbot, view) -> None:
    shown = page(LONG + "<script>document.title = 'run'</script>", 7, progress=0.5)
    show_and_wait(
        qtbot,
        view,
        made_ready(shown, divides=False),
        lambda ready: view.show_article(ready, at=0.5),
    )
    assert ask(qtbot, engine(view), "scrollY") > 1000
    assert ask(qtbot, engine(view), "document.querySelectorAll('script').length") == 0


def test_a_page_made_ready_for_another_typography_is_made_anew(qtbot, view) -> None:
    view.set_look(Look(justify=True))
    shown = page("<p>Extraordinary circumstances</p>", 7, language="en")
    show(qtbot, view, made_ready(shown, divides=False))
    assert ask(qtbot, engine(view), "document.querySelectorAll('.h').length") > 0


def test_a_theme_set_before_the_engine_is_there_holds(qtbot, view) -> None:
    view.set_theme("dark")
    assert view.palette().window().color().name() == colours("dark")["canvas"]
    show(qtbot, view, page(LONG))
    assert ask(qtbot, engine(view), "document.documentElement.className") == "dark"


def test_only_the_newest_of_two_articles_is_shown(qtbot, view) -> None:
    show(qtbot, view, page("<p>One</p>", 1))
    view.show_article(page("<p>Two</p>", 2))
    show(qtbot, view, page("<p>Three</p>", 3))
    assert ask(qtbot, engine(view), "document.querySelector('.body').innerText") == "Three"


def test_an_article_begins_at_its_top(qtbot, view) -> None:
    show(qtbot, view, page(LONG, 1))
    view.restore(1.0)
    until(qtbot, engine(view), "scrollY > 1000")
    show(qtbot, view, page(LONG, 2))
    assert ask(qtbot, engine(view), "scrollY") == 0


def test_progress_is_told_when_a_person_moves(qtbot, view) -> None:
    show(qtbot, view, page(LONG, 5))
    view.restore(0.5)
    until(qtbot, engine(view), "scrollY > 1000")
    with qtbot.waitSignal(view.progressed, timeout=5000) as told:
        assert view.page_down()
    id_, progress, _spot = told.args
    assert id_ == 5
    assert 0.55 < progress < 0.65  # where one was put is not told: it is where one was


def test_any_scrolling_tells_its_progress(qtbot, view) -> None:
    show(qtbot, view, page(LONG, 5))
    with qtbot.waitSignal(view.progressed, timeout=5000) as told:
        ask(qtbot, engine(view), "(scrollTo(0, 4000), 1)")
    assert told.args[0] == 5
    assert told.args[1] > 0.3


def test_leaving_tells_where_one_was(qtbot, view) -> None:
    show(qtbot, view, page(LONG, 5))
    with qtbot.waitSignal(view.progressed, timeout=5000) as told:
        ask(qtbot, engine(view), "(scrollTo(0, 4000), 1)")
        view.show_article(page(LONG, 6))
    assert told.args[0] == 5
    assert told.args[1] > 0.3


def test_the_place_is_kept_while_pictures_come(qtbot) -> None:
    answers = []
    picture = png()

    def later(work, done) -> None:
        got = work()
        if isinstance(got, str):
            done(got)
        else:
            answers.append(lambda: done(got))

    view = ReaderView(lambda _digest: picture, run=later)
    qtbot.addWidget(view)
    view.resize(700, 800)
    view.show()
    tall = "".join(f'<p><img src="/asset/{d}"></p>' for d in (DIGEST, OTHER)) + LONG
    show(qtbot, view, page(tall))
    view.restore(0.5)
    until(qtbot, engine(view), "scrollY > 1000")
    qtbot.waitUntil(lambda: len(answers) == 2)
    before = ask(qtbot, engine(view), "document.documentElement.scrollHeight")
    for answer in answers:
        answer()
    until(qtbot, engine(view), f"document.documentElement.scrollHeight > {before}")
    half = "Math.abs(scrollY / (document.documentElement.scrollHeight - innerHeight) - 0.5) < 0.002"
    until(qtbot, engine(view), half)
    view.close_page()


def test_page_down_until_the_end(qtbot, view) -> None:
    assert view.page_down() is False  # nothing is open
    show(qtbot, view, page(LONG))
    assert view.page_down() is True
    until(qtbot, engine(view), "scrollY > 600")
    view.restore(1.0)
    qtbot.waitUntil(lambda: view.page_down() is False)
    show(qtbot, view, page("<p>Short</p>", 2))
    assert view.page_down() is False  # all of it is in view
    show(qtbot, view, page(LONG, 3))
    assert view.page_down() is True


def test_a_link_is_told_and_not_followed(qtbot, view) -> None:
    text = '<p><a href="https://other.example/x?a=1&amp;b=%20">a link to click</a></p>'
    show(qtbot, view, page(text))
    for button, told_by in (
        (Qt.MouseButton.LeftButton, view.link_clicked),
        (Qt.MouseButton.MiddleButton, view.marking.web_clicked),
    ):
        with qtbot.waitSignal(told_by, timeout=5000) as told:
            click(qtbot, view, engine(view), ".body a", button)
        assert told.args == ["https://other.example/x?a=1&b=%20"]
    assert engine(view).url().toString() == "readlater://reader/"
    assert (
        ask(qtbot, engine(view), "document.querySelector('.body').innerText") == "a link to click"
    )


def test_a_link_to_a_place_in_the_article_goes_there(qtbot, view) -> None:
    for address in ("#note", "https://site.example/42#note"):
        text = f'<p><a href="{address}">see the note below</a></p>{LONG}<p id="note">Note</p>'
        show(qtbot, view, page(text))
        with qtbot.assertNotEmitted(view.link_clicked):
            click(qtbot, view, engine(view), ".body a")
            until(qtbot, engine(view), "scrollY > 1000")


def test_the_badge_is_told_with_its_article(qtbot, view) -> None:
    show(qtbot, view, page(LONG, 7, access=Access.PREVIEW, removed_count=4))
    assert ask(qtbot, engine(view), "document.querySelector('.pill').innerText") == "Preview"
    with qtbot.waitSignal(view.access_clicked, timeout=5000) as told:
        click(qtbot, view, engine(view), ".pill")
    assert told.args == [7]
    end = ask(qtbot, engine(view), "document.querySelector('.end').innerText")
    assert end == "The publisher delivered this far. 4 blocks were taken out."
    ask(qtbot, engine(view), "(document.querySelector('.end').scrollIntoView(), 1)")
    with qtbot.waitSignal(view.removed_clicked, timeout=5000) as told:
        click(qtbot, view, engine(view), ".end a")
    assert told.args == [7]


def test_a_text_that_changes_keeps_the_place_of_who_reads_it(qtbot, view) -> None:
    parts = [f"<p>Part {i}. {'The wall stood in the rain. ' * 12}</p>" for i in range(40)]
    show(qtbot, view, page("".join(parts), 7))
    top = "(n => [...document.querySelectorAll('p')].find(p => p.innerText.startsWith(n))"
    top += ".getBoundingClientRect().top)('Part 20.')"
    ask(qtbot, engine(view), "(scrollTo({top: 2600, behavior: 'instant'}), 1)")
    before = ask(qtbot, engine(view), top)
    offer = f"<div><h3>Sign up</h3><p>{'Get our newsletter. ' * 40}</p></div>"
    with qtbot.waitSignal(view.shown):
        view.show_article(page("".join([*parts[:2], offer, *parts[2:]]), 7), keep_place=True)
    assert abs(ask(qtbot, engine(view), top) - before) <= 1
    with qtbot.waitSignal(view.shown):
        view.show_article(page("".join(parts), 8), keep_place=True)  # another one begins
    assert ask(qtbot, engine(view), "scrollY") == 0


def test_right_to_left(qtbot, view) -> None:
    shown = page("<p>החומה</p>" * 3, title="העיר", language="he", direction="rtl")
    show(qtbot, view, shown)
    script = (
        "(() => { const a = document.getElementById('article').getBoundingClientRect();"
        " const t = document.querySelector('.tile').getBoundingClientRect();"
        " return [document.getElementById('article').lang, Math.round(a.right - t.right)]; })()"
    )
    assert ask(qtbot, engine(view), script) == ["he", 0]
    show(qtbot, view, page(LONG, 2))
    assert ask(qtbot, engine(view), "document.documentElement.dir") == "ltr"


def test_nothing_is_wider_than_the_column(qtbot, view) -> None:
    view.resize(420, 700)
    cells = "".join(f"<td>column{n}withalongword</td>" for n in range(20))
    text = (
        f"<table><tr>{cells}</tr></table><pre>{'x' * 500}</pre><p>{'y' * 500}</p>"
        f'<img src="/asset/{DIGEST}" width="4000" height="2000">'
    )
    show(qtbot, view, page(text))
    until(qtbot, engine(view), "document.images[0].complete")
    assert ask(qtbot, engine(view), "document.documentElement.scrollWidth <= innerWidth")


def test_a_dead_renderer_is_started_again(qtbot, view) -> None:
    show(qtbot, view, page("<p>Still here</p>", 9))
    with qtbot.waitSignal(view.shown, timeout=20_000) as again:
        os.kill(engine(view).renderProcessPid(), signal.SIGKILL)
    assert again.args == [9]
    assert ask(qtbot, engine(view), "document.querySelector('.body').innerText") == "Still here"


def test_show_nothing_closes_the_article(qtbot, view) -> None:
    show(qtbot, view, page(f'<img src="/asset/{DIGEST}">'))
    view.show_nothing()
    until(qtbot, engine(view), "document.body.innerText.trim()", "")


def test_the_engine_can_end_while_it_is_asked(qtbot, view) -> None:
    show(qtbot, view, page(LONG, 1))
    view.show_article(page(LONG, 2))
    view.restore(0.5)
    with qtbot.captureExceptions() as raised, qtbot.assertNotEmitted(view.shown):
        view.close_page()
    assert raised == []


def test_the_engine_can_end_and_be_made_anew(qtbot, view) -> None:
    show(qtbot, view, page("<p>One</p>", 1))
    view.close_page()
    assert view.page_down() is False
    show(qtbot, view, page("<p>Two</p>", 2))
    assert ask(qtbot, engine(view), "document.querySelector('.body').innerText") == "Two"
