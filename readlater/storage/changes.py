"""What was changed by whom, so that another process on the same library notices."""

from __future__ import annotations

import json

import apsw

from readlater.article import Changes

KEPT_CHANGES = 1_000
MOST_IDS = 2_000


def append(connection: apsw.Connection, by: str, changes: Changes) -> None:
    """Record changes in the transaction that made them."""
    # More ids than a window shows are a reload in any case.
    ids = sorted(changes.ids) if len(changes.ids) <= MOST_IDS else []
    connection.execute(
        "INSERT INTO change(by, ids, membership, tags) VALUES(?, ?, ?, ?)",
        (by, json.dumps(ids), changes.membership or not ids, changes.tags),
    )
    last = connection.last_insert_rowid()
    connection.execute("DELETE FROM change WHERE id <= ?", (last - KEPT_CHANGES,))


def last(connection: apsw.Connection) -> int:
    """The number of the newest change."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM change").get)


def since(connection: apsw.Connection, seen: int, by: str) -> tuple[int, Changes | None]:
    """The newest change's number, and what others than `by` changed after `seen` as one value."""
    ids: set[int] = set()
    membership = tags = found = False
    newest = seen
    for number, who, text, moved, tagged in connection.execute(
        "SELECT id, by, ids, membership, tags FROM change WHERE id > ? ORDER BY id", (seen,)
    ):
        newest = number
        if who != by:
            found = True
            ids.update(json.loads(text))
            membership |= bool(moved)
            tags |= bool(tagged)
    return newest, Changes(frozenset(ids), membership, tags) if found else None
