"""The queue is the column `status`: rows are claimed, finished, put off or failed."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

import apsw

from readlater.article import Problem
from readlater.storage.rows import problem_json

# A row that may be fetched: not undone, not in the trash.
_WAITING = "status = 'queued' AND removed_at IS NULL AND trashed_at IS NULL"


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed row. `copy` is one that came whole (a saved file) and waits to be extracted."""

    id: int
    url: str
    host: str
    attempts: int
    copy: int | None


def claim(
    connection: apsw.Connection,
    by: str,
    now: float,
    busy: Collection[str],
    only: Collection[int] | None = None,
) -> Job | None:
    """Claim the next due row whose host is not busy, those that never failed first.

    `only` are the rows to choose from; None is all.
    """
    marks = ",".join("?" * len(busy))
    row = connection.execute(
        f"SELECT id, url, host, attempts FROM article WHERE {_WAITING} AND claimed_by = ''"
        f" AND coalesce(retry_at, 0) <= ? AND host NOT IN ({marks})"
        " AND (? OR id IN (SELECT value FROM json_each(?)))"
        " ORDER BY attempts, id LIMIT 1",
        (now, *busy, only is None, json.dumps(sorted(only or ()))),
    ).get
    if row is None:
        return None
    connection.execute("UPDATE article SET claimed_by = ? WHERE id = ?", (by, row[0]))
    copy = connection.execute(
        "SELECT id FROM copy WHERE article = ? AND extractor = 0 ORDER BY id DESC LIMIT 1",
        (row[0],),
    ).get
    article, url, host, attempts = row
    return Job(article, url, host, attempts, copy)


def holders(connection: apsw.Connection) -> set[str]:
    """Who holds claims."""
    return {
        by
        for (by,) in connection.execute(
            "SELECT DISTINCT claimed_by FROM article WHERE status = 'queued' AND claimed_by <> ''"
        )
    }


def release(connection: apsw.Connection, by: str) -> None:
    """Give back every claim of `by`: a process that ended or died."""
    connection.execute(
        "UPDATE article SET claimed_by = '' WHERE status = 'queued' AND claimed_by = ?", (by,)
    )


def unclaim(connection: apsw.Connection, article: int, by: str) -> None:
    """Give one claim back."""
    connection.execute(
        "UPDATE article SET claimed_by = '' WHERE id = ? AND claimed_by = ?", (article, by)
    )


def is_claimed(connection: apsw.Connection, article: int, by: str) -> bool:
    """Whether the row is still wanted and still ours: not undone, trashed or cancelled."""
    return bool(
        connection.execute(
            f"SELECT 1 FROM article WHERE id = ? AND claimed_by = ? AND {_WAITING}",
            (article, by),
        ).get
    )


def finish(connection: apsw.Connection, article: int) -> None:
    """The row's article has come."""
    connection.execute(
        "UPDATE article SET status = 'ready', problem = '', attempts = 0, retry_at = NULL,"
        " claimed_by = '' WHERE id = ?",
        (article,),
    )


def put_off(
    connection: apsw.Connection, article: int, problem: Problem, retry_at: float, attempts: int
) -> None:
    """The row is tried again at `retry_at`."""
    connection.execute(
        "UPDATE article SET problem = ?, retry_at = ?, attempts = ?, claimed_by = ''"
        " WHERE id = ? AND status = 'queued'",
        (problem_json(problem), retry_at, attempts, article),
    )


def fail(connection: apsw.Connection, article: int, problem: Problem) -> None:
    """Nothing came; a row that holds a copy from before stays ready with it, and says why."""
    connection.execute(
        "UPDATE article SET status = iif(copy IS NULL, 'failed', 'ready'), problem = ?,"
        " retry_at = NULL, claimed_by = '' WHERE id = ? AND status = 'queued'",
        (problem_json(problem), article),
    )


def enqueue(connection: apsw.Connection, article: int) -> None:
    """Fetch a row (again), at once."""
    connection.execute(
        "UPDATE article SET status = 'queued', problem = '', attempts = 0, retry_at = NULL,"
        " claimed_by = '' WHERE id = ?",
        (article,),
    )


def hurry(connection: apsw.Connection, codes: Collection[str]) -> int:
    """Make rows that wait because of one of these problems due now; returns how many."""
    marks = ",".join("?" * len(codes))
    connection.execute(
        f"UPDATE article SET retry_at = NULL WHERE {_WAITING} AND retry_at IS NOT NULL"
        f" AND problem ->> 'code' IN ({marks})",
        tuple(codes),
    )
    return connection.changes()


def due_at(connection: apsw.Connection) -> float | None:
    """When the next unclaimed row is due (0 for now); None when nothing waits."""
    at: float | None = connection.execute(
        f"SELECT min(coalesce(retry_at, 0)) FROM article WHERE {_WAITING} AND claimed_by = ''"
    ).get
    return at


def waiting(connection: apsw.Connection) -> list[int]:
    """The rows that wait or are at work."""
    return [i for (i,) in connection.execute(f"SELECT id FROM article WHERE {_WAITING}")]


def settle(connection: apsw.Connection, article: int) -> None:
    """A failed row that has an article after all (extracted again) is ready."""
    connection.execute(
        "UPDATE article SET status = 'ready', problem = '' WHERE id = ? AND status = 'failed'",
        (article,),
    )
