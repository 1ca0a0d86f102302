"""Pages of our own making, each for one rule of structure: where it acts and where it must not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml.html import fromstring

from readlater.pipeline import extract_page, sanitize, shape

PAGES = Path(__file__).resolve().parents[1] / "pages"
CASES = sorted(page.parent for page in PAGES.glob("*/expected.html"))
URL = "https://tides.example/book/1"


def _address(case: Path) -> str:
    told = case / "expected.json"
    return json.loads(told.read_text("utf-8")).get("url", URL) if told.is_file() else URL


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_clean_html_of_a_page(case: Path) -> None:
    got = extract_page((case / "source.html").read_bytes(), _address(case))
    assert got.html == (case / "expected.html").read_text("utf-8").strip("\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_structure_is_found_in_order_when_it_is_looked_at_again(case: Path) -> None:
    html = (case / "expected.html").read_text("utf-8").strip("\n")
    article = fromstring(f"<div>{html}</div>")
    shape.shape(article, page=_address(case))
    assert sanitize.sanitize(shape.markup(article), base_url=_address(case)) == html


def test_there_are_pages() -> None:
    assert len(CASES) > 30
