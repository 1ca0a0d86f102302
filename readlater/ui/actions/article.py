"""The Article menu: deeds on what is selected, or on the open article."""

from __future__ import annotations

from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu

_ARTICLE = Menu.ARTICLE


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Archive"),
    "E",
    icon="archive",
    when=lambda now: now.live,
    other=(
        lambda now: now.archived,
        QT_TRANSLATE_NOOP("Actions", "Move to Unread"),
        "archive-restore",
    ),
)
def archive(deeds: Deeds) -> None:
    """Archive what is selected; back to Unread when all of it is archived."""
    on, tidying = not deeds.situation().archived, deeds.library.tidying
    deeds.on_selected(lambda ids: deeds.do(lambda: tidying.archive(ids, on=on)))


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Add to Favourites"),
    "S",
    icon="star",
    when=lambda now: now.live,
    other=(
        lambda now: now.favourites,
        QT_TRANSLATE_NOOP("Actions", "Remove from Favourites"),
        "star-filled",
    ),
)
def favourite(deeds: Deeds) -> None:
    """Mark what is selected as favourite; no longer when all of it is."""
    on, tidying = not deeds.situation().favourites, deeds.library.tidying
    deeds.on_selected(lambda ids: deeds.do(lambda: tidying.favourite(ids, on=on)))


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Tags…"),
    "T",
    icon="tag",
    when=lambda now: now.live,
)
def tags(deeds: Deeds) -> None:
    """Edit the tags of what is selected."""
    deeds.on_selected(deeds.dialogs.edit_tags)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Move to the trash"),
    "Del",
    "#",
    icon="trash-2",
    when=lambda now: now.live,
)
def trash(deeds: Deeds) -> None:
    """Put what is selected into the trash."""
    tidying = deeds.library.tidying
    deeds.on_selected(lambda ids: deeds.do(lambda: tidying.trash(ids)))


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Restore"),
    "Shift+Del",
    icon="rotate-ccw",
    when=lambda now: now.trashed,
)
def restore(deeds: Deeds) -> None:
    """Take what is selected out of the trash."""
    tidying = deeds.library.tidying
    deeds.on_selected(lambda ids: deeds.do(lambda: tidying.restore(ids)))


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Open on the web"),
    "O",
    icon="external-link",
    when=lambda now: now.few_on_the_web,
    new_group=True,
)
def open_on_the_web(deeds: Deeds) -> None:
    """Open the addresses in the browser."""
    deeds.on_selected(deeds.open_on_the_web)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "About this copy…"),
    "I",
    icon="info",
    when=lambda now: now.has_badge,
)
def access(deeds: Deeds) -> None:
    """Show why the copy wears its badge."""
    one = deeds.situation().alone
    if one is not None:
        deeds.dialogs.show_access(one.id)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "This is complete"),
    icon="check",
    when=lambda now: now.has_badge and now.live,
)
def complete(deeds: Deeds) -> None:
    """The reader's word: the copy is whole, and the badge goes."""
    one = deeds.situation().alone
    if one is not None:
        deeds.say_complete(one.id)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Fetch again"),
    "R",
    icon="refresh-cw",
    when=lambda now: now.can_refetch,
    new_group=True,
)
def fetch_again(deeds: Deeds) -> None:
    """Fetch what is held anew; a better copy that is held stays."""
    deeds.on_selected(deeds.refetch)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Try again"),
    "Shift+R",
    icon="rotate-ccw",
    when=lambda now: now.can_retry,
)
def try_again(deeds: Deeds) -> None:
    """Fetch now what failed or waits."""
    deeds.on_selected(deeds.retry)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Stop saving"),
    "Ctrl+.",
    icon="x",
    when=lambda now: now.queued,
)
def stop(deeds: Deeds) -> None:
    """Stop what is being saved."""
    deeds.on_selected(deeds.stop)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Edit address…"),
    "F2",
    icon="pencil",
    when=lambda now: now.live and now.alone is not None,
)
def edit_address(deeds: Deeds) -> None:
    """Give the article another address."""
    one = deeds.situation().alone
    if one is not None:
        deeds.dialogs.edit_address(one.id)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Extract again"),
    "Ctrl+R",
    icon="file-text",
    when=lambda now: now.live and now.ready,
)
def extract_again(deeds: Deeds) -> None:
    """Make the article anew from what came, without the network."""
    deeds.on_selected(deeds.reextract)
