"""The commands, one function each: the parsed words in, the exit code out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from readlater.article import Access, Extracted, Marks, Place, View
from readlater.cli import corrections, remaking
from readlater.cli.output import complain, is_unicode, json_line, line, say, say_aside, show_rows
from readlater.cli.waiting import Work
from readlater.errors import InputError
from readlater.exporters import exporter
from readlater.exporters import highlights as marked
from readlater.exporters import json as json_lines
from readlater.library import Done, Library
from readlater.library.links import find_links
from readlater.library.page_files import read_page_file

PAGE = 200

# What is said when a link was saved before.
AGAIN = {
    "again": "This is in the library already. It is on top of the list now.",
    "restored": "This was in the archive or the trash. It is back in Unread.",
    "refetch": "This is in the library, but not whole. It is fetched again.",
}
# Endings of files; a missing one is no web address.
_FILES = (
    ".html",
    ".htm",
    ".xhtml",
    ".mhtml",
    ".mht",
    ".url",
    ".webloc",
    ".desktop",
    ".pdf",
    ".txt",
)

# What the doctor found, by code.
FINDINGS = {
    "damaged_pages": "The database file is damaged in {count} places.",
    "broken_links": "{count} rows lead nowhere.",
    "index": "{count} articles were missing in the search index.",
    "damaged_copies": "{count} copies were damaged.",
    "lost_copies": "{count} articles had lost their copy.",
    "damaged_pictures": "{count} pictures were damaged or gone.",
    "orphan_pictures": "{count} pictures belonged to no article.",
    "dead_claims": "{count} programs ended in the middle of their work.",
}


def add(library: Library, words: argparse.Namespace) -> int:
    """Save links and files; all are durable before the first request."""
    saved, failed = _save(library, words)
    if words.json or words.no_wait:
        rows = (article for _, article in library.reading.articles(saved) if article)
        show_rows(rows, as_json=words.json)
    if not words.no_wait and saved:
        failed |= not Work(library, saved, as_json=words.json).run()
    return int(failed)


def _save(library: Library, words: argparse.Namespace) -> tuple[list[int], bool]:
    """The rows of everything that could be saved, and whether something could not."""
    failed = False
    links: list[str] = []
    saved: list[int] = []
    for source in words.sources:
        try:
            more, ids = _source(library, source, words.tag)
        except InputError as error:
            complain(source, error.problem)
            failed = True
        else:
            links += more
            saved += ids
    if links:
        try:
            outcome = library.saving.add(links, words.tag)
        except InputError as error:
            complain("", error.problem)
            return saved, True
        for link, problem in outcome.problems:
            complain(link, problem)
            failed = True
        for one in outcome.outcomes:
            if one.kind in AGAIN:
                say_aside(f"{one.url}: {AGAIN[one.kind]}")
        saved += outcome.ids
    return list(dict.fromkeys(saved)), failed


def _source(
    library: Library, source: str, tags: Sequence[str]
) -> tuple[Sequence[str], Sequence[int]]:
    """The links of one word of `add`, or the row of the saved page that it names."""
    if source == "-":
        found = find_links(sys.stdin.read())
        if not found:
            raise InputError("no_link")
        return found, ()
    path = Path(source)
    if "://" in source or not _exists(path):
        if not source.startswith(("http:", "https:", "www.")) and path.suffix.lower() in _FILES:
            raise InputError("unreadable_file", name=path.name)
        return (len(source.split()) > 1 and find_links(source)) or [source], ()
    limit_mb = library.settings.page_limit_mb
    file = read_page_file(path, limit_bytes=limit_mb << 20)
    if not file.body:
        return file.urls, ()
    done = library.saving.add_page(
        file.body, file.url, file.content_type, tags, pictures=file.pictures
    )
    return (), done.ids


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than any file's
        return False


def fetch(library: Library, words: argparse.Namespace) -> int:
    """Go on with what is queued; what waits for the network is tried at once."""
    library.fetching.hurry()
    return int(not Work(library, None, as_json=words.json).run())


def list_(library: Library, words: argparse.Namespace) -> int:
    """The articles of a place, the newest first, or those of them that a query finds."""
    place = Place(words.place)
    if words.query:
        view = View(place, query=words.query)
        hits = library.searching.find(view, ranked=False, limit=library.searching.count(view))
        found = sorted((hit.article for hit in hits), key=lambda a: (-a.saved_at, -a.id))
        show_rows(found[: words.limit], as_json=words.json)
        return 0
    left = library.searching.count(View(place)) if words.limit is None else words.limit
    offset = 0
    while left > 0:
        rows = library.searching.cards(View(place), offset, min(PAGE, left))
        show_rows(rows, as_json=words.json)
        offset += PAGE
        left -= len(rows) or left
    return 0


def search(library: Library, words: argparse.Namespace) -> int:
    """The articles that a query finds, the best first."""
    view = View(Place.ALL, query=words.query)
    limit = 50 if words.limit is None else words.limit
    for hit in library.searching.find(view, ranked=True, limit=limit):
        if words.json:
            say(json_line(hit.article))
            continue
        say(line(hit.article))
        snippet = "".join(f"[{s.text}]" if s.marked else s.text for s in hit.snippet)
        if snippet:
            say(f"        {' '.join(snippet.split())}")
    return 0


def show(library: Library, words: argparse.Namespace) -> int:
    """One article in a format."""
    article = library.reading.article(words.id)
    try:
        extracted = library.reading.extracted(article.id)
    except InputError:
        if words.format != "json":
            raise
        extracted = Extracted()
    pictures = library.reading.pictures(article.id) if words.format == "html" else {}
    say(exporter(words.format).export(article, extracted, pictures))
    if article.access not in (None, Access.FULL) and words.format == "text":
        say_aside(json_lines.access_line(article))
    return 0


def highlights(library: Library, words: argparse.Namespace) -> int:
    """Highlights of some articles, or of all, in a format."""
    ids = [library.reading.article(row).id for row in words.ids] or [0]
    if not words.ids and not words.all:
        say_aside("usage: readlater highlights ID ... (or --all for the whole library)")
        return 2
    lighting = library.highlighting
    asked = [Marks(query=words.query, tag=words.tag, article=row) for row in ids]
    found = [one for marks in asked for one in lighting.every(marks)]
    if words.format == "json":
        for one in found:
            say(marked.annotation(one, plain=not is_unicode()))
        return 0
    notes = lighting.notes({one.highlight.article for one in found})
    text = marked.markdown(found, notes, lighting.noted(asked))
    if text:
        say(text.rstrip("\n"))
    return 0


def tag(library: Library, words: argparse.Namespace) -> int:
    """Add and take tags; +T adds, -T takes."""
    ids, more, less = [], [], []
    for word in words.words:
        if word[:1] == "+" and word[1:].strip():
            more.append(word[1:])
        elif word[:1] == "-" and word[1:].strip():
            less.append(word[1:])
        elif word.isdecimal():
            ids.append(int(word))
        else:
            say_aside("usage: readlater tag ID +T -T (a tag to add has a +, one to take has a -)")
            return 2
    if not ids or not more + less:
        say_aside("usage: readlater tag ID +T -T")
        return 2
    library.tidying.tag(ids, more, less)
    return 0


def _deed(do: Callable[[Library, argparse.Namespace], Done]) -> Callable[..., int]:
    def command(library: Library, words: argparse.Namespace) -> int:
        done = do(library, words)
        missing = sorted(set(words.ids) - set(done.ids))
        for article in missing:
            complain("", InputError("no_such_article", id=article).problem)
        return int(bool(missing))

    return command


def retry(library: Library, words: argparse.Namespace) -> int:
    """Fetch failed articles again."""
    return _again(library, words, Place.FAILED)


def refetch(library: Library, words: argparse.Namespace) -> int:
    """Fetch articles again; the better copy stays."""
    return _again(library, words, Place.ALL)


def _again(library: Library, words: argparse.Namespace, place: Place) -> int:
    if place is Place.ALL and not words.ids and not words.all:
        say_aside("usage: readlater refetch ID ... (or --all for every article)")
        return 2
    ids = _ids(library, words, place)
    if place is Place.FAILED:
        library.saving.retry(ids)
    else:
        library.saving.refetch(ids)
    return int(not Work(library, ids, as_json=words.json).run())


def _ids(library: Library, words: argparse.Namespace, place: Place) -> list[int]:
    if words.ids:
        for article in words.ids:
            library.reading.article(article)
        return list(words.ids)
    view = View(place)
    return [a.id for a in library.searching.cards(view, 0, library.searching.count(view))]


def undo(library: Library, words: argparse.Namespace) -> int:  # noqa: ARG001
    """Undo the last deed."""
    done = library.tidying.undo()
    say_aside(f"Undone: {done.code.replace('_', ' ')} ({len(done.ids)}).")
    return 0


def doctor(library: Library, words: argparse.Namespace) -> int:
    """Check the library and mend it."""
    report = library.caring.doctor()
    if words.json:
        findings = [{"code": f.code, "count": f.count, "mended": f.mended} for f in report.findings]
        whole = {
            "articles": report.articles,
            "copies": report.copies,
            "pictures": report.assets,
            "sound": report.sound,
            "findings": findings,
        }
        say(json.dumps(whole))
        return int(not report.sound)
    say(f"{report.articles} articles, {report.copies} copies, {report.assets} pictures.")
    for finding in report.findings:
        say(
            FINDINGS[finding.code].format(count=finding.count)
            + (" Mended." if finding.mended else " This remains.")
        )
    say("The library is sound." if report.sound else "Something remains. See README.md.")
    return int(not report.sound)


COMMANDS: dict[str, Callable[[Library, argparse.Namespace], int]] = {
    "add": add,
    "fetch": fetch,
    "list": list_,
    "search": search,
    "show": show,
    "tag": tag,
    "archive": _deed(lambda library, w: library.tidying.archive(w.ids, on=not w.off)),
    "favourite": _deed(lambda library, w: library.tidying.favourite(w.ids, on=not w.off)),
    "delete": _deed(lambda library, w: library.tidying.trash(w.ids)),
    "restore": _deed(lambda library, w: library.tidying.restore(w.ids)),
    "retry": retry,
    "refetch": refetch,
    "reextract": remaking.reextract,
    "access": corrections.access,
    "removed": corrections.removed,
    "highlights": highlights,
    "undo": undo,
    "doctor": doctor,
}
