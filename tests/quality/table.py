"""One table of a run: us, the goals and each peer, a column a number, and the worst pages named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quality import scorers
from quality.peers import Numbers, from_summary
from quality.running import PAYWALL, SAMPLED, Run, Scored

# key, heading, and how a number is written. The peers' numbers are in the same keys.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("overall", "all six", "3"), ("zyte", "zyte", "3"), ("wcxb", "wcxb", "3"),
    ("fundus", "fundus", "3"), ("misinfo", "misinf", "3"), ("magic", "magic", "3"),
    ("trafilatura", "trafil", "3"), ("wcxbdoc", "docs", "3"), ("mozilla", "mozil", "3"),
    ("defuddle", "defud", "3"), ("title", "title", "3"), ("byline", "byline", "3"),
    ("published", "publ.", "3"), ("dates", "dates", "3"), ("site_name", "site", "3"),
    ("lang", "lang", "3"), ("lead_image", "pict.", "3"), ("line_left", "line", "%"),
    ("prompts_left", "left", "%"), ("kept", "kept", "%"), ("clean", "clean", "%"),
    ("beyond", "beyond", "%"), ("accuracy", "access", "%"), ("macro_f1", "macro", "3"),
    ("abstained", "abst.", "%"), ("false_full", "false", "0"), ("pages_s", "pg/s", "1"),
    ("peak_mb", "MB", "0"),
)  # fmt: skip
GOALS: Numbers = {
    "overall": 0.965,
    "wcxbdoc": 0.89,
    "mozilla": 0.97,
    "defuddle": 0.90,
    **dict.fromkeys(("zyte", "wcxb", "fundus", "misinfo", "magic", "trafilatura"), 0.94),
    "title": 0.93,
    "byline": 0.86,
    "published": 0.94,
    "lang": 0.99,
    "lead_image": 0.98,
    "site_name": 0.90,
    "line_left": 0.01,
    "prompts_left": 0.01,
    "kept": 0.99,
    "clean": 0.92,
    "beyond": 0.0,
    "macro_f1": 0.90,
    "abstained": 0.05,
    "false_full": 0,
}
_LEAST = {"line_left", "prompts_left", "beyond", "abstained", "false_full", "peak_mb"}
_NAME = 25


def numbers(run: Run, shared: Path = scorers.SHARED, *, boot: int = 0) -> dict[str, Any]:
    """What the scorers say of a run, by column, and `per_class` of the access verdicts.

    `overall` and the metadata are of the sets that the peers' numbers are of.
    """
    text = scorers.load("extraction_score", shared)
    wall = scorers.load("paywall_score", shared)
    rows = {name: [s.row for s in run.of(name)] for name in run.datasets if name != PAYWALL}
    sampled = {name: part for name, part in rows.items() if name in SAMPLED}
    found: dict[str, Any] = {
        name: part["f1"]
        for name, part in text.summarise(rows, 0)["datasets"].items()
        if "f1" in part
    }
    if "dates" in rows:
        found["dates"] = text.summarise({"dates": rows["dates"]}, 0)["meta"]["published"][0]
    whole = text.summarise(rows, 0)["meta"]
    found |= {name: value[0] for name, value in whole.items() if name in ("site_name", "lang")}
    summary = text.summarise(sampled, boot)
    own = from_summary(summary)
    own.pop("pages_s", None)
    found |= own
    if summary.get("overall_ci"):
        found["overall_ci"] = summary["overall_ci"]
    if paywall := [s.row for s in run.of(PAYWALL)]:
        said = wall.summarise(paywall)
        found |= {"prompts_left": said["leak"], "kept": said["survival"]}
        found |= {"clean": said["clean_pages"], "beyond": said["beyond"]}
        for key in ("accuracy", "macro_f1", "abstained", "false_full", "per_class"):
            found[key] = said.get(key)
    found |= {"pages_s": run.ours.pages_a_cpu_s, "peak_mb": run.ours.peak_mb or None}
    return {name: value for name, value in found.items() if value is not None}


def table(ours: Mapping[str, Any], peers: Mapping[str, Numbers], width: int = 400) -> str:
    """The table in bands that fit into `width` columns; * marks a goal that is met."""
    order = sorted(peers, key=lambda name: -peers[name].get("overall", 0.0))
    lines: list[tuple[str, Mapping[str, Any]]] = [("Readlater", ours), ("goal", GOALS)]
    lines += [(name, peers[name]) for name in order]
    shown = [c for c in COLUMNS if c[0] in ours or any(c[0] in p for p in peers.values())]
    bands = max(1, -(-(len(shown) * 8) // max(8, width - _NAME)))
    size = -(-len(shown) // bands)
    out = []
    for start in range(0, len(shown), size):
        part = shown[start : start + size]
        out.append(" " * _NAME + "".join(f"{title:>8}" for _, title, _ in part))
        out += [_line(name, values, part) for name, values in lines if _has(values, part)]
        out.append("")
    return "\n".join(out)


def _has(values: Mapping[str, Any], part: Sequence[tuple[str, str, str]]) -> bool:
    return any(key in values for key, _, _ in part)


def _line(name: str, values: Mapping[str, Any], part: Sequence[tuple[str, str, str]]) -> str:
    cells = (
        _cell(values.get(key), how) + (_mark(key, values) if name == "Readlater" else " ")
        for key, _, how in part
    )
    return f"{name[: _NAME - 1]:<{_NAME}}" + "".join(f"{cell:>8}" for cell in cells)


def _cell(value: float | None, how: str) -> str:
    if value is None:
        return "-"
    return f"{100 * value:.1f}%" if how == "%" else f"{value:.{how}f}"


def _mark(key: str, values: Mapping[str, Any]) -> str:
    return "*" if key in values and meets(key, values[key]) else " "


def meets(key: str, value: float) -> bool:
    """Whether a number reaches its goal; False where there is none."""
    goal = GOALS.get(key)
    if goal is None:
        return False
    return value <= goal if key in _LEAST else value >= goal


def legend(run: Run, *, quick: bool) -> str:
    """What the columns are of."""
    counts = Counter(s.case.dataset for s in run.scored)
    sets = ", ".join(f"{name} {n}" for name, n in counts.items())
    part = " A quick look: parts of the sets; the peers' numbers are of all." if quick else ""
    return (
        f"Pages: {sets}.{part} Text F1 a set; docs = wcxbdoc; dates = published in that set; "
        "line = pages with a prompt line; left, kept, clean, beyond, access, macro, abst., false: "
        "paywall. * meets the goal. Peers: as stored in ../shared, their pg/s of another session."
    )


def pace(run: Run) -> str:
    """Our speed and memory beside trafilatura's fast mode in the same run."""
    if run.rival is None or not run.rival.pages_a_cpu_s or not run.paired.pages_a_cpu_s:
        return (
            "Speed: no ratio, because trafilatura cannot be imported here or no page of its sample "
            "ran (pip install --target DIR trafilatura, PYTHONPATH=DIR)."
        )
    ours, theirs = run.paired.pages_a_cpu_s, run.rival.pages_a_cpu_s
    return (
        f"Speed on the same {run.paired.pages} pages: {ours:.1f} pages a CPU second, trafilatura "
        f"fast {theirs:.1f}: {theirs / ours:.2f} of its CPU time a page (goal 1.0, moonshot "
        f"0.5). Peak memory {run.ours.peak_mb:.0f} MB beside {run.rival.peak_mb:.0f} MB."
    )


def candidates(run: Run) -> str:
    """On which share of pages each candidate ran, where the pipeline tells."""
    told = [s.answer["candidates"] for s in run.scored if s.answer.get("candidates")]
    if not told:
        return "Candidates: the pipeline does not tell which of them ran."
    counts = Counter(name for names in told for name in set(names))
    parts = (f"{name} {100 * n / len(told):.0f}%" for name, n in counts.most_common())
    return f"Candidates ran on: {', '.join(parts)} of {len(told)} pages."


def worst(run: Run, count: int) -> list[Scored]:
    """The `count` pages of the lowest score, metadata-only data sets apart."""
    told = [s for s in run.scored if s.score is not None and not _is_metadata_alone(s)]
    return sorted(told, key=lambda s: (s.score, s.case.dataset, s.case.id))[:count]


def _is_metadata_alone(scored: Scored) -> bool:
    return scored.case.dataset != PAYWALL and "page" not in scored.row


def complaint(scored: Scored) -> str:
    """What is wrong with one page, in a few words; "" for nothing."""
    found = _paywall_faults if scored.case.dataset == PAYWALL else _text_faults
    error = scored.row.get("error")
    return "; ".join([*([f"error: {error}"] if error else []), *found(scored.row)])


def _paywall_faults(row: Mapping[str, Any]) -> Iterator[str]:
    if row["got"] != row["gold"]:
        yield f"said {row['got']}, is {row['gold']}"
    for key, word in (("leaked", "left"), ("lost", "lost"), ("beyond", "from beyond")):
        if row[key]:
            yield f"{len(row[key])} {word}, as {_short(row[key][0])!r}"


def _text_faults(row: Mapping[str, Any]) -> Iterator[str]:
    if "pr" in row:
        precision, recall = row["pr"]
        if min(precision or 0, recall or 0) < 0.99:
            yield f"precision {precision or 0:.2f}, recall {recall or 0:.2f}"
    if "seg" in row:
        wanted, missed, unwanted = row["seg"]
        if missed or unwanted:
            yield f"{missed} of {wanted + missed} missed, {unwanted} unwanted"
    if row.get("leak"):
        yield "a prompt line left"
    wrong = [name for name, ok in row["meta"].items() if ok is False]
    if wrong:
        yield f"wrong {', '.join(wrong)}"


def _short(said: str, size: int = 60) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= size else flat[: size - 1] + "…"
