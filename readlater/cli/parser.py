"""The words of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from readlater import __version__
from readlater.article import Place
from readlater.exporters import formats

COMMANDS: dict[str, str] = {
    "add": "save links and saved pages, and wait until they are there",
    "fetch": "go on with what is queued, until nothing is left to do",
    "list": "list articles, the newest first",
    "search": "search titles, bylines, sites, tags and text, the best first",
    "show": "show one article",
    "tag": "add tags (+T) to an article and take tags (-T) from it",
    "archive": "put articles into the archive",
    "favourite": "mark articles as favourites",
    "delete": "put articles into the trash",
    "restore": "take articles out of the trash",
    "retry": "fetch failed articles again",
    "refetch": "fetch articles again; a better copy stays",
    "reextract": "make articles anew from what came, without the network",
    "access": "say what copies are, and why; or say yourself that they are whole or cut",
    "removed": "list the blocks that were taken out of an article, and put some back",
    "highlights": "write highlights with their notes, tags and source",
    "undo": "undo the last deed",
    "doctor": "check the library and mend it",
}


def make_parser() -> argparse.ArgumentParser:
    """The parser of `readlater [options] [COMMAND ...]`."""
    parser = argparse.ArgumentParser(
        prog="readlater",
        allow_abbrev=False,
        description="Keep clean copies of articles and read them offline. "
        "Without a command the window opens.",
        epilog="Exit codes: 0 done, 1 something failed, 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"Readlater {__version__}")
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library's folder")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a setting for this run only, such as fetch.private_addresses=127.0.0.0/8",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, about in COMMANDS.items():
        _arguments(name, commands.add_parser(name, help=about, description=about))
    return parser


def _arguments(name: str, command: argparse.ArgumentParser) -> None:
    if name in _IDS:
        command.add_argument("ids", nargs="+", type=int, metavar="ID")
    elif name in _IDS_OR_ALL:
        command.add_argument("ids", nargs="*", type=int, metavar="ID")
        command.add_argument("--all", action="store_true", help="every article that it applies to")
    elif name in _OWN:
        _OWN[name](command)
    if name in ("archive", "favourite"):
        command.add_argument("--off", action="store_true", help="the other way round")
    if name in ("list", "search"):
        command.add_argument("--limit", type=_count, metavar="N", help="at most N articles")
    if name in _JSON:
        command.add_argument("--json", action="store_true", help="JSON Lines on standard output")


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("sources", nargs="+", metavar="URL|FILE|-")
    command.add_argument("--tag", action="append", default=[], metavar="T")
    command.add_argument("--no-wait", action="store_true", help="save only, fetch later")


def _list(command: argparse.ArgumentParser) -> None:
    command.add_argument("query", nargs="?", default="", metavar="QUERY")
    command.add_argument("--place", default="all", choices=_places())


def _show(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", type=int, metavar="ID")
    command.add_argument("--format", choices=formats(), default="text")


def _reextract(command: argparse.ArgumentParser) -> None:
    command.add_argument("ids", nargs="*", type=int, metavar="ID")
    command.add_argument("--all", action="store_true", help="every article")
    command.add_argument("--query", metavar="QUERY", help="the articles that a query finds")
    command.add_argument("--dry-run", action="store_true", help="show what would change only")
    command.add_argument("--diff", action="store_true", help="show the difference of the texts")
    command.add_argument(
        "--force", action="store_true", help="even where most of the text would be lost"
    )


def _access(command: argparse.ArgumentParser) -> None:
    command.add_argument("ids", nargs="+", type=int, metavar="ID")
    word = command.add_mutually_exclusive_group()
    word.add_argument("--whole", action="store_true", help="these copies are whole")
    word.add_argument("--preview", action="store_true", help="these copies are only a preview")
    word.add_argument("--page", action="store_true", help="back to what the page says")


def _removed(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", type=int, metavar="ID")
    deed = command.add_mutually_exclusive_group()
    deed.add_argument("--put-back", nargs="+", type=_nth, metavar="N", help="for good")
    deed.add_argument("--take-out", nargs="+", type=_nth, metavar="N", help="again")


def _nth(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a number of the list, from 1 on")
    return number


def _highlights(command: argparse.ArgumentParser) -> None:
    command.add_argument("ids", nargs="*", type=int, metavar="ID", help="articles; all without")
    command.add_argument("--all", action="store_true", help="the highlights of the whole library")
    command.add_argument("--query", default="", metavar="QUERY", help="words of quotes and notes")
    command.add_argument("--tag", default="", metavar="T", help="with this tag")
    command.add_argument("--format", choices=("markdown", "json"), default="markdown")


_IDS = ("archive", "favourite", "delete", "restore")
_IDS_OR_ALL = ("retry", "refetch")
_JSON = (
    "add", "fetch", "list", "search", "retry", "refetch", "reextract", "access", "removed", "doctor"
)  # fmt: skip
_OWN: dict[str, Callable[[argparse.ArgumentParser], object]] = {
    "add": _add,
    "list": _list,
    "show": _show,
    "reextract": _reextract,
    "access": _access,
    "removed": _removed,
    "highlights": _highlights,
    "search": lambda command: command.add_argument("query", metavar="QUERY"),
    "tag": lambda command: command.add_argument(
        "words", nargs=argparse.REMAINDER, metavar="ID +T -T"
    ),
}


def _places() -> list[str]:
    return [str(place) for place in Place if place is not Place.TAG]


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("give a number of 0 or more")
    return number


def split_links(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part the options from links and files that the window is to save (`readlater URL ...`).

    A word that is no option's value and no command begins the links.
    """
    takes_value = {"--library", "--set"}
    i = 0
    while i < len(arguments) and arguments[i].startswith("-"):
        i += 2 if arguments[i] in takes_value else 1
    if i < len(arguments) and arguments[i] not in COMMANDS and _is_source(arguments[i]):
        return list(arguments[:i]), list(arguments[i:])
    return list(arguments), []


def _is_source(word: str) -> bool:
    try:
        return "://" in word or word.startswith("www.") or Path(word).exists()
    except OSError:  # a name longer than any file's
        return False
