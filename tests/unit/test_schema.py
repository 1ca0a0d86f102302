"""A library of each earlier version opens without loss."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from readlater.article import Access, Place, View
from readlater.library import Library, open_library
from readlater.storage import schema
from readlater.storage.connection import FILE

HTML, TEXT = "<p>The wall stood.</p>", "The wall stood."
EVIDENCE = [{"code": "ends_with_prompt", "quote": "Subscribe", "count": 0, "of": 0}]
OWN = [{"code": "saved_by_you", "quote": "", "count": 0, "of": 0}]
REMOVED = {"reason": "newsletter", "place": "after paragraph 1", "text": "Sign up", "html": ""}
EXTRACTED = {
    "title": "The wall", "byline": "Ada Reyes", "site_name": "Harbour Post",
    "published": "2026-03-01", "language": "en", "direction": "ltr", "excerpt": "The wall",
    "lead_image": "", "canonical": "", "word_count": 3, "access": "preview", "evidence": EVIDENCE,
    "removed": [REMOVED], "pictures": [],
}  # fmt: skip


def first_version(folder: Path) -> None:
    """A library as the first version wrote it: a copy called complete, and the undo of that."""
    folder.mkdir()
    connection = apsw.Connection(str(folder / FILE))
    with connection:
        for step in schema.MIGRATIONS[:1]:
            step(connection)
        connection.pragma("application_id", schema.APPLICATION_ID)
        connection.pragma("user_version", 1)
        for article, said in ((1, 1), (2, 0)):
            connection.execute(
                "INSERT INTO article(id, url, key, host, saved_at, title, status, access, evidence,"
                " removed_count, said_complete, copy, favourite, read_at, indexed)"
                " VALUES(?, ?, ?, 'a.example', ?, 'The wall', 'ready', ?, ?, 1, ?, ?, 1, 5.0, 1)",
                (
                    article,
                    f"https://a.example/{article}",
                    f"a.example/{article}",
                    float(article),
                    "full" if said else "preview",
                    json.dumps((OWN if said else []) + EVIDENCE),
                    said,
                    article,
                ),
            )
            digest = "".join(hashlib.sha256(part.encode()).hexdigest() for part in (HTML, TEXT))
            connection.execute(
                "INSERT INTO copy(id, article, came_at, url, http_status, headers, content_type,"
                " body, body_digest, extractor, access, word_count, extracted, html, text, digest)"
                " VALUES(?, ?, 1.0, '', 200, '[]', 'text/html', ?, ?, 1, 'preview', 3, ?, ?, ?, ?)",
                (
                    article,
                    article,
                    zlib.compress(HTML.encode()),
                    hashlib.sha256(HTML.encode()).hexdigest(),
                    json.dumps(EXTRACTED),
                    zlib.compress(HTML.encode()),
                    zlib.compress(TEXT.encode()),
                    digest,
                ),
            )
        connection.execute("INSERT INTO undo(id, done_at, code) VALUES(1, 1.0, 'completed')")
        connection.execute(
            "INSERT INTO undo_row VALUES(1, 1, ?, ?)",
            (
                json.dumps({"access": "preview", "said_complete": 0, "evidence": "[]"}),
                json.dumps({"access": "full", "said_complete": 1, "evidence": json.dumps(OWN)}),
            ),
        )
    connection.close()


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[Library]:
    first_version(tmp_path / "library")
    library = open_library(tmp_path / "library")
    yield library
    library.close()


def test_the_first_version_opens_without_loss(upgraded: Library) -> None:
    said, plain = upgraded.reading.article(1), upgraded.reading.article(2)
    assert (said.access, said.said) == (Access.FULL, Access.FULL)
    assert (plain.access, plain.said) == (Access.PREVIEW, None)
    for one in (said, plain):
        assert (one.title, one.favourite, one.read_at, one.removed_count) == (
            "The wall",
            True,
            5.0,
            1,
        )
        assert (one.modified, one.section, one.keywords, one.put_back_count) == ("", "", (), 0)
        held = upgraded.reading.extracted(one.id)
        assert (held.text, held.html, held.byline) == (TEXT, HTML, "Ada Reyes")
        assert (held.keywords, held.sources, held.confidence) == ((), (), 0.0)
        assert held.removed[0].fingerprint
    assert upgraded.searching.count(View(Place.PREVIEWS)) == 1
    assert upgraded.caring.doctor().sound


def test_a_deed_of_the_first_version_can_still_be_undone(upgraded: Library) -> None:
    upgraded.tidying.undo()
    now = upgraded.reading.article(1)
    assert (now.access, now.said) == (Access.PREVIEW, None)
    assert [e.code for e in now.evidence] == ["ends_with_prompt"]
    upgraded.tidying.redo()
    assert upgraded.reading.article(1).access is Access.FULL
    assert upgraded.reading.article(1).evidence[0].code == "saved_by_you"


def test_the_upgraded_file_is_like_a_new_one(upgraded: Library, tmp_path: Path) -> None:
    fresh = open_library(tmp_path / "fresh")
    fresh.close()
    columns = []
    for folder in ("library", "fresh"):
        connection = apsw.Connection(str(tmp_path / folder / FILE))
        columns.append(
            {
                table: [row[1:] for row in connection.execute(f"PRAGMA table_info({table})")]
                for table in ("article", "copy", "earlier", "undo", "undo_row")
            }
        )
        assert connection.pragma("user_version") == len(schema.MIGRATIONS)
        connection.close()
    assert columns[0] == columns[1]
