"""The further pages of a copy whose article is spread over several, as they came."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from typing import Any

import apsw

from readlater.article import Response

# Page 1 is the copy itself. `part_of` is how many pages the article has when not all came, else 0.
SCHEMA = """
ALTER TABLE copy ADD COLUMN part_of INTEGER NOT NULL DEFAULT 0;
CREATE TABLE copy_part(
    copy INTEGER NOT NULL REFERENCES copy(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    url TEXT NOT NULL,
    http_status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body BLOB NOT NULL,
    body_digest TEXT NOT NULL,
    PRIMARY KEY(copy, number)
);
"""


def keep(connection: apsw.Connection, copy: int, following: Sequence[Response], of: int) -> None:
    """Keep the pages after the first; `of` is how many there are when not all came, else 0."""
    connection.execute("UPDATE copy SET part_of = ? WHERE id = ?", (of, copy))
    connection.execute("DELETE FROM copy_part WHERE copy = ?", (copy,))
    connection.executemany(
        "INSERT INTO copy_part(copy, number, url, http_status, headers, content_type, body,"
        " body_digest) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(copy, number, part.url, part.status),
                json.dumps(part.headers, ensure_ascii=False),
                part.content_type,
                zlib.compress(part.body),
                hashlib.sha256(part.body).hexdigest(),
            )
            for number, part in enumerate(following, 2)
        ],
    )


def following(connection: apsw.Connection, copy: int) -> tuple[tuple[Response, ...], int]:
    """The pages after the first up to one that is damaged, and how many the article has (0: these).

    What is damaged is not raised but missing: the pages before it are still worth reading.
    """
    of: int = connection.execute("SELECT part_of FROM copy WHERE id = ?", (copy,)).get or 0
    rows = connection.execute(
        "SELECT url, http_status, headers, content_type, body, body_digest FROM copy_part"
        " WHERE copy = ? ORDER BY number",
        (copy,),
    ).fetchall()
    found: list[Response] = []
    for row in rows:
        part = _response(*row)
        if part is None:
            return tuple(found), max(of, len(rows) + 1)
        found.append(part)
    return tuple(found), of


def are_sound(connection: apsw.Connection, copy: int) -> bool:
    """Whether every further page is byte for byte what was stored."""
    rows = connection.execute("SELECT body, body_digest FROM copy_part WHERE copy = ?", (copy,))
    return all(_sound(packed, digest) is not None for packed, digest in rows)


def _response(*row: Any) -> Response | None:
    url, status, headers, content_type, packed, digest = row
    body = _sound(packed, digest)
    if body is None:
        return None
    pairs = tuple((name, value) for name, value in json.loads(headers))
    return Response(url, status, pairs, body, content_type)


def _sound(packed: bytes, digest: str) -> bytes | None:
    try:
        body = zlib.decompress(packed)
    except zlib.error:
        return None
    return body if hashlib.sha256(body).hexdigest() == digest else None
