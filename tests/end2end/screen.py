"""A screen of its own (Xvfb) with a mouse and keys (xdotool), and what can be seen on it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

NEEDED = ("Xvfb", "xdotool")
SIZE = (1400, 900)


class Screen:
    def __init__(self, display: str) -> None:
        self.environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    def tool(self, *words: str | int) -> str:
        return subprocess.run(
            ["xdotool", *map(str, words)],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout

    def window(self, name: str) -> str:
        """The id of the visible window with this name, once it is there."""
        for _ in range(20):
            # A window that goes while it is looked at ends the look with an error.
            with contextlib.suppress(subprocess.CalledProcessError):
                return self.tool("search", "--sync", "--onlyvisible", "--name", name).split()[0]
        raise AssertionError(f"no window called {name}")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move in steps as a hand does, and let go."""
        self.tool("mousemove", *start)
        self.tool("mousedown", 1)
        steps = 12
        for step in range(1, steps + 1):
            x, y = (a + (b - a) * step // steps for a, b in zip(start, end, strict=True))
            self.tool("mousemove", "--sync", x, y)
        self.tool("mousemove", "--sync", end[0] + 3, end[1] + 3)
        self.tool("mouseup", 1)


@contextlib.contextmanager
def a_screen() -> Iterator[Screen]:
    """Start Xvfb on a free display; the test is skipped, saying so, where it is not installed."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed here: no screen to drag and paste on")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        yield Screen(f":{number}")
    finally:
        server.terminate()
        server.wait(30)


def shot(screen: Screen, path: Path) -> None:
    """Keep what is on the screen, for a person to look at (needs ImageMagick)."""
    if shutil.which("import"):
        subprocess.run(
            ["import", "-window", "root", str(path)], env=screen.environment, check=False
        )
