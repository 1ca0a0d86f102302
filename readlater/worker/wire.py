"""Frames on a pipe, and the domain's values as JSON: no pickle, so no code can come along."""

from __future__ import annotations

import json
import struct
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, BinaryIO, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_LENGTHS = struct.Struct(">II")
_HEADER_BYTES = 256 << 20
_BODY_BYTES = 512 << 20


class BrokenFrameError(Exception):
    """The other side ended or wrote what is no frame."""


def send(stream: BinaryIO, header: Mapping[str, object], body: bytes = b"") -> None:
    """Write one frame: two lengths (big-endian, 4 bytes each), JSON in ASCII, bytes."""
    text = json.dumps(header).encode("ascii")
    stream.write(_LENGTHS.pack(len(text), len(body)))
    stream.write(text)
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Read one frame; None at an orderly end, BrokenFrameError at any other."""
    lengths = stream.read(_LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise BrokenFrameError
    header_bytes, body_bytes = _LENGTHS.unpack(lengths)
    if header_bytes > _HEADER_BYTES or body_bytes > _BODY_BYTES:
        raise BrokenFrameError
    text, body = stream.read(header_bytes), stream.read(body_bytes)
    if len(text) < header_bytes or len(body) < body_bytes:
        raise BrokenFrameError
    try:
        header = json.loads(text)
    except ValueError as error:
        raise BrokenFrameError from error
    if not isinstance(header, dict):
        raise BrokenFrameError
    return header, body


def encode(value: object, *, without: str = "") -> object:
    """A frozen dataclass of the domain (nested, with tuples, enums, mappings) as plain JSON.

    The field `without` is left out: bytes travel beside the JSON.
    """
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.name != without]
        return {name: encode(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: encode(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [encode(one) for one in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(type(value))


def decode(kind: type[T], value: object, **more: object) -> T:
    """`encode` backwards; `more` are the fields that it left out.

    TypeError, ValueError or KeyError for what is no `kind`.
    """
    made: T = _decode(kind, value, more)
    return made


def _decode(kind: Any, value: Any, more: Mapping[str, object] | None = None) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _decode_union(inner, value)
    if origin is tuple:
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_decode(inner[0], one) for one in value)
        return tuple(_decode(one, part) for one, part in zip(inner, value, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {_decode(inner[0], key): _decode(inner[1], one) for key, one in value.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        known = {name: _decode(hints[name], one) for name, one in value.items()}
        return kind(**known, **(more or {}))
    if issubclass(kind, Enum):
        return kind(value)
    if kind is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, kind):
        raise TypeError(kind)
    return value


def _decode_union(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None:
        return None
    exact = next((kind for kind in kinds if kind is type(value)), None)
    return _decode(exact or next(kind for kind in kinds if kind is not type(None)), value)


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)
