"""The verdict on a response, and what kind of picture some bytes are."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlater import words
from readlater.article import Response
from readlater.net import pictures
from readlater.net.verdict import verdict

PAGE = b"<!doctype html><title>A page</title><p>Text."
NOW_S = 1_700_000_000.0


def response(
    status: int = 200, body: bytes = PAGE, content_type: str = "text/html", **headers: str
) -> Response:
    named = tuple((name.replace("_", "-").lower(), value) for name, value in headers.items())
    return Response("https://example.org/a", status, named, body, content_type)


def code(came: Response) -> str | None:
    failed = verdict(came, now_s=NOW_S)
    if failed is None:
        return None
    assert words.sentence(failed.problem)
    return failed.code


@pytest.mark.parametrize(
    ("status", "expected", "passing"),
    [
        (404, "not_found", False),
        (410, "gone", False),
        (451, "legal", False),
        (429, "too_many_requests", True),
        (408, "server_error", True),
        (425, "server_error", True),
        (500, "server_error", True),
        (503, "server_error", True),
        (520, "server_error", True),
        (400, "refused", False),
        (407, "refused", False),
        (418, "refused", False),
        (999, "refused", False),
        (302, "bad_redirect", False),
        (304, "bad_redirect", False),
        (204, "empty_page", False),
        (206, "bad_content", False),
    ],
)
def test_statuses_with_which_nothing_came(status: int, expected: str, *, passing: bool) -> None:
    failed = verdict(response(status))
    assert failed is not None
    assert (failed.code, failed.passing) == (expected, passing)
    assert words.sentence(failed.problem)


@pytest.mark.parametrize("status", [200, 203, 401, 402, 403, 406])
def test_statuses_that_come_with_something_to_read(status: int) -> None:
    assert verdict(response(status)) is None


@pytest.mark.parametrize("status", [401, 402, 403, 406])
def test_a_wall_without_a_page_is_a_refusal(status: int) -> None:
    assert code(response(status, b"")) == "refused"
    assert code(response(status, b'{"error": 1}', "application/json")) == "refused"


@pytest.mark.parametrize("status", [200, 403, 429, 503])
@pytest.mark.parametrize(
    "header",
    [
        {"Cf_Mitigated": "challenge"},
        {"X_Vercel_Mitigated": "challenge"},
        {"X_Amzn_Waf_Action": "captcha"},
    ],
)
def test_a_robot_check_is_left_to_the_pipeline(status: int, header: dict[str, str]) -> None:
    assert verdict(response(status, **header)) is None
    assert code(response(status, b"", **header)) == "robot_check"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120.0),
        ("0", 0.0),
        (formatdate(NOW_S + 3600, usegmt=True), 3600.0),
        (formatdate(NOW_S - 3600, usegmt=True), 0.0),
        ("9" * 12, 30 * 24 * 3600.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("Fri, 99 Foo 2020 00:00:00 GMT", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_what_the_server_asks_to_wait(status: int, value: str, expected: float | None) -> None:
    failed = verdict(response(status, Retry_After=value), now_s=NOW_S)
    assert failed is not None
    assert failed.retry_after_s == expected


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (PAGE, "text/html; charset=utf-8", None),
        (PAGE, "", None),
        (PAGE, "image/png", None),
        (PAGE, "application/octet-stream", None),
        (PAGE, '"<script>"', None),
        (b"\xef\xbb\xbf \n<HTML>", "application/x-unknown", None),
        (b"Only words.", "text/plain", None),
        (b"Only words.", "", None),
        ("Grüße".encode("utf-16"), "text/plain", None),
        (b"har\0bour", "text/html", None),
        (b"<?xml version='1.0'?><html/>", "application/xhtml+xml", None),
        (b"%PDF-1.7\n\0\1", "text/html", "application/pdf"),
        (b"PK\x03\x04aaaa", "", "application/zip"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "image/png"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "text/html", "video/mp4"),
        (b"\0\1\2\3 binary", "text/plain", "application/octet-stream"),
        (b"\0\1\2\3 binary", "", "application/octet-stream"),
        (b'{"a": 1}', "application/json", "application/json"),
        (b"<?xml version='1.0'?><rss/>", "application/rss+xml", "application/rss+xml"),
        (b"<!-- a -->\n<p>", "application/x-unknown", None),
        (b"body { color: red }", "text/css", "text/css"),
        (b"anything", "video/mp4", "video/mp4"),
    ],
)
def test_pages_and_other_things(body: bytes, content_type: str, expected: str | None) -> None:
    failed = verdict(response(200, body, content_type))
    assert (failed and failed.problem.args["media_type"]) == expected


@pytest.mark.parametrize("body", [b"", b" \n\t ", b"\0\0\0"])
def test_an_empty_body(body: bytes) -> None:
    assert code(response(200, body)) == "empty_page"


@given(
    st.integers(100, 999),
    st.binary(max_size=200),
    st.text(max_size=30),
    st.dictionaries(st.sampled_from(["retry-after", "cf-mitigated"]), st.text(max_size=20)),
)
def test_any_response_has_a_verdict(
    status: int, body: bytes, content_type: str, headers: dict[str, str]
) -> None:
    code(Response("https://example.org/", status, tuple(headers.items()), body, content_type))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"GIF89a..", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", ""),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1miaf", "image/avif"),
        (b"\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiaf", "image/avif"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", ""),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomavc1", ""),
        (b"BM\x9a\0\0\0\0\0\0\0\x8a\0\0\0\x7c\0\0\0", "image/bmp"),
        (b"BMW drives on", ""),
        (b"\0\0\1\0\1\0\x10\x10", "image/x-icon"),
        (SVG, "image/svg+xml"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a -- b -->\n" + SVG, "image/svg+xml"),
        (b'<!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY n "x">]>' + SVG, "image/svg+xml"),
        ("<svg/>".encode("utf-16"), "image/svg+xml"),
        (b"<svgfoo/>", ""),
        (b"<!DOCTYPE html><svg/>", ""),
        (b"<html>" + SVG, ""),
        (b"<script>alert(1)</script>", ""),
        (b"text " + SVG, ""),
        (b"", ""),
    ],
)
def test_kinds_of_pictures(body: bytes, expected: str) -> None:
    assert pictures.media_type(body) == expected


@given(st.lists(st.sampled_from(["<!--", "-", "-->", "<?", "?>", "<!DOCTYPE svg", "[", "]", " "])))
def test_any_prologue_ends(parts: list[str]) -> None:
    assert pictures.media_type(("".join(parts) * 40).encode()) in ("", "image/svg+xml")
