"""Highlights in a text that changes: in their right place, or said to be lost, never elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from readlater.library import anchors
from readlater.library.anchors import (
    CHANGED,
    CONTEXT,
    describe,
    distance,
    distances,
    follow,
    place,
    trace,
)

_WORDS = (
    "the tide harbour wall council flood and of a in 夜の港 стена مرفأ spring engineers nobody "
    "ever built raised twice 🌊 handsome town was it to year which owed favour patched "
    "cafe\u0301 שלום नमस्ते"
)
WORDS = _WORDS.split()


@dataclass(frozen=True)
class Edited:
    """A text, a quote in it, the edited text, and where each character of the quote went."""

    text: str
    start: int
    end: int
    edited: str
    kept: tuple[int, ...]


def plain_edits(one: str, other: str) -> int:
    """The textbook recurrence, slow and plain."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_distance_is_levenshteins(one: str, other: str) -> None:
    assert distance(one, other) == plain_edits(one, other)


@given(st.text("abc", max_size=7), st.text("abc", max_size=9))
def test_distances_are_the_least_over_all_beginnings(pattern: str, text: str) -> None:
    expected = [
        min(plain_edits(pattern, text[start:end]) for start in range(end + 1))
        for end in range(len(text) + 1)
    ]
    assert distances(pattern, text) == expected


@st.composite
def prose(draw: st.DrawFn) -> str:
    """Paragraphs of words, some of them twice, as refrains and pull quotes are."""
    paragraph = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)
    some = draw(st.lists(paragraph, min_size=1, max_size=5))
    again = draw(st.lists(st.sampled_from(some), max_size=3))
    return "\n".join(draw(st.permutations(some + again)))


def is_shown(text: str) -> bool:
    return text == " ".join(text.split(" ")).strip(" \n") and bool(text)


TEXTS = st.one_of(prose(), st.text("ab \n", min_size=1, max_size=120), st.text(min_size=1)).filter(
    is_shown
)


@st.composite
def edited(draw: st.DrawFn) -> Edited:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, min(len(text), start + 90)))
    assume(text[start] not in " \n" and text[end - 1] not in " \n")
    # None marks what came in; a number where a character stood.
    now: list[tuple[str, int | None]] = [(c, at) for at, c in enumerate(text)]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(now)))
        gone = draw(st.one_of(st.just(0), st.integers(1, 4), st.integers(1, 120)))
        come = draw(st.one_of(st.just(""), st.sampled_from(WORDS), prose()))
        now[at : at + gone] = [(c, None) for c in come]
    kept = tuple(i for i, (_, was) in enumerate(now) if was is not None and start <= was < end)
    return Edited(text, start, end, "".join(c for c, _ in now), kept)


def is_right(case: Edited, span: tuple[int, int]) -> bool:
    """Half or more of it lies where the quote's remains stand, and is as much as half of them.

    An edit that writes a copy of the passage beside it leaves two places that no reader could tell
    apart: the one that needs fewer edits, surroundings and all, is right as well; and so is one
    to which the quote goes in a shortest way from the one text to the other, or nearly.
    """
    start, end = span
    first, last = (case.kept[0], case.kept[-1] + 1) if case.kept else (0, 0)
    both = min(end, last) - max(start, first)
    if both > 0 and both * 2 >= end - start and both * 2 >= len(case.kept):
        return True
    before = case.text[max(0, case.start - CONTEXT) : case.start]
    after = case.text[case.end : case.end + CONTEXT]
    same = case.edited[start:end] == case.text[case.start : case.end]
    left = bool(before) and case.edited[:start].endswith(before)
    right = bool(after) and case.edited[end:].startswith(after)
    once = not case.kept and case.edited.count(case.text[case.start : case.end]) == 1
    if same and (left or right or once):
        return True
    if case.kept and changed(case, start, end) <= changed(case, first, last):
        return True
    detour = max(2, (case.end - case.start) // CHANGED)
    return edits_with(case, start, end) <= distance(case.text, case.edited) + detour


def edits_with(case: Edited, start: int, end: int) -> int:
    """The fewest edits from the text to the edited one that take the quote to a place."""
    return (
        distance(case.text[: case.start], case.edited[:start])
        + distance(case.text[case.start : case.end], case.edited[start:end])
        + distance(case.text[case.end :], case.edited[end:])
    )


def changed(case: Edited, start: int, end: int) -> int:
    """How many edits lie between the quote with its surroundings and a place with its own."""
    before, after = min(CONTEXT, case.start), min(CONTEXT, len(case.text) - case.end)
    was = case.text[case.start - before : case.end + after]
    return distance(was, case.edited[max(0, start - before) : end + after])


@st.composite
def refrains(draw: st.DrawFn) -> Edited:
    """Passages that are nearly one another, as in verse, tables and notices, cut and amended.

    What comes in is written in letters that the text has not: nothing but the passage itself, or
    what stands for another one, can be like it.
    """
    base = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=9))

    def varied() -> str:
        words = list(base)
        for _ in range(draw(st.integers(0, 3))):
            words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(WORDS))
        return " ".join(words)

    count = draw(st.integers(2, 5))
    lines = [varied() for _ in range(count)]
    fill = [
        " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=0, max_size=4)))
        for _ in range(count)
    ]
    parts = [part for pair in zip(lines, fill, strict=True) for part in pair if part]
    text = "\n".join(parts)
    which = draw(st.integers(0, len(parts) - 1))
    at = sum(len(part) + 1 for part in parts[:which])
    start = at + draw(st.sampled_from([0, 0, 4, 9])) % len(parts[which])
    end = at + len(parts[which])
    assume(text[start] != " ")
    now: list[tuple[str, int | None]] = [(c, at) for at, c in enumerate(text)]
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["line", "quote", "word", "some"]))
        if kind == "line":
            line = draw(st.integers(0, len(parts) - 1))
            first = sum(len(part) + 1 for part in parts[:line])
            gone = range(first, first + len(parts[line]) + 1)
        elif kind == "quote":
            gone = range(start, end)
        else:
            first = draw(st.integers(max(0, start - 40), min(len(text), end + 40)))
            gone = range(first, first + draw(st.integers(0, 3 if kind == "some" else 9)))
        held = [i for i, (_, was) in enumerate(now) if was is not None and was in gone]
        come = draw(st.sampled_from(["", "", "ЖЩ", "ЖЩЮ ЪЫЭ", "ЦЧ ШЪ ЫЬ ЭЮ ЯЁ Й"]))
        first, past = (held[0], held[-1] + 1) if held else (len(now), len(now))
        now[first:past] = [(c, None) for c in come]
    kept = tuple(i for i, (_, was) in enumerate(now) if was is not None and start <= was < end)
    return Edited(text, start, end, "".join(c for c, _ in now), kept)


def is_no_worse(case: Edited, span: tuple[int, int]) -> bool:
    """Where the quote's remains are, or where as few edits of the whole text take it to."""
    start, end = span
    first, last = (case.kept[0], case.kept[-1] + 1) if case.kept else (0, 0)
    both = min(end, last) - max(start, first)
    if both > 0 and both * 2 >= end - start and both * 2 >= len(case.kept):
        return True
    return edits_with(case, start, end) <= distance(case.text, case.edited)


# The same examples each time: a search of many thousands is for the hand, and takes minutes.
@settings(max_examples=250, deadline=None, derandomize=True)
@given(edited())
def test_right_or_lost_never_wrong(case: Edited) -> None:
    selector = describe(case.text, case.start, case.end)
    span = place(selector, case.edited)
    event("lost" if span is None else "found")
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(case.edited)
        assert is_right(case, span), (case.edited[slice(*span)], selector)


@settings(deadline=None)
@given(TEXTS, st.data())
def test_a_removed_quote_is_lost(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 60)))
    quote = text[start:end]
    rest = text[:start] + text[end:]
    assume(quote not in rest)
    span = place(describe(text, start, end), rest)
    assert span is None or distance(rest[slice(*span)], quote) * 5 <= len(quote)


PAGE = (
    "The harbour wall was never handsome, and nobody in the town had ever claimed that it was.\n"
    "It was built in a hurry after the flood, raised twice, and patched each spring by whoever "
    "owed the council a favour, until the year in which the engineers opened it instead.\n"
    "The gate closed by itself at a quarter past two, and the square stayed dry."
)
CASES = {
    "a paragraph came before": ("A new standfirst that nobody had seen.\n" + PAGE, "raised twice"),
    "one went": (PAGE.split("\n", 1)[1], "raised twice"),
    "letters were mended": (PAGE.replace("patched", "mended"), "raised twice"),
    "the quote was mended": (
        PAGE.replace("raised twice, and", "raised three times, and"),
        "built in a hurry after the flood, raised twice, and patched each spring",
    ),
    "spaces became lines": (PAGE.replace(", ", "\n"), "the flood, raised twice, and patched"),
}


@pytest.mark.parametrize("name", CASES)
def test_ordinary_changes_are_followed(name: str) -> None:
    now, quote = CASES[name]
    start = PAGE.index(quote)
    span = place(describe(PAGE, start, start + len(quote)), now)
    assert span is not None
    assert distance(now[slice(*span)], quote) <= 12
    first, last = quote.split()[0], quote.split()[-1]
    assert now[slice(*span)].startswith(first)
    assert now[slice(*span)].endswith(last)


def test_a_refrain_is_not_taken_for_another() -> None:
    verse = "".join(f"Verse {n} says its own thing.\nAnd the tide came in.\n" for n in range(9))
    quote = "And the tide came in."
    start = verse.index(quote, verse.index("Verse 5"))
    selector = describe(verse, start, start + len(quote))
    without = verse.replace("Verse 5 says its own thing.\nAnd the tide came in.\n", "")
    assert place(selector, without) is None


def test_a_whole_book_chapter_is_followed() -> None:
    text = "\n".join(f"word{n * 7919 % 10_007} and {PAGE[n : n + 9]}" for n in range(900))
    start, end = text.index("word", 900), text.index("\nword", 7_000)
    selector = describe(text, start, end)
    now = "New first line.\n" + text[:4_000] + "Some more. " + text[4_000:]
    span = place(selector, now)
    assert span is not None
    assert now[slice(*span)] == text[start:4_000] + "Some more. " + text[4_000:end]


def test_a_long_text_is_looked_through_near_the_old_place() -> None:
    text = "".join(f"word{n} " for n in range(14_000))
    start = text.index("word9000 ")
    selector = describe(text, start, start + 28)
    span = place(selector, "x" + text)
    assert span == (start + 1, start + 29)
    assert len(text) > 2 * anchors.REACH


VERSE = "".join(f"Verse {n} says its own thing.\nAnd the tide came in.\n" for n in range(9)).strip()


def test_a_refrain_stays_when_all_before_or_behind_it_is_the_same() -> None:
    quote = "And the tide came in."
    start = VERSE.index(quote, VERSE.index("Verse 5"))
    end = start + len(quote)
    traced = trace(VERSE, start, end)
    assert follow(traced, start, end, VERSE + "\nThe end.") == (start, end)
    assert follow(traced, start, end, "A title\n" + VERSE) == (start + 8, end + 8)
    assert follow(traced, start, end, "A title\n" + VERSE + "\nThe end.") is None
    assert follow("", start, end, VERSE) is None
    assert follow(traced, start, end, "") is None


@settings(max_examples=300, deadline=None, derandomize=True)
@given(refrains())
def test_one_of_many_alike_is_right_or_lost(case: Edited) -> None:
    span = place(describe(case.text, case.start, case.end), case.edited)
    event("lost" if span is None else "found")
    if span is not None:
        assert is_no_worse(case, span), case.edited[slice(*span)]
        if case.edited.count(case.text[case.start : case.end]) == 1 and is_whole(case):
            assert span == (case.kept[0], case.kept[-1] + 1)


def is_whole(case: Edited) -> bool:
    """Whether no edit has touched the quote itself."""
    length = case.end - case.start
    return len(case.kept) == length and case.kept[-1] - case.kept[0] == length - 1


def test_a_whole_quote_is_marked_to_its_ends() -> None:
    quote = "the to which wall and to in"
    rest = "the to a the and it in\nthe year a the and to in\nمرفأ twice in wall"
    selector = describe(f"{quote}\ncouncil\n{rest}", 0, len(quote))
    now = f"{quote}il\n{rest}"
    assert place(selector, now) == (0, len(quote))


def test_a_passage_that_is_said_again_above_is_lost_or_where_it_was() -> None:
    quote = "raised twice, and patched each spring"
    start = PAGE.index(quote)
    selector = describe(PAGE, start, start + len(quote))
    again = selector.prefix + quote + selector.suffix
    now = f"Nobody had seen this.\n{again}\nNor this, which is new as well.\n{PAGE}\nAnd an end."
    assert place(selector, now) in (None, (start + now.index(PAGE), now.rindex(quote) + len(quote)))


def test_of_two_that_changed_neither_is_taken() -> None:
    quote = "raised twice, and patched each spring"
    start = PAGE.index(quote)
    selector = describe(PAGE, start, start + len(quote))
    other = (selector.prefix + quote + selector.suffix).replace("twice", "twyce")
    amended = PAGE.replace(quote, "raised thrice, and patched each spring")
    assert place(selector, f"A first line.\n{other}\nSome more that is new.\n{amended}") is None
