"""The main job in a process of its own without a screen: dropped, pasted, read offline."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real_pages import serve_twenty
from site_server import Reply, Site, article, png
from terminal import ROOT

HERE = Path(__file__).resolve().parent


class App:
    """The driver's process."""

    def __init__(self, folder: Path) -> None:
        paths = os.pathsep.join([str(ROOT), str(HERE)])
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "driver.py"), str(folder)],
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __call__(self, **command: Any) -> dict[str, Any]:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(command) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        assert line, f"the application ended: {process.wait(60)}"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        code = self._process.wait(60)
        self._process.stdout.close()
        return code


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = App(tmp_path / "library")
    yield made
    assert made.close() == 0


def test_a_drop_and_a_paste_are_read_with_the_server_gone(app: App, site: Site) -> None:
    site.pages["/sea-1"] = article("The wall", "word1", after="<img src=/1.png alt=x>")
    site.pages["/sea-2"] = article("The ferry", "word2")
    site.pages["/1.png"] = Reply(png(), content_type="image/png")
    assert app(drop=[site.url("/sea-1")])["taken"]
    app(rows=1)
    app(paste=f"Look at {site.url('/sea-2')}, please")
    rows = app(rows=2)["rows"]
    assert [title for _, title, _ in rows] == ["The ferry", "The wall"]
    site.stop()
    asked = len(site.asked)
    seen = [app(read=row) for row, _, _ in rows]
    assert [page["pictures"] for page in seen] == [0, 1]
    assert all(page["text"] > 200 for page in seen)
    assert len(site.asked) == asked


def test_twenty_real_pages_by_one_drop(app: App, site: Site, shared: Path) -> None:
    assert app(drop=serve_twenty(shared, site))["taken"]
    rows = app(rows=20)["rows"]
    assert {status for _, _, status in rows} == {"ready"}
    site.stop()
    asked = len(site.asked)
    seen = [app(read=row) for row, _, _ in rows]
    assert all(page["text"] > 8 for page in seen)
    assert sum(page["pictures"] for page in seen) >= 15
    assert len(site.asked) == asked


def test_the_page_this_app_was_asked_for(app: App, site: Site, shared: Path) -> None:
    """Among SVG titles, sponsored content and meter prompts with unfilled templates."""
    body = (shared / "corpus" / "paywall" / "pages" / "nikkei-liaison-office.html").read_bytes()
    site.pages["/liaison.png"] = Reply(png(), content_type="image/png")
    body = re.sub(rb"https://[^\"' ]+kaesong[^\"' ]+", site.url("/liaison.png").encode(), body)
    site.pages["/liaison-office"] = Reply(body)
    app(paste=site.url("/liaison-office"))
    ((row, title, status),) = app(rows=1)["rows"]
    assert (title, status) == ("North Korea pulls out of inter-Korean liaison office", "ready")
    site.stop()
    seen = app(read=row)
    assert seen["pictures"] == 1
    said = seen["said"]
    for part in ("N Korea at crossroads", title, "Move is a sign that Pyongyang", "© AP"):
        assert said.count(part) == 1
    assert said.index("N Korea at") < said.index(title) < said.index("Move is") < said.index("© AP")
    for other in ("{{", "}}", "Subscribe", "Sponsored", "monthly", "Sign in", "Register"):
        assert other not in said
