"""The colours of the page by theme and name, read from the style sheet that names them."""

from __future__ import annotations

import re
from functools import cache

from readlater import resources


@cache
def colours(theme: str) -> dict[str, str]:
    """The colours of "light", "sepia", "dark" or "black" as {"canvas": "#ffffff", …}."""
    sheet = resources.text("css/colours.css")
    block = re.search(rf"\.{re.escape(theme)}\s*{{([^}}]*)}}", sheet)
    if block is None:
        raise KeyError(theme)
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", block[1]))
