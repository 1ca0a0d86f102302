"""What an action is: one decorated function with its words, keys, icon and when it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from readlater.ui.actions.situation import Situation

if TYPE_CHECKING:
    from readlater.ui.actions.deeds import Deeds


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  # the name lupdate looks for
    """`text` as it is, marked for the translators; PySide's own is typed as any object."""
    return text


class Menu(StrEnum):
    """The menus of the menu bar, in their order."""

    FILE = QT_TRANSLATE_NOOP("Actions", "&File")
    EDIT = QT_TRANSLATE_NOOP("Actions", "&Edit")
    ARTICLE = QT_TRANSLATE_NOOP("Actions", "&Article")
    VIEW = QT_TRANSLATE_NOOP("Actions", "&View")
    GO = QT_TRANSLATE_NOOP("Actions", "&Go")
    LISTEN = QT_TRANSLATE_NOOP("Actions", "&Listen")
    HELP = QT_TRANSLATE_NOOP("Actions", "&Help")


class Scope(StrEnum):
    """Where the keys of an action hold: in the whole window, or in one pane that has the focus."""

    WINDOW = "window"
    LIST = "list"
    READER = "reader"


def always(_now: Situation) -> bool:
    """For what works at any time."""
    return True


@dataclass(frozen=True, slots=True)
class Spec:
    """One action. `other` is (when, text, icon) for the deed's opposite, worn while it holds.

    `single` is whether its keys are plain letters, which can be switched off.
    """

    id: str
    menu: Menu
    text: str
    run: Callable[[Deeds], None]
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: Callable[[Situation], bool] = always
    scope: Scope = Scope.WINDOW
    other: tuple[Callable[[Situation], bool], str, str] | None = None
    new_group: bool = False

    def keys_now(self, *, single: bool) -> tuple[str, ...]:
        """Its keys, without the plain letters when `single` is off."""
        return tuple(key for key in self.keys if single or not is_single(key))


def is_single(key: str) -> bool:
    """Whether a key is a plain letter or sign, or a sequence of such: `E`, `/`, `G, U`."""
    return all(len(part.strip()) == 1 for part in key.split(","))


@dataclass(slots=True)
class Table:
    """All actions in the order of the menus; filled by `action`."""

    specs: list[Spec] = field(default_factory=list)

    def action(
        self,
        menu: Menu,
        text: str,
        *keys: str,
        icon: str = "",
        when: Callable[[Situation], bool] = always,
        scope: Scope = Scope.WINDOW,
        other: tuple[Callable[[Situation], bool], str, str] | None = None,
        new_group: bool = False,
    ) -> Callable[[Callable[[Deeds], None]], Callable[[Deeds], None]]:
        """Make the decorated function an action; its id is `menu.function`."""

        def keep(run: Callable[[Deeds], None]) -> Callable[[Deeds], None]:
            name = f"{menu.name.lower()}.{run.__name__}"
            self.specs.append(
                Spec(name, menu, text, run, keys, icon, when, scope, other, new_group)
            )
            return run

        return keep


TABLE: Final = Table()
