"""A library of each earlier version opens without loss."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from readlater.article import Access, Marks, Place, View
from readlater.library import Library, open_library
from readlater.library.highlighting import as_selected
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


@pytest.mark.parametrize("version", range(1, len(schema.MIGRATIONS)))
def test_a_file_of_every_version_becomes_like_a_new_one(version: int, tmp_path: Path) -> None:
    first_version(tmp_path / "old")
    connection = apsw.Connection(str(tmp_path / "old" / FILE))
    with connection:
        for step in schema.MIGRATIONS[1:version]:
            step(connection)
        connection.pragma("user_version", version)
    connection.close()
    open_library(tmp_path / "old").close()
    open_library(tmp_path / "fresh").close()
    old, fresh = (made_of(tmp_path / folder / FILE) for folder in ("old", "fresh"))
    assert old == fresh
    assert {"copy_part", "earlier", "reading", "highlight", "highlight_tag"} <= old.keys()


def test_highlights_work_in_a_library_of_the_first_version(upgraded: Library) -> None:
    made, _ = upgraded.highlighting.add(2, 3, as_selected(TEXT, 4, 8))
    upgraded.highlighting.annotate(made.id, "Which one?")
    assert [h.selector.quote for h in upgraded.highlighting.of(2)] == ["wall"]
    assert upgraded.highlighting.count(Marks(query="which")) == 1
    upgraded.tidying.undo()
    upgraded.tidying.undo()
    assert upgraded.highlighting.of(2) == ()
    assert upgraded.caring.doctor().sound


def made_of(file: Path) -> dict[str, list[object]]:
    """The tables of a library with their columns and indexes; the version is that of now."""
    connection = apsw.Connection(str(file))
    assert connection.pragma("user_version") == len(schema.MIGRATIONS)
    tables = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    ]
    found: dict[str, list[object]] = {
        table: [row[1:] for row in connection.execute(f"PRAGMA table_info({table})")]
        for table in tables
    }
    found[""] = sorted(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql <> ''"))
    connection.close()
    return found
