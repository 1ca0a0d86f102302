from __future__ import annotations

import pytest

from readlater.article import fingerprint_of
from readlater.pipeline import decode, phrases, prompts, visible
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
        "<p>“Subscribe now,” the poster said.</p>",
        "<h2>How to cancel a free trial</h2>",
        "<h3>What is the best camera without a subscription?</h3>",
        '<h3 id="the-offers-of-the-registered-agent">Who can be the registered agent?</h3>',
        "<p>The trial costs nothing for a month; after that one pays ten euros, says the firm.</p>",
        "<p>A sign of good dough: it springs back when one presses it with a finger.</p>",
        "<p>Use <code>{{ name }}</code> to show the name.</p>",
        "<p>Bake for 30 minutes; the notes of the baker say that support us means fold us.</p>",
        "<div><pre>login('/login', cookie)</pre></div>",
        '<li class="inbox"><p>The registered letter with the news came on Monday.</p></li>',
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


def taken_of(body: str, keep: frozenset[str] = frozenset()) -> tuple[list[str], Blocks]:
    root = decode.parse(f"<body><article><p>{PROSE}</p>{body}<p>{PROSE}</p></article></body>")
    visible.keep_visible(root)
    blocks = Blocks(root.find("body"))
    return [one.fingerprint for one in prompts.take_out(blocks, keep)], blocks


def test_a_block_put_back_stays_and_the_others_go() -> None:
    body = "<p>Advertisement</p><p>Subscribe now and save</p>"
    marks, _ = taken_of(body)
    assert len(set(marks)) == 2
    left, blocks = taken_of(body, frozenset(marks[1:]))
    assert left == marks[:1]
    assert "Subscribe now and save" in blocks.text(0)
    assert "Advertisement" not in blocks.text(0)


def test_a_fingerprint_knows_a_text_again_in_other_markup() -> None:
    assert fingerprint_of("Subscribe  NOW, and save!") == fingerprint_of("subscribe now\nand save")
    assert fingerprint_of("Subscribe now") != fingerprint_of("Subscribe later")
    assert fingerprint_of("立即订阅") != fingerprint_of("请登录")
    assert fingerprint_of("▶") != fingerprint_of("»")


@pytest.mark.parametrize(
    "body",
    [
        '<p>The boat <span class="material-icons">share</span>leaves at ten.</p>',
        "<p>The boat <i>keyboard_arrow_down</i>leaves at ten.</p>",
        '<p>The boat <svg><title>Share icon</title><path d="M0"/></svg>leaves at ten.</p>',
        "<div>Advertisement<p>The boat leaves at ten.</p></div>",
        '<figure><a href="#next">skip past newsletter promotion</a>'
        "<div><p>The boat leaves at ten.</p><p>" + PROSE + "</p></div></figure>",
        '<p>The boat <span class="ad-label">Advertisement</span>leaves at ten.</p>',
    ],
)
def test_icon_names_and_loose_labels_go_from_a_line_that_stays(body: str) -> None:
    _, blocks = taken_of(body)
    said = blocks.text(0).split("\n")
    lines = [" ".join(line.split()) for line in said]
    assert [line for line in lines if line != PROSE] == ["The boat leaves at ten."]
    assert "Advertisement" not in "".join(blocks.nodes[0].itertext()) or any(
        blocks.gone[i] for i in range(len(blocks.nodes))
    )


def test_a_word_of_code_is_no_icon() -> None:
    _, blocks = taken_of("<p>Call <span>snake_case</span> and <em>close</em>.</p>")
    assert "Call snake_case and close." in blocks.text(0)


def test_a_huge_page_ends_in_bounded_time() -> None:
    line = "<p>Subscribe now {{x}} " + "a" * 300 + "</p>"
    _, blocks = taken_of(line * 20_000)
    assert len(blocks.nodes) > 20_000
