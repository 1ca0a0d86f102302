"""Tables of values stay tables; those that only lay out a page become what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARTS = ("tbody", "thead", "tfoot", "tr", "td", "th", "caption")
_PROSE = ("p", "h1", "h2", "h3", "h4", "blockquote", "figure", "pre", "ul", "ol")
# A cell that says this much in paragraphs is a column of a page.
_PROSE_CHARS = 400


def rule(root: HtmlElement) -> None:
    """Unwrap the layout tables of `root`; a cell of a table's head is a heading cell."""
    for part in root.iter(*_PARTS):
        above = part.getparent()
        if above is None or (above.tag not in _PARTS and above.tag != "table"):
            part.tag = "div"
    for table in reversed(list(root.iter("table"))):
        rows = _rows(table)
        cells = [cell for row in rows for cell in row if cell.tag in {"td", "th"}]
        if all(tree.is_blank(cell) for cell in cells):
            _leave_rest(table)
        elif _is_layout(table, rows, cells):
            _unwrap(table)
        else:
            _mend(table, rows)
    tree.settle(root)


def _rows(table: HtmlElement) -> list[HtmlElement]:
    """Its own rows, not those of a table in it."""
    rows = [row for row in table if row.tag == "tr"]
    for part in table:
        if part.tag in {"tbody", "thead", "tfoot"}:
            rows += [row for row in part if row.tag == "tr"]
    return rows


def _leave_rest(table: HtmlElement) -> None:
    if tree.is_blank(table):
        tree.gone(table)
    else:
        _unwrap(table)


def _is_layout(table: HtmlElement, rows: list[HtmlElement], cells: list[HtmlElement]) -> bool:
    if len(cells) <= 1 or table.get("role") in {"presentation", "none"}:
        return True
    if next(table.iterdescendants("table"), None) is not None:
        return True
    heads = any(cell.tag == "th" for cell in cells)
    widest = max(sum(1 for cell in row if cell.tag in {"td", "th"}) for row in rows)
    captioned = table.find("caption") is not None
    if widest == 1 and not (heads and captioned):
        return not heads or all(cell.tag == "th" for cell in cells)
    if heads or captioned:
        return False
    return any(_is_prose(cell) for cell in cells)


def _is_prose(cell: HtmlElement) -> bool:
    blocks = sum(1 for _ in cell.iterdescendants(*_PROSE))
    breaks = sum(1 for _ in cell.iterdescendants("br"))
    return (blocks > 1 or breaks > 3) and len(tree.text_of(cell)) > _PROSE_CHARS


def _unwrap(table: HtmlElement) -> None:
    for part in list(table):
        if part.tag in {"colgroup", "col"}:
            tree.gone(part)
        elif part.tag in _PARTS:
            for row in [part, *part]:
                for cell in [row, *row]:
                    if cell.tag in _PARTS:
                        cell.tag = "div"
    table.tag = "div"


def _mend(table: HtmlElement, rows: list[HtmlElement]) -> None:
    for head in table.iterchildren("thead"):
        for cell in head.iter("td"):
            cell.tag = "th"
    spans = any(cell.get("rowspan") for row in rows for cell in row)
    for row in rows:
        if not spans and tree.is_blank(row):
            tree.gone(row)
