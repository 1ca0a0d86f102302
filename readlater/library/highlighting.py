"""Highlights and notes: made, changed, kept in their place, listed over the whole library."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from readlater.article import Article, Changes, FoundHighlight, Highlight, Marks, Selector
from readlater.errors import InputError, LibraryError
from readlater.library import anchors
from readlater.library.core import Core, Done, Writing
from readlater.library.names import clean_tags, joined
from readlater.library.shown_text import shown_text
from readlater.storage import articles, copies, highlights, undo
from readlater.storage.rows import folded

COLOURS = (1, 2, 3, 4)
LONGEST_NOTE = 100_000
_EDGES = " \n"
_ALL = -1  # LIMIT of SQLite


@dataclass(frozen=True, slots=True)
class Painted:
    """The highlights of an article as its page shows them, over a text of `length` characters."""

    article: int
    length: int
    highlights: tuple[Highlight, ...]
    note: str = ""


class Highlighting:
    """Deeds on highlights; each can be undone. Ids are those of highlights, not of articles."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._is_swept = False
        self._sweeping = threading.RLock()  # those who hear of it may ask for the list
        core.follow(lambda ids: _settle_all(core, ids))

    def of(self, article: int) -> tuple[Highlight, ...]:
        """The highlights of an article in the order of its text, those that are lost at the end."""
        _settle(self._core, article)
        with self._core.store.read() as connection:
            return tuple(highlights.of(connection, articles.standing(connection, article)))

    def painted(self, article: int) -> Painted:
        """What the page of an article shows; InputError `no_such_article`."""
        held = self.of(article)
        with self._core.store.read() as connection:
            row = articles.get(connection, articles.standing(connection, article))
        if row is None:
            raise InputError("no_such_article", id=article)
        length = len(self._text(row.id)[0]) if held else 0
        return Painted(row.id, length, held, row.note)

    def add(
        self, article: int, colour: int, selected: Selector, *, note: str = ""
    ) -> tuple[Highlight, Done]:
        """Highlight what is selected in the shown text.

        Raises InputError `nothing_selected`, `no_text_yet`, or `text_changed` when the text is
        another one by now and does not say where the selection stands.
        """
        text, digest = self._text(article)
        start, end = _selected(text, selected)
        selector = anchors.describe(text, start, end)
        anchored = f"{digest} {anchors.trace(text, start, end)}"
        now = self._core.clock()
        with self._core.write(Changes(frozenset([article]))) as writing:
            deed = undo.begin(writing.connection, "highlighted", now)
            with undo.recorded(writing.connection, deed, [article]):
                made = highlights.insert(
                    writing.connection, article, colour, selector, anchored=anchored, now=now
                )
                if note:
                    highlights.update(writing.connection, made, {"note": note[:LONGEST_NOTE]})
            held = highlights.many(writing.connection, [made])[0]
        return held, Done("highlighted", (article,), deed)

    def set_colour(self, ids: Sequence[int], colour: int) -> Done:
        """Give highlights one of the four colours."""

        def change(writing: Writing, held: Highlight) -> None:
            values = {"colour": colour, "changed_at": self._core.clock()}
            highlights.update(writing.connection, held.id, values)

        return self._deed("highlight_coloured", ids, change)

    def annotate(self, highlight: int, note: str) -> Done:
        """Write the note of a highlight; "" takes it away."""

        def change(writing: Writing, held: Highlight) -> None:
            values = {"note": note[:LONGEST_NOTE], "changed_at": self._core.clock()}
            highlights.update(writing.connection, held.id, values)

        return self._deed("highlight_noted", [highlight], change)

    def tag(self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()) -> Done:
        """Add tags to highlights and take tags from them; InputError `bad_tag`."""
        more, less = clean_tags(add), {folded(name) for name in remove}

        def change(writing: Writing, held: Highlight) -> None:
            kept = [name for name in held.tags if folded(name) not in less]
            highlights.put_tags(writing.connection, held.id, joined(kept, more))
            highlights.update(writing.connection, held.id, {"changed_at": self._core.clock()})

        return self._deed("highlight_tagged", ids, change)

    def remove(self, ids: Sequence[int]) -> Done:
        """Take highlights away, with their notes."""

        def change(writing: Writing, held: Highlight) -> None:
            highlights.delete(writing.connection, held.id)

        return self._deed("highlight_removed", ids, change)

    def note(self, article: int, text: str) -> Done:
        """Write the note on an article as a whole; InputError `no_such_article`."""
        with self._core.write(Changes(frozenset([article]))) as writing:
            if not articles.existing(writing.connection, [article]):
                raise InputError("no_such_article", id=article)
            deed = undo.begin(writing.connection, "noted", self._core.clock())
            with undo.recorded(writing.connection, deed, [article]):
                articles.update(writing.connection, article, {"note": text[:LONGEST_NOTE]})
        return Done("noted", (article,), deed)

    # over the whole library

    def find(self, marks: Marks, offset: int = 0, limit: int = 100) -> tuple[FoundHighlight, ...]:
        """`limit` highlights of a list from `offset`, the newest first; trashed articles aside."""
        self._sweep()
        with self._core.store.read() as connection:
            return tuple(highlights.page(connection, marks, offset, limit))

    def count(self, marks: Marks) -> int:
        """How many highlights a list holds."""
        with self._core.store.read() as connection:
            return highlights.count(connection, marks)

    def every(self, marks: Marks) -> Iterator[FoundHighlight]:
        """All highlights of a list as it is now, however it changes while they are used."""
        return iter(self.find(marks, limit=_ALL))

    def noted(self, lists: Sequence[Marks]) -> tuple[Article, ...]:
        """The articles of some lists with a note on them as a whole, highlights or none.

        A list that asks for words, a colour or a tag is about highlights alone.
        """
        whole = [m for m in lists if not (m.query or m.colour or m.tag)]
        ids = None if any(not m.article for m in whole) else [m.article for m in whole]
        with self._core.store.snapshot() as connection:
            found = articles.many(connection, highlights.noted(connection, ids))
        return tuple(sorted(found, key=lambda article: -article.id))

    def notes(self, ids: Collection[int]) -> dict[int, str]:
        """The notes on articles as a whole, where there are any."""
        with self._core.store.read() as connection:
            found = articles.many(connection, list(ids))
        return {article.id: article.note for article in found if article.note}

    def tags(self) -> tuple[tuple[str, int], ...]:
        """The tags of highlights in their order, each with its number."""
        with self._core.store.read() as connection:
            return highlights.tags(connection)

    def _sweep(self) -> None:
        """Once, before the first list: what a killed process has left to be found."""
        with self._sweeping:
            if not self._is_swept:
                self._is_swept = True
                _settle_all(self._core, None)

    def _deed(
        self, code: str, ids: Sequence[int], change: Callable[[Writing, Highlight], None]
    ) -> Done:
        with self._core.write() as writing:
            held = highlights.many(writing.connection, ids)
            if not held:
                raise InputError("no_such_highlight", id=ids[0] if ids else 0)
            about = tuple(dict.fromkeys(one.article for one in held))
            deed = undo.begin(writing.connection, code, self._core.clock())
            with undo.recorded(writing.connection, deed, about):
                for one in held:
                    change(writing, one)
            writing.changes = Changes(frozenset(about))
        return Done(code, about, deed)

    def _text(self, article: int) -> tuple[str, str]:
        """The text that the article shows, and what tells its copy from others."""
        with self._core.store.snapshot() as connection:
            copy = copies.shown(connection, article)
            extracted = copies.extracted(connection, copy) if copy is not None else None
            digest = highlights.copy_digest(connection, article)
        if extracted is None:
            raise InputError("no_text_yet")
        return shown_text(extracted.html), digest


def _settle_all(core: Core, ids: Collection[int] | None) -> None:
    """Settle those of the articles (None: all) whose text is not what their highlights count in."""
    with core.store.read() as connection:
        adrift = highlights.adrift(connection, ids)
    for article in adrift:
        # What was done before stands whatever becomes of this: they are found when next shown.
        with suppress(LibraryError):
            _settle(core, article)


def _settle(core: Core, article: int) -> None:
    """Find the highlights of an article in its present text, when they count in another."""
    with core.store.snapshot() as connection:
        article = articles.standing(connection, article)
        digest = highlights.copy_digest(connection, article)
        moved = highlights.unsettled(connection, article, digest) if digest else []
        copy = copies.shown(connection, article)
        extracted = (
            copies.extracted_if_sound(connection, copy) if moved and copy is not None else None
        )
    if extracted is None:
        return
    text = shown_text(extracted.html)
    found = [(held, traced, _place(held, traced, text)) for held, traced in moved]
    with core.write() as writing:
        if highlights.copy_digest(writing.connection, article) != digest:
            return  # the copy was replaced once more: its own turn comes
        for held, traced, span in found:
            # The words stay those that the person marked: by them it is found the next time too.
            values: dict[str, object] = {
                "anchored": f"{digest} {traced}",
                "placed": span is not None,
            }
            if span is not None:
                values |= {"start_at": span[0], "end_at": span[1]}
                values["anchored"] = f"{digest} {anchors.trace(text, *span)}"
            highlights.update(writing.connection, held.id, values)
        writing.changes = Changes(frozenset([article]))


def _place(held: Highlight, traced: str, text: str) -> anchors.Span | None:
    selector = held.selector
    return anchors.follow(traced, selector.start, selector.end, text) or anchors.place(
        selector, text
    )


def _selected(text: str, selected: Selector) -> tuple[int, int]:
    """Where a selection stands in `text`, without spaces at its ends."""
    quote = selected.quote.strip(_EDGES)
    if not quote:
        raise InputError("nothing_selected")
    start = selected.start + len(selected.quote) - len(selected.quote.lstrip(_EDGES))
    if text[start : start + len(quote)] == quote:
        return start, start + len(quote)
    # Another copy came in between: only words that stand there once say where they are.
    whole = selected.prefix + selected.quote + selected.suffix
    first = text.find(whole)
    if first < 0 or text.find(whole, first + 1) >= 0:
        raise InputError("text_changed")
    start = first + len(selected.prefix) + start - selected.start
    return start, start + len(quote)


def as_selected(text: str, start: int, end: int) -> Selector:
    """The selector of a selection without its rivals, as the page gives it."""
    bare = Selector(text[start:end], start=start, end=end)
    context = anchors.CONTEXT
    return replace(
        bare, prefix=text[max(0, start - context) : start], suffix=text[end : end + context]
    )
