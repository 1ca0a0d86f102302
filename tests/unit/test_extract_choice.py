from __future__ import annotations

import pytest
from lxml import etree

from readlater.pipeline import decode, extract_page
from readlater.pipeline.blocks import BESIDE, Blocks
from readlater.pipeline.extract import (
    anchors,
    build,
    cards,
    choice,
    container,
    judge,
    readability,
    trees,
)
from readlater.pipeline.extract.lexicon import Lexicon
from readlater.pipeline.extract.page import Line
from readlater.pipeline.metadata import Metadata
from readlater.pipeline.text import lines

URL = "https://tern.example/2026/boat"
PROSE = (
    "The council voted on Tuesday evening to keep the night boat running for three more years, "
    "ending a dispute that had divided the town since spring, and cost two mayors their office."
)
PAGE = (
    '<nav><a href="/">Home</a><a href="/news">All of the news</a></nav>'
    "<h1>The night boat stays</h1>"
    f'<div id="page"><div class="story">{"".join(f"<p>{i}. {PROSE}</p>" for i in range(6))}</div>'
    f'<div class="comments"><p>Reader one: {PROSE}</p><p>Reader two: {PROSE}</p></div></div>'
    f'<aside class="sidebar"><p>Elsewhere: {PROSE}</p></aside>'
)


def blocks_of(body: str) -> Blocks:
    return Blocks(decode.parse(f"<html><body>{body}</body></html>").find("body"))


def about(title: str = "The night boat stays") -> anchors.Anchors:
    return anchors.read(Metadata(title=title), "", URL)


def chosen(body: str) -> str:
    blocks = blocks_of(body)
    article = build.build(blocks, judge.decide(blocks, about()).chosen)
    return "" if article is None else "\n".join(lines(article))


def test_the_paragraphs_are_chosen_and_neither_comments_nor_what_stands_beside() -> None:
    text = chosen(PAGE)
    assert all(f"{i}. The council" in text for i in range(6))
    assert "Reader" not in text
    assert "Elsewhere" not in text
    assert "All of the news" not in text


def test_chunks_of_an_article_in_sibling_containers_are_joined() -> None:
    chunks = "".join(f'<div class="chunk"><p>{i}. {PROSE}</p></div>' for i in range(5))
    assert chosen(f"<main><h1>The night boat stays</h1>{chunks}</main>").count("The council") == 5


def test_text_broken_by_br_alone_is_an_article() -> None:
    text = chosen(f"<h1>The night boat stays</h1><div>{'<br><br>'.join([PROSE] * 4)}</div>")
    assert text.count("The council") == 4


def test_a_page_without_text_has_no_article() -> None:
    verdict = judge.decide(blocks_of("<div><img src=a.png></div>"), about())
    assert verdict.chosen == frozenset()
    assert verdict.sure == 0


def test_a_second_opinion_is_asked_only_where_the_model_is_unsure() -> None:
    assert judge.decide(blocks_of(PAGE), about()).heard == ("model",)
    odd = "".join(f"<div><span>Part {i}</span> <b>and no more</b></div>" for i in range(4))
    assert judge.decide(blocks_of(odd), about()).heard == ("model", "readability")


def test_a_readability_run_is_refused_where_its_time_would_grow() -> None:
    assert readability.blocks_of(blocks_of("<div>" * 250 + PROSE)) == frozenset()


def likely(*odds: float) -> choice.Likely:
    made = tuple(Line(i, "x" * 100) for i in range(len(odds)))
    return choice.Likely(made, odds, (100,) * len(odds))


@pytest.mark.parametrize(
    ("odds", "want"),
    [
        ((0.9, 0.8, 0.1), {0, 1}),  # a clear page is cut in the middle
        ((0.45, 0.44, 0.43), {0, 1, 2}),  # an unclear one takes what is likeliest
        ((0.4, 0.9, 0.9, 0.9), {1, 2, 3}),  # where much is sure the doubtful goes
        ((0.05, 0.04), set()),  # nothing of a page is an article
        ((), set()),
    ],
)
def test_lines_are_taken_for_the_best_that_can_be_expected(
    odds: tuple[float, ...], want: set[int]
) -> None:
    assert choice.choose(likely(*odds), range(9)) == want


def test_a_short_line_between_two_of_the_article_is_of_it() -> None:
    assert choice.choose(likely(0.9, 0.3, 0.9), (0, 0, 0)) == {0, 1, 2}
    assert choice.choose(likely(0.9, 0.3, 0.9), (0, 1, 0)) == {0, 2}
    assert choice.choose(likely(0.9, 0.1, 0.9), (0, 0, 0)) == {0, 2}


def test_what_is_said_twice_in_two_boxes_counts_once() -> None:
    assert choice.once(likely(0.8, 0.9), (0, 1)).odds == pytest.approx((0.24, 0.9))
    assert choice.once(likely(0.8, 0.9), (0, 0)).odds == (0.8, 0.9)


def test_the_other_candidates_word_counts_where_it_is_heard() -> None:
    heard = judge.mixed(likely(0.5, 0.5), frozenset({1}))
    assert heard.odds[1] > 0.5 > heard.odds[0]
    assert judge.mixed(likely(0.5), frozenset()).odds == (0.5,)


def test_a_picture_between_chosen_lines_keeps_its_caption_and_the_text_does_not_count_it() -> None:
    blocks = blocks_of(
        f"<div><p>{PROSE}</p><figure><img src=a.png><figcaption>The boat</figcaption></figure>"
        f"<div class=promo>Buy it <img src=b.png></div><p>{PROSE}</p></div>"
    )
    paragraphs = frozenset(i for i, e in enumerate(blocks.nodes) if e.tag == "p")
    article = build.build(blocks, paragraphs)
    assert article is not None
    assert [e.get("src") for e in article.iter("img")] == ["a.png"]
    assert next(article.iter("figure")).get(BESIDE) is not None
    assert "The boat" in article.text_content()
    assert "The boat" not in lines(article)


def built(body: str, *tags: str) -> str:
    """The markup that is left when only the elements of these tags were chosen."""
    blocks = blocks_of(body)
    some = frozenset(i for i, node in enumerate(blocks.nodes) if node.tag in tags and blocks.own[i])
    article = build.build(blocks, some)
    return "" if article is None else etree.tostring(article, encoding="unicode")


CELLS = "<table><tr><td>Year</td><td>1964</td></tr><tr><td>Rain</td><td>612.5</td></tr></table>"
MENU = "<table><tr><td><a href=/a>The news</a></td><td><a href=/b>Sport</a></td></tr></table>"
FORMULA = '<math display="block"><mi>A</mi><mo>=</mo><mn>3</mn></math>'


def test_a_table_among_the_paragraphs_is_whole_though_no_cell_looks_like_prose() -> None:
    left = built(f"<div><p>{PROSE}</p>{CELLS}<p>{PROSE}</p></div>", "p")
    for word in ("Year", "1964", "Rain", "612.5"):
        assert word in left


def test_a_heading_after_such_a_table_stays_with_the_paragraph_under_it() -> None:
    body = f"<div><p>{PROSE}</p>{CELLS}<h2>The last year</h2><p>{PROSE}</p></div>"
    assert "The last year" in built(body, "p")
    assert "The last year" not in built(body.replace(CELLS, ""), "p")


def test_a_table_after_the_article_or_of_links_is_not_taken_for_that() -> None:
    assert "1964" not in built(f"<div><div><p>{PROSE}</p></div>{CELLS}</div>", "p")
    assert "Sport" not in built(f"<div><p>{PROSE}</p>{MENU}<p>{PROSE}</p></div>", "p")


def test_a_formula_between_paragraphs_stays() -> None:
    left = built(f"<div><p>{PROSE}</p>{FORMULA}<p>{PROSE}</p></div>", "p")
    assert ">3</mn>" in left
    assert ">3</mn>" not in built(f"<div><p>{PROSE}</p><p>{PROSE}</p>{FORMULA}</div>", "p")


def test_the_own_words_of_a_box_go_and_its_chosen_paragraphs_stay() -> None:
    blocks = blocks_of(f"<div>Share this <b>now</b><p>{PROSE}</p>or later</div>")
    article = build.build(
        blocks, frozenset({i for i, e in enumerate(blocks.nodes) if e.tag == "p"})
    )
    assert article is not None
    assert lines(article) == [PROSE]


def test_trees_are_read_as_they_are_written() -> None:
    learned = {"columns": ["a", "b"], "trees": [[0, 0.5, [1, 2.0, -0.5, 1.0], 1.5], -0.5]}
    told = trees.read(learned)
    assert told.likelihood([0.5, 2.0]) == pytest.approx(1 / (1 + 2.718281828))
    assert told.likelihood([0.6, 0.0]) == pytest.approx(1 / (1 + 2.718281828**-1))


def test_a_line_that_is_surely_not_of_the_article_ends_the_sum_early() -> None:
    learned = {"columns": ["a"], "trees": [-0.25] * 6 + [100.0]}
    assert trees.read(learned).likelihood([0.0]) == pytest.approx(1 / (1 + 2.718281828**6))


def test_the_shipped_model_fits_the_columns_that_are_measured() -> None:
    from readlater.pipeline.extract import features

    assert trees.load().trees.columns == features.NAMES


def test_a_lexicon_knows_words_and_pairs() -> None:
    lexicon = Lexicon({"story": 1.5, "promo": -2.0}, {"read more": -3.0, "council": 1.0})
    assert lexicon.name("storyBody promo-box") == -0.5
    assert lexicon.text(["Read", "more:", "The", "council"]) == (-1.0, -3.0, 1.0)
    assert lexicon.text(["nothing"]) == (0.0, 0.0, 0.0)


def test_what_the_rules_say_leaves_the_blocks_as_they_were() -> None:
    blocks = blocks_of(PAGE)
    before = blocks.text(0), list(blocks.total), bytes(blocks.gone)
    states, _ = container.opinion(blocks, about())
    assert (blocks.text(0), blocks.total, bytes(blocks.gone)) == before
    assert {container.OUTSIDE, container.INSIDE} <= set(states)


def test_teasers_side_by_side_go_and_the_article_stays() -> None:
    teasers = "".join(
        f'<div class="card"><h3><a href="/story/{i}">Another story of that day, number {i}</a></h3>'
        f"<p>{PROSE}</p></div>"
        for i in range(3)
    )
    paragraphs = "".join(f"<p>{PROSE}</p>" for _ in range(8))
    blocks = blocks_of(f"<h1>A boat returns at last</h1>{paragraphs}{teasers}")
    cards.take_out(blocks, "a boat returns at last", URL)
    assert "Another story" not in blocks.text(0)
    assert blocks.text(0).count("The council") == 8


def test_what_a_page_says_to_readers_without_scripts_is_read_where_it_says_nothing_else() -> None:
    paragraphs = "".join(f"<p>{i}. {PROSE}</p>" for i in range(6))
    alone = f"<html><body><div id=app></div><noscript>{paragraphs}</noscript></body></html>"
    assert extract_page(alone, URL).text.count("The council") == 6
    both = f"<html><body>{paragraphs}<noscript>{PROSE * 5}</noscript></body></html>"
    assert extract_page(both, URL).text.count("The council") == 6


def built_of(body: str, words: str) -> str:
    """What is built when only the paragraphs that hold `words` were chosen."""
    blocks = blocks_of(body)
    picked = frozenset(
        i for i, parts in enumerate(blocks.parts) if words in "".join(parts) and blocks.own[i]
    )
    article = build.build(blocks, picked)
    return "" if article is None else "\n".join(lines(article))


PLAIN_FORMULA = "<math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>"


@pytest.mark.parametrize(
    "block",
    [
        f"<p>{PLAIN_FORMULA}</p>",
        f"<div class=eq>{PLAIN_FORMULA} <span>(1)</span></div>",
        f"<table><tr><td>{PLAIN_FORMULA}</td><td>{PLAIN_FORMULA} <code>E = mc^2</code></td></tr>"
        "</table>",
    ],
)
def test_a_formula_among_the_paragraphs_stays_with_its_heading(block: str) -> None:
    page = f"<div><p>{PROSE}</p><h2>Energy</h2>{block}<p>{PROSE}</p></div>"
    text = built_of(page, "The council")
    assert "E=mc2" in text
    assert "Energy" in text


def test_a_block_of_words_is_not_kept_for_a_formula_in_it() -> None:
    aside = f"<p>Elsewhere {PLAIN_FORMULA} was written on a wall for all the town to see</p>"
    page = f"<div><p>{PROSE}</p><h2>Seen</h2>{aside}<p>{PROSE}</p></div>"
    assert "wall" not in built_of(page, "The council")
    after = f"<div><p>{PROSE}</p><p>{PROSE}</p></div><footer><p>{PLAIN_FORMULA}</p></footer>"
    assert "E=mc2" not in built_of(after, "The council")


def test_a_table_of_data_is_not_torn() -> None:
    rows = "".join(f"<tr><td>{m}</td><td>{n}</td></tr>" for m, n in (("May", 31), ("June", 118)))
    table = f"<h3>Oil</h3><table><tr><th>Month</th><th>Litres</th></tr>{rows}</table>"
    page = f"<div><p>118 {PROSE}</p>{table}<p>118 {PROSE}</p></div>"
    assert [w in built_of(page, "118") for w in ("Oil", "Month", "May", "31")] == [True] * 4
    layout = f"<table><tr><td>118</td><td>{'Elsewhere, and at length. ' * 12}</td></tr></table>"
    assert "Elsewhere" not in built_of(
        f"<div><p>118 {PROSE}</p>{layout}<p>118 {PROSE}</p></div>", "118"
    )
