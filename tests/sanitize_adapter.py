"""What the attack bench drives: a page parsed, shaped and sanitised as a save does."""

from __future__ import annotations

from readlater.pipeline import decode, pictures, sanitize, shape


def clean(html: str, url: str) -> str:
    """The stored copy."""
    root = decode.parse(html)
    pictures.resolve(root, url)
    shape.prepare(root)
    body = root.find("body")
    article = root if body is None else body
    shape.shape(article, page=url)
    return sanitize.sanitize(shape.markup(article), base_url=url)


def alone(html: str, url: str) -> str:
    """The sanitiser without the stages before it."""
    return sanitize.sanitize(html, base_url=url)


def shown(html: str, url: str) -> str:
    """What the reader page is given while no picture has come yet: nothing may be asked for."""
    return sanitize.for_reading(clean(html, url), {})


def filed(html: str, url: str) -> str:
    """What `show --format html` writes, without pictures."""
    return sanitize.with_inline(clean(html, url), {})
