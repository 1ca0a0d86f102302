"""The word lists of `resources/about`: sections of words, in many languages."""

from __future__ import annotations

from functools import cache

from readlater import resources


@cache
def read(name: str, section: str) -> frozenset[str]:
    """The words of one section of `resources/about/<name>.txt`, "_" read as a space."""
    found: list[str] = []
    current = ""
    for line in resources.text(f"about/{name}.txt").splitlines():
        if line.startswith("["):
            current = line.strip("[] ")
        elif current == section and not line.startswith("#"):
            found += [word.replace("_", " ").strip() for word in line.split()]
    return frozenset(found)


@cache
def points(name: str) -> dict[str, float]:
    """What each sign of a field weighs, from `resources/about/<name>.tsv`."""
    found = {}
    for line in resources.text(f"about/{name}.tsv").splitlines():
        sign, tab, weight = line.partition("\t")
        if tab and not line.startswith("#"):
            found[sign] = float(weight)
    return found
