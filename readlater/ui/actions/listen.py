"""The Listen menu: reading aloud."""

from __future__ import annotations

from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.spec import QT_TRANSLATE_NOOP, TABLE, Menu

_LISTEN = Menu.LISTEN


@TABLE.action(
    _LISTEN,
    QT_TRANSLATE_NOOP("Actions", "Read aloud"),
    "P",
    "Toggle Media Play/Pause",
    "Media Play",
    "Media Pause",
    icon="headphones",
    when=lambda now: now.listening or now.ready,
    other=(lambda now: now.speaking, QT_TRANSLATE_NOOP("Actions", "Pause"), "pause"),
)
def read_aloud(deeds: Deeds) -> None:
    """Read the open article aloud from where one is; pause, and read on."""
    deeds.listen.toggle()


@TABLE.action(
    _LISTEN,
    QT_TRANSLATE_NOOP("Actions", "Read aloud from here"),
    "Shift+P",
    when=lambda now: now.ready,
)
def from_here(deeds: Deeds) -> None:
    """Read aloud from what is selected, or from the first sentence in view."""
    deeds.listen.from_here()


@TABLE.action(
    _LISTEN,
    QT_TRANSLATE_NOOP("Actions", "Stop reading aloud"),
    "Ctrl+Alt+P",
    "Media Stop",
    when=lambda now: now.listening,
)
def stop(deeds: Deeds) -> None:
    """Be silent, and take the bar away; the place is kept."""
    deeds.listen.stop()


@TABLE.action(
    _LISTEN,
    QT_TRANSLATE_NOOP("Actions", "Speak the next sentence"),
    "Alt+.",
    when=lambda now: now.listening,
    new_group=True,
)
def following(deeds: Deeds) -> None:
    """On to the next sentence."""
    deeds.listen.step(1)


@TABLE.action(
    _LISTEN,
    QT_TRANSLATE_NOOP("Actions", "Speak the sentence before"),
    "Alt+,",
    when=lambda now: now.listening,
)
def before(deeds: Deeds) -> None:
    """Back to the sentence before."""
    deeds.listen.step(-1)


@TABLE.action(
    _LISTEN,
    QT_TRANSLATE_NOOP("Actions", "Speak the next paragraph"),
    "Alt+PgDown",
    "Media Next",
    when=lambda now: now.listening,
)
def next_paragraph(deeds: Deeds) -> None:
    """On to the next paragraph."""
    deeds.listen.skip(1)


@TABLE.action(
    _LISTEN,
    QT_TRANSLATE_NOOP("Actions", "Speak the paragraph again"),
    "Alt+PgUp",
    "Media Previous",
    when=lambda now: now.listening,
)
def paragraph_again(deeds: Deeds) -> None:
    """Back to the beginning of the paragraph, or to the one before."""
    deeds.listen.skip(-1)


@TABLE.action(
    _LISTEN,
    QT_TRANSLATE_NOOP("Actions", "Back to what is spoken"),
    "Alt+P",
    icon="locate-fixed",
    when=lambda now: now.listening,
)
def to_spoken(deeds: Deeds) -> None:
    """Show the spoken sentence, whichever article is open."""
    deeds.listen.to_spoken()


@TABLE.action(
    _LISTEN,
    QT_TRANSLATE_NOOP("Actions", "Speak faster"),
    "Alt+=",
    new_group=True,
)
def faster(deeds: Deeds) -> None:
    """The next faster speed."""
    deeds.listen.hasten(1)


@TABLE.action(_LISTEN, QT_TRANSLATE_NOOP("Actions", "Speak slower"), "Alt+-")
def slower(deeds: Deeds) -> None:
    """The next slower speed."""
    deeds.listen.hasten(-1)


@TABLE.action(
    _LISTEN,
    QT_TRANSLATE_NOOP("Actions", "Go on to the next article"),
    other=(
        lambda now: now.goes_on,
        QT_TRANSLATE_NOOP("Actions", "Stop at the end of the article"),
        "",
    ),
)
def go_on(deeds: Deeds) -> None:
    """Let the next article of the list follow, or no longer."""
    deeds.listen.set_goes_on(on=not deeds.listen.goes_on)
