from __future__ import annotations

import pytest

from readlater.pipeline import decode, phrases, prompts
from readlater.pipeline.blocks import Blocks
from readlater.pipeline.phrases import Force, OnPage

PROSE = (
    "The council voted on Tuesday evening to keep the night boat running for three more years, "
    "ending a dispute that had divided the town since spring and cost two mayors their office."
)


def taken(box: str) -> list[str]:
    root = decode.parse(f"<body><article><p>{PROSE}</p>{box}<p>{PROSE}</p></article></body>")
    blocks = Blocks(root.find("body"))
    found = prompts.take_out(blocks)
    assert blocks.text(0).count("The council voted") >= 2
    return [one.reason for one in found]


@pytest.mark.parametrize(
    ("box", "reason"),
    [
        ('<p class="promo"><a href="/subscribe">Subscribe now</a></p>', "subscribe"),
        ('<p>Sie sind bereits Abonnent? <a href="/login">Hier anmelden</a></p>', "subscribe"),
        ("<p>Abonnez-vous à partir de 1 €</p>", "subscribe"),
        ('<p><a href="/nl">Iscriviti alla newsletter</a></p>', "newsletter"),
        ('<div class="box"><p>Schrijf je in voor onze nieuwsbrief</p></div>', "newsletter"),
        ('<div class="box"><p>Abone ol</p><a href="/login">Giriş yap</a></div>', "subscribe"),
        ('<div class="box"><p>للمشتركين فقط</p></div>', "subscribe"),
        ('<div class="box"><p>सब्सक्राइब करें</p></div>', "subscribe"),
        ('<div class="box"><p>この記事は有料会員限定です</p></div>', "subscribe"),
        ('<div class="box"><p>会员专享</p></div>', "subscribe"),
        ("<p>Advertisement</p>", "advert"),
        ("<div>広告</div>", "advert"),
        ("<p>You have {{n}} articles left</p>", "template"),
        ("<p>Dear %%FIRST NAME%%</p>", "template"),
        ('<p>Read more: <a href="/b">The bridge is closed for good</a></p>', "related"),
        ('<p>Lesen Sie auch: <a href="/b">Die Brücke bleibt gesperrt</a></p>', "related"),
        ('<form class="nl"><p>Your email address</p><input type="email"></form>', "newsletter"),
    ],
)
def test_a_prompt_between_paragraphs_goes_with_its_reason(box: str, reason: str) -> None:
    assert taken(box) == [reason]


@pytest.mark.parametrize(
    "kept",
    [
        f"<p>The paper asked its readers to subscribe, and {PROSE}</p>",
        "<blockquote><p>Subscribe now, they said. Already a subscriber?</p></blockquote>",
        "<p>He read the newsletter twice.</p>",
        "<p>The cookies go into the oven for ten minutes.</p>",
        "<pre>{{ template }}</pre>",
        '<p>Her report is <a href="/report">on the web</a>, with all numbers.</p>',
        "<h2>What comes next</h2>",
        "<ul><li>Two eggs</li><li>Flour</li></ul>",
    ],
)
def test_the_words_of_an_article_stay(kept: str) -> None:
    assert taken(kept) == []


@pytest.mark.parametrize("reason", [*phrases.REASONS, phrases.ROBOT, phrases.ERROR])
def test_each_list_is_read_and_each_phrase_finds_itself(reason: str) -> None:
    found = phrases.read(reason)
    assert found
    for phrase in found:
        if phrase.force is not Force.WHOLE:
            page = OnPage(phrase.rare, (reason,))
            assert phrase in page.left


def test_a_phrase_begins_at_a_word() -> None:
    page = OnPage("the unsubscribe now button", ("subscribe",))
    assert [p for p, _ in page.find("the unsubscribe now button") if p.force is Force.STRONG] == []
