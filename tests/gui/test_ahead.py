"""Neighbours of the open article are made ready while nothing happens, and never shown stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from deed_stage import Stage
from deed_stage import stage as deed_stage
from fakes.library import FakeLibrary, article
from fakes.reader import QuietReader
from site_server import PROSE
from stage import WindowStage, window_stage

from readlater.article import Access, Changes, Selector, Status
from readlater.library import Library


@pytest.fixture
def stage(qtbot, tmp_path: Path) -> WindowStage:
    """Six rows, 6 on top; each article is seen as soon as it is shown."""
    return window_stage(FakeLibrary([article(n) for n in range(1, 7)]), qtbot, tmp_path)


def read(stage: WindowStage) -> list[int]:
    """Whose pages were read since the last time."""
    asked = [what[1] for what in stage.library.asked if what[0] == "page"]
    stage.library.asked.clear()
    return asked


def open_row(stage: WindowStage, qtbot, by: int, *ready: int) -> None:
    """Go by one row, see the article, and wait until the pages of `ready` are."""
    stage.window.step(by)
    stage.settle()
    see(stage, qtbot, *ready)


def see(stage: WindowStage, qtbot, *ready: int) -> None:
    stage.reader.shown.emit(stage.window.opening.article.id)
    wait(stage, qtbot, *ready)


def wait(stage: WindowStage, qtbot, *ready: int) -> None:
    def is_done() -> bool:
        stage.settle()
        return set(stage.window.opening.ahead.ids) == set(ready)

    qtbot.waitUntil(is_done, timeout=20_000)


def titles(stage: WindowStage) -> list[str]:
    return [page.article.title for page in stage.reader.pages if page]


def test_nothing_is_read_ahead_before_an_article_is_seen(stage) -> None:
    stage.window.step(1)
    stage.settle()
    assert read(stage) == [6]


def test_the_neighbours_are_read_and_then_shown_at_once(stage, qtbot) -> None:
    open_row(stage, qtbot, 1, 5, 4)
    assert read(stage) == [6, 5, 4]
    stage.window.step(1)
    assert titles(stage) == ["Article 6", "Article 5"]  # no job has run
    see(stage, qtbot, 4, 3, 6)
    assert sorted(read(stage)) == [3, 6]


def test_who_goes_up_finds_what_is_above(stage, qtbot) -> None:
    for _ in range(5):
        stage.window.step(1)
    stage.settle()
    see(stage, qtbot, 1, 3)
    open_row(stage, qtbot, -1, 4, 2, 5)
    open_row(stage, qtbot, -1, 5, 3, 6)
    read(stage)
    stage.window.step(-1)
    assert titles(stage)[-1] == "Article 5"
    assert read(stage) == []


@pytest.mark.parametrize(
    "deed",
    [
        lambda library: library.change(5, title="Another title"),
        lambda library: library.change(5, removed_count=3),
        lambda library: library.favourite([5]),
    ],
)
def test_what_a_deed_changed_is_read_anew(
    stage, qtbot, deed: Callable[[FakeLibrary], None]
) -> None:
    open_row(stage, qtbot, 1, 5, 4)
    deed(stage.library)  # nobody has been told on the window's thread
    stage.window.step(1)
    assert titles(stage) == ["Article 6"]
    stage.settle()
    assert stage.reader.pages[-1].article == replace(
        stage.library.rows[5], read_at=stage.reader.pages[-1].article.read_at
    )


def test_what_other_deeds_changed_stays_ready(stage, qtbot) -> None:
    open_row(stage, qtbot, 1, 5, 4)
    stage.library.change(3, title="Another title")
    stage.window.step(1)
    assert titles(stage) == ["Article 6", "Article 5"]


def test_what_a_deed_dropped_is_made_ready_again(stage, qtbot) -> None:
    open_row(stage, qtbot, 1, 5, 4)
    stage.library.change(5, title="Another title")
    wait(stage, qtbot, 5, 4)
    stage.window.step(1)
    assert titles(stage)[-1] == "Another title"


def test_a_row_without_a_page_is_passed_over(qtbot, tmp_path: Path) -> None:
    rows = [article(n) for n in (1, 3)] + [article(2, status=Status.QUEUED, access=None)]
    stage = window_stage(FakeLibrary(rows), qtbot, tmp_path)
    open_row(stage, qtbot, 1, 1)
    assert read(stage) == [3, 1]


def test_nothing_is_held_while_the_window_is_long_hidden(stage, qtbot) -> None:
    open_row(stage, qtbot, 1, 5, 4)
    stage.window.reader_pane.sleep()
    assert stage.window.opening.ahead.ids == ()
    read(stage)
    stage.window.step(1)
    stage.settle()
    assert read(stage) == [5]


def test_a_closed_window_reads_nothing(stage, qtbot) -> None:
    stage.window.step(1)
    stage.settle()
    stage.reader.shown.emit(6)
    stage.window.close()
    read(stage)
    stage.library.tell(Changes(frozenset([5]), membership=True))
    stage.settle()
    assert read(stage) == []


# with the real library


@pytest.fixture
def real(library: Library, qtbot, tmp_path: Path) -> Iterator[Stage]:
    for name in "CBA":
        body = f"<h1>Story {name}</h1><p>{name} begins. {PROSE}</p><p>{name} ends. {PROSE}</p>"
        page = f"<html lang=en><head><title>Story {name}</title></head><body><article>{body}"
        library.saving.add_page(page.encode(), f"https://{name.lower()}.example/")
    while library.fetching.step():
        pass
    with deed_stage(library, qtbot, tmp_path, reader=QuietReader) as made:
        made.show()
        made.window.open_current()
        made.settle()
        yield made


def next_id(real: Stage) -> int:
    """The next article, once its page is ready."""
    real.window.reader_pane.page_view.shown.emit(real.window.opening.article.id)
    (row,) = real.window.list_pane.cards.near([1])
    real.until(lambda: row in real.window.opening.ahead.ids)
    return row


def highlight(library: Library, row: int) -> None:
    library.highlighting.add(row, 1, Selector("begins", "", "", 0, 0))


@pytest.mark.parametrize(
    "deed",
    [
        lambda library, row: library.tidying.favourite([row]),
        lambda library, row: library.tidying.archive([row]),
        lambda library, row: library.reading.set_progress(row, 0.4),
        lambda library, row: library.correcting.say([row], Access.PREVIEW),
        lambda library, row: library.saving.add_page(
            f"<html lang=en><title>Anew</title><article><h1>Anew</h1><p>{PROSE}</p>"
            f"<p>It is another text by now. {PROSE}</p>".encode(),
            library.reading.article(row).url,
        ),
        highlight,
    ],
    ids=["favourite", "archive", "progress", "said", "saved again", "highlight"],
)
def test_a_page_is_as_the_library_has_it(
    real: Stage, deed: Callable[[Library, int], object]
) -> None:
    row = next_id(real)
    deed(real.library, row)
    assert row not in real.window.opening.ahead.ids


def test_what_was_trashed_is_not_ready(real: Stage) -> None:
    row = next_id(real)
    real.library.tidying.trash([row])
    assert row not in real.window.opening.ahead.ids
    real.settle()
    real.window.step(1)
    real.settle()
    assert row not in [page.article.id for page in real.window.reader_pane.page_view.pages]
