"""Sets of people with the signs for and against their being the authors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from readlater.pipeline.about.text import fold


@dataclass
class Candidate:
    """Some people, the source that named them first, and the signs, each with its amount."""

    names: tuple[str, ...]
    source: str = ""
    signs: dict[str, float] = field(default_factory=dict)


class Named:
    """Candidates by the names in them, whatever order and case those have."""

    def __init__(self) -> None:
        self._found: dict[frozenset[str], Candidate] = {}

    def add(self, names: Sequence[str], source: str, *signs: str) -> None:
        """Note that a source names these people, and the first of them alone as well."""
        if names:
            self._add(tuple(names), "", source, signs)
        if len(names) > 1:
            self._add(tuple(names[:1]), "/first", source, signs)

    def _add(self, names: tuple[str, ...], how: str, source: str, signs: tuple[str, ...]) -> None:
        key = frozenset(fold(name) for name in names)
        one = self._found.setdefault(key, Candidate(names, source))
        for sign in (source, *signs):
            one.signs[sign + how] = 1.0

    def candidates(self) -> list[Candidate]:
        """All of them, in the order they were named."""
        return list(self._found.values())
