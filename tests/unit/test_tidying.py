"""Deeds and their undo, over a real database and no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlater.article import Article, Place, Sort, State, View
from readlater.errors import InputError, LibraryError
from readlater.library import Library, open_library
from readlater.settings import Settings
from readlater.storage import schema
from readlater.storage.connection import FILE, Store
from readlater.storage.rows import ORDERS, PLACES, source


class _Nothing:
    """Neither network nor worker is used here."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} is not to be used")


def opened(folder: Path, clock: Callable[[], float] | None = None) -> Library:
    return open_library(folder, Settings(), net=_Nothing(), worker=_Nothing(), clock=clock)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    held = opened(tmp_path)
    yield held
    held.close()


def rows(library: Library, place: Place = Place.ALL, **view: Any) -> list[int]:
    return [a.id for a in library.searching.cards(View(place, **view), 0, 1000)]


def state(library: Library) -> list[tuple[object, ...]]:
    places = (Place.ALL, Place.TRASH)
    found: list[Article] = [a for p in places for a in library.searching.cards(View(p), 0, 1000)]
    return [(a.id, a.url, a.state, a.favourite, a.tags, a.saved_at) for a in found]


def test_states_and_places(shelf: Library) -> None:
    a, b, c = shelf.saving.add([f"https://example.org/{n}" for n in "abc"]).ids
    assert rows(shelf, Place.UNREAD) == [a, b, c]
    shelf.tidying.archive([a])
    shelf.tidying.favourite([a, b])
    shelf.tidying.trash([c])
    assert rows(shelf, Place.UNREAD) == [b]
    assert rows(shelf, Place.ARCHIVE) == [a]
    assert rows(shelf, Place.FAVOURITES) == [a, b]
    assert rows(shelf, Place.TRASH) == [c]
    assert rows(shelf) == [a, b]
    counts = shelf.searching.counts()
    assert (counts.places[Place.ALL], counts.places[Place.TRASH], counts.queued) == (2, 1, 2)
    shelf.tidying.restore([c])
    assert shelf.reading.article(c).state is State.UNREAD


def test_every_place_and_order_is_read_by_the_page(shelf: Library) -> None:
    shelf.saving.add([f"https://example.org/{n}" for n in range(50)], ["t"])
    for place in Place:
        for sort in Sort:
            view = View(place, tag="t" if place is Place.TAG else "", sort=sort)
            whole = [a.id for a in shelf.searching.cards(view, 0, 100)]
            paged = [
                a.id for offset in range(0, 60, 7) for a in shelf.searching.cards(view, offset, 7)
            ]
            assert paged == whole
            assert len(whole) == shelf.searching.count(view)


def test_lists_are_read_from_an_index(tmp_path: Path) -> None:
    opened(tmp_path).close()
    store = Store(tmp_path)
    with store.read() as connection:
        for place, condition in PLACES.items():
            if place is Place.TAG:
                continue
            small = place in (Place.CONTINUE, Place.PREVIEWS, Place.FAILED, Place.TRASH)
            for sort in (Sort.NEWEST, Sort.OLDEST) if small else Sort:
                plan = " ".join(
                    row[3]
                    for row in connection.execute(
                        f"EXPLAIN QUERY PLAN SELECT a.id FROM {source(View(place, sort=sort))}"
                        f" WHERE {condition} ORDER BY {ORDERS[sort]} LIMIT 30 OFFSET 500"
                    )
                )
                assert plan.startswith("SCAN a USING")
                assert "INDEX article_" in plan
                assert "TEMP B-TREE" not in plan
    store.close()


def test_tags(shelf: Library) -> None:
    a, b = shelf.saving.add(["https://example.org/a", "https://example.org/b"], ["Sea, land"]).ids
    assert shelf.tidying.tags() == ("land", "Sea")
    shelf.tidying.tag([a], add=["SEA", " new  one "], remove=["Land"])
    assert shelf.reading.article(a).tags == ("new one", "Sea")
    assert shelf.tidying.rename_tag("sea", "Ocean").code == "tag_renamed"
    assert rows(shelf, Place.TAG, tag="ocean") == [a, b]
    assert shelf.tidying.rename_tag("land", "ocean").code == "tag_merged"
    assert shelf.reading.article(b).tags == ("ocean",)
    shelf.tidying.delete_tag("OCEAN")
    assert shelf.tidying.tags() == ("new one",)
    for _ in range(3):
        shelf.tidying.undo()
    assert shelf.reading.article(b).tags == ("land", "Sea")
    for bad in ("", "  ", "x" * 101):
        with pytest.raises(InputError) as error:
            shelf.tidying.rename_tag("sea", bad)
        assert error.value.code == "bad_tag"
    with pytest.raises(InputError):
        shelf.tidying.delete_tag("never")


def test_a_renamed_tag_is_found_by_its_new_name(shelf: Library) -> None:
    (a,) = shelf.saving.add(["https://example.org/a"], ["otter"]).ids

    def found(query: str) -> list[int]:
        hits = shelf.searching.find(View(Place.ALL, query=query), ranked=False)
        return [hit.article.id for hit in hits]

    assert found("otter") == [a]
    shelf.tidying.rename_tag("otter", "badger")
    assert (found("otter"), found("badger")) == ([], [a])
    shelf.tidying.undo()
    assert (found("otter"), found("badger")) == ([a], [])


def test_the_trash_is_emptied_for_good(shelf: Library) -> None:
    a, b = shelf.saving.add(["https://example.org/a", "https://example.org/b"]).ids
    shelf.tidying.trash([a])
    assert shelf.tidying.empty_trash() == 1
    assert rows(shelf) == [b]
    assert rows(shelf, Place.TRASH) == []
    shelf.tidying.undo()  # of the trashing: its row is gone, and nothing breaks
    assert rows(shelf) == [b]


def test_redo_is_lost_with_a_new_deed(shelf: Library) -> None:
    (a,) = shelf.saving.add(["https://example.org/a"]).ids
    shelf.tidying.archive([a])
    shelf.tidying.undo()
    shelf.tidying.favourite([a])
    with pytest.raises(InputError) as error:
        shelf.tidying.redo()
    assert error.value.code == "nothing_to_redo"


def test_a_long_deed_is_one_undo(shelf: Library) -> None:
    ids = shelf.saving.add([f"https://example.org/{n}" for n in range(700)]).ids
    shelf.tidying.archive(ids)
    assert shelf.searching.count(View(Place.ARCHIVE)) == 700
    shelf.tidying.undo()
    assert shelf.searching.count(View(Place.UNREAD)) == 700
    shelf.tidying.undo()
    assert shelf.searching.count(View(Place.ALL)) == 0


_TAGS = st.sampled_from(["a", "b", "C", "c d"])
_DEEDS = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 5), _TAGS),
    st.tuples(st.sampled_from(["archive", "favourite"]), st.integers(0, 5), st.booleans()),
    st.tuples(st.sampled_from(["trash", "restore"]), st.integers(0, 5), st.none()),
    st.tuples(st.sampled_from(["tag", "untag"]), st.integers(0, 5), _TAGS),
    st.tuples(st.just("rename"), _TAGS, _TAGS),
)


def _do(library: Library, deed: tuple[Any, ...]) -> None:
    kind, which, what = deed
    tidying = library.tidying
    ids = [a.id for p in (Place.ALL, Place.TRASH) for a in library.searching.cards(View(p), 0, 99)]
    some = ids[which % len(ids) :][:2] if ids and isinstance(which, int) else []
    if kind == "add":
        library.saving.add([f"https://example.org/{which}"], [what])
    elif kind == "archive":
        tidying.archive(some, on=what)
    elif kind == "favourite":
        tidying.favourite(some, on=what)
    elif kind in ("trash", "restore"):
        getattr(tidying, kind)(some)
    elif kind == "tag":
        tidying.tag(some, add=[what])
    elif kind == "untag":
        tidying.tag(some, remove=[what])
    else:
        tidying.rename_tag(which, what)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=st.lists(_DEEDS, max_size=12))
def test_undo_of_all_is_the_beginning_and_redo_of_all_the_end(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[Any, ...]]
) -> None:
    library = opened(tmp_path_factory.mktemp("deeds"))
    library.saving.add(["https://example.org/0", "https://example.org/1"])
    states = [state(library)]
    for deed in deeds:
        try:
            _do(library, deed)
        except InputError:
            continue
        if state(library) != states[-1]:
            states.append(state(library))
    end = states[-1]
    seen = [state(library)]
    while True:
        library.tidying.undo()
        seen.append(state(library))
        if not seen[-1]:
            break
    assert states[0] in seen
    while True:
        try:
            library.tidying.redo()
        except InputError:
            break
    assert state(library) == end
    assert library.caring.doctor().findings == ()
    library.close()


def test_another_process_is_noticed(tmp_path: Path) -> None:
    first, second = opened(tmp_path), opened(tmp_path)
    heard: list[Any] = []
    first.subscribe(heard.append)
    first.poll()
    (a,) = second.saving.add(["https://example.org/a"]).ids
    assert heard == []
    first.poll()
    assert [event.ids for event in heard] == [frozenset([a])]
    first.tidying.archive([a])
    first.poll()
    assert len(heard) == 2  # its own deed was told once
    first.close()
    second.close()


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    for content in (b"no database at all " * 100, b""):
        file = tmp_path / f"x{len(content)}" / FILE
        file.parent.mkdir()
        file.write_bytes(content)
        if not content:
            opened(file.parent).close()  # an empty file is where a library begins
            continue
        with pytest.raises(LibraryError) as error:
            opened(file.parent)
        assert error.value.code == "not_a_library"
        assert file.read_bytes() == content


def test_a_newer_library_is_refused(tmp_path: Path) -> None:
    opened(tmp_path).close()
    store = Store(tmp_path)
    with store.write() as connection:
        connection.pragma("user_version", len(schema.MIGRATIONS) + 1)
    store.close()
    with pytest.raises(LibraryError) as error:
        opened(tmp_path)
    assert error.value.code == "library_too_new"


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(LibraryError) as error:
        opened(file / "library")
    assert error.value.code == "folder_not_writable"


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.saving.add(["https://example.org/a"])
    store = Store(tmp_path)

    def fails() -> None:
        with store.write() as connection:
            connection.execute("DELETE FROM article")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert len(rows(library)) == 1
    store.close()
    library.close()
