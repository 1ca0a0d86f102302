"""Frames and values on the pipe: what is sent arrives, and nothing else is taken for it."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlater.article import Access, Article, Evidence, Extracted, Problem, Removed, Response
from readlater.worker import wire

_texts = st.text(st.characters(), max_size=20)
_evidence = st.builds(Evidence, _texts, _texts, st.integers(0, 9), st.integers(0, 9))
_removed = st.builds(Removed, _texts, _texts, _texts, _texts)
_extracted = st.builds(
    Extracted,
    title=_texts,
    html=_texts,
    word_count=st.integers(0, 10**6),
    access=st.sampled_from(Access),
    evidence=st.lists(_evidence, max_size=3).map(tuple),
    removed=st.lists(_removed, max_size=3).map(tuple),
    pictures=st.lists(_texts, max_size=3).map(tuple),
)


@given(_extracted, st.binary(max_size=50))
def test_a_value_comes_back_as_it_went(value: Extracted, body: bytes) -> None:
    pipe = io.BytesIO()
    wire.send(pipe, {"value": wire.encode(value)}, body)
    pipe.seek(0)
    frame = wire.receive(pipe)
    assert frame is not None
    assert wire.decode(Extracted, frame[0]["value"]) == value
    assert frame[1] == body
    assert wire.receive(pipe) is None


def test_a_response_travels_with_its_bytes_beside_it() -> None:
    response = Response("https://e.org/", 200, (("A", "b"), ("A", "c")), b"\0\xff", "text/html")
    sent = wire.encode(response, without="body")
    assert wire.decode(Response, sent, body=b"\0\xff") == response


def test_optional_fields_and_mappings_come_back() -> None:
    article = Article(7, "u", 1.5, problem=Problem("refused", {"host": "h", "status": 403}))
    assert wire.decode(Article, wire.encode(article)) == article


@pytest.mark.parametrize("cut", [1, 7, 8, 12, 30])
def test_half_a_frame_is_broken(cut: int) -> None:
    pipe = io.BytesIO()
    wire.send(pipe, {"title": "whole"}, b"0123456789")
    with pytest.raises(wire.BrokenFrameError):
        wire.receive(io.BytesIO(pipe.getvalue()[:cut]))


@pytest.mark.parametrize(
    "frame",
    [
        struct.pack(">II", 2**32 - 1, 0),
        struct.pack(">II", 3, 0) + b"no!",
        struct.pack(">II", 2, 0) + b"[]",
    ],
)
def test_what_is_no_frame_is_broken(frame: bytes) -> None:
    with pytest.raises(wire.BrokenFrameError):
        wire.receive(io.BytesIO(frame))


@pytest.mark.parametrize(
    "value", [{"title": 5}, {"access": "royal"}, {"nothing": 1}, {"html": None}]
)
def test_a_wrong_value_is_refused(value: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        wire.decode(Extracted, value)


def test_what_has_no_form_in_json_is_refused() -> None:
    @dataclass(frozen=True)
    class Odd:
        value: object

    with pytest.raises(TypeError):
        wire.encode(Odd(object()))
