"""Checks of the database: its pages, its links, its indexes, and the copies' digests."""

from __future__ import annotations

from collections.abc import Iterator

import apsw

from readlater.storage import copies, highlights, search

INDEXES = ("title_index", "body_index", "highlight_index")


def damaged_pages(connection: apsw.Connection) -> list[str]:
    """What SQLite's own check of the file finds, the search index aside; [] when it is sound."""
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    return [line for line in found if line != "ok" and not any(n in line for n in INDEXES)]


def broken_links(connection: apsw.Connection) -> int:
    """Rows whose foreign key leads nowhere."""
    return len(list(connection.execute("PRAGMA foreign_key_check")))


def index_is_sound(connection: apsw.Connection, name: str) -> bool:
    """Whether an index agrees with itself (FTS5's own check)."""
    try:
        found = connection.execute(f"PRAGMA integrity_check({name})").get
    except apsw.CorruptError:
        return False
    return bool(found == "ok")


def unindexed(connection: apsw.Connection, limit: int) -> list[int]:
    """Articles whose body index row is missing or of an older version."""
    return [
        i
        for (i,) in connection.execute(
            "SELECT id FROM article WHERE copy IS NOT NULL AND indexed <> ? ORDER BY id LIMIT ?",
            (search.INDEX_VERSION, limit),
        )
    ]


def title_rows_missing(connection: apsw.Connection) -> list[int]:
    """Articles that have no row in the title index."""
    return [
        i
        for (i,) in connection.execute(
            "SELECT id FROM article WHERE id NOT IN (SELECT rowid FROM title_index_docsize)"
        )
    ]


def body_rows_missing(connection: apsw.Connection) -> list[int]:
    """Articles with text that have no row in the body index."""
    return [
        i
        for (i,) in connection.execute(
            "SELECT id FROM article WHERE copy IS NOT NULL"
            " AND id NOT IN (SELECT rowid FROM body_index_docsize)"
        )
    ]


def highlight_rows_missing(connection: apsw.Connection) -> list[int]:
    """Highlights that have no row in their index."""
    return [
        i
        for (i,) in connection.execute(
            "SELECT id FROM highlight WHERE id NOT IN (SELECT rowid FROM highlight_index_docsize)"
        )
    ]


def damaged_copies(connection: apsw.Connection) -> Iterator[tuple[int, int]]:
    """(article, copy) of each copy whose bytes are no longer what was stored."""
    ids = list(connection.execute("SELECT article, id FROM copy ORDER BY id"))
    for article, copy in ids:
        if not copies.is_sound(connection, copy):
            yield article, copy


def lost_copies(connection: apsw.Connection) -> list[int]:
    """Articles that are ready but whose shown copy is gone."""
    return [
        i
        for (i,) in connection.execute(
            "SELECT id FROM article a WHERE status = 'ready' AND removed_at IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM copy c WHERE c.id = a.copy AND c.extractor > 0)"
        )
    ]


def rows_with_problem(connection: apsw.Connection, code: str) -> int:
    """How many kept rows say this problem."""
    return int(
        connection.execute(
            "SELECT count(*) FROM article WHERE removed_at IS NULL AND problem <> ''"
            " AND problem ->> 'code' = ?",
            (code,),
        ).get
    )


def mark_unindexed(connection: apsw.Connection, ids: list[int]) -> None:
    """Have these bodies indexed anew."""
    connection.executemany("UPDATE article SET indexed = 0 WHERE id = ?", [(i,) for i in ids])


def empty_indexes(connection: apsw.Connection) -> None:
    """Throw the indexes away and make them anew; their rows are missing then, and are written."""
    for name in INDEXES:
        connection.execute(f"DROP TABLE {name}")
    for statement in (*search.SCHEMA, highlights.INDEX):
        connection.execute(statement)
