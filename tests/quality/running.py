"""Run our extractor, and a rival in turn with it, over the corpora, and score what they answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from quality import rivals, scorers
from quality.child import Child

OURS = "readlater.pipeline:extract_page"
PAYWALL = "paywall"
# The sets that the peers' numbers are of; the rest is scored whole.
SAMPLED = ("zyte", "wcxb", "fundus", "misinfo", "magic", "trafilatura", "postlight")
QUICK_PAGES = {"extraction": 190, PAYWALL: 55}


class Extractor(Protocol):
    """What answers pages: `quality.child.Child`, or a function in tests."""

    def extract(self, html: str, url: str) -> dict[str, Any]: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Case:
    """One page of a data set: its labels, and how to read it."""

    dataset: str
    id: str
    url: str
    gold: dict[str, Any]
    read: Callable[[], str]


@dataclass(frozen=True)
class Scored:
    """A case, what was answered, and the scorer's row about it; `score` is 0 to 1 or None."""

    case: Case
    answer: dict[str, Any]
    row: dict[str, Any]
    score: float | None


@dataclass
class Cost:
    """CPU seconds and peak memory of one extractor over `pages` pages."""

    pages: int = 0
    cpu_s: float = 0.0
    peak_mb: float = 0.0

    def add(self, answer: dict[str, Any]) -> None:
        """Count one answer; a page without one tells nothing about the pace."""
        if answer.get("cpu") is not None:
            self.pages += 1
            self.cpu_s += answer["cpu"]
        self.peak_mb = max(self.peak_mb, answer.get("rss_mb") or 0.0)

    @property
    def pages_a_cpu_s(self) -> float | None:
        """Pages a second of CPU time."""
        return self.pages / self.cpu_s if self.cpu_s else None


@dataclass
class Run:
    """Everything of one run; `rival` is None where no rival is installed."""

    scored: list[Scored] = field(default_factory=list)
    ours: Cost = field(default_factory=Cost)
    rival: Cost | None = None
    paired: Cost = field(default_factory=Cost)

    def of(self, dataset: str) -> list[Scored]:
        """The pages of one data set."""
        return [s for s in self.scored if s.case.dataset == dataset]

    @property
    def datasets(self) -> list[str]:
        """The data sets that were run, in order."""
        return list(dict.fromkeys(s.case.dataset for s in self.scored))


def cases(
    shared: Path = scorers.SHARED,
    *,
    datasets: Sequence[str] = (),
    every_page: bool = False,
    quick: bool = False,
) -> list[Case]:
    """The pages to run: the peers' sample and the other sets whole, every page, or a quick part."""
    found = [
        case
        for case in (*_extraction(shared, every_page=every_page), *_paywall(shared))
        if not datasets or case.dataset in datasets
    ]
    return _part(found) if quick else found


def _extraction(shared: Path, *, every_page: bool) -> Iterable[Case]:
    score, corpus = scorers.load("extraction_score", shared), shared / "corpus" / "extraction"
    sample: dict[str, list[str]] = json.loads((corpus / "sample.json").read_text(encoding="utf-8"))
    for folder in sorted(path.parent for path in corpus.glob("*/gold.jsonl")):
        name = folder.name
        chosen = None if every_page or name not in SAMPLED else set(sample.get(name, ()))
        with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
            golds = [json.loads(line) for line in lines if line.strip()]
        for gold in golds:
            if chosen is None or gold["id"] in chosen:
                read = _page_reader(score.page, corpus, name, gold["id"])
                yield Case(name, gold["id"], gold.get("url") or "", gold, read)


def _paywall(shared: Path) -> Iterable[Case]:
    score, corpus = scorers.load("paywall_score", shared), shared / "corpus" / "paywall"
    with (corpus / "labels.jsonl").open(encoding="utf-8") as lines:
        labels = [json.loads(line) for line in lines if line.strip()]
    for label in labels:
        yield Case(
            PAYWALL, label["id"], label["url"], label, _page_reader(score.page, corpus, label)
        )


def _page_reader(page: Callable[..., str], *args: object) -> Callable[[], str]:
    return lambda: page(*args)


def _part(found: list[Case]) -> list[Case]:
    """Each data set in proportion, evenly through it, and none with fewer than a few pages."""
    kinds: dict[str, list[Case]] = {}
    for case in found:
        kinds.setdefault(case.dataset, []).append(case)
    rest = sum(len(pages) for name, pages in kinds.items() if name != PAYWALL) or 1
    chosen: list[Case] = []
    for name, pages in kinds.items():
        share = QUICK_PAGES["extraction"] * len(pages) / rest
        count = QUICK_PAGES[PAYWALL] if name == PAYWALL else max(12, round(share))
        step = max(1.0, len(pages) / count)
        chosen += [pages[int(i * step)] for i in range(min(count, len(pages)))]
    return chosen


def run(
    pages: Sequence[Case],
    shared: Path = scorers.SHARED,
    *,
    ours: Extractor | None = None,
    rival: Extractor | None = None,
    said: Callable[[str, int, int], None] = lambda *_: None,
) -> Run:
    """Extract and score every page; `said` is told the data set, pages done, and pages in all.

    `rival` runs in turn with ours on the pages whose speed the peers are told for: a ratio holds
    only in one run on one machine.
    """
    ours = ours or Child(OURS)
    done = Run(rival=None if rival is None else Cost())
    text, wall = (scorers.load(f"{name}_score", shared) for name in ("extraction", "paywall"))
    if pages:
        _warm_up(pages[0], ours, rival)
    for number, case in enumerate(pages):
        html = case.read()
        answer = ours.extract(html, case.url)
        done.ours.add(answer)
        if rival is not None and done.rival is not None and case.dataset in SAMPLED:
            done.paired.add(answer)
            done.rival.add(rival.extract(html, case.url))
        done.scored.append(_score(case, answer, text, wall))
        said(case.dataset, number + 1, len(pages))
    for extractor in filter(None, (ours, rival)):
        extractor.close()
    return done


def installed_rival() -> Child | None:
    """trafilatura's fast mode, where it can be imported."""
    return Child(rivals.TRAFILATURA_FAST) if rivals.is_installed("trafilatura") else None


def _warm_up(case: Case, *extractors: Extractor | None) -> None:
    """Imports and first uses are no page's cost."""
    html = case.read()
    for extractor in filter(None, extractors):
        extractor.extract(html, case.url)


def _score(case: Case, answer: dict[str, Any], text: Any, wall: Any) -> Scored:
    if case.dataset == PAYWALL:
        timed = {"seconds": answer.get("seconds"), "error": answer.get("error")}
        row = wall.score(case.gold, {**wall.plain(answer), **timed})
        wrong = len(row["leaked"]) + len(row["lost"]) + len(row["beyond"])
        of = row["prompts"] + row["keep"] + row["hidden"]
        worth = (1 - wrong / of) if of else 1.0
        return Scored(case, answer, row, worth if row["got"] == row["gold"] else worth / 2)
    row = text.score(case.gold, {**text.normalise(answer), "error": answer.get("error")})
    marks = [float(ok) for ok in row["meta"].values() if ok is not None]
    # A set without text is about metadata alone.
    worth = row.get("page", sum(marks) / len(marks) if marks else None)
    return Scored(case, answer, row, worth)
