"""What a card and the sidebar say about an article, in the reader's language and locale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from readlater import words
from readlater.article import Access, Article, Place, Problem, Progress, Sort, Status
from readlater.ui.models.dates import short_date

_DOT = " · "


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Said", text, "", count)


def sentence(problem: Problem) -> str:
    """The sentence for a problem, translated where there is a translation."""
    template = QCoreApplication.translate("words", words.SENTENCES[problem.code])
    return template.format_map(dict(problem.args))


def access(verdict: Access) -> str:
    """The words of the badge of access."""
    return QCoreApplication.translate("words", words.ACCESS[verdict])


def blocks(article: Article) -> str:
    """How many blocks were taken out of an article, or put back; "" when none ever was."""
    line = words.blocks_line(article.removed_count, article.put_back_count)
    count = article.removed_count or article.put_back_count
    if count < 2:
        return QCoreApplication.translate("words", line) if line else ""
    template = words.BLOCKS if article.removed_count else words.BACK
    said = QCoreApplication.translate("words", template)
    return said.replace("{}", QLocale().toString(count))


def host(url: str) -> str:
    """The host of an address without a leading `www.`; "" when it has none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def title(article: Article) -> str:
    """The title; the host, and then the address, while there is none."""
    return " ".join(article.title.split()) or host(article.url) or article.url


@dataclass(frozen=True, slots=True)
class QuietParts:
    """What the quiet line of a card says; "" and () for what is not known."""

    site: str
    byline: str
    facts: tuple[str, ...]


def quiet_parts(article: Article, locale: QLocale, today: date) -> QuietParts:
    """The site, the byline where it is another, and minutes and day.

    The day is that of publication, else that of saving; the year is said only when it is not
    this one.
    """
    own = _of_article(article, locale)
    day = published_day(article) or datetime.fromtimestamp(article.saved_at).astimezone().date()
    minutes = article.reading_minutes
    site, byline = article.site_name.strip() or host(article.url), article.byline.strip()
    facts = (_minutes(minutes, own) if minutes else "", short_date(day, own, today))
    byline = byline if byline.casefold() != site.casefold() else ""
    return QuietParts(site, byline, tuple(fact for fact in facts if fact))


def quiet_line(article: Article, locale: QLocale, today: date) -> str:
    """`site · byline · 7 min · 3 Nov`, each part only when it is known."""
    parts = quiet_parts(article, locale, today)
    return _DOT.join(part for part in (parts.site, parts.byline, *parts.facts) if part)


def dotted(*parts: str) -> str:
    """The parts that there are as one line; each keeps its own direction (UAX 9, isolates)."""
    return _DOT.join(f"\u2068{part}\u2069" for part in parts if part)


def published_day(article: Article) -> date | None:
    """The day of publication from an ISO 8601 time; None when there is none."""
    try:
        return date.fromisoformat(article.published[:10])
    except ValueError:
        return None


def _of_article(article: Article, locale: QLocale) -> QLocale:
    # CJK cards speak their own language throughout, as a mixed line is hard to read.
    own = QLocale(article.language) if article.language else locale
    cjk = (QLocale.Language.Japanese, QLocale.Language.Chinese, QLocale.Language.Korean)
    return own if own.language() in cjk else locale


def _minutes(minutes: int, locale: QLocale) -> str:
    number = locale.toString(minutes)
    match locale.language():
        case QLocale.Language.Japanese:
            return f"{number}分"
        case QLocale.Language.Chinese:
            return f"{number} 分钟"
        case QLocale.Language.Korean:
            return f"{number}분"
        case _:
            return _tr("%1 min").replace("%1", number)


def saving_line(article: Article, progress: Progress | None, locale: QLocale) -> str:
    """What a row on its way is doing; a sentence when it has to wait."""
    if article.problem is not None and (progress is None or progress.step == "waiting"):
        said = sentence(article.problem)
        if article.retry_at is not None:
            when = QDateTime.fromSecsSinceEpoch(round(article.retry_at)).time()
            clock = locale.toString(when, QLocale.FormatType.ShortFormat)
            said += " " + _tr("It is tried again at %1.").replace("%1", clock)
        return said
    if progress is None or progress.step == "waiting":
        return _tr("Waiting to be saved")
    if progress.step == "pictures" and progress.of:
        done = locale.toString(min(progress.done, progress.of))
        count = _tr("%1 of %2 pictures").replace("%1", done)
        return _tr("Saving") + _DOT + count.replace("%2", locale.toString(progress.of))
    if progress.step == "extracting":
        return _tr("Saving") + _DOT + _tr("finding the article")
    return _tr("Saving")


def is_moving(article: Article, progress: Progress | None) -> bool:
    """Whether a row is being worked on just now, so that its line moves."""
    return article.status is Status.QUEUED and progress is not None and progress.step != "waiting"


def spoken(article: Article, locale: QLocale, today: date) -> str:
    """A whole card in words, for screen readers."""
    parts = [title(article), quiet_line(article, locale, today)]
    if article.status is Status.FAILED and article.problem is not None:
        parts.append(sentence(article.problem))
    elif article.status is Status.QUEUED:
        parts.append(saving_line(article, None, locale))
    elif article.access not in (None, Access.FULL):
        parts.append(access(article.access))
    parts.append(_tr("read") if article.read_at is not None else _tr("not read yet"))
    if article.favourite:
        parts.append(_tr("favourite"))
    return ", ".join((*parts, *article.tags))


def place(where: Place) -> str:
    """The name of a place of the sidebar."""
    return {
        Place.UNREAD: _tr("Unread"),
        Place.CONTINUE: _tr("Continue"),
        Place.FAVOURITES: _tr("Favourites"),
        Place.ARCHIVE: _tr("Archive"),
        Place.ALL: _tr("All"),
        Place.PREVIEWS: _tr("Previews"),
        Place.FAILED: _tr("Failed"),
        Place.TRASH: _tr("Trash"),
        Place.TAG: _tr("Tag"),
    }[where]


def sort(order: Sort) -> str:
    """The name of an order of the list."""
    return {
        Sort.NEWEST: _tr("Newest first"),
        Sort.OLDEST: _tr("Oldest first"),
        Sort.TITLE: _tr("Title"),
        Sort.SITE: _tr("Site"),
        Sort.SHORTEST: _tr("Shortest first"),
        Sort.LONGEST: _tr("Longest first"),
    }[order]


def empty_place(where: Place, tag: str) -> tuple[str, str]:
    """A heading and a kind sentence for a place that holds nothing."""
    return {
        Place.UNREAD: (
            _tr("Nothing left to read"),
            _tr("Paste or drop a link anywhere in this window to save it."),
        ),
        Place.CONTINUE: (
            _tr("Nothing begun"),
            _tr("An article that you leave in the middle waits here."),
        ),
        Place.FAVOURITES: (
            _tr("No favourites yet"),
            _tr("Articles you mark with a star stay here."),
        ),
        Place.ARCHIVE: (
            _tr("The archive is empty"),
            _tr("Articles you have finished and archived stay here, readable offline."),
        ),
        Place.ALL: (
            _tr("Nothing saved yet"),
            _tr("Paste or drop a link anywhere in this window to save it."),
        ),
        Place.PREVIEWS: (_tr("No previews"), _tr("Every copy here is a whole article.")),
        Place.FAILED: (_tr("Nothing failed"), _tr("Every link that was saved has come.")),
        Place.TRASH: (
            _tr("The trash is empty"),
            _tr("Deleted articles stay here until the trash is emptied."),
        ),
        Place.TAG: (
            _tr("Nothing is tagged “%1”").replace("%1", tag),
            _tr("Tag an article and it is listed here."),
        ),
    }[where]


def empty_search(query: str, where: Place, tag: str) -> tuple[str, str]:
    """A heading and a sentence for a search that found nothing: what was searched, and where."""
    heading = _tr("Nothing matches “%1”").replace("%1", query)
    if where is Place.ALL:
        return heading, _tr("Titles, authors, sites, tags and texts of all articles were searched.")
    name = tag if where is Place.TAG else place(where)
    return heading, _tr("Only “%1” was searched.").replace("%1", name)
