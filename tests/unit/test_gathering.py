"""Articles over several pages: fetched from a real site, joined by the real worker, kept whole."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from conftest import LOOPBACK
from site_server import PROSE, Reply, Site

from readlater import words
from readlater.article import Access, Evidence, Response, Status
from readlater.library import Library, gathering, open_library
from readlater.library.remaking import Outcome
from readlater.pipeline import extract_page
from readlater.pipeline.parts import Outlook
from readlater.worker import Worker

PAGES = 4


def page(
    number: int, of: int = PAGES, *, title: str = "The wall at sea", more: str = "", text: str = ""
) -> Reply:
    links = "".join(
        f"<span>{n}</span> " if n == number else f"<a href=/sea/story?page={n}>{n}</a> "
        for n in range(1, of + 1)
    )
    body = text or "".join(f"<p>Page {number} says {i}. {PROSE}</p>" for i in range(4))
    return Reply(
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body><article>"
        f"<h1>{title}</h1><p class=byline>By Ann Hill</p><figure><img src=/wall.png alt=wall>"
        f"</figure>{body}</article><div class=pagination>{links}</div>{more}</body></html>".encode()
    )


def spread(site: Site, of: int = PAGES, **more: str) -> None:
    """A story over `of` pages."""
    for number in range(1, of + 1):
        site.pages[f"/sea/story?page={number}"] = page(number, of, **more)
    site.pages["/sea/story"] = site.pages["/sea/story?page=1"]


def save(library: Library, url: str) -> int:
    (row,) = library.saving.add([url]).ids
    while library.fetching.step():
        pass
    return row


def said(library: Library, row: int) -> list[str]:
    return list(dict.fromkeys(re.findall(r"Page (\d+) says", library.reading.text(row))))


def asked(site: Site) -> list[str]:
    return [path for path in site.asked if path != "/wall.png"]


def test_all_pages_become_one_article(library: Library, site: Site) -> None:
    spread(site)
    row = save(library, site.url("/sea/story"))
    held = library.reading.article(row)
    assert said(library, row) == ["1", "2", "3", "4"]
    assert held.access is Access.FULL
    assert Evidence("parts_joined", count=4) in held.evidence
    assert asked(site) == ["/sea/story", *(f"/sea/story?page={n}" for n in (2, 3, 4))]
    text = library.reading.text(row)
    assert text.count("Page 3 says 2") == 1
    assert library.reading.page(row).html.count("<img") <= 1
    assert text.count("By Ann Hill") <= 1
    assert site.most_at_once == 1


def test_a_single_page_is_preferred(library: Library, site: Site) -> None:
    spread(site, more="<a href=/sea/story?page=all>View as a single page</a>")
    whole = "".join(f"<p>Page {n} says {i}. {PROSE}</p>" for n in (1, 2, 3, 4) for i in range(4))
    site.pages["/sea/story?page=all"] = page(0, 0, text=whole)
    row = save(library, site.url("/sea/story"))
    assert said(library, row) == ["1", "2", "3", "4"]
    assert asked(site) == ["/sea/story", "/sea/story?page=all"]
    assert library.reading.article(row).url == site.url("/sea/story")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"gone", 404),
        page(0, 0, text="<p>Subscribe to read all on one page.</p>"),
        page(0, 0, title="Bread and salt"),
    ],
)
def test_a_single_page_that_holds_less_is_left(library: Library, site: Site, reply: Reply) -> None:
    spread(site, more="<a href=/sea/story?page=all>View as a single page</a>")
    site.pages["/sea/story?page=all"] = reply
    row = save(library, site.url("/sea/story"))
    assert said(library, row) == ["1", "2", "3", "4"]


@pytest.mark.parametrize("reply", [Reply(b"busy", 503), Reply(b"gone", 404), Reply(b"%PDF-1.7")])
def test_a_page_that_does_not_come_is_told_and_can_be_fetched_again(
    library: Library, site: Site, reply: Reply
) -> None:
    spread(site)
    site.pages["/sea/story?page=3"] = reply
    row = save(library, site.url("/sea/story"))
    held = library.reading.article(row)
    assert (held.status, held.access) == (Status.READY, Access.UNKNOWN)
    assert held.evidence[0] == Evidence("parts_missing", count=2, of=4)
    assert words.evidence_sentence(held.evidence[0]).startswith("Pages 1 to 2 of 4 came.")
    assert said(library, row) == ["1", "2"]
    site.pages["/sea/story?page=3"] = page(3)
    library.saving.refetch([row])
    while library.fetching.step():
        pass
    assert said(library, row) == ["1", "2", "3", "4"]
    assert library.reading.article(row).access is Access.FULL


def test_fewer_pages_never_take_the_place_of_all(library: Library, site: Site) -> None:
    spread(site)
    row = save(library, site.url("/sea/story"))
    site.pages["/sea/story?page=2"] = Reply(b"busy", 503)
    library.saving.refetch([row])
    while library.fetching.step():
        pass
    assert said(library, row) == ["1", "2", "3", "4"]


def test_a_wall_among_the_pages_ends_the_article_there(library: Library, site: Site) -> None:
    spread(site)
    site.pages["/sea/story?page=3"] = Reply(
        b"<html><head><title>The wall at sea</title></head><body><h1>The wall at sea</h1>"
        b"<p>Checking your browser before you go on. Verify you are human.</p></body></html>"
    )
    row = save(library, site.url("/sea/story"))
    assert said(library, row) == ["1", "2"]
    assert library.reading.article(row).access is not Access.FULL


def test_the_next_article_is_no_part(library: Library, site: Site) -> None:
    site.pages["/sea/story"] = page(1, 0, more="<nav><a rel=next href=/sea/story/2>Next</a></nav>")
    site.pages["/sea/story/2"] = page(2, 0, title="Bread and salt")
    row = save(library, site.url("/sea/story"))
    assert said(library, row) == ["1"]
    assert library.reading.article(row).access is Access.FULL


def test_pages_of_comments_below_one_article_are_no_parts(library: Library, site: Site) -> None:
    story = "".join(f"<p>Page 1 says {i}. {PROSE}</p>" for i in range(6))
    for number in (1, 2, 3):
        remarks = f"<ul><li>Remark {number} of a reader, who liked it.</li></ul>"
        site.pages[f"/sea/story?page={number}"] = page(number, 3, text=story + remarks)
    site.pages["/sea/story"] = site.pages["/sea/story?page=1"]
    row = save(library, site.url("/sea/story"))
    assert Evidence("parts_joined", count=3) not in library.reading.article(row).evidence
    assert library.reading.text(row).count("Page 1 says 0") == 1


def test_pages_that_lead_in_a_circle_end(library: Library, site: Site) -> None:
    spread(site, 2)
    site.pages["/sea/story?page=2"] = page(2, 2, more="<a rel=next href=/sea/story?page=3>Next</a>")
    site.pages["/sea/story?page=3"] = Reply(status=302, headers={"Location": "/sea/story?page=2"})
    row = save(library, site.url("/sea/story"))
    assert said(library, row) == ["1", "2"]
    assert len(asked(site)) <= 4


def test_there_is_a_most_number_of_pages(library: Library, site: Site) -> None:
    spread(site, gathering.MOST_PAGES + 10)
    row = save(library, site.url("/sea/story"))
    assert len(asked(site)) == gathering.MOST_PAGES
    held = library.reading.article(row)
    assert held.evidence[0] == Evidence(
        "parts_missing", count=gathering.MOST_PAGES, of=gathering.MOST_PAGES + 10
    )


def test_a_thread_keeps_the_answers_of_all_its_pages(library: Library, site: Site) -> None:
    for start in (0, 15, 30):
        posts = "".join(f"<p>Page {start} says {i}. {PROSE}</p>" for i in range(4))
        reply = page(0, 0, title="How high is the wall", text=posts, more=(
            "<div class=pagination><a href='/t?id=1'>1</a> <a href='/t?id=1&start=15'>2</a> "
            "<a href='/t?id=1&start=30'>3</a>"
            + (f"<a rel=next href='/t?id=1&start={start + 15}'>Next</a>" if start < 30 else "")
            + "</div>"))  # fmt: skip
        site.pages["/t?id=1" + (f"&start={start}" if start else "")] = reply
    row = save(library, site.url("/t?id=1"))
    assert said(library, row) == ["0", "15", "30"]


def test_extracting_again_needs_no_network_and_gives_the_same(library: Library, site: Site) -> None:
    spread(site)
    row = save(library, site.url("/sea/story"))
    before = library.reading.page(row).html
    site.stop()
    (made,) = library.remaking.look([row])
    assert made.outcome is Outcome.SAME
    library.remaking.apply([row])
    assert said(library, row) == ["1", "2", "3", "4"]
    assert library.reading.page(row).html == before


def test_what_is_missing_is_still_told_after_extracting_again(library: Library, site: Site) -> None:
    spread(site)
    site.pages["/sea/story?page=3"] = Reply(b"busy", 503)
    row = save(library, site.url("/sea/story"))
    site.stop()
    library.remaking.apply([row])
    held = library.reading.article(row)
    assert held.evidence[0] == Evidence("parts_missing", count=2, of=4)
    assert held.access is Access.UNKNOWN


def test_the_doctor_drops_a_damaged_page_and_says_so(
    tmp_path: Path, site: Site, worker: Worker
) -> None:
    spread(site)
    library = open_library(tmp_path, LOOPBACK, worker=worker)
    row = save(library, site.url("/sea/story"))
    library.close()
    (file,) = [p for p in tmp_path.glob("*") if p.suffix in (".db", ".sqlite", ".sqlite3")]
    connection = apsw.Connection(str(file))
    connection.execute("UPDATE copy_part SET body = x'00' WHERE number = 3")
    connection.close()
    library = open_library(tmp_path, LOOPBACK, worker=worker)
    report = library.caring.doctor()
    assert [(f.code, f.count, f.mended) for f in report.findings] == [("damaged_copies", 1, True)]
    assert said(library, row) == ["1", "2"]
    assert library.reading.article(row).evidence[0] == Evidence("parts_missing", count=2, of=4)
    assert library.caring.doctor().sound
    assert not library.caring.doctor().findings
    library.close()


def test_a_saved_file_stands_alone(library: Library, site: Site) -> None:
    spread(site)
    (row,) = library.saving.add_page(page(1).body, site.url("/sea/story")).ids
    while library.fetching.step():
        pass
    assert said(library, row) == ["1"]
    assert asked(site) == []


def test_a_page_of_its_own_extracts_alone(site: Site) -> None:
    spread(site)
    extract_page(page(1).body, site.url("/sea/story"))
    assert site.asked == []


def test_cancelled_in_the_middle_nothing_is_kept(library: Library, site: Site) -> None:
    spread(site)
    (row,) = library.saving.add([site.url("/sea/story")]).ids

    def cancel() -> Reply:
        library.saving.cancel([row])
        return page(2)

    site.pages["/sea/story?page=2"] = cancel
    while library.fetching.step():
        pass
    assert "/sea/story?page=3" not in site.asked
    held = library.reading.article(row)
    assert held.status is Status.FAILED
    assert held.problem is not None
    assert held.problem.code == "cancelled"


def test_the_size_of_all_pages_is_bounded(site: Site, worker: Worker) -> None:
    first = Outlook(title="t", of=3, following="https://a.example/s?page=2")
    heavy = b"x" * (gathering.MOST_BYTES + 1)
    reply = Reply(heavy)
    start = Response("https://a.example/s", 200, (), reply.body)
    never: list[str] = []

    def fetch(address: str) -> Response:
        never.append(address)
        return replace(start, url=address)

    following, of = gathering._follow(start, first, worker, fetch)
    assert (following, of, never) == ((), 3, [])
