"""The way of one link, with a real server, the real worker and a real library."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import LOOPBACK
from site_server import Held, Reply, Site, article, png

from readlater.article import (
    Access,
    Changes,
    Extracted,
    Picture,
    Place,
    Problem,
    Progress,
    Response,
    State,
    Status,
    View,
)
from readlater.errors import ExtractionError, FetchError, InputError
from readlater.library import Library, open_library
from readlater.library.remaking import Outcome
from readlater.library.retrying import Again, plan
from readlater.pipeline.parts import Outlook
from readlater.worker import Worker

OFFER = (
    "<div class='paywall-offer subscribe-box'><h2>Subscribe to continue reading</h2>"
    "<p>Become a subscriber for $1 a week and read the rest of this story.</p>"
    "<a href='/subscribe'>Subscribe now</a> "
    "<a href='/login'>Already a subscriber? Sign in</a></div>"
)


def work(library: Library) -> None:
    while library.fetching.step():
        pass


def save(library: Library, *urls: str, tags: tuple[str, ...] = ()) -> tuple[int, ...]:
    ids = library.saving.add(urls, tags).ids
    work(library)
    return ids


def test_a_link_becomes_an_article_with_its_pictures(library: Library, site: Site) -> None:
    site.pages["/sea"] = article(
        "The wall", after="<figure><img src=/a.png><figcaption>Low water</figcaption></figure>"
    )
    site.pages["/a.png"] = Reply(png(), content_type="image/png")
    (row,) = library.saving.add([site.url("/sea")]).ids
    assert library.reading.article(row).status is Status.QUEUED
    assert site.asked == []  # durable before any network
    heard: list[Changes | Progress] = []
    library.subscribe(heard.append)

    work(library)

    held = library.reading.article(row)
    assert (held.status, held.title, held.access) == (Status.READY, "The wall", Access.FULL)
    assert {event.step for event in heard if isinstance(event, Progress)} == {
        "fetching",
        "extracting",
        "pictures",
    }
    page = library.reading.page(row)
    assert "/asset/" in page.html
    assert "http://" not in page.html.split("<figure")[1]
    ((address, (body, kind)),) = library.reading.pictures(row).items()
    assert (address, body, kind) == (site.url("/a.png"), png(), "image/png")
    assert "Low water" in library.reading.text(row)
    assert all(agent.startswith("Readlater/") for agent in site.agents)


def test_reading_needs_no_network(library: Library, site: Site) -> None:
    site.pages["/sea"] = article("The wall", after="<img src=/a.png alt=x>")
    site.pages["/a.png"] = Reply(png(), content_type="image/png")
    (row,) = save(library, site.url("/sea"))
    site.stop()
    assert "harbour wall" in library.reading.page(row).html
    assert library.searching.find(View(Place.ALL, query="harbour"), ranked=True)
    (remade,) = library.remaking.look([row])
    assert remade.outcome is Outcome.SAME


def test_one_picture_of_two_articles_is_stored_once(library: Library, site: Site) -> None:
    for name in ("one", "two"):
        site.pages[f"/{name}"] = article(name, name, after=f"<img src=/{name}.png alt=x>")
        site.pages[f"/{name}.png"] = Reply(png(), content_type="image/png")
    save(library, site.url("/one"), site.url("/two"))
    files = [p for p in (library.folder / "assets").rglob("*") if p.is_file()]
    assert len(files) == 1


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(b"<p>gone", 404), "not_found"),
        (Reply(b"<p>gone", 410), "gone"),
        (Reply(b"<p>law", 451), "legal"),
        (Reply(b"%PDF-1.7 ...", content_type="application/pdf"), "not_a_page"),
        (Reply(b""), "empty_page"),
    ],
)
def test_what_will_not_come_fails_with_its_reason(
    library: Library, site: Site, reply: Reply, code: str
) -> None:
    site.pages["/x"] = reply
    (row,) = save(library, site.url("/x"))
    held = library.reading.article(row)
    assert held.status is Status.FAILED
    assert held.problem is not None
    assert held.problem.code == code
    assert library.searching.count(View(Place.FAILED)) == 1


def test_what_may_come_is_tried_again(tmp_path: Path, site: Site, worker: Worker) -> None:
    now = [1_000_000.0]
    replies = iter([Reply(b"busy", 503), Reply(b"slow", 429, headers={"Retry-After": "77"})])
    site.pages["/x"] = lambda: next(replies, article("Here at last"))
    library = open_library(tmp_path, LOOPBACK, worker=worker, clock=lambda: now[0])
    (row,) = save(library, site.url("/x"))
    assert library.reading.article(row).problem == Problem(
        "server_error", {"host": "127.0.0.1", "status": 503}
    )
    assert not library.fetching.step()  # not before its time
    now[0] += library.fetching.due_in_s() or 0
    assert library.fetching.step()
    assert library.fetching.due_in_s() == 77
    now[0] += 77
    work(library)
    assert library.reading.article(row).title == "Here at last"
    assert library.reading.article(row).problem is None
    library.close()


def test_plan_obeys_retry_after_and_gives_up_in_the_end() -> None:
    passing = FetchError("server_error", passing=True, host="h", status=500)
    assert plan(FetchError("not_found", host="h", status=404), 0, 5) is None
    assert plan(passing, 4, 5) is None
    waits = [again.wait_s for n in range(4) if (again := plan(passing, n, 5))]
    assert waits == sorted(waits)
    asked = FetchError("too_many_requests", passing=True, retry_after_s=9, host="h")
    assert plan(asked, 0, 5) == Again(9, 1)
    assert plan(FetchError("offline", passing=True), 3, 5) == Again(15.0, 3)


class _Unplugged:
    """A network that is not there."""

    def page(self, url: str, **_: object) -> Response:
        raise FetchError("offline", passing=True)

    def picture(self, url: str, **_: object) -> Picture:
        raise FetchError("offline", passing=True)


def test_offline_a_link_waits_and_spends_no_attempt(tmp_path: Path, worker: Worker) -> None:
    now = [0.0]
    library = open_library(
        tmp_path, LOOPBACK, net=_Unplugged(), worker=worker, clock=lambda: now[0]
    )
    (row,) = library.saving.add(["https://example.org/x"]).ids
    for _ in range(9):
        assert library.fetching.step()
        now[0] += 16
    held = library.reading.article(row)
    assert (held.status, held.attempts) == (Status.QUEUED, 0)
    assert held.problem == Problem("offline")
    assert library.fetching.hurry() == 1
    assert library.fetching.due_in_s() == 0
    library.close()


def test_a_lesser_copy_never_takes_the_place_of_a_better_one(library: Library, site: Site) -> None:
    site.pages["/x"] = article("Whole", paragraphs=12)
    (row,) = save(library, site.url("/x"))
    whole = library.reading.article(row)
    for worse in (
        article("Whole", paragraphs=2, after=OFFER),
        Reply(b"<html><title>Just a moment...</title><p>Checking your browser</p>", 403),
        Reply(b"<p>gone", 404),
        Reply(b"oops", 500),
    ):
        site.pages["/x"] = worse
        library.saving.refetch([row])
        work(library)
        now = library.reading.article(row)
        assert (now.word_count, now.access) == (whole.word_count, whole.access)
        assert "Part 11" in library.reading.text(row)
    assert now.status in (Status.READY, Status.QUEUED)


def test_a_better_copy_takes_the_place_of_a_preview(library: Library, site: Site) -> None:
    site.pages["/x"] = article("Cut", paragraphs=2, after=OFFER)
    (row,) = save(library, site.url("/x"))
    assert library.reading.article(row).access is Access.PREVIEW
    assert library.searching.count(View(Place.PREVIEWS)) == 1
    site.pages["/x"] = article("Cut", paragraphs=12)
    (again,) = library.saving.add([site.url("/x")]).outcomes
    assert (again.id, again.kind) == (row, "refetch")
    work(library)
    assert library.reading.article(row).access is Access.FULL
    assert library.searching.count(View(Place.PREVIEWS)) == 0


def test_a_gift_link_fetches_a_preview_anew_with_its_token(library: Library, site: Site) -> None:
    site.pages["/sea-1"] = article("Cut", paragraphs=2, after=OFFER)
    site.pages["/sea-1?gift=abc123"] = article("Cut", paragraphs=12)
    (row,) = save(library, site.url("/sea-1"))
    assert save(library, site.url("/sea-1?gift=abc123")) == (row,)
    held = library.reading.article(row)
    assert (held.access, held.url) == (Access.FULL, site.url("/sea-1?gift=abc123"))


def test_a_canonical_link_merges_only_what_says_the_same(library: Library, site: Site) -> None:
    head = f"<link rel=canonical href={site.url('/one')}>"
    site.pages["/one"] = article("One", "sea")
    site.pages["/same"] = article("One", "sea", head=head)
    site.pages["/other"] = Reply(
        f"<html><head><title>Other</title>{head}</head><body><article><h1>Other</h1>".encode()
        + b"<p>Bread needs time and little else, and the guild of the bakers has always known it. "
        b"Their ovens were lit at two in the morning, and the street smelled of rye.</p>" * 5
    )
    (one,) = save(library, site.url("/one"), tags=("a",))
    (same,) = save(library, site.url("/same"), tags=("b",))
    assert library.reading.article(same).id == one
    assert library.reading.article(one).tags == ("a", "b")
    (other,) = save(library, site.url("/other"))
    assert library.reading.article(other).id == other
    assert library.searching.count(View(Place.ALL)) == 2
    assert library.saving.add([site.url("/same")]).ids == (one,)


def test_undo_of_a_save_cancels_its_fetch(library: Library, site: Site) -> None:
    held = site.pages["/slow"] = Held(article("Late"))
    (row,) = library.saving.add([site.url("/slow")]).ids
    thread = threading.Thread(target=library.fetching.step)
    thread.start()
    held.wait_until_asked()
    library.tidying.undo()
    held.set_free()
    thread.join(20)
    with pytest.raises(InputError):
        library.reading.article(row)
    assert library.searching.count(View(Place.ALL)) == 0
    library.tidying.redo()
    work(library)
    assert library.reading.article(row).title == "Late"


def test_a_cancelled_row_keeps_nothing_and_can_be_tried_again(library: Library, site: Site) -> None:
    site.pages["/x"] = article("Here")
    (row,) = library.saving.add([site.url("/x")]).ids
    library.saving.cancel([row])
    work(library)
    assert site.asked == []
    assert library.reading.article(row).problem == Problem("cancelled")
    library.saving.retry([row])
    work(library)
    assert library.reading.article(row).status is Status.READY


def test_at_most_two_requests_at_a_time_go_to_a_host(library: Library, site: Site) -> None:
    gate = threading.Barrier(2, timeout=20)

    def pair() -> Reply:
        gate.wait()  # two are let in together; a third would be seen in `most_at_once`
        return article("Pair")

    for i in range(6):
        site.pages[f"/{i}"] = pair
    library.saving.add([site.url(f"/{i}") for i in range(6)])
    threads = [threading.Thread(target=work, args=[library]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    work(library)
    assert site.most_at_once == 2


def test_a_saved_page_enters_without_a_request(library: Library, site: Site) -> None:
    body = article("From a file").body
    (outcome,) = library.saving.add_page(body, site.url("/known")).outcomes
    work(library)
    held = library.reading.article(outcome.id)
    assert (held.title, held.url, held.status) == (
        "From a file",
        site.url("/known"),
        Status.READY,
    )
    assert site.asked == []


def test_a_saved_page_fills_a_preview_and_spares_a_whole_copy(library: Library, site: Site) -> None:
    site.pages["/x"] = article("Cut", paragraphs=2, after=OFFER)
    (row,) = save(library, site.url("/x"))
    library.saving.add_page(article("Cut", paragraphs=12).body, site.url("/x"))
    work(library)
    assert library.reading.article(row).access is Access.FULL
    library.saving.add_page(article("Cut", paragraphs=1, after=OFFER).body, site.url("/x"))
    work(library)
    assert library.reading.article(row).access is Access.FULL
    assert "Part 11" in library.reading.text(row)


def test_a_page_without_an_address_waits_for_one(library: Library, site: Site) -> None:
    (outcome,) = library.saving.add_page(article("Nameless").body).outcomes
    work(library)
    assert library.reading.article(outcome.id).url == ""
    site.pages["/here"] = article("Nameless")
    library.saving.set_address(outcome.id, site.url("/here"))
    work(library)
    assert library.reading.article(outcome.id).url == site.url("/here")
    (other,) = library.saving.add([site.url("/other")]).ids
    with pytest.raises(InputError) as error:
        library.saving.set_address(other, site.url("/here"))
    assert error.value.code == "address_taken"


def test_the_readers_word_stays_through_reextraction(library: Library, site: Site) -> None:
    site.pages["/x"] = article("Cut", paragraphs=2, after=OFFER)
    (row,) = save(library, site.url("/x"))
    library.correcting.say([row], Access.FULL)
    assert library.reading.article(row).access is Access.FULL
    library.remaking.apply(library.remaking.all())
    assert library.reading.article(row).access is Access.FULL
    library.tidying.undo()
    assert library.reading.article(row).access is Access.PREVIEW


def test_a_second_save_comes_to_the_top_and_brings_back(library: Library, site: Site) -> None:
    for name in ("a", "b"):
        site.pages[f"/{name}"] = article(name, name)
    a, b = save(library, site.url("/a"), site.url("/b"))
    library.tidying.archive([a])
    library.tidying.trash([b])
    site.asked.clear()
    outcomes = library.saving.add(
        [site.url("/b") + "?utm_source=x", site.url("/a") + "#part"], ["again"]
    ).outcomes
    assert [(o.id, o.kind) for o in outcomes] == [(b, "restored"), (a, "restored")]
    work(library)
    assert site.asked == []
    rows = library.searching.cards(View(Place.UNREAD), 0, 9)
    assert [r.id for r in rows] == [b, a]
    assert all(r.state is State.UNREAD and r.tags == ("again",) for r in rows)
    assert [r.url for r in rows] == [site.url("/b"), site.url("/a")]


def test_a_row_queued_anew_while_it_is_fetched_gets_what_was_asked_last(
    library: Library, site: Site
) -> None:
    slow = site.pages["/sea-1"] = Held(article("Cut", paragraphs=2, after=OFFER))
    site.pages["/sea-1?gift=abc"] = article("Whole", paragraphs=12)
    (row,) = library.saving.add([site.url("/sea-1")]).ids
    failures: list[BaseException] = []

    def step() -> None:
        try:
            library.fetching.step()
        except BaseException as error:  # noqa: BLE001  # whatever a thread dies of is a failure
            failures.append(error)

    thread = threading.Thread(target=step)
    thread.start()
    slow.wait_until_asked()
    assert library.saving.add([site.url("/sea-1?gift=abc")]).ids == (row,)
    assert library.fetching.step()
    slow.set_free()
    thread.join(20)
    work(library)
    assert failures == []
    held = library.reading.article(row)
    assert (held.title, held.access) == ("Whole", Access.FULL)


def test_two_short_links_to_one_page_are_one_article(library: Library, site: Site) -> None:
    site.pages["/sea-1"] = article("The wall", "otters")
    for short in ("/s1", "/s2"):
        site.pages[short] = Reply(status=302, headers={"Location": site.url("/sea-1")})
    first, second = save(library, site.url("/s1"), site.url("/s2"))
    assert library.searching.count(View(Place.ALL)) == 1
    assert library.reading.article(second).id == library.reading.article(first).id


def test_a_new_address_is_fetched_even_after_a_page_that_could_not_be_read(
    tmp_path: Path, site: Site
) -> None:
    class Refusing:
        def extract(self, response: Response, keep: frozenset[str] = frozenset()) -> Extracted:
            if response.url.endswith("/old"):
                raise ExtractionError("worker_died")
            return Extracted(title="New", text="new", html="<p>new</p>", word_count=1)

        def look(self, response: Response, *, whole: bool = False) -> Outlook:
            return Outlook()

        def join(self, parts: Sequence[Extracted], of: int = 0) -> Extracted:
            return parts[0]

        def thumbnail(self, picture: bytes, size_px: int = 144) -> bytes | None:
            return None

    site.pages["/old"] = article("Old")
    site.pages["/new"] = article("New")
    library = open_library(tmp_path, LOOPBACK, worker=Refusing())
    (row,) = save(library, site.url("/old"))
    assert library.reading.article(row).status is Status.FAILED
    library.saving.set_address(row, site.url("/new"))
    work(library)
    assert site.asked == ["/old", "/new"]
    assert library.reading.article(row).title == "New"
    library.close()
