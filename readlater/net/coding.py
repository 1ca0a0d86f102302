"""Content codings taken off a body: limits on what they unfold to, their end insisted on."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from readlater.errors import FetchError

_PIECE_BYTES = 65_536
_MAX_CODINGS = 4
_ZSTD_WINDOW_BYTES = 8 << 20  # RFC 9659: a window for the web is no larger
# zstd's decoder has no limit on its output: one block is at least 4 bytes and at most 128 KiB.
_ZSTD_STEP_BYTES = 128


class DamagedError(ValueError):
    """A coded stream that is not what its coding says."""


class Decoder(Protocol):
    """One coding: pieces in, pieces out, and whether its stream came to its own end."""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Unfold one piece, a little at a time; raises DamagedError."""

    @property
    def is_whole(self) -> bool:
        """Whether the stream has ended as its format says, or never began."""


def codings_of(header: str) -> tuple[str, ...]:
    """The codings of a Content-Encoding header, outermost first, without those that do nothing."""
    names = [name.strip().lower() for name in header.split(",")]
    return tuple(reversed([name for name in names if name not in ("", "identity")]))


def unfold(pieces: Iterable[bytes], header: str, *, host: str, limit_mb: int) -> Iterator[bytes]:
    """The pieces of a body without its Content-Encoding.

    Raises FetchError `bad_content` for an unknown, damaged or too often repeated coding,
    `connection_lost` (passing) for a stream that was cut, `too_large` for one past `limit_mb` MiB
    before, between or after the codings.
    """
    names = codings_of(header)
    if len(names) > _MAX_CODINGS or any(name not in _DECODERS for name in names):
        raise FetchError("bad_content", host=host)
    stream = _limited(pieces, limit_mb)
    for name in names:
        stream = _limited(_layer(stream, _DECODERS[name](), host), limit_mb)
    return stream


def _limited(pieces: Iterable[bytes], limit_mb: int) -> Iterator[bytes]:
    size_bytes = 0
    for piece in pieces:
        size_bytes += len(piece)
        if size_bytes > limit_mb << 20:
            raise FetchError("too_large", limit_mb=limit_mb)
        yield piece


def _layer(pieces: Iterable[bytes], decoder: Decoder, host: str) -> Iterator[bytes]:
    try:
        for piece in pieces:
            yield from decoder.feed(piece)
    except DamagedError as error:
        raise FetchError("bad_content", host=host) from error
    if not decoder.is_whole:
        raise FetchError("connection_lost", passing=True, host=host)


class _Gzip:
    """gzip (RFC 1952, members one after the other; what follows the last is passed over)."""

    _wbits = 31

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(self._wbits)
        self._pending = b""  # the beginning of what follows a whole member
        self._begun = False
        self._trailing = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        if self._trailing or not piece:
            return
        self._begun = True
        data = piece
        while data:
            if self._stream.eof:
                data = self._next_member(data)
                if not data:
                    return
            out = self._unfold(data)
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
            if out:
                yield out

    def _unfold(self, data: bytes) -> bytes:
        try:
            return self._stream.decompress(data, _PIECE_BYTES)
        except zlib.error as error:
            raise DamagedError from error

    def _next_member(self, data: bytes) -> bytes:
        data = self._pending + data
        magic = b"\x1f\x8b"
        if data[:2] == magic:
            self._pending = b""
            self._stream = zlib.decompressobj(self._wbits)
            return data
        if data[:1] == magic[:1] and len(data) == 1:
            self._pending = data
        else:
            self._trailing = True
        return b""

    @property
    def is_whole(self) -> bool:
        return self._stream.eof or not self._begun


class _Deflate:
    """deflate: zlib (RFC 1950) as it should be, or bare (RFC 1951) as some servers send it."""

    def __init__(self) -> None:
        self._head = b""
        self._stream: zlib._Decompress | None = None

    def feed(self, piece: bytes) -> Iterator[bytes]:
        data = piece
        if self._stream is None:
            data = self._head = self._head + piece
            if len(data) < 2:
                return
            is_zlib = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._stream = zlib.decompressobj(15 if is_zlib else -15)
        while not self._stream.eof:
            try:
                out = self._stream.decompress(data, _PIECE_BYTES)
            except zlib.error as error:
                raise DamagedError from error
            data = self._stream.unconsumed_tail
            if out:
                yield out
            if not data and len(out) < _PIECE_BYTES:
                return

    @property
    def is_whole(self) -> bool:
        return self._stream.eof if self._stream is not None else not self._head


class _Brotli:
    """br (RFC 7932), one stream and nothing behind it."""

    def __init__(self) -> None:
        import brotli

        self._error: type[Exception] = brotli.error
        self._stream = brotli.Decompressor()
        self._begun = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        data = piece
        if piece and self._stream.is_finished():
            raise DamagedError
        self._begun = self._begun or bool(piece)
        while not self._stream.is_finished():
            try:
                out = self._stream.process(data, output_buffer_limit=_PIECE_BYTES)
            except self._error as error:
                raise DamagedError from error
            data = b""
            if out:
                yield out
            elif self._stream.can_accept_more_data():
                return

    @property
    def is_whole(self) -> bool:
        return bool(self._stream.is_finished()) or not self._begun


class _Zstd:
    """zstd (RFC 8878), frames one after the other."""

    def __init__(self) -> None:
        import zstandard

        self._error: type[Exception] = zstandard.ZstdError
        self._frames = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES)
        self._stream = self._frames.decompressobj()
        self._begun = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        for start in range(0, len(piece), _ZSTD_STEP_BYTES):
            data = piece[start : start + _ZSTD_STEP_BYTES]
            while data:
                if self._stream.eof:
                    self._stream = self._frames.decompressobj()
                self._begun = True
                try:
                    out = self._stream.decompress(data)
                except self._error as error:
                    raise DamagedError from error
                data = self._stream.unused_data if self._stream.eof else b""
                if out:
                    yield out

    @property
    def is_whole(self) -> bool:
        return self._stream.eof or not self._begun


_DECODERS: dict[str, type[Decoder]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
