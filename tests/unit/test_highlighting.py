"""Highlights over a real database: made, changed, undone, and kept when the copy is replaced."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from site_server import Reply, Site, article

from readlater.article import Highlight, Marks, Response, Selector
from readlater.errors import InputError
from readlater.exporters.highlights import collection, markdown
from readlater.library import Library, open_library
from readlater.library.highlighting import as_selected
from readlater.library.shown_text import shown_text
from readlater.settings import Settings
from readlater.storage import copies, highlights, schema
from readlater.storage.connection import Store
from readlater.worker import Worker


@pytest.fixture
def shelf(tmp_path: Path, worker: Worker) -> Iterator[Library]:
    held = open_library(tmp_path, Settings(), worker=worker)
    yield held
    held.close()


def saved(library: Library, title: str = "Wall", **page: Any) -> int:
    reply = article(title, title, **page)
    outcome = library.saving.add_page(reply.body, f"https://site.example/{title}").outcomes[0]
    while library.fetching.step():
        pass
    return outcome.id


def text_of(library: Library, row: int) -> str:
    return shown_text(library.reading.extracted(row).html)


def selected(library: Library, row: int, words: str, after: str = "") -> Selector:
    text = text_of(library, row)
    start = text.index(words, text.index(after) if after else 0)
    return as_selected(text, start, start + len(words))


def mark(library: Library, row: int, words: str, colour: int = 1, **more: Any) -> Highlight:
    made, _ = library.highlighting.add(row, colour, selected(library, row, words, **more))
    return made


def replace_copy(library: Library, row: int, html: bytes) -> None:
    """What came for the article becomes another page, which is then extracted anew."""
    with Store(library.folder).write() as connection:
        response = Response("https://site.example/Wall", 200, (), html, "text/html")
        copy = copies.add(connection, row, response, 1.0)
        connection.execute("UPDATE article SET copy = ? WHERE id = ?", (copy, row))
    library.remaking.apply([row])


def test_a_highlight_keeps_its_words_and_their_neighbours(shelf: Library) -> None:
    row = saved(shelf)
    made = mark(shelf, row, "raised twice", 3, after="Part 2")
    text = text_of(shelf, row)
    held = shelf.highlighting.of(row)
    assert held == (made,)
    assert text[made.selector.start : made.selector.end] == "raised twice"
    assert text[: made.selector.start].endswith(made.selector.prefix)
    assert text[made.selector.end :].startswith(made.selector.suffix)
    assert (made.colour, made.placed, made.article) == (3, True, row)


def test_overlapping_highlights_come_in_the_order_of_the_text(shelf: Library) -> None:
    row = saved(shelf)
    late = mark(shelf, row, "nobody in the town", 2)
    early = mark(shelf, row, "handsome, and nobody", 1)
    assert [h.id for h in shelf.highlighting.of(row)] == [early.id, late.id]


def test_spaces_at_the_ends_of_a_selection_are_left_out(shelf: Library) -> None:
    row = saved(shelf)
    made = mark(shelf, row, " raised twice, ")
    assert made.selector.quote == "raised twice,"
    with pytest.raises(InputError) as caught:
        mark(shelf, row, " ")
    assert caught.value.code == "nothing_selected"


def test_a_selection_of_an_older_text_is_found_or_refused(shelf: Library) -> None:
    row = saved(shelf)
    right = selected(shelf, row, "Part 3. The harbour wall")
    moved = Selector(right.quote, right.prefix, right.suffix, right.start + 7, right.end + 7)
    made, _ = shelf.highlighting.add(row, 1, moved)
    assert made.selector.start == right.start
    with pytest.raises(InputError) as caught:
        shelf.highlighting.add(row, 1, Selector("words of another page", "", "", 3, 24))
    assert caught.value.code == "text_changed"


def test_every_deed_is_undone_and_redone(shelf: Library) -> None:
    row = saved(shelf)
    lighting, tidying = shelf.highlighting, shelf.tidying
    made = mark(shelf, row, "raised twice")
    steps = [lighting.of(row)]
    for deed in (
        lambda: lighting.set_colour([made.id], 4),
        lambda: lighting.annotate(made.id, "Twice only?"),
        lambda: lighting.tag([made.id], ["Sea", "wall"]),
        lambda: lighting.tag([made.id], remove=["sea"]),
        lambda: lighting.remove([made.id]),
    ):
        assert deed().undo_id
        steps.append(lighting.of(row))
    assert steps[-1] == ()
    assert steps[-2][0].note == "Twice only?"
    assert steps[-2][0].tags == ("wall",)
    assert steps[-3][0].tags == ("Sea", "wall")
    for before in reversed(steps[:-1]):
        tidying.undo()
        assert [h.tags for h in lighting.of(row)] == [h.tags for h in before]
        assert lighting.of(row) == before
    tidying.undo()
    assert lighting.of(row) == ()
    assert lighting.count(Marks(query="twice")) == 0
    for after in steps:
        tidying.redo()
        assert lighting.of(row) == after


def test_a_note_on_the_article_is_undone(shelf: Library) -> None:
    row = saved(shelf)
    assert shelf.highlighting.note(row, "Read again in spring").code == "noted"
    assert shelf.reading.article(row).note == "Read again in spring"
    shelf.tidying.undo()
    assert shelf.reading.article(row).note == ""
    with pytest.raises(InputError):
        shelf.highlighting.note(99, "nothing")


def test_changes_name_the_article(shelf: Library) -> None:
    row = saved(shelf)
    heard: list[object] = []
    shelf.subscribe(heard.append)
    made = mark(shelf, row, "raised twice")
    shelf.highlighting.remove([made.id])
    assert [event.ids for event in heard] == [{row}, {row}]  # type: ignore[attr-defined]


LINES = (
    "The harbour wall was never handsome, and nobody in the town had ever claimed that it was.",
    "It was built in a hurry after the flood, raised twice, and patched each spring by whoever "
    "owed the council a favour, until the year in which the engineers opened it instead.",
    "At a quarter past two the gate closed by itself, and the square behind it stayed dry.",
    "The fishmonger, who had carried his scales upstairs every autumn since he was a boy, left "
    "them where they were and went to bed.",
    "What the town lost is harder to count: a place to sit, a wind that smelled of tar, and the "
    "children who had learned to swim against those stones.",
)


def pages(*lines: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = "<html lang=en><head><title>Wall</title></head>"
    return f"{head}<body><article><h1>Wall</h1>{body}</article></body></html>".encode()


def test_extracting_anew_keeps_the_place_or_says_that_it_is_lost(shelf: Library) -> None:
    row = shelf.saving.add_page(pages(*LINES), "https://site.example/w").outcomes[0].id
    while shelf.fetching.step():
        pass
    kept = mark(shelf, row, "raised twice")
    gone = mark(shelf, row, "left them where they were and went to bed")
    first = "The council has now voted, and this came before all that was there."
    replace_copy(shelf, row, pages(first, *LINES[:3], LINES[4]))
    text = text_of(shelf, row)
    assert text.startswith(first)
    held = {h.id: h for h in shelf.highlighting.of(row)}
    place = held[kept.id].selector
    assert held[kept.id].placed
    assert text[place.start : place.end] == "raised twice"
    assert place.start == kept.selector.start + len(first) + 1
    assert not held[gone.id].placed
    assert [h.id for h in shelf.highlighting.of(row)] == [kept.id, gone.id]
    assert held[gone.id].selector.quote == gone.selector.quote

    replace_copy(shelf, row, pages(*LINES))
    held = {h.id: h for h in shelf.highlighting.of(row)}
    assert held[gone.id].placed, "its words are there again, and so is it"
    assert held[kept.id].selector.start == kept.selector.start


def test_the_trash_keeps_highlights_and_emptying_it_takes_them(shelf: Library) -> None:
    row = saved(shelf)
    made = mark(shelf, row, "raised twice")
    shelf.highlighting.tag([made.id], ["sea"])
    shelf.tidying.trash([row])
    assert shelf.highlighting.count(Marks()) == 0
    shelf.tidying.restore([row])
    assert shelf.highlighting.count(Marks()) == 1
    shelf.tidying.trash([row])
    shelf.tidying.empty_trash()
    assert shelf.highlighting.tags() == ()
    with Store(shelf.folder).read() as connection:
        assert connection.execute("SELECT count(*) FROM highlight").get == 0


def test_two_rows_that_become_one_keep_both_their_highlights(site: Site, library: Library) -> None:
    head = f'<link rel=canonical href="{site.url("/one")}">'
    page = article("Wall", "Wall")
    site.pages["/one"] = page
    site.pages["/two"] = Reply(article("Wall", "Wall", head=head).body)
    site.pages["/other"] = article("Other", "Quite other words")
    first = library.saving.add([site.url("/one")]).outcomes[0].id
    second = library.saving.add([site.url("/other")]).outcomes[0].id
    while library.fetching.step():
        pass
    mark(library, first, "raised twice", after="Part 1")
    mark(library, second, "Quite other words Part 3")
    library.highlighting.note(first, "One")
    library.highlighting.note(second, "Two")
    library.saving.set_address(second, site.url("/two"))
    while library.fetching.step():
        pass
    held = library.highlighting.of(second)
    assert {h.article for h in held} == {first}
    assert [(h.selector.quote, h.placed) for h in held] == [
        ("raised twice", True),
        ("Quite other words Part 3", False),
    ]
    assert library.reading.article(first).note == "One\n\nTwo"


def test_the_whole_library_is_searched_and_filtered(shelf: Library) -> None:
    one, two = saved(shelf, "Wall"), saved(shelf, "Gate")
    lighting = shelf.highlighting
    a = mark(shelf, one, "raised twice", 1)
    b = mark(shelf, two, "the engineers opened it", 2)
    c = mark(shelf, two, "nobody in the town", 2)
    lighting.annotate(c.id, "港の壁 and Überschwemmung")
    lighting.tag([a.id, b.id], ["Sea"])
    found = lambda **marks: [f.highlight.id for f in lighting.find(Marks(**marks))]  # noqa: E731
    assert found() == [c.id, b.id, a.id]
    assert found(colour=2) == [c.id, b.id]
    assert found(tag="sea") == [b.id, a.id]
    assert found(article=two) == [c.id, b.id]
    assert found(query="engin") == [b.id]
    assert found(query="uberschwemmung") == [c.id]
    assert found(query="港の") == [c.id]
    assert found(query="twice", colour=2) == []
    assert lighting.count(Marks(colour=2)) == 2
    assert lighting.tags() == (("Sea", 2),)
    assert [f.title for f in lighting.find(Marks(), 1, 1)] == ["Gate"]


def test_lists_are_read_through_their_indexes(shelf: Library) -> None:
    with Store(shelf.folder).read() as connection:
        for colour, index in ((0, "highlight_newest"), (3, "highlight_colour")):
            from readlater.storage.highlights import _where

            source, condition, arguments = _where(Marks(colour=colour))
            plan = connection.execute(
                f"EXPLAIN QUERY PLAN SELECT h.id FROM {source} WHERE {condition}"
                " ORDER BY h.created_at DESC, h.id DESC LIMIT 50",
                arguments,
            )
            said = " ".join(str(step[3]) for step in plan)
            assert index in said
            assert "TEMP B-TREE" not in said


def test_an_older_library_gets_the_tables(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.write() as connection:
        for (name,) in list(
            connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN"
                " ('highlight', 'highlight_tag', 'highlight_index', 'site_icon')"
            )
        ):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("ALTER TABLE article DROP COLUMN note")
        connection.pragma("user_version", schema.MIGRATIONS.index(schema._highlights))
    store.close()
    again = Store(tmp_path)
    with again.read() as connection:
        assert connection.execute("SELECT count(*) FROM highlight").get == 0
        assert connection.execute("SELECT count(note) FROM article").get == 0
    again.close()


def test_the_doctor_finds_all_sound_and_mends_the_index(shelf: Library) -> None:
    row = saved(shelf)
    made = mark(shelf, row, "raised twice")
    gone = mark(shelf, row, "nobody in the town")
    shelf.highlighting.annotate(made.id, "When?")
    shelf.highlighting.remove([gone.id])
    shelf.tidying.undo()
    assert not shelf.caring.doctor().findings
    with Store(shelf.folder).write() as connection:
        connection.execute("DELETE FROM highlight_index WHERE rowid = ?", (made.id,))
    assert shelf.highlighting.count(Marks(query="when")) == 0
    (finding,) = shelf.caring.doctor().findings
    assert (finding.code, finding.mended) == ("index", True)
    assert shelf.highlighting.count(Marks(query="when")) == 1


def test_the_list_by_article_reads_through_an_index_and_pages(shelf: Library) -> None:
    rows = [saved(shelf, title) for title in ("Wall", "Gate")]
    made = [
        mark(shelf, row, words, 1 + n % 2)
        for row in rows
        for n, words in enumerate(("nobody in the town", "raised twice", "handsome"))
    ]
    found = shelf.highlighting.find
    whole = found(Marks(by_article=True))
    places = [(f.highlight.article, f.highlight.selector.start) for f in whole]
    assert places == sorted(places, key=lambda place: (-place[0], place[1]))
    paged = [f for at in range(0, 6, 2) for f in found(Marks(by_article=True), at, 2)]
    assert tuple(paged) == whole
    assert {f.highlight.id for f in whole} == {h.id for h in made}
    coloured = found(Marks(by_article=True, colour=1, query="nobody"))
    assert [f.highlight.article for f in coloured] == sorted(rows, reverse=True)


def test_a_note_on_an_article_without_highlights_is_written_too(shelf: Library) -> None:
    wall, gate, bare = (saved(shelf, title) for title in ("Wall", "Gate", "Bare"))
    mark(shelf, wall, "raised twice")
    for row, note in ((wall, "One"), (gate, "Two")):
        shelf.highlighting.note(row, note)
    found = list(shelf.highlighting.every(Marks()))
    notes = shelf.highlighting.notes([wall])
    written = markdown(found, notes, shelf.highlighting.noted([Marks()]))
    assert [line for line in written.split("\n") if line] == [
        "## [Wall](https://site.example/Wall), site.example",
        "One",
        "> raised twice",
        "## [Gate](https://site.example/Gate), site.example",
        "Two",
    ]
    noted = shelf.highlighting.noted
    assert [a.id for a in noted([Marks(article=gate), Marks(article=bare)])] == [gate]
    assert noted([Marks(colour=1)]) == noted([Marks(query="raised")]) == noted([]) == ()
    shelf.tidying.trash([gate])
    assert [a.id for a in noted([Marks()])] == [wall]


def test_a_list_that_grows_while_it_is_read_gives_each_once(shelf: Library) -> None:
    row = saved(shelf)
    with Store(shelf.folder).write() as connection:
        for n in range(501):
            selector = Selector(f"passage {n}", start=n, end=n + 9)
            highlights.insert(connection, row, 1, selector, anchored="", now=float(n))
    reading = shelf.highlighting.every(Marks())
    first = next(reading)
    mark(shelf, row, "raised twice")
    ids = [first.highlight.id, *(one.highlight.id for one in reading)]
    assert len(ids) == len(set(ids)) == 501


def test_annotations_are_those_of_the_w3c(shelf: Library) -> None:
    row = saved(shelf)
    made = mark(shelf, row, "raised twice", after="Part 2")
    noted = mark(shelf, row, "nobody in the town")
    shelf.highlighting.annotate(noted.id, "Nobody?")
    # A page that came as a file and says no address of its own.
    with Store(shelf.folder).write() as connection:
        connection.execute("UPDATE article SET url = ''")
    held = json.loads(collection(list(shelf.highlighting.every(Marks(by_article=True)))))
    assert held["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert held["total"] == len(held["first"]["items"]) == 2
    text = text_of(shelf, row)
    for item in held["first"]["items"]:
        assert item["type"] == "Annotation"
        assert all(":" in item[name] for name in ("id", "created", "modified"))
        assert ":" in item["target"]["source"]
        quote, position = item["target"]["selector"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
    bodies = {item["id"]: item.get("body") for item in held["first"]["items"]}
    assert bodies[f"urn:readlater:highlight:{made.id}"] is None  # none is no empty list
    (note,) = bodies[f"urn:readlater:highlight:{noted.id}"]
    assert note == {"type": "TextualBody", "purpose": "commenting", "value": "Nobody?"}
