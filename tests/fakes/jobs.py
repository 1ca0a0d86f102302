"""Jobs whose answers come when the test says so, in order and on the test's own thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from readlater.errors import ReadLaterError


class HeldJobs(QObject):
    """`run` and `latest` only note the work; `step` does one piece of it, `settle` all."""

    problem = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._held: list[tuple[str, Callable[[], Any], Any, Any]] = []
        self.done = 0

    def run(self, work: Callable[[], Any], done: Any = None, failed: Any = None) -> None:
        self._held.append(("", work, done, failed))

    def latest(self, key: str, work: Callable[[], Any], done: Any, failed: Any = None) -> None:
        self._held = [job for job in self._held if job[0] != key]
        self._held.append((key, work, done, failed))

    @property
    def waiting(self) -> int:
        return len(self._held)

    def step(self) -> None:
        _, work, done, failed = self._held.pop(0)
        self.done += 1
        try:
            answer = work()
        except ReadLaterError as error:
            (failed or self.problem.emit)(error)
            return
        if done is not None:
            done(answer)

    def settle(self) -> None:
        while self._held:
            self.step()
