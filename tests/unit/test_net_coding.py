"""Content codings: every one whole, cut, damaged and too large."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from readlater.errors import FetchError
from readlater.net.coding import unfold


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def zstd(body: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(body)


PACK = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate ": raw_deflate,
    "br": brotli.compress,
    "zstd": zstd,
}
TEXT = b"".join(b"Paragraph %d of a page. " % i for i in range(4000))


def pieces(body: bytes, size: int = 1000) -> Iterator[bytes]:
    return (body[i : i + size] for i in range(0, len(body), size))


def unfolded(body: bytes, header: str, *, size: int = 1000, limit_mb: int = 1) -> bytes:
    return b"".join(unfold(pieces(body, size), header, host="example.org", limit_mb=limit_mb))


def code(body: bytes, header: str, *, limit_mb: int = 1) -> tuple[str, bool]:
    with pytest.raises(FetchError) as caught:
        unfolded(body, header, limit_mb=limit_mb)
    return caught.value.code, caught.value.passing


@pytest.mark.parametrize("header", PACK)
@pytest.mark.parametrize("size", [1, 2, 7, 100_000])
def test_every_coding_in_pieces_of_every_size(header: str, size: int) -> None:
    assert unfolded(PACK[header](TEXT), header, size=size) == TEXT


@pytest.mark.parametrize("header", PACK)
def test_nothing_at_all_is_an_empty_body(header: str) -> None:
    assert unfolded(b"", header) == b""
    assert unfolded(PACK[header](b""), header) == b""


@pytest.mark.parametrize("header", PACK)
@pytest.mark.parametrize("kept", [1, 3, 0.1, 0.5, 0.9, -1])
def test_a_stream_that_was_cut_is_not_whole(header: str, kept: float) -> None:
    body = PACK[header](TEXT)
    cut = body[: int(kept * len(body)) if isinstance(kept, float) else kept]
    assert code(cut, header) == ("connection_lost", True)


@pytest.mark.parametrize("header", sorted(PACK.keys() - {"Deflate "}))  # bare: no checksum
def test_a_damaged_stream(header: str) -> None:
    body = bytearray(PACK[header](TEXT))
    for i in range(len(body) // 2, len(body) // 2 + 40):
        body[i] ^= 0xA5
    assert code(bytes(body), header)[0] in ("bad_content", "connection_lost")


@pytest.mark.parametrize("header", ["gzip", "deflate", "br", "zstd"])
def test_plain_text_under_a_coding(header: str) -> None:
    assert code(b"<!doctype html><p>not packed at all</p>" * 50, header)[0] in (
        "bad_content",
        "connection_lost",
    )


@pytest.mark.parametrize("header", PACK)
def test_a_bomb_stops_at_the_limit(header: str) -> None:
    assert code(PACK[header](bytes(64 << 20)), header) == ("too_large", False)


@pytest.mark.parametrize("inner", ["gzip", "br", "zstd"])
def test_a_bomb_in_a_bomb(inner: str) -> None:
    assert code(gzip.compress(PACK[inner](bytes(64 << 20))), f"{inner}, gzip")[0] == "too_large"


def test_what_is_not_coded_is_limited_too() -> None:
    assert code(bytes((1 << 20) + 1), "") == ("too_large", False)
    assert unfolded(bytes(1 << 20), "identity") == bytes(1 << 20)


def test_several_codings_in_their_order() -> None:
    body = zstd(brotli.compress(gzip.compress(TEXT)))
    assert unfolded(body, "gzip, br, zstd") == TEXT


def test_too_many_and_unknown_codings() -> None:
    assert code(TEXT, ", ".join(["gzip"] * 5)) == ("bad_content", False)
    assert code(TEXT, "x-secret") == ("bad_content", False)
    assert code(TEXT, "gzip, compress") == ("bad_content", False)


@pytest.mark.parametrize("size", [1, 3, 100_000])
def test_members_and_what_follows_them(size: int) -> None:
    two = gzip.compress(b"one ") + gzip.compress(b"two")
    assert unfolded(two, "gzip", size=size) == b"one two"
    assert unfolded(two + b"JUNK" * 99, "gzip", size=size) == b"one two"
    assert unfolded(zstd(b"one ") + zstd(b"two"), "zstd", size=size) == b"one two"
    assert code(brotli.compress(b"one") + b"JUNK", "br") == ("bad_content", False)


def test_a_second_member_that_was_cut() -> None:
    assert code(gzip.compress(b"one") + gzip.compress(TEXT)[:-9], "gzip")[0] == "connection_lost"


def test_a_window_that_is_larger_than_the_web_allows() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    body = packer.compress(TEXT) + packer.flush()
    assert code(body, "zstd") == ("bad_content", False)


@given(st.sampled_from(sorted(PACK)), st.binary(max_size=2000), st.integers(1, 50))
def test_what_was_packed_comes_out(header: str, body: bytes, size: int) -> None:
    assert unfolded(PACK[header](body), header, size=size) == body


@given(st.sampled_from(sorted(PACK)), st.binary(max_size=300), st.integers(1, 50))
def test_any_bytes_unfold_or_are_refused(header: str, body: bytes, size: int) -> None:
    found = ""
    try:
        unfolded(body, header, size=size)
    except FetchError as error:
        found = error.code
    assert found in ("", "bad_content", "connection_lost", "too_large")
