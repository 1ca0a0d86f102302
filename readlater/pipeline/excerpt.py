"""The sentence or two that stand under a title in a list."""

from __future__ import annotations

from collections.abc import Sequence

_LENGTH = 300


def excerpt(description: str, lines: Sequence[str]) -> str:
    """The page's own description, else the first paragraph, cut at a word to 300 characters."""
    said = description.strip()
    if len(said) < 20:
        said = next((line for line in lines if len(line) > 60), lines[0] if lines else said)
    if len(said) <= _LENGTH:
        return said
    cut = said[: _LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[150:] else cut).rstrip(" ,;:") + "…"
