import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlater.storage.tokens import Folded, fold, indexed, pairs, pieces

ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café naïve", "cafe naive"),
        ("cafe\u0301", "cafe"),
        ("Straße", "strasse"),
        ("Ærø Łódź đường œuvre", "aero lodz duong oeuvre"),
        ("İstanbul ışık DIYARBAKIR", "istanbul isik diyarbakir"),
        ("Σίσυφος", "σισυφοσ"),
        (
            "\u0627\u064e\u0644\u0652\u0642\u064f\u0631\u0622\u0646",
            "\u0627\u0644\u0642\u0631\u0627\u0646",
        ),
        ("\u0645\u0640\u0640\u0646", "\u0645\u0646"),
        ("\u0625\u0644\u0649", "\u0627\u0644\u064a"),
        ("\u06a9\u062a\u0627\u0628\u06cc", "\u0643\u062a\u0627\u0628\u064a"),
        ("\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
        ("ＡＢＣ１２", "abc12"),
        ("\uff76\uff9e\uff72\uff84\uff9e", "ガイド"),
        ("\u304b\u3099", "が"),
        ("\u1112\u1161\u11ab", "한"),
        ("हिन्दी", "हिन्दी"),
        ("\u0663\u0664", "34"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("don’t_a.b", "don t a b"),
        ("a\0b\ud800c", "a b c"),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None)
@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(ANY_TEXT)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert fold(unicodedata.normalize("NFD", composed)) == fold(composed)


@settings(deadline=None)
@given(ANY_TEXT)
def test_what_is_indexed_is_utf8_and_holds_nothing_but_words(text: str) -> None:
    given_to_sqlite = indexed(text)
    given_to_sqlite.encode()
    assert all(c == " " or c.isascii() is False or c.isalnum() for c in given_to_sqlite)


def test_pairs_where_there_are_no_spaces() -> None:
    assert indexed("iPhone発売日").split() == ["iphone", "発売", "売日", "日"]
    assert indexed("ไทย").split() == ["ไท", "ทย", "ย"]
    assert pairs("東京都") == ["東京", "京都", "都"]
    assert pieces(fold("東京 Tower東")) == ["東京", "tower", "東"]


def test_the_start_of_an_endless_word_counts() -> None:
    assert indexed("x" * 500).split() == ["x" * 64]


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_folded_text_knows_its_places(text: str) -> None:
    folded = Folded(text)
    at = 0
    for end in range(1, len(folded.text) + 1):
        start, stop = folded.place(end - 1, end)
        assert 0 <= start < stop <= len(text)
        assert start >= at or start == folded.place(max(0, end - 2), max(1, end - 1))[0]
        at = start


def test_places_hold_whole_letters_with_their_marks() -> None:
    text = "Maße x\u0303y cafe\u0301s"
    folded = Folded(text)
    at = folded.text.index("cafes")
    start, stop = folded.place(at, at + 4)
    assert text[start:stop] == "cafe\u0301"
    at = folded.text.index("ss")
    assert text[slice(*folded.place(at, at + 1))] == "ß"
    assert text[slice(*folded.place(at, at + 2))] == "ß"
    at = folded.text.index("x")
    assert text[slice(*folded.place(at, at + 1))] == "x\u0303"
