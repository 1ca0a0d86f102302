"""The command `quality`: run, print the table and the worst pages, write the report."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import platformdirs
from quality import changes, history, peers, report, running, scorers, table

from readlater.pipeline import EXTRACTOR_VERSION


def main(arguments: Sequence[str], shared: Path = scorers.SHARED) -> int:
    """Run with the arguments of a terminal; 0 also where there are no corpora to run on."""
    asked = _parser().parse_args(arguments)
    if not scorers.is_there(shared):
        _say("Skipped: ../shared with its corpora and scorers is not beside this checkout.")
        return 0
    if asked.record and (asked.quick or asked.datasets):
        _say("--record wants the whole run: numbers of a part cannot stand beside the others.")
        return 2
    began = time.monotonic()
    pages = running.cases(
        shared, datasets=asked.datasets or (), every_page=asked.all, quick=asked.quick
    )
    if not pages:
        _say(f"No page in {', '.join(asked.datasets)}. The sets are the folders of the corpus.")
        return 2
    run = running.run(pages, shared, rival=running.installed_rival(), said=_progress)
    ours = table.numbers(run, shared, boot=0 if asked.quick else 200)
    if run.rival is not None and run.rival.pages_a_cpu_s and run.paired.pages_a_cpu_s:
        ours["ratio"] = run.rival.pages_a_cpu_s / run.paired.pages_a_cpu_s
    said = _summary(asked, run, ours, shared)
    sys.stdout.write(f"{said}\n")
    _keep(asked, run, ours)
    if asked.report_pages:
        folder = asked.report or Path(platformdirs.user_cache_dir("readlater-quality")) / "report"
        try:
            index = report.write(folder, run.scored, summary=said, most=asked.report_pages)
        except FileExistsError:
            _say(f"{folder} holds something else: no report was written. Name another folder.")
            return 2
        sys.stdout.write(f"\nReport: {index.as_uri()}\n")
    sys.stdout.write(f"{len(pages)} pages in {time.monotonic() - began:.0f} s\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py quality",
        description="Score the extractor on ../shared and set it beside its peers. Run without "
        "arguments: the pages that the peers were measured on, and the other sets whole.",
    )
    parser.add_argument("--quick", action="store_true", help="a part of each set, in a minute")
    parser.add_argument("--all", action="store_true", help="every page of every set")
    parser.add_argument("--datasets", nargs="+", metavar="SET", help="only these, or paywall")
    parser.add_argument("--worst", type=int, default=20, metavar="N", help="pages to name (20)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write numbers and pages there")
    parser.add_argument("--against", type=Path, metavar="FILE", help="an earlier --json: the pages "
                        "that are better or worse now")  # fmt: skip
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="where the report goes "
                        "(default: the cache folder)")  # fmt: skip
    parser.add_argument("--report-pages", type=int, default=40, metavar="N", help="the worst N "
                        "pages of each set go into the report (40; 0: no report)")  # fmt: skip
    parser.add_argument("--record", metavar="WHAT", help="add a line to tests/quality/HISTORY.md")
    return parser


def _summary(
    asked: argparse.Namespace, run: running.Run, ours: Mapping[str, Any], shared: Path
) -> str:
    width = shutil.get_terminal_size((400, 24)).columns if sys.stdout.isatty() else 400
    lines = [
        table.table(ours, peers.read(shared / "corpus"), width),
        table.legend(run, quick=asked.quick),
    ]
    if "overall_ci" in ours:
        lines.append("All six, 95%: {:.3f} to {:.3f}".format(*ours["overall_ci"]))
    lines += [table.pace(run), table.candidates(run)]
    if "per_class" in ours:
        f1s = (f"{name} {v[2]:.2f} of {v[3]}" for name, v in ours["per_class"].items())
        lines.append(f"Access, F1 a class: {', '.join(f1s)}")
    lines.append(f"\nThe worst {asked.worst} pages")
    for one in table.worst(run, asked.worst):
        lines.append(
            f"  {one.score:.3f}  {one.case.dataset:<12} {one.case.id[:50]:<50}  "
            f"{table.complaint(one)}"
        )
    if asked.against:
        lines += ["", changes.told(json.loads(asked.against.read_text(encoding="utf-8")), run)]
    return "\n".join(lines)


def _keep(asked: argparse.Namespace, run: running.Run, ours: Mapping[str, Any]) -> None:
    if asked.json:
        kept = {"extractor": EXTRACTOR_VERSION, "numbers": ours, "pages": changes.scores(run)}
        asked.json.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")
    if asked.record:
        row = history.append(history.HISTORY, f"{EXTRACTOR_VERSION}: {asked.record}", ours)
        sys.stdout.write(f"{row}\n")


def _progress(dataset: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{done} of {of} pages, {dataset}" + ("\n" if done == of else ""))
        sys.stderr.flush()


def _say(sentence: str) -> None:
    sys.stderr.write(f"readlater: {sentence}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
