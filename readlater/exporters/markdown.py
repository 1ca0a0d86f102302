"""An article as Markdown, with its title and source above it."""

from __future__ import annotations

from collections.abc import Mapping

from readlater.article import Article, Extracted


def export(
    article: Article,
    extracted: Extracted,
    pictures: Mapping[str, tuple[bytes, str]],  # noqa: ARG001
) -> str:
    """CommonMark with tables; pictures keep their address."""
    from markdownify import markdownify

    body = markdownify(extracted.html, heading_style="ATX", bullets="-", code_language="").strip()
    parts = [article.byline, article.published[:10], f"<{article.url}>" if article.url else ""]
    line = " · ".join(part for part in parts if part)
    return "\n\n".join(part for part in (f"# {article.title}", line, body) if part) + "\n"
