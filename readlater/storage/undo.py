"""Deeds of a person: what each row was before and after, so that any deed can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import apsw

from readlater.storage import articles, earlier, highlights, tags

KEPT_DEEDS = 200
# What a person's deeds change; what a fetch brings is no deed and is not undone.
COLUMNS = (
    "url",
    "key",
    "host",
    "saved_at",
    "archived_at",
    "trashed_at",
    "removed_at",
    "favourite",
    "status",
    "problem",
    "attempts",
    "retry_at",
    "said",
    "put_back",
    "note",
)


def begin(connection: apsw.Connection, code: str, now: float) -> int:
    """A new deed; what was undone before it can no longer be redone. Returns its id."""
    connection.execute("DELETE FROM undo WHERE undone = 1")
    connection.execute("INSERT INTO undo(done_at, code) VALUES(?, ?)", (now, code))
    deed = connection.last_insert_rowid()
    connection.execute("DELETE FROM undo WHERE id <= ?", (deed - KEPT_DEEDS,))
    return deed


@contextmanager
def recorded(connection: apsw.Connection, deed: int, ids: Sequence[int]) -> Iterator[None]:
    """Record under `deed` what the block changes in these rows."""
    before = {i: _state(connection, i) for i in ids}
    yield
    for article, was in before.items():
        _record(connection, deed, article, was, _state(connection, article))


def created(connection: apsw.Connection, deed: int, article: int, now: float) -> None:
    """Record under `deed` that a row came: undone, it is hidden, and redone, it is back."""
    state = _state(connection, article)
    _record(connection, deed, article, {**state, "removed_at": now}, state)


def _state(connection: apsw.Connection, article: int) -> dict[str, Any]:
    row = connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM article WHERE id = ?",
        (article,),
    ).get
    if row is None:
        return {}
    state = dict(zip(COLUMNS, row, strict=True)) | {"tags": tags.of(connection, article)}
    return state | highlights.state(connection, article)


def _record(
    connection: apsw.Connection, deed: int, article: int, was: dict[str, Any], now: dict[str, Any]
) -> None:
    # A highlight that was not there, or is no longer, has no name in its state.
    changed = [name for name in was | now if was.get(name) != now.get(name)]
    before = {name: was.get(name) for name in changed}
    after = {name: now.get(name) for name in changed}
    earlier = connection.execute(
        "SELECT before, after FROM undo_row WHERE undo = ? AND article = ?", (deed, article)
    ).get
    if earlier:  # one deed may touch a row twice: the first `before` and the last `after` count
        before |= json.loads(earlier[0])
        after = json.loads(earlier[1]) | after
    if before:
        connection.execute(
            "INSERT OR REPLACE INTO undo_row(undo, article, before, after) VALUES(?, ?, ?, ?)",
            (deed, article, json.dumps(before), json.dumps(after)),
        )


def latest(connection: apsw.Connection, *, undone: bool) -> tuple[int, str] | None:
    """The deed that undo (or, with `undone`, redo) is about: its id and code."""
    order = "" if undone else "DESC"
    row: tuple[int, str] | None = connection.execute(
        f"SELECT id, code FROM undo WHERE undone = ? ORDER BY id {order} LIMIT 1",
        (undone,),
    ).get
    return row


def rows(connection: apsw.Connection, deed: int) -> list[int]:
    """The ids of the rows that a deed changed, or whose copy it made anew."""
    found = connection.execute(
        "SELECT article FROM undo_row WHERE undo = :deed UNION"
        " SELECT c.article FROM earlier e JOIN copy c ON c.id = e.copy WHERE e.undo = :deed",
        {"deed": deed},
    )
    return [i for (i,) in found]


def stands(connection: apsw.Connection, deed: int) -> bool:
    """Whether a deed is there and not undone, so that more can be recorded under it."""
    return bool(connection.execute("SELECT 1 FROM undo WHERE id = ? AND undone = 0", (deed,)).get)


def apply(connection: apsw.Connection, deed: int, ids: Sequence[int], *, redo: bool) -> list[int]:
    """Put these rows of a deed back to what they were before it (after it, with `redo`).

    Copies that it made anew change over too; whoever calls has the rows follow their copies.
    Returns the ids of the rows that still exist.
    """
    column = "after" if redo else "before"
    changed = []
    for article in ids:
        text = connection.execute(
            f"SELECT {column} FROM undo_row WHERE undo = ? AND article = ?",
            (deed, article),
        ).get
        current = _state(connection, article)
        if not current:
            continue
        for copy in earlier.of(connection, deed, article):
            earlier.change_over(connection, deed, copy, redo=redo)
        state = json.loads(text) if text else {}
        names = state.pop("tags", None)
        for name in [name for name in state if highlights.is_state(name)]:
            highlights.restore(connection, article, name, state.pop(name))
        if "status" in state and current["status"] != "queued" and not redo:
            # The fetch that the deed asked for has come meanwhile: what came stays.
            for name in ("status", "problem", "attempts", "retry_at"):
                state.pop(name, None)
        if state:
            articles.update(connection, article, state)
        if names is not None:
            tags.put(connection, article, names)
        articles.index(connection, article)
        changed.append(article)
    return changed


def mark(connection: apsw.Connection, deed: int, *, undone: bool) -> None:
    """Say whether a deed stands or is undone."""
    connection.execute("UPDATE undo SET undone = ? WHERE id = ?", (undone, deed))
