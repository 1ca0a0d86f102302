"""All pictures at a glance: sheets of twelve, and one page of HTML that leads to each."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

_ACROSS, _DOWN = 3, 2
_CELL_PX: Final = (860, 560)
_GAP_PX, _CAPTION_PX = 16, 30
_PAGE: Final = """\
<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Readlater, every state</title>
<style>
body {{ margin: 24px; font: 14px/1.4 system-ui, sans-serif; background: #e9e9ea; color: #1d1d1f }}
main {{ display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start }}
figure {{ margin: 0 }}
img {{ max-width: 640px; max-height: 480px; box-shadow: 0 1px 6px #0003 }}
figcaption {{ padding: 4px 0 }}
</style>
<main>
{figures}
</main>
"""


def write(folder: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Lay the pictures of these names out in `folder`/sheets and `folder`/index.html."""
    figures = "\n".join(
        f'<figure><a href="{escape(name)}.png"><img loading="lazy" src="{escape(name)}.png" '
        f'alt=""></a><figcaption>{escape(name)}</figcaption></figure>'
        for name in names
    )
    page = folder / "index.html"
    page.write_text(_PAGE.format(figures=figures), encoding="utf-8")
    sheets = folder / "sheets"
    sheets.mkdir(exist_ok=True)
    made = [page]
    for number, some in enumerate(batches(names), 1):
        path = sheets / f"{number:02}.png"
        _sheet(folder, some).save(path)
        made.append(path)
    return tuple(made)


def batches(names: Sequence[str]) -> list[Sequence[str]]:
    """The names, as many at a time as one sheet holds."""
    size = _ACROSS * _DOWN
    return [names[at : at + size] for at in range(0, len(names), size)]


def _sheet(folder: Path, names: Sequence[str]) -> Image:
    from PIL import Image, ImageDraw, ImageFont

    wide, high = _CELL_PX
    step_x, step_y = wide + _GAP_PX, high + _GAP_PX + _CAPTION_PX
    sheet = Image.new("RGB", (_ACROSS * step_x + _GAP_PX, _DOWN * step_y + _GAP_PX), "#b9b9bd")
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(20)
    for at, name in enumerate(names):
        left = _GAP_PX + at % _ACROSS * step_x
        top = _GAP_PX + at // _ACROSS * step_y
        pen.text((left, top), name, fill="#1d1d1f", font=font)
        with Image.open(folder / f"{name}.png") as picture:
            small = picture.convert("RGB")
            small.thumbnail(_CELL_PX, Image.Resampling.LANCZOS)
            sheet.paste(small, (left, top + _CAPTION_PX))
    return sheet
