from __future__ import annotations

import random
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlater.pipeline import decode, metadata
from readlater.pipeline.about import languages, people, structured, written
from readlater.pipeline.about.page import look
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
    assert dict(about.sources)["byline"] == "json-ld"


@pytest.mark.parametrize(
    ("title", "site", "bare"),
    [
        ("A boat returns | The Tern", "The Tern", "A boat returns"),
        ("The Tern - A boat returns", "The Tern", "A boat returns"),
        ("Ferry keeps its winter timetable :: The Tern", "The Tern",
         "Ferry keeps its winter timetable"),
        ("No separator at all", "The Tern", "No separator at all"),
        ("Half-life: a love story of the islands", "The Tern",
         "Half-life: a love story of the islands"),
    ],
)  # fmt: skip
def test_the_title_loses_the_name_of_the_site(title: str, site: str, bare: str) -> None:
    html = f'<title>{title}</title><meta property="og:site_name" content="{site}"><p>Text.'
    assert read(html).title == bare


@pytest.mark.parametrize(
    ("said", "language", "iso"),
    [
        ("2026-01-14T08:05:00+0100", "", "2026-01-14T08:05:00+01:00"),
        ("2026-01-14 08:05", "", "2026-01-14T08:05:00"),
        ("2026-01-14T08:05:00 UTC", "", "2026-01-14T08:05:00Z"),
        ("14. März 2026", "de", "2026-03-14"),
        ("3 de mayo de 2026", "es", "2026-05-03"),
        ("March 4th, 2026", "en", "2026-03-04"),
        ("1er août 2026", "fr", "2026-08-01"),
        ("4 marca 2026 r.", "pl", "2026-03-04"),
        ("4 марта 2026", "ru", "2026-03-04"),
        ("2026年3月4日", "ja", "2026-03-04"),
        ("2026년 3월 4일", "ko", "2026-03-04"),
        ("٤ مارس ٢٠٢٦", "ar", "2026-03-04"),
        ("4 Mart 2026", "tr", "2026-03-04"),
        ("2026. március 4.", "hu", "2026-03-04"),
        ("04.03.2026", "de", "2026-03-04"),
        ("04/03/2026", "fr", "2026-03-04"),
        ("03/04/2026", "en-US", "2026-03-04"),
        ("31/12/2026", "en-US", "2026-12-31"),
        ("4.3.26", "de", "2026-03-04"),
        ("20260304", "", "2026-03-04"),
        ("1772582400", "", "2026-03-04T00:00:00+00:00"),
        ("Wed, 04 Mar 2026 10:00:00 GMT", "en", "2026-03-04T10:00:00+00:00"),
        ("2026-02-31", "", ""),
        ("Version 4.3.26.1", "de", ""),
        ("soon", "", ""),
    ],
)
def test_dates_as_they_are_written(said: str, language: str, iso: str) -> None:
    assert written.iso(said, language) == iso


@pytest.mark.parametrize(
    ("pieces", "names"),
    [
        (["By Mara Quill and Tom Reed"], ["Mara Quill", "Tom Reed"]),
        (["By", "Mara Quill", ",", "Tom Reed", "and", "Ada Byrne"],
         ["Mara Quill", "Tom Reed", "Ada Byrne"]),
        (["Von Karin Lohse und Jan Vogel"], ["Karin Lohse", "Jan Vogel"]),
        (["Par Odile Brun"], ["Odile Brun"]),
        (["Por Inés Rial y Juan Soto"], ["Inés Rial", "Juan Soto"]),
        (["Mara Quill | Staff writer"], ["Mara Quill"]),
        (["Mara Quill", "Senior Editor"], ["Mara Quill"]),
        (["Mara Quill", "March 4, 2026", "5 min read"], ["Mara Quill"]),
        (["Mara Quill, MD, PhD"], ["Mara Quill"]),
        (["Mara Quill mara@tern.example"], ["Mara Quill"]),
        (["View all posts by Mara Quill →"], ["Mara Quill"]),
        (["文/田中宏昌"], ["田中宏昌"]),
        (["Автор: Анна Петрова"], ["Анна Петрова"]),
        (["https://tern.example/people/7"], []),
        (["Share this article"], []),
        (["By signing up you agree to our terms"], []),
        (["March 2026"], []),
        ([], []),
    ],
)  # fmt: skip
def test_names_in_a_byline(pieces: list[str], names: list[str]) -> None:
    assert people.read(pieces) == names


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "Article", "headline": "Tide",}',
        '<!-- {"@type": "Article", "headline": "Tide"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Tide"}\n//]]>',
        '{"@type": "Article", "description": "two\nlines", "headline": "Tide"}',
        '{"@type": "Article", "description": "it\\\'s", "headline": "Tide"}',
        '{"@type": "Article" "headline": "Tide"}',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Tide&quot;}",
        '{"@type": "WebSite", "name": "x"}\n{"@type": "Article", "headline": "Tide"}',
        '[[{"@type": ["Thing", "NewsArticle"], "headline": "Tide"}]];',
        '{"@graph": [{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline":'
        ' "Tide"}}]}',
    ],
)
def test_broken_json_is_mended(script: str) -> None:
    assert structured.text(structured.read([script]).get("headline")) == "Tide"


def test_the_article_of_the_page_is_taken_and_not_one_it_links_to() -> None:
    scripts = [
        '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Other",'
        ' "author": "B", "datePublished": "2026-01-01", "image": "b.jpg"}]}',
        '{"@type": "NewsArticle", "headline": "Ferry keeps its timetable"}',
    ]
    found = structured.read(scripts, ["Ferry keeps its timetable | The Tern"])
    assert structured.text(found.get("headline")) == "Ferry keeps its timetable"


def test_people_named_by_id_in_a_graph() -> None:
    html = (
        '<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "x",'
        ' "author": {"@id": "#p"}},'
        ' {"@type": "Person", "@id": "#p", "name": "Ada Byrne"}]}</script>'
    )
    assert read(html).byline == "Ada Byrne"


GERMAN = (
    "<p>Die Fähre zur Insel fährt auch in diesem Winter zweimal am Tag, wie der Gemeinderat am"
    " Dienstag nach langer Aussprache beschlossen hat. Die Kosten dafür trägt der Kreis.</p>"
) * 3
PERSIAN = "<p>" + "کشتی جزیره در زمستان امسال نیز هر روز دو بار حرکت می‌کند. " * 4


@pytest.mark.parametrize(
    ("html", "language", "direction"),
    [
        ('<html lang="ar"><p>x', "ar", "rtl"),
        ('<html lang="fa-IR"><p>x', "fa-IR", "rtl"),
        ('<html dir="rtl"><p>x', "", "rtl"),
        ('<meta property="og:locale" content="de_AT"><p>x', "de-AT", "ltr"),
        ('<html lang="none at all"><p>x', "", "ltr"),
        (f"<html>{GERMAN}", "de", "ltr"),
        (f"<html>{PERSIAN}", "fa", "rtl"),
        (f'<html lang="en">{PERSIAN}', "fa", "rtl"),
        (f'<html lang="en-US">{GERMAN}', "de", "ltr"),
        (f'<html lang="en"><meta property="og:locale" content="de_DE">{GERMAN}', "de-DE", "ltr"),
        (f'<html lang="de-CH">{GERMAN}', "de-CH", "ltr"),
    ],
)
def test_language_and_direction(html: str, language: str, direction: str) -> None:
    about = read(html)
    assert (about.language, about.direction) == (language, direction)


def test_a_declared_language_is_not_guessed_anew() -> None:
    before = languages._model.cache_info()
    assert read('<html lang="en"><p>The ferry to the island is late and that is no news.').language
    assert languages._model.cache_info() == before


def test_each_value_knows_its_source() -> None:
    html = (
        "<title>Ferry keeps its timetable - The Tern</title>"
        '<meta property="article:published_time" content="2026-01-14">'
        '<meta property="og:image" content="/ferry.jpg"><h1>Ferry keeps its timetable</h1>'
        '<p class="byline">By Mara Quill</p>'
    )
    about = read(html)
    sources = dict(about.sources)
    assert sources["published"] == "meta:article:published_time"
    assert sources["lead_image"] == "meta:og:image"
    assert sources["byline"] == "marked"
    assert set(sources) == {f for f in sources if getattr(about, f)}


def test_words_are_counted_with_and_without_spaces() -> None:
    assert word_count("Don’t count 1,240 as two.") == 5
    assert word_count("港町の町議会") == 3
    assert word_count("") == 0


PIECES = [
    "<h1>", "</h1>", "<title>", "</title>", "By ", "Von ", "4.3.26", "<time datetime='", "'>",
    "<meta name='author' content='", "<script type='application/ld+json'>", "</script>", "{", "[",
    '"@type":"Article"', '"author":', "<a rel='author' href='//[x'>", "<div itemprop='author' ",
    "itemscope itemtype='x/Person'>", "<p class='byline date'>", " | ", " - ", "：", "年", "\u200f",
    "٤", "<base href='http://['>", "<link rel='canonical' href='http://[::1'>", "<svg><title>", "²",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40))
def test_no_page_is_an_error(parts: list[str]) -> None:
    read("".join(parts), "https://x.example/2026/13/45/")
    look(decode.parse("".join(parts)), "not an address")


@pytest.mark.parametrize(
    "unit", ["By ", " | ", "1.", "(", "<p>4.", "a-", ", ", "\n", "©", "{", '"']
)
def test_long_pages_of_one_thing_end(unit: str) -> None:
    many = unit * 60_000
    read(f"<title>{many}</title><h1>{many}</h1><p class='byline'>{many}</p>")
    read(f"<script type='application/ld+json'>{many}</script><meta name='author' content='{many}'>")


def test_every_date_that_python_knows_is_read_back() -> None:
    rng = random.Random(7)
    for _ in range(200):
        day = f"{rng.randint(1990, 2099)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        noise = "".join(rng.choices(string.ascii_letters + " ", k=10))
        assert next(found for _, found in written.every(f"{noise} {day} {noise}")) == day
