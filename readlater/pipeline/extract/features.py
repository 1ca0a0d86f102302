"""The numbers of each line of a page, for the model that says which lines are the article's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from math import log1p
from typing import TYPE_CHECKING

from readlater.pipeline.about.text import fold
from readlater.pipeline.blocks import HEADINGS
from readlater.pipeline.extract.page import FAMILIES, Line, Page

if TYPE_CHECKING:
    from readlater.pipeline.extract.anchors import Anchors

# Shorter lines, such as verses, are repeated on purpose.
_SAID = 40
_END = re.compile(r"[.!?…。！？।۔؟:;][\"'»”’)\]」』]*$")
_STOPS = re.compile(r"[.!?。！？।۔؟,，、،](?=\s|$|[\u3040-\u9fff])")
_MARKS = re.compile(r"[|·•›»→©@#/]")
_DIGITS = re.compile(r"\d")
_UPPER = re.compile(r"[A-Z]")
_TAGS = {
    "p": 1, "li": 2, "h1": 3, "h2": 4, "h3": 5, "h4": 6, "h5": 6, "h6": 6, "td": 7, "th": 7,
    "figcaption": 8, "blockquote": 9, "pre": 10, "dd": 11, "dt": 12, "div": 13, "section": 14,
    "article": 15, "header": 16, "footer": 17, "figure": 8, "main": 14, "body": 18, "center": 13,
}  # fmt: skip


def measure(page: Page, about: Anchors) -> list[list[float]]:
    """A row of numbers for each line of the page; `NAMES` has what they are."""
    lines = page.lines
    whole_text = "\n".join(line.text for line in lines)
    own = [[*_own(page, line, about), _twice(line.text, whole_text)] for line in lines]
    heads = _headings(page, lines, about)
    places = _places(page, lines)
    kinds = _kinds(page, lines)
    whole = _whole(page, about)
    rows = []
    for k, line in enumerate(lines):
        rows.append(
            own[k]
            + _around(page, line.block)
            + kinds[k]
            + places[k]
            + heads[k]
            + _neighbours(own, k)
            + whole
        )
    return rows


_OWN = (
    "size", "words", "link_share", "tag", "ends", "stops", "digits", "upper", "first",
    "marks", "text_mean", "text_least", "text_most", "title_share", "described", "in_data", "twice",
)  # fmt: skip


def _own(page: Page, line: Line, about: Anchors) -> list[float]:
    blocks, text = page.blocks, line.text
    i = line.block
    said = blocks.own[i]
    words = text.split(" ")
    length = len(text)
    mean, least, most = page.lexicon.text(words)
    first = text[0]
    folded = fold(text[:400])
    title = about.title_words
    shared = 0.0
    if title and len(words) < 60:
        mine = set(folded.split())
        shared = len(mine & title) / max(len(mine), len(title))
    return [
        log1p(said),
        log1p(len(words)),
        blocks.linked[i] / said if said else 0.0,
        _TAGS.get(blocks.nodes[i].tag, 0),
        1.0 if _END.search(text, max(0, length - 4)) else 0.0,
        len(_STOPS.findall(text[:1000])) * 100 / min(1000, length),
        len(_DIGITS.findall(text[:400])) / min(400, length),
        len(_UPPER.findall(text[:400])) / min(400, length),
        3.0 if first.isupper() else 2.0 if first.islower() else 1.0 if first.isalpha() else 0.0,
        len(_MARKS.findall(text[:300])) / min(300, length),
        mean,
        least,
        most,
        shared,
        1.0 if len(folded) > 20 and folded[:50] in about.description else 0.0,
        _in_data(folded, about.body),
    ]


def _twice(text: str, whole: str) -> float:
    """1 when the page says a line again, inside another line or as one of its own."""
    return 1.0 if len(text) >= _SAID and whole.count(text[:200]) > 1 else 0.0


def _in_data(folded: str, body: str) -> float:
    """Whether the page's data has the line in the text of the article: 1, or -1, or 0 unknown."""
    if len(body) < 300:
        return 0.0
    if len(folded) < 12:
        return -0.5
    return 1.0 if folded[:60] in body else -1.0


_OF = ("comments", "related", "promo", "meta", "body")
_OF_BITS = tuple(1 << FAMILIES.index(name) for name in _OF)
_BY = ("comments", "related", "caption", "body", "thread")
_BY_BITS = tuple(1 << FAMILIES.index(name) for name in _BY)
_AROUND = (
    "depth", "odds_own", "odds_parent", "odds_above", "odds_sum",
    "odds_least", "odds_most", "p_mass", "p_paragraphs", "p_links", "p_total", "g_mass",
    "g_paragraphs", "g_links", "g_total", "u_mass", "u_links", "u_total", "in_home",
    "home_down", "home_up", "children", *(f"of_{name}" for name in _OF),
    *(f"near_{name}" for name in _BY), "nested", "article_at",
    "title_up", "title_down", "title_mass", "cards", "opinion",
)  # fmt: skip


def _around(page: Page, i: int) -> list[float]:
    blocks = page.blocks
    parent = blocks.parent
    everything = page.mass[0] or 1
    p = max(parent[i], 0)
    g = max(parent[p], 0)
    u = max(parent[g], 0)
    home = page.home
    below = home <= i < blocks.end[home]
    at, up = home, 0
    while not at <= i < blocks.end[at]:
        at = parent[at]
        up += 1
    row = [float(page.depth[i])]
    row += [
        page.own_odds[i], page.own_odds[p], page.own_odds[g] + page.own_odds[u],
        page.sum_odds[i], page.least_odds[i], page.most_odds[i],
    ]  # fmt: skip
    for j in (p, g):
        total = blocks.total[j] or 1
        row += [
            page.mass[j] / everything,
            log1p(page.paragraphs[j]),
            blocks.links[j] / total,
            log1p(total),
        ]
    total = blocks.total[u] or 1
    row += [page.mass[u] / everything, blocks.links[u] / total, log1p(total)]
    row += [
        1.0 if below else 0.0,
        float(page.depth[i] - page.depth[at]),
        float(up),
        float(blocks.end[i] - i),
    ]
    of, near = page.families[i], page.family[i] | page.family[p] | page.family[g]
    row += [1.0 if of & bit else 0.0 for bit in _OF_BITS]
    row += [1.0 if near & bit else 0.0 for bit in _BY_BITS]
    article = page.article[i]
    at, up = i, 0
    title = page.title
    while at > 0 and not at <= title < blocks.end[at]:
        at = parent[at]
        up += 1
    row += [
        float(page.nested[i]),
        float(page.article_at.get(article, -1)),
        float(up),
        float(page.depth[title] - page.depth[at]),
        page.mass[at] / everything,
        float(page.cards),
        float(page.opinion[i]),
    ]
    return row


_KINDS = ("kind_count", "kind_mass", "kind_links", "kind_size", "pkind_count", "pkind_links")


def _kinds(page: Page, lines: list[Line]) -> list[list[float]]:
    """Of how many lines of the page a line shares its path of tags and classes, and theirs."""
    blocks = page.blocks
    count: Counter[int] = Counter()
    size: Counter[int] = Counter()
    linked: Counter[int] = Counter()
    pcount: Counter[int] = Counter()
    psize: Counter[int] = Counter()
    plinked: Counter[int] = Counter()
    for line in lines:
        i = line.block
        kind = page.kind[i]
        count[kind] += 1
        size[kind] += blocks.own[i]
        linked[kind] += blocks.linked[i]
        kind = page.kind[max(blocks.parent[i], 0)]
        pcount[kind] += 1
        psize[kind] += blocks.own[i]
        plinked[kind] += blocks.linked[i]
    whole = blocks.total[0] or 1
    rows = []
    for line in lines:
        kind = page.kind[line.block]
        above = page.kind[max(blocks.parent[line.block], 0)]
        rows.append(
            [
                log1p(count[kind]),
                size[kind] / whole,
                linked[kind] / (size[kind] or 1),
                log1p(size[kind] / count[kind]),
                log1p(pcount[above]),
                plinked[above] / (psize[above] or 1),
            ]
        )
    return rows


_PLACES = (
    "at", "at_text", "from_title", "from_title_text", "from_first", "to_last", "near_before",
    "near_after", "prose_before", "prose_after",
)  # fmt: skip


def _places(page: Page, lines: list[Line]) -> list[list[float]]:
    blocks = page.blocks
    count = len(lines)
    prose = [k for k, line in enumerate(lines) if page.prose[line.block]]
    first, last = (prose[0], prose[-1]) if prose else (0, count - 1)
    titles = page.titles
    whole = blocks.total[0] or 1
    everything = page.mass[0] or 1
    before, seen = 0, 0
    starts = []
    for line in lines:
        starts.append((before, seen))
        before += blocks.own[line.block]
        seen += page.prose[line.block]
    rows = []
    for k, line in enumerate(lines):
        here, mass = starts[k]
        at = bisect_left(prose, k)
        rows.append(
            [
                k / count,
                here / whole,
                _signed(k - titles[0]) if titles else -9.0,
                _signed(here - starts[titles[0]][0]) if titles else -9.0,
                _signed(k - first),
                _signed(last - k),
                float(min(20, k - prose[at - 1])) if at else 30.0,
                float(min(20, prose[at] - k)) if at < len(prose) else 30.0,
                mass / everything,
                1 - (mass + page.prose[line.block]) / everything,
            ]
        )
    return rows


def _signed(number: int) -> float:
    return log1p(number) if number >= 0 else -log1p(-number)


_HEADS = ("head_far", "head_level", "head_odds", "head_link", "head_title")


def _headings(page: Page, lines: list[Line], about: Anchors) -> list[list[float]]:
    """The nearest heading before each line: how far, which, and what its words say."""
    blocks = page.blocks
    rows = []
    head = [30.0, 0.0, 0.0, 0.0, 0.0]
    at, number = -30, 0
    for k, line in enumerate(lines):
        rows.append([min(30.0, float(k - at)), *head[1:]])
        if blocks.nodes[line.block].tag in HEADINGS:
            at, number = k, line.block
            level = float(blocks.nodes[number].tag[1])
            mean = page.lexicon.text(line.text.split(" "))[0]
            is_title = 1.0 if fold(line.text[:300]) == about.title else 0.0
            linked = blocks.linked[number] / (blocks.own[number] or 1)
            head = [0.0, level, mean, linked, is_title]
    return rows


_NEAR = (-2, -1, 1, 2)
_NEXT = ("size", "link_share", "text_mean")
_NEXT_AT = tuple(_OWN.index(name) for name in _NEXT)


def _neighbours(own: list[list[float]], k: int) -> list[float]:
    row: list[float] = []
    for step in _NEAR:
        at = k + step
        if 0 <= at < len(own):
            there = own[at]
            row += [there[column] for column in _NEXT_AT]
        else:
            row += [-1.0] * len(_NEXT_AT)
    return row


_WHOLE = (
    "page_lines", "page_text", "page_links", "page_mass", "page_home", "page_paragraphs",
    "page_thread", "page_manual", "page_story", "page_articles", "page_path",
    "page_chosen",
)  # fmt: skip


def _whole(page: Page, about: Anchors) -> list[float]:
    blocks = page.blocks
    everything = page.mass[0] or 1
    return [
        log1p(len(page.lines)),
        log1p(blocks.total[0]),
        blocks.links[0] / (blocks.total[0] or 1),
        log1p(page.mass[0]),
        page.mass[page.home] / everything,
        log1p(page.paragraphs[0]),
        about.thread,
        about.manual,
        about.story,
        float(min(20, page.articles)),
        about.depth,
        log1p(page.chosen),
    ]


NAMES: tuple[str, ...] = (
    *_OWN, *_AROUND, *_KINDS, *_PLACES, *_HEADS,
    *(f"{name}{step:+d}" for step in _NEAR for name in _NEXT), *_WHOLE,
)  # fmt: skip
