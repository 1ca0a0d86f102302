from __future__ import annotations

from readlater.pipeline import decode
from readlater.pipeline.blocks import Blocks
from readlater.pipeline.extract import Proposal, cards, judge
from readlater.pipeline.extract.container import Container
from readlater.pipeline.extract.readability import Readability
from readlater.pipeline.text import lines

PROSE = (
    "The council voted on Tuesday evening to keep the night boat running for three more years, "
    "ending a dispute that had divided the town since spring, and cost two mayors their office."
)


def blocks_of(body: str) -> Blocks:
    return Blocks(decode.parse(f"<html><body>{body}</body></html>").find("body"))


def said(proposal: Proposal | None) -> str:
    assert proposal is not None
    return "\n".join(lines(proposal.root))


PAGE = (
    '<nav><a href="/">Home</a><a href="/news">All of the news</a></nav>'
    f'<div id="page"><div class="story">{"".join(f"<p>{i}. {PROSE}</p>" for i in range(6))}</div>'
    f'<div class="comments"><p>Reader one: {PROSE}</p><p>Reader two: {PROSE}</p></div></div>'
    f"<aside><p>Elsewhere: {PROSE}</p></aside>"
)


def test_both_candidates_find_the_paragraphs_and_leave_the_comments() -> None:
    for candidate in (Container(), Readability()):
        text = said(candidate.propose(blocks_of(PAGE)))
        assert all(f"{i}. The council" in text for i in range(6)), candidate.name
        assert "Reader" not in text
        assert "Elsewhere" not in text


def test_candidates_change_nothing_for_the_next() -> None:
    blocks = blocks_of(PAGE)
    before = blocks.text(0)
    Container().propose(blocks)
    Readability().propose(blocks)
    assert blocks.text(0) == before


def test_chunks_of_an_article_in_sibling_containers_are_joined() -> None:
    chunks = "".join(f'<div class="chunk"><p>{i}. {PROSE}</p></div>' for i in range(5))
    text = said(Container().propose(blocks_of(f"<main>{chunks}</main>")))
    assert text.count("The council") == 5


def test_text_broken_by_br_alone_is_an_article() -> None:
    text = said(Container().propose(blocks_of(f"<div>{'<br><br>'.join([PROSE] * 4)}</div>")))
    assert text.count("\n") == 3


def test_a_readability_run_is_refused_where_its_time_would_grow() -> None:
    assert Readability().propose(blocks_of("<div>" * 250 + PROSE)) is None


def test_the_judge_takes_the_later_only_when_it_holds_far_more() -> None:
    class Fixed:
        def __init__(self, name: str, count: int) -> None:
            self.name, self.count = name, count

        def propose(self, blocks: Blocks) -> Proposal:
            return Proposal(self.name, decode.parse("".join([f"<p>{PROSE}</p>"] * self.count)))

    def chosen(*counts: int) -> str:
        candidates = [Fixed(str(count), count) for count in counts]
        best = judge.choose(candidates, blocks_of(""))
        return "" if best is None else best.source

    assert chosen(3, 4) == "3"
    assert chosen(2, 6) == "6"
    assert chosen() == ""


def test_teasers_side_by_side_go_and_the_article_stays() -> None:
    teasers = "".join(
        f'<div class="card"><h3><a href="/story/{i}">Another story of that day, number {i}</a></h3>'
        f"<p>{PROSE}</p></div>"
        for i in range(3)
    )
    paragraphs = "".join(f"<p>{PROSE}</p>" for _ in range(8))
    blocks = blocks_of(f"<h1>A boat returns at last</h1>{paragraphs}{teasers}")
    cards.take_out(blocks, "A boat returns at last", "https://tern.example/boat")
    assert "Another story" not in blocks.text(0)
    assert blocks.text(0).count("The council") == 8
