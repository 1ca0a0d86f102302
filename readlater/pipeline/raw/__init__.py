"""A page as it came: what its publisher showed of it, safe, and nothing that was kept back."""

from __future__ import annotations

from dataclasses import dataclass

from readlater.article import Access


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a page from its clean copy.

    `access` is what the page's own signs say, never the reader's word. `removed` are the texts of
    the blocks that were taken out, by fingerprint.
    """

    text: str = ""
    title: str = ""
    access: Access = Access.UNKNOWN
    pictures: tuple[str, ...] = ()
    removed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AsCame:
    """The safe HTML of a page's body, or in `refused` the code of the sentence why there is none.

    Pictures keep their publisher's addresses; a block that was taken out of the clean copy wears
    `data-taken` with its fingerprint.
    """

    html: str = ""
    language: str = ""
    direction: str = "ltr"
    refused: str = ""
