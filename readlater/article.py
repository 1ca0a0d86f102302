"""The words of the domain: frozen values without I/O that every room shares."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_WORDS = re.compile(r"[^\W_]+")


class Access(StrEnum):
    """What a copy is, from schema.org `isAccessibleForFree` and what was delivered."""

    FULL = "full"
    PREVIEW = "preview"
    REGISTRATION = "registration"
    SIGN_IN = "sign_in"
    CONSENT_WALL = "consent_wall"
    BOT_WALL = "bot_wall"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Where a row stands in the queue; what a person sees as its state is `State`."""

    QUEUED = "queued"
    READY = "ready"
    FAILED = "failed"


class State(StrEnum):
    """Where a person has put an article; derived from `archived_at` and `trashed_at`."""

    UNREAD = "unread"
    ARCHIVED = "archived"
    TRASHED = "trashed"


class Place(StrEnum):
    """A place of the sidebar. `TAG` needs `View.tag`."""

    UNREAD = "unread"
    CONTINUE = "continue"
    FAVOURITES = "favourites"
    ARCHIVE = "archive"
    ALL = "all"
    PREVIEWS = "previews"
    FAILED = "failed"
    TRASH = "trash"
    TAG = "tag"


class Sort(StrEnum):
    """The order of a list."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    SITE = "site"
    SHORTEST = "shortest"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something did not work: a code and its arguments; `words.sentence` says it in English."""

    code: str
    args: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a verdict on access. `quote` is the page's own words or value."""

    code: str
    quote: str = ""
    count: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Removed:
    """A block taken out of the article: its kind, where it stood, what it said and was.

    `fingerprint` knows the block again on a later page: see `fingerprint_of`; "" in old copies.
    """

    reason: str
    place: str
    text: str
    html: str
    fingerprint: str = ""


def fingerprint_of(text: str) -> str:
    """What tells a block's text again in another copy of the page: 16 hex digits.

    Only letters and digits count, so a change of case, spaces or markup changes nothing.
    """
    folded = "".join(_WORDS.findall(text.casefold())) or " ".join(text.split())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Extracted:
    """One page as one article.

    `published` and `modified` are ISO 8601 or "", `direction` "ltr" or "rtl", `lead_image` and
    `icon` (its site's) absolute addresses or "", `html` sanitised (pictures keep their absolute
    http address in `src`), `pictures` those addresses in order and without repeats, the lead
    picture among them, `sources` says of each field that the page tells where it does:
    ("byline", "json-ld"),
    `confidence` (0 to 1) how sure `access` is, `candidates` what was asked for the article
    ("model", and "readability" where that was unsure).
    """

    title: str = ""
    byline: str = ""
    site_name: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    direction: str = "ltr"
    section: str = ""
    keywords: tuple[str, ...] = ()
    excerpt: str = ""
    lead_image: str = ""
    canonical: str = ""
    icon: str = ""
    html: str = ""
    text: str = ""
    word_count: int = 0
    access: Access = Access.UNKNOWN
    evidence: tuple[Evidence, ...] = ()
    removed: tuple[Removed, ...] = ()
    pictures: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    confidence: float = 0.0
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """What came for one request: `url` after redirects, `body` without its content coding.

    `headers` hold no cookies. `content_type` is the header's value or "".
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A fetched picture: its bytes as they came and its media type as sniffed from them."""

    url: str
    body: bytes
    media_type: str


# What is said in few long words is read in fewer a minute. English: Brysbaert 2019 (238); the
# others by Trauzettel-Klosinski and Dietz 2012 (texts of one content in 17 languages).
_WORDS_A_MINUTE = {
    "ar": 138, "de": 179, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188, "nl": 202,
    "pl": 166, "pt": 181, "ru": 184, "sl": 180, "sv": 199, "tr": 166,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One row of the library, without its text. Times are seconds since 1970 (UTC).

    `access` is what holds: `said`, the reader's own word (full or preview), before what the page
    gave. `removed_count` blocks are out of the text, `put_back_count` were put back into it.
    """

    id: int
    url: str
    saved_at: float
    title: str = ""
    byline: str = ""
    site_name: str = ""
    published: str = ""
    language: str = ""
    direction: str = "ltr"
    excerpt: str = ""
    word_count: int = 0
    status: Status = Status.QUEUED
    archived_at: float | None = None
    trashed_at: float | None = None
    read_at: float | None = None
    favourite: bool = False
    progress: float = 0.0
    tags: tuple[str, ...] = ()
    access: Access | None = None
    evidence: tuple[Evidence, ...] = ()
    removed_count: int = 0
    lead_asset: str = ""
    problem: Problem | None = None
    attempts: int = 0
    retry_at: float | None = None
    said: Access | None = None
    put_back_count: int = 0
    modified: str = ""
    section: str = ""
    keywords: tuple[str, ...] = ()
    confidence: float = 0.0
    note: str = ""

    @property
    def state(self) -> State:
        """Trashed wins over archived; what is neither is unread."""
        if self.trashed_at is not None:
            return State.TRASHED
        return State.ARCHIVED if self.archived_at is not None else State.UNREAD

    @property
    def reading_minutes(self) -> int:
        """Whole minutes at the speed of the article's language."""
        speed = _WORDS_A_MINUTE.get(self.language.partition("-")[0].lower(), 230)
        return max(1, round(self.word_count / speed)) if self.word_count else 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A character of an article's text and the words round it: W3C text position and text quote."""

    offset: int
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Selector:
    """A place in an article's text: W3C Web Annotation's TextQuote and TextPosition selectors.

    `start` and `end` count code points of `library.shown_text`. `rivals` are how many edits the
    most similar other places are away (`library.anchors`); () when that is not known.
    """

    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    end: int = 0
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked passage: `colour` is 1 to 4; `placed` is False when its text was not found again.

    Times are seconds since 1970 (UTC).
    """

    id: int
    article: int
    colour: int
    selector: Selector
    note: str = ""
    tags: tuple[str, ...] = ()
    created_at: float = 0.0
    changed_at: float = 0.0
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Marks:
    """Which highlights a list shows: 0 and "" are all. `query` is over quotes and notes.

    The newest come first, or with `by_article` the newest article's, each in its text's order.
    """

    query: str = ""
    colour: int = 0
    tag: str = ""
    article: int = 0
    by_article: bool = False


@dataclass(frozen=True, slots=True)
class FoundHighlight:
    """A highlight with what a list says of its article."""

    highlight: Highlight
    title: str
    site_name: str
    url: str


@dataclass(frozen=True, slots=True)
class View:
    """What a list shows: a place (with its tag), an order, and a query ("" for none)."""

    place: Place = Place.UNREAD
    tag: str = ""
    sort: Sort = Sort.NEWEST
    query: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles each place holds; tags as (name, count) in the order of their names."""

    places: Mapping[Place, int]
    tags: tuple[tuple[str, int], ...] = ()
    queued: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What a deed changed: the rows by id, and whether rows came, went or moved between places."""

    ids: frozenset[int] = frozenset()
    membership: bool = False
    tags: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """A row on its way: `step` is waiting, fetching, extracting or pictures; `of` 0 is unknown."""

    id: int
    step: str
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a title or snippet; `marked` when the query matched it."""

    text: str
    marked: bool = False
