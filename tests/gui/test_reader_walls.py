"""Each wall of the reading page by itself, against one hostile page and a server that counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from reader_stage import DIGEST, OTHER, Canary, ask, page, png, quiet_engine, show_and_wait, until

from readlater.ui.reader.surface import Surface
from readlater.ui.reader.walls import Walls

pytestmark = quiet_engine
HOSTILE = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "hostile"
NONE = Walls(
    scripts_off=False, csp_header=False, csp_meta=False, interceptor=False, sanitised=False
)
RAN = "document.documentElement.dataset.ran ?? ''"

ATTACK = """
<img src="{site}/picture.png">
<img src="/asset/nothing" onerror="document.documentElement.dataset.ran = 'yes';
  fetch('{site}/fetched', {{mode: 'no-cors'}}); new Image().src = '{site}/from-script.png'">
<link rel="stylesheet" href="{site}/sheet.css">
<style>@import "{site}/imported.css"; .body {{ background: url({site}/background.png) }}</style>
<iframe src="{site}/frame"></iframe> <object data="{site}/object"></object>
<embed src="{site}/embed"> <video src="{site}/film" poster="{site}/poster.png" autoplay></video>
<svg width="9" height="9"><image href="{site}/svg.png" width="9" height="9"/></svg>
<input type="image" src="{site}/button.png"> <p style="background: url({site}/style.png)">Text
"""
PRECONNECT = '<p>Text<link rel="preconnect" href="{site}"><link rel="dns-prefetch" href="{site}">'


@pytest.fixture
def canary() -> Iterator[Canary]:
    server = Canary()
    yield server
    server.close()


@pytest.fixture
def stand(qtbot: QtBot) -> Iterator[Callable[[Walls], Surface]]:
    made: list[Surface] = []

    def make(standing: Walls) -> Surface:
        picture = png()
        surface = Surface(lambda d: picture if d in {DIGEST, OTHER} else None, standing=standing)
        surface.page.setVisible(True)
        made.append(surface)
        return surface

    yield make
    for surface in made:
        surface.close()


def attack(qtbot: QtBot, surface: Surface, canary: Canary, text: str = ATTACK) -> None:
    show_and_wait(qtbot, surface, page(text.format(site=canary.site)), surface.show)


def settle(qtbot: QtBot, surface: Surface) -> None:
    """Until nothing of the page is still on its way, and another picture has come after it."""
    until(qtbot, surface.page, "[...document.images].every((i) => i.complete)")
    ran = ask(qtbot, surface.page, RAN)
    show_and_wait(qtbot, surface, page(f'<img src="/asset/{DIGEST}">', 43), surface.show)
    until(qtbot, surface.page, "document.images[0].naturalWidth", 40)
    assert ask(qtbot, surface.page, RAN) == ran


def test_without_walls_the_attack_works(qtbot, stand, canary) -> None:
    surface = stand(NONE)
    attack(qtbot, surface, canary)
    wanted = {"/picture.png", "/from-script.png", "/fetched", "/sheet.css", "/svg.png"}
    qtbot.waitUntil(lambda: wanted <= set(canary.paths), timeout=10_000)
    assert ask(qtbot, surface.page, RAN) == "yes"


def test_scripts_off_alone(qtbot, stand, canary) -> None:
    surface = stand(Walls(csp_header=False, csp_meta=False, interceptor=False, sanitised=False))
    attack(qtbot, surface, canary)
    qtbot.waitUntil(lambda: "/picture.png" in canary.paths, timeout=10_000)
    settle(qtbot, surface)
    assert ask(qtbot, surface.page, RAN) == ""
    assert "/from-script.png" not in canary.paths


@pytest.mark.parametrize("by", ["csp_header", "csp_meta"])
def test_the_content_security_policy_alone(qtbot, stand, canary, by) -> None:
    surface = stand(
        Walls(
            scripts_off=False,
            csp_header=by == "csp_header",
            csp_meta=by == "csp_meta",
            interceptor=False,
            sanitised=False,
        )
    )
    attack(qtbot, surface, canary)
    settle(qtbot, surface)
    assert ask(qtbot, surface.page, RAN) == ""
    assert canary.connections == 0


def test_the_interceptor_alone(qtbot, stand, canary) -> None:
    surface = stand(Walls(scripts_off=False, csp_header=False, csp_meta=False, sanitised=False))
    attack(qtbot, surface, canary)
    until(qtbot, surface.page, RAN, "yes")  # scripts live here: only the network is walled
    settle(qtbot, surface)
    assert canary.connections == 0


def test_the_sanitiser_alone(qtbot, stand, canary) -> None:
    surface = stand(Walls(scripts_off=False, csp_header=False, csp_meta=False, interceptor=False))
    attack(qtbot, surface, canary, ATTACK + PRECONNECT)
    settle(qtbot, surface)
    assert ask(qtbot, surface.page, RAN) == ""
    assert canary.connections == 0


def test_preconnect_passes_the_three_walls(qtbot, stand, canary) -> None:
    """Why the text is sanitised once more: no other wall sees this connection."""
    attack(qtbot, stand(Walls(sanitised=False)), canary, PRECONNECT)
    qtbot.waitUntil(lambda: canary.connections > 0, timeout=10_000)


def test_all_walls_together(qtbot, stand, canary) -> None:
    surface = stand(Walls())
    attack(qtbot, surface, canary, ATTACK + PRECONNECT)
    assert "Text" in ask(qtbot, surface.page, "document.querySelector('.body').textContent")
    settle(qtbot, surface)
    assert ask(qtbot, surface.page, RAN) == ""
    assert canary.connections == 0


def test_a_page_cannot_navigate(qtbot, stand, canary) -> None:
    surface = stand(Walls(scripts_off=False, csp_header=False, csp_meta=False, sanitised=False))
    text = (
        '<img src="/asset/nothing" onerror="document.documentElement.dataset.ran = 1;'
        " location.href = '{site}/away'; window.open('{site}/new')\">"
        '<meta http-equiv="refresh" content="0;url={site}/refreshed">'
    )
    attack(qtbot, surface, canary, text)
    until(qtbot, surface.page, RAN, "1")
    settle(qtbot, surface)
    assert surface.page.url().toString() == "readlater://reader/"
    assert canary.connections == 0


def test_pictures_of_other_articles_stay_closed(qtbot) -> None:
    picture = png()
    asked: list[str] = []

    def read(digest: str) -> tuple[bytes, str]:
        asked.append(digest)
        return picture

    surface = Surface(read, standing=Walls(sanitised=False))
    text = (
        f'<img src="/asset/{DIGEST}"><img src="readlater://a42/asset/{OTHER}">'
        f'<img src="readlater://a7/asset/{DIGEST}"><img src="readlater://a42/asset/{DIGEST}?x">'
        '<img src="file:///etc/hostname"><img src="readlater://a42/etc/passwd">'
    )
    show_and_wait(qtbot, surface, page(text), surface.show)
    until(qtbot, surface.page, "[...document.images].every((i) => i.complete)")
    widths = ask(qtbot, surface.page, "[...document.images].map((i) => i.naturalWidth)")
    surface.close()
    assert widths == [40, 0, 0, 0, 0, 0]
    assert asked == [DIGEST]


def test_an_asset_that_is_no_picture_is_not_served(qtbot) -> None:
    surface = Surface(lambda _digest: (b"<p>page", "text/html"))
    show_and_wait(qtbot, surface, page(f'<img src="/asset/{DIGEST}">'), surface.show)
    until(qtbot, surface.page, "document.images[0].complete")
    width = ask(qtbot, surface.page, "document.images[0].naturalWidth")
    surface.close()
    assert width == 0


def test_nothing_of_the_hostile_corpus_runs(qtbot, stand, canary) -> None:
    source = HOSTILE / "html.jsonl"
    if not source.is_file():
        pytest.skip(f"{source} is not here")
    records = [json.loads(r) for r in source.read_text(encoding="utf-8").split("\n")[:-1:150]]
    surface = stand(Walls())
    armed = (
        "[...document.querySelectorAll('.body *')].flatMap((e) => [...e.attributes])"
        ".filter((a) => /^on/i.test(a.name) || /^\\s*(java|vb)script:/i.test(a.value)).length"
        " + document.querySelectorAll('.body :is(script, link, style, iframe, form)').length"
    )
    for number, record in enumerate(records, 1):
        text = record["html"].encode("utf-8", "replace").decode()
        show_and_wait(qtbot, surface, page(text, number), surface.show)
        assert ask(qtbot, surface.page, armed) == 0, record["id"]
    assert canary.connections == 0
