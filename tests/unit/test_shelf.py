"""The shelf of pages that may be wanted next: few, bounded, and never what a deed has changed."""

from __future__ import annotations

import pytest

from readlater.article import Article
from readlater.errors import InputError
from readlater.library.reading import Page
from readlater.ui.reader.ready import Ready, made_ready
from readlater.ui.reader.shelf import Shelf


def ready(number: int, html: str = "<p>Text</p>") -> Ready:
    article = Article(number, f"https://site.example/{number}", 0.0, language="en")
    return made_ready(Page(article, html), divides=False)


def filled(shelf: Shelf, *numbers: int) -> Shelf:
    for number in numbers:
        shelf.fill(number, lambda n=number: ready(n))
    return shelf


def test_a_page_is_held_until_it_is_taken() -> None:
    shelf = filled(Shelf(), 4)
    taken = shelf.take(4)
    assert taken is not None
    assert taken.article.id == 4
    assert shelf.take(4) is None
    assert shelf.size_bytes == 0


def test_the_least_used_goes_first() -> None:
    shelf = filled(Shelf(most=3), 1, 2, 3)
    assert shelf.has(1)
    filled(shelf, 4)
    assert shelf.ids == (3, 1, 4)


def test_it_is_bounded_in_bytes() -> None:
    one = ready(1, "<p>" + "x" * 5000 + "</p>").size_bytes
    shelf = Shelf(most=9, most_bytes=2 * one)
    for number in range(5):
        shelf.fill(number, lambda n=number: ready(n, "<p>" + "x" * 5000 + "</p>"))
        assert shelf.size_bytes <= 2 * one
    assert shelf.ids == (3, 4)


def test_a_page_too_large_to_hold_is_not_held() -> None:
    shelf = Shelf(most_bytes=1000)
    shelf.fill(1, lambda: ready(1, "<p>" + "x" * 5000 + "</p>"))
    assert shelf.ids == ()


def test_what_changed_is_dropped() -> None:
    shelf = filled(Shelf(), 1, 2, 3)
    shelf.drop({2, 3, 77})
    assert shelf.ids == (1,)


def test_what_changes_while_it_is_read_is_not_held() -> None:
    shelf = Shelf()

    def read() -> Ready:
        shelf.drop([1])
        return ready(1)

    shelf.fill(1, read)
    assert shelf.ids == ()
    filled(shelf, 1)
    assert shelf.ids == (1,)


def test_what_is_read_while_all_is_let_go_is_not_held() -> None:
    shelf = Shelf()

    def read() -> Ready:
        shelf.clear()
        return ready(1)

    shelf.fill(1, read)
    assert shelf.ids == ()


def test_a_row_that_went_into_another_is_not_held_under_its_id() -> None:
    shelf = Shelf()
    shelf.fill(1, lambda: ready(2))
    assert shelf.ids == ()


def test_a_reading_that_fails_leaves_nothing() -> None:
    shelf = Shelf()

    def read() -> Ready:
        raise InputError("no_text_yet")

    with pytest.raises(InputError):
        shelf.fill(1, read)
    filled(shelf, 1)
    assert shelf.ids == (1,)


def test_a_ready_page_is_cleaned_coloured_and_divided() -> None:
    article = Article(1, "https://site.example/", 0.0, language="en")
    code = '<pre><code class="language-python">import os</code></pre>'
    page = Page(article, f"<p>Extraordinary</p><script>alert(1)</script>{code}")
    made = made_ready(page, divides=True)
    assert "script" not in made.body
    assert 'class="h"' in made.body
    assert 'class="k"' in made.body
    assert made.divided_as == "en"
    assert 'class="h"' not in made_ready(page, divides=False).body
