"""A small scorer in the shape of the shared one: snippets are looked for as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def page(corpus: Path, label: dict[str, Any]) -> str:
    return (corpus / "pages" / str(label["file"])).read_text(encoding="utf-8")


def plain(answer: dict[str, Any]) -> dict[str, Any]:
    return {"text": answer.get("text") or "", "access": answer.get("access"), "evidence": ""}


def score(label: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    lost = [s for s in label["keep"] if s not in answer["text"]]
    leaked = [s for s in label["prompts"] if s in answer["text"]]
    return {
        "got": answer["access"], "gold": label["access"], "leaked": leaked, "lost": lost,
        "beyond": [], "prompts": len(label["prompts"]), "keep": len(label["keep"]), "hidden": 0,
        "error": answer["error"], "evidence": "",
    }  # fmt: skip


def summarise(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"leak": 0.0, "survival": 0.0, "clean_pages": 0.0, "beyond": None}
