"""`readlater reextract`: what a newer extractor would change, or does, a line an article."""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Sequence

from readlater import words as sentences
from readlater.article import Access, Place, View
from readlater.cli.output import ProgressLine, say, say_aside
from readlater.library import Library
from readlater.library.differences import Difference, difference, text_lines
from readlater.library.remaking import Outcome, Remade

# Pages read at the same time, a process each.
AT_ONCE = max(1, min(4, os.cpu_count() or 1))
# What is said after the title where nothing is shown of a change.
_SAID = {
    Outcome.FAILED: "could not be read again; what is held stays",
    Outcome.NO_PAGE: "the page as it came is not kept; fetch it again instead",
    Outcome.MOVED: "changed meanwhile; left alone",
    Outcome.LOSS: "would lose too much; left as it is (--force takes it)",
}


def reextract(library: Library, words: argparse.Namespace) -> int:
    """Make articles anew from what came, or show what that would change."""
    ids = _chosen(library, words)
    if ids is None:
        say_aside("usage: readlater reextract ID ... (or --all, or --query QUERY)")
        return 2
    teller = _Teller(words, len(ids))
    deed = 0
    try:
        if words.dry_run:
            for remade in library.remaking.look(ids, at_once=AT_ONCE):
                teller.tell(remade)
        else:
            deed = library.remaking.apply(ids, teller.tell, at_once=AT_ONCE, force=words.force)
    except (KeyboardInterrupt, SystemExit):
        teller.stop()
        raise
    teller.end(can_undo=bool(deed))
    return int(teller.counts[Outcome.FAILED] > 0)


def _chosen(library: Library, words: argparse.Namespace) -> Sequence[int] | None:
    if words.query is not None:
        view = View(Place.ALL, query=words.query)
        most = library.searching.count(View(Place.ALL))
        return [hit.article.id for hit in library.searching.find(view, ranked=False, limit=most)]
    if words.ids:
        return [library.reading.article(article).id for article in words.ids]
    return library.remaking.all() if words.all else None


class _Teller:
    """A line on standard output for each article that changes or cannot, and a sum at the end."""

    def __init__(self, words: argparse.Namespace, total: int) -> None:
        self._words = words
        self._total = total
        self._line = ProgressLine(on=not words.json)
        self.counts: Counter[Outcome] = Counter()

    def tell(self, remade: Remade) -> None:
        """One article is done."""
        self.counts[remade.outcome] += 1
        self._line.clear()
        if self._words.json:
            say(json.dumps(_record(remade, with_text=self._words.diff)))
        elif remade.outcome is not Outcome.SAME:
            say(f"{remade.id:>6}  {remade.title or '(no title)'}")
            for line in _lines(remade):
                say(f"        {line}")
            if self._words.diff and remade.made is not None:
                for line in text_lines(remade.held, remade.made):
                    say(f"        {line}")
        done = sum(self.counts.values())
        self._line.show(f"{done} of {self._total} read")

    def stop(self) -> None:
        """Ctrl+C: what was told is done, and the rest is as it was."""
        self._line.clear()
        done = sum(self.counts.values())
        say_aside(f"Stopped after {done} of {self._total}. The same command goes on with the rest.")

    def end(self, *, can_undo: bool) -> None:
        """The sum, on standard error."""
        self._line.clear()
        counts = self.counts
        would = "would change" if self._words.dry_run else "changed"
        parts = [f"{counts[Outcome.CHANGED]} {would}", f"{counts[Outcome.SAME]} stay the same"]
        for outcome, said in (
            (Outcome.LOSS, "would lose too much and stay"),
            (Outcome.FAILED, "could not be read"),
            (Outcome.NO_PAGE, "have no page kept"),
            (Outcome.MOVED, "changed meanwhile"),
        ):
            parts += [f"{counts[outcome]} {said}"] if counts[outcome] else []
        say_aside(", ".join(parts) + ".")
        if can_undo:
            say_aside("“readlater undo” brings back what was.")


def _lines(remade: Remade) -> list[str]:
    """What changes, in a line; another says why it does not."""
    said = [_SAID[remade.outcome]] if remade.outcome in _SAID else []
    if remade.made is None:
        return said
    return [" · ".join(_parts(difference(remade.held, remade.made))), *said]


def _parts(change: Difference) -> list[str]:
    before, after = change.words
    parts = [f"{before} → {after} words" if before != after else f"{after} words"]
    if change.access[0] is not change.access[1]:
        parts.append(f"{_access(change.access[0])} → {_access(change.access[1])}")
    parts += [f"{one.name} “{one.before}” → “{one.after}”" for one in change.values]
    if change.removed[0] != change.removed[1]:
        parts.append(f"{change.removed[0]} → {change.removed[1]} blocks taken out")
    if change.text and before == after:
        parts.append("other text")
    if len(parts) == 1 and before == after and not change.text:
        parts.append("markup only")
    return parts


def _access(verdict: Access | None) -> str:
    return sentences.ACCESS[verdict] if verdict else "nothing"


def _record(remade: Remade, *, with_text: bool) -> dict[str, object]:
    record: dict[str, object] = {
        "id": remade.id,
        "title": remade.title,
        "outcome": str(remade.outcome),
    }
    if remade.made is None:
        return record
    change = difference(remade.held, remade.made)
    record |= {
        "words": list(change.words),
        "access": [str(one) if one else None for one in change.access],
        "removed": list(change.removed),
        "values": {one.name: [one.before, one.after] for one in change.values},
        "text_changes": change.text,
    }
    if with_text:
        record["diff"] = text_lines(remade.held, remade.made)
    return record
