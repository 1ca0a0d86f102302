"""What of an article is spoken: its sentences, where each stands, and in which language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from readlater.library.shown_text import BLOCKS, MISSING, SPACES, UNSEEN

_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\s[^\s=>]+=\"[^\"]*\")*)>")
_ANY_TAG: Final = re.compile(r"<[^>]*>")
_ATTRIBUTE: Final = re.compile(r"\s([^\s=>]+)=\"([^\"]*)\"")
_BLANKS: Final = re.compile(f"[{SPACES}]+")
_UNSEEN: Final = dict.fromkeys(map(ord, UNSEEN))
_BREAKS: Final = frozenset(BLOCKS)
_VOID: Final = frozenset(("br", "col", "hr", "img", "wbr"))
# Code is for the eyes; the reading of a ruby is said by its base.
_UNSPOKEN: Final = frozenset(("pre", "rp", "rt"))
# As `resources/html/tour.js` knows a note's mark and the way back from the note.
_MARK: Final = re.compile(
    r"\s*[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§¶^↩↑⏎⤴︎️]{1,3})\s*[\])]?\s*", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"\bhttps?://(?:www\.)?([^\s/?#]+)[^\s]*?(?=[.,;:!?)\]]*(?:\s|$))")
_WORD: Final = re.compile(r"\w")
_ASIDE: Final = re.compile(r"[,;:،、，；：–—]\s*|\s+")
# Longer ones are said in pieces: a pause, a change of speed and the place are a sentence's.
LONGEST: Final = 360
_WIDE: Final = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# Characters said in a second at the ordinary speed: some 165 words a minute of English.
_NARROW_PER_S: Final = 16.0
_WIDE_PER_S: Final = 5.5
_BREATH_S: Final = 0.35


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing to say. `start` and `end` count code points of `shown_text`; the title has 0, 0.

    `paragraph` numbers the block that it is of (a table is one), `language` is that of its
    nearest `lang`, or "".
    """

    text: str
    start: int
    end: int
    paragraph: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """An article as it is read aloud, over its shown text."""

    article: int
    text: str
    sentences: tuple[Sentence, ...]


@dataclass(slots=True)
class _Line:
    """The text between two edges of blocks: (words, where they stand) of what is spoken."""

    language: str
    table: int
    row: int
    runs: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    """Goes through sanitised html as `shown_text` does, with what each word stands in."""

    html: str
    parts: list[str] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    open: list[tuple[str, str, bool]] = field(default_factory=list)  # tag, language, unspoken
    length: int = 0
    gap: str = "\n"
    tables: int = 0
    rows: int = 0

    def go(self) -> None:
        at = 0
        for tag in _TAG.finditer(self.html):
            self._words(self.html[at : tag.start()])
            at = tag.end()
            if tag[1]:
                self._close(tag[2])
            else:
                self._open(tag[2], tag[3], at)
        self._words(self.html[at:])

    def _open(self, name: str, attributes: str, at: int) -> None:
        if name in _BREAKS:
            self.gap = "\n"
        if name in _VOID:
            return
        held = dict(_ATTRIBUTE.findall(attributes))
        language = held.get("lang") or (self.open[-1][1] if self.open else "")
        unspoken = bool(self.open and self.open[-1][2])
        self.tables += name == "table"
        self.rows += name == "tr"
        unspoken = unspoken or name in _UNSPOKEN or self._is_mark(name, held, at)
        self.open.append((name, unescape(language), unspoken))

    def _is_mark(self, name: str, held: dict[str, str], at: int) -> bool:
        """Whether the element says only which note belongs here, or leads back from one."""
        if name not in ("a", "sup") or (name == "a" and "#" not in held.get("href", "")):
            return False
        end = self.html.find(f"</{name}>", at)
        inner = self.html[at:end] if 0 <= end < at + 1000 else ""
        if name == "sup" and not re.search(r'<a [^>]*href="[^"]*#', inner):
            return False
        return _MARK.fullmatch(unescape(_ANY_TAG.sub("", inner))) is not None

    def _close(self, name: str) -> None:
        if name in _BREAKS:
            self.gap = "\n"
        while self.open:
            closed, _, _ = self.open.pop()
            if closed == name:
                break

    def _words(self, html: str) -> None:
        if not html:
            return
        text = _BLANKS.sub(" ", unescape(html).translate(_UNSEEN))
        if text.startswith(" "):
            self.gap = self.gap or " "
        words = text.strip(" ")
        if words:
            self._put(words)
            self.gap = " " if text.endswith(" ") else ""

    def _put(self, words: str) -> None:
        _, language, unspoken = self.open[-1] if self.open else ("", "", False)
        is_new = self.gap == "\n" or not self.lines
        if self.gap and self.parts:
            self.parts.append(self.gap)
            self.length += 1
        if is_new:
            table = self.tables if any(tag == "table" for tag, *_ in self.open) else 0
            self.lines.append(_Line(language, table, self.rows if table else 0))
        runs = self.lines[-1].runs
        if not unspoken:
            if self.gap == " " and runs:
                runs.append((" ", self.length - 1))
            runs.append((words, self.length))
        self.parts.append(words)
        self.length += len(words)


def speech_of(html: str, language: str, *, article: int = 0, title: str = "") -> Speech:
    """The sentences of sanitised `html`, the title before them.

    Code, marks of notes and the readings of ruby are not spoken; a row of a table is one
    sentence; a bare address is said by its host. `language` (BCP 47) is that of the article.
    """
    walk = _Walk(MISSING.sub("", html))
    walk.go()
    made = [Sentence(_said(title), 0, 0, 0)] if _WORD.search(title) else []
    for paragraph, lines in enumerate(_grouped(walk.lines), 1):
        for line in lines:
            made += _sentences(line, paragraph, line.language or language)
    return Speech(article, "".join(walk.parts), tuple(made))


def _grouped(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines of each block; those of one row of a table as one line."""
    group: list[_Line] = []
    for line in lines:
        if line.table and group and group[-1].table == line.table:
            if group[-1].row == line.row:
                runs = group[-1].runs
                if runs and line.runs:
                    last, at = runs[-1]
                    runs.append((", ", at + len(last)))
                runs += line.runs
            else:
                group.append(line)
            continue
        if group:
            yield group
        group = [line]
    if group:
        yield group


def _sentences(line: _Line, paragraph: int, language: str) -> Iterator[Sentence]:
    words = "".join(run for run, _ in line.runs)
    starts = [0]
    for run, _ in line.runs:
        starts.append(starts[-1] + len(run))

    def place(at: int) -> int:
        i = bisect_right(starts, at) - 1
        return line.runs[i][1] + at - starts[i]

    for start, end in _spans(words, language, whole=bool(line.table)):
        said = _said(words[start:end])
        if _WORD.search(said):
            yield Sentence(said, place(start), place(end - 1) + 1, paragraph, line.language)


def _spans(words: str, language: str, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Where the sentences of a block begin and end, without the spaces about them."""
    if not words:
        return
    found = [(0, len(words))]
    if not whole:
        from sentencex import get_sentence_boundaries  # the window starts without it

        primary = language.partition("-")[0].lower() or "en"
        bounds = get_sentence_boundaries(primary, words)
        found = [(bound["start_index"], bound["end_index"]) for bound in bounds]
    for start, end in found:
        for low, high in _pieces(words, start, end):
            stripped = words[low:high].strip()
            if stripped:
                first = low + words[low:high].index(stripped)
                yield first, first + len(stripped)


def _pieces(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence that is too long is said from comma to comma, or from space to space."""
    while end - start > LONGEST:
        room = words[start : start + LONGEST]
        breaks = list(_ASIDE.finditer(room, LONGEST // 3))
        commas = [found for found in breaks if not found[0].isspace()]
        cut = start + (commas or breaks)[-1].end() if breaks else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _said(words: str) -> str:
    return " ".join(_ADDRESS.sub(r"\1", words).split())


def seconds(text: str) -> float:
    """About how long a text takes to say at the ordinary speed."""
    wide = len(_WIDE.findall(text))
    return wide / _WIDE_PER_S + (len(text) - wide) / _NARROW_PER_S + _BREATH_S
