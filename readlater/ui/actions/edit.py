"""The Edit menu: undo, redo, paste, select and find; in a text field each is the field's own."""

from __future__ import annotations

from readlater.ui.actions.copying import can_copy, copy_articles
from readlater.ui.actions.deeds import Deeds, text_field
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu

_EDIT = Menu.EDIT


@TABLE.action(
    _EDIT,
    QT_TRANSLATE_NOOP("Actions", "Undo"),
    "Ctrl+Z",
    icon="undo-2",
    when=lambda now: now.can_undo,
)
def undo(deeds: Deeds) -> None:
    """Undo the last deed."""
    field = text_field()
    if field is None:
        deeds.undo()
    else:
        field.undo()


@TABLE.action(
    _EDIT,
    QT_TRANSLATE_NOOP("Actions", "Redo"),
    "Ctrl+Shift+Z",
    "Ctrl+Y",
    icon="redo-2",
    when=lambda now: now.can_redo,
)
def redo(deeds: Deeds) -> None:
    """Do again what was undone."""
    field = text_field()
    if field is None:
        deeds.redo()
    else:
        field.redo()


@TABLE.action(
    _EDIT,
    QT_TRANSLATE_NOOP("Actions", "Paste a link"),
    "Ctrl+V",
    icon="clipboard-paste",
    new_group=True,
)
def paste(deeds: Deeds) -> None:
    """Save what the clipboard holds."""
    field = text_field()
    if field is None:
        deeds.intake.paste()
    else:
        field.paste()


@TABLE.action(
    _EDIT,
    QT_TRANSLATE_NOOP("Actions", "Copy link"),
    "Ctrl+Shift+C",
    icon="link",
    when=lambda now: now.on_the_web,
)
def copy_link(deeds: Deeds) -> None:
    """Copy the addresses of the selected articles, a line each."""
    deeds.on_selected(deeds.copy_links)


@TABLE.action(
    _EDIT,
    QT_TRANSLATE_NOOP("Actions", "Copy link as Markdown"),
    "Ctrl+Alt+L",
    when=lambda now: now.on_the_web,
)
def copy_markdown(deeds: Deeds) -> None:
    """Copy the titles of the selected articles as Markdown links."""
    deeds.on_selected(deeds.links.copy_markdown)


@TABLE.action(
    _EDIT,
    QT_TRANSLATE_NOOP("Actions", "Copy the article as Markdown"),
    "Ctrl+Alt+M",
    icon="copy",
    when=can_copy,
)
def copy_article(deeds: Deeds) -> None:
    """Copy the whole text of the selected articles as Markdown, with their sources."""
    deeds.on_selected(lambda ids: copy_articles(deeds, ids))


@TABLE.action(_EDIT, QT_TRANSLATE_NOOP("Actions", "Select all articles"), "Ctrl+A", new_group=True)
def select_all(deeds: Deeds) -> None:
    """Select all articles of the list."""
    field = text_field()
    if field is None:
        deeds.window.list_pane.cards.selectAll()
    else:
        field.selectAll()


@TABLE.action(
    _EDIT,
    QT_TRANSLATE_NOOP("Actions", "Search the library"),
    "/",
    "Ctrl+Shift+F",
    icon="search",
    new_group=True,
)
def search(deeds: Deeds) -> None:
    """Put the cursor into the search field."""
    deeds.window.focus_search()


@TABLE.action(_EDIT, QT_TRANSLATE_NOOP("Actions", "Find"), "Ctrl+F")
def find(deeds: Deeds) -> None:
    """Find in the pane that has the keys: in the article, or in the library."""
    pane = deeds.window.reader_pane
    if pane.has_keys and pane.is_reading:
        pane.find_words()
    else:
        deeds.window.focus_search()


@TABLE.action(_EDIT, QT_TRANSLATE_NOOP("Actions", "Find next"), "F3", "Ctrl+G")
def find_next(deeds: Deeds) -> None:
    """To the next place of the words."""
    deeds.window.reader_pane.find_bar.go(back=False)


@TABLE.action(_EDIT, QT_TRANSLATE_NOOP("Actions", "Find previous"), "Shift+F3", "Ctrl+Shift+G")
def find_previous(deeds: Deeds) -> None:
    """To the place of the words before."""
    deeds.window.reader_pane.find_bar.go(back=True)
