import os
import plistlib
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlater.errors import InputError
from readlater.library.page_files import PageFile, read_page_file
from readlater.words import sentence

LIMIT = 1_000_000
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
STORY = "https://example.org/2024/a-story"


@pytest.fixture
def read(tmp_path: Path):
    def read_file(name: str, body: bytes, limit_bytes: int = LIMIT) -> PageFile:
        file = tmp_path / name
        file.write_bytes(body)
        return read_page_file(file, limit_bytes=limit_bytes)

    return read_file


def _code(read, name: str, body: bytes, limit_bytes: int = LIMIT) -> str:
    with pytest.raises(InputError) as caught:
        read(name, body, limit_bytes)
    assert sentence(caught.value.problem)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_windows_shortcut_is_its_address(read, encoding: str) -> None:
    text = (
        "[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,11\r\n"
        f"[InternetShortcut]\r\nIDList=\r\nURL={STORY}?a=ü&b=c=d\r\n"
    )
    assert read("Story.url", text.encode(encoding)).urls == (f"{STORY}?a=ü&b=c=d",)


def test_a_shortcut_is_known_by_its_content_under_any_name(read) -> None:
    found = read("Story", f"[InternetShortcut]\nurl = {STORY}\n".encode())
    assert (found.kind, found.urls) == ("links", (STORY,))


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_a_webloc_is_its_address(read, form: plistlib.PlistFormat) -> None:
    assert read("Story.webloc", plistlib.dumps({"URL": STORY}, fmt=form)).urls == (STORY,)


def test_a_desktop_link_is_its_address_and_a_program_is_refused(read) -> None:
    link = f"#!/usr/bin/env xdg-open\n[Desktop Entry]\nType=Link\nName=Story\nURL[$e]={STORY}\n"
    assert read("story.desktop", link.encode()).urls == (STORY,)
    program = b"[Desktop Entry]\nType=Application\nExec=rm\nURL=https://example.org/\n"
    assert _code(read, "evil.desktop", program) == "not_a_page_file"


def test_a_shortcut_to_elsewhere_is_told(read) -> None:
    assert _code(read, "a.url", b"[InternetShortcut]\nURL=file:///etc/passwd\n") == "not_http"
    assert _code(read, "a.url", b"[InternetShortcut]\nURL=\n") == "no_link"


def test_a_text_is_its_links(read) -> None:
    found = read("reading list.md", f"- [a]({STORY}) and\n- www.example.org\n- {STORY}\n".encode())
    assert found == PageFile("links", urls=(STORY, "https://www.example.org"))
    assert _code(read, "poem.txt", b"no link at all") == "no_link"


@pytest.mark.parametrize(
    "head",
    [
        f"<!-- saved from url=(0032){STORY} -->",
        f"<!--\n Page saved with SingleFile \n url: {STORY} \n saved date: Tue May 14 2024\n-->",
        f"<!-- Saved from {STORY} at 2024-05-14T10:00:00Z using monolith v2.8 -->",
        f'<link rel="canonical" href="{STORY}">',
        f"<link href={STORY} rel='shortlink canonical'>",
        f'<meta content="{STORY}" property="og:url">',
        f'<base href="{STORY}">',
        # Sites point the canonical link at their home page.
        f'<link rel="canonical" href="https://example.org/"><meta property="og:url" '
        f'content="{STORY}">',
        # The mark that stands for no address (a local page).
        f'<!-- saved from url=(0014)about:internet --><link rel="canonical" href="{STORY}">',
        f'<link rel="canonical" href="/relative"><meta property="og:url" content="{STORY}">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_saved_page_knows_where_it_came_from(read, head: str, encoding: str) -> None:
    body = f"<!DOCTYPE html><html><head>{head}</head><body><p>Text</p></body></html>"
    found = read("Story.html", body.encode(encoding))
    assert (found.kind, found.url, found.content_type) == ("page", STORY, "text/html")
    assert found.body == body.encode(encoding)


def test_the_programs_comment_wins_over_what_the_page_declares(read) -> None:
    body = (
        f"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: {STORY}?gift=a&b=1 \n-->"
        f'<link rel=canonical href="{STORY}">'
    )
    assert read("a.htm", body.encode()).url == f"{STORY}?gift=a&b=1"


def test_what_stands_in_the_body_is_no_address(read) -> None:
    body = f'<html><body><!-- saved from url=() --><link rel="canonical" href="{STORY}"></body>'
    assert read("a.html", body.encode()).url == ""


def test_xhtml_is_told_apart_and_a_page_needs_no_ending(read) -> None:
    body = b'<?xml version="1.0"?><!-- x --><html xmlns="http://www.w3.org/1999/xhtml"></html>'
    assert read("a.xhtml", body).content_type == "application/xhtml+xml"
    assert read("a", body).kind == "page"


def _mhtml(*parts: tuple[str, str, bytes], top: str = "") -> bytes:
    lines = [b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", top.encode()]
    lines.append(b'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n')
    for content_type, location, body in parts:
        lines.append(f"----x\r\nContent-Type: {content_type}\r\n".encode())
        lines.append(f"Content-Location: {location}\r\n".encode())
        lines.append(b"Content-Transfer-Encoding: base64\r\n\r\n" + b64encode(body) + b"\r\n")
    return b"".join(lines) + b"----x--\r\n"


def test_an_archive_gives_its_page_and_its_pictures(read) -> None:
    page = "<p>Über</p>".encode("cp1252")
    body = _mhtml(
        ("text/html", "https://ads.example.net/frame", b"<p>an advertisement</p>"),
        ("text/html; charset=windows-1252", STORY, page),
        ("image/png", "https://example.org/p.png", PNG),
        ("image/jpeg", "/relative.png", PNG),
        ("image/png", "https://example.org/no-picture", b"<script>"),
        ("image/png", "cid:1@x", PNG),
        ("text/css", "https://example.org/s.css", b"p{}"),
        top=f"Snapshot-Content-Location: {STORY}\r\n",
    )
    for name in ("Story.mhtml", "Story.mht", "Story.html", "Story"):
        found = read(name, body)
        assert (found.kind, found.url, found.body) == ("page", STORY, page)
        assert found.content_type == "text/html; charset=windows-1252"
        assert [(picture.url, picture.media_type) for picture in found.pictures] == [
            ("https://example.org/p.png", "image/png"),
            ("https://example.org/relative.png", "image/png"),
        ]
        assert found.pictures[0].body == PNG


def test_an_archive_without_a_page_or_an_address(read) -> None:
    assert _code(read, "a.mhtml", _mhtml(("image/png", "x", PNG))) == "not_a_page_file"
    found = read("a.mhtml", _mhtml(("text/html", "cid:frame@mhtml.blink", b"<p>x")))
    assert (found.url, found.body) == ("", b"<p>x")


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("paper.pdf", b"%PDF-1.7\n", "is_pdf"),
        ("paper.html", b"\xef\xbb\xbf\n%PDF-1.7\n", "is_pdf"),
        ("photo.png", PNG, "is_picture"),
        ("photo.html", b"\xff\xd8\xff\xe0" + bytes(20), "is_picture"),
        ("photo.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "is_picture"),
        ("photo.avif", b"\x00\x00\x00\x1cftypavif", "is_picture"),
        ("drawing.svg", b'<?xml version="1.0"?>\n<!-- x --><svg xmlns=""/>', "is_picture"),
        ("letter.docx", b"PK\x03\x04\x14\x00", "not_a_page_file"),
        ("program.html", b"\x7fELF\x02\x01\x01\x00", "not_a_page_file"),
        ("table.csv", b"a,b\n1,2\n", "not_a_page_file"),
        ("empty.html", b"", "not_a_page_file"),
        ("a.webloc", b"<plist><dict><key>URL</key></dict></plist>", "not_a_page_file"),
        ("a.webloc", b"bplist00damaged", "not_a_page_file"),
        ("a.webloc", plistlib.dumps(["https://example.org/"]), "not_a_page_file"),
    ],
)
def test_what_is_no_page_is_refused_by_its_content(read, name: str, body: bytes, code: str) -> None:
    assert _code(read, name, body) == code


def test_an_entity_bomb_in_a_webloc_is_refused(read) -> None:
    bomb = b'<!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><dict><key>&a;</key></dict></plist>'
    assert _code(read, "a.webloc", bomb) == "not_a_page_file"


def test_a_folder_a_missing_file_and_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    for path, code in (
        (tmp_path, "is_folder"),
        (tmp_path / "missing.html", "unreadable_file"),
        (tmp_path / ("x" * 300), "unreadable_file"),
        (tmp_path / "zero\0.html", "unreadable_file"),
        (tmp_path / "pipe.html", "not_a_page_file"),
    ):
        with pytest.raises(InputError) as caught:
            read_page_file(path, limit_bytes=LIMIT)
        assert caught.value.code == code


def test_a_name_of_any_bytes_can_be_told(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.bin"))
    file.write_bytes(b"\x00")
    with pytest.raises(InputError) as caught:
        read_page_file(file, limit_bytes=LIMIT)
    assert "caf?.bin" in sentence(caught.value.problem).encode("utf-8").decode("utf-8")


def test_the_limit_is_exact_and_a_large_pdf_is_still_a_pdf(read) -> None:
    page = b"<html>".ljust(8000, b" ")
    assert read("a.html", page, 8000).body == page
    assert _code(read, "a.html", page, 7999) == "file_too_large"
    assert _code(read, "a.pdf", b"%PDF-1.4".ljust(9000, b" "), 100) == "is_pdf"


NAMES = st.sampled_from(
    ["a.html", "a.mhtml", "a.url", "a.webloc", "a.desktop", "a.txt", "a.xhtml", "a", "a.bin"]
)
STARTS = st.sampled_from(
    [
        b"", b"bplist00", b"<?xml?><plist>", b"[InternetShortcut]\nURL=", b"[Desktop Entry]\n",
        b"\xff\xfe", b"<html>", b"<!-- saved from url=(1)http", b"<link rel=canonical href=http://",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n",
        b"Content-Type: text/html; charset=", b"Content-Type: text/html\nContent-Location: ",
    ]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(NAMES, STARTS, st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_a_page_file_or_an_input_error(
    read, name: str, start: bytes, rest: bytes
) -> None:
    try:
        found = read(name, start + rest)
    except InputError as error:
        sentence(error.problem).encode("utf-8")
        return
    assert found.kind in {"page", "links"}
    assert bool(found.urls) == (found.kind == "links")
