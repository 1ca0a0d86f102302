"""Which addresses are pages of one article, and which only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlater.pipeline import part_links

A = "https://news.example"


@pytest.mark.parametrize(
    ("page", "other", "numbers"),
    [
        (f"{A}/sea/story", f"{A}/sea/story?page=2", (1, 2)),
        (f"{A}/sea/story", "https://www.news.example/sea/story?page=2", (1, 2)),
        (f"{A}/sea/story?page=2", f"{A}/sea/story?page=3", (2, 3)),
        (f"{A}/sea/story?page=2", f"{A}/sea/story", (2, 1)),
        (f"{A}/story?id=7", f"{A}/story?id=7&pg=2", (1, 2)),
        (f"{A}/sea/story", f"{A}/sea/story/2", (1, 2)),
        (f"{A}/sea/story/", f"{A}/sea/story/2/", (1, 2)),
        (f"{A}/sea/story/2/", f"{A}/sea/story/3/", (2, 3)),
        (f"{A}/sea/story/", f"{A}/sea/story/page/2/", (1, 2)),
        (f"{A}/sea/story", f"{A}/sea/story/seite-2", (1, 2)),
        (f"{A}/sea/story.html", f"{A}/sea/story-2.html", (1, 2)),
        (f"{A}/sea/story.html", f"{A}/sea/story_2.html", (1, 2)),
        (f"{A}/sea/story,1.html", f"{A}/sea/story,2.html", (1, 2)),
        (f"{A}/sea/story-12345.html", f"{A}/sea/story-12345-2.html", (1, 2)),
        (f"{A}/threads/otters.123/", f"{A}/threads/otters.123/page-2", (1, 2)),
        (f"{A}/t.php?t=1", f"{A}/t.php?t=1&start=15", (1, 15)),
        (f"{A}/t.php?t=1&start=15", f"{A}/t.php?t=1&start=30", (15, 30)),
    ],
)
def test_pages_of_one_thing(page: str, other: str, numbers: tuple[int, int]) -> None:
    assert part_links.step(page, other) == numbers


@pytest.mark.parametrize(
    ("page", "other"),
    [
        (f"{A}/sea/story", f"{A}/sea/next-story"),
        (f"{A}/sea/story", "https://other.example/sea/story?page=2"),
        (f"{A}/story?id=7", f"{A}/story?id=8"),
        (f"{A}/story?id=7", f"{A}/story?page=2"),
        (f"{A}/sea/story-12345.html", f"{A}/sea/story-12346.html"),
        (f"{A}/", f"{A}/page/2"),
        (f"{A}/sea/story", f"{A}/sea/story/2024"),
        (f"{A}/sea/story", f"{A}/sea/story/comment-page-2"),
        (f"{A}/sea/story", f"{A}/sea/story?cpage=2"),
        (f"{A}/sea/story", f"{A}/sea/story/print/2"),
        (f"{A}/sea/story", f"{A}/amp/sea/story/2"),
        (f"{A}/sea/story", f"{A}/sea/story?page=9999"),
        (f"{A}/sea/story", f"{A}/sea/story"),
    ],
)
def test_what_only_looks_like_it(page: str, other: str) -> None:
    assert part_links.step(page, other) is None


@pytest.mark.parametrize(
    ("other", "holds"),
    [
        ("/sea/story?page=all", True),
        ("/sea/story/all", True),
        ("/sea/story-all.html", True),
        ("/sea/story?singlepage=1", True),
        ("/sea/story", False),
        ("/sea/story?print=1", False),
        ("/sea/", False),
        ("/sea/other", False),
        ("https://pay.example/sea/story/all", False),
    ],
)
def test_one_page_of_all_lies_beneath_the_article(other: str, *, holds: bool) -> None:
    address = other if other.startswith("http") else A + other
    assert part_links.is_beneath(f"{A}/sea/story", address) is holds
    if "://" not in other and "print" not in other:
        assert (
            part_links.is_beneath(f"{A}/sea/story.html", address) is holds or other == "/sea/story"
        )


def test_all_of_another_id_is_another_article() -> None:
    assert not part_links.is_beneath(f"{A}/story?id=7", f"{A}/story?id=8&view=all")
    assert part_links.is_beneath(f"{A}/story?id=7", f"{A}/story?id=7&view=all")


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_address_has_an_answer(page: str, other: str) -> None:
    found = part_links.step(f"{A}/{page}", f"{A}/{other}")
    assert found is None or min(found) >= 0
