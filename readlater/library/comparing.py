"""The page as it came, to be seen beside its article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from readlater.article import Extracted, Removed, Response
from readlater.errors import InputError
from readlater.library.core import Core
from readlater.pipeline.raw import AsCame, Beside
from readlater.storage import articles, assets, copies, corrections, parts
from readlater.storage.connection import Connection


class Unwrapper(Protocol):
    """What makes a page safe to be shown as it came: `readlater.worker.Worker`."""

    def as_came(self, response: Response, beside: Beside) -> AsCame: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One page of an article as it came: its address, and its safe html (`/asset/<digest>`)."""

    url: str
    html: str
    language: str = ""
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class Original:
    """The pages of an article as they came at `came_at` (seconds since 1970), in their order.

    `size_bytes` is that of all of them, `back` the fingerprints of blocks that a person put back.
    """

    id: int
    parts: tuple[Part, ...]
    came_at: float = 0.0
    size_bytes: int = 0
    back: frozenset[str] = frozenset()


class Comparing:
    """Shows of a page no more than its publisher did; see `pipeline.raw.page.as_came`."""

    def __init__(self, core: Core, worker: Callable[[], Unwrapper]) -> None:
        self._core = core
        self._worker = worker

    def original(self, article: int) -> Original:
        """The page as it came of the copy that is shown.

        InputError `no_such_article`, `no_text_yet`, `no_raw_copy`, `raw_unsure`, `raw_too_large`;
        ExtractionError.
        """
        from readlater.pipeline.sanitize import as_came_for_reading

        with self._core.store.snapshot() as connection:
            held, pages, came_at = _held(connection, article)
            digests = assets.of(connection, article)
            back = corrections.put_back(connection, article)
        beside = _beside(held, back)
        size = sum(len(page.body) for page in pages)
        made: list[Part] = []
        for page in pages:
            raw = self._worker().as_came(page, beside)
            if raw.refused:
                raise InputError(raw.refused)
            html = as_came_for_reading(raw.html, digests)
            made.append(Part(page.url, html, raw.language, raw.direction))
        marks = frozenset(block.fingerprint for block in back)
        return Original(article, tuple(made), came_at, size, marks)


def _held(connection: Connection, article: int) -> tuple[Extracted, list[Response], float]:
    if not articles.existing(connection, [article]):
        raise InputError("no_such_article", id=article)
    copy = copies.shown(connection, article)
    held = copies.extracted(connection, copy) if copy is not None else None
    if copy is None or held is None:
        raise InputError("no_text_yet")
    first = copies.raw(connection, copy)
    if first is None:
        raise InputError("no_raw_copy")
    following, _ = parts.following(connection, copy)
    return held, [first, *following], copies.came_at(connection, copy)


def _beside(held: Extracted, back: Sequence[Removed]) -> Beside:
    removed = tuple((one.fingerprint, one.text) for one in (*held.removed, *back))
    return Beside(held.text, held.title, held.access, held.pictures, removed)
