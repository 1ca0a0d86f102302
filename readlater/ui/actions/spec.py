"""What an action is: one decorated function with its words, keys, icon and when it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from readlater.article import Access, Article, Place, State, Status

if TYPE_CHECKING:
    from readlater.ui.actions.deeds import Deeds

# More tabs than this at once are no wish but a slip.
MOST_TABS: Final = 12


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
    HELP = QT_TRANSLATE_NOOP("Actions", "&Help")


class Scope(StrEnum):
    """Where the keys of an action hold: in the whole window, or in one pane that has the focus."""

    WINDOW = "window"
    LIST = "list"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Situation:
    """What the deeds are about just now.

    `articles` are the selected ones that are known (the open one when none is selected), `count`
    is how many are selected in all.
    """

    articles: tuple[Article, ...] = ()
    count: int = 0
    place: Place = Place.UNREAD
    searching: bool = False
    in_trash: int = 0
    held: int = 0
    can_undo: bool = False
    can_redo: bool = False

    @property
    def some(self) -> bool:
        """Whether anything is selected or open."""
        return bool(self.articles)

    @property
    def live(self) -> bool:
        """Whether something is selected, and nothing of it lies in the trash."""
        return self.some and all(a.state is not State.TRASHED for a in self.articles)

    @property
    def trashed(self) -> bool:
        """Whether something is selected, and all of it lies in the trash."""
        return self.some and all(a.state is State.TRASHED for a in self.articles)

    @property
    def archived(self) -> bool:
        """Whether all that is selected is archived."""
        return self.some and all(a.archived_at is not None for a in self.articles)

    @property
    def favourites(self) -> bool:
        """Whether all that is selected is favourite."""
        return self.some and all(a.favourite for a in self.articles)

    @property
    def on_the_web(self) -> bool:
        """Whether something selected has an address."""
        return any(a.url for a in self.articles)

    @property
    def few_on_the_web(self) -> bool:
        """Whether opening all of it in a browser is sensible."""
        return self.on_the_web and self.count <= MOST_TABS

    @property
    def queued(self) -> bool:
        """Whether something selected is being saved or waits to be."""
        return any(a.status is Status.QUEUED for a in self.articles)

    @property
    def can_retry(self) -> bool:
        """Whether something selected failed, or waits for its next try."""
        return self.live and any(
            a.status is Status.FAILED or (a.status is Status.QUEUED and a.problem is not None)
            for a in self.articles
        )

    @property
    def ready(self) -> bool:
        """Whether something selected has a text."""
        return any(a.status is Status.READY for a in self.articles)

    @property
    def can_refetch(self) -> bool:
        """Whether something selected has a text and an address to fetch it from."""
        return self.live and any(a.status is Status.READY and a.url for a in self.articles)

    @property
    def alone(self) -> Article | None:
        """The one article, when it is only one."""
        return self.articles[0] if self.count == 1 and len(self.articles) == 1 else None

    @property
    def has_badge(self) -> bool:
        """Whether the one article wears a badge of access."""
        one = self.alone
        return (
            one is not None and one.status is Status.READY and one.access not in (None, Access.FULL)
        )


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
