"""What the deeds are about just now, and which of them that lets work: pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from readlater.article import Access, Article, Place, State, Status

# More tabs than this at once are no wish but a slip.
MOST_TABS: Final = 12
# Nothing of the article came with these: there is no copy to call whole or cut.
WALLS: Final = frozenset({Access.CONSENT_WALL, Access.BOT_WALL})


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
    listening: bool = False  # something is read aloud, or paused
    speaking: bool = False
    goes_on: bool = False  # the next article follows the one that is read aloud

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
    def has_copy(self) -> bool:
        """Whether the one article has a copy to say something about."""
        one = self.alone
        return one is not None and one.status is Status.READY and one.access is not None

    @property
    def has_text(self) -> bool:
        """Whether it is one article, and there is something of it to read."""
        one = self.alone
        return one is not None and (one.status is Status.READY or one.access is not None)

    @property
    def has_removed(self) -> bool:
        """Whether blocks of the one article were taken out, or put back."""
        one = self.alone
        if one is None or not self.has_copy:
            return False
        return bool(one.removed_count or one.put_back_count)

    def can_say(self, word: Access | None) -> bool:
        """Whether that word would change what the one article is said to be."""
        one = self.alone
        if one is None or not (self.has_copy and self.live) or one.access in WALLS:
            return False
        return one.said is not None if word is None else one.access is not word
