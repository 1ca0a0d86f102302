"""Articles made anew: shown first, done in chunks under one undo, never lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from readlater.article import Access, Extracted, Place, Removed, Response, View
from readlater.errors import ExtractionError
from readlater.library import Library, open_library
from readlater.library.core import BODIES
from readlater.library.differences import difference, text_lines
from readlater.library.remaking import Outcome, Remade
from readlater.settings import Settings
from readlater.storage import undo

PAGES = 2 * BODIES + 5


class Extractor:
    """Makes of a page what `make` says; a newer extractor is another `make`."""

    def __init__(self) -> None:
        self.newer = False
        self.lossy: set[str] = set()
        self.walls: set[str] = set()
        self.broken: set[str] = set()
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()
        self.gate: threading.Barrier | None = None

    def extract(self, response: Response, keep: frozenset[str] = frozenset()) -> Extracted:
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.gate is not None:
                self.gate.wait(20)
            return self._make(response)
        finally:
            with self._lock:
                self.at_once -= 1

    def _make(self, response: Response) -> Extracted:
        name = response.url.rsplit("/", 1)[-1]
        if name in self.broken:
            raise ExtractionError("worker_died")
        said = f"The page {name} says a few words of its own."
        words = 10
        if self.newer:
            said, words = f"{said} And more of them.", 14
        if self.newer and name in self.lossy:
            said, words = "Four.", 4
        access = Access.BOT_WALL if self.newer and name in self.walls else Access.FULL
        title = f"Page {name}{' anew' if self.newer else ''}"
        return Extracted(
            title=title, html=f"<p>{said}</p>", text=said, word_count=words, access=access
        )

    def thumbnail(self, picture: bytes, size_px: int = 144) -> bytes | None:
        return None


@pytest.fixture
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture
def library(tmp_path: Path, extractor: Extractor) -> Iterator[Library]:
    held = open_library(tmp_path / "library", Settings(), worker=extractor)
    yield held
    held.close()


def fill(library: Library, count: int = PAGES) -> list[int]:
    for n in range(count):
        library.saving.add_page(b"<p>page", f"https://a.example/{n}")
        library.fetching.step()
    return sorted(library.remaking.all())


def titles(library: Library, ids: list[int]) -> list[str]:
    return [row.title for _, row in library.reading.articles(ids) if row]


def test_a_look_changes_nothing(library: Library, extractor: Extractor) -> None:
    ids = fill(library, 3)
    extractor.newer = True
    extractor.lossy = {"2"}
    before = titles(library, ids)
    seen = list(library.remaking.look(ids, at_once=2))
    assert [one.id for one in seen] == ids
    assert [one.outcome for one in seen] == [Outcome.CHANGED, Outcome.CHANGED, Outcome.LOSS]
    change = difference(seen[0].held, seen[0].made)
    assert (change.words, change.text) == ((10, 14), True)
    assert [(v.name, v.after) for v in change.values] == [("title", "Page 0 anew")]
    assert titles(library, ids) == before
    assert library.tidying.next_undo() == "saved"


def test_all_is_made_anew_under_one_undo(library: Library, extractor: Extractor) -> None:
    ids = fill(library)
    before = titles(library, ids)
    extractor.newer = True
    told: list[Remade] = []
    deed = library.remaking.apply(ids, told.append, at_once=3)
    assert deed
    assert [one.outcome for one in told] == [Outcome.CHANGED] * PAGES
    after = titles(library, ids)
    assert all(title.endswith("anew") for title in after)
    assert "more of them" in library.reading.text(ids[0])
    assert library.searching.find(View(Place.ALL, query="more"), ranked=False)
    undone = library.tidying.undo()
    assert (undone.code, undone.undo_id, len(undone.ids)) == ("remade", deed, PAGES)
    assert titles(library, ids) == before
    assert not library.searching.find(View(Place.ALL, query="more"), ranked=False)
    library.tidying.redo()
    assert titles(library, ids) == after
    assert library.caring.doctor().sound


def test_doing_it_again_changes_nothing(library: Library, extractor: Extractor) -> None:
    ids = fill(library, 4)
    extractor.newer = True
    library.remaking.apply(ids)
    told: list[Remade] = []
    assert library.remaking.apply(ids, told.append) == 0
    assert {one.outcome for one in told} == {Outcome.SAME}


def test_what_would_lose_too_much_is_left_unless_forced(
    library: Library, extractor: Extractor
) -> None:
    ids = fill(library, 3)
    extractor.newer, extractor.lossy, extractor.walls = True, {"0"}, {"1"}
    told: list[Remade] = []
    library.remaking.apply(ids, told.append)
    assert [one.outcome for one in told] == [Outcome.LOSS, Outcome.LOSS, Outcome.CHANGED]
    assert "a few words" in library.reading.text(ids[0])
    assert library.reading.article(ids[1]).access is Access.FULL
    library.remaking.apply(ids, force=True)
    assert library.reading.text(ids[0]) == "Four."
    assert library.reading.article(ids[1]).access is Access.BOT_WALL
    library.tidying.undo()
    assert "a few words" in library.reading.text(ids[0])
    assert library.reading.article(ids[1]).access is Access.FULL


def test_a_page_that_cannot_be_read_keeps_its_copy(library: Library, extractor: Extractor) -> None:
    ids = fill(library, 2)
    extractor.newer, extractor.broken = True, {"0"}
    told: list[Remade] = []
    library.remaking.apply(ids, told.append)
    assert [one.outcome for one in told] == [Outcome.FAILED, Outcome.CHANGED]
    assert "a few words" in library.reading.text(ids[0])


def test_a_page_that_failed_before_is_read_at_last(library: Library, extractor: Extractor) -> None:
    extractor.broken = {"0"}
    (row,) = fill(library, 1)
    assert library.reading.article(row).problem is not None
    extractor.broken = set()
    library.remaking.apply([row])
    now = library.reading.article(row)
    assert (now.status, now.problem, now.title) == ("ready", None, "Page 0")
    assert library.tidying.next_undo() == "saved"


def test_several_pages_are_read_at_the_same_time(library: Library, extractor: Extractor) -> None:
    ids = fill(library, 6)
    extractor.gate = threading.Barrier(3)  # none goes on until three are there
    list(library.remaking.look(ids, at_once=3))
    assert extractor.most_at_once == 3


def test_stopping_keeps_what_was_told_and_nothing_else(
    library: Library, extractor: Extractor
) -> None:
    ids = fill(library)
    extractor.newer = True
    told: list[int] = []

    def each(one: Remade) -> None:
        told.append(one.id)
        if len(told) == BODIES:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.remaking.apply(ids, each, at_once=2)
    anew = [row.id for _, row in library.reading.articles(ids) if row and "anew" in row.title]
    assert anew == told == ids[:BODIES]
    assert library.caring.doctor().sound
    library.remaking.apply(ids)
    assert all(title.endswith("anew") for title in titles(library, ids))
    library.tidying.undo()
    library.tidying.undo()
    assert not any(title.endswith("anew") for title in titles(library, ids))


def test_an_undo_that_was_killed_halfway_can_be_done_again(
    library: Library, extractor: Extractor
) -> None:
    ids = fill(library)
    before = titles(library, ids)
    extractor.newer = True
    deed = library.remaking.apply(ids)
    with library._core.store.write() as connection:  # its first chunk, and then the end
        undo.apply(connection, deed, ids[:BODIES], redo=False)
    library.tidying.undo()
    assert titles(library, ids) == before
    assert all("more of them" not in library.reading.text(row) for row in ids)
    library.tidying.redo()
    assert all("more of them" in library.reading.text(row) for row in ids)


def test_what_changed_meanwhile_is_left_alone(library: Library, extractor: Extractor) -> None:
    ids = fill(library, BODIES + 1)
    extractor.newer = True
    other = open_library(library.folder, Settings(), worker=extractor)
    told: dict[int, Outcome] = {}

    def each(one: Remade) -> None:
        told[one.id] = one.outcome

    class Meddling(Extractor):
        def extract(self, response: Response, keep: frozenset[str] = frozenset()) -> Extracted:
            if response.url.endswith("/0"):
                other.remaking.apply([ids[0]])
            return extractor.extract(response)

    meddled = open_library(library.folder, Settings(), worker=Meddling())
    meddled.remaking.apply(ids, each)
    meddled.close()
    other.close()
    assert told.pop(ids[0]) is Outcome.MOVED
    assert set(told.values()) == {Outcome.CHANGED}
    assert all(title.endswith("anew") for title in titles(library, ids))


def test_a_deed_goes_on_while_it_stands(library: Library, extractor: Extractor) -> None:
    ids = fill(library, 3)
    extractor.newer = True
    deed = library.remaking.apply(ids[:1])
    assert library.remaking.apply(ids[1:2], deed=deed) == deed
    library.tidying.undo()
    assert not any(title.endswith("anew") for title in titles(library, ids))
    assert library.remaking.apply(ids[2:], deed=deed) not in (0, deed)


def test_what_undo_keeps_goes_with_its_deed_and_its_copy(
    library: Library, extractor: Extractor
) -> None:
    ids = fill(library, 2)
    extractor.newer = True
    library.remaking.apply(ids)
    library.tidying.trash(ids[:1])
    library.tidying.empty_trash()
    with library._core.store.read() as connection:
        assert connection.execute("SELECT count(*) FROM earlier").get == 1
    library.tidying.undo()
    library.tidying.undo()
    library.tidying.favourite(ids[1:])  # what was undone can no longer be redone
    with library._core.store.read() as connection:
        assert connection.execute("SELECT count(*) FROM earlier").get == 0


def test_a_difference_names_each_value_and_line() -> None:
    held = Extracted(title="A", text="One.\nTwo.", word_count=2, access=Access.FULL)
    block = Removed("share", "after paragraph 1", "Share", "")
    made = replace(held, title="B", text="One.\nThree.", access=Access.PREVIEW, removed=(block,))
    change = difference(held, made)
    assert change.access == (Access.FULL, Access.PREVIEW)
    assert change.removed == (0, 1)
    assert [(v.name, v.before, v.after) for v in change.values] == [("title", "A", "B")]
    assert text_lines(held, made)[1:] == [" One.", "-Two.", "+Three."]
    assert text_lines(held, held) == []
    assert difference(None, made).access == (None, Access.PREVIEW)
