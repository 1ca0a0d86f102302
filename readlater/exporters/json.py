"""An article as one JSON object with stable keys, the line of every `--json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from readlater import words
from readlater.article import Article, Extracted

Record = dict[str, str | int | bool | list[str] | None]


def record(article: Article) -> Record:
    """The keys of JSON Lines; README.md says what each means.

    `saved` is ISO 8601 in UTC, `evidence` and `error` are English sentences.
    """
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "byline": article.byline,
        "site_name": article.site_name,
        "published": article.published,
        "modified": article.modified,
        "section": article.section,
        "keywords": list(article.keywords),
        "saved": datetime.fromtimestamp(article.saved_at, UTC).isoformat(timespec="seconds"),
        "language": article.language,
        "state": str(article.state),
        "status": str(article.status),
        "favourite": article.favourite,
        "tags": list(article.tags),
        "access": str(article.access) if article.access else None,
        "said": str(article.said) if article.said else None,
        "evidence": [words.evidence_sentence(e) for e in article.evidence],
        "word_count": article.word_count,
        "removed_count": article.removed_count,
        "excerpt": article.excerpt,
        "error": words.sentence(article.problem) if article.problem else None,
    }


def line(article: Article, *, plain: bool = False) -> str:
    """The record as one line; `plain` writes other letters than ASCII as escapes."""
    return json.dumps(record(article), ensure_ascii=plain)


def export(
    article: Article,
    extracted: Extracted,
    pictures: Mapping[str, tuple[bytes, str]],  # noqa: ARG001
) -> str:
    """The record with the article's text and html, what was taken out, and how it was known.

    `confidence` is how sure the page's own verdict is, 0 to 1.
    """
    whole: dict[str, object] = {
        **record(article),
        "text": extracted.text,
        "html": extracted.html,
        "removed": [
            {"reason": r.reason, "place": r.place, "text": r.text} for r in extracted.removed
        ],
        "sources": dict(extracted.sources),
        "confidence": extracted.confidence,
    }
    return json.dumps(whole, ensure_ascii=False)


def access_line(article: Article) -> str:
    """What the copy is and why, in one line for a person."""
    reasons = " ".join(words.evidence_sentence(e) for e in article.evidence)
    verdict = words.ACCESS_SENTENCES[article.access] if article.access else ""
    return f"{verdict} {reasons}".strip()
