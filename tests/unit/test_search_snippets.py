from hypothesis import given, settings
from hypothesis import strategies as st

from readlater.article import Span
from readlater.storage.snippets import marked, snippet

ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=()), max_size=80)


def shown(spans: tuple[Span, ...]) -> str:
    return "".join(f"[{span.text}]" if span.marked else span.text for span in spans)


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_marked_spans_are_the_text(text: str, query: str) -> None:
    spans = marked(text, query)
    assert "".join(span.text for span in spans) == text
    assert all(span.text for span in spans)


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_text_marks_itself(text: str) -> None:
    typed = text.replace('"', " ")
    words = [word for word in typed.split() if any(c.isalnum() for c in word)]
    for word in words[:3]:
        if ":" not in word and not word.startswith("-"):
            assert any(span.marked for span in marked(text, f'"{word}"')), word


def test_marks_words_as_they_were_written() -> None:
    assert shown(marked("Die Straße im Café", "strasse cafe")) == "Die [Straße] im [Café]"
    assert shown(marked("Climate changes", "climate cha")) == "[Climate] [changes]"
    assert shown(marked("Climate changes", "climate cha ")) == "[Climate] changes"
    assert shown(marked("start art artful", '"art"')) == "start [art] artful"
    assert shown(marked("東京都庁の発売", "京都 発")) == "東[京都]庁の[発]売"
    assert shown(marked("the well-known one", '"well known"')) == "the [well-known] one"
    assert shown(marked("cafe\u0301s open", "cafe")) == "[cafe\u0301s] open"
    assert shown(marked("nothing here", "-here ?!")) == "nothing here"


def test_a_snippet_shows_the_best_place_between_ellipses() -> None:
    text = "filler words here. " * 40 + "The glacier lost\n\nhalf its ice. " + "more filler. " * 40
    spans = snippet(text, "glacier ice", length=80)
    said = shown(spans)
    assert "The [glacier] lost half its [ice]" in said
    assert said.startswith("…")
    assert said.endswith("…")
    assert said[1] != " "
    plain = "".join(span.text for span in spans)
    assert len(plain) <= 80 + 2
    assert plain[1:-1] in " ".join(text.split())


def test_a_snippet_prefers_both_words_over_one_often() -> None:
    text = "ice ice ice ice. " + "filler " * 60 + "glacier and ice " + "filler " * 60
    assert "[glacier] and [ice]" in shown(snippet(text, "glacier ice ", length=60))


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    assert shown(snippet("  One two three", "four", length=80)) == "One two three"
    assert shown(snippet("One two three four", "five", length=10)) == "One two…"
    assert snippet("", "x") == ()


def test_a_snippet_at_the_end_has_no_ellipsis_after_it() -> None:
    said = shown(snippet("word " * 100 + "needle", "needle", length=40))
    assert said.endswith("[needle]")
    assert said.startswith("…word")


def test_a_snippet_of_a_script_without_spaces() -> None:
    said = shown(snippet("あ" * 500 + "東京都庁" + "い" * 500, "京都", length=40))
    assert "東[京都]庁" in said
    assert len(said) <= 44


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT, st.integers(1, 60))
def test_a_snippet_is_a_piece_of_the_text(text: str, query: str, length: int) -> None:
    said = "".join(span.text for span in snippet(text, query, length=length))
    piece = said.removeprefix("…").removesuffix("…")
    assert piece.strip() in " ".join(text.split()) or "…" in text
