"""The Article menu: deeds on what is selected, or on the open article."""

from __future__ import annotations

from readlater.article import Access
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
    when=lambda now: now.has_copy,
)
def access(deeds: Deeds) -> None:
    """Show what the copy is, and why that is thought."""
    one = deeds.situation().alone
    if one is not None:
        deeds.dialogs.show_access(one.id)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "What was taken out…"),
    "Shift+I",
    icon="scissors",
    when=lambda now: now.has_removed,
)
def removed(deeds: Deeds) -> None:
    """List the blocks that are not in the text, each with its reason and a way back."""
    one = deeds.situation().alone
    if one is not None:
        deeds.dialogs.show_removed(one.id)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "This copy is whole"),
    icon="check",
    when=lambda now: now.can_say(Access.FULL),
)
def complete(deeds: Deeds) -> None:
    """The reader's word: the copy is whole, and the badge goes."""
    _say(deeds, Access.FULL)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "This is only a preview"),
    icon="file-x",
    when=lambda now: now.can_say(Access.PREVIEW),
)
def preview(deeds: Deeds) -> None:
    """The reader's word: the copy is cut, whatever the page says."""
    _say(deeds, Access.PREVIEW)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Back to what the page says"),
    icon="undo-2",
    when=lambda now: now.can_say(None),
)
def unsay(deeds: Deeds) -> None:
    """Take the reader's word back."""
    _say(deeds, None)


def _say(deeds: Deeds, word: Access | None) -> None:
    one = deeds.situation().alone
    if one is not None:
        deeds.say_access(one.id, word)


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
