"""The icon of each site: one row a host, however many articles it has."""

from __future__ import annotations

import apsw

SCHEMA = """
-- `digest` is '' until an icon came; `asked_at` says when it was looked for last.
CREATE TABLE site_icon(
    host TEXT PRIMARY KEY,
    digest TEXT NOT NULL DEFAULT '',
    asked_at REAL NOT NULL
) WITHOUT ROWID;
"""


def is_due(connection: apsw.Connection, host: str, since: float) -> bool:
    """Whether the icon of a host was not looked for `since` then."""
    asked_at: float | None = connection.execute(
        "SELECT asked_at FROM site_icon WHERE host = ?", (host,)
    ).get
    return asked_at is None or asked_at < since


def ask(connection: apsw.Connection, host: str, now: float, since: float) -> bool:
    """Say that it is looked for now; False where another does so, or did `since` then."""
    if not is_due(connection, host, since):
        return False
    connection.execute(
        "INSERT INTO site_icon(host, asked_at) VALUES(?, ?)"
        " ON CONFLICT(host) DO UPDATE SET asked_at = excluded.asked_at",
        (host, now),
    )
    return True


def keep(connection: apsw.Connection, host: str, digest: str) -> None:
    """The icon of a host is the asset `digest`."""
    connection.execute("UPDATE site_icon SET digest = ? WHERE host = ?", (digest, host))


def of(connection: apsw.Connection, article: int) -> str:
    """The asset of the icon of an article's site; "" where there is none."""
    found: str | None = connection.execute(
        "SELECT s.digest FROM article a JOIN site_icon s ON s.host = a.host WHERE a.id = ?",
        (article,),
    ).get
    return found or ""


def sweep(connection: apsw.Connection) -> None:
    """Forget the sites of which no article is left outside the trash."""
    connection.execute(
        "DELETE FROM site_icon WHERE NOT EXISTS (SELECT 1 FROM article a"
        " WHERE a.host = site_icon.host AND a.removed_at IS NULL AND a.trashed_at IS NULL)"
    )
