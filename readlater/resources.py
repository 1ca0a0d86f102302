"""Read a file of `resources/`, from the installed package or from the checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
# The wheel holds resources/ inside the package; a checkout (or an editable install) beside it.
FOLDER = next(f for f in (_HERE / "resources", _HERE.parent / "resources") if f.is_dir())


def path(name: str) -> Path:
    """The path of resource `name`, such as "icons/star.svg"."""
    return FOLDER / name


@cache
def text(name: str) -> str:
    """The text of resource `name`, read once."""
    return path(name).read_text(encoding="utf-8")
