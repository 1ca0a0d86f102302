"""The line of a change in HISTORY.md, in the columns that its newest table has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

HISTORY = Path(__file__).with_name("HISTORY.md")
_SHARES = {"prompts left": "prompts_left", "sentences kept": "kept", "beyond": "beyond",
           "access": "accuracy", "pages clean": "clean"}  # fmt: skip
_NAMED = {"overall F1": "overall", "macro-F1": "macro_f1", "lead image": "lead_image",
          "site name": "site_name", "documentation": "wcxbdoc"}  # fmt: skip


def line(header: str, what: str, ours: Mapping[str, Any]) -> str:
    """One row under `header` ("| a | b |"): the first cell says what changed, "-" is unmeasured."""
    titles = [cell.strip() for cell in header.strip().strip("|").split("|")]
    cells = [what.replace("|", "/").strip(), *(_cell(title, ours) for title in titles[1:])]
    return f"| {' | '.join(cells)} |"


def append(path: Path, what: str, ours: Mapping[str, Any]) -> str:
    """Write the row at the end of the file and return it."""
    text = path.read_text(encoding="utf-8").rstrip("\n")
    lines = text.splitlines()
    rule = max(i for i, row in enumerate(lines) if row.startswith(("|--", "| --")))
    row = line(lines[rule - 1], what, ours)
    path.write_text(f"{text}\n{row}\n", encoding="utf-8")
    return row


def _cell(title: str, ours: Mapping[str, Any]) -> str:
    if title == "ms a page":
        return f"{1000 / ours['pages_s']:.0f}" if ours.get("pages_s") else "-"
    if title == "speed ratio":
        return f"{ours['ratio']:.2f}" if ours.get("ratio") else "-"
    if title == "false full":
        return f"{ours['false_full']}" if "false_full" in ours else "-"
    if title in _SHARES:
        value = ours.get(_SHARES[title])
        return "-" if value is None else f"{100 * value:.1f}%"
    value = ours.get(_NAMED.get(title, title))
    return "-" if value is None else f"{value:.3f}"
