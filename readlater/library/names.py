"""The names of tags: cleaned, checked and joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from readlater.errors import InputError

LONGEST = 100


def clean_tag(name: str) -> str:
    """A tag's name with single spaces and no control characters; InputError `bad_tag`."""
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not name or len(name) > LONGEST or "," in name:
        raise InputError("bad_tag")
    return name


def clean_tags(names: Iterable[str]) -> list[str]:
    """Cleaned names without repeats; a comma parts two tags."""
    parts = [part for name in names for part in name.split(",") if part.strip()]
    return joined([], [clean_tag(part) for part in parts])


def joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Both lists of tags, each tag once, in the spelling of its first place."""
    found: dict[str, str] = {}
    for name in (*first, *second):
        found.setdefault(name.casefold(), name)
    return list(found.values())
