"""Bytes to text to a tree: each way a page may name its encoding, and none at all."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import tostring

from readlater.pipeline import charsets, decode

HOSTILE = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "hostile"
needs_corpus = pytest.mark.skipif(not HOSTILE.is_dir(), reason="../shared/corpus is not here")
GERMAN = "Größe, Straße, „Übermut“ – naïve façade"
RUSSIAN = "Прилив поднялся быстрее, чем предсказывала любая модель, сказал смотритель порта. "


def records(name: str) -> list[dict[str, str]]:
    with (HOSTILE / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    ("body", "content_type", "encoding"),
    [
        (b"\xef\xbb\xbfx", "text/html; charset=windows-1251", "utf-8"),
        (b"\xff\xfex\0", None, "utf-16le"),
        (b"\xfe\xff\0x", None, "utf-16be"),
        (b"<meta charset=koi8-r>\xc1", "text/html; charset=ISO-8859-2", "iso-8859-2"),
        (b"<meta charset=koi8-r>\xc1", 'text/html;charset="latin1"', "windows-1252"),
        (b"<meta charset=koi8-r>\xc1", "text/html; charset=nonsense", "koi8-r"),
        (b"<meta charset='gb2312'>\xb0\xa1", None, "gbk"),
        (b"<META CHARSET = shift-jis >\x82\xa0", None, "shift_jis"),
        (
            b'<meta http-equiv=content-type content="text/html; charset=sjis">\x82\xa0',
            "",
            "shift_jis",
        ),
        (b'<meta content="text/html; charset=sjis">\xe9', None, "windows-1252"),
        (b"<!-- <meta charset=koi8-r> -->\xe9", None, "windows-1252"),
        (b"<a title='<meta charset=koi8-r>'>\xe9", None, "windows-1252"),
        (b"<metadata charset=koi8-r>\xe9", None, "windows-1252"),
        (b"<meta charset=utf-16>x", None, "utf-8"),
        (b"<meta charset=x-user-defined>\xe9", None, "windows-1252"),
        (b"<?xml version='1.0' encoding='windows-1250'?>\xe9", None, "windows-1250"),
        ("<?xml version='1.0'?><p>x".encode("utf-16-le"), None, "utf-16le"),
        (b"plain", None, "windows-1252"),
        (b"", None, "windows-1252"),
        ("é".encode(), None, "utf-8"),
        ("é, then é".encode()[:-1], None, "utf-8"),
        (b'\x1b$B$"\x1b(B', None, "iso-2022-jp"),
    ],
)
def test_the_encoding_is_found(body: bytes, content_type: str | None, encoding: str) -> None:
    assert decode.find_encoding(body, content_type) == encoding


def test_a_label_that_the_bytes_disprove_is_not_believed() -> None:
    assert decode.decode(GERMAN.encode(), "text/html; charset=iso-8859-1") == GERMAN
    wrong = decode.decode(GERMAN.encode("cp1252"), "text/html; charset=utf-8")
    assert wrong == GERMAN


def test_one_bad_byte_does_not_change_the_encoding() -> None:
    body = (RUSSIAN * 5).encode() + b"\xff" + RUSSIAN.encode()
    text = decode.decode(body, "text/html; charset=utf-8")
    assert text.count(RUSSIAN) == 6
    assert text.count("\ufffd") == 1


@pytest.mark.parametrize(
    ("text", "codec", "lang"),
    [
        (RUSSIAN * 3, "cp1251", ""),
        (RUSSIAN * 3, "koi8-r", ""),
        ("潮位はどの模型の予測よりも速く上がったと港長は月曜日に述べた。" * 4, "cp932", ""),
        ("潮位はどの模型の予測よりも速く上がったと港長は月曜日に述べた。" * 4, "euc_jp", "ja"),
        ("中文網頁的編碼檢測，這是一個例子。", "big5", "zh-TW"),
        ("조수가 어떤 모형의 예측보다 빨리 올랐다고 항만장이 말했다.", "cp949", "ko"),
        ("Zażółć gęślą jaźń", "cp1250", "pl"),
        ("שלום עולם", "cp1255", "he"),
        (GERMAN, "cp1252", "de"),
    ],
)
def test_an_unlabelled_page_is_read(text: str, codec: str, lang: str) -> None:
    body = f'<html lang="{lang}"><p>{text}</p>'.encode(codec)
    assert text in decode.decode(body, None)


@needs_corpus
def test_the_encodings_of_the_corpus() -> None:
    wrong = [
        record["src"]
        for record in records("bytes.jsonl")
        if decode.find_encoding(base64.b64decode(record["b64"]), None)
        != charsets.lookup(record["label"])
    ]
    # It needs scripts: the page writes its meta element with one.
    assert wrong == ["html5lib/html5lib-tests:encoding/scripted/tests1.dat"]


@given(st.binary(max_size=300), st.none() | st.text(max_size=40))
def test_any_bytes_become_text(body: bytes, content_type: str | None) -> None:
    name = decode.find_encoding(body, content_type)
    assert charsets.lookup(name) == name
    decode.decode(body, content_type).encode("utf-8")


def shown(html: str) -> str:
    return " ".join("".join(decode.parse(html).itertext()).split())


@given(st.text(st.characters(), max_size=200))
def test_any_text_becomes_a_tree(html: str) -> None:
    root = decode.parse(html)
    assert root.tag == "html"
    tostring(root, encoding="unicode")
    for element in root.iter():
        assert isinstance(element.tag, str)


@pytest.mark.parametrize("html", ["", " ", "\0", "<!-- only -->", "<?pi?>", "<!doctype html>"])
def test_nothing_has_a_root(html: str) -> None:
    assert decode.parse(html).tag == "html"


@pytest.mark.parametrize(
    "reference",
    ["&#1;", "&#0;", "&#xB;", "&#xD800;", "&#xFFFE;", "&#99999999999999999999;", "\x01"],
)
def test_what_no_tree_may_hold_can_be_copied(reference: str) -> None:
    root = decode.parse(f"<p>a{reference}b</p>")
    copy = root.makeelement("p")
    copy.text = next(root.iter("p")).text
    assert copy.text is not None
    assert copy.text.replace("\ufffd", "") == "ab"


@pytest.mark.parametrize(
    "unit", ["<div>", "<b>", "<font>x<p>", "<table><tr><td>", "<ul><li>x", "<q></x>"]
)
def test_deep_nesting_loses_no_text(unit: str) -> None:
    root = decode.parse(unit * 100_000 + "the end")
    assert "".join(root.itertext()).endswith("the end")


def test_much_of_anything_is_read_to_its_end() -> None:
    for unit in ("&#65;", "<p>x</p>", "<a href=x>y</a>", "<!-- -->", "<br>"):
        assert shown(unit * 50_000 + "the end").endswith("the end"), unit


def test_xhtml_keeps_what_follows_a_closed_script() -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><script src="x.js"/><title/></head>'
        "<body><p>whole</p></body></html>"
    )
    assert shown(page) == "whole"


@needs_corpus
@pytest.mark.parametrize(
    ("name", "field"), [("parse.jsonl", "html"), ("xml.jsonl", "xml"), ("text.jsonl", "text")]
)
def test_hostile_documents_are_parsed_without_reading_anything(name: str, field: str) -> None:
    for record in records(name):
        text = "".join(decode.parse(record[field]).itertext())
        assert "root:" not in text
        assert len(text) <= len(record[field]) * 4
