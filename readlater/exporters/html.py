"""An article as one HTML file that needs nothing else: its pictures lie inside."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from readlater.article import Article, Extracted
from readlater.pipeline.sanitize import with_inline

_PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body{{max-width:38em;margin:2em auto;padding:0 1em;font:1.1em/1.6 serif}}img{{max-width:100%;height:auto}}</style>
</head>
<body>
<article>
<h1>{title}</h1>
<p>{line}</p>
{html}
</article>
</body>
</html>"""  # noqa: E501


def export(
    article: Article, extracted: Extracted, pictures: Mapping[str, tuple[bytes, str]]
) -> str:
    """The stored copy with its pictures as data addresses; it makes no request when opened."""
    source = f'<a href="{escape(article.url)}">{escape(article.site_name or article.url)}</a>'
    parts = [escape(article.byline), escape(article.published[:10]), source if article.url else ""]
    return _PAGE.format(
        language=escape(article.language),
        direction=escape(article.direction),
        title=escape(article.title or article.url),
        line=" · ".join(part for part in parts if part),
        html=with_inline(extracted.html, pictures),
    )
