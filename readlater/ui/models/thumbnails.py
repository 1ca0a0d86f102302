"""Lead pictures for the cards, read in the background and kept while they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

if TYPE_CHECKING:
    from readlater.library.reading import Reading
    from readlater.ui.jobs import Jobs

SIDE_PX: Final = 72
_KEPT: Final = 256
_AT_ONCE: Final = 12


class Thumbnails(QObject):
    """Square pixmaps by digest; `arrived` names those that came, or turned out not to be there."""

    arrived = Signal(object)

    def __init__(self, reading: Reading, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._jobs = reading, jobs
        self._held: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._wanted: OrderedDict[str, float] = OrderedDict()
        self._coming: dict[str, float] = {}
        self._ratio = 1.0

    def is_missing(self, digest: str) -> bool:
        """Whether it is known that there is no such picture: then no room is kept for it."""
        return digest in self._held and self._held[digest] is None

    def ask_again(self, digest: str) -> None:
        """Look once more for a picture that was not there: it is made after the article came."""
        if self.is_missing(digest):
            self._want(digest, self._ratio)

    def pixmap(self, digest: str, ratio: float) -> QPixmap | None:
        """The picture for a screen of `ratio` device pixels a pixel; asked for when not held."""
        if digest in self._held:
            self._held.move_to_end(digest)
            held = self._held[digest]
            if held is None or held.devicePixelRatio() == ratio:
                return held
        self._want(digest, ratio)
        return None

    def _want(self, digest: str, ratio: float) -> None:
        self._ratio = ratio
        if self._coming.get(digest) == ratio:
            return
        self._wanted[digest] = ratio
        self._wanted.move_to_end(digest)
        while len(self._wanted) > _AT_ONCE:  # a fling past hundreds asks for the last ones only
            self._wanted.popitem(last=False)
        self._pump()

    def _pump(self) -> None:
        if self._coming or not self._wanted:
            return
        wanted, reading = dict(self._wanted), self._reading
        self._wanted.clear()
        self._coming = wanted

        def work() -> dict[str, QImage | None]:
            return {d: square(reading.thumbnail(d), ratio) for d, ratio in wanted.items()}

        def done(images: dict[str, QImage | None]) -> None:
            self._coming = {}
            for digest, image in images.items():
                self._held[digest] = QPixmap.fromImage(image) if image else None
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
            self.arrived.emit(frozenset(images))
            self._pump()

        def failed(error: object) -> None:
            self._coming = {}
            self._jobs.problem.emit(error)

        self._jobs.run(work, done, failed)


def square(body: bytes | None, ratio: float) -> QImage | None:
    """The middle of a picture as `SIDE_PX` square for `ratio`; None when it is no picture."""
    image = QImage.fromData(body) if body else QImage()
    if image.isNull():
        return None
    side = round(SIDE_PX * ratio)
    scaled = image.scaled(
        QSize(side, side),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (scaled.width() - side) // 2, (scaled.height() - side) // 2
    middle = scaled.copy(QRect(left, top, side, side))
    middle.setDevicePixelRatio(ratio)
    return middle
