"""What the window says after a deed, about an error and about access, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, QLocale

from readlater import words
from readlater.article import Access, Evidence, Problem
from readlater.errors import ReadLaterError
from readlater.library import Done
from readlater.library import Outcome as SaveOutcome
from readlater.library.remaking import Outcome
from readlater.ui.models import said

_tr = QCoreApplication.translate
_LONGEST_NAME = 60


def error(problem: ReadLaterError | Problem) -> str:
    """The sentence for an expected error, translated where there is a translation."""
    return said.sentence(problem.problem if isinstance(problem, ReadLaterError) else problem)


def done(deed: Done) -> str:
    """What a deed did, for its toast; KeyError for an unknown code, as that is a bug."""
    one, many = _deeds(len(deed.ids))[deed.code]
    return one if len(deed.ids) == 1 else many


def undone(deed: Done) -> str:
    """What was undone."""
    return _tr("Messages", "Undone · %1").replace("%1", done(deed))


def redone(deed: Done) -> str:
    """What was done again."""
    return _tr("Messages", "Done again · %1").replace("%1", done(deed))


def _deeds(n: int) -> dict[str, tuple[str, str]]:
    return {
        "saved": (_tr("Messages", "Link saved"), _tr("Messages", "%Ln links saved", "", n)),
        "address": (
            _tr("Messages", "Address changed"),
            _tr("Messages", "%Ln addresses changed", "", n),
        ),
        "archived": (
            _tr("Messages", "Article archived"),
            _tr("Messages", "%Ln articles archived", "", n),
        ),
        "unarchived": (
            _tr("Messages", "Article moved to Unread"),
            _tr("Messages", "%Ln articles moved to Unread", "", n),
        ),
        "favourited": (
            _tr("Messages", "Added to Favourites"),
            _tr("Messages", "%Ln articles added to Favourites", "", n),
        ),
        "unfavourited": (
            _tr("Messages", "Removed from Favourites"),
            _tr("Messages", "%Ln articles removed from Favourites", "", n),
        ),
        "trashed": (
            _tr("Messages", "Article moved to the trash"),
            _tr("Messages", "%Ln articles moved to the trash", "", n),
        ),
        "restored": (
            _tr("Messages", "Article restored"),
            _tr("Messages", "%Ln articles restored", "", n),
        ),
        "completed": (
            _tr("Messages", "Marked as complete"),
            _tr("Messages", "%Ln articles marked as complete", "", n),
        ),
        "said_whole": (
            _tr("Messages", "Marked as whole"),
            _tr("Messages", "%Ln articles marked as whole", "", n),
        ),
        "said_preview": (
            _tr("Messages", "Marked as only a preview"),
            _tr("Messages", "%Ln articles marked as only previews", "", n),
        ),
        "said_nothing": (
            _tr("Messages", "Back to what the page says"),
            _tr("Messages", "%Ln articles back to what their pages say", "", n),
        ),
        "put_back": (
            _tr("Messages", "Put back into the article"),
            _tr("Messages", "Blocks put back into %Ln articles", "", n),
        ),
        "taken_out": (
            _tr("Messages", "Taken out of the article again"),
            _tr("Messages", "Blocks taken out of %Ln articles again", "", n),
        ),
        "remade": (
            _tr("Messages", "The article was made anew"),
            _tr("Messages", "%Ln articles were made anew", "", n),
        ),
        "cancelled": (
            _tr("Messages", "Saving stopped"),
            _tr("Messages", "Saving of %Ln links stopped", "", n),
        ),
        **_tag_deeds(n),
        **_highlight_deeds(n),
    }


def _highlight_deeds(n: int) -> dict[str, tuple[str, str]]:
    return {
        "highlighted": (
            _tr("Messages", "Highlighted"),
            _tr("Messages", "Highlighted in %Ln articles", "", n),
        ),
        "highlight_coloured": (
            _tr("Messages", "Colour changed"),
            _tr("Messages", "Colours changed in %Ln articles", "", n),
        ),
        "highlight_noted": (
            _tr("Messages", "Note changed"),
            _tr("Messages", "Notes changed in %Ln articles", "", n),
        ),
        "highlight_tagged": (
            _tr("Messages", "Tags of the highlight changed"),
            _tr("Messages", "Tags of highlights in %Ln articles changed", "", n),
        ),
        "highlight_removed": (
            _tr("Messages", "Highlight removed"),
            _tr("Messages", "Highlights removed from %Ln articles", "", n),
        ),
        "noted": (
            _tr("Messages", "Note on the article changed"),
            _tr("Messages", "Notes on %Ln articles changed", "", n),
        ),
    }


def _tag_deeds(n: int) -> dict[str, tuple[str, str]]:
    return {
        "tagged": (
            _tr("Messages", "Tags changed"),
            _tr("Messages", "Tags of %Ln articles changed", "", n),
        ),
        "tag_renamed": (
            _tr("Messages", "Tag renamed on 1 article"),
            _tr("Messages", "Tag renamed on %Ln articles", "", n),
        ),
        "tag_merged": (
            _tr("Messages", "Tags merged on 1 article"),
            _tr("Messages", "Tags merged on %Ln articles", "", n),
        ),
        "tag_deleted": (
            _tr("Messages", "Tag taken from 1 article"),
            _tr("Messages", "Tag taken from %Ln articles", "", n),
        ),
    }


def saved(outcomes: Sequence[SaveOutcome]) -> str:
    """What became of the links of one save: the rarer the kind, the more it is said."""
    kinds = [outcome.kind for outcome in outcomes]
    if len(kinds) == 1:
        return {
            "new": _tr("Messages", "Link saved"),
            "again": _tr("Messages", "Already in your library, now on top"),
            "restored": _tr("Messages", "Already in your library, back in Unread"),
            "refetch": _tr("Messages", "Already in your library, fetched again"),
        }[kinds[0]]
    new = kinds.count("new")
    known = len(kinds) - new
    if not known:
        return _tr("Messages", "%Ln links saved", "", new)
    if not new:
        return _tr("Messages", "All %Ln links are already in your library", "", known)
    said_new = _tr("Messages", "%Ln links saved", "", new)
    if new == 1:
        said_new = _tr("Messages", "1 link saved")
    return said_new + " · " + _tr("Messages", "%Ln already in your library", "", known)


def pages_saved(count: int) -> str:
    """How many saved pages were taken in."""
    if count == 1:
        return _tr("Messages", "Page saved")
    return _tr("Messages", "%Ln pages saved", "", count)


def not_links(problems: Sequence[tuple[str, Problem]]) -> str:
    """Which of the given lines were no links; "" when all were."""
    if not problems:
        return ""
    if len(problems) == 1:
        return error(problems[0][1])
    return _tr("Messages", "%Ln lines are no web addresses", "", len(problems))


def refused(problems: Sequence[Problem]) -> str:
    """Why files were not taken: the first reason, and how many more there are."""
    if len(problems) < 2:
        return error(problems[0]) if problems else ""
    more = len(problems) - 1
    rest = (
        _tr("Messages", "1 more was not taken.")
        if more == 1
        else _tr("Messages", "%Ln more were not taken.", "", more)
    )
    return f"{error(problems[0])} {rest}"


def offered(links: int, files: int) -> str:
    """What a drop would do: `Save 3 links`."""
    if links and files:
        return _tr("Messages", "Save %Ln links and files", "", links + files)
    if files:
        many = _tr("Messages", "Save %Ln files", "", files)
        return _tr("Messages", "Save 1 file") if files == 1 else many
    many = _tr("Messages", "Save %Ln links", "", links)
    return _tr("Messages", "Save 1 link") if links == 1 else many


def emptied(count: int) -> str:
    """What emptying the trash did."""
    if count == 1:
        return _tr("Messages", "1 article deleted for good")
    return _tr("Messages", "%Ln articles deleted for good", "", count)


def remade(outcomes: Sequence[Outcome]) -> str:
    """What became of articles that were to be made anew."""
    changed = outcomes.count(Outcome.CHANGED)
    if changed:
        one, many = _deeds(changed)["remade"]
        return one if changed == 1 else many
    if Outcome.LOSS in outcomes:
        return _tr("Messages", "The page gives far less text than is held. The copy stays.")
    if Outcome.FAILED in outcomes:
        return _tr("Messages", "The page could not be read again. The copy stays as it is.")
    if Outcome.NO_PAGE in outcomes:
        return said.sentence(Problem("no_raw_copy"))
    return _tr("Messages", "Read again: nothing is different.")


def access(verdict: Access) -> str:
    """The one sentence over the evidence."""
    return _tr("words", words.ACCESS_SENTENCES[verdict])


def evidence(reason: Evidence, quiet: str) -> str:
    """One reason as rich text; the page's own words in the colour `quiet`."""
    template = escape(_tr("words", words.evidence_template(reason)), quote=False)
    quote = escape(" ".join(reason.quote.split()), quote=False)
    for form in ("“{quote}”", "{quote}"):
        if form in template:
            shown = form.replace("{quote}", quote)
            template = template.replace(form, f'<span style="color:{quiet}">{shown}</span>')
            break
    locale = QLocale()
    return template.replace("{count}", locale.toString(reason.count)).replace(
        "{of}", locale.toString(reason.of)
    )


def plain_evidence(reason: Evidence) -> str:
    """One reason as plain text, for screen readers."""
    return _tr("words", words.evidence_template(reason)).format(
        quote=reason.quote, count=QLocale().toString(reason.count), of=QLocale().toString(reason.of)
    )


def shortened(name: str) -> str:
    """A name that fits into a line."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
