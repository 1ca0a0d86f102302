"""The Go menu: from article to article and from place to place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from readlater.article import Place, View
from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu, Scope

if TYPE_CHECKING:
    from readlater.ui.reader.tour import Tour

_GO = Menu.GO


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Next article"), "J")
def following(deeds: Deeds) -> None:
    """Choose the next article."""
    deeds.window.step(1)


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Previous article"), "K")
def previous(deeds: Deeds) -> None:
    """Choose the article before."""
    deeds.window.step(-1)


@TABLE.action(
    _GO,
    QT_TRANSLATE_NOOP("Actions", "Open"),
    "Enter",  # the name that people know it by comes first: menus show that
    "Return",
    when=lambda now: now.some,
    scope=Scope.LIST,
    new_group=True,
)
def into_article(deeds: Deeds) -> None:
    """Give the keys to the open article."""
    deeds.window.open_current()


@TABLE.action(
    _GO,
    QT_TRANSLATE_NOOP("Actions", "Page down, then the next article"),
    "Space",
    when=lambda now: now.some,
    scope=Scope.LIST,
)
def page_down(deeds: Deeds) -> None:
    """Read on; at the end choose the next article."""
    if not deeds.window.reader_pane.page_down():
        deeds.window.step(1)


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Back to the list"), "Esc", scope=Scope.READER)
def to_list(deeds: Deeds) -> None:
    """Close what lies over the page, end reading alone, or give the keys back to the list."""
    window = deeds.window

    def leave() -> None:
        if deeds.raw.view is not None and deeds.raw.view.has_keys:
            deeds.raw.leave()
        elif window.arranging.is_quiet:
            window.arranging.read_quietly(on=False)
        elif window.isFullScreen():
            window.showNormal()
        else:
            deeds.to_list()

    window.reader_pane.escape(leave)


def _tour(deeds: Deeds) -> Tour | None:
    pane = deeds.window.reader_pane
    return pane.page_view.tour if pane.page_view is not None and pane.is_reading else None


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Next heading"), "Alt+Down", new_group=True)
def next_heading(deeds: Deeds) -> None:
    """To the next heading of the article."""
    if (tour := _tour(deeds)) is not None:
        tour.step_heading(1)


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Previous heading"), "Alt+Up")
def previous_heading(deeds: Deeds) -> None:
    """To the heading before."""
    if (tour := _tour(deeds)) is not None:
        tour.step_heading(-1)


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Back to where the link was"), "Alt+Left")
def before_jump(deeds: Deeds) -> None:
    """To where one was before a link led elsewhere in the article."""
    if (tour := _tour(deeds)) is not None:
        tour.back()


@TABLE.action(
    _GO,
    QT_TRANSLATE_NOOP("Actions", "Leave the search"),
    "Esc",
    when=lambda now: now.searching,
    scope=Scope.LIST,
)
def leave_search(deeds: Deeds) -> None:
    """Show the whole place again."""
    window = deeds.window
    window.choose(replace(window.view(), query=""))


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Unread"), "G, U", icon="inbox", new_group=True)
def unread(deeds: Deeds) -> None:
    """Show Unread."""
    _go(deeds, Place.UNREAD)


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Continue"), "G, C", icon="book-open")
def begun(deeds: Deeds) -> None:
    """Show what one has begun to read."""
    _go(deeds, Place.CONTINUE)


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Favourites"), "G, F", icon="star")
def favourites(deeds: Deeds) -> None:
    """Show Favourites."""
    _go(deeds, Place.FAVOURITES)


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Archive"), "G, A", icon="archive")
def archive(deeds: Deeds) -> None:
    """Show the archive."""
    _go(deeds, Place.ARCHIVE)


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "All"), "G, L", icon="files")
def everything(deeds: Deeds) -> None:
    """Show all articles."""
    _go(deeds, Place.ALL)


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Previews"), "G, P", icon="file-x")
def previews(deeds: Deeds) -> None:
    """Show the copies that are not whole."""
    _go(deeds, Place.PREVIEWS)


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Failed"), "G, X", icon="triangle-alert")
def failed(deeds: Deeds) -> None:
    """Show the links from which nothing came."""
    _go(deeds, Place.FAILED)


@TABLE.action(_GO, QT_TRANSLATE_NOOP("Actions", "Trash"), "G, T", icon="trash-2")
def trash(deeds: Deeds) -> None:
    """Show the trash."""
    _go(deeds, Place.TRASH)


def _go(deeds: Deeds, place: Place) -> None:
    deeds.window.choose(View(place, sort=deeds.window.view().sort))
