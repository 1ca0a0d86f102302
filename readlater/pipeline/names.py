"""The words of classes and ids, which say what a page's makers take an element for."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from readlater import resources

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@lru_cache(maxsize=8192)
def words_of(name: str) -> frozenset[str]:
    """The words of a class or id, in lower case: "postMeta-top" has post, meta and top."""
    return frozenset(word.lower() for word in _WORDS.findall(name))


@cache
def read(section: str) -> frozenset[str]:
    """The words of one section of `resources/prompts/names.txt`."""
    found: list[str] = []
    current = ""
    for line in resources.text("prompts/names.txt").splitlines():
        if line.startswith("["):
            current = line.strip("[] ")
        elif current == section and not line.startswith("#"):
            found += line.split()
    return frozenset(found)
