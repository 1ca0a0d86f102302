"""The queue is the column `status`: rows are claimed, finished, put off or failed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass

import apsw

from readlater.article import Problem
from readlater.storage.rows import problem_json

# A row that may be fetched: not undone, not in the trash.
_WAITING = "status = 'queued' AND removed_at IS NULL AND trashed_at IS NULL"


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed row. `claim` is this claim's own mark: a row that is queued anew loses it.

    `copy` is one that came whole (a saved file) and waits to be extracted.
    """

    id: int
    url: str
    host: str
    attempts: int
    copy: int | None
    claim: str


def claim(
    connection: apsw.Connection,
    by: str,
    now: float,
    per_host: int,
    only: Collection[int] | None = None,
) -> Job | None:
    """Claim the next due row whose host is not at its limit, those that never failed first.

    Claims of other processes count for the limit. `only` are the rows to choose from; None is all.
    """
    row = connection.execute(
        f"SELECT id, url, host, attempts, pending_copy FROM article WHERE {_WAITING}"
        " AND claimed_by = '' AND coalesce(retry_at, 0) <= ?"
        " AND host NOT IN (SELECT host FROM article WHERE status = 'queued' AND claimed_by <> ''"
        " AND host <> '' GROUP BY host HAVING count(*) >= ?)"
        " AND (? OR id IN (SELECT value FROM json_each(?)))"
        " ORDER BY attempts, id LIMIT 1",
        (now, per_host, only is None, json.dumps(sorted(only or ()))),
    ).get
    if row is None:
        return None
    article, url, host, attempts, copy = row
    mark = f"{by}:{secrets.token_hex(6)}"
    connection.execute("UPDATE article SET claimed_by = ? WHERE id = ?", (mark, article))
    return Job(article, url, host, attempts, copy, mark)


def holders(connection: apsw.Connection) -> set[str]:
    """The processes that hold claims."""
    return {
        by.partition(":")[0]
        for (by,) in connection.execute(
            "SELECT DISTINCT claimed_by FROM article WHERE status = 'queued' AND claimed_by <> ''"
        )
    }


def release(connection: apsw.Connection, by: str) -> None:
    """Give back every claim of process `by`, which ended or died."""
    connection.execute(
        "UPDATE article SET claimed_by = '' WHERE status = 'queued' AND claimed_by LIKE ? || ':%'",
        (by,),
    )


def unclaim(connection: apsw.Connection, job: Job) -> None:
    """Give one claim back."""
    connection.execute(
        "UPDATE article SET claimed_by = '' WHERE id = ? AND claimed_by = ?", (job.id, job.claim)
    )


def is_claimed(connection: apsw.Connection, job: Job) -> bool:
    """Whether the row still wants what this job brings: not undone, trashed or queued anew."""
    return bool(
        connection.execute(
            f"SELECT 1 FROM article WHERE id = ? AND claimed_by = ? AND {_WAITING}",
            (job.id, job.claim),
        ).get
    )


def hold(connection: apsw.Connection, article: int, copy: int) -> None:
    """Queue a row whose page is here already, as `copy`."""
    enqueue(connection, article)
    connection.execute("UPDATE article SET pending_copy = ? WHERE id = ?", (copy, article))


def finish(connection: apsw.Connection, article: int) -> None:
    """The row's article has come."""
    connection.execute(
        "UPDATE article SET status = 'ready', problem = '', attempts = 0, retry_at = NULL,"
        " claimed_by = '', pending_copy = NULL WHERE id = ?",
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
    """Fetch a row (again), at once: whoever is at work on it has lost its claim."""
    connection.execute(
        "UPDATE article SET status = 'queued', problem = '', attempts = 0, retry_at = NULL,"
        " claimed_by = '', pending_copy = NULL WHERE id = ?",
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
