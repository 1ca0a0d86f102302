"""Addresses as a person reads them, and those that try to be read as another's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlater.library.shown_address import shown_address

READABLE = {
    "https://a.example/b?c=1#d": "https://a.example/b?c=1#d",
    "https://xn--mnchen-3ya.de/stra%C3%9Fe": "https://münchen.de/straße",
    "https://münchen.de/": "https://münchen.de/",
    "https://ja.wikipedia.org/wiki/%E6%B8%AF": "https://ja.wikipedia.org/wiki/港",
    "https://xn--80aswg.xn--p1ai/": "https://сайт.рф/",
    "https://xn--zckzah.example/": "https://テスト.example/",
    "https://de.wikipedia.org/wiki/M%C3%BCnchen_%28Stadt%29": (
        "https://de.wikipedia.org/wiki/München_%28Stadt%29"
    ),
    "http://127.0.0.1:8000/a%20b": "http://127.0.0.1:8000/a%20b",
    "http://[::1]:80/": "http://[::1]:80/",
    "mailto:j%C3%BCrgen@example.com": "mailto:jürgen@example.com",
}


@pytest.mark.parametrize("url", READABLE)
def test_letters_are_readable(url: str) -> None:
    assert shown_address(url) == READABLE[url]


DISGUISED = {
    "a Cyrillic letter among Latin ones": "https://xn--pple-43d.com/login",
    "the same as the engine tells it": "https://\u0430pple.com/login",
    "all Cyrillic, all alike": "https://xn--80ak6aa92e.com/",
    "Greek among Latin": "https://xn--ggle-0nda.com/".replace("0nda", "pqba"),
    "an invisible letter": "https://exam\u200dple.com/",
    "a letter like a slash": "https://bank.example\u2044login.evil.example/",
}


@pytest.mark.parametrize("name", DISGUISED)
def test_a_host_is_not_read_as_another(name: str) -> None:
    shown = shown_address(DISGUISED[name])
    assert shown.isascii()
    assert "xn--" in shown


def test_a_user_is_no_host() -> None:
    url = "https://bank.example:pw@evil.example/in"
    assert shown_address(url) == "https://evil.example/in"


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u2066", "\u00a0", "\u2028", "\x07"])
def test_what_is_not_drawn_stays_escaped(hidden: str) -> None:
    escaped = "".join(f"%{byte:02X}" for byte in hidden.encode())
    assert shown_address(f"https://a.example/x{escaped}gpj.exe").endswith(f"/x{escaped}gpj.exe")
    if not hidden.isascii():
        assert shown_address(f"https://a.example/x{hidden}y").endswith(f"/x{escaped}y")


def test_escapes_with_a_meaning_stay() -> None:
    for path in ("/a%2Fb", "/100%25", "/%3Fq", "/%FF", "/%C3", "/a%23b"):
        assert shown_address(f"https://a.example{path}") == f"https://a.example{path}"


@given(st.text(max_size=40))
def test_any_address_can_be_shown(rest: str) -> None:
    for url in (f"https://{rest}", f"https://a.example/{rest}", rest):
        shown = shown_address(url)
        assert not set(shown) & set("\u202e\u202d\u200b\u2066\u2067")
