"""What every test stands on: Qt without a screen, a loopback site, a library in a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    # Chromium's sandbox refuses to start as root; a person is never root.
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

from site_server import Site

from readlater.library import Library, open_library
from readlater.settings import Settings
from readlater.worker import Worker

SHARED = Path(__file__).resolve().parents[2] / "shared"
LOOPBACK = Settings(private_addresses=("127.0.0.0/8",))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the corpora, which is not part of the project."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared here: the real pages are not part of the project")
    return SHARED


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        yield server


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    """One extraction process for all tests of a run: starting it is what costs."""
    process = Worker(idle_s=600)
    yield process
    process.close()


@pytest.fixture
def library(tmp_path: Path, worker: Worker) -> Iterator[Library]:
    held = open_library(tmp_path / "library", LOOPBACK, worker=worker)
    yield held
    held.close()
