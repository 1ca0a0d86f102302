"""The deeds on the pictures of the open article, in the menu Article."""

from __future__ import annotations

from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu


@TABLE.action(
    Menu.ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Pictures large…"),
    "M",
    icon="image",
    when=lambda now: now.has_text,
)
def large(deeds: Deeds) -> None:
    """Open the picture in view, large, with the others before and after it."""
    deeds.pictures.open_current()
