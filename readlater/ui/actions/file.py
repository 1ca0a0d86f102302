"""The File menu: what comes into the library and goes out of the window."""

from __future__ import annotations

from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu

_FILE = Menu.FILE


@TABLE.action(_FILE, QT_TRANSLATE_NOOP("Actions", "Add links…"), "Ctrl+N", icon="plus")
def add(deeds: Deeds) -> None:
    """Open the dialog for one or many links."""
    deeds.dialogs.add_links()


@TABLE.action(_FILE, QT_TRANSLATE_NOOP("Actions", "Choose a file…"), "Ctrl+O", icon="folder-open")
def choose_file(deeds: Deeds) -> None:
    """Choose saved pages or shortcuts."""
    deeds.dialogs.choose_files()


@TABLE.action(
    _FILE,
    QT_TRANSLATE_NOOP("Actions", "Print…"),
    "Ctrl+P",
    icon="printer",
    when=lambda now: now.has_text,
    new_group=True,
)
def print_article(deeds: Deeds) -> None:
    """Print the article in the typography of the page."""
    deeds.paper.print_out()


@TABLE.action(
    _FILE,
    QT_TRANSLATE_NOOP("Actions", "Save as PDF…"),
    "Ctrl+Shift+P",
    icon="file-down",
    when=lambda now: now.has_text,
)
def save_pdf(deeds: Deeds) -> None:
    """Save the article as PDF, as it would be printed."""
    deeds.paper.save_pdf()


@TABLE.action(
    _FILE,
    QT_TRANSLATE_NOOP("Actions", "Empty the trash…"),
    icon="trash-2",
    when=lambda now: now.in_trash > 0,
    new_group=True,
)
def empty_trash(deeds: Deeds) -> None:
    """Delete for good what is in the trash: the one thing that asks."""
    deeds.dialogs.empty_trash()


@TABLE.action(
    _FILE, QT_TRANSLATE_NOOP("Actions", "Settings…"), "Ctrl+,", icon="settings", new_group=True
)
def settings(deeds: Deeds) -> None:
    """Open the settings."""
    deeds.dialogs.settings()


@TABLE.action(_FILE, QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q", new_group=True)
def leave(deeds: Deeds) -> None:
    """Close the window; what is queued goes on at the next start."""
    deeds.window.close()
