"""A small scorer in the shape of the shared one: a page is right when its text is the gold."""

from __future__ import annotations

import gzip
import statistics
from pathlib import Path
from typing import Any

OVERALL = ("mini",)


def page(corpus: Path, dataset: str, name: str) -> str:
    with gzip.open(corpus / dataset / "pages" / f"{name}.html.gz", "rt", encoding="utf-8") as file:
        return file.read()


def normalise(answer: dict[str, Any]) -> dict[str, Any]:
    return {"text": answer.get("text") or "", "title": answer.get("title")}


def score(gold: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    right = float(answer["text"] == gold["text"])
    return {"page": right, "pr": (right, right), "meta": {}, "error": answer.get("error")}


def summarise(results: dict[str, list[dict[str, Any]]], boot: int) -> dict[str, Any]:
    means = {name: statistics.mean(r["page"] for r in rows) for name, rows in results.items()}
    return {"datasets": {name: {"f1": value} for name, value in means.items()}, "meta": {}}
