"""The only room with HTTP: `Net` fetches, `net.verdict` says whether anything came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readlater.net.online import is_online

if TYPE_CHECKING:
    from readlater.net.client import Net

__all__ = ["Net", "is_online"]


def __getattr__(name: str) -> Any:
    """Import requests with the first use of the client: the window is painted before."""
    if name != "Net":
        raise AttributeError(name)
    from readlater.net.client import Net

    return Net
