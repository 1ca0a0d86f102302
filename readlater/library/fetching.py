"""The way of one link: claimed, fetched, extracted, its pictures kept, and put into the library."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from readlater.article import Article, Changes, Extracted, Picture, Progress, Response
from readlater.errors import ExtractionError, FetchError, LibraryError
from readlater.library import gathering, retrying
from readlater.library.core import Core
from readlater.library.gathering import Gathered, again, gather
from readlater.library.merging import merge_into_twin
from readlater.library.showing import show_if_better
from readlater.library.site_icons import keep_icon
from readlater.library.versions import is_loss
from readlater.net.verdict import verdict
from readlater.pipeline import EXTRACTOR_VERSION
from readlater.storage import articles, assets, copies, corrections, parts, queue

# A gallery of thousands is no article; what stands after these keeps its address and caption.
MOST_PICTURES = 300
PICTURES_AT_ONCE = 4


class Fetcher(Protocol):
    """What brings pages and pictures: `readlater.net.Net`."""

    def page(
        self,
        url: str,
        *,
        cancelled: Callable[[], bool] = ...,
        progress: Callable[[int, int], None] = ...,
    ) -> Response: ...

    def picture(
        self, url: str, *, referrer: str = ..., cancelled: Callable[[], bool] = ...
    ) -> Picture: ...


class Extractor(gathering.Extractor, Protocol):
    """What makes an article of a page: `readlater.worker.Worker`."""

    def thumbnail(self, picture: bytes, size_px: int = ...) -> bytes | None: ...

    def icon(self, picture: bytes) -> bytes | None: ...


@dataclass(slots=True)
class _Run:
    """A row at work in this process."""

    job: queue.Job
    stopped: threading.Event = field(default_factory=threading.Event)


class _Stopped(Exception):  # noqa: N818
    """The row is no longer wanted: nothing of it is kept."""


class Fetching:
    """Works off the queue; any number of threads may call `step`."""

    def __init__(
        self, core: Core, net: Callable[[], Fetcher], worker: Callable[[], Extractor]
    ) -> None:
        self._core = core
        self._net = net
        self._worker = worker
        self._lock = threading.Lock()
        self._runs: dict[str, _Run] = {}
        self._progress: dict[int, Progress] = {}
        self._pictures = ThreadPoolExecutor(PICTURES_AT_ONCE, "pictures")
        self._closing = threading.Event()

    def step(
        self, stop: threading.Event | None = None, *, only: Collection[int] | None = None
    ) -> bool:
        """Claim one due row and take it the whole way; False when nothing is due now.

        `only` are the rows to choose from; None is all.
        """
        run = self._claim(only)
        if run is None:
            return False
        stopped = run.stopped.is_set
        try:
            self._work(
                run.job,
                lambda: stopped() or self._closing.is_set() or (stop is not None and stop.is_set()),
            )
        except _Stopped:
            self._give_back(run.job)
        except (FetchError, ExtractionError, LibraryError) as error:
            self._failed(run.job, error)
        finally:
            with self._lock:
                del self._runs[run.job.claim]
                self._progress.pop(run.job.id, None)
        return True

    def due_in_s(self) -> float | None:
        """Seconds until a row is due; None when none waits (those at work do not count)."""
        self._free_the_dead()
        with self._core.store.read() as connection:
            at = queue.due_at(connection)
        return None if at is None else max(0.0, at - self._core.clock())

    def wait_s(self, article: Article) -> float:
        """How many seconds a row is put off for."""
        return max(0.0, (article.retry_at or 0.0) - self._core.clock())

    def queued(self) -> list[int]:
        """The rows that wait or are at work, here or in another process."""
        with self._core.store.read() as connection:
            return queue.waiting(connection)

    def hurry(self) -> int:
        """The network is back: what waits for it is due now. Returns how many rows."""
        with self._core.store.write() as connection:
            return queue.hurry(connection, retrying.NETWORK_CODES)

    def progress(self, article: int) -> Progress | None:
        """How far a row at work is."""
        return self._progress.get(article)

    def stop(self, ids: Iterable[int]) -> None:
        """Let go of these rows: whatever they bring is not kept."""
        with self._lock:
            stopped = set(ids)
            for run in self._runs.values():
                if run.job.id in stopped:
                    run.stopped.set()

    def close(self) -> None:
        """Stop what is under way and give its claims back."""
        self._closing.set()
        self._pictures.shutdown(wait=True, cancel_futures=True)
        with self._core.store.write() as connection:
            queue.release(connection, self._core.token)

    def _claim(self, only: Collection[int] | None) -> _Run | None:
        self._free_the_dead()
        with self._lock:
            with self._core.store.read() as connection:
                at = queue.due_at(connection)
            if at is None or at > (now := self._core.clock()):
                return None  # spares the writer, which is asked often
            with self._core.store.write() as connection:
                job = queue.claim(
                    connection, self._core.token, now, self._core.settings.per_host, only
                )
            if job is None:
                return None
            run = self._runs[job.claim] = _Run(job)
            return run

    def _free_the_dead(self) -> None:
        with self._core.store.read() as connection:
            holders = queue.holders(connection)
        dead = [by for by in holders if not self._core.presence.is_alive(by)]
        if dead:
            with self._core.store.write() as connection:
                for by in dead:
                    queue.release(connection, by)

    def _work(self, job: queue.Job, stopped: Callable[[], bool]) -> None:
        copy, response = self._page(job, stopped)
        self._tell(job.id, "extracting")
        try:
            with self._core.store.read() as connection:
                keep = corrections.keep(connection, job.id)
            gathered = self._gather(job, copy, response, stopped, keep)
        except ExtractionError as error:
            if error.code == "cancelled":  # the worker was closed: the page goes on next time
                raise _Stopped from error
            self._keep_raw(job, copy, response)
            raise
        if stopped():
            raise _Stopped
        digests = self._fetch_pictures(job, gathered.extracted, stopped)
        if stopped():
            raise _Stopped
        self._put(job, copy, gathered, digests, keep)
        self._keep_icon(job, gathered.extracted.icon, stopped)

    def _page(self, job: queue.Job, stopped: Callable[[], bool]) -> tuple[int | None, Response]:
        """What a job is about: a copy that came whole, or what the web answers now."""
        if job.copy is not None:
            with self._core.store.read() as connection:
                response = copies.raw(connection, job.copy)
            if response is not None:
                return job.copy, response
        self._tell(job.id, "fetching")
        try:
            response = self._net().page(
                job.url,
                cancelled=stopped,
                progress=lambda done, of: self._tell(job.id, "fetching", done, of),
            )
        except FetchError as error:
            if error.code == "cancelled" and stopped():
                raise _Stopped from error
            raise
        problem = verdict(response)
        if problem is not None:
            raise problem
        return None, response

    def _gather(
        self,
        job: queue.Job,
        copy: int | None,
        response: Response,
        stopped: Callable[[], bool],
        keep: frozenset[str],
    ) -> Gathered:
        """The article and its other pages; a page that came whole (a saved file) stands alone."""
        worker = self._worker()
        if copy is not None:
            with self._core.store.read() as connection:
                following, of = parts.following(connection, copy)
            whole = again(response, following, of, worker, keep)
            return Gathered(response, following, of, whole)
        try:
            return gather(response, worker, lambda to: self._part(job, to, stopped), keep)
        except FetchError as error:  # gather lets no other through
            raise _Stopped from error

    def _part(self, job: queue.Job, address: str, stopped: Callable[[], bool]) -> Response:
        if stopped():
            raise _Stopped
        self._tell(job.id, "fetching")
        return self._net().page(address, cancelled=stopped)

    def _keep_raw(self, job: queue.Job, copy: int | None, response: Response) -> None:
        with self._core.store.write() as connection:
            if copy is None and queue.is_claimed(connection, job):
                copies.add(connection, job.id, response, self._core.clock())

    def _fetch_pictures(
        self, job: queue.Job, extracted: Extracted, stopped: Callable[[], bool]
    ) -> dict[str, tuple[str, Picture]]:
        """Fetch what is not held yet; a picture that does not come is left out."""
        with self._core.store.read() as connection:
            held = assets.of(connection, job.id)
        wanted = [a for a in extracted.pictures if a not in held][:MOST_PICTURES]
        done = 0

        def one(address: str) -> tuple[str, str, Picture] | None:
            nonlocal done
            if stopped():
                return None
            try:
                picture = self._net().picture(address, referrer=job.url, cancelled=stopped)
                return address, self._core.assets.keep(picture.body), picture
            except FetchError:
                return None
            finally:
                done += 1
                self._tell(job.id, "pictures", done, len(wanted))

        if wanted:
            self._tell(job.id, "pictures", 0, len(wanted))
        found = self._pictures.map(one, wanted)
        return {f[0]: (f[1], f[2]) for f in found if f is not None}

    def _put(
        self,
        job: queue.Job,
        copy: int | None,
        gathered: Gathered,
        pictures: dict[str, tuple[str, Picture]],
        keep: frozenset[str],
    ) -> None:
        """Everything of an article in one transaction."""
        now, extracted = self._core.clock(), gathered.extracted
        with self._core.write() as writing:
            connection = writing.connection
            if not queue.is_claimed(connection, job):
                raise _Stopped  # undone, trashed or cancelled meanwhile
            for digest, picture in pictures.values():
                assets.record(connection, digest, picture)
            assets.link(connection, job.id, {a: digest for a, (digest, _) in pictures.items()})
            copy = copy or copies.add(connection, job.id, gathered.page, now)
            if corrections.keep(connection, job.id) != keep:
                raise _Stopped  # a block was put back meanwhile: the page is read again with it
            parts.keep(connection, copy, gathered.following, gathered.of)
            if not is_loss(extracted, copies.extracted_if_sound(connection, copy)):
                copies.fill(connection, copy, extracted, EXTRACTOR_VERSION)
                show_if_better(connection, job.id, copy, extracted)
            copies.sweep(connection, job.id)
            queue.finish(connection, job.id)
            twin = merge_into_twin(connection, job.id, gathered.page.url, extracted, now)
            ids = {job.id} if twin is None else {job.id, twin}
            writing.changes = Changes(frozenset(ids), membership=True, tags=twin is not None)
        self._make_thumbnail(job.id)

    def _keep_icon(self, job: queue.Job, address: str, stopped: Callable[[], bool]) -> None:
        if not address or stopped():
            return

        def fetch() -> Picture:
            return self._net().picture(address, referrer=job.url, cancelled=stopped)

        def make(picture: bytes) -> bytes | None:
            try:
                return self._worker().icon(picture)
            except ExtractionError:
                return None

        keep_icon(self._core, job.id, job.host, fetch, make)

    def _make_thumbnail(self, article: int) -> None:
        with self._core.store.read() as connection:
            held = articles.get(connection, article)
            if not held or not held.lead_asset or assets.thumbnail(connection, held.lead_asset):
                return
        body = self._core.assets.read(held.lead_asset)
        try:
            small = self._worker().thumbnail(body) if body else None
        except ExtractionError:
            return  # a picture that kills the worker is shown by no thumbnail
        if small:
            with self._core.write(Changes(frozenset([article]))) as writing:
                assets.set_thumbnail(writing.connection, held.lead_asset, small)

    def _failed(self, job: queue.Job, error: FetchError | ExtractionError | LibraryError) -> None:
        again = retrying.plan(error, job.attempts, self._core.settings.attempts)
        with self._core.write(Changes(frozenset([job.id]), membership=True)) as writing:
            if not queue.is_claimed(writing.connection, job):
                queue.unclaim(writing.connection, job)
            elif again is None:
                queue.fail(writing.connection, job.id, error.problem)
            else:
                at = self._core.clock() + again.wait_s
                queue.put_off(writing.connection, job.id, error.problem, at, again.attempts)

    def _give_back(self, job: queue.Job) -> None:
        with self._core.store.write() as connection:
            queue.unclaim(connection, job)

    def _tell(self, article: int, step: str, done: int = 0, of: int = 0) -> None:
        event = self._progress[article] = Progress(article, step, done, of)
        self._core.tell(event)
