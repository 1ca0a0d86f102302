"""Readlater's own process, as a person or a script starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


class Terminal:
    """Runs readlater on one library."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = folder.parent / "home"
        self.environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "PYTHONWARNINGS": "error",
        }

    def command(self, *words: str) -> list[str]:
        allowed = "fetch.private_addresses=127.0.0.0/8"
        start = [sys.executable, "-m", "readlater", "--library", str(self.folder)]
        return [*start, "--set", allowed, *words]

    def run(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def rows(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        done = self.run(*words, "--json")
        assert done.returncode == code, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]
