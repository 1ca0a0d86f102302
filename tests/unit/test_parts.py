"""What a page says of the other pages of its article, and pages that are joined."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from site_server import PROSE

from readlater.article import Access, Evidence, Extracted, Removed
from readlater.pipeline import extract_page, joining, parts

URL = "https://news.example/sea/story"


def page(pager: str, *, head: str = "", title: str = "The wall at sea", body: str = "") -> bytes:
    text = body or "".join(f"<p>Part {i}. {PROSE}</p>" for i in range(5))
    return (
        f"<html><head><title>{title} - The Paper</title>{head}</head><body><article>"
        f"<h1>{title}</h1>{text}</article>{pager}</body></html>"
    ).encode()


def look(pager: str, url: str = URL, **more: str) -> parts.Outlook:
    return parts.look(page(pager, **more), url, "text/html; charset=utf-8")


NUMBERS = "<div class=pagination>1 <a href=?page=2>2</a> <a href=?page=3>3</a></div>"


class TestLook:
    @pytest.mark.parametrize(
        ("pager", "following"),
        [
            (NUMBERS, "?page=2"),
            ("<nav><span>1</span><a href=/sea/story/2>2</a></nav>", "/2"),
            ("<p><a rel=next href=/sea/story/2/>Go on</a></p>", "/2/"),
            ("<p><a href='/sea/story?page=2'>Next page »</a></p>", "?page=2"),
            ("<p><a href='/sea/story?page=2'>下一页</a></p>", "?page=2"),
            ("<p><a href='/sea/story/seite-2'>Weiter</a></p>", "/seite-2"),
            ("<div class=page-links>Pages: <a href=/sea/story/2/>Page 2</a></div>", "/2/"),
        ],
    )
    def test_pagers_lead_to_the_next_page(self, pager: str, following: str) -> None:
        found = look(pager)
        assert found.following.endswith(following)
        assert found.title == "the wall at sea"
        assert found.number == 1

    def test_the_head_may_name_it_alone(self) -> None:
        assert look("", head="<link rel=next href='?page=2'>").following == f"{URL}?page=2"

    def test_how_many_pages_there_are(self) -> None:
        assert look(NUMBERS).of == 3
        told = look("<a rel=next href=?page=2>Next</a><span>Page 1 of 7</span>")
        assert (told.number, told.of) == (1, 7)

    def test_a_later_page_knows_its_number(self) -> None:
        pager = "<nav><a href=/sea/story>1</a> 2 <a href=?page=3>3</a></nav>"
        found = look(pager, f"{URL}?page=2")
        assert (found.number, found.following) == (2, f"{URL}?page=3")
        assert look("<nav><a href=/sea/story>1</a> 2</nav>", f"{URL}?page=2").following == ""

    def test_a_thread_counts_its_posts(self) -> None:
        url = "https://forum.example/t.php?t=1"
        pager = (
            "<div class=pagination>1 <a href='?t=1&start=15'>2</a>"
            "<a href='?t=1&start=30'>3</a></div>"
        )
        found = look(pager, url)
        assert (found.following, found.of) == (f"{url}&start=15", 3)

    @pytest.mark.parametrize(
        "pager",
        [
            "",
            "<a rel=next href=/sea/next-story>Next article</a>",
            "<nav><a href=/sea/next-story>Next</a></nav>",
            "<p>In chapter <a href=/sea/story/2>2</a> of the book</p>",
            "<div class=comments-pager><a href=/sea/story/comment-page-2>2</a></div>",
            "<div style='display:none'><a rel=next href=?page=2>2</a></div>",
            "<nav><a href=https://other.example/sea/story?page=2>2</a></nav>",
            "<nav><a href=javascript:next()>2</a><a href=#2>2</a></nav>",
        ],
    )
    def test_what_is_no_pager_leads_nowhere(self, pager: str) -> None:
        assert look(pager).following == ""

    @pytest.mark.parametrize(
        "link",
        [
            "<a href=?page=all>View as a single page</a>",
            "<a href=/sea/story/all>Show full article</a>",
            "<a href=/sea/story/komplettansicht>Auf einer Seite lesen</a>",
            "<a href=/sea/story?view=all>View all</a>",
            "<a href=/sea/story?page=all>全ページを表示</a>",
        ],
    )
    def test_a_page_that_holds_all_is_found(self, link: str) -> None:
        found = look(NUMBERS + link)
        assert found.single
        assert found.following  # where the single page does not come

    @pytest.mark.parametrize(
        "link",
        [
            "<a href=/sea>View all</a>",
            "<a href=/subscribe>Read the full article</a>",
            "<a href=/sea/story/print>Single page</a>",
            "<a href=/sea/story/photos>View all photos</a>",
            "<a href=#more>Show full article</a>",
        ],
    )
    def test_other_links_hold_no_article(self, link: str) -> None:
        assert look(NUMBERS + link).single == ""

    def test_a_list_of_articles_has_no_next_part(self) -> None:
        cards = "".join(
            f"<h2><a href=/sea/story-{n}-of-many>Story {n}</a></h2><p>{PROSE}</p>" for n in range(6)
        )
        assert look(NUMBERS, "https://news.example/sea", body=cards) == parts.Outlook()

    def test_a_list_of_links_has_no_next_part(self) -> None:
        row = "<tr><td><a href=/item-{}>A story worth its name</a> 3 points</td></tr>"
        rows = "".join(row.format(n) for n in range(30))
        found = look(NUMBERS, "https://news.example/new", body=f"<table>{rows}</table>")
        assert found == parts.Outlook()

    def test_an_article_with_many_teasers_below_has_one(self) -> None:
        cards = "".join(f"<h3><a href=/other-{n}>Other {n}</a></h3>" for n in range(9))
        assert look(NUMBERS + cards).following

    def test_a_title_with_a_page_number_is_the_same_title(self) -> None:
        first = look(NUMBERS)
        second = parts.look(page("", title="The wall at sea - Page 2"), f"{URL}?page=2", whole=True)
        assert parts.is_same_article(first, second)

    def test_another_headline_is_another_article(self) -> None:
        first = look(NUMBERS)
        other = parts.look(page("", title="Bread and salt"), f"{URL}?page=2", whole=True)
        assert not parts.is_same_article(first, other)
        assert not parts.is_same_article(first, parts.Outlook())

    @pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"<a rel=next href='http://[bad'>2</a>"])
    def test_anything_has_an_outlook(self, body: bytes) -> None:
        parts.look(body, URL)
        parts.look(body, "", whole=True)


def part(number: int, *, extra: str = "") -> Extracted:
    body = "".join(f"<p>Page {number} says {i}. {PROSE}</p>" for i in range(4))
    return extract_page(page("", body=extra + body), f"{URL}?page={number}")


class TestJoin:
    def test_all_paragraphs_in_order_and_one_headline(self) -> None:
        whole = joining.join([part(1), part(2), part(3)])
        said = re.findall(r"Page (\d) says (\d)", whole.text)
        assert said == [(str(p), str(i)) for p in (1, 2, 3) for i in range(4)]
        assert said == re.findall(r"Page (\d) says (\d)", whole.html)
        assert whole.title == "The wall at sea"
        assert whole.html.count("The wall at sea") <= 1
        assert whole.word_count > 2.9 * part(1).word_count

    def test_what_every_page_repeats_stays_once(self) -> None:
        standfirst = "<p>A town opens what it built in a hurry.</p>"
        picture = "<figure><img src=/wall.jpg alt=wall><figcaption>The wall</figcaption></figure>"
        whole = joining.join([part(n, extra=standfirst + picture) for n in (1, 2)])
        assert whole.text.count("A town opens") == 1
        assert whole.html.count("wall.jpg") == 1
        assert whole.pictures == ("https://news.example/wall.jpg",)

    def test_a_short_line_may_come_again(self) -> None:
        body = "".join(f"<p>{PROSE} {i}</p>" for i in range(7)) + "<p>So it goes.</p>"
        own = [f"<p>Page {n}. {PROSE}</p>{body.replace('the', str(n))}" for n in (1, 2)]
        pages = [extract_page(page("", body=text), URL) for text in own]
        assert joining.join(pages).text.count("So it goes.") == 2

    def test_the_worst_verdict_holds(self) -> None:
        cut = replace(part(2), access=Access.PREVIEW,
                      evidence=(Evidence("ends_with_prompt", quote="Subscribe"),))  # fmt: skip
        whole = joining.join([part(1), cut])
        assert whole.access is Access.PREVIEW
        assert Evidence("ends_with_prompt", quote="Subscribe") in whole.evidence
        assert Evidence("parts_joined", count=2) in whole.evidence

    def test_a_page_that_goes_on_overleaf_is_not_cut(self) -> None:
        early = replace(part(1), access=Access.PREVIEW,
                        evidence=(Evidence("ends_mid_sentence", quote="and then"),))  # fmt: skip
        assert joining.join([early, part(2)]).access is Access.FULL
        assert joining.join([early], of=3).access is not Access.FULL

    def test_missing_pages_are_told_and_the_copy_is_never_full(self) -> None:
        whole = joining.join([part(1), part(2)], of=4)
        assert whole.access is Access.UNKNOWN
        assert whole.evidence[0] == Evidence("parts_missing", count=2, of=4)

    def test_what_was_taken_out_of_all_pages_is_kept(self) -> None:
        box = Removed("subscribe", "after", "Subscribe now", "<p>Subscribe now</p>")
        whole = joining.join([replace(part(1), removed=(box,)), replace(part(2), removed=(box,))])
        assert whole.removed == (box, box)

    def test_one_page_alone_is_itself(self) -> None:
        alone = part(1)
        assert joining.join([alone]) is alone

    def test_a_wall_is_no_part(self) -> None:
        assert not joining.is_part(replace(part(1), access=Access.BOT_WALL))
        assert not joining.is_part(Extracted())
        assert joining.is_part(part(1))
