"""How far an article is read, by its text, and the typography that is its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

import apsw

from readlater.article import Spot

SCHEMA = """
CREATE TABLE reading(
    article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    spot TEXT NOT NULL DEFAULT '',
    typography TEXT NOT NULL DEFAULT ''
);
"""


def get(connection: apsw.Connection, article: int) -> tuple[Spot | None, dict[str, object]]:
    """Where one is in an article, and its own typography by dotted names of settings."""
    row = connection.execute(
        "SELECT spot, typography FROM reading WHERE article = ?", (article,)
    ).get
    spot, typography = row or ("", "")
    return Spot(**json.loads(spot)) if spot else None, json.loads(typography or "{}")


def set_spot(connection: apsw.Connection, article: int, spot: Spot | None) -> None:
    """Keep where one is; None is the beginning."""
    _set(connection, article, "spot", json.dumps(asdict(spot)) if spot else "")


def set_typography(connection: apsw.Connection, article: int, values: Mapping[str, object]) -> None:
    """Keep an article's own typography; an empty one is that of all."""
    _set(connection, article, "typography", json.dumps(dict(values)) if values else "")


def _set(connection: apsw.Connection, article: int, column: str, value: str) -> None:
    connection.execute(
        f"INSERT INTO reading(article, {column}) SELECT id, ? FROM article WHERE id = ?"
        f" ON CONFLICT(article) DO UPDATE SET {column} = excluded.{column}",
        (value, article),
    )
