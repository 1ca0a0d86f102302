"""Rows of articles: found, listed by the page, counted, and changed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import apsw

from readlater.article import Article, Counts, Place, View
from readlater.storage import highlights, search
from readlater.storage.rows import COLUMNS, ORDERS, PLACES, article_of, source, where


def insert(connection: apsw.Connection, *, url: str, key: str, host: str, now: float) -> int:
    """A new queued row; returns its id."""
    connection.execute(
        "INSERT INTO article(url, key, host, saved_at, site_name, sort_title)"
        " VALUES(?, ?, ?, ?, ?, ?)",
        (url, key, host, now, "", sort_title(url)),
    )
    return connection.last_insert_rowid()


def by_key(connection: apsw.Connection, key: str) -> int | None:
    """The id of the row that stands for `key`, through merged ones."""
    row = connection.execute("SELECT id, merged_into FROM article WHERE key = ?", (key,)).get
    if row is None:
        return None
    article, merged = row
    if merged is None:
        return int(article)
    kept = connection.execute(
        "SELECT id FROM article WHERE id = ? AND removed_at IS NULL", (merged,)
    ).get
    return int(kept if kept is not None else article)


def set_aliases(connection: apsw.Connection, article: int, keys: Collection[str]) -> None:
    """Say which keys a row's page has besides its own."""
    connection.execute("DELETE FROM alias WHERE article = ?", (article,))
    connection.executemany(
        "INSERT INTO alias(key, article) VALUES(?, ?)", [(key, article) for key in keys]
    )


def with_keys(connection: apsw.Connection, keys: Collection[str]) -> list[int]:
    """The rows whose own key or alias is one of `keys`, the oldest first."""
    wanted = json.dumps(sorted(keys))
    rows = connection.execute(
        "SELECT id FROM article WHERE removed_at IS NULL AND"
        " (key IN (SELECT value FROM json_each(:k)) OR id IN"
        " (SELECT article FROM alias WHERE key IN (SELECT value FROM json_each(:k))))"
        " ORDER BY id",
        {"k": wanted},
    )
    return [article for (article,) in rows]


def standing(connection: apsw.Connection, article: int) -> int:
    """The row that stands for an id: itself, or the one that it was merged into."""
    merged: int | None = connection.execute(
        "SELECT merged_into FROM article WHERE id = ? AND removed_at IS NOT NULL", (article,)
    ).get
    return article if merged is None else merged


def get(connection: apsw.Connection, article: int) -> Article | None:
    """The article with this id, unless there is none or its save was undone."""
    found = many(connection, [article])
    return found[0] if found else None


def many(connection: apsw.Connection, ids: Sequence[int]) -> list[Article]:
    """The articles with these ids, in this order; those that are gone are left out."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM article a WHERE a.removed_at IS NULL"
        " AND a.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    found = {row[0]: article_of(row) for row in rows}
    return [found[i] for i in ids if i in found]


def page(connection: apsw.Connection, view: View, offset: int, limit: int) -> list[Article]:
    """`limit` articles of a view from `offset`; the skipped rows are read in the index alone."""
    condition, arguments = where(view)
    order = ORDERS[view.sort]
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM article a WHERE a.id IN"
        f" (SELECT a.id FROM {source(view)} WHERE {condition}"
        f" ORDER BY {order} LIMIT ? OFFSET ?)"
        f" ORDER BY {order}",
        (*arguments, limit, offset),
    )
    return [article_of(row) for row in rows]


def count(connection: apsw.Connection, view: View) -> int:
    """How many articles a view holds."""
    condition, arguments = where(view)
    rows = f"{source(View(view.place, view.tag))} WHERE {condition}"
    return int(connection.execute(f"SELECT count(*) FROM {rows}", arguments).get)


def counts(connection: apsw.Connection) -> Counts:
    """The numbers of the sidebar."""
    places: dict[Place, int] = {
        place: count(connection, View(place)) for place in PLACES if place is not Place.TAG
    }
    tags = connection.execute(
        f"SELECT t.name, count(a.id) FROM tag t JOIN article_tag l ON l.tag = t.id"
        f" LEFT JOIN article a ON a.id = l.article AND {PLACES[Place.ALL]}"
        " GROUP BY t.id ORDER BY t.folded"
    )
    queued = connection.execute(
        f"SELECT count(*) FROM article a WHERE a.status = 'queued' AND {PLACES[Place.ALL]}"
    ).get
    return Counts(places, tuple((name, number) for name, number in tags), int(queued))


def update(connection: apsw.Connection, article: int, values: Mapping[str, Any]) -> None:
    """Set columns of one row. The names come from our own code, never from outside."""
    names = ", ".join(f"{name} = ?" for name in values)
    connection.execute(
        f"UPDATE article SET {names} WHERE id = ?",
        (*values.values(), article),
    )


def existing(connection: apsw.Connection, ids: Iterable[int]) -> list[int]:
    """Those of `ids` that are rows, in their order."""
    return [
        i
        for i in ids
        if connection.execute("SELECT 1 FROM article WHERE id = ? AND removed_at IS NULL", (i,)).get
    ]


def all_ids(connection: apsw.Connection) -> list[int]:
    """The ids of all rows that were not undone, trashed ones too."""
    return [i for (i,) in connection.execute("SELECT id FROM article WHERE removed_at IS NULL")]


def totals(connection: apsw.Connection) -> tuple[int, int, int]:
    """How many articles, copies and pictures there are."""
    rows, kept, pictures = connection.execute(
        "SELECT (SELECT count(*) FROM article WHERE removed_at IS NULL),"
        " (SELECT count(*) FROM copy), (SELECT count(*) FROM asset)"
    ).get
    return rows, kept, pictures


def index(connection: apsw.Connection, article: int) -> None:
    """Write the row's title, byline, site and tags into the title index."""
    row = connection.execute(
        "SELECT title, byline, site_name, host, url FROM article WHERE id = ?", (article,)
    ).get
    names = connection.execute(
        "SELECT t.name FROM article_tag l JOIN tag t ON t.id = l.tag WHERE l.article = ?",
        (article,),
    )
    title, byline, site, host, url = row
    search.index_title(
        connection,
        article,
        title=title or url,
        byline=byline,
        site=f"{site} {host}",
        tags=[name for (name,) in names],
    )


def destroy(connection: apsw.Connection, article: int) -> None:
    """Delete a row for good, with its copies, index rows and links to tags and pictures."""
    search.remove(connection, article)
    highlights.delete_of(connection, article)
    connection.execute("DELETE FROM article WHERE id = ?", (article,))


def sort_title(title: str) -> str:
    """The stored sort key: no accents, no case, no leading quotation marks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    return plain.casefold().lstrip(" \"'“„‘«([¿¡")[:200]
