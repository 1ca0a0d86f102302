"""The deeds on highlights, in the menus Article and Go."""

from __future__ import annotations

from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu, Scope

_ARTICLE = Menu.ARTICLE


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Highlight"),
    "H",
    icon="highlighter",
    when=lambda now: now.ready,
    new_group=True,
)
def highlight(deeds: Deeds) -> None:
    """Highlight what is selected; select the first sentence in view where nothing is."""
    deeds.highlights.highlight()


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Highlight in yellow"),
    "1",
    when=lambda now: now.ready,
    scope=Scope.READER,
)
def yellow(deeds: Deeds) -> None:
    """Highlight in the first colour."""
    deeds.highlights.colour(1)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Highlight in green"),
    "2",
    when=lambda now: now.ready,
    scope=Scope.READER,
)
def green(deeds: Deeds) -> None:
    """Highlight in the second colour."""
    deeds.highlights.colour(2)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Highlight in blue"),
    "3",
    when=lambda now: now.ready,
    scope=Scope.READER,
)
def blue(deeds: Deeds) -> None:
    """Highlight in the third colour."""
    deeds.highlights.colour(3)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Highlight in pink"),
    "4",
    when=lambda now: now.ready,
    scope=Scope.READER,
)
def pink(deeds: Deeds) -> None:
    """Highlight in the fourth colour."""
    deeds.highlights.colour(4)


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Note…"),
    "N",
    icon="sticky-note",
    when=lambda now: now.ready,
)
def note(deeds: Deeds) -> None:
    """Write a note on the highlight, on what is selected, or on the article."""
    deeds.highlights.note()


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Note on the article…"),
    "Shift+N",
    when=lambda now: now.ready,
)
def note_on_article(deeds: Deeds) -> None:
    """Write the note on the article as a whole."""
    deeds.highlights.note_article()


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Copy the quote with its source"),
    "Ctrl+Alt+C",
    when=lambda now: now.ready,
)
def copy_quote(deeds: Deeds) -> None:
    """Copy the highlight, or what is selected, as Markdown with its source."""
    deeds.highlights.copy()


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Remove the highlight"),
    "Backspace",
    when=lambda now: now.ready,
    scope=Scope.READER,
)
def remove_highlight(deeds: Deeds) -> None:
    """Remove the highlight that is in hand."""
    deeds.highlights.remove()


@TABLE.action(
    _ARTICLE,
    QT_TRANSLATE_NOOP("Actions", "Export the highlights…"),
    "Ctrl+Alt+H",
    icon="download",
    when=lambda now: now.some,
)
def export_highlights(deeds: Deeds) -> None:
    """Write the highlights of all selected articles into a file."""
    deeds.on_selected(deeds.shelf.export_of)


@TABLE.action(
    Menu.GO,
    QT_TRANSLATE_NOOP("Actions", "All highlights"),
    "G, H",
    icon="highlighter",
    new_group=True,
)
def all_highlights(deeds: Deeds) -> None:
    """Show the highlights of the whole library."""
    deeds.shelf.show()


@TABLE.action(
    Menu.GO,
    QT_TRANSLATE_NOOP("Actions", "Next highlight"),
    "]",
    when=lambda now: now.ready,
)
def next_highlight(deeds: Deeds) -> None:
    """Go to the next highlight of the article."""
    deeds.highlights.step(1)


@TABLE.action(
    Menu.GO,
    QT_TRANSLATE_NOOP("Actions", "Previous highlight"),
    "[",
    when=lambda now: now.ready,
)
def previous_highlight(deeds: Deeds) -> None:
    """Go to the highlight before."""
    deeds.highlights.step(-1)


@TABLE.action(
    Menu.GO,
    QT_TRANSLATE_NOOP("Actions", "Select the next sentence"),
    ".",
    when=lambda now: now.ready,
    scope=Scope.READER,
)
def next_sentence(deeds: Deeds) -> None:
    """Select the next sentence; Shift with the arrows goes on from it."""
    deeds.highlights.sentence(1)


@TABLE.action(
    Menu.GO,
    QT_TRANSLATE_NOOP("Actions", "Select the sentence before"),
    ",",
    when=lambda now: now.ready,
    scope=Scope.READER,
)
def previous_sentence(deeds: Deeds) -> None:
    """Select the sentence before."""
    deeds.highlights.sentence(-1)


@TABLE.action(
    Menu.GO,
    QT_TRANSLATE_NOOP("Actions", "Select one sentence more"),
    ">",
    when=lambda now: now.ready,
    scope=Scope.READER,
)
def more(deeds: Deeds) -> None:
    """Take the next sentence into what is selected."""
    deeds.highlights.extend(1)


@TABLE.action(
    Menu.GO,
    QT_TRANSLATE_NOOP("Actions", "Select one sentence less"),
    "<",
    when=lambda now: now.ready,
    scope=Scope.READER,
)
def less(deeds: Deeds) -> None:
    """Leave the last sentence out of what is selected."""
    deeds.highlights.extend(-1)
