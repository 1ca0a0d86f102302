"""What a person knows better than the extractor: what a copy is, and blocks that belong to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import apsw

from readlater.article import Access, Evidence, Extracted, Removed
from readlater.storage import articles

# The reader's words, and the evidence that tells of them.
EVIDENCE = {Access.FULL: "saved_by_you", Access.PREVIEW: "cut_by_you"}


def said(connection: apsw.Connection, article: int) -> Access | None:
    """The reader's own word on the shown copy; None while the page's signs decide."""
    word = connection.execute("SELECT said FROM article WHERE id = ?", (article,)).get
    return Access(word) if word else None


def say(connection: apsw.Connection, article: int, word: Access | None) -> None:
    """Set the reader's own word; the row follows when the copy is shown again."""
    articles.update(connection, article, {"said": word or ""})


def effective(word: Access | None, extracted: Extracted) -> tuple[Access, tuple[Evidence, ...]]:
    """What holds for a copy and why: the reader's word wins over the page's signs."""
    if word is None:
        return extracted.access, extracted.evidence
    return word, (Evidence(EVIDENCE[word]), *extracted.evidence)


def put_back(connection: apsw.Connection, article: int) -> tuple[Removed, ...]:
    """The blocks that a person put back, in the order of the deeds."""
    text = connection.execute("SELECT put_back FROM article WHERE id = ?", (article,)).get
    return tuple(Removed(**block) for block in json.loads(text)) if text else ()


def set_put_back(connection: apsw.Connection, article: int, blocks: Sequence[Removed]) -> None:
    """Remember which blocks stay in the text from now on."""
    text = json.dumps([asdict(block) for block in blocks], ensure_ascii=False)
    safe = text.encode("utf-8", "replace").decode()
    articles.update(connection, article, {"put_back": safe})


def keep(connection: apsw.Connection, article: int) -> frozenset[str]:
    """The fingerprints of the blocks that stay in an article's text."""
    return frozenset(block.fingerprint for block in put_back(connection, article))
