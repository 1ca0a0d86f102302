"""The one place where the text that an article shows is replaced: what hangs on it follows here."""

from __future__ import annotations

from readlater.article import Access, Extracted
from readlater.library.versions import holds_on, takes_its_place
from readlater.storage import copies, corrections
from readlater.storage.connection import Connection


def show(connection: Connection, article: int, copy: int, extracted: Extracted) -> None:
    """Have an article show `extracted`, which `copy` holds; the reader's own word goes with it.

    Whoever calls names the article in its transaction's `changes`: its highlights are found in the
    new text as soon as that is committed (`Core.follow`).
    """
    copies.show(connection, article, copy, extracted)


def show_if_better(connection: Connection, article: int, copy: int, extracted: Extracted) -> bool:
    """Show what a fetch brought, unless the held copy is better; whether it is shown."""
    shown = copies.shown(connection, article)
    held = copies.extracted_if_sound(connection, shown) if shown is not None else None
    said: Access | None = corrections.said(connection, article)
    if not takes_its_place(extracted, held, said):
        return False
    if shown != copy:  # the same page made anew is the copy that the word was about
        corrections.say(connection, article, holds_on(said, held, extracted))
    show(connection, article, copy, extracted)
    return True


def follow(connection: Connection, article: int) -> None:
    """Have a row follow its copy and its corrections, after either has changed under it."""
    copy = copies.shown(connection, article)
    extracted = copies.extracted_if_sound(connection, copy) if copy is not None else None
    if copy is not None and extracted is not None:
        show(connection, article, copy, extracted)
