"""Copies of an article: what came, kept compressed, and what was made of it."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import asdict
from typing import Any

import apsw

from readlater.article import Access, Evidence, Extracted, Removed, Response, fingerprint_of
from readlater.errors import LibraryError
from readlater.storage import articles, corrections, parts, search
from readlater.storage.rows import evidence_json

# Besides the copy that is shown, this many newer or older ones stay.
KEPT_COPIES = 3
_BESIDE = ("html", "text")  # stored compressed in columns of their own


def add(connection: apsw.Connection, article: int, response: Response, now: float) -> int:
    """Keep what came, not yet extracted; returns the copy's id."""
    connection.execute(
        "INSERT INTO copy(article, came_at, url, http_status, headers, content_type, body,"
        " body_digest) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article,
            now,
            response.url,
            response.status,
            json.dumps(response.headers, ensure_ascii=False),
            response.content_type,
            zlib.compress(response.body),
            hashlib.sha256(response.body).hexdigest(),
        ),
    )
    return connection.last_insert_rowid()


def raw(connection: apsw.Connection, copy: int) -> Response | None:
    """What came for this copy, byte for byte; None when it is no longer kept.

    Raises LibraryError `library_damaged` when it is not what was stored.
    """
    row = connection.execute(
        "SELECT url, http_status, headers, content_type, body, body_digest FROM copy WHERE id = ?",
        (copy,),
    ).get
    if row is None:
        return None
    url, status, headers, content_type, body, digest = row
    if not digest:
        return None
    return Response(
        url,
        status,
        tuple((name, value) for name, value in json.loads(headers)),
        _unpacked(connection, body, digest),
        content_type,
    )


def fill(connection: apsw.Connection, copy: int, extracted: Extracted, extractor: int) -> None:
    """Keep what extractor version `extractor` made of a copy."""
    values = asdict(extracted)
    for name in _BESIDE:
        del values[name]
    html = extracted.html.encode("utf-8", "replace")
    text = extracted.text.encode("utf-8", "replace")
    connection.execute(
        "UPDATE copy SET extractor = ?, access = ?, word_count = ?, extracted = ?, html = ?,"
        " text = ?, digest = ? WHERE id = ?",
        (
            extractor,
            extracted.access,
            extracted.word_count,
            json.dumps(values, ensure_ascii=False).encode("utf-8", "replace").decode(),
            zlib.compress(html),
            zlib.compress(text),
            hashlib.sha256(html).hexdigest() + hashlib.sha256(text).hexdigest(),
            copy,
        ),
    )


def extracted(connection: apsw.Connection, copy: int) -> Extracted | None:
    """The article of a copy; None while it has none."""
    row = connection.execute(
        "SELECT extracted, html, text, digest FROM copy WHERE id = ? AND extractor > 0", (copy,)
    ).get
    if row is None:
        return None
    values: dict[str, Any] = json.loads(row[0])
    return Extracted(
        **values
        | {
            "html": _unpacked(connection, row[1], row[3][:64]).decode("utf-8"),
            "text": _unpacked(connection, row[2], row[3][64:]).decode("utf-8"),
            "access": Access(values["access"]),
            "evidence": tuple(Evidence(**e) for e in values["evidence"]),
            "removed": tuple(_removed(r) for r in values["removed"]),
            "pictures": tuple(values["pictures"]),
            "keywords": tuple(values.get("keywords", ())),
            "candidates": tuple(values.get("candidates", ())),
            "sources": tuple((name, where) for name, where in values.get("sources", ())),
        }
    )


def _removed(values: dict[str, str]) -> Removed:
    """A removed block as stored; older copies hold no fingerprints."""
    return Removed(**{"fingerprint": fingerprint_of(values["text"])} | values)


def text(connection: apsw.Connection, copy: int) -> str:
    """The text of a copy; "" when there is none or it is damaged: a search must not end there."""
    row = connection.execute(
        "SELECT text, digest FROM copy WHERE id = ? AND extractor > 0", (copy,)
    ).get
    try:
        return _unpacked(connection, row[0], row[1][64:]).decode("utf-8") if row else ""
    except LibraryError:
        return ""


def extractor(connection: apsw.Connection, copy: int) -> int:
    """The version of the extractor that made a copy's article; 0 while it has none."""
    return int(connection.execute("SELECT extractor FROM copy WHERE id = ?", (copy,)).get or 0)


def set_extractor(connection: apsw.Connection, copy: int, version: int) -> None:
    """Say that a later extractor makes the same of a copy."""
    connection.execute("UPDATE copy SET extractor = ? WHERE id = ?", (version, copy))


def shown(connection: apsw.Connection, article: int) -> int | None:
    """The id of the copy that the article shows."""
    found: int | None = connection.execute("SELECT copy FROM article WHERE id = ?", (article,)).get
    return found


def came_at(connection: apsw.Connection, copy: int) -> float:
    """When a copy came, in seconds since 1970 (UTC)."""
    return float(connection.execute("SELECT came_at FROM copy WHERE id = ?", (copy,)).get or 0)


def newest(connection: apsw.Connection, article: int) -> int | None:
    """The id of the copy that came last, extracted or not."""
    found: int | None = connection.execute(
        "SELECT max(id) FROM copy WHERE article = ?", (article,)
    ).get
    return found


def show(connection: apsw.Connection, article: int, copy: int, extracted: Extracted) -> None:
    """Make `copy` the one that the article shows: its row and both indexes follow.

    Called by `library.showing` alone, so that what hangs on a text can follow there.
    """
    said = corrections.said(connection, article)
    access, evidence = corrections.effective(said, extracted)
    lead = connection.execute(
        "SELECT digest FROM picture WHERE article = ? AND address = ?",
        (article, extracted.lead_image),
    ).get
    articles.update(
        connection,
        article,
        {
            "title": extracted.title,
            "sort_title": articles.sort_title(extracted.title or extracted.site_name),
            "byline": extracted.byline,
            "site_name": extracted.site_name,
            "published": extracted.published,
            "language": extracted.language,
            "direction": extracted.direction,
            "excerpt": extracted.excerpt,
            "word_count": extracted.word_count,
            "access": access,
            "evidence": evidence_json(evidence),
            "removed_count": len(extracted.removed),
            "lead_asset": lead or "",
            "modified": extracted.modified,
            "section": extracted.section,
            "keywords": json.dumps(extracted.keywords, ensure_ascii=False),
            "sources": json.dumps(extracted.sources, ensure_ascii=False),
            "confidence": extracted.confidence,
            "copy": copy,
            "indexed": search.INDEX_VERSION,
        },
    )
    articles.index(connection, article)
    search.index_body(connection, article, extracted.text)


def sweep(connection: apsw.Connection, article: int) -> None:
    """Drop the oldest copies that are neither shown nor among the newest few."""
    connection.execute(
        "DELETE FROM copy WHERE article = :a AND id IS NOT (SELECT copy FROM article WHERE id = :a)"
        " AND id NOT IN (SELECT id FROM copy WHERE article = :a ORDER BY id DESC LIMIT :n)",
        {"a": article, "n": KEPT_COPIES},
    )


def _unpacked(connection: apsw.Connection, packed: bytes, digest: str) -> bytes:
    try:
        body = zlib.decompress(packed)
    except zlib.error as error:
        raise LibraryError("library_damaged", folder=str(connection.filename)) from error
    if hashlib.sha256(body).hexdigest() != digest:
        raise LibraryError("library_damaged", folder=str(connection.filename))
    return body


def is_raw_sound(connection: apsw.Connection, copy: int) -> bool:
    """Whether what came for a copy is still byte for byte what was stored."""
    try:
        return raw(connection, copy) is not None
    except LibraryError:
        return False


def extracted_if_sound(connection: apsw.Connection, copy: int) -> Extracted | None:
    """The article of a copy; None while it has none, or when it is damaged."""
    try:
        return extracted(connection, copy)
    except (LibraryError, ValueError, TypeError, KeyError):  # damaged JSON is one of the others
        return None


def is_article_sound(connection: apsw.Connection, copy: int) -> bool:
    """Whether what was made of a copy is still what was stored."""
    return extracted_if_sound(connection, copy) is not None


def is_sound(connection: apsw.Connection, copy: int) -> bool:
    """Whether all of a copy is what was stored, as far as there is any of it."""
    extractor, raw_is_kept = connection.execute(
        "SELECT extractor, body_digest <> '' FROM copy WHERE id = ?", (copy,)
    ).get
    if raw_is_kept and not (is_raw_sound(connection, copy) and parts.are_sound(connection, copy)):
        return False
    return extractor == 0 or is_article_sound(connection, copy)


def forget_raw(connection: apsw.Connection, copy: int) -> None:
    """Keep the article of a copy and let go of its page, which is damaged."""
    connection.execute("UPDATE copy SET body = x'', body_digest = '' WHERE id = ?", (copy,))


def drop(connection: apsw.Connection, copy: int) -> None:
    """Delete a copy of which nothing is sound."""
    connection.execute("UPDATE article SET copy = NULL WHERE copy = ?", (copy,))
    connection.execute("DELETE FROM copy WHERE id = ?", (copy,))


def kept(connection: apsw.Connection, article: int) -> list[int]:
    """All copies of an article, the newest first."""
    rows = connection.execute("SELECT id FROM copy WHERE article = ? ORDER BY id DESC", (article,))
    return [copy for (copy,) in rows]
