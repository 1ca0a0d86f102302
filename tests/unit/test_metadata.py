from __future__ import annotations

from pathlib import Path

import pytest

from readlater.pipeline import bylines, dates, decode, metadata, titles
from readlater.pipeline.metadata import Metadata
from readlater.pipeline.reading_time import word_count

PAGES = Path(__file__).resolve().parents[1] / "pages"


def read(html: str, url: str = "https://www.tern.example/a") -> Metadata:
    return metadata.read(decode.parse(html), url)


def test_a_graph_with_a_trailing_comma_gives_everything() -> None:
    about = read((PAGES / "ferry.html").read_text(), "https://tern.example/2026/01/ferry?x=1")
    assert about.title == "Island ferry keeps its winter timetable"
    assert about.byline == "Mara Quill, Tom Reed"
    assert about.published == "2026-01-14T08:05:00+01:00"
    assert about.site_name == "The Tern"
    assert about.language == "en-GB"
    assert about.canonical == "https://tern.example/2026/01/ferry"
    assert about.lead_image == "https://tern.example/pictures/ferry-1200.jpg"
    assert about.free is True


@pytest.mark.parametrize(
    ("title", "site", "bare"),
    [
        ("A boat returns | The Tern", "The Tern", "A boat returns"),
        ("The Tern: A boat returns", "Tern", "The Tern: A boat returns"),
        ("The Tern - A boat returns", "The Tern", "A boat returns"),
        ("Half-life - a love story", "Half-life", "a love story"),
        ("One long headline with many words – News", "x", "One long headline with many words"),
        ("No separator at all", "The Tern", "No separator at all"),
    ],
)
def test_the_title_loses_the_name_of_the_site(title: str, site: str, bare: str) -> None:
    assert titles.without_site(title, site) == bare


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("2026-01-14T08:05:00+0100", "2026-01-14T08:05:00+01:00"),
        ("2026-01-14 08:05", "2026-01-14T08:05:00"),
        ("14. März 2026", "2026-03-14"),
        ("3 de mayo de 2026", "2026-05-03"),
        ("March 4th, 2026", "2026-03-04"),
        ("2026年3月4日", "2026-03-04"),
        ("04.03.2026", "2026-03-04"),
        ("20260304", "2026-03-04"),
        ("Wed, 04 Mar 2026 10:00:00 GMT", "2026-03-04"),
        ("2026-02-31", ""),
        ("soon", ""),
    ],
)
def test_dates_as_they_are_written(said: str, iso: str) -> None:
    assert dates.iso(said) == iso


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("By Mara Quill and Tom Reed", "Mara Quill, Tom Reed"),
        ("Von Karin Lohse", "Karin Lohse"),
        ("Mara Quill | Staff writer", "Mara Quill"),
        ("admin", ""),
        ("https://tern.example/people/7", ""),
    ],
)
def test_a_byline_is_people(said: str, people: str) -> None:
    html = f'<meta name="author" content="{said}">'
    assert read(html).byline == people


def test_people_named_by_id_in_a_graph() -> None:
    html = (
        '<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "x",'
        ' "author": {"@id": "#p"}},'
        ' {"@type": "Person", "@id": "#p", "name": "Ada Byrne"}]}</script>'
    )
    assert read(html).byline == "Ada Byrne"
    assert bylines.__doc__


@pytest.mark.parametrize(
    ("html", "language", "direction"),
    [
        ('<html lang="ar"><p>x', "ar", "rtl"),
        ('<html lang="fa-IR"><p>x', "fa-IR", "rtl"),
        ('<html dir="rtl"><p>x', "", "rtl"),
        ('<meta property="og:locale" content="de_AT"><p>x', "de-AT", "ltr"),
        ('<html lang="none at all"><p>x', "", "ltr"),
    ],
)
def test_language_and_direction(html: str, language: str, direction: str) -> None:
    about = read(html)
    assert (about.language, about.direction) == (language, direction)


def test_words_are_counted_with_and_without_spaces() -> None:
    assert word_count("Don’t count 1,240 as two.") == 5
    assert word_count("港町の町議会") == 3
    assert word_count("") == 0
