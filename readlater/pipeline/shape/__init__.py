"""The chosen article's tree -> the structure of a text: one small rule after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def prepare(root: HtmlElement) -> None:
    """Before a page's hidden elements and controls go: what is the text of something else."""
    from readlater.pipeline.shape import leftovers, math

    math.unhide(root)
    leftovers.open_headings(root)


def shape(article: HtmlElement, *, page: str = "", title: str = "", language: str = "") -> None:
    """Change the tree of an article in place.

    `page` is its address, `title` what is shown above it, `language` a tag or "".

    Afterwards the children of `article` are blocks: headings from h2 on, paragraphs, lists,
    quotations, tables, code, figures. No word goes but labels of controls, line numbers, and what
    was said twice. Each rule is linear in the size of the tree, and finds nothing to do in its
    own output.
    """
    from readlater.pipeline.shape import (
        code,
        dropcaps,
        empties,
        figures,
        headings,
        leftovers,
        lists,
        math,
        paragraphs,
        places,
        quotes,
        spaces,
        tables,
        tree,
    )

    # lxml makes an element's object anew at each visit unless someone holds it.
    held = list(article.iter())
    tree.as_box(article)
    math.rule(article)
    code.rule(article)
    leftovers.rule(article)
    places.rule(article, page)
    dropcaps.rule(article, language)
    tables.rule(article)
    quotes.rule(article)
    figures.rule(article)
    lists.rule(article)
    empties.marks(article)
    paragraphs.rule(article)
    headings.rule(article, title)
    places.rule(article, page)  # some links have gone
    empties.marks(article)
    empties.blocks(article)
    figures.once(article)
    paragraphs.lone(article)
    spaces.rule(article)
    for details in article.iter("details"):
        details.set("open", "")
    held.clear()


def markup(article: HtmlElement) -> str:
    """The HTML of what an article holds, a line for each block."""
    from html import escape

    from lxml.html import tostring

    inner = "\n".join(
        tostring(child, encoding="unicode", with_tail=False) + escape(child.tail or "", quote=False)
        for child in article
    )
    return escape(article.text or "", quote=False) + inner
