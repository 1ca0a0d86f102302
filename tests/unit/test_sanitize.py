"""The sanitiser: an article's structure passes, nothing else does, and twice is as once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sanitize_adapter import clean

from readlater.pipeline import sanitize as room
from readlater.pipeline.sanitize import for_reading, picture_addresses, sanitize, with_inline

HOSTILE = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "hostile"
URL = "https://example.org/news/story.html"
DIGEST = "ab12" * 16
ALIVE = re.compile(
    r"<(?:script|style|svg|iframe|object|embed|form|input|link|meta|base|template|noscript)\b"
    r"|<[^>]*\s(?:on\w+|style|srcset|srcdoc|action|name|target|ping)=",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="rl-a">A</h2><p>b <a href="#rl-a">c</a><br>d</p>',
        '<table><caption>t</caption><tbody><tr><th scope="col" colspan="2">x</th>'
        "</tr></tbody></table>",
        '<pre><code class="language-c++">a\n\tb</code></pre>',
        "<pre>\n\nx</pre>",
        "<blockquote><p>q</p><cite>c</cite></blockquote><q>x</q><sub>1</sub><sup>2</sup>",
        '<figure><img src="https://e.org/a.png" alt="A" width="640">'
        "<figcaption>c</figcaption></figure>",
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
        '<p dir="rtl" lang="he">x</p><bdo dir="ltr">y</bdo>',
        '<ol start="3" reversed="" type="a"><li value="2">x</li></ol><dl><dt>a</dt><dd>b</dd></dl>',
        '<details open=""><summary>s</summary>x</details><time datetime="2024-01-01">t</time>',
        '<abbr title="T">t</abbr><mark>m</mark><ins>i</ins><del>d</del><kbd>k</kbd><samp>s</samp>',
        '<math display="block"><mfrac><mi mathvariant="bold">x</mi><mn>2</mn></mfrac></math>',
        '<a href="mailto:a@b.c">m</a><a href="https://e.org/?a=1&amp;b=2#c">l</a>',
        '<img src="data:image/png;base64,iVBORw0KGgo=">',
    ],
)
def test_the_structure_of_an_article_passes_as_it_is(html: str) -> None:
    assert sanitize(html) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>x</script>a", "a"),
        ("<style>x</style><link rel=preconnect href=//e.test>a", "a"),
        ("<svg><title>x</title></svg>a<form><input value=x><button>x</button></form>", "a"),
        ('<p style="color:red" class="x" onclick="y" data-z="1">a</p>', "<p>a</p>"),
        ('<code class="hl lang-py">a</code>', '<code class="language-py">a</code>'),
        ('<code class="language-x&quot;onload=y">a</code>', "<code>a</code>"),
        ('<a href="java\nscript:x">a</a>', "<a>a</a>"),
        ('<a href="&#1;data:text/html,x">a</a>', "<a>a</a>"),
        ('<a href="file:///etc/passwd">a</a>', "<a>a</a>"),
        ('<a href="http:///x">a</a>', "<a>a</a>"),
        ('<a href="//[">a</a>', "<a>a</a>"),
        ('<img src="file:///a.png" alt="A">', '<img alt="A">'),
        ('<img src="data:image/svg+xml;base64,AA==">', ""),
        ('<img src="data:text/html,x" alt="">', '<img alt="">'),
        ('<img src="https://e.org/a" srcset="b 2x" width="50%">', '<img src="https://e.org/a">'),
        ('<td id="forms">', ""),
        ('<p id="body" name="cookie">a</p>', '<p id="rl-body">a</p>'),
        ('<p id="a b">a</p>', "<p>a</p>"),
        (
            "<math><annotation>x^2</annotation><mi>y</mi></math>",
            "<math><mi>y</mi></math>",
        ),
        ('<math href="javascript:x"><mi xlink:href="y">z</mi></math>', "<math><mi>z</mi></math>"),
        ("a\ud800b", "a?b"),
        ("<div hidden>a</div>", "<div>a</div>"),
    ],
)
def test_what_does_not_belong_goes(html: str, expected: str) -> None:
    assert sanitize(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="../x">a</a>', '<a href="https://example.org/x">a</a>'),
        ('<img src="/a b.png">', '<img src="https://example.org/a%20b.png">'),
        ('<p id="fn1">n<a href="#fn1">1</a></p>', '<p id="rl-fn1">n<a href="#rl-fn1">1</a></p>'),
        (f'<p id="é">n<a href="{URL}#%C3%A9">1</a></p>', '<p id="rl-é">n<a href="#rl-é">1</a></p>'),
        ('<a href="#gone">1</a>', f'<a href="{URL}#gone">1</a>'),
    ],
)
def test_addresses_are_made_absolute_and_notes_find_each_other(html: str, expected: str) -> None:
    assert sanitize(html, base_url=URL) == expected
    assert sanitize(expected) == expected


_PIECES = (
    "<p> </p> <div> <b> </b> <i id=x> <a href=#x> <a href=http://e.org/> </a> <table> <tr> <td> "
    "</table> <caption> <pre> \n <svg> </svg> <math> <mtext> <mi> <mglyph> <style> </style> <!-- "
    "--> <![CDATA[ ]]> <noscript> </noscript> <template> <select> <option> <textarea> </textarea> "
    "<title> <xmp> <plaintext> <iframe> <annotation-xml> <foreignobject> <li> <ul> <ruby> <rt> "
    "<img/src=//e.org/a/alt=z> <img/src=x/onerror=alert(1)> &lt; &amp;lt; &#0; \0 \x0c <br> </br> "
    "</p > <details/open> <summary> <dd> <dt> <nobr> <font> x ' \" = > <button> <form> </form> "
    "<p/title='<img/src=x>'> <abbr/title='\n<pre>\n'>"
)
PIECES = st.sampled_from(_PIECES.split(" "))
SOUP = st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join)


@settings(max_examples=400, deadline=None)
@given(SOUP)
def test_sanitising_twice_is_as_once(html: str) -> None:
    once = sanitize(html, base_url=URL)
    assert sanitize(once) == once
    assert sanitize(once, base_url=URL) == once
    assert not ALIVE.search(re.sub(r'"[^"]*"', '""', once))


@settings(max_examples=200, deadline=None)
@given(SOUP)
def test_what_is_read_asks_for_nothing_remote(html: str) -> None:
    stored = clean(html, URL)
    addresses = picture_addresses(stored)
    assert re.findall(r"src=\"http", stored) == [] or addresses
    for shown in (for_reading(stored, {}), with_inline(stored, {})):
        assert 'src="' not in shown
        assert not ALIVE.search(re.sub(r'"[^"]*"', '""', shown))


def test_a_picture_of_the_library_has_its_local_address() -> None:
    html = (
        '<figure><img src="https://e.org/a.png?x=1&amp;y=2" alt="A">'
        "<figcaption>c</figcaption></figure>"
        '<img src="https://e.org/b.png" alt="A &lt;boat&gt;"><img src="https://e.org/c.png">'
    )
    addresses = ("https://e.org/a.png?x=1&y=2", "https://e.org/b.png", "https://e.org/c.png")
    assert picture_addresses(html) == addresses
    assert for_reading(html, {addresses[0]: DIGEST}) == (
        f'<figure><img src="/asset/{DIGEST}" alt="A"><figcaption>c</figcaption></figure>'
        f'<span class="{room.MISSING_CLASS}">A &lt;boat&gt;</span>'
    )


@settings(max_examples=100, deadline=None)
@given(SOUP)
def test_what_is_read_passes_once_more_as_it_is(html: str) -> None:
    stored = clean(html, URL)
    assets = dict.fromkeys(picture_addresses(stored)[::2], DIGEST)
    shown = for_reading(stored, assets)
    assert for_reading(shown, {}) == shown


def test_a_page_cannot_mark_its_own_words_as_a_missing_picture() -> None:
    stored = sanitize('<span class="rl-missing">x</span><img src="/asset/ab12">', base_url=URL)
    assert stored == '<span>x</span><img src="https://example.org/asset/ab12">'
    assert for_reading('<span class="x">a</span>', {}) == "<span>a</span>"


def test_a_digest_that_is_none_does_not_become_an_address() -> None:
    html = '<img src="https://e.org/a.png" alt="A">'
    assert "src=" not in for_reading(html, {"https://e.org/a.png": "//evil.test/x"})


def test_the_copy_for_a_file_holds_its_pictures() -> None:
    html = '<img src="https://e.org/a.png"><img src="https://e.org/b.svg" alt="B">'
    pictures = {
        "https://e.org/a.png": (b"\x89PNG", "image/png"),
        "https://e.org/b.svg": (b"<svg/>", "image/svg+xml"),
    }
    assert with_inline(html, pictures) == (
        '<img src="data:image/png;base64,iVBORw=="><span class="rl-missing">B</span>'
    )


def test_addresses_come_in_order_without_repeats() -> None:
    html = "".join(f'<img src="https://e.org/{name}">' for name in "cabca")
    trap = '<a title="&lt;img src=&quot;https://evil.test/&quot;&gt;">x</a>'
    kept = '<img src="data:image/png;base64,AAAA">'
    assert picture_addresses(sanitize(trap + html + kept)) == tuple(
        f"https://e.org/{name}" for name in "cab"
    )


@pytest.mark.parametrize(
    "unit", ["<div>", "<b>", "<b><p>", "<i id={}><p>", "<table><td>", "<a href=x>"]
)
def test_deep_nesting_ends_and_keeps_the_text(unit: str) -> None:
    html = "".join(unit.format(n) for n in range(5_000)) + "the end"
    assert "the end" in sanitize(html)


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="../shared/corpus is not here")
@pytest.mark.parametrize(("name", "field"), [("html.jsonl", "html"), ("parse.jsonl", "html")])
def test_hostile_documents_leave_nothing_alive(name: str, field: str) -> None:
    with (HOSTILE / name).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 5:
                continue
            once = clean(json.loads(line)[field], URL)
            assert sanitize(once) == once
            assert not ALIVE.search(re.sub(r'"[^"]*"', '""', once)), line
