"""What the page as it came may load, decided without an engine."""

from __future__ import annotations

import pytest

from readlater.library.comparing import Part
from readlater.ui.reader import raw_walls, walls
from readlater.ui.reader.raw_walls import RawDocument, answer, change, document

DIGEST, OTHER = "a" * 64, "b" * 64
OPEN = document(
    42,
    [Part("https://a.example/1", f'<p>One</p><img src="/asset/{DIGEST}">', "he", "rtl")],
    theme="dark",
    title="Page {0} of {1}",
)


def asked(address: str, now: RawDocument = OPEN) -> object:
    scheme, _, rest = address.partition("://")
    authority, slash, path = rest.partition("/")
    path, _, query = (slash + path).partition("?")
    return answer(scheme, authority, path, query, now)


@pytest.mark.parametrize(
    "address",
    ["", "/", f"/asset/{DIGEST}", "/css/raw.css", "/font/literata-latin-opsz-normal.woff2"],
)
def test_the_open_page_gets_itself_its_pictures_and_our_sheet(address: str) -> None:
    assert asked(f"readlater://raw42{address}") is not None
    assert asked(f"readlater://raw42{address}", RawDocument()) is None
    assert asked(f"readlater://raw43{address}") is None


@pytest.mark.parametrize(
    "address",
    [
        "readlater://reader/", "readlater://raw0/", "readlater://raw42:80/", "readlater://a@raw42/",
        f"readlater://a42/asset/{DIGEST}", f"readlater://raw42/asset/{OTHER}",
        "readlater://raw42/css/reader.css", "readlater://raw42/?x", "readlater://raw42/a",
        "readlater://raw42/font/../css/raw.css", "readlater://raw42/font/none.woff2",
        "https://a.example/", "file:///etc/passwd", "data:text/html,a", "about:blank",
    ],
)  # fmt: skip
def test_everything_else_is_refused(address: str) -> None:
    assert asked(address) is None


def test_the_reading_page_has_nothing_of_it() -> None:
    now = walls.opened(42, f'<img src="/asset/{DIGEST}">')
    assert walls.answer("readlater", "raw42", "/", "", now) is None


def test_the_policy_is_said_twice_and_lets_no_frame_form_or_script() -> None:
    assert raw_walls.POLICY.startswith("default-src 'none'")
    assert "http-equiv" in OPEN.body.decode()
    for name in ("script-src", "unsafe", "connect-src", "frame-src", "allow-scripts"):
        assert name not in raw_walls.POLICY


def test_pages_follow_one_another_each_in_its_own_direction() -> None:
    parts = [Part("a", "<p>1</p>", "ar", "rtl"), Part("b", "<p>$policy {0}</p>", '"><x', "ltr")]
    said = document(7, parts, theme="sepia", title="Page {0} of {1}").body.decode()
    assert '<section class="rl-page" lang="ar" dir="rtl">' in said
    assert said.index("Page 1 of 2") < said.index("<p>1</p>") < said.index("Page 2 of 2")
    assert "<p>$policy {0}</p>" in said
    assert "<x" not in said
    assert '<html class="sepia">' in said
    assert "Page" not in OPEN.body.decode()


def test_only_a_fingerprint_can_be_put_back() -> None:
    assert change("/put-back/0123456789abcdef") == ("put-back", "0123456789abcdef")
    assert change("/take-out/0123456789abcdef") == ("take-out", "0123456789abcdef")
    for path in ("/put-back/", "/put-back/0123456789ABCDEF", "/other/0123456789abcdef", "/"):
        assert change(path) is None
