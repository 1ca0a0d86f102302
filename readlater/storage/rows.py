"""Rows of the table `article` as values, and the places of the sidebar as conditions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from readlater.article import Access, Article, Evidence, Place, Problem, Sort, Status, View

_TAGS = (
    "(SELECT group_concat(t.name, char(31) ORDER BY t.folded) FROM article_tag l"
    " JOIN tag t ON t.id = l.tag WHERE l.article = a.id)"
)
# In the order of `article_of`; `a` is the table `article`.
COLUMNS = (
    "a.id, a.url, a.saved_at, a.title, a.byline, a.site_name, a.published, a.language,"
    " a.direction, a.excerpt, a.word_count, a.status, a.archived_at, a.trashed_at, a.read_at,"
    f" a.favourite, a.progress, {_TAGS}, a.access, a.evidence, a.removed_count, a.lead_asset,"
    " a.problem, a.attempts, a.retry_at, a.said, json_array_length(a.put_back), a.modified,"
    " a.section, a.keywords, a.confidence, a.note"
)

_KEPT = "a.removed_at IS NULL AND a.trashed_at IS NULL"
# Word for word the conditions of the partial indexes in schema.py: SQLite uses them only so.
PLACES = {
    Place.UNREAD: f"{_KEPT} AND a.archived_at IS NULL",
    Place.CONTINUE: f"{_KEPT} AND a.archived_at IS NULL AND a.progress > 0 AND a.progress < 1",
    Place.ARCHIVE: f"{_KEPT} AND a.archived_at IS NOT NULL",
    Place.FAVOURITES: f"{_KEPT} AND a.favourite = 1",
    Place.ALL: _KEPT,
    Place.PREVIEWS: f"{_KEPT} AND a.status = 'ready' AND a.access NOT IN ('', 'full')",
    Place.FAILED: f"{_KEPT} AND a.status = 'failed'",
    Place.TRASH: "a.removed_at IS NULL AND a.trashed_at IS NOT NULL",
    Place.TAG: (
        f"{_KEPT} AND a.id IN (SELECT l.article FROM article_tag l"
        " JOIN tag t ON t.id = l.tag WHERE t.folded = ?)"
    ),
}

ORDERS = {
    Sort.NEWEST: "a.saved_at DESC, a.id DESC",
    Sort.OLDEST: "a.saved_at, a.id",
    Sort.TITLE: "a.sort_title, a.id",
    Sort.SITE: "a.host, a.saved_at DESC, a.id DESC",
    Sort.SHORTEST: "a.word_count, a.id",
    Sort.LONGEST: "a.word_count DESC, a.id DESC",
}
_LARGE = (Place.UNREAD, Place.ARCHIVE, Place.FAVOURITES, Place.ALL)
_INDEXES = {
    Sort.TITLE: "article_by_title",
    Sort.SITE: "article_by_site",
    Sort.SHORTEST: "article_by_length",
    Sort.LONGEST: "article_by_length",
}


def source(view: View) -> str:
    """The table as `a`, read through the index of the view's place and order.

    Without statistics SQLite would choose by the number of terms and scan a larger index.
    """
    if view.place is Place.TAG:
        return "article a"
    by_order = _INDEXES.get(view.sort) if view.place in _LARGE else None
    return f"article a INDEXED BY {by_order or f'article_{view.place}'}"


def folded(name: str) -> str:
    """The form of a tag's name that decides sameness."""
    return " ".join(name.split()).casefold()


def where(view: View) -> tuple[str, tuple[str, ...]]:
    """The condition over `article AS a` for a view's place, with its arguments."""
    return PLACES[view.place], (folded(view.tag),) if view.place is Place.TAG else ()


def problem_json(problem: Problem | None) -> str:
    """A problem as stored; "" for none."""
    if problem is None:
        return ""
    return json.dumps({"code": problem.code, "args": dict(problem.args)}, ensure_ascii=False)


def evidence_json(evidence: Sequence[Evidence]) -> str:
    """Evidence as stored."""
    return json.dumps([asdict(e) for e in evidence], ensure_ascii=False)


def article_of(row: Sequence[Any]) -> Article:
    """An Article from a row of COLUMNS."""
    problem = json.loads(row[22]) if row[22] else None
    return Article(
        id=row[0],
        url=row[1],
        saved_at=row[2],
        title=row[3],
        byline=row[4],
        site_name=row[5],
        published=row[6],
        language=row[7],
        direction=row[8],
        excerpt=row[9],
        word_count=row[10],
        status=Status(row[11]),
        archived_at=row[12],
        trashed_at=row[13],
        read_at=row[14],
        favourite=bool(row[15]),
        progress=row[16],
        tags=tuple(row[17].split("\x1f")) if row[17] else (),
        access=Access(row[18]) if row[18] else None,
        evidence=tuple(Evidence(**e) for e in json.loads(row[19])),
        removed_count=row[20],
        lead_asset=row[21],
        problem=Problem(problem["code"], problem["args"]) if problem else None,
        attempts=row[23],
        retry_at=row[24],
        said=Access(row[25]) if row[25] else None,
        put_back_count=row[26],
        modified=row[27],
        section=row[28],
        keywords=tuple(json.loads(row[29])),
        confidence=row[30],
        note=row[31],
    )
