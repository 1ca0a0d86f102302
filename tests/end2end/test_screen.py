"""The main job in the real process on a real screen: drop, paste, read without a network."""

from __future__ import annotations

import re
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from real_pages import serve_twenty
from screen import SIZE, Screen, a_screen, shot
from site_server import Held, Reply, Site, article, png
from terminal import Terminal

HERE = Path(__file__).resolve().parent
SQUARE = (SIZE[0] - 95, SIZE[1] - 95)
MIDDLE = (500, 400)


@pytest.fixture
def screen() -> Iterator[Screen]:
    with a_screen() as made:
        yield made


class Window:
    """Readlater's own process with its window on a screen."""

    def __init__(self, screen: Screen, folder: Path) -> None:
        self.screen = screen
        self.terminal = Terminal(folder)
        self.process = subprocess.Popen(
            self.terminal.command(),
            env=self.terminal.environment
            | {"DISPLAY": screen.environment["DISPLAY"], "QT_QPA_PLATFORM": "xcb"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            self.id = screen.window("Readlater")
            self._wait_for_the_engine()
        except BaseException:
            self.close()
            raise

    def _wait_for_the_engine(self) -> None:
        """Until the window has started all it starts: what is dropped meanwhile may be missed."""
        for _ in range(400):
            tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
            children = [child for task in tasks for child in task.read_text().split()]
            commands = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children]
            if any(b"QtWebEngineProcess" in command for command in commands):
                return
            self.terminal.rows("list")
        raise AssertionError("the engine did not start")

    def wait_for(self, done: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """The rows, once `done` says so; each look is a process, so this does not spin."""
        for _ in range(150):
            rows = self.terminal.rows("list")
            if done(rows):
                return rows
            assert self.process.poll() is None, self.errors()
        raise AssertionError([(r["url"], r["status"], r["error"]) for r in rows])

    def errors(self) -> str:
        return self.process.stderr.read() if self.process.stderr else ""

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        if self.process.stderr:
            self.process.stderr.close()


@pytest.fixture
def window(screen: Screen, tmp_path: Path) -> Iterator[Window]:
    made = Window(screen, tmp_path / "library")
    yield made
    made.close()


class Other:
    """Another program: its clipboard and its drags carry a text."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._started: list[subprocess.Popen[str]] = []

    def offer(self, text: str) -> subprocess.Popen[str]:
        """Show a square that can be dragged; the clipboard holds the text from now on."""
        process = subprocess.Popen(
            [sys.executable, str(HERE / "drag_source.py"), *map(str, SQUARE), text],
            env=self._screen.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    def drag(self, text: str) -> None:
        """Drag a text onto the window; once more while the window is still busy starting."""
        process = self.offer(text)
        assert process.stdout is not None
        for _ in range(20):
            self._screen.drag((SQUARE[0] + 40, SQUARE[1] + 40), MIDDLE)
            said, _, _ = select.select([process.stdout], [], [], 10)
            if not said:  # the button was let go before the drag had begun
                self._screen.tool("key", "Escape")
            elif process.stdout.readline() == "dropped CopyAction\n":
                return
        raise AssertionError("the window did not take the drop")

    def close(self) -> None:
        for process in self._started:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


@pytest.fixture
def other(screen: Screen) -> Iterator[Other]:
    made = Other(screen)
    yield made
    made.close()


def all_ready(count: int) -> Callable[[list[dict[str, Any]]], bool]:
    return lambda rows: len(rows) == count and all(r["status"] != "queued" for r in rows)


def test_a_drop_and_a_paste_become_articles_that_are_read_offline(
    window: Window, screen: Screen, other: Other, site: Site, tmp_path: Path
) -> None:
    site.pages["/sea-1"] = article("The wall", "word1", after="<img src=/1.png alt=x>")
    site.pages["/sea-2"] = article("The ferry", "word2")
    site.pages["/1.png"] = Reply(png(), content_type="image/png")
    other.drag(site.url("/sea-1"))
    (row,) = window.wait_for(all_ready(1))
    assert (row["title"], row["status"]) == ("The wall", "ready")

    other.offer(f"Look at {site.url('/sea-2')}, please")
    screen.tool("windowfocus", "--sync", window.id)
    screen.tool("key", "ctrl+v")
    rows = window.wait_for(all_ready(2))
    assert rows[0]["title"] == "The ferry"

    site.stop()
    screen.tool("key", "j")
    screen.tool("key", "Return")
    shot(screen, tmp_path / "reading.png")
    for row in rows:
        assert "harbour wall" in window.terminal.run("show", str(row["id"])).stdout
    assert window.process.poll() is None


def test_a_second_start_hands_over_its_links_and_ends(window: Window, site: Site) -> None:
    site.pages["/sea-1"] = article("The wall")
    second = subprocess.run(
        [*window.terminal.command(), site.url("/sea-1")],
        env=window.terminal.environment
        | {"DISPLAY": window.screen.environment["DISPLAY"], "QT_QPA_PLATFORM": "xcb"},
        timeout=60,
        check=False,
        capture_output=True,
    )
    assert second.returncode == 0
    (row,) = window.wait_for(all_ready(1))
    assert row["title"] == "The wall"
    assert window.process.poll() is None


def test_the_window_is_killed_and_goes_on(screen: Screen, site: Site, tmp_path: Path) -> None:
    held = site.pages["/sea-1"] = Held(article("Late"))
    terminal = Terminal(tmp_path / "library")
    terminal.run("add", "--no-wait", site.url("/sea-1"))
    first = Window(screen, tmp_path / "library")
    held.wait_until_asked()
    first.process.kill()
    first.process.wait()
    assert first.process.stderr is not None
    first.process.stderr.close()
    held.set_free()
    site.pages["/sea-1"] = article("Late")
    second = Window(screen, tmp_path / "library")
    (row,) = second.wait_for(all_ready(1))
    assert row["title"] == "Late"
    second.close()


def test_twenty_real_pages_by_one_drop_read_with_the_server_gone(
    window: Window, screen: Screen, other: Other, site: Site, shared: Path
) -> None:
    """Pages of the corpus on a local server, a made picture for each picture's address."""
    other.drag("\n".join(serve_twenty(shared, site)))
    rows = window.wait_for(all_ready(20))
    assert [r["error"] for r in rows if r["error"]] == []
    site.stop()
    asked = len(site.asked)
    with_pictures = 0
    for row in rows:
        html = window.terminal.run("show", str(row["id"]), "--format", "html").stdout
        assert row["word_count"] > 40
        assert len(window.terminal.run("show", str(row["id"])).stdout) > 120
        assert not re.search(r"<img[^>]+src=.?https?:", html)
        with_pictures += "data:image/png" in html
    assert with_pictures >= 10
    for _ in rows:
        screen.tool("windowfocus", "--sync", window.id)
        screen.tool("key", "j")
    assert window.process.poll() is None
    assert len(site.asked) == asked
