from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlater.article import Access
from readlater.pipeline import decode, extract_page, prompts, visible
from readlater.pipeline.blocks import Blocks

WORDINGS = Path(__file__).resolve().parents[1] / "pages" / "prompts"
LANGUAGES = sorted(path.stem for path in WORDINGS.glob("*.txt"))
LINK = re.compile(r"\[([^\]\[]+)\]\(([^)]*)\)")
OWN = {"prose", "about"}


def read(language: str) -> list[tuple[str, str]]:
    lines = (WORDINGS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(": ", 1) for line in lines if line]
    return [(kind, said) for kind, said in pairs]


def own(language: str) -> list[str]:
    return [said for kind, said in read(language) if kind in OWN]


CASES = [
    pytest.param(language, kind, said, id=f"{language}-{kind}-{at}")
    for language in LANGUAGES
    for at, (kind, said) in enumerate(read(language))
    if kind not in OWN
]


def markup(said: str, tag: str = "p") -> str:
    linked = LINK.sub(
        lambda m: f'<a href="{m[2]}">{m[1]}</a>',
        html.escape(said, quote=False),
    )
    return f"<{tag}>{linked}</{tag}>"


def seen(body: str) -> Blocks:
    root = decode.parse(f"<body><article>{body}</article></body>")
    visible.keep_visible(root)
    return Blocks(root.find("body"))


def left(body: str) -> list[str]:
    blocks = seen(body)
    prompts.take_out(blocks)
    return blocks.text(0).split("\n")


def test_fifteen_languages_have_every_kind_of_prompt() -> None:
    assert len(LANGUAGES) == 15
    kinds = {kind for kind, _ in read("en")}
    assert all({kind for kind, _ in read(language)} == kinds for language in LANGUAGES)


@pytest.mark.parametrize(("language", "kind", "said"), CASES)
def test_a_prompt_goes_and_the_article_stays(language: str, kind: str, said: str) -> None:
    paragraphs = own(language)
    written = [markup(one) for one in paragraphs]
    between = [written[0], markup(said), *written[1:]]
    assert left("".join(between)) == paragraphs
    assert left("".join([*written, markup(said)])) == paragraphs
    assert kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_about_prompts_loses_nothing(language: str) -> None:
    paragraphs = own(language) * 3
    assert left("".join(markup(one) for one in paragraphs)) == paragraphs


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quotation_stays_whatever_it_says(language: str) -> None:
    quoted = [LINK.sub(r"\1", said) for kind, said in read(language) if kind == "subscription"]
    blocks = "".join(f"<blockquote><p>{html.escape(one)}</p></blockquote>" for one in quoted)
    paragraphs = own(language)
    got = left("".join(markup(one) for one in paragraphs) + blocks)
    assert got == [*paragraphs, *quoted]


@st.composite
def page(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Paragraphs of one language, and the same with prompts of it strewn in."""
    language = draw(st.sampled_from(LANGUAGES))
    paragraphs = draw(st.permutations(own(language) * 2))
    asked = [said for kind, said in read(language) if kind not in OWN]
    body = [markup(one) for one in paragraphs]
    for said in draw(st.lists(st.sampled_from(asked), min_size=1, max_size=4)):
        tag = draw(st.sampled_from(["p", "div"]))
        body.insert(draw(st.integers(1, len(body))), markup(said, tag))
    return list(paragraphs), body


@given(page())
@settings(max_examples=150, deadline=None)
def test_adding_a_prompt_to_any_page_leaves_the_article_as_it_was(
    made: tuple[list[str], list[str]],
) -> None:
    paragraphs, body = made
    assert left("".join(body)) == paragraphs


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_gives_the_article_and_no_prompt(language: str) -> None:
    paragraphs = own(language) * 2
    asked = [said for kind, said in read(language) if kind in {"newsletter", "app", "label"}]
    body = [markup(one) for one in paragraphs]
    for at, said in enumerate(asked):
        body.insert(1 + 2 * at, markup(said))
    got = extract_page(
        f"<html lang={language}><body><article><h1>Title</h1>{''.join(body)}</article>",
        "https://news.example/a",
    )
    assert got.text.split("\n") == paragraphs
    assert got.access is Access.FULL
    assert len(got.removed) >= len(asked) - 1
    assert all(one.fingerprint for one in got.removed)
