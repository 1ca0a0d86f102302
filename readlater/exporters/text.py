"""An article as plain text: what a person would read, standfirst and captions too."""

from __future__ import annotations

from collections.abc import Mapping

from readlater.article import Article, Extracted


def export(
    article: Article,  # noqa: ARG001
    extracted: Extracted,
    pictures: Mapping[str, tuple[bytes, str]],  # noqa: ARG001
) -> str:
    """The text, a paragraph a line."""
    return extracted.text
