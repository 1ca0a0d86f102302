"""One page becomes one article: pure, without network, and never an error about a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readlater.article import Extracted

# Stored with each copy; a copy of an older one can be made anew from the page as it came.
EXTRACTOR_VERSION = 3


def extract_page(
    body: bytes | str,
    url: str,
    content_type: str | None = None,
    *,
    status: int = 200,
    headers: Sequence[tuple[str, str]] = (),
    keep: frozenset[str] = frozenset(),
) -> Extracted:
    """The article of a page as it came from `url`; whatever the page holds, this does not raise.

    `keep` are the fingerprints of blocks that stay in the text, because a person put them back.
    What the page is does not follow from that: the verdict is the same with and without them.
    """
    from readlater.pipeline.run import extract  # lxml costs 70 ms, so only where it is used

    plain = extract(body, url, content_type, status=status, headers=headers)
    if not keep:
        return plain
    made = extract(body, url, content_type, status=status, headers=headers, keep=keep)
    return replace(made, access=plain.access, evidence=plain.evidence, confidence=plain.confidence)
