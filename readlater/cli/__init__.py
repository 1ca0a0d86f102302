"""The library from a terminal."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from readlater.cli.commands import COMMANDS
from readlater.cli.output import complain
from readlater.cli.remaking import AT_ONCE
from readlater.errors import ReadLaterError
from readlater.library import open_library
from readlater.settings import Settings


def run(words: argparse.Namespace, folder: Path, settings: Settings) -> int:
    """Do one command on the library in `folder`; returns the exit code."""
    signal.signal(signal.SIGTERM, _end)
    try:
        extractors = AT_ONCE if words.command == "reextract" else 1
        library = open_library(folder, settings, extractors=extractors)
    except ReadLaterError as error:
        complain("", error.problem)
        return 1
    try:
        return COMMANDS[words.command](library, words)
    except ReadLaterError as error:
        complain("", error.problem)
        return 1
    finally:
        library.close()


def _end(number: int, _frame: object) -> None:
    """End as after Ctrl+C: what is under way goes back into the queue."""
    raise SystemExit(128 + number)
