"""The library from a terminal."""

from __future__ import annotations

import argparse
from pathlib import Path

from readlater.cli.commands import COMMANDS
from readlater.cli.output import complain
from readlater.errors import ReadLaterError
from readlater.library import open_library
from readlater.settings import Settings


def run(words: argparse.Namespace, folder: Path, settings: Settings) -> int:
    """Do one command on the library in `folder`; returns the exit code."""
    try:
        library = open_library(folder, settings)
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
