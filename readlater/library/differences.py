"""What differs between two articles made of one page: pure."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from readlater.article import Access, Extracted

# What a person sees of an article beside its text.
_SHOWN = ("title", "byline", "site_name", "published", "modified", "language", "lead_image")


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after; `name` is that of the field of Extracted."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Before and after: words, access, blocks taken out, other values, and whether the text is
    another one. `before` of what is new is 0 or None."""

    words: tuple[int, int]
    access: tuple[Access | None, Access]
    removed: tuple[int, int]
    values: tuple[Change, ...]
    text: bool


def difference(held: Extracted | None, made: Extracted) -> Difference:
    """What `made` changes of `held`; None when nothing that is kept differs."""
    old = held or Extracted()
    values = [
        Change(name, getattr(old, name), getattr(made, name))
        for name in _SHOWN
        if getattr(old, name) != getattr(made, name)
    ]
    return Difference(
        (old.word_count, made.word_count),
        (held.access if held else None, made.access),
        (len(old.removed), len(made.removed)),
        tuple(values),
        old.text != made.text,
    )


def text_lines(held: Extracted | None, made: Extracted) -> list[str]:
    """The difference of the texts as unified diff, a paragraph a line, without file names."""
    before = held.text.splitlines() if held else []
    lines = difflib.unified_diff(before, made.text.splitlines(), n=1, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++"))]
