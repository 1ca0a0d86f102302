"""Pictures as pages hide them: one plain <img> each, with the address a reader should see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlater.pipeline import decode, pictures, sanitize, srcset

BASE = "https://example.org/news/story.html"
GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def sources(html: str, base_url: str = BASE) -> list[str]:
    root = decode.parse(html)
    pictures.resolve(root, base_url)
    return [img.get("src", "") for img in root.iter("img")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="a.jpg">', "/news/a.jpg"),
        ('<img src="//cdn.test/a.jpg">', "https://cdn.test/a.jpg"),
        (f'<img src="{GIF}" data-src="/real.jpg">', "/real.jpg"),
        ('<img src="/img/blank.gif" data-original="/real.jpg">', "/real.jpg"),
        ('<img src="low.jpg" data-lazy-src="real.jpg">', "/news/real.jpg"),
        ('<img data-anything="https://cdn.test/x/real.jpeg">', "https://cdn.test/x/real.jpeg"),
        ('<img src="s.jpg" srcset="s.jpg 320w, m.jpg 1200w, l.jpg 4000w">', "/news/m.jpg"),
        ('<img src="s.jpg" srcset="s.jpg, m.jpg 2x, l.jpg 3x">', "/news/m.jpg"),
        (f'<img src="{GIF}" srcset="{GIF} 1w" data-srcset="a.jpg 800w">', "/news/a.jpg"),
        ('<picture><source srcset="w.webp 900w"><img src="a.jpg"></picture>', "/news/w.webp"),
        (
            '<picture><source media="(max-width: 70em)" srcset="s.jpg"><img src="a.jpg">',
            "/news/a.jpg",
        ),
        (
            '<picture><source media="(prefers-color-scheme: dark)" srcset="d"><img src="a.jpg">',
            "/news/a.jpg",
        ),
        (
            '<picture><source type="image/avif" srcset="a.avif"><img src="a.jpg"></picture>',
            "/news/a.jpg",
        ),
        ('<picture><source type="image/avif" srcset="a.avif"></picture>', "/news/a.avif"),
        ('<picture><source data-srcset="a.jpg 1x"></picture>', "/news/a.jpg"),
        ('<amp-img src="a.jpg" width="600" height="400"></amp-img>', "/news/a.jpg"),
        ('<base href="/other/"><img src="a.jpg">', "/other/a.jpg"),
        ('<img src=""><noscript><img src="a.jpg"></noscript>', "/news/a.jpg"),
        (f'<div><img src="{GIF}"></div><noscript><img src="a.jpg"></noscript>', "/news/a.jpg"),
        ('<noscript><img src="a.jpg"></noscript><img data-src="a.jpg">', "/news/a.jpg"),
        ('<img src="a-300x200.jpg"><noscript><img src="a.jpg"></noscript>', "/news/a-300x200.jpg"),
        ("<noscript>&lt;img src='a.jpg'&gt;</noscript>", "/news/a.jpg"),
        ('<p>text<noscript><img src="a.jpg"></noscript></p>', "/news/a.jpg"),
        ('<video poster="p.jpg" src="v.mp4"></video>', "/news/p.jpg"),
    ],
)
def test_the_right_address_is_taken(html: str, expected: str) -> None:
    full = expected if "//" in expected else "https://example.org" + expected
    assert sources(html) == [full]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="t.gif" width="1" height="1">',
        '<img src="t.gif" height=0>',
        '<img src="t.gif" style="width: 1px; height:1px">',
        "<noscript><img src=https://count.test/ width=1 height=1></noscript>",
        f'<img src="{GIF}">',
        '<img src="/i/spacer.gif">',
        '<img src="javascript:alert(1)">',
        '<img src="file:///etc/passwd">',
        '<img src="http://[bad/a.jpg">',
        "<img>",
        "<picture></picture>",
        '<div style="background-image: url(a.jpg)"></div>',
    ],
)
def test_what_is_no_picture_goes_and_its_neighbours_stay(html: str) -> None:
    root = decode.parse(f"<p>before</p>{html}after")
    pictures.resolve(root, BASE)
    assert not [img for img in root.iter("img") if img.get("src")]
    text = "".join(root.itertext())
    assert text.startswith("before")
    assert text.endswith("after")


@pytest.mark.parametrize(
    "name",
    ["pixel-8-review.jpg", "grey.jpg", "loading-dock.png", "lazy-sunday.jpg", "a/clear.webp"],
)
def test_a_picture_is_no_placeholder_for_its_name(name: str) -> None:
    assert sources(f'<img src="/{name}">') == [f"https://example.org/{name}"]


@pytest.mark.parametrize(
    "text", ["<!-- <img src=a> -->", "<img", "<?x <img ?>", "<img src='a", "<img></noscript><p>"]
)
def test_any_text_of_a_noscript_is_read(text: str) -> None:
    root = decode.parse(f"<p>a</p><noscript>{text.replace('<', '&lt;')}</noscript>")
    pictures.resolve(root, BASE)
    assert all(isinstance(element.tag, str) for element in root.iter())


def test_a_picture_inside_the_page_is_kept_when_it_shows_something() -> None:
    kept = "data:image/png;base64," + "A" * 4000
    assert sources(f'<img src="{kept}">') == [kept]
    assert sources(f'<img src="{kept}" data-src="a.jpg">') == ["https://example.org/news/a.jpg"]


def test_alt_title_and_sane_sizes_stay_and_nothing_else() -> None:
    root = decode.parse(
        '<img src=a.jpg alt="A tide" title=T width=640px height=99999 sizes=x loading=lazy '
        "onerror=x data-x=y srcset='b.jpg 800w'>"
    )
    pictures.resolve(root, BASE)
    (img,) = root.iter("img")
    expected = {"src": "https://example.org/news/b.jpg", "alt": "A tide", "title": "T"}
    assert dict(img.attrib) == expected | {"width": "640"}


def test_links_are_left_to_the_sanitiser() -> None:
    html = '<a href="../x?a=1">1</a><a href="#fn">2</a>'
    root = decode.parse(html)
    pictures.resolve(root, BASE)
    assert [a.get("href") for a in root.iter("a")] == ["../x?a=1", "#fn"]
    assert sanitize.sanitize(html, base_url=BASE) == (
        f'<a href="https://example.org/x?a=1">1</a><a href="{BASE}#fn">2</a>'
    )


@pytest.mark.parametrize(
    ("html", "links", "text"),
    [
        (
            '<video src="v.mp4" title="A film">no video</video>',
            ["https://example.org/news/v.mp4"],
            "A film",
        ),
        ('<audio><source src="a.mp3"></audio>', ["https://example.org/news/a.mp3"], "example.org"),
        ('<video src="blob:x">no video</video>', [], ""),
        (
            '<iframe src="//v.test/embed/7" title="Film"></iframe>',
            ["https://v.test/embed/7"],
            "Film",
        ),
        ('<iframe src="//v.test/x" allowfullscreen></iframe>', ["https://v.test/x"], "v.test"),
        ('<iframe src="//ads.test/show?x"></iframe>', [], ""),
        ('<iframe src="//v.test/embed/7" style="display:none"></iframe>', [], ""),
        ('<object data="x.swf"><p>in its stead</p></object>', [], "in its stead"),
    ],
)
def test_an_embed_becomes_a_link(html: str, links: list[str], text: str) -> None:
    root = decode.parse(f"<p>before</p>{html}<p>after</p>")
    pictures.resolve(root, BASE)
    assert [a.get("href") for a in root.iter("a")] == links
    assert "".join(root.itertext()) == f"before{text}after"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a.jpg 320w, b.jpg 640w, c.jpg 1600w, d.jpg 1601w", "c.jpg"),
        ("a.jpg 320w, b.jpg 2000w", "b.jpg"),
        ("a.jpg 3000w, b.jpg 2000w", "b.jpg"),
        (
            "https://c.test/w_300,h_200/a.jpg 300w,https://c.test/w_900,h_600/a.jpg 900w",
            "https://c.test/w_900,h_600/a.jpg",
        ),
        ("a.jpg,", "a.jpg"),
        (" , a.jpg 1.5x, b.jpg", "a.jpg"),
        ("a.jpg 4x", "a.jpg"),
        ("", ""),
        (",,,", ""),
    ],
)
def test_the_candidate_that_reads_well_is_taken(value: str, expected: str) -> None:
    assert srcset.best(value) == expected


@given(st.text(alphabet="ab ,1wx.:", max_size=60))
def test_any_srcset_is_read(value: str) -> None:
    assert all(address and address.strip(",") for address, _ in srcset.candidates(value))


@given(
    st.lists(
        st.sampled_from(
            [
                "<picture>",
                "</picture>",
                "<source srcset='a 1w'>",
                "<img src=a.png>",
                "<img>",
                "<noscript>",
                "</noscript>",
                "<video>",
                "<iframe src=/embed/1>",
                "<p>",
                "<amp-img src=b>",
                "<svg><image>",
                "x",
                "</svg>",
                "<object data=c>",
                "<base href=//b.test>",
                "<a href=q name=q>",
                "<table>",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_any_tree_is_resolved(html: str) -> None:
    for src in sources(html):
        assert src.startswith(("https://", "http://"))
