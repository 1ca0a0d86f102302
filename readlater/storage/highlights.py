"""Highlights: rows by article and over the whole library, their tags and their words' index."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import apsw

from readlater.article import FoundHighlight, Highlight, Marks, Selector
from readlater.storage.query import expression, parse
from readlater.storage.rows import folded
from readlater.storage.tokens import indexed

SCHEMA = """
CREATE TABLE highlight(
    -- AUTOINCREMENT: redo brings a row back under its own id
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    colour INTEGER NOT NULL CHECK(colour BETWEEN 1 AND 4),
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    rivals TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '',
    created_at REAL NOT NULL,
    changed_at REAL NOT NULL,
    placed INTEGER NOT NULL DEFAULT 1,
    -- the digest of the copy that start_at and end_at count in, and library.anchors.trace
    anchored TEXT NOT NULL DEFAULT ''
);
CREATE INDEX highlight_article ON highlight(article, start_at, id);
CREATE INDEX highlight_newest ON highlight(created_at, id, article);
CREATE INDEX highlight_colour ON highlight(colour, created_at, id, article);
CREATE TABLE highlight_tag(
    folded TEXT NOT NULL,
    highlight INTEGER NOT NULL REFERENCES highlight(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY(folded, highlight)
) WITHOUT ROWID;
CREATE INDEX highlight_tag_highlight ON highlight_tag(highlight);
ALTER TABLE article ADD COLUMN note TEXT NOT NULL DEFAULT '';
"""
INDEX = (
    "CREATE VIRTUAL TABLE highlight_index USING fts5(quote, note, content='',"
    " contentless_delete=1, tokenize='ascii', prefix='1 2 3 4')"
)

# What undo keeps of a row, in the order of the table.
COLUMNS = (
    "id", "article", "colour", "quote", "prefix", "suffix", "start_at", "end_at", "rivals", "note",
    "tags", "created_at", "changed_at", "placed", "anchored",
)  # fmt: skip
_ROW = ", ".join(f"h.{name}" for name in COLUMNS)
_IN_ARTICLE = "h.placed DESC, h.start_at, h.end_at, h.id"
_LIVE = "a.removed_at IS NULL AND a.trashed_at IS NULL"
_PARTING = "\x1f"


def of(connection: apsw.Connection, article: int) -> list[Highlight]:
    """The highlights of an article in the order of its text; those not placed come last."""
    rows = connection.execute(
        f"SELECT {_ROW} FROM highlight h WHERE h.article = ? ORDER BY {_IN_ARTICLE}", (article,)
    )
    return [_highlight(row) for row in rows]


def many(connection: apsw.Connection, ids: Iterable[int]) -> list[Highlight]:
    """The highlights with these ids, by article and place."""
    rows = connection.execute(
        f"SELECT {_ROW} FROM highlight h WHERE h.id IN (SELECT value FROM json_each(?))"
        f" ORDER BY h.article, {_IN_ARTICLE}",
        (json.dumps(list(ids)),),
    )
    return [_highlight(row) for row in rows]


def insert(
    connection: apsw.Connection,
    article: int,
    colour: int,
    selector: Selector,
    *,
    anchored: str,
    now: float,
) -> int:
    """A new highlight; returns its id."""
    connection.execute(
        "INSERT INTO highlight(article, colour, quote, prefix, suffix, start_at, end_at, rivals,"
        " created_at, changed_at, anchored) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article,
            colour,
            selector.quote,
            selector.prefix,
            selector.suffix,
            selector.start,
            selector.end,
            json.dumps(selector.rivals),
            now,
            now,
            anchored,
        ),
    )
    highlight = connection.last_insert_rowid()
    index(connection, highlight)
    return highlight


def update(connection: apsw.Connection, highlight: int, values: Mapping[str, Any]) -> None:
    """Set columns of one row. The names come from our own code, never from outside."""
    names = ", ".join(f"{name} = ?" for name in values)
    connection.execute(
        f"UPDATE highlight SET {names} WHERE id = ?",
        (*values.values(), highlight),
    )
    if "note" in values:
        index(connection, highlight)


def put_tags(connection: apsw.Connection, highlight: int, wanted: Sequence[str]) -> None:
    """Make `wanted` the tags of a highlight."""
    update(connection, highlight, {"tags": _PARTING.join(wanted)})
    connection.execute("DELETE FROM highlight_tag WHERE highlight = ?", (highlight,))
    connection.executemany(
        "INSERT OR IGNORE INTO highlight_tag(folded, highlight, name) VALUES(?, ?, ?)",
        [(folded(name), highlight, name) for name in wanted],
    )


def delete(connection: apsw.Connection, highlight: int) -> None:
    """Delete a highlight with its tags and index row."""
    connection.execute("DELETE FROM highlight_index WHERE rowid = ?", (highlight,))
    connection.execute("DELETE FROM highlight WHERE id = ?", (highlight,))


def delete_of(connection: apsw.Connection, article: int) -> None:
    """Delete all highlights of an article."""
    for (highlight,) in list(
        connection.execute("SELECT id FROM highlight WHERE article = ?", (article,))
    ):
        delete(connection, highlight)


def move(connection: apsw.Connection, article: int, to: int) -> None:
    """Give the highlights of an article to another, whose text they are yet to be found in."""
    connection.execute(
        "UPDATE highlight SET article = ?, anchored = ' ' WHERE article = ?", (to, article)
    )


def unsettled(
    connection: apsw.Connection, article: int, digest: str
) -> list[tuple[Highlight, str]]:
    """The highlights of an article whose positions count in another copy than `digest`'s.

    Each comes with its trace.
    """
    rows = connection.execute(
        f"SELECT {_ROW} FROM highlight h WHERE h.article = ?"
        " AND substr(h.anchored, 1, length(?)) <> ? ORDER BY h.id",
        (article, digest, digest),
    )
    return [(_highlight(row), row[14].partition(" ")[2]) for row in rows]


def adrift(connection: apsw.Connection, ids: Collection[int] | None) -> list[int]:
    """Those of the articles (None: all) with highlights whose positions count in another copy."""
    chosen = "" if ids is None else " AND h.article IN (SELECT value FROM json_each(:ids))"
    rows = connection.execute(
        "SELECT DISTINCT h.article FROM highlight h JOIN article a ON a.id = h.article"
        " JOIN copy c ON c.id = a.copy WHERE c.digest <> ''"
        f" AND substr(h.anchored, 1, length(c.digest)) <> c.digest{chosen}",
        {"ids": json.dumps(list(ids or ()))},
    )
    return [article for (article,) in rows]


def copy_digest(connection: apsw.Connection, article: int) -> str:
    """What tells the shown copy of an article from any other; "" when it has none."""
    found: str | None = connection.execute(
        "SELECT c.digest FROM article a JOIN copy c ON c.id = a.copy WHERE a.id = ?", (article,)
    ).get
    return found or ""


# over the whole library


def page(
    connection: apsw.Connection, marks: Marks, offset: int, limit: int
) -> list[FoundHighlight]:
    """`limit` highlights of a list from `offset`; those of one article in their text's order."""
    source, condition, arguments = _where(marks)
    order = "h.created_at DESC, h.id DESC"
    if marks.article or marks.by_article:
        order = f"h.article DESC, {_IN_ARTICLE}"
    rows = connection.execute(
        f"SELECT {_ROW}, a.title, a.site_name, a.url FROM {source}"
        f" WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?",
        (*arguments, limit, offset),
    )
    width = len(COLUMNS)
    return [FoundHighlight(_highlight(row[:width]), *row[width:]) for row in rows]


def count(connection: apsw.Connection, marks: Marks) -> int:
    """How many highlights a list holds."""
    source, condition, arguments = _where(marks)
    return int(
        connection.execute(f"SELECT count(*) FROM {source} WHERE {condition}", arguments).get
    )


def noted(connection: apsw.Connection, ids: Collection[int] | None) -> list[int]:
    """Those of the articles (None: all), the newest first, with a note on them as a whole."""
    chosen = "" if ids is None else " AND a.id IN (SELECT value FROM json_each(:ids))"
    rows = connection.execute(
        f"SELECT a.id FROM article a WHERE a.note <> '' AND {_LIVE}{chosen} ORDER BY a.id DESC",
        {"ids": json.dumps(list(ids or ()))},
    )
    return [article for (article,) in rows]


def tags(connection: apsw.Connection) -> tuple[tuple[str, int], ...]:
    """The tags of highlights in their order, and how many each has."""
    rows = connection.execute(
        "SELECT min(name), count(*) FROM highlight_tag GROUP BY folded ORDER BY folded"
    )
    return tuple((name, number) for name, number in rows)


def _where(marks: Marks) -> tuple[str, str, tuple[object, ...]]:
    conditions: list[str] = [_LIVE]
    arguments: list[object] = []
    through = ""
    if marks.article:
        conditions.append("h.article = ?")
        arguments.append(marks.article)
    elif marks.by_article:
        through = " INDEXED BY highlight_article"
    elif marks.colour:
        through = " INDEXED BY highlight_colour"
    else:
        through = " INDEXED BY highlight_newest"
    if marks.colour:
        conditions.append("h.colour = ?")
        arguments.append(marks.colour)
    if marks.tag:
        conditions.append("h.id IN (SELECT highlight FROM highlight_tag WHERE folded = ?)")
        arguments.append(folded(marks.tag))
    words = parse(marks.query).words
    if words:
        conditions.append(
            "h.id IN (SELECT rowid FROM highlight_index WHERE highlight_index MATCH ?)"
        )
        arguments.append(expression(words))
    if marks.tag or words:
        through = ""  # few rows: by their ids
    # CROSS JOIN keeps this order of tables: the index gives the order of the list.
    source = f"highlight h{through} CROSS JOIN article a ON a.id = h.article"
    return source, " AND ".join(conditions), tuple(arguments)


# what undo keeps


def state(connection: apsw.Connection, article: int) -> dict[str, list[Any]]:
    """The highlights of an article as JSON values, by a name each."""
    rows = connection.execute(f"SELECT {_ROW} FROM highlight h WHERE h.article = ?", (article,))
    return {f"{_STATE}{row[0]}": list(row) for row in rows}


def is_state(name: str) -> bool:
    """Whether a name of a recorded state is one of `state`."""
    return name.startswith(_STATE)


def restore(
    connection: apsw.Connection, article: int, name: str, row: Sequence[Any] | None
) -> None:
    """Put one highlight back to what `state` gave; None is that it was not there.

    It stays with the article that it has been moved to meanwhile; its place is looked for anew.
    """
    highlight = int(name.removeprefix(_STATE))
    there: int | None = connection.execute(
        "SELECT article FROM highlight WHERE id = ?", (highlight,)
    ).get
    delete(connection, highlight)
    if row is None:
        return
    values = dict(zip(COLUMNS, row, strict=True)) | {"article": there or article}
    marks = ", ".join("?" * len(COLUMNS))
    connection.execute(
        f"INSERT INTO highlight({', '.join(COLUMNS)}) VALUES({marks})", tuple(values.values())
    )
    put_tags(connection, highlight, [tag for tag in values["tags"].split(_PARTING) if tag])
    index(connection, highlight)


_STATE = "highlight:"


def index(connection: apsw.Connection, highlight: int) -> None:
    """Write the words of a quote and its note into their index, in place of what was there."""
    quote, note = connection.execute(
        "SELECT quote, note FROM highlight WHERE id = ?", (highlight,)
    ).get
    connection.execute("DELETE FROM highlight_index WHERE rowid = ?", (highlight,))
    connection.execute(
        "INSERT INTO highlight_index(rowid, quote, note) VALUES(?, ?, ?)",
        (highlight, indexed(quote), indexed(note)),
    )


def _highlight(row: Sequence[Any]) -> Highlight:
    return Highlight(
        id=row[0],
        article=row[1],
        colour=row[2],
        selector=Selector(row[3], row[4], row[5], row[6], row[7], tuple(json.loads(row[8]))),
        note=row[9],
        tags=tuple(tag for tag in row[10].split(_PARTING) if tag),
        created_at=row[11],
        changed_at=row[12],
        placed=bool(row[13]),
    )
