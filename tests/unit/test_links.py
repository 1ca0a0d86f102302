import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlater.library.links import find_links, links_of_html
from readlater.net import urls


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Read https://a.org/x, then (https://b.org/y).", ("https://a.org/x", "https://b.org/y")),
        ("https://en.a.org/wiki/Foo_(bar)", ("https://en.a.org/wiki/Foo_(bar)",)),
        ("(see https://en.a.org/wiki/Foo_(bar))", ("https://en.a.org/wiki/Foo_(bar)",)),
        ("[words](https://a.org/b_(c)) and <https://b.org/?q=1&z=2>.",
         ("https://a.org/b_(c)", "https://b.org/?q=1&z=2")),
        ('[words](https://a.org/x "A title")', ("https://a.org/x",)),
        ("[![picture](https://a.org/p.png)](https://a.org/x)", ("https://a.org/x",)),
        ("**https://a.org/x**", ("https://a.org/x",)),
        ("https://a.org/x_", ("https://a.org/x_",)),
        ("«https://a.org/x» “https://a.org/y” 'https://a.org/z'",
         ("https://a.org/x", "https://a.org/y", "https://a.org/z")),
        ("请看https://a.org/文章。然后「http://b.jp/あ」", ("https://a.org/文章", "http://b.jp/あ")),
        ("https://a.org/x,https://b.org/y", ("https://a.org/x", "https://b.org/y")),
        ("www.example.org/x", ("https://www.example.org/x",)),
        ("go to WWW.example.org!", ("https://www.example.org",)),
        ("example.org/path", ("https://example.org/path",)),
        ("• example.org/a\n• example.org/b.", ("https://example.org/a", "https://example.org/b")),
        ("example.org", ("https://example.org",)),
        ("https://a.org/1\nhttps://a.org/2\r\nhttps://a.org/1",
         ("https://a.org/1", "https://a.org/2")),
        ("https://archive.org/web/2020/https://a.org/x",
         ("https://archive.org/web/2020/https://a.org/x",)),
        ("https://a.org/?q=[x]&r={y}", ("https://a.org/?q=[x]&r={y}",)),
        ("Title - https://a.org/x…", ("https://a.org/x",)),
    ],
)  # fmt: skip
def test_links_are_found_and_what_stands_around_them_is_not(
    text: str, links: tuple[str, ...]
) -> None:
    assert find_links(text) == links


@pytest.mark.parametrize(
    "text",
    [
        "", "no link at all", "and/or", "readme.txt", "e.g.", "3.14", "me@example.org",
        "mail me@www.example.org", "ahttps://a.org", "ftp://a.org/x", "javascript:alert(1)",
        "the file example.org/path in a sentence", "one.two\nthree.four", "----------", "http://",
    ],
)  # fmt: skip
def test_what_is_no_link_is_left(text: str) -> None:
    assert find_links(text) == ()


LINK = '<a href="https://a.org/x?a=1&amp;b=2">A title, with words</a>'


@pytest.mark.parametrize(
    "html",
    [
        LINK,
        f"<meta charset=utf-8>{LINK}",
        f"<html><head><title>t</title><style>p{{}}</style></head><body><!-- x -->{LINK}</body>",
        f"<ul><li>{LINK}</li>\n<li>2. {LINK}</li></ul>",
        f"• {LINK}&nbsp;| {LINK}",
        "<A HREF='https://a.org/x?a=1&amp;b=2'><img src=p.png></A>",
    ],
)
def test_html_that_is_nothing_but_links_counts_by_them(html: str) -> None:
    assert links_of_html(html) == ("https://a.org/x?a=1&b=2",)


@pytest.mark.parametrize(
    "html",
    [
        "", "<p>words</p>", f"<p>See {LINK}</p>", f"{LINK} and", f"<img src=x>{LINK}",
        '<a href="#top">top</a>', f'<a href="mailto:a@b.org">mail</a>{LINK}',
        '<a href="javascript:alert(1)">x</a>', "<a>x</a>", "<", "<!--", f"{LINK}<",
    ],
)  # fmt: skip
def test_html_with_anything_else_does_not_count(html: str) -> None:
    assert links_of_html(html) is None


PIECES = st.lists(
    st.sampled_from(
        ["https://", "www.", "a.org/", "x", "(", ")", "[", "]", "](", "!", "<", ">", '"', "。", " ",
         "\n", ",", "<a href=", "</a>", "<!--", "-->", "&", "#", "_", "*"]
    )
).map("".join)  # fmt: skip


@given(st.text() | PIECES)
def test_whatever_comes_the_links_are_web_addresses_once_each(text: str) -> None:
    for links in (find_links(text), links_of_html(text) or ()):
        assert len(set(links)) == len(links)
        assert all(urls.is_web(link) for link in links)


@given(st.lists(st.from_regex(r"https://[a-z]{1,9}\.org/[a-z0-9/]{0,9}", fullmatch=True)))
def test_each_of_many_lines_is_found_in_order(lines: list[str]) -> None:
    assert find_links("\n".join(lines)) == tuple(dict.fromkeys(lines))
