"""The deeds on the links of the open article, in the menu Article."""

from __future__ import annotations

from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu


@TABLE.action(
    Menu.ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Links of the article…"),
    "L",
    icon="link",
    when=lambda now: now.ready,
)
def all_links(deeds: Deeds) -> None:
    """List the links of the open article, to save many at once."""
    deeds.links.list_all()
