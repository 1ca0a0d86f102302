"""The icon of a site: which one, fetched once a site, kept small, shown for its articles alone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from conftest import LOOPBACK
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring
from PIL import Image
from site_server import Reply, Site, article, png

from readlater.article import Status
from readlater.library import Library, open_library
from readlater.pipeline import thumbnail
from readlater.pipeline.about import page, site_icons
from readlater.worker import Worker

URL = "https://tides.example/book/1"


def found(head: str) -> str:
    root = document_fromstring(f"<html><head>{head}</head><body><p>Text</p></body></html>")
    return site_icons.find(page.look(root, URL, ()))


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("", "https://tides.example/favicon.ico"),
        ('<link rel="shortcut icon" href="/a.ico">', "https://tides.example/a.ico"),
        ('<link rel=icon href=a.png><base href="https://cdn.example/x/">',
         "https://cdn.example/x/a.png"),
        ('<link rel=icon sizes=16x16 href=/16.png><link rel=icon sizes=96x96 href=/96.png>'
         '<link rel=icon sizes=512x512 href=/512.png>', "https://tides.example/96.png"),
        ('<link rel=icon sizes=16x16 href=/16.png><link rel=icon sizes=32x32 href=/32.png>',
         "https://tides.example/32.png"),
        ('<link rel=icon sizes="16x16 32x32 256x256" href=/all.ico><link rel=icon href=/a.png>',
         "https://tides.example/all.ico"),
        ("<link rel=icon href=/a.png><link rel=apple-touch-icon href=/touch.png>",
         "https://tides.example/touch.png"),
        ("<link rel=icon type=image/svg+xml href=/a><link rel=icon href=/b.svg?v=2>",
         "https://tides.example/favicon.ico"),
        ("<link rel=mask-icon href=/mask.svg color=red>", "https://tides.example/favicon.ico"),
        ("<link rel=icon media='(prefers-color-scheme: dark)' href=/d.png>"
         "<link rel=icon href=/l.png>", "https://tides.example/l.png"),
        ('<link rel=icon href="data:,">', ""),
        ('<link rel=icon href="data:image/png;base64,AAAA"><link rel=icon href=/a.png>',
         "https://tides.example/a.png"),
        ("<link rel=icon href='javascript:alert(1)'>", "https://tides.example/favicon.ico"),
        ("<link rel=icon href='http://[bad'>", "https://tides.example/favicon.ico"),
    ],
)  # fmt: skip
def test_the_icon_that_suits_best(head: str, wanted: str) -> None:
    assert found(head) == wanted


def test_a_saved_page_without_an_address_has_none() -> None:
    root = document_fromstring("<html><body><p>Text</p></body></html>")
    assert site_icons.find(page.look(root, "", ())) == ""


@given(st.text(max_size=60), st.text(max_size=20))
def test_whatever_a_page_says_it_is_an_address_or_nothing(href: str, sizes: str) -> None:
    root = document_fromstring("<html><head><link rel=icon></head><body><p>a</p></body></html>")
    (link,) = root.iter("link")
    for name, value in (("href", href), ("sizes", sizes)):
        try:
            link.set(name, value)
        except ValueError:  # no XML, so no page either
            return
    got = site_icons.find(page.look(root, URL, ()))
    assert not got or got.startswith(("http://", "https://"))


def drawn(kind: str, size: tuple[int, int] = (48, 48), colour: str = "#2f6f6aff") -> bytes:
    out = io.BytesIO()
    image = Image.new("RGBA", size, colour)
    if kind == "ICO":
        image.save(out, kind, sizes=[(16, 16), (48, 48), size])
    else:
        image.convert("RGB" if kind == "JPEG" else "RGBA").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "ICO", "JPEG", "GIF", "WEBP"])
def test_every_kind_of_raster_icon_becomes_a_small_png(kind: str) -> None:
    made = thumbnail.icon(drawn(kind, (256, 256)), 64)
    assert made is not None
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size) == ("PNG", (64, 64))


def test_an_icon_is_kept_whole_and_never_made_larger() -> None:
    made = thumbnail.icon(drawn("PNG", (40, 20)), 64)
    assert made is not None
    with Image.open(io.BytesIO(made)) as image:
        assert image.size == (40, 40)
        assert image.getpixel((20, 20))[3] == 255
        assert image.getpixel((20, 2))[3] == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        drawn("PNG", (1, 1)),
        drawn("PNG", (3000, 3000)),
        drawn("PNG", colour="#00000000"),
        drawn("ICO")[:40],
        png()[:60],
    ],
    ids=["empty", "svg", "dot", "large", "clear", "cut ico", "cut png"],
)
def test_what_is_no_icon_is_none(body: bytes) -> None:
    assert thumbnail.icon(body, 64) is None


def work(library: Library) -> None:
    while library.fetching.step():
        pass


def test_a_site_is_asked_once_for_all_of_its_articles(library: Library, site: Site) -> None:
    head = "<link rel=icon href=/little.png>"
    for n in range(4):
        site.pages[f"/{n}"] = article(f"Story {n}", f"Word{n}", head=head)
    site.pages["/little.png"] = Reply(png(width=128, height=128), content_type="image/png")
    ids = library.saving.add([site.url(f"/{n}") for n in range(4)]).ids
    work(library)
    assert site.asked.count("/little.png") == 1
    icons = {library.reading.page(row).icon for row in ids}
    assert len(icons) == 1
    body, kind = library.reading.asset(icons.pop()) or (b"", "")
    assert kind == "image/png"
    with Image.open(io.BytesIO(body)) as image:
        assert image.size == (64, 64)


def test_favicon_ico_where_the_page_names_none(library: Library, site: Site) -> None:
    site.pages["/favicon.ico"] = Reply(drawn("ICO"), content_type="image/x-icon")
    site.pages["/a"] = article("A")
    (row,) = library.saving.add([site.url("/a")]).ids
    work(library)
    assert site.asked == ["/a", "/favicon.ico"]
    assert library.reading.page(row).icon


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"gone", 404),
        Reply(b"<html>no picture</html>"),
        Reply(b"<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/svg+xml"),
        Reply(b"\x89PNG\r\n\x1a\n" + b"\0" * 2_000_000, content_type="image/png"),
    ],
    ids=["gone", "a page", "svg", "huge"],
)
def test_an_icon_that_does_not_come_changes_nothing_else(
    library: Library, site: Site, reply: Reply
) -> None:
    head = "<link rel=icon href=/i.png>"
    site.pages |= {"/a": article("A", head=head), "/b": article("B", "Other", head=head)}
    site.pages["/i.png"] = reply
    ids = library.saving.add([site.url("/a"), site.url("/b")]).ids
    work(library)
    assert all(library.reading.article(row).status is Status.READY for row in ids)
    assert [library.reading.page(row).icon for row in ids] == ["", ""]
    assert site.asked.count("/i.png") == 1


def test_the_article_is_there_before_its_icon_is_asked_for(library: Library, site: Site) -> None:
    seen: list[Status] = []

    def icon() -> Reply:
        seen.extend(library.reading.article(row).status for row in ids)
        return Reply(png(), content_type="image/png")

    site.pages["/a"] = article("A", head="<link rel=icon href=/i.png>")
    site.pages["/i.png"] = icon
    ids = library.saving.add([site.url("/a")]).ids
    work(library)
    assert seen == [Status.READY]


def test_it_is_looked_for_again_after_a_month(tmp_path: Path, worker: Worker, site: Site) -> None:
    now = [1_000_000.0]
    held = open_library(tmp_path / "library", LOOPBACK, worker=worker, clock=lambda: now[0])
    head = "<link rel=icon href=/i.png>"
    for n, (days, colour) in enumerate([(0, (9, 9, 9)), (20, (80, 80, 80)), (20, (200, 9, 9))]):
        now[0] += days * 86_400
        site.pages[f"/{n}"] = article(f"Story {n}", f"Word{n}", head=head)
        site.pages["/i.png"] = Reply(png(colour), content_type="image/png")
        (row,) = held.saving.add([site.url(f"/{n}")]).ids
        work(held)
        assert held.reading.page(row).icon
    assert site.asked.count("/i.png") == 2
    held.close()


def test_an_icon_goes_with_the_last_article_of_its_site(library: Library, site: Site) -> None:
    head = "<link rel=icon href=/i.png>"
    site.pages |= {"/a": article("A", head=head), "/b": article("B", "Other", head=head)}
    site.pages["/i.png"] = Reply(png(), content_type="image/png")
    one, two = library.saving.add([site.url("/a"), site.url("/b")]).ids
    work(library)
    icon = library.reading.page(one).icon
    library.tidying.trash([one])
    library.tidying.empty_trash()
    assert library.reading.asset(icon) is not None
    assert library.reading.page(two).icon == icon
    library.tidying.trash([two])
    library.tidying.empty_trash()
    assert library.reading.asset(icon) is None


def test_a_damaged_icon_is_forgotten_by_the_doctor(library: Library, site: Site) -> None:
    site.pages["/a"] = article("A", head="<link rel=icon href=/i.png>")
    site.pages["/i.png"] = Reply(png(), content_type="image/png")
    (row,) = library.saving.add([site.url("/a")]).ids
    work(library)
    icon = library.reading.page(row).icon
    file: Path = library.folder / "assets" / icon[:2] / icon
    file.write_bytes(b"nothing")
    library.caring.doctor()
    assert library.reading.page(row).icon == ""
    assert library.reading.article(row).status is Status.READY
