"""What a person knows better, from a terminal: what a copy is, and what belongs to its text."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from readlater import words as sentences
from readlater.article import Access
from readlater.cli.output import complain, json_line, say
from readlater.errors import InputError
from readlater.exporters import json as json_lines
from readlater.library import Library
from readlater.library.correcting import Block


def access(library: Library, words: argparse.Namespace) -> int:
    """What copies are and why; with a word of the reader's own, that holds from then on."""
    failed = False
    if words.whole or words.preview or words.page:
        word = Access.FULL if words.whole else Access.PREVIEW if words.preview else None
        done = library.correcting.say(words.ids, word)
        failed = _complain_of(library, sorted(set(words.ids) - set(done.ids)))
    for wanted, article in library.reading.articles(words.ids):
        if article is None or article.access is None:
            if not (words.whole or words.preview or words.page):
                failed |= _complain_of(library, [wanted])
            continue
        if words.json:
            say(json_line(article))
            continue
        say(f"{article.id:>6}  {sentences.ACCESS[article.access]}: {article.title or article.url}")
        say(f"        {json_lines.access_line(article)}")
    return int(failed)


def _complain_of(library: Library, ids: Sequence[int]) -> bool:
    for wanted, article in library.reading.articles(ids):
        known = InputError("no_text_yet") if article else InputError("no_such_article", id=wanted)
        complain(str(wanted), known.problem)
    return bool(ids)


def removed(library: Library, words: argparse.Namespace) -> int:
    """The blocks that were taken out, numbered; `--put-back` and `--take-out` name some of them."""
    article = library.reading.article(words.id)
    blocks = library.correcting.blocks(article.id)
    numbers = words.put_back or words.take_out
    if numbers:
        if max(numbers) > len(blocks):
            raise InputError("no_such_block")
        marks = {blocks[n - 1].removed.fingerprint for n in numbers}
        deed = library.correcting.put_back if words.put_back else library.correcting.take_out
        deed(article.id, marks)
        blocks = library.correcting.blocks(article.id)
    for number, block in enumerate(blocks, 1):
        if words.json:
            say(json.dumps(_record(number, block)))
            continue
        state = " · put back" if block.is_back else ""
        reason = sentences.removed_reason(block.removed.reason)
        say(f"{number:>4}  {reason} · {block.removed.place}{state}")
        for line in block.removed.text.splitlines():
            say(f"        {' '.join(line.split())}")
    return 0


def _record(number: int, block: Block) -> dict[str, str | int | bool]:
    return {
        "number": number,
        "reason": block.removed.reason,
        "place": block.removed.place,
        "text": block.removed.text,
        "fingerprint": block.removed.fingerprint,
        "put_back": block.is_back,
    }
