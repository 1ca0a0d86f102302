"""A picture's bytes -> a small square of it, or the icon of a site."""

from __future__ import annotations

import io

# A 4:3 photo of 8,944 by 6,708 px; more is a bomb or a map, and nothing a list needs.
_MAX_PIXELS = 60_000_000
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_ICON_FORMATS = ("PNG", "ICO", "JPEG", "GIF", "WEBP")
_MAX_ICON_PIXELS = 2048 * 2048
_SMALLEST_ICON_PX = 8


def make(picture: bytes, size_px: int) -> bytes | None:
    """The middle square of `picture`, `size_px` wide and upright: JPEG, or PNG where see-through.

    None where it is no raster picture that is read here, is damaged at its beginning, or holds
    more than 60 million pixels.
    """
    from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

    ImageFile.LOAD_TRUNCATED_IMAGES = True
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS // 2  # Pillow raises at twice this
    try:
        with Image.open(io.BytesIO(picture), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MAX_PIXELS:
                return None
            opened.draft("RGB", (size_px * 2, size_px * 2))
            clear = "transparency" in opened.info or opened.mode in ("RGBA", "LA", "PA")
            upright = ImageOps.exif_transpose(opened)
            small = ImageOps.fit(upright.convert("RGBA" if clear else "RGB"), (size_px, size_px))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return None
    out = io.BytesIO()
    if clear:
        small.save(out, "PNG", optimize=True)
    else:
        small.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def icon(picture: bytes, size_px: int) -> bytes | None:
    """The whole of `picture` as a PNG, a square of at most `size_px`; of an ICO its largest.

    None where it is no raster picture that is read here, is damaged or larger than 4 million
    pixels, smaller than 8 px, or shows nothing.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = _MAX_ICON_PIXELS // 2  # Pillow raises at twice this
    try:
        with Image.open(io.BytesIO(picture), formats=_ICON_FORMATS) as opened:
            if opened.width * opened.height > _MAX_ICON_PIXELS:
                return None
            whole = opened.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return None
    if min(whole.size) < _SMALLEST_ICON_PX or whole.getchannel("A").getextrema()[1] == 0:
        return None
    side = min(size_px, max(whole.size))
    small = ImageOps.pad(whole, (side, side), Image.Resampling.LANCZOS, color=(0, 0, 0, 0))
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()
