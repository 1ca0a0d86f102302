"""The other pages of an article: found page by page, fetched, and made one article of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from readlater.article import Extracted, Response
from readlater.errors import ExtractionError, FetchError
from readlater.library.versions import LESSER
from readlater.net.verdict import verdict
from readlater.pipeline.joining import is_part
from readlater.pipeline.parts import Outlook, is_same_article

MOST_PAGES = 20
MOST_BYTES = 40 << 20
REPEATED = 0.5


class Extractor(Protocol):
    """What looks at pages and joins them: `readlater.worker.Worker`."""

    def extract(self, response: Response, keep: frozenset[str] = ...) -> Extracted: ...

    def look(self, response: Response, *, whole: bool = ...) -> Outlook: ...

    def join(self, parts: Sequence[Extracted], of: int = ...) -> Extracted: ...


@dataclass(frozen=True, slots=True)
class Gathered:
    """The pages of one article as they came, the first as `page`, and the article they are.

    `of` is how many pages it has when not all came, else 0.
    """

    page: Response
    following: tuple[Response, ...]
    of: int
    extracted: Extracted


def gather(
    page: Response,
    extractor: Extractor,
    fetch: Callable[[str], Response],
    keep: frozenset[str] = frozenset(),
) -> Gathered:
    """The whole article that begins at `page`; a page that holds all of it is preferred.

    `keep` are the blocks that a person put back. `fetch` raises FetchError; one that is `cancelled`
    passes through, any other says that a page did not come. Raises ExtractionError for the first
    page alone.
    """
    extracted = extractor.extract(page, keep)
    outlook = _look(extractor, page, whole=False)
    if not (outlook.single or outlook.following) or not is_part(extracted):
        return Gathered(page, (), 0, extracted)
    if outlook.single:
        single = _single(outlook, extracted, extractor, fetch, keep)
        if single is not None:
            return single
    if outlook.number != 1 or not outlook.following:
        return Gathered(page, (), 0, extracted)
    following, of = _follow(page, outlook, extractor, fetch)
    if not following and not of:
        return Gathered(page, (), 0, extracted)
    if following and _repeats(extracted, following[0], extractor):
        return Gathered(page, (), 0, extracted)
    return Gathered(page, following, of, _joined(extracted, following, of, extractor, keep))


def again(
    page: Response,
    following: Sequence[Response],
    of: int,
    extractor: Extractor,
    keep: frozenset[str] = frozenset(),
) -> Extracted:
    """The article of pages that are held; raises ExtractionError for the first alone."""
    first = extractor.extract(page, keep)
    return _joined(first, following, of, extractor, keep) if following or of else first


def _joined(
    first: Extracted,
    following: Sequence[Response],
    of: int,
    extractor: Extractor,
    keep: frozenset[str],
) -> Extracted:
    """One article of the first page's and the pages after it; a wall among them ends it there."""
    parts = [first]
    for page in following:
        try:
            extracted = extractor.extract(page, keep)
        except ExtractionError as error:
            if error.code == "cancelled":
                raise
            break
        if not is_part(extracted):
            break
        parts.append(extracted)
    lacking = len(parts) < len(following) + 1
    return extractor.join(parts, max(of, len(following) + 1) if lacking else of)


def _single(
    outlook: Outlook,
    first: Extracted,
    extractor: Extractor,
    fetch: Callable[[str], Response],
    keep: frozenset[str],
) -> Gathered | None:
    """The page that says it holds all, where it has the same headline and no fewer words."""
    page = _came(outlook.single, fetch)
    if page is None:
        return None
    there = _look(extractor, page, whole=True)
    if not is_same_article(outlook, there) or there.following:
        return None
    try:
        extracted = extractor.extract(page, keep)
    except ExtractionError as error:
        if error.code == "cancelled":
            raise
        return None
    enough = first.word_count * (1.0 if outlook.of else LESSER)
    if not is_part(extracted) or extracted.word_count < enough:
        return None
    return Gathered(page, (), 0, extracted)


def _follow(
    page: Response, outlook: Outlook, extractor: Extractor, fetch: Callable[[str], Response]
) -> tuple[tuple[Response, ...], int]:
    """The pages after the first, and how many there are when not all came."""
    seen = {page.url}
    found: list[Response] = []
    size, of, following = len(page.body), outlook.of, outlook.following
    while following and following not in seen:
        number = len(found) + 2
        if number > MOST_PAGES or size > MOST_BYTES:
            return tuple(found), max(of, number)
        seen.add(following)
        came = _came(following, fetch)
        if came is None:
            return tuple(found), max(of, number)
        there = _look(extractor, came, whole=True)
        if not is_same_article(outlook, there) or came.url in seen - {following}:
            break
        size += len(came.body)
        seen.add(came.url)
        found.append(came)
        of, following = max(of, there.of), there.following
    # Pagers show a window of numbers: one that ends by itself had all that it showed.
    return tuple(found), 0


def _repeats(first: Extracted, second: Response, extractor: Extractor) -> bool:
    """Whether the second page has the first one's text: a pager of comments below one article."""
    try:
        there = set(extractor.extract(second).text.split("\n"))
    except ExtractionError as error:
        if error.code == "cancelled":
            raise
        return False
    lines = first.text.split("\n")
    again = sum(len(line) for line in lines if line in there)
    return again > REPEATED * sum(map(len, lines))


def _came(address: str, fetch: Callable[[str], Response]) -> Response | None:
    try:
        page = fetch(address)
    except FetchError as error:
        if error.code == "cancelled":
            raise
        return None
    return page if verdict(page) is None else None


def _look(extractor: Extractor, page: Response, *, whole: bool) -> Outlook:
    try:
        return extractor.look(page, whole=whole)
    except ExtractionError as error:
        if error.code == "cancelled":
            raise
        return Outlook()
