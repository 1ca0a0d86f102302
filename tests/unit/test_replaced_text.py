"""Highlights stand on their words at once wherever the text that an article shows is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from site_server import Reply, Site

from readlater.article import Highlight, Marks, Response
from readlater.library import Library, open_library
from readlater.library.core import Core
from readlater.library.highlighting import as_selected
from readlater.library.remaking import Remaking
from readlater.library.shown_text import shown_text
from readlater.settings import Settings
from readlater.storage import copies
from readlater.storage.connection import Store
from readlater.worker import Worker

OFFER = (
    "<div class='newsletter-signup'><h3>Sign up for our newsletter</h3>"
    "<p>Get the best of our harbour stories in your inbox. Subscribe to the newsletter.</p>"
    "<form><input type=email><button>Sign up</button></form></div>"
)
NEWS = "<p>The council has now voted on it, and this came before all that stood there.</p>"
LINES = (
    "The harbour wall was never handsome, and nobody in the town had claimed that it was one.",
    "It was built in a hurry after the flood, raised twice, and patched by whoever owed a favour.",
    "At a quarter past two the gate closed by itself, and the square behind it stayed dry.",
    "The fishmonger left his scales where they were, for the first autumn since he was a boy.",
    "What was lost is harder to count: a place to sit, and a wind that smelled of tar.",
    "Children had learned to swim against those stones, as their mothers had done before them.",
)
MORE = "Next spring the engineers come back, and the second half of the work begins at the mole."
WORDS = "for the first autumn since he was a boy"


def body(
    *, before: str = "", within: str = "", after: str = "", lines: Sequence[str] = LINES
) -> bytes:
    text = [f"<p>{line}</p>" for line in lines]
    text.insert(2, within)
    head = "<html lang=en><head><title>Wall</title></head>"
    inner = f"<h1>Wall</h1>{before}{''.join(text)}{after}"
    return f"{head}<body><article>{inner}</article></body></html>".encode()


def work(library: Library) -> None:
    while library.fetching.step():
        pass


def save(library: Library, html: bytes) -> int:
    row = library.saving.add_page(html, "https://site.example/wall").outcomes[0].id
    work(library)
    return row


def text_of(library: Library, row: int) -> str:
    return shown_text(library.reading.extracted(row).html)


def mark(library: Library, row: int, words: str = WORDS) -> Highlight:
    text = text_of(library, row)
    start = text.index(words)
    made, _ = library.highlighting.add(row, 1, as_selected(text, start, start + len(words)))
    return made


def listed(library: Library, row: int) -> Highlight:
    """As the list of all highlights has it, which reads what is kept and looks for nothing."""
    (found,) = library.highlighting.find(Marks(article=row))
    return found.highlight


def stands(library: Library, row: int) -> bool:
    held = listed(library, row)
    words = text_of(library, row)[held.selector.start : held.selector.end]
    return held.placed and words == held.selector.quote


def replace_raw(library: Library, row: int, html: bytes) -> None:
    """The page that the shown copy was made from becomes another one."""
    with Store(library.folder).write() as connection:
        copy = copies.shown(connection, row)
        assert copy is not None
        response = Response("https://site.example/wall", 200, (), html, "text/html")
        other = copies.add(connection, row, response, 1.0)
        connection.execute(
            "UPDATE copy SET (body, body_digest) ="
            " (SELECT body, body_digest FROM copy WHERE id = ?) WHERE id = ?",
            (other, copy),
        )
        copies.drop(connection, other)


def test_a_page_that_is_fetched_again(site: Site, library: Library) -> None:
    site.pages["/wall"] = Reply(body())
    (row,) = library.saving.add([site.url("/wall")]).ids
    work(library)
    made = mark(library, row)
    site.pages["/wall"] = Reply(body(before=NEWS, after=f"<p>{MORE}</p>"))
    library.saving.refetch([row])
    work(library)
    assert "council has now voted" in text_of(library, row)
    assert stands(library, row)
    assert listed(library, row).selector.start != made.selector.start


@pytest.mark.parametrize("gone", [False, True])
def test_an_article_that_is_made_anew_undone_and_redone(library: Library, *, gone: bool) -> None:
    row = save(library, body())
    made = mark(library, row)
    lines = [line for line in LINES if not (gone and WORDS in line)]
    replace_raw(library, row, body(before=NEWS, after=f"<p>{MORE}</p>", lines=lines))
    library.remaking.apply([row], force=True)
    assert "council has now voted" in text_of(library, row)
    assert listed(library, row).placed is not gone
    assert gone or stands(library, row)
    library.tidying.undo()
    assert stands(library, row)
    assert listed(library, row).selector == made.selector
    library.tidying.redo()
    assert listed(library, row).placed is not gone
    assert gone or stands(library, row)
    assert listed(library, row).selector.quote == WORDS


def test_a_block_that_is_put_back_undone_and_taken_out(library: Library) -> None:
    row = save(library, body(within=OFFER))
    (block,) = library.reading.removed(row)
    made = mark(library, row)
    library.correcting.put_back(row, [block.fingerprint])
    assert "harbour stories" in text_of(library, row)
    assert stands(library, row)
    assert listed(library, row).selector.start > made.selector.start
    library.tidying.undo()
    assert "harbour stories" not in text_of(library, row)
    assert stands(library, row)
    assert listed(library, row).selector.start == made.selector.start
    library.tidying.redo()
    assert stands(library, row)
    library.correcting.take_out(row, [block.fingerprint])
    assert stands(library, row)
    assert listed(library, row).selector.start == made.selector.start


def test_a_highlight_in_a_block_that_was_put_back_waits_for_it(library: Library) -> None:
    row = save(library, body(within=OFFER))
    (block,) = library.reading.removed(row)
    library.correcting.put_back(row, [block.fingerprint])
    mark(library, row, "the best of our harbour stories")
    library.correcting.take_out(row, [block.fingerprint])
    assert not listed(library, row).placed
    library.tidying.undo()
    assert stands(library, row)


def test_a_copy_that_the_doctor_makes_anew(library: Library) -> None:
    row = save(library, body())
    mark(library, row)
    replace_raw(library, row, body(before=NEWS))
    with Store(library.folder).write() as connection:
        connection.execute("UPDATE copy SET html = x'00' WHERE id = ?", (row,))
    assert library.caring.doctor().findings
    assert "council has now voted" in text_of(library, row)
    assert stands(library, row)


def test_a_kill_between_the_text_and_its_highlights_leaves_them_to_be_found(
    tmp_path: Path, worker: Worker
) -> None:
    library = open_library(tmp_path, Settings(), worker=worker)
    row = save(library, body())
    made = mark(library, row)
    gone = mark(library, row, "raised twice, and patched by whoever owed a favour")
    replace_raw(library, row, body(before=NEWS, lines=(LINES[0], *LINES[2:])))
    library.close()
    # The text alone, as a process leaves it that ends before its highlights have followed.
    half = Core(tmp_path, Settings())
    Remaking(half, lambda: worker).apply([row], force=True)
    half.close()
    again = open_library(tmp_path, Settings(), worker=worker)
    try:
        assert "council has now voted" in text_of(again, row)
        heard: list[int] = []  # as a window does, that reads the list at each change
        again.subscribe(lambda _event: heard.append(again.highlighting.count(Marks())))
        held = {one.highlight.id: one.highlight for one in again.highlighting.find(Marks())}
        assert heard == [2]
        at = held[made.id].selector
        assert at.start != made.selector.start
        assert text_of(again, row)[at.start : at.end] == WORDS
        assert (held[made.id].placed, held[gone.id].placed) == (True, False)
    finally:
        again.close()


def test_highlights_are_in_their_place_before_anyone_hears_of_the_text(library: Library) -> None:
    row = save(library, body())
    mark(library, row)
    replace_raw(library, row, body(before=NEWS))
    told: list[bool] = []
    library.subscribe(lambda event: told.append(stands(library, row)) if row in event.ids else None)
    library.remaking.apply([row], force=True)
    assert told
    assert all(told)
