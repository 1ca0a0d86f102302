"""Full-text search: the index of titles, the index of bodies, and the two ways to ask them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import apsw

from readlater.storage.query import Query, Term, expression, parse
from readlater.storage.snippets import marked, snippet
from readlater.storage.tokens import indexed

__all__ = (
    "INDEX_VERSION",
    "SCHEMA",
    "index_body",
    "index_title",
    "marked",
    "quick",
    "ranked",
    "remove",
    "snippet",
)

# Raise it when `tokens` or SCHEMA change: the articles must then be indexed anew.
INDEX_VERSION = 1

# Both hold words alone, the text is kept with the article. The words come folded, so `ascii` has
# only to part them at spaces. Prefixes of up to four characters have lists of their own: a longer
# one is gathered from its words, which are few. Titles are apart, so that tagging leaves bodies.
_OPTIONS = "content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3 4'"
SCHEMA: tuple[str, ...] = (
    f"CREATE VIRTUAL TABLE title_index USING fts5(title, byline, site, tags, {_OPTIONS})",
    f"CREATE VIRTUAL TABLE body_index USING fts5(body, {_OPTIONS})",
)

_SMALL = 2_000  # a place of no more articles is looked through by itself
_TITLES = 2_000  # the newest title hits are ranked
_BODIES = 1_000  # the newest body hits are ranked
_NEWEST = 500  # the newest body hits are looked at one by one
_CARDS = 500  # the newest cards that hold a word are completed from their bodies
_TITLE_SCORE = "bm25(title_index, 10.0, 4.0, 3.0, 6.0)"
_BODY_SCORE = "bm25(body_index)"


def index_title(
    connection: apsw.Connection,
    id: int,  # noqa: A002 - the name of the column
    *,
    title: str,
    byline: str,
    site: str,
    tags: Sequence[str],
) -> None:
    """Index what stands on an article's card, in place of what was there."""
    connection.execute("DELETE FROM title_index WHERE rowid = ?", (id,))
    connection.execute(
        "INSERT INTO title_index(rowid, title, byline, site, tags) VALUES(?, ?, ?, ?, ?)",
        (id, indexed(title), indexed(byline), indexed(site), indexed("\n".join(tags))),
    )


def index_body(connection: apsw.Connection, id: int, text: str) -> None:  # noqa: A002
    """Index an article's text, in place of what was there."""
    connection.execute("DELETE FROM body_index WHERE rowid = ?", (id,))
    connection.execute("INSERT INTO body_index(rowid, body) VALUES(?, ?)", (id, indexed(text)))


def remove(connection: apsw.Connection, id: int) -> None:  # noqa: A002
    """Take an article out of both indexes; nothing happens when it is in neither."""
    connection.execute("DELETE FROM title_index WHERE rowid = ?", (id,))
    connection.execute("DELETE FROM body_index WHERE rowid = ?", (id,))


@dataclass(frozen=True, slots=True)
class _Place:
    """Which articles may be found: a predicate over `article AS a`, and what it binds."""

    predicate: str
    arguments: tuple[object, ...]
    # So few articles that most hits of the whole library would lie outside.
    small: bool = False

    @property
    def ids(self) -> str:
        """A select of all its articles; it binds the arguments."""
        return f"SELECT a.id FROM article AS a WHERE {self.predicate}"

    def allowed(self, connection: apsw.Connection, ids: Sequence[int]) -> dict[int, float]:
        """Those of `ids` that may be found, each with the time it was saved."""
        rows = connection.execute(
            "SELECT a.id, a.saved_at FROM json_each(?) AS hit CROSS JOIN article AS a"
            f" ON a.id = hit.value WHERE {self.predicate}",
            (json.dumps(ids), *self.arguments),
        )
        return {int(row[0]): float(row[1]) for row in rows}

    def newest(self, connection: apsw.Connection, limit: int) -> list[int]:
        """The articles saved last."""
        rows = connection.execute(
            f"{self.ids} ORDER BY a.saved_at DESC, a.id DESC LIMIT ?",
            (*self.arguments, limit),
        )
        return [int(row[0]) for row in rows]


def _place(
    connection: apsw.Connection, query: Query, where: str, arguments: Sequence[object]
) -> _Place:
    """`where`, with the filters of the query and without what it excludes."""
    predicates, bound = [f"({where or '1'})"], list(arguments)
    if query.filters:
        predicates.append(
            "a.id IN (SELECT rowid FROM title_index WHERE title_index MATCH ?)",
        )
        bound.append(expression(query.filters))
    for term in query.excluded:
        predicates.append(
            "a.id NOT IN (SELECT rowid FROM title_index WHERE title_index MATCH ?)",
        )
        bound.append(expression([term]))
        if not term.field:
            predicates.append(
                "a.id NOT IN (SELECT rowid FROM body_index WHERE body_index MATCH ?)",
            )
            bound.append(expression([term]))
    place = _Place(" AND ".join(predicates), tuple(bound))
    counted = f"SELECT count(*) FROM ({place.ids} LIMIT {_SMALL + 1})"
    return replace(place, small=connection.execute(counted, place.arguments).get <= _SMALL)


def _pool(
    connection: apsw.Connection, table: str, score: str, match: str, size: int, place: _Place | None
) -> list[int]:
    """The newest `size` rows that match, the best first; by `place` only those it allows."""
    # The plus keeps SQLite from asking the index once for each article of the place.
    inside = f" AND +{table}.rowid IN ({place.ids})" if place else ""
    rows = connection.execute(
        f"SELECT hit FROM (SELECT rowid AS hit, {score} AS score FROM {table}"
        f" WHERE {table} MATCH ?{inside} ORDER BY rowid DESC LIMIT ?)"
        " ORDER BY score, hit DESC",
        (match, *(place.arguments if place else ()), size),
    )
    return [int(row[0]) for row in rows]


def _hits(
    connection: apsw.Connection,
    table: str,
    score: str,
    match: str,
    size: int,
    place: _Place,
    limit: int,
) -> dict[int, float]:
    """Up to `limit` articles of a place, in order, out of its newest `size` that match.

    The newest of the whole library are tried first where the place is large: looking only at those
    of the place costs a list of all its articles.
    """
    if not place.small:
        pool = _pool(connection, table, score, match, size, None)
        found = _allowed_first(connection, pool, place, limit)
        if len(found) == limit or len(pool) < size:
            return found
    pool = _pool(connection, table, score, match, size, place)
    return _allowed_first(connection, pool, place, limit)


def _allowed_first(
    connection: apsw.Connection, ids: Sequence[int], place: _Place, limit: int
) -> dict[int, float]:
    found: dict[int, float] = {}
    at, size = 0, max(2 * limit, 64)
    while at < len(ids) and len(found) < limit:
        some = ids[at : at + size]
        allowed = place.allowed(connection, some)
        found |= {hit: allowed[hit] for hit in some if hit in allowed}
        at, size = at + size, size * 2
    return dict(list(found.items())[:limit])


def _title_hits(
    connection: apsw.Connection, words: Iterable[Term], place: _Place, limit: int
) -> dict[int, float]:
    match = expression(words, exact_first=True)
    return _hits(connection, "title_index", _TITLE_SCORE, match, _TITLES, place, limit)


def quick(
    connection: apsw.Connection, query: str, where: str, arguments: Sequence[object], limit: int
) -> tuple[int, ...]:
    """Ids for each key pressed: the best titles, then the newest bodies. `where`: see `ranked`."""
    asked = parse(query)
    place = _place(connection, asked, where, arguments)
    if not asked.words:
        return tuple(place.newest(connection, limit))
    found = _title_hits(connection, asked.words, place, limit)
    if len(found) < limit:
        match = expression(asked.words)
        bodies = _hits(connection, "body_index", "0", match, _NEWEST, place, limit)
        saved = sorted(bodies.items(), key=lambda hit: hit[1], reverse=True)
        found |= {hit: at for hit, at in saved if hit not in found}
    return tuple(found)[:limit]


def ranked(
    connection: apsw.Connection, query: str, where: str, arguments: Sequence[object], limit: int
) -> tuple[int, ...]:
    """Ids after a pause: the best titles, then words in card and body together, then bodies.

    `where` is an SQL predicate over `article AS a` from our own code, with `arguments` bound to its
    question marks in order. A query without words finds the newest articles. May raise
    apsw.InterruptError when another thread interrupts the connection.
    """
    asked = parse(query)
    place = _place(connection, asked, where, arguments)
    if not asked.words:
        return tuple(place.newest(connection, limit))
    found = _title_hits(connection, asked.words, place, limit)
    if len(found) < limit and len(asked.words) > 1:
        found |= _allowed_first(connection, _mixed(connection, asked.words, place), place, limit)
    if len(found) < limit:
        match = expression(asked.words)
        bodies = _hits(connection, "body_index", _BODY_SCORE, match, _BODIES, place, limit)
        found |= {hit: at for hit, at in bodies.items() if hit not in found}
    return tuple(found)[:limit]


def _mixed(connection: apsw.Connection, words: Sequence[Term], place: _Place) -> list[int]:
    """Articles with some of the words on their card and the others in their body."""
    lacking: dict[int, set[Term]] = {}
    inside = place if place.small else None
    for word in words:
        match = expression([word])
        for hit in _pool(connection, "title_index", "0", match, _CARDS, inside):
            lacking.setdefault(hit, set(words)).discard(word)
    groups: dict[frozenset[Term], list[int]] = {}
    for hit, missing in lacking.items():
        if missing:
            groups.setdefault(frozenset(missing), []).append(hit)
    found: list[int] = []
    for rest, hits in sorted(groups.items(), key=lambda group: len(group[0])):
        match = expression(word for word in words if word in rest)
        rows = connection.execute(
            "SELECT rowid FROM body_index WHERE body_index MATCH ? AND rowid BETWEEN ? AND ?"
            " AND +rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid DESC",
            (match, min(hits), max(hits), json.dumps(hits)),
        )
        found += (int(row[0]) for row in rows)
    return found
