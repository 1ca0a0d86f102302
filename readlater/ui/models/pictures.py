"""Pictures decoded to be looked at: bounded in memory, with smaller copies to paint from."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

# Decoded, a pixel is four bytes: 64 MB for the picture, and a third more for its copies.
MOST_PIXELS: Final = 16_000_000
# A moving picture is decoded frame by frame while it plays.
_MOST_MOVING_PIXELS: Final = 2_500_000
_SMALLEST_COPY_PX: Final = 256
_SVG_PX: Final = 2400
ENDINGS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/bmp": "bmp",
    "image/x-icon": "ico",
    "image/svg+xml": "svg",
}
_FORMATS: Final = {
    "image/jpeg": b"jpeg",
    "image/png": b"png",
    "image/gif": b"gif",
    "image/webp": b"webp",
    "image/bmp": b"bmp",
    "image/x-icon": b"ico",
}
# Qt's SVG reads files that a picture names: one that names anything outside itself is not drawn.
_NAMES_OTHERS: Final = re.compile(
    rb"<!ENTITY|<(?:\w+:)?(?:image|feImage)\b|href\s*=\s*[\"']\s*(?!#)|url\(\s*[\"']?\s*(?!#)",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(
    r"[\W_]*|[\da-f]{12,}|\d+|(?:image|img|photo|picture|pic|default|index|original|large|full)[\W\d_]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the article: what it is called, and where the publisher has it ("" unknown)."""

    digest: str
    caption: str = ""
    alt: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture ready to be painted.

    `levels` are the picture and its halves, the largest first; `full_size` in pixels is that of
    the file, which may be larger. `moving` are the bytes of one that moves.
    """

    levels: tuple[QImage, ...]
    full_size: QSize
    moving: bytes = b""


def decoded(body: bytes, media_type: str) -> Decoded | None:
    """The picture of a file; None when it cannot be drawn. Long: not on the window's thread."""
    if media_type == "image/svg+xml":
        image = _svg(body)
        return Decoded(_levels(image), image.size()) if image is not None else None
    if media_type == "image/avif":
        return _avif(body)
    kind = _FORMATS.get(media_type)
    if kind is None:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(body))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    is_moving = reader.supportsAnimation() and reader.imageCount() != 1
    if size.isValid() and _pixels(size) > MOST_PIXELS:
        reader.setScaledSize(fitted(size))
    image = reader.read()
    if image.isNull():
        return None
    turned = (image.width() > image.height()) != (size.width() > size.height())
    full = size.transposed() if turned else size
    moves = is_moving and _pixels(image.size()) <= _MOST_MOVING_PIXELS
    return Decoded(_levels(image), full if full.isValid() else image.size(), body if moves else b"")


def fitted(size: QSize) -> QSize:
    """`size` made smaller until it has no more than `MOST_PIXELS`."""
    share = (MOST_PIXELS / max(1, _pixels(size))) ** 0.5
    if share >= 1:
        return size
    return QSize(max(1, int(size.width() * share)), max(1, int(size.height() * share)))


def picture_name(shown: Shown, title: str, number: int) -> str:
    """What a saved picture is called, without its ending: as its file, its caption, or its place.

    `number` counts from 1.
    """
    stem = PurePosixPath(unquote(urlsplit(shown.address).path)).name.partition(".")[0]
    if not _NO_NAME.fullmatch(stem):
        return stem
    words = shown.alt or shown.caption
    return words[:60] if words else f"{title} {number}"


def _pixels(size: QSize) -> int:
    return size.width() * size.height()


def _levels(image: QImage) -> tuple[QImage, ...]:
    alpha = QImage.Format.Format_ARGB32_Premultiplied
    made = [image.convertToFormat(alpha if image.hasAlphaChannel() else QImage.Format.Format_RGB32)]
    while max(made[-1].width(), made[-1].height()) > 2 * _SMALLEST_COPY_PX:
        half = QSize(max(1, made[-1].width() // 2), max(1, made[-1].height() // 2))
        smooth = Qt.TransformationMode.SmoothTransformation
        made.append(made[-1].scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
    return tuple(made)


def _svg(body: bytes) -> QImage | None:
    from PySide6.QtSvg import QSvgRenderer

    if b"\0" in body or _NAMES_OTHERS.search(body):
        return None
    renderer = QSvgRenderer(QByteArray(body))
    size = renderer.defaultSize()
    if not renderer.isValid() or size.isEmpty():
        return None
    size.scale(QSize(_SVG_PX, _SVG_PX), Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image


def _avif(body: bytes) -> Decoded | None:
    """Qt has no AVIF."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(body), formats=("AVIF",)) as opened:
            full = QSize(*opened.size)
            if _pixels(full) > 3 * MOST_PIXELS:
                return None
            turned = ImageOps.exif_transpose(opened)
            small = fitted(QSize(*turned.size))
            turned.thumbnail((small.width(), small.height()))
            plain = turned.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        return None
    width, height = plain.size
    rows = QImage(plain.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    opaque = plain.getchannel("A").getextrema()[0] == 255
    image = rows.convertToFormat(QImage.Format.Format_RGB32) if opaque else rows
    return Decoded(_levels(image), full)
