"""The Help menu: the sheet of keys, the sample and what this program is."""

from __future__ import annotations

from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu

_HELP = Menu.HELP


@TABLE.action(_HELP, QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"), "?", "F1")
def shortcuts(deeds: Deeds) -> None:
    """Show all keys."""
    deeds.dialogs.shortcuts()


@TABLE.action(_HELP, QT_TRANSLATE_NOOP("Actions", "Read the sample"), icon="book-open")
def sample(deeds: Deeds) -> None:
    """Put the sample article on top of Unread and open it."""
    deeds.read_sample()


@TABLE.action(_HELP, QT_TRANSLATE_NOOP("Actions", "About Readlater"), new_group=True)
def about(deeds: Deeds) -> None:
    """Say what this is, its version, and where the data lives."""
    deeds.dialogs.about()
