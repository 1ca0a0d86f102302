"""A title as the name of a file that every system takes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LONGEST: Final = 100
_LONGEST_BYTES: Final = 200
# Of Windows, with any ending: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r'[/\\:*?"<>|]+')


def file_name(title: str, ending: str, *, fallback: str = "article") -> str:
    """`title` with what no system allows as a dash, cut to 100 letters, and `.ending`."""
    name = _FORBIDDEN.sub("-", "".join(c if _is_shown(c) else " " for c in title))
    name = " ".join(name.split())[:_LONGEST].strip(" .-")
    while len(name.encode()) > _LONGEST_BYTES:
        name = name[:-1]
    name = name.strip(" .-") or fallback
    if _RESERVED.fullmatch(name.partition(".")[0].strip()):
        name = f"_{name}"
    return f"{name}.{ending}" if ending else name


def _is_shown(letter: str) -> bool:
    """Neither a control character nor one that turns the direction of what follows."""
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
