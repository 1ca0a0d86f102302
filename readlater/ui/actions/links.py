"""The deeds on links, in the menus Edit and Article."""

from __future__ import annotations

from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu


@TABLE.action(
    Menu.EDIT,
    QT_TRANSLATE_NOOP("Actions", "Copy link as Markdown"),
    "Ctrl+Alt+L",
    when=lambda now: now.on_the_web,
)
def copy_markdown(deeds: Deeds) -> None:
    """Copy the titles of the selected articles as Markdown links."""
    deeds.on_selected(deeds.links.copy_markdown)


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
