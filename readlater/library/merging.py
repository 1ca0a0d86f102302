"""Two rows that turn out to be one article become one, when their texts agree."""

from __future__ import annotations

from readlater.article import Access, Extracted
from readlater.errors import InputError
from readlater.library.names import joined
from readlater.library.versions import agree
from readlater.net import urls
from readlater.storage import articles, copies, highlights, tags
from readlater.storage.connection import Connection


def merge_into_twin(
    connection: Connection, article: int, final_url: str, extracted: Extracted, now: float
) -> int | None:
    """Merge a fresh row into one whose page has the same final or canonical address.

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
    held = articles.get(connection, twin)
    notes = [note for note in (held.note if held else "", fresh.note) if note]
    articles.update(
        connection,
        twin,
        {
            "saved_at": fresh.saved_at,
            "archived_at": None,
            "trashed_at": None,
            "note": "\n\n".join(dict.fromkeys(notes)),
        },
    )
    highlights.move(connection, article, twin)
    articles.index(connection, twin)
    articles.update(connection, article, {"removed_at": now, "merged_into": twin})
    return twin


def _twin(connection: Connection, article: int, final_url: str, extracted: Extracted) -> int | None:
    fresh = articles.get(connection, article)
    keys = {
        key
        for address in (fresh.url if fresh else "", extracted.canonical, final_url)
        if (key := _key(address))
    }
    articles.set_aliases(connection, article, keys)
    for twin in articles.with_keys(connection, keys):
        copy = copies.shown(connection, twin)
        if twin == article or copy is None:
            continue
        held = copies.extracted_if_sound(connection, copy)
        # A fuller text of the same article is no twin: the caller keeps the better copy.
        if held is None or not extracted.access is Access.FULL is held.access:
            continue
        if agree(extracted.text, held.text):
            return twin
    return None


def _key(address: str) -> str:
    try:
        return urls.key(urls.normalise(address)) if address else ""
    except InputError:
        return ""
