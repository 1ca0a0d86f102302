"""An extractor in a process of its own: one page at a time, started again when it hangs or dies."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from queue import Empty, SimpleQueue
from typing import IO, Any, cast

from quality.scorers import CHECKOUT


class Child:
    """Runs `spec` ("module:function"); what hangs for `timeout_s` is killed and scores nothing."""

    def __init__(self, spec: str, timeout_s: float = 60) -> None:
        self._command = [sys.executable, "-m", "quality.serving", spec]
        self._timeout_s = timeout_s
        self._process: subprocess.Popen[str] | None = None
        self._answers: SimpleQueue[str] = SimpleQueue()

    def extract(self, html: str, url: str) -> dict[str, Any]:
        """The answer of `quality.serving`, or {"error": why} where none came."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            job = json.dumps({"url": url or "https://example.org/", "html": html})
            self._process.stdin.write(job + "\n")
            self._process.stdin.flush()
            answer: dict[str, Any] = json.loads(self._answers.get(timeout=self._timeout_s))
        except Empty:
            self.close()
            return {"error": f"no answer in {self._timeout_s:.0f} s"}
        except (OSError, ValueError) as died:
            self.close()
            return {"error": f"the extractor died: {died}"}
        return answer

    def close(self) -> None:
        """End the process; the next page starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            with contextlib.suppress(OSError):  # what was not written has nobody to read it
                cast(IO[str], self._process.stdin).close()
            self._process = None

    def _start(self) -> None:
        path = os.pathsep.join(
            filter(None, (str(CHECKOUT / "tests"), str(CHECKOUT), os.environ.get("PYTHONPATH")))
        )
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": path},
        )
        self._answers = SimpleQueue()
        reader = threading.Thread(
            target=_read, args=(self._process.stdout, self._answers), daemon=True
        )
        reader.start()


def _read(lines: IO[str], answers: SimpleQueue[str]) -> None:
    with lines:
        for line in iter(lines.readline, ""):
            answers.put(line)
    answers.put("")  # the end of the process is an answer that is no JSON
