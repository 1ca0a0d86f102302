"""What of an article is spoken, and how a sentence and a place in the text find each other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlater.article import Spot
from readlater.library.shown_text import shown_text
from readlater.library.spoken import LONGEST, Speech, seconds, speech_of
from readlater.library.spoken_place import index_from, index_of, progress_at, spot_at
from readlater.pipeline.sanitize import for_reading

SCRIPTS = sorted((Path(__file__).parents[1] / "pages" / "scripts").glob("*.html"))


def said(html: str, language: str = "en", **more: str) -> list[str]:
    return [sentence.text for sentence in speech_of(html, language, **more).sentences]


def test_sentences_are_parted_as_their_language_parts_them() -> None:
    html = "<p>Mr. Smith came at 5 p.m. on Jan. 5. “Is it so?” he asked. It was 3.5 metres.</p>"
    assert said(html) == [
        "Mr. Smith came at 5 p.m. on Jan. 5.",
        "“Is it so?” he asked.",
        "It was 3.5 metres.",
    ]
    german = "<p>Am 3. Oktober kam z. B. Herr Dr. Müller. Er ging.</p>"
    assert said(german, "de") == ["Am 3. Oktober kam z. B. Herr Dr. Müller.", "Er ging."]
    assert said("<p>私は猫である。名前はまだ無い。</p>", "ja") == [
        "私は猫である。",
        "名前はまだ無い。",
    ]
    assert said("<p>यह एक है। यह दो है।</p>", "hi") == ["यह एक है।", "यह दो है।"]


def test_the_title_comes_first_and_stands_nowhere_in_the_text() -> None:
    speech = speech_of("<p>One.</p>", "en", title="The head")
    assert [(s.text, s.start, s.end) for s in speech.sentences] == [
        ("The head", 0, 0),
        ("One.", 0, 4),
    ]


def test_code_marks_of_notes_and_readings_are_not_spoken() -> None:
    html = (
        '<p>Known<sup><a href="#rl-n1">[1]</a></sup> since 1900<a href="/a#n2">2</a>.</p>'
        "<pre>x = 1\ny = 2</pre>"
        "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> m<sup>2</sup></p>"
        '<ol><li>Source. <a href="#rl-r1">↩</a></li></ol><p>Use <code>make</code>.</p>'
    )
    assert said(html) == ["Known since 1900.", "漢 m2", "Source.", "Use make."]


def test_headings_and_captions_are_spoken() -> None:
    html = '<h2>Part one</h2><figure><img src="/a"><figcaption>A boat.</figcaption></figure>'
    assert said(html) == ["Part one", "A boat."]


def test_a_link_in_a_sentence_and_words_that_only_look_like_a_mark_are_spoken() -> None:
    html = '<p>See <a href="https://a.example/b#part">the part</a> and <a href="/x">7</a>.</p>'
    assert said(html) == ["See the part and 7."]


def test_a_bare_address_is_said_by_its_host() -> None:
    html = "<p>It is at https://www.example.org/a/b?c=d. Go (http://example.com/x), then.</p>"
    assert said(html) == ["It is at example.org.", "Go (example.com), then."]


def test_a_row_of_a_table_is_one_sentence_and_the_table_one_paragraph() -> None:
    html = (
        "<p>Before.</p><table><tr><th>City</th><th>People</th></tr>"
        "<tr><td>Rome</td><td>3. Of them 1.</td></tr></table><p>After.</p>"
    )
    speech = speech_of(html, "en")
    assert [s.text for s in speech.sentences] == [
        "Before.",
        "City, People",
        "Rome, 3. Of them 1.",
        "After.",
    ]
    paragraphs = [s.paragraph for s in speech.sentences]
    assert paragraphs[1] == paragraphs[2]
    assert len(set(paragraphs)) == 3


def test_a_part_in_another_language_says_which() -> None:
    html = '<p>He said <i lang="fr">bon</i>.</p><blockquote lang="fr"><p>Bonjour.</p></blockquote>'
    speech = speech_of(html, "en")
    assert [s.language for s in speech.sentences] == ["", "fr"]


def test_words_in_place_of_a_missing_picture_are_no_text() -> None:
    html = '<p><span>A <span class="rl-missing">not saved</span>boat</span> here.</p>'
    assert said(html) == ["A boat here."]
    assert speech_of(html, "en").text == shown_text(html)


def test_a_sentence_without_an_end_is_said_in_pieces_from_comma_to_comma() -> None:
    html = "<p>" + "a long way over the water, " * 60 + "</p>"
    speech = speech_of(html, "en")
    assert len(speech.sentences) > 3
    assert all(len(s.text) <= LONGEST and s.text.endswith(",") for s in speech.sentences)
    thai = speech_of("<p>" + "สวัสดีครับผมชื่อ" * 100 + "</p>", "th")
    assert "".join(s.text for s in thai.sentences) == thai.text


def test_nothing_but_signs_is_not_spoken() -> None:
    assert said("<p>* * *</p><p>—</p><hr><p></p>") == []
    assert speech_of("", "").sentences == ()


@pytest.mark.parametrize("page", SCRIPTS, ids=lambda page: page.stem)
def test_every_sentence_stands_where_it_says(page: Path) -> None:
    html = for_reading(page.read_text(encoding="utf-8"), {})
    speech = speech_of(html, page.stem[:2])
    assert speech.text == shown_text(html)
    assert speech.sentences
    places = [(s.start, s.end) for s in speech.sentences]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(speech.text) for start, end in places)
    ends = [0, *(end for _, end in places)]
    assert all(start >= end for (start, _), end in zip(places, ends, strict=False))


_TEXT = st.text(alphabet="ab.? \n\u00a0\u00ad1é漢", max_size=12)
_TAGS = st.sampled_from(["p", "b", "td", "tr", "table", "pre", "sup", "li", "span", "ruby", "rt"])


@st.composite
def _markup(draw: st.DrawFn, depth: int = 3) -> str:
    made = draw(_TEXT)
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        tag = draw(_TAGS)
        made += f"<{tag}>{draw(_markup(depth=depth - 1))}</{tag}>{draw(_TEXT)}"
    return made


@given(_markup())
def test_the_text_is_the_one_that_highlights_count_in(html: str) -> None:
    speech = speech_of(html, "en")
    assert speech.text == shown_text(html)
    for sentence in speech.sentences:
        bare = "".join(speech.text[sentence.start : sentence.end].split())
        assert bare[0] == sentence.text[0]
        assert bare[-1] == sentence.text[-1]


LONG = speech_of(
    "".join(f"<p>Paragraph {n} begins here. And ends there.</p>" for n in range(30)) + "<p>End</p>",
    "en",
    title="Title",
)


def test_a_place_leads_back_to_its_sentence() -> None:
    for at in range(1, len(LONG.sentences) - 1):
        spot = spot_at(LONG, at)
        assert spot is not None
        assert index_of(LONG, spot) == at
    assert spot_at(LONG, 0) is None  # the title: from the beginning
    assert spot_at(LONG, len(LONG.sentences) - 1) is None  # too few words to be found


def test_a_place_of_the_page_counts_other_spaces() -> None:
    page = "".join(f"Paragraph {n} begins here.\n   And ends there." for n in range(30))
    offset = page.index("And", page.index("Paragraph 7"))
    spot = Spot(offset, page[offset - 40 : offset], page[offset : offset + 40])
    assert LONG.sentences[index_of(LONG, spot)] == LONG.sentences[2 + 7 * 2]


def test_words_that_are_not_there_lead_to_the_beginning() -> None:
    assert index_of(LONG, Spot(400, "nothing of this", "is in the text")) == 0
    assert index_of(LONG, None) == 0
    assert index_of(Speech(1, "", ()), Spot(4, "some words", "here")) == 0


def test_from_a_point_is_the_sentence_that_holds_it_or_the_next_that_begins() -> None:
    first = LONG.sentences[1]
    assert index_from(LONG, first.start + 3, within=True) == 1
    assert index_from(LONG, first.start + 3, within=False) == 2
    assert index_from(LONG, first.start, within=False) == 1
    assert index_from(LONG, len(LONG.text) + 9, within=False) == len(LONG.sentences) - 1


def test_progress_is_whole_only_past_the_last_sentence() -> None:
    steps = [progress_at(LONG, at) for at in range(len(LONG.sentences) + 1)]
    assert steps == sorted(steps)
    assert steps[0] == 0
    assert steps[-2] < 1 == steps[-1]


def test_wide_scripts_take_longer_a_character() -> None:
    assert seconds("a" * 160) == pytest.approx(10.35)
    assert seconds("漢" * 55) == pytest.approx(10.35)
