"""The composition root: reads the command line and opens the terminal's way or the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from readlater import paths, settings, words
from readlater.errors import ReadLaterError, SettingsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Readlater; returns the exit code: 0 done, 1 something failed, 2 wrong usage."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments == ["--worker"]:
        from readlater.worker import serve

        return serve(sys.stdin.buffer, sys.stdout.buffer)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stdout = None  # nothing is left to flush into
        return 1


def _run(arguments: list[str]) -> int:
    from readlater.cli.parser import make_parser, split_links

    arguments, links = split_links(arguments)
    parser = make_parser()
    parsed = parser.parse_args(arguments)
    try:
        chosen = settings.with_values(_load_settings(), dict(_pairs(parsed.set)))
    except SettingsError as error:
        parser.error(words.sentence(error.problem))
    folder = (parsed.library or paths.library_folder()).expanduser().absolute()
    if parsed.command:
        from readlater import cli

        return cli.run(parsed, folder, chosen)
    from readlater.ui.app import run_window

    return run_window(folder, chosen, links)


def _load_settings() -> settings.Settings:
    try:
        return settings.load(paths.settings_file())
    except ReadLaterError as error:
        sys.stderr.write(words.sentence(error.problem) + "\n")
        return settings.Settings()


def _pairs(given: Sequence[str]) -> list[tuple[str, str]]:
    pairs = []
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise SettingsError("bad_setting", name=name, value="", expected="NAME=VALUE")
        pairs.append((name.strip(), value.strip()))
    return pairs
