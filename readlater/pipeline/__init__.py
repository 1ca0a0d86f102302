"""One page becomes one article: pure, without network, and never an error about a page."""

from __future__ import annotations

from collections.abc import Sequence

from readlater.article import Extracted

# Stored with each copy; a copy of an older one can be made anew from the page as it came.
EXTRACTOR_VERSION = 1


def extract_page(
    body: bytes | str,
    url: str,
    content_type: str | None = None,
    *,
    status: int = 200,
    headers: Sequence[tuple[str, str]] = (),
) -> Extracted:
    """The article of a page as it came from `url`; whatever the page holds, this does not raise."""
    from readlater.pipeline.run import extract  # lxml costs 70 ms, so only where it is used

    return extract(body, url, content_type, status=status, headers=headers)
