"""The report: an index of pages, and of each the page, our copy, gold and differences."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from quality import difference, page_view
from quality.running import PAYWALL, Scored
from quality.table import complaint

_FILES = Path(__file__).with_name("report_files")
# Nothing of a page runs or is fetched: the frame is sandboxed, and its policy allows inline style.
_FRAME_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_MOST_PAGE_CHARS = 3_000_000
_MARK = ".readlater-quality-report"


def write(
    folder: Path, scored: Sequence[Scored], *, summary: str, most: int, title: str = "Quality"
) -> Path:
    """Write the report of the `most` worst pages of each data set; returns its index.html.

    The folder is made anew. One that holds something else is left alone: FileExistsError.
    """
    _make_folder(folder)
    chosen = _chosen(scored, most)
    entries = [_write_case(folder, one) for one in chosen]
    index = _fill(
        "index.html",
        title=escape(title),
        style=_text("index.css"),
        script=_text("index.js"),
        pages=_for_script(entries),
        summary=escape(summary),
    )
    (folder / "index.html").write_text(index, encoding="utf-8")
    return folder / "index.html"


def _make_folder(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise FileExistsError(folder)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pages").mkdir(parents=True)
    (folder / _MARK).touch()


def _chosen(scored: Sequence[Scored], most: int) -> list[Scored]:
    """The worst of each data set, and every page on which something went wrong for good."""
    chosen: list[Scored] = []
    for name in dict.fromkeys(s.case.dataset for s in scored):
        part = [s for s in scored if s.case.dataset == name and s.score is not None]
        part.sort(key=lambda s: (s.score, s.case.id))
        chosen += part[:most]
    return sorted(chosen, key=lambda s: (s.score, s.case.dataset, s.case.id))


def _write_case(folder: Path, one: Scored) -> dict[str, Any]:
    case = one.case
    name = hashlib.sha256(f"{case.dataset}/{case.id}".encode()).hexdigest()[:16] + ".html"
    said = complaint(one)
    page = _fill(
        "case.html",
        title=escape(f"{case.dataset} / {case.id}"),
        style=_text("case.css"),
        script=_text("case.js"),
        about=_about(one, said),
        page=escape(_frame(one), quote=True),
        differences=_differences(one),
        copy=escape(_copy_frame(one), quote=True),
        gold=_gold(one),
    )
    (folder / "pages" / name).write_text(page, encoding="utf-8", errors="replace")
    return {
        "file": f"pages/{name}",
        "set": case.dataset,
        "id": case.id,
        "score": one.score,
        "said": said,
    }


def _ours(one: Scored) -> str:
    return str(one.answer.get("text") or "")


def _gold_text(one: Scored) -> str:
    gold = one.case.gold
    if one.case.dataset == PAYWALL:
        return "\n".join(gold["keep"])
    return gold.get("text") or "\n".join(gold.get("with") or ())


def _frame(one: Scored) -> str:
    source = one.case.read()
    if len(source) > _MOST_PAGE_CHARS:
        body = f"<p>The page has {len(source):,} characters: too long to be shown.</p>"
    else:
        body = page_view.view(source, _ours(one), _gold_text(one))
    return _inert(body, "page.css")


def _copy_frame(one: Scored) -> str:
    """Our html without its addresses: it is sanitised, and its pictures would be fetched."""
    body = page_view.view(str(one.answer.get("html") or ""), _ours(one), _gold_text(one))
    return _inert(body or "<p>Nothing was kept.</p>", "page.css")


def _inert(body: str, style: str) -> str:
    return (
        f'<!doctype html><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_FRAME_POLICY}">'
        f"<style>{_text(style)}</style>{body}"
    )


def _differences(one: Scored) -> str:
    gold, ours = one.case.gold, _ours(one)
    if one.case.dataset == PAYWALL:
        return _marks("Must be gone", gold["prompts"], set(one.row["leaked"]), "still there") + (
            _marks("Must be kept", gold["keep"], set(one.row["lost"]), "lost")
            + _marks("Beyond the line", gold.get("beyond", ()), set(one.row["beyond"]), "shown")
        )
    if gold.get("with") is not None and not gold.get("text"):
        missed = {s for s in gold["with"] if s not in ours}
        shown = {s for s in gold["without"] if s in ours}
        return _marks("Must be there", gold["with"], missed, "missed") + (
            _marks("Must not be there", gold["without"], shown, "still there")
        )
    if not gold.get("text"):
        return "<p class=quiet>This data set has no text.</p>"
    return "".join(
        f"<span class={piece.kind}>{escape(piece.text)}</span>"
        for piece in difference.pieces(ours, gold["text"])
    )


def _marks(title: str, snippets: Sequence[str], wrong: set[str], word: str) -> str:
    rows = "".join(
        f"<li class={'wrong' if s in wrong else 'right'}>"
        f"{f'<b>{word}</b> ' if s in wrong else ''}{escape(s)}"
        for s in sorted(snippets, key=lambda s: s not in wrong)
    )
    return f"<h2>{title} ({len(snippets) - len(wrong)} of {len(snippets)})</h2><ul>{rows}</ul>"


def _gold(one: Scored) -> str:
    return f"<pre>{escape(_gold_text(one))}</pre>"


def _about(one: Scored, said: str) -> str:
    case, row = one.case, one.row
    head = f"<h1>{escape(case.id)}</h1><p class=quiet>{escape(case.dataset)} · {escape(case.url)}"
    score = "" if one.score is None else f"{one.score:.3f}"
    lines = [f"{head}</p><p><b>{score}</b> {escape(said)}</p>", _facts(one)]
    if case.dataset == PAYWALL:
        lines.append(f"<p>{escape(row['got'] or '-')}, gold {escape(row['gold'])}: "
                     f"{escape(str(case.gold.get('evidence', '')))}<br>"
                     f"<span class=quiet>{escape(str(row['evidence']))}</span></p>")  # fmt: skip
    removed = one.answer.get("removed") or ()
    if removed:
        items = "".join(
            f"<li><i>{escape(str(r['reason']))}</i> {escape(r['text'][:300])}" for r in removed
        )
        lines.append(
            f"<details><summary>{len(removed)} blocks were taken out</summary><ul>{items}"
            "</ul></details>"
        )
    return "".join(lines)


def _facts(one: Scored) -> str:
    """Metadata as it is and as it should be; the gold beside what is wrong."""
    rows = ""
    for name, right in (one.row.get("meta") or {}).items():
        if right is not None:
            got = one.answer.get(name) or (one.answer.get("language") if name == "lang" else "")
            rows += (
                f"<tr class={'right' if right else 'wrong'}><th>{name}<td>{escape(str(got or '-'))}"
                f"<td>{'' if right else escape(str(one.case.gold.get(name)))}"
            )
    return f"<table>{rows}</table>" if rows else ""


def _text(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8")


def _fill(name: str, **parts: str) -> str:
    return Template(_text(name)).substitute(parts)


def _for_script(value: object) -> str:
    return re.sub(r"[<>&\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value))
