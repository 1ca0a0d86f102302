"""The page as it came behind its walls: each by itself, and what a person does with the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot
from raw_adapter import made
from reader_stage import DIGEST, Canary, ask, png, quiet_engine, until

from readlater.library.comparing import Part
from readlater.ui.reader.raw_surface import RawSurface
from readlater.ui.reader.raw_walls import RawDocument, document
from readlater.ui.reader.walls import Walls

pytestmark = quiet_engine
HOSTILE = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "hostile"
NONE = Walls(
    scripts_off=False, csp_header=False, csp_meta=False, interceptor=False, sanitised=False
)
RAN = "document.documentElement.dataset.ran ?? ''"
ATTACK = """
<link rel="stylesheet" href="{site}/sheet.css"><meta http-equiv="refresh" content="9;url={site}/r">
<script>document.documentElement.dataset.ran = 'yes'</script><script src="{site}/s.js"></script>
<p>Words of the page</p><img src="{site}/picture.png">
<img src="/asset/nothing" onerror="document.documentElement.dataset.ran = 'yes';
  fetch('{site}/fetched', {{mode: 'no-cors'}})">
<style>@import "{site}/imported.css"; p {{ background: url({site}/background.png) }}</style>
<iframe src="{site}/frame"></iframe><iframe src="file:///etc/passwd"></iframe>
<video src="{site}/film" poster="{site}/poster.png" autoplay></video>
<svg width="9" height="9"><image href="{site}/svg.png" width="9" height="9"/></svg>
<img src="file:///etc/passwd"><input type="image" src="{site}/button.png">
<form action="{site}/form"><button autofocus>Go</button></form>
"""
# A sandboxed load waits for these without end: they stand where the cleaning does.
PLUGINS = '<object data="{site}/object"></object><embed src="{site}/embed">'
PRECONNECT = '<p>Text<link rel="preconnect" href="{site}"><link rel="dns-prefetch" href="{site}">'
Stand = Callable[[Walls], RawSurface]


@pytest.fixture
def canary() -> Iterator[Canary]:
    server = Canary()
    yield server
    server.close()


@pytest.fixture
def stand() -> Iterator[Stand]:
    surfaces: list[RawSurface] = []

    def build(standing: Walls) -> RawSurface:
        picture = png()
        surface = RawSurface(lambda d: picture if d == DIGEST else None, standing=standing)
        surface.page.setVisible(True)
        surfaces.append(surface)
        return surface

    yield build
    for surface in surfaces:
        surface.close()


def show(qtbot: QtBot, surface: RawSurface, page: RawDocument) -> None:
    with qtbot.waitSignal(surface.shown, timeout=20_000):
        surface.show(page)


def attack(
    qtbot: QtBot, stand: Stand, canary: Canary, standing: Walls, text: str = ATTACK
) -> RawSurface:
    surface = stand(standing)
    page = made(
        text.format(site=canary.site),
        1,
        sanitised=standing.sanitised,
        csp_meta=standing.csp_meta,
    )
    show(qtbot, surface, page)
    return surface


def settle(qtbot: QtBot, surface: RawSurface) -> None:
    """Until nothing of the page is on its way, and another page has come after it."""
    until(qtbot, surface.page, "[...document.images].every((i) => i.complete)")
    show(qtbot, surface, ours(f'<img src="/asset/{DIGEST}">', 2))
    until(qtbot, surface.page, "document.images[0].naturalWidth", 40)


def ours(html: str, number: int = 5) -> RawDocument:
    return document(number, [Part("https://a.example/", html)], theme="light", title="{}/{}")


def test_without_walls_the_attack_works(qtbot, stand, canary) -> None:
    surface = attack(qtbot, stand, canary, NONE)
    wanted = {"/picture.png", "/s.js", "/fetched", "/sheet.css"}
    qtbot.waitUntil(lambda: wanted <= set(canary.paths), timeout=10_000)
    assert ask(qtbot, surface.page, RAN) == "yes"


def test_scripts_off_alone(qtbot, stand, canary) -> None:
    walls = Walls(csp_header=False, csp_meta=False, interceptor=False, sanitised=False)
    surface = attack(qtbot, stand, canary, walls)
    qtbot.waitUntil(lambda: "/picture.png" in canary.paths, timeout=10_000)
    assert ask(qtbot, surface.page, RAN) == ""
    assert "/fetched" not in canary.paths


@pytest.mark.parametrize("by", ["csp_header", "csp_meta"])
def test_the_content_security_policy_alone(qtbot, stand, canary, by) -> None:
    walls = Walls(
        scripts_off=False,
        csp_header=by == "csp_header",
        csp_meta=by == "csp_meta",
        interceptor=False,
        sanitised=False,
    )
    surface = attack(qtbot, stand, canary, walls)
    until(qtbot, surface.page, "[...document.images].every((i) => i.complete)")
    assert ask(qtbot, surface.page, RAN) == ""
    settle(qtbot, surface)
    assert canary.connections == 0


def test_the_interceptor_alone(qtbot, stand, canary) -> None:
    walls = Walls(scripts_off=False, csp_header=False, csp_meta=False, sanitised=False)
    surface = attack(qtbot, stand, canary, walls)
    until(qtbot, surface.page, RAN, "yes")  # scripts live here: only the network is walled
    settle(qtbot, surface)
    assert canary.connections == 0


def test_the_cleaning_alone(qtbot, stand, canary) -> None:
    walls = Walls(scripts_off=False, csp_header=False, csp_meta=False, interceptor=False)
    surface = attack(qtbot, stand, canary, walls, ATTACK + PLUGINS + PRECONNECT)
    assert ask(qtbot, surface.page, RAN) == ""
    assert "Words of the page" in ask(qtbot, surface.page, "document.body.textContent")
    settle(qtbot, surface)
    assert canary.connections == 0


def test_preconnect_passes_the_three_walls(qtbot, stand, canary) -> None:
    """Why the page is cleaned as well: no other wall sees this connection."""
    attack(qtbot, stand, canary, Walls(sanitised=False), PRECONNECT)
    qtbot.waitUntil(lambda: canary.connections > 0, timeout=10_000)


def test_all_walls_together(qtbot, stand, canary) -> None:
    surface = attack(qtbot, stand, canary, Walls(), ATTACK + PLUGINS + PRECONNECT)
    assert "Words of the page" in ask(qtbot, surface.page, "document.body.textContent")
    assert ask(qtbot, surface.page, RAN) == ""
    settle(qtbot, surface)
    assert canary.connections == 0


def test_a_page_cannot_navigate_nor_reach_another_origin_of_ours(qtbot, stand, canary) -> None:
    walls = Walls(scripts_off=False, csp_header=False, csp_meta=False, sanitised=False)
    text = (
        '<img src="/asset/nothing" onerror="document.documentElement.dataset.ran = 1;'
        " location.href = 'readlater://reader/'; location.href = '{site}/away';"
        " window.open('{site}/new')\"><iframe src='readlater://reader/'></iframe>"
    )
    surface = attack(qtbot, stand, canary, walls, text)
    until(qtbot, surface.page, RAN, "1")
    assert ask(qtbot, surface.page, "location.origin") == "readlater://raw1"
    settle(qtbot, surface)
    assert canary.connections == 0


def test_hostile_pages_leave_nothing_armed(qtbot, stand, canary) -> None:
    if not HOSTILE.is_dir():
        pytest.skip(f"the hostile corpus is not at {HOSTILE}")
    with (HOSTILE / "html.jsonl").open(encoding="utf-8") as lines:
        chosen = [json.loads(line)["html"] for n, line in enumerate(lines) if n % 70 == 0]
    surface = stand(Walls())
    armed = (
        "[...document.body.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) =>"
        " /^on|^(style|srcdoc|ping|action|formaction)$/.test(a.name) ||"
        " /^\\s*(javascript|vbscript|data:text)/i.test(a.value))).length +"
        " document.querySelectorAll('body :is(script,style,link,base,meta,iframe,object,embed,"
        "input,svg,video,audio)').length"
    )
    for number, html in enumerate(chosen, 10):
        show(qtbot, surface, made(html, number))
        assert ask(qtbot, surface.page, armed) == 0, html
        assert ask(qtbot, surface.page, RAN) == ""


def test_links_become_signals_and_places_of_the_page_are_gone_to(qtbot, stand) -> None:
    surface = stand(Walls())
    html = (
        '<a id=out href="https://b.example/2">Out</a> <a id=way href="#rl-down">Down</a>'
        '<div style="height:1px"></div><p style="margin-top:4000px" id="rl-down">There</p>'
    )
    show(qtbot, surface, ours(html + "<p>x</p>" * 400 + '<p id="rl-down">There</p>'))
    with qtbot.waitSignal(surface.link_clicked) as clicked:
        ask(qtbot, surface.page, "document.getElementById('out').click()||1")
    assert clicked.args == ["https://b.example/2"]
    ask(qtbot, surface.page, "document.getElementById('way').click()||1")
    until(qtbot, surface.page, "scrollY > 0")
    assert ask(qtbot, surface.page, "location.host") == "raw5"


def test_a_block_that_was_taken_out_can_be_put_back_from_the_page(qtbot, stand) -> None:
    surface = stand(Walls())
    one, two = "0123456789abcdef", "fedcba9876543210"
    html = f'<div data-taken="{one}">Offer</div><div data-taken="{two}">Other</div>'
    show(qtbot, surface, ours(html))
    words = {"isOut": "O", "isBack": "B", "putBack": "Put", "takeOut": "Take", "lang": "en"}
    surface.mark(words, [two])
    until(qtbot, surface.page, "document.querySelectorAll('.rl-taken a').length", 2)
    for at, wanted in enumerate((["put-back", one], ["take-out", two])):
        with qtbot.waitSignal(surface.change_wanted) as changed:
            ask(qtbot, surface.page, f"document.querySelectorAll('.rl-taken a')[{at}].click()||1")
        assert changed.args == wanted
    foreign = f"'readlater://raw6/put-back/{one}'"
    script = f"link.href = {foreign}; link.click(); return 1"
    with qtbot.assertNotEmitted(surface.change_wanted):
        first = "const link = document.querySelector('.rl-taken a')"
        ask(qtbot, surface.page, f"(() => {{ {first}; {script} }})()")


def test_the_same_words_are_found_in_the_other_copy(qtbot, stand) -> None:
    first, second = stand(Walls()), stand(Walls())
    views = [QWebEngineView(), QWebEngineView()]
    for view, surface in zip(views, (first, second), strict=True):
        qtbot.addWidget(view)
        view.setPage(surface.page)
        view.resize(500, 400)
        view.show()
        qtbot.waitExposed(view)
    text = "".join(f"<p>Paragraph {n} tells of the wall and its {n} gates.</p>" for n in range(90))
    show(qtbot, first, ours(text))
    show(qtbot, second, ours("<nav>Home</nav>" * 60 + text.replace(" of ", " <b>of</b> "), 6))
    ask(qtbot, first.page, "document.querySelectorAll('p')[50].scrollIntoView()||1")
    until(qtbot, first.page, "scrollY > 0")
    with qtbot.waitCallback() as seen:
        first.matching.seen(seen)
    assert seen.args[0][0][0].startswith(("paragraph50", "paragraph51"))
    with qtbot.waitCallback() as found:
        second.matching.go(seen.args[0], found)
    assert found.args == [True]
    top = "document.querySelectorAll('p')[50].getBoundingClientRect().top"
    until(qtbot, second.page, f"Math.abs({top}) < 40")
    with qtbot.waitCallback() as found:
        second.matching.go([("wordsthatarenothere", 0.0)], found)
    assert found.args == [False]
