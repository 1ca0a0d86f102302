"""The View menu: the order of the list, the panes, and how the page is set."""

from __future__ import annotations

from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu

_VIEW = Menu.VIEW


@TABLE.action(_VIEW, QT_TRANSLATE_NOOP("Actions", "Sort by…"), "Ctrl+Shift+S", icon="arrow-up-down")
def sort(deeds: Deeds) -> None:
    """Open the menu of orders under its button."""
    deeds.window.list_pane.sort_button.showMenu()


@TABLE.action(
    _VIEW,
    QT_TRANSLATE_NOOP("Actions", "Places"),
    "F9",
    icon="panel-left",
    new_group=True,
)
def places(deeds: Deeds) -> None:
    """Fold the sidebar away, or back."""
    deeds.window.arranging.fold_sidebar()


@TABLE.action(_VIEW, QT_TRANSLATE_NOOP("Actions", "List"), "Shift+F9", icon="list")
def articles(deeds: Deeds) -> None:
    """Fold the list away, or back."""
    deeds.window.arranging.fold_list()


@TABLE.action(_VIEW, QT_TRANSLATE_NOOP("Actions", "Full screen"), "F11", new_group=True)
def full_screen(deeds: Deeds) -> None:
    """Take the whole screen, or give it back."""
    window = deeds.window
    if window.isFullScreen():
        window.showNormal()
    else:
        window.showFullScreen()


@TABLE.action(_VIEW, QT_TRANSLATE_NOOP("Actions", "Only the article"), "Shift+F11")
def only_the_article(deeds: Deeds) -> None:
    """Keep only the column in the window, or bring back what stands round it."""
    arranging = deeds.window.arranging
    arranging.read_quietly(on=not arranging.is_quiet)


@TABLE.action(
    _VIEW,
    QT_TRANSLATE_NOOP("Actions", "Typography…"),
    "Ctrl+T",
    icon="a-large-small",
    new_group=True,
)
def typography(deeds: Deeds) -> None:
    """The panel of the page's typography."""
    deeds.page.typography()


@TABLE.action(_VIEW, QT_TRANSLATE_NOOP("Actions", "Outline…"), "Ctrl+L", icon="table-of-contents")
def outline(deeds: Deeds) -> None:
    """The headings of the article."""
    deeds.page.outline()


@TABLE.action(
    _VIEW,
    QT_TRANSLATE_NOOP("Actions", "Highlights beside the text"),
    "Ctrl+Shift+H",
    icon="panel-right",
    when=lambda now: now.ready,
)
def highlights_panel(deeds: Deeds) -> None:
    """Show the panel of highlights, or hide it."""
    deeds.highlights.toggle_panel()


@TABLE.action(
    _VIEW,
    QT_TRANSLATE_NOOP("Actions", "The page as it came"),
    "V",
    icon="file-text",
    when=lambda now: now.has_copy,
    new_group=True,
)
def as_it_came(deeds: Deeds) -> None:
    """Show the page as it came in the article's place, or the article again."""
    deeds.raw.toggle()


@TABLE.action(
    _VIEW,
    QT_TRANSLATE_NOOP("Actions", "The page as it came, side by side"),
    "Shift+V",
    icon="columns-2",
    when=lambda now: now.has_copy,
)
def side_by_side(deeds: Deeds) -> None:
    """Show the page as it came beside the article, or the article alone again."""
    deeds.raw.toggle_beside()


@TABLE.action(
    _VIEW, QT_TRANSLATE_NOOP("Actions", "Larger text"), "Ctrl++", "Ctrl+=", new_group=True
)
def larger(deeds: Deeds) -> None:
    """The next larger size."""
    deeds.page.resize(1)


@TABLE.action(_VIEW, QT_TRANSLATE_NOOP("Actions", "Smaller text"), "Ctrl+-")
def smaller(deeds: Deeds) -> None:
    """The next smaller size."""
    deeds.page.resize(-1)


@TABLE.action(_VIEW, QT_TRANSLATE_NOOP("Actions", "Ordinary text size"), "Ctrl+0")
def ordinary(deeds: Deeds) -> None:
    """The size that the page has at first."""
    deeds.page.resize(0)
