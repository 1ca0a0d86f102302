"""Run one step of the set-up: one line says what it does, its newest output how far it is."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import IO

REFUSED = 3  # the exit code of whatever a person has to mend before the app can start

_TICK_S = 0.2
_SIGN_OF_LIFE_S = 15.0  # where no terminal can redraw a line
_KEPT_LINES = 30


class SetupError(Exception):
    """The set-up cannot go on; the message is a sentence for a person."""


class StepError(Exception):
    """A command of the set-up failed.

    The message says what was tried; `tail` is the end of what the command printed.
    """

    def __init__(self, what: str, tail: str) -> None:
        super().__init__(what)
        self.tail = tail

    @property
    def reason(self) -> str:
        """The last line that the command printed, or nothing."""
        return self.tail.strip().rpartition("\n")[2]


def say(sentence: str) -> None:
    """One line on standard error: standard output is the app's alone."""
    print(f"readlater: {sentence}", file=sys.stderr, flush=True)


class _Progress:
    """The line of one step: redrawn on a terminal, repeated now and then elsewhere."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began = self._said = time.monotonic()
        self._redraws = sys.stderr.isatty()
        say(f"{what} ...")

    def show(self, newest: str) -> None:
        now = time.monotonic()
        line = f"readlater: {self._what} ... {now - self._began:.0f} s {newest}".rstrip()
        if self._redraws:
            columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
            sys.stderr.write(f"\x1b[1A\r\x1b[K{line[: columns - 1]}\n")
            sys.stderr.flush()
        elif now - self._said >= _SIGN_OF_LIFE_S:
            self._said = now
            print(line, file=sys.stderr, flush=True)


def _collect(stream: IO[str], lines: deque[str]) -> None:
    with stream:
        lines.extend(line.strip() for line in stream if line.strip())


def step(
    what: str,
    command: Sequence[str],
    *,
    environ: Mapping[str, str] | None = None,
    keep_open: Sequence[int] = (),
    cwd: str | None = None,
) -> None:
    """Say `what`, run `command` without standard input, and wait for its end.

    `keep_open` are file descriptors that the command inherits (POSIX only). Raises StepError.
    """
    progress = _Progress(what)
    lines: deque[str] = deque(maxlen=_KEPT_LINES)
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environ,
            cwd=cwd,
            pass_fds=tuple(keep_open) if os.name == "posix" else (),
        )
    except OSError as error:
        raise StepError(what, str(error)) from error
    assert process.stdout is not None  # noqa: S101 - PIPE above
    reader = threading.Thread(target=_collect, args=(process.stdout, lines), daemon=True)
    reader.start()
    _wait(process, progress, lines)
    # A daemon that a package starts may hold the pipe for ever.
    reader.join(timeout=2)
    if process.returncode:
        raise StepError(what, "\n".join(lines))


def _wait(process: subprocess.Popen[str], progress: _Progress, lines: deque[str]) -> None:
    try:
        while process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_TICK_S)
            progress.show(lines[-1] if lines and process.returncode is None else "")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
