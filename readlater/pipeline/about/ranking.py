"""Choose among candidates by the points of their signs; the points are data, learned from golds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from readlater.pipeline.about import words


def best(field: str, signs: Sequence[Mapping[str, float]]) -> int:
    """The number of the candidate with the most points in `resources/about/<field>.tsv`, or -1.

    A field with a line "nothing" asks for more points than that says.
    """
    points = words.points(field)
    most = points.get("nothing", float("-inf"))
    chosen = -1
    for i, one in enumerate(signs):
        sum_of = sum(points.get(sign, 0.0) * value for sign, value in one.items())
        if sum_of > most:
            chosen, most = i, sum_of
    return chosen
