"""Tags: a name in the spelling of its first use, the same in any case."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from readlater.storage.rows import folded


def of(connection: apsw.Connection, article: int) -> list[str]:
    """The tags of an article, in their order."""
    return [
        name
        for (name,) in connection.execute(
            "SELECT t.name FROM article_tag l JOIN tag t ON t.id = l.tag"
            " WHERE l.article = ? ORDER BY t.folded",
            (article,),
        )
    ]


def names(connection: apsw.Connection) -> tuple[str, ...]:
    """All tags, in their order."""
    return tuple(n for (n,) in connection.execute("SELECT name FROM tag ORDER BY folded"))


def articles(connection: apsw.Connection, name: str) -> list[int]:
    """The ids of all rows with this tag, trashed ones too."""
    return [
        i
        for (i,) in connection.execute(
            "SELECT l.article FROM article_tag l JOIN tag t ON t.id = l.tag WHERE t.folded = ?"
            " ORDER BY l.article",
            (folded(name),),
        )
    ]


def put(connection: apsw.Connection, article: int, wanted: Sequence[str]) -> None:
    """Make `wanted` the tags of an article; a tag without an article is gone."""
    connection.execute("DELETE FROM article_tag WHERE article = ?", (article,))
    for name in wanted:
        connection.execute(
            "INSERT INTO tag(name, folded) VALUES(?, ?) ON CONFLICT DO NOTHING",
            (name, folded(name)),
        )
        connection.execute(
            "INSERT OR IGNORE INTO article_tag(article, tag)"
            " SELECT ?, id FROM tag WHERE folded = ?",
            (article, folded(name)),
        )


def respell(connection: apsw.Connection, name: str) -> None:
    """Give a tag that exists the spelling of `name`."""
    connection.execute("UPDATE tag SET name = ? WHERE folded = ?", (name, folded(name)))


def sweep(connection: apsw.Connection) -> None:
    """Delete the tags that no article has."""
    connection.execute(
        "DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM article_tag l WHERE l.tag = tag.id)"
    )
