"""Lucide's icons in one colour: for widgets as QIcon, for the page as SVG text."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from readlater import resources
from readlater.article import Access

# Drawn for 24 px at width 2; the small sizes of the window look calmer a little thinner.
_STROKE: Final = "1.75"
_SCALES: Final = (1.0, 1.25, 1.5, 2.0, 3.0)

_ALONG_THE_LINE: Final = frozenset(
    (
        *("arrow-left", "arrow-right", "chevron-right", "list", "log-in", "panel-left"),
        *("panel-right", "redo-2", "table-of-contents", "text-quote", "undo-2"),
    )
)

ACCESS_ICONS: Final[dict[Access, str]] = {
    Access.FULL: "check",
    Access.PREVIEW: "file-x",
    Access.REGISTRATION: "user",
    Access.SIGN_IN: "lock",
    Access.CONSENT_WALL: "cookie",
    Access.BOT_WALL: "bot",
    Access.UNKNOWN: "circle-help",
}
# The names of `resources/css/colours.css`.
ACCESS_COLOURS: Final[dict[Access, str]] = {
    Access.FULL: "quiet",
    Access.PREVIEW: "amber",
    Access.REGISTRATION: "blue",
    Access.SIGN_IN: "blue",
    Access.CONSENT_WALL: "violet",
    Access.BOT_WALL: "violet",
    Access.UNKNOWN: "quiet",
}


def svg(name: str, colour: QColor | str = "currentColor") -> str:
    """The SVG of icon `name` drawn in `colour`; FileNotFoundError where there is none."""
    drawn = QColor(colour).name() if isinstance(colour, QColor) else colour
    text = resources.text(f"icons/{name}.svg")
    text = text[text.index("<svg") :].replace('stroke-width="2"', f'stroke-width="{_STROKE}"')
    return text.replace("currentColor", drawn)


def icon(name: str, colour: QColor | str, size_px: int = 16) -> QIcon:
    """Icon `name` in `colour` for `size_px` logical pixels, sharp on screens of 1x to 3x.

    What points along the line points the other way where the window runs from right to left.
    """
    is_rtl = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return _icon(name, QColor(colour).rgba(), size_px, is_rtl and name in _ALONG_THE_LINE)


@cache
def _icon(name: str, rgba: int, size_px: int, is_mirrored: bool) -> QIcon:
    made = QIcon()
    for scale in _SCALES:
        pixmap = _pixmap(name, QColor.fromRgba(rgba), size_px, scale)
        made.addPixmap(pixmap.transformed(QTransform.fromScale(-1, 1)) if is_mirrored else pixmap)
    return made


def _pixmap(name: str, colour: QColor, size_px: int, scale: float) -> QPixmap:
    side = round(size_px * scale)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(colour.alphaF())
    renderer = QSvgRenderer(QByteArray(svg(name, colour).encode()))
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
