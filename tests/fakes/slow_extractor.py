"""An extractor that hangs, dies or raises when the page says so."""

from __future__ import annotations

import os
import threading


def extract(html: str, url: str) -> str:
    """The page itself, unless it is one of three words."""
    if html == "hang":
        threading.Event().wait()
    if html == "die":
        os._exit(3)
    if html == "raise":
        raise RuntimeError(html)
    return html
