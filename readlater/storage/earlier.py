"""What copies held before a deed made them anew, so that undo needs no extractor."""

from __future__ import annotations

import apsw

_MADE = "extractor, access, word_count, extracted, html, text, digest"
_SET = ", ".join(f"{name} = ?" for name in _MADE.split(", "))


def keep(connection: apsw.Connection, deed: int, copy: int) -> None:
    """Keep what a copy holds now under `deed`, which is about to make it anew."""
    connection.execute(
        f"INSERT OR IGNORE INTO earlier(undo, copy, {_MADE})"
        f" SELECT ?, id, {_MADE} FROM copy WHERE id = ?",
        (deed, copy),
    )


def of(connection: apsw.Connection, deed: int, article: int) -> list[int]:
    """The copies of an article that a deed made anew."""
    rows = connection.execute(
        "SELECT e.copy FROM earlier e JOIN copy c ON c.id = e.copy"
        " WHERE e.undo = ? AND c.article = ?",
        (deed, article),
    )
    return [copy for (copy,) in rows]


def change_over(connection: apsw.Connection, deed: int, copy: int, *, redo: bool) -> None:
    """Exchange what a copy holds for what is kept; nothing when that was done already."""
    wanted, left = ("after", "before") if redo else ("before", "after")
    kept = connection.execute(
        f"SELECT {_MADE} FROM earlier WHERE undo = ? AND copy = ? AND side = ?",
        (deed, copy, wanted),
    ).get
    if kept is None:
        return
    held = connection.execute(f"SELECT {_MADE} FROM copy WHERE id = ?", (copy,)).get
    connection.execute(f"UPDATE copy SET {_SET} WHERE id = ?", (*kept, copy))
    connection.execute(
        f"UPDATE earlier SET {_SET}, side = ? WHERE undo = ? AND copy = ?",
        (*held, left, deed, copy),
    )
