"""The tables, as a tuple of migrations: `PRAGMA user_version` is how many were applied."""

from __future__ import annotations

from collections.abc import Callable

import apsw

from readlater.errors import LibraryError
from readlater.storage import highlights, parts, reading, search, site_icons

APPLICATION_ID = 0x526C7472  # "Rltr", so that another program's database is told from ours

_ARTICLES = """
CREATE TABLE article(
    -- AUTOINCREMENT: an id is never used again, so an old undo cannot hit a new row
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    host TEXT NOT NULL,
    saved_at REAL NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    sort_title TEXT NOT NULL DEFAULT '',
    byline TEXT NOT NULL DEFAULT '',
    site_name TEXT NOT NULL DEFAULT '',
    published TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    direction TEXT NOT NULL DEFAULT 'ltr',
    excerpt TEXT NOT NULL DEFAULT '',
    word_count INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT 'queued' CHECK(status IN ('queued', 'ready', 'failed')),
    problem TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    retry_at REAL,
    claimed_by TEXT NOT NULL DEFAULT '',
    archived_at REAL,
    trashed_at REAL,
    removed_at REAL,
    merged_into INTEGER,
    read_at REAL,
    favourite INTEGER NOT NULL DEFAULT 0,
    progress REAL NOT NULL DEFAULT 0,
    access TEXT NOT NULL DEFAULT '',
    evidence TEXT NOT NULL DEFAULT '[]',
    removed_count INTEGER NOT NULL DEFAULT 0,
    said_complete INTEGER NOT NULL DEFAULT 0,
    lead_asset TEXT NOT NULL DEFAULT '',
    copy INTEGER,
    pending_copy INTEGER,
    indexed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX article_unread ON article(saved_at, id)
    WHERE removed_at IS NULL AND trashed_at IS NULL AND archived_at IS NULL;
CREATE INDEX article_archive ON article(saved_at, id)
    WHERE removed_at IS NULL AND trashed_at IS NULL AND archived_at IS NOT NULL;
CREATE INDEX article_all ON article(saved_at, id)
    WHERE removed_at IS NULL AND trashed_at IS NULL;
CREATE INDEX article_favourites ON article(saved_at, id)
    WHERE removed_at IS NULL AND trashed_at IS NULL AND favourite = 1;
CREATE INDEX article_previews ON article(saved_at, id)
    WHERE removed_at IS NULL AND trashed_at IS NULL AND status = 'ready'
        AND access NOT IN ('', 'full');
CREATE INDEX article_failed ON article(saved_at, id)
    WHERE removed_at IS NULL AND trashed_at IS NULL AND status = 'failed';
CREATE INDEX article_trash ON article(saved_at, id)
    WHERE removed_at IS NULL AND trashed_at IS NOT NULL;
-- The other orders: with the columns of the large places' conditions, so that a scroll to the
-- middle skips in the index and never looks at a row.
CREATE INDEX article_by_title ON article(sort_title, id, archived_at, favourite)
    WHERE removed_at IS NULL AND trashed_at IS NULL;
CREATE INDEX article_by_site ON article(host, saved_at DESC, id DESC, archived_at, favourite)
    WHERE removed_at IS NULL AND trashed_at IS NULL;
CREATE INDEX article_by_length ON article(word_count, id, archived_at, favourite)
    WHERE removed_at IS NULL AND trashed_at IS NULL;
CREATE INDEX article_queue ON article(id) WHERE status = 'queued';
CREATE INDEX article_removed ON article(removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX article_lead ON article(lead_asset) WHERE lead_asset <> '';

CREATE TABLE copy(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    came_at REAL NOT NULL,
    url TEXT NOT NULL,
    http_status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body BLOB NOT NULL,
    body_digest TEXT NOT NULL,
    extractor INTEGER NOT NULL DEFAULT 0,
    access TEXT NOT NULL DEFAULT '',
    word_count INTEGER NOT NULL DEFAULT 0,
    extracted TEXT NOT NULL DEFAULT '{}',
    html BLOB NOT NULL DEFAULT x'',
    text BLOB NOT NULL DEFAULT x'',
    digest TEXT NOT NULL DEFAULT ''
);
CREATE INDEX copy_article ON copy(article, id);

-- Where a row's page was in the end, and what it calls its own address: a twin may have the same.
CREATE TABLE alias(
    key TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    PRIMARY KEY(key, article)
) WITHOUT ROWID;
CREATE INDEX alias_article ON alias(article);

CREATE TABLE asset(
    digest TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    thumbnail BLOB
) WITHOUT ROWID;
CREATE TABLE picture(
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES asset(digest),
    PRIMARY KEY(article, address)
) WITHOUT ROWID;
CREATE INDEX picture_digest ON picture(digest);

CREATE TABLE tag(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE
);
CREATE TABLE article_tag(
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
    PRIMARY KEY(article, tag)
) WITHOUT ROWID;
CREATE INDEX article_tag_tag ON article_tag(tag, article);

CREATE TABLE undo(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    done_at REAL NOT NULL,
    code TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE undo_row(
    undo INTEGER NOT NULL REFERENCES undo(id) ON DELETE CASCADE,
    article INTEGER NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY(undo, article)
) WITHOUT ROWID;

CREATE TABLE change(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    by TEXT NOT NULL,
    ids TEXT NOT NULL,
    membership INTEGER NOT NULL,
    tags INTEGER NOT NULL
);
"""


def _first(connection: apsw.Connection) -> None:
    connection.execute(_ARTICLES)
    for statement in search.SCHEMA:
        connection.execute(statement)


def _parts(connection: apsw.Connection) -> None:
    connection.execute(parts.SCHEMA)


# `said` is the reader's own word on the copy ("", full or preview); before it was `said_complete`.
# `put_back` holds the blocks that a person put back, as JSON. `earlier` is what a copy held before
# a deed made it anew (or, once that deed is undone, after it): undo and redo change the two over.
_CORRECTIONS = """
ALTER TABLE article ADD COLUMN said TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN put_back TEXT NOT NULL DEFAULT '[]';
ALTER TABLE article ADD COLUMN modified TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN keywords TEXT NOT NULL DEFAULT '[]';
ALTER TABLE article ADD COLUMN sources TEXT NOT NULL DEFAULT '[]';
ALTER TABLE article ADD COLUMN confidence REAL NOT NULL DEFAULT 0;
UPDATE article SET said = 'full' WHERE said_complete = 1;
ALTER TABLE article DROP COLUMN said_complete;
UPDATE undo_row SET
    before = json_remove(json_set(before, '$.said',
        iif(before ->> 'said_complete', 'full', '')), '$.said_complete'),
    after = json_remove(json_set(after, '$.said',
        iif(after ->> 'said_complete', 'full', '')), '$.said_complete')
    WHERE before ->> 'said_complete' IS NOT NULL;

CREATE TABLE earlier(
    undo INTEGER NOT NULL REFERENCES undo(id) ON DELETE CASCADE,
    copy INTEGER NOT NULL REFERENCES copy(id) ON DELETE CASCADE,
    side TEXT NOT NULL DEFAULT 'before' CHECK(side IN ('before', 'after')),
    extractor INTEGER NOT NULL,
    access TEXT NOT NULL,
    word_count INTEGER NOT NULL,
    extracted TEXT NOT NULL,
    html BLOB NOT NULL,
    text BLOB NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY(undo, copy)
);
CREATE INDEX earlier_copy ON earlier(copy);
"""


def _corrections(connection: apsw.Connection) -> None:
    connection.execute(_CORRECTIONS)


def _reading(connection: apsw.Connection) -> None:
    """Where one is in an article by its text, its own typography, and what one has begun."""
    connection.execute(reading.SCHEMA)
    connection.execute(
        "CREATE INDEX article_continue ON article(saved_at, id) WHERE removed_at IS NULL"
        " AND trashed_at IS NULL AND archived_at IS NULL AND progress > 0 AND progress < 1"
    )


def _highlights(connection: apsw.Connection) -> None:
    connection.execute(highlights.SCHEMA)
    connection.execute(highlights.INDEX)


def _site_icons(connection: apsw.Connection) -> None:
    connection.execute(site_icons.SCHEMA)


MIGRATIONS: tuple[Callable[[apsw.Connection], None], ...] = (
    _first,
    _parts,
    _corrections,
    _reading,
    _highlights,
    _site_icons,
)


def migrate(connection: apsw.Connection) -> None:
    """Bring the database to this version, inside the caller's transaction.

    Raises LibraryError `not_a_library` or `library_too_new` and leaves the file as it was.
    """
    version = connection.pragma("user_version")
    owner = connection.pragma("application_id")
    if version == 0 and (owner or connection.execute("SELECT 1 FROM sqlite_schema").get):
        raise LibraryError("not_a_library", folder=str(connection.filename))
    if version and owner != APPLICATION_ID:
        raise LibraryError("not_a_library", folder=str(connection.filename))
    if version > len(MIGRATIONS):
        raise LibraryError("library_too_new", version=version)
    for step in MIGRATIONS[version:]:
        step(connection)
    if version < len(MIGRATIONS):
        connection.pragma("application_id", APPLICATION_ID)
        connection.pragma("user_version", len(MIGRATIONS))
