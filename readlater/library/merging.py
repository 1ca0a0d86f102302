"""Two rows that turn out to be one article become one, when their texts agree."""

from __future__ import annotations

from readlater.article import Access, Extracted
from readlater.errors import InputError
from readlater.library.names import joined
from readlater.library.versions import agree
from readlater.net import urls
from readlater.storage import articles, copies, tags
from readlater.storage.connection import Connection


def merge_into_twin(
    connection: Connection, article: int, final_url: str, extracted: Extracted, now: float
) -> int | None:
    """Merge a fresh row into the one that its final or canonical address names.

    Addresses alone are not believed (sites point the canonical link at their home page): both
    texts must agree. The older row stays, comes to the top and gets the tags; returns its id.
    """
    twin = _twin(connection, article, final_url, extracted)
    if twin is None:
        return None
    fresh = articles.get(connection, article)
    if fresh is None:
        return None
    wanted = joined(tags.of(connection, twin), fresh.tags)
    tags.put(connection, twin, wanted)
    articles.update(
        connection, twin, {"saved_at": fresh.saved_at, "archived_at": None, "trashed_at": None}
    )
    articles.index(connection, twin)
    articles.update(connection, article, {"removed_at": now, "merged_into": twin})
    return twin


def _twin(connection: Connection, article: int, final_url: str, extracted: Extracted) -> int | None:
    for address in (extracted.canonical, final_url):
        try:
            twin = articles.by_key(connection, urls.key(urls.normalise(address)))
        except InputError:
            continue
        if twin is None or twin == article:
            continue
        copy = copies.shown(connection, twin)
        held = copies.extracted(connection, copy) if copy is not None else None
        # A fuller text of the same article is no twin: the caller keeps the better copy.
        if (
            held
            and extracted.access is Access.FULL is held.access
            and agree(extracted.text, held.text)
        ):
            return twin
    return None
