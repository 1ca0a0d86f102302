"""The icon of a site, fetched once for all of its articles, after the article is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from readlater.article import Changes, Picture
from readlater.errors import FetchError
from readlater.library.core import Core
from readlater.storage import assets, site_icons

# A site changes its icon seldom, and one without an icon keeps having none.
_EVERY_S: Final = 30 * 24 * 3600.0
_MOST_BYTES: Final = 1 << 20


def keep_icon(
    core: Core,
    article: int,
    host: str,
    fetch: Callable[[], Picture],
    make: Callable[[bytes], bytes | None],
) -> None:
    """Keep the icon of `host` as an asset, unless it was looked for in the last month.

    `fetch` brings the picture or raises FetchError, `make` turns it into a small PNG or None.
    """
    now = core.clock()
    since = now - _EVERY_S
    with core.store.read() as connection:
        if not site_icons.is_due(connection, host, since):
            return  # spares the writer
    with core.store.write() as connection:
        if not site_icons.ask(connection, host, now, since):
            return
    try:
        picture = fetch()
    except FetchError:
        return
    made = make(picture.body) if len(picture.body) <= _MOST_BYTES else None
    if made is None:
        return
    digest = core.assets.keep(made)
    with core.write(Changes(frozenset([article]))) as writing:
        assets.record(writing.connection, digest, Picture(picture.url, made, "image/png"))
        site_icons.keep(writing.connection, host, digest)
