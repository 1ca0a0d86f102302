"""Set up and run Readlater from a fresh checkout, test, measure, draw and lock it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

import environment
import qt_libraries
from steps import REFUSED, SetupError, say

_USAGE = """\
usage: python3 packaging/dev.py run [arguments of readlater]
       python3 packaging/dev.py test [arguments of pytest]
       python3 packaging/dev.py quality [--quick, --help for more]
       python3 packaging/dev.py screenshots [arguments of packaging/screenshots.py]
       python3 packaging/dev.py lock [arguments of uv pip compile, such as --upgrade]

Each does what is left of the set-up first: .venv, the locked packages, Qt's system libraries.
"""
_OLDEST, _NEWEST = (3, 11), (3, 14)
_WITH_VALUE = ("--library", "--set")
_NO_WINDOW = ("--version", "--help", "-h", "--worker")
_NEEDS_DISPLAY = {"xcb": ("DISPLAY",), "wayland": ("WAYLAND_DISPLAY",)}


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether readlater with these arguments opens its window: with no COMMAND among them.

    Links and files in the place of a command are for the window: a command is a plain word.
    """
    rest = iter(arguments)
    for argument in rest:
        if argument in _NO_WINDOW:
            return False
        if argument in _WITH_VALUE:
            next(rest, None)
        elif not argument.startswith("-"):
            return not argument.replace("-", "").isalpha()
    return True


def has_display(environ: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be drawn somewhere, by the variables that Qt itself looks at."""
    if platform in ("darwin", "win32"):
        return True
    chosen = environ.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    family = chosen.partition("-")[0]
    if chosen and family not in _NEEDS_DISPLAY:
        return True
    names = _NEEDS_DISPLAY.get(family, ("DISPLAY", "WAYLAND_DISPLAY"))
    return any(environ.get(name) for name in names)


def python_refusal(version: tuple[int, int], others: Sequence[str]) -> str:
    """The sentence for a Python that Readlater is not locked for; "" for one that it is.

    `others` are the names of fitting interpreters that are installed here.
    """
    if _OLDEST <= version <= _NEWEST:
        return ""
    sentence = "Readlater needs Python 3.11 to 3.14, and this is {}.{}.".format(*version)
    if others:
        return f"{sentence} Run it with {others[0]} in the place of python3."
    return f"{sentence} Install one of them, then run this with it."


def _fitting_pythons() -> list[str]:
    names = [f"python3.{minor}" for minor in range(_NEWEST[1], _OLDEST[1] - 1, -1)]
    return [name for name in names if shutil.which(name)]


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; on POSIX the app takes this process over."""
    signal.signal(signal.SIGTERM, _stop)
    commands = {
        "run": _run,
        "test": _test,
        "quality": _quality,
        "screenshots": _screenshots,
        "lock": _lock,
    }
    if not arguments or arguments[0] not in commands:
        sys.stderr.write(_USAGE)
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    refusal = python_refusal(sys.version_info[:2], _fitting_pythons())
    if refusal:
        say(refusal)
        return REFUSED
    try:
        return commands[arguments[0]](list(arguments[1:]))
    except SetupError as refused:
        say(str(refused))
        return REFUSED
    except KeyboardInterrupt:
        say("Stopped. The same command goes on from here.")
        return 130


def _run(arguments: list[str]) -> int:
    window = opens_window(arguments)
    if window and not has_display(os.environ, sys.platform):
        raise SetupError(
            "There is no display to open the window on: neither DISPLAY nor WAYLAND_DISPLAY leads "
            "to one. The commands of the terminal work without: python3 packaging/dev.py run --help"
        )
    python = environment.prepare("app")
    if window:
        qt_libraries.ensure(python)
    return _become([str(python), "-m", "readlater", *arguments])


def _test(arguments: list[str]) -> int:
    python = environment.prepare("test")
    if arguments not in (["--version"], ["-V"]):
        qt_libraries.ensure(python)
    if environment.ROOT not in (Path.cwd(), *Path.cwd().parents):
        os.chdir(environment.ROOT)
    return _become([str(python), "-m", "pytest", *arguments])


def _quality(arguments: list[str]) -> int:
    """Score the extractor on the corpora in ../shared; tests/quality holds all of it."""
    python = environment.prepare("test")
    path = [str(environment.ROOT / "tests"), str(environment.ROOT), os.environ.get("PYTHONPATH")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    return _become([str(python), "-m", "quality", *arguments])


def _screenshots(arguments: list[str]) -> int:
    python = environment.prepare("test")
    qt_libraries.ensure(python)
    script = environment.ROOT / "packaging" / "screenshots.py"
    return _become([str(python), str(script), *arguments])


def _lock(arguments: list[str]) -> int:
    """Compile requirements/*.txt from pyproject.toml against the public index alone."""
    python = environment.prepare("test")
    # Without a header of uv's own, which would name this machine's folders or index.
    compile_ = [
        *(str(python), "-m", "uv", "pip", "compile", "--quiet", "--universal"),
        *("--python-version", "3.11", "--generate-hashes", "--no-config", "--no-emit-index-url"),
        *("--custom-compile-command", "python3 packaging/dev.py lock", *arguments),
    ]
    for lock, source in {
        "app": ["pyproject.toml"],
        "test": ["pyproject.toml", "--extra", "test", "-c", "requirements/app.txt"],
        "uv": ["--group", "setup"],
    }.items():
        say(f"Locking requirements/{lock}.txt ...")
        command = [*compile_, *source, "-o", f"requirements/{lock}.txt"]
        code = subprocess.run(command, cwd=environment.ROOT, stdout=subprocess.DEVNULL).returncode
        if code:
            return code
    return 0


def _become(command: list[str]) -> int:
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - no shell is meant
    return subprocess.call(command)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(143)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
