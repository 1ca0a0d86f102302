"""The pure parts of the reader: what may be answered, how an article fills the page, colours."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QSize
from PySide6.QtGui import QColor, QImage
from reader_stage import DIGEST, OTHER, article, page

from readlater import resources, words
from readlater.article import Access
from readlater.ui import icons
from readlater.ui.reader import walls
from readlater.ui.reader.colours import colours
from readlater.ui.reader.surface import safe
from readlater.ui.reader.template import fill, long_date

OPEN = walls.opened(42, f'<p><img alt="x" src="/asset/{DIGEST}"></p>')
THEMES = ("light", "sepia", "dark", "black")


@pytest.mark.parametrize(
    ("authority", "path"),
    [
        ("reader", "/"),
        ("reader", "/css/reader.css"),
        ("reader", "/font/literata-latin-opsz-normal.woff2"),
        ("a42", f"/asset/{DIGEST}"),
    ],
)
def test_what_is_answered(authority, path) -> None:
    assert walls.answer("readlater", authority, path, "", OPEN) is not None


@pytest.mark.parametrize(
    ("scheme", "authority", "path", "query"),
    [
        ("https", "reader", "/", ""),
        ("file", "", "/etc/passwd", ""),
        ("readlater", "reader", "/", "a=1"),
        ("readlater", "reader:80", "/", ""),
        ("readlater", "x@reader", "/", ""),
        ("readlater", "reader", "/css/other.css", ""),
        ("readlater", "reader", "/font/../css/reader.css", ""),
        ("readlater", "reader", "/font/none.woff2", ""),
        ("readlater", "reader", f"/asset/{DIGEST}", ""),
        ("readlater", "a42", "/", ""),
        ("readlater", "a42", f"/asset/{OTHER}", ""),
        ("readlater", "a42", f"/asset/{DIGEST}", "x"),
        ("readlater", "a42", f"/asset/{DIGEST}/..", ""),
        ("readlater", "a43", f"/asset/{DIGEST}", ""),
        ("readlater", "a0", f"/asset/{DIGEST}", ""),
    ],
)
def test_what_is_refused(scheme, authority, path, query) -> None:
    assert walls.answer(scheme, authority, path, query, OPEN) is None


@given(st.text(), st.text())
def test_nothing_is_answered_while_nothing_is_open(authority, path) -> None:
    found = walls.answer("readlater", authority, path, "", walls.Opened())
    assert found is None or authority == "reader"


def test_the_policy_names_no_other_source() -> None:
    sources = set(re.findall(r"[a-z]+:(?://)?", walls.POLICY))
    assert sources == {"readlater:"}
    assert "unsafe" not in walls.POLICY
    assert walls.POLICY.startswith("default-src 'none'")
    assert b"script" not in walls.shell_page("light")


def test_style_sheets_name_only_our_files() -> None:
    for name in ("colours", "fonts", "reader"):
        sheet = resources.text(f"css/{name}.css")
        assert "@import" not in sheet
        for address in re.findall(r"url\(([^)]*)\)", sheet):
            assert walls.answer("readlater", "reader", address, "", walls.Opened()), address


def test_pictures_and_missing_words_pass_the_second_cleaning() -> None:
    text = (
        f'<p><img alt="A wall" src="/asset/{DIGEST}"></p>'
        '<p><span class="rl-missing">A map of the “bay”</span></p>'
    )
    assert safe(text) == text
    assert "script" not in safe(text + "<script>alert(1)</script><link rel=preconnect href=//x>")


def test_a_remote_picture_becomes_its_words() -> None:
    assert "site.example" not in safe('<img src="https://site.example/a.png" alt="A wall">')


@given(st.text(), st.text(), st.text())
def test_words_of_a_page_are_escaped_in_the_head(title, byline, tag) -> None:
    filled = fill(page("", title=title, byline=byline, site_name=byline, tags=(tag,)), "")
    bare = re.sub(
        r'</?(?:div|span|bdi|h1|a)(?: class="[a-z0-9 -]+")?(?: aria-hidden="true")?'
        r'(?: href="readlater://reader/deed/tag/[A-Za-z0-9%._~-]*")?>',
        "",
        filled.header,
    )
    assert "<" not in bare
    assert ">" not in bare


def test_the_deeds_at_the_end_run_as_the_window_does() -> None:
    assert '<nav class="after" lang="en-US" dir="ltr">' in _end_in("en_US")
    assert '<nav class="after" lang="he-IL" dir="rtl">' in _end_in("he_IL")


def _end_in(locale: str) -> str:
    was = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        return fill(page(""), "").end
    finally:
        QLocale.setDefault(was)


@pytest.mark.parametrize("access", [a for a in Access if a is not Access.FULL])
def test_every_copy_that_is_not_full_says_so(access) -> None:
    filled = fill(page("", access=access, removed_count=1), "<p>Text</p>")
    assert words.ACCESS[access] in filled.header
    assert "1 block was taken out." in filled.end
    assert walls.REMOVED in filled.end


def test_a_full_copy_wears_no_badge() -> None:
    filled = fill(page("", access=Access.FULL, removed_count=3), "<p>Text</p>")
    assert "pill" not in filled.header
    assert "3 blocks were taken out." in filled.end
    assert "delivered" not in filled.end
    assert "<footer" not in fill(page("", access=Access.FULL), "<p>Text</p>").end
    back = fill(page("", access=Access.FULL, put_back_count=2), "<p>Text</p>")
    assert "2 blocks were put back." in back.end
    assert not filled.cut


def test_the_fade_needs_a_text() -> None:
    assert fill(page("", access=Access.PREVIEW), "<p>Text</p>").cut
    assert not fill(page("", access=Access.PREVIEW), "<p> </p>").cut
    assert not fill(page("", access=Access.BOT_WALL), "<p>Text</p>").cut


@pytest.mark.parametrize(
    ("locale", "wanted"),
    [
        ("en_GB", "3 November 2026"),
        ("en_US", "November 3, 2026"),
        ("de_DE", "3. November 2026"),
        ("ja_JP", "2026年11月3日"),
        ("fr_FR", "3 novembre 2026"),
    ],
)
def test_dates_in_the_words_of_a_language(locale, wanted) -> None:
    assert long_date("2026-11-03T08:00:00Z", QLocale(locale)) == wanted


@pytest.mark.parametrize("published", ["", "yesterday", "2026-13-40", "2026"])
def test_a_date_that_is_none_is_left_out(published) -> None:
    assert long_date(published, QLocale("en_GB")) == ""


def test_an_article_without_anything_still_has_a_title() -> None:
    assert article().url in fill(page(""), "").header


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = QColor(colour).getRgbF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_colours_can_be_read(theme) -> None:
    named = colours(theme)
    assert contrast(named["text"], named["canvas"]) >= 7
    for name in ("quiet", "accent", "danger", "amber", "blue", "violet"):
        for under in ("canvas", "surface", "raised"):
            assert contrast(named[name], named[under]) >= 4.5, (name, under)
    for mark in range(1, 5):
        assert contrast(named["text"], named[f"mark-{mark}"]) >= 4.5, mark


def test_themes_name_the_same_colours() -> None:
    assert len({frozenset(colours(theme)) for theme in THEMES}) == 1
    with pytest.raises(KeyError):
        colours("none")


@pytest.mark.parametrize("size_px", [16, 20])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_icons_are_drawn_in_their_colour(qapp, size_px, scale) -> None:
    pixmap = icons.icon("archive", "#ff0000", size_px).pixmap(QSize(size_px, size_px), scale)
    assert pixmap.width() == round(size_px * scale)
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    drawn = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    ]
    assert drawn
    assert all(c.red() > 200 and c.green() < 60 for c in drawn)


def test_icons_are_kept_and_unknown_ones_are_an_error(qapp) -> None:
    assert icons.icon("star", "#000000") is icons.icon("star", QColor("black"))
    assert 'stroke="#123456"' in icons.svg("star", QColor("#123456"))
    with pytest.raises(FileNotFoundError):
        icons.svg("no-such-icon")


def test_every_icon_can_be_drawn(qapp) -> None:
    names = [file.stem for file in resources.path("icons").glob("*.svg")]
    assert set(icons.ACCESS_ICONS.values()) <= set(names)
    for name in names:
        image = icons.icon(name, "#000000", 16).pixmap(QSize(16, 16), 1.0).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), name
