"""A page made ready to be put in place: its text cleaned once more, coloured and divided."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from readlater.article import Article, Spot

if TYPE_CHECKING:
    from readlater.library.reading import Page

# `.invalid` can be no site's name (RFC 2606): it stands for the library while the sanitiser runs.
_LIBRARY: Final = "https://library.invalid/"
_ASSET: Final = re.compile(r'\bsrc="/asset/([A-Za-z0-9]+)"')
_MISSING: Final = re.compile(r'<span class="rl-missing">([^<]*)</span>')


@dataclass(frozen=True, slots=True)
class Ready:
    """`page` with the `body` that `safe` made of it, divided as the language `divided_as`.

    Only `made_ready` makes one, so that no text comes to the page uncleaned.
    """

    page: Page
    body: str
    divided_as: str

    @property
    def article(self) -> Article:
        """The article it is of."""
        return self.page.article

    @property
    def html(self) -> str:
        """The text as the library gave it."""
        return self.page.html

    @property
    def icon(self) -> str:
        """The digest of its site's icon, or ""."""
        return self.page.icon

    @property
    def spot(self) -> Spot | None:
        """Where one was."""
        return self.page.spot

    @property
    def typography(self) -> Mapping[str, object]:
        """The article's own typography."""
        return self.page.typography

    @property
    def size_bytes(self) -> int:
        """About how much memory it holds."""
        return sys.getsizeof(self.body) + sys.getsizeof(self.page.html)


def made_ready(page: Page, *, divides: bool) -> Ready:
    """Do beforehand all that can be done for `page`; with `divides`, its words are divided."""
    language = page.article.language if divides else ""
    return Ready(page, safe(page.html, divided_as=language), language)


def safe(html: str, *, divided_as: str = "") -> str:
    """The stored text cleaned once more: a rule that is mended also mends what is stored.

    Pictures of the library, and the words in place of those it has not, come through. Words may
    be divided where the language `divided_as` divides them.
    """
    from readlater.pipeline import colouring, hyphens, sanitize

    remote = _ASSET.sub(rf'src="{_LIBRARY}\1"', html)
    remote = _MISSING.sub(rf'<img alt="\1" src="{_LIBRARY}">', remote)
    clean = sanitize.for_reading(
        remote, {_LIBRARY + digest: digest for digest in _ASSET.findall(html)}
    )
    return hyphens.divided(colouring.coloured(clean), divided_as)
