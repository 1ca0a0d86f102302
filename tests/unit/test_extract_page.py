from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from readlater.article import Access
from readlater.pipeline import extract_page

PAGES = Path(__file__).resolve().parents[1] / "pages"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
URL = "https://tern.example/2026/01/ferry?from=app"


def test_the_copy_is_the_article_whole_and_nothing_but_it() -> None:
    got = extract_page((PAGES / "ferry.html").read_bytes(), URL, "text/html")
    assert got.text.split("\n") == [
        "Transport",
        "The islanders won, but only until spring",
        *[line for line in got.text.split("\n")[2:] if line],
    ]
    assert [line.split()[0] for line in got.text.split("\n")[2:]] == [
        "The",
        "The",
        "“Nobody",
        "What",
        "In",
    ]
    for foreign in (
        "Advertisement",
        "newsletter",
        "unlimited",
        "{{",
        "Icon",
        "Bridge",
        "Copyright",
    ):
        assert foreign not in got.text
        assert foreign not in got.html
    assert "The ferry at its pier in December" in got.html  # a caption: beside the text, not in it
    assert "<h1" not in got.html
    assert 'src="https://tern.example/pictures/ferry-1200.jpg"' in got.html
    assert got.pictures == ("https://tern.example/pictures/ferry-1200.jpg",)
    assert "data-readlater" not in got.html
    assert got.access is Access.FULL


def test_what_the_publisher_hid_is_never_taken() -> None:
    got = extract_page((PAGES / "ferry.html").read_bytes(), URL)
    for hidden in ("hidden by the publisher", "however well it would fit", "data for machines"):
        assert hidden not in got.text
        assert hidden not in got.html
        assert hidden not in "".join(block.html for block in got.removed)


def test_every_block_taken_out_has_place_and_reason() -> None:
    got = extract_page((PAGES / "ferry.html").read_bytes(), URL)
    found = {(block.reason, block.place) for block in got.removed}
    assert ("advert", "after paragraph 2") in found
    assert ("newsletter", "after paragraph 3") in found
    assert "template" in {reason for reason, _ in found}
    assert "related" in {reason for reason, _ in found}
    assert all(block.text and block.html for block in got.removed)


def test_an_article_about_subscriptions_loses_nothing() -> None:
    got = extract_page((PAGES / "about_paywalls.html").read_text(), "https://press.example/a")
    for kept in ("Subscribe to continue", "Newsletters", "Cookie", "Already a", "Donations"):
        assert kept in got.text
    assert got.removed == ()
    assert got.access is Access.FULL


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"\x00\xff\xfe",
        "<div>" * 3000 + "x",
        "<p>\ud800 \x01 \ufffe",
        '<script type="application/ld+json">' + "[" * 5000,
        '<base href="http://[::1"><img src="//["><p>text',
        "<frameset><frame src=x></frameset>",
        '<meta name="date" content="9999-99-99"><time datetime="0000-00-00T99:99">x</time>',
    ],
)
def test_no_page_raises(page: bytes | str) -> None:
    got = extract_page(page, "http://[", "text/html; charset=nonsense", headers=[("", "")])
    assert got.access is Access.UNKNOWN


def test_importing_the_pipeline_is_light() -> None:
    code = (
        "import sys, readlater.pipeline; print(sorted({'lxml', 'readability'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_page_this_app_was_asked_for() -> None:
    page = SHARED / "corpus" / "paywall" / "pages" / "nikkei-liaison-office.html"
    if not page.exists():
        pytest.skip("../shared is not beside this checkout")
    got = extract_page(page.read_bytes(), "https://asia.nikkei.com/a", "text/html")
    lines = got.text.split("\n")
    assert got.title == "North Korea pulls out of inter-Korean liaison office"
    assert got.published == "2019-03-22T19:06:00+09:00"
    assert lines[:2] == [
        "N Korea at crossroads",
        "Move is a sign that Pyongyang intends to suspend nuclear talks with Washington",
    ]
    assert lines[2].startswith("Officials from both sides")
    assert len(lines) == 11
    assert lines[3].startswith("SEOUL -- North Korea pulled out")
    assert lines[-1].endswith('talks between North Korea and the U.S."')
    assert "20190322-kaesong-liaison-office.jpg" in got.html
    assert got.access is Access.FULL
    reasons = {block.reason for block in got.removed}
    assert {"advert", "template", "subscribe"} <= reasons


def test_a_page_without_the_tags_of_a_page_is_read_as_a_browser_reads_it() -> None:
    prose = "".join(
        f"<p>{i}. The islands voted to keep their night boat, and the company wrote that it would"
        " sail on until the spring, when both councils will talk about the money.</p>"
        for i in range(4)
    )
    for page in (f"<title>Boat</title><article><h1>Boat</h1>{prose}</article>", prose):
        got = extract_page(page, URL)
        assert got.text.count("The islands voted") == 4
        assert got.access is Access.FULL


def test_a_post_of_two_sentences_under_a_cookie_banner_is_no_wall() -> None:
    page = (
        "<html><head><title>A thought</title></head><body><article><h1>A thought</h1>"
        "<p>The ferry came late this morning, and nobody on the pier said a word about it. "
        "I liked that.</p></article><div class='widget cookie-banner'>This website uses cookies. "
        "If you go on you agree to their use.<input type=submit value='Close and accept'></div>"
        "</body></html>"
    )
    got = extract_page(page, URL)
    assert "The ferry came late" in got.text
    assert got.access is Access.FULL


def test_readings_of_characters_stay_beside_them_and_out_of_the_text() -> None:
    line = (
        "<ruby>子<rp>(</rp><rt>こ</rt><rp>)</rp></ruby>どもへの虐待をなくすための法律ができました。"
    )
    text = f"<p>{line * 3}</p>" * 4
    page = f"<html lang=ja><body><article><h1>法律</h1>{text}</article></body></html>"
    got = extract_page(page, URL)
    assert "子どもへの虐待" in got.text
    assert "<rt>こ</rt>" in got.html
