"""Other extractors that may be installed here, called as the scorers call ours."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

TRAFILATURA_FAST = "quality.rivals:trafilatura_fast"


def is_installed(name: str) -> bool:
    """Whether module `name` can be imported, without importing it."""
    return importlib.util.find_spec(name) is not None


def trafilatura_fast(html: str, url: str) -> dict[str, Any]:
    """trafilatura without its fallbacks: text and metadata, what its speed is told for."""
    found: Any = importlib.import_module("trafilatura").bare_extraction(
        html, url=url, fast=True, with_metadata=True
    )
    if found is None:
        return {}
    got = found if isinstance(found, dict) else found.as_dict()
    return {
        "text": got.get("text"),
        "title": got.get("title"),
        "byline": got.get("author"),
        "published": got.get("date"),
        "site_name": got.get("sitename"),
        "lead_image": got.get("image"),
        "lang": got.get("language"),
    }
