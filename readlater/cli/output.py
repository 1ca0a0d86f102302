"""What the terminal says: records on standard output, sentences on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

from readlater import words
from readlater.article import Access, Article, Problem, Status
from readlater.exporters import json as json_lines


def say(text: str) -> None:
    """One line on standard output, flushed, so that a reader of the pipe has it at once."""
    _write(sys.stdout, text)


def complain(about: str, problem: Problem) -> None:
    """One line on standard error: what it is about, and the sentence."""
    say_aside(f"{about}: {words.sentence(problem)}" if about else words.sentence(problem))


def say_aside(text: str) -> None:
    """One line on standard error."""
    _write(sys.stderr, text)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed by whoever started us
        return
    try:
        stream.write(text + "\n")
    except UnicodeEncodeError:  # a terminal of an old encoding, or a lone surrogate of a page
        code = stream.encoding or "ascii"
        stream.write(text.encode(code, "backslashreplace").decode(code) + "\n")
    stream.flush()


def show_rows(articles: Iterable[Article], *, as_json: bool) -> None:
    """Each article as a line."""
    for article in articles:
        say(json_line(article) if as_json else line(article))


def json_line(article: Article) -> str:
    """The record of an article, in ASCII where the stream can say no more."""
    return json_lines.line(article, plain=not is_unicode())


def is_unicode() -> bool:
    """Whether standard output can say every letter."""
    return "utf" in (getattr(sys.stdout, "encoding", None) or "ascii").lower()


def line(article: Article) -> str:
    """An article for a person: number, title, site, minutes and what the copy is."""
    parts = [f"{article.id:>6}  {article.title or article.url or '(no title yet)'}"]
    if article.site_name:
        parts.append(article.site_name)
    if article.reading_minutes:
        parts.append(f"{article.reading_minutes} min")
    if article.status is Status.QUEUED:
        parts.append("waiting")
    elif article.status is Status.FAILED:
        parts.append("failed")
    elif article.access not in (None, Access.FULL):
        parts.append(words.ACCESS[Access(article.access)])
    parts += [f"#{tag}" for tag in article.tags]
    return " · ".join(parts)


class ProgressLine:
    """One line that is written over and over, where standard error is a terminal."""

    def __init__(self, *, on: bool) -> None:
        self._on = on and sys.stderr is not None and sys.stderr.isatty()
        self._width = 0

    def show(self, text: str) -> None:
        """Replace the line."""
        if self._on:
            sys.stderr.write("\r" + text[:78].ljust(self._width))
            sys.stderr.flush()
            self._width = min(78, len(text))

    def clear(self) -> None:
        """Take the line away."""
        if self._on and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0
