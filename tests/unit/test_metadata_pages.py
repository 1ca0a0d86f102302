"""Pages of our own, a folder each: what their metadata must be, and what it must not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readlater.pipeline import decode, metadata

PAGES = Path(__file__).resolve().parents[1] / "pages"


def cases() -> list[Path]:
    found = []
    for path in sorted(PAGES.glob("*/expected.json")):
        if "metadata" in json.loads(path.read_text(encoding="utf-8")):
            found.append(path.parent)
    return found


@pytest.mark.parametrize("folder", cases(), ids=lambda folder: folder.name)
def test_a_page_says_what_is_expected(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    root = decode.parse(decode.decode((folder / "source.html").read_bytes(), None))
    about = metadata.read(root, expected.get("url", "https://page.example/"))
    got = {field: getattr(about, field) for field in expected["metadata"]}
    got = {field: list(v) if isinstance(v, tuple) else v for field, v in got.items()}
    assert got == expected["metadata"]


def test_there_are_pages() -> None:
    assert len(cases()) > 20
