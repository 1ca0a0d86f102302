"""What the attack bench drives: a page through parse, resolve and the sanitiser, as a save does."""

from __future__ import annotations

from lxml.html import tostring

from readlater.pipeline import decode, pictures, sanitize


def clean(html: str, url: str) -> str:
    """The stored copy."""
    root = decode.parse(html)
    pictures.resolve(root, url)
    return sanitize.sanitize(tostring(root, encoding="unicode"), base_url=url)


def alone(html: str, url: str) -> str:
    """The sanitiser without the stages before it."""
    return sanitize.sanitize(html, base_url=url)


def shown(html: str, url: str) -> str:
    """What the reader page is given while no picture has come yet: nothing may be asked for."""
    return sanitize.for_reading(clean(html, url), {})


def filed(html: str, url: str) -> str:
    """What `show --format html` writes, without pictures."""
    return sanitize.with_inline(clean(html, url), {})
