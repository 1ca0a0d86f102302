"""What other extractors scored, read from where it is stored beside the corpora."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

Numbers = dict[str, float]
# One peer under several names: a mode without its tool, a package beside its project.
_ALIASES = {
    "fast": "trafilatura fast",
    "recall": "trafilatura recall",
    "precision": "trafilatura precision",
    "trafilatura favor_recall": "trafilatura recall",
    "readability.js": "readability.js (linkedom)",
    "@mozilla/readability": "readability.js (linkedom)",
}
_PAYWALL = {"leak %": "prompts_left", "survival %": "kept", "pages clean %": "clean",
            "beyond %": "beyond"}  # fmt: skip


def name_of(written: str) -> str:
    """The peer's name in `peers.json`, from a name with a version or a short form."""
    plain = re.sub(r"\s+v?\d[\d.]*$", "", written.strip().strip("*`").strip())
    return _ALIASES.get(plain, plain)


def read(corpus: Path) -> dict[str, Numbers]:
    """{peer: {column: number}} of `corpus`/extraction and `corpus`/paywall."""
    found: dict[str, Numbers] = {}
    stored = corpus / "extraction" / "peers.json"
    if stored.exists():
        for name, summary in json.loads(stored.read_text(encoding="utf-8")).items():
            found[name] = from_summary(summary)
    for column, dataset in (("wcxbdoc", "wcxbdoc"), ("dates", "dates")):
        for name, number in sentence(_text(corpus / "extraction" / "README.md"), dataset).items():
            found.setdefault(name, {})[column] = number
    for name, numbers in paywall_table(_text(corpus / "paywall" / "README.md")).items():
        found.setdefault(name, {}).update(numbers)
    return found


def from_summary(summary: dict[str, Any]) -> Numbers:
    """The columns of a scorer's summary that has numbers for them."""
    numbers: dict[str, float | None] = {
        "overall": summary.get("overall"),
        "line_left": summary.get("leak"),
        "pages_s": summary.get("pages_s"),
        "peak_mb": summary.get("rss_mb"),
    }
    for dataset, part in summary.get("datasets", {}).items():
        numbers[dataset] = part.get("f1")
    for field, (accuracy, _) in summary.get("meta", {}).items():
        numbers[field] = accuracy
    return {name: value for name, value in numbers.items() if value is not None}


def sentence(readme: str, dataset: str) -> Numbers:
    """{peer: number} of the README's sentence "`dataset` (n pages), what: peer 0.9, ..."."""
    found = re.search(rf"^`{dataset}` \([^)]*\),[^:]*:(.*(?:\n(?!`|\n|#|\|).*)*)", readme, re.M)
    if found is None:
        return {}
    pairs = re.findall(r"([@\w][\w@/.\- ]*?) (0\.\d+)", re.sub(r"\([^)]*\)", "", found.group(1)))
    return {name_of(name): float(number) for name, number in pairs}


def paywall_table(readme: str) -> dict[str, Numbers]:
    """{peer: shares} of the README's table, whose header names the columns; "-" is no number."""
    rows = [[c.strip() for c in line.strip("| \n").split("|")] for line in readme.splitlines()
            if line.startswith("|")]  # fmt: skip
    head = next((row for row in rows if row[0] == "peer"), None)
    if head is None:
        return {}
    found: dict[str, Numbers] = {}
    for row in rows[rows.index(head) + 2 :]:
        numbers = {
            _PAYWALL[title]: float(cell) / 100
            for title, cell in zip(head, row, strict=False)
            if title in _PAYWALL and re.fullmatch(r"[\d.]+", cell)
        }
        if numbers:
            found[name_of(row[0])] = numbers
    return found


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
