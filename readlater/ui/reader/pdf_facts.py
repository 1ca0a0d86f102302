"""Title, author and source written into a PDF, as the engine writes none of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_TAIL_BYTES: Final = 2048
_END: Final = re.compile(
    rb"trailer\s*<<(?P<trailer>.*?)>>\s*startxref\s+(?P<at>\d+)\s+%%EOF\s*\Z", re.DOTALL
)
_SIZE: Final = re.compile(rb"/Size\s+(\d+)")
_ROOT: Final = re.compile(rb"/Root\s+(\d+\s+\d+\s+R)")
_INFO: Final = re.compile(rb"/Info\s+(\d+)\s+(\d+)\s+R")
_MADE: Final = re.compile(rb"/(?:Producer|CreationDate|ModDate)\s*\([^()\\]*\)")


def with_facts(pdf: bytes, facts: Mapping[str, str]) -> bytes:
    """`pdf` with an information dictionary of `facts` (Title, Author, Subject, Creator).

    Appended as an incremental update (ISO 32000-1, 7.5.6); a file whose cross-reference is not
    the classic table comes back as it is.
    """
    end = _END.search(pdf, max(0, len(pdf) - _TAIL_BYTES))
    if end is None or not pdf.startswith(b"xref", int(end["at"])):
        return pdf
    size, root = _SIZE.search(end["trailer"]), _ROOT.search(end["trailer"])
    if size is None or root is None:
        return pdf
    number = int(size[1])
    entries = [f"/{name} {_text(value)}".encode() for name, value in facts.items() if value]
    entries += _made(pdf, end["trailer"])
    start = pdf if pdf.endswith(b"\n") else pdf + b"\n"
    body = b"%d 0 obj\n<<%b>>\nendobj\n" % (number, b"\n".join(entries))
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(start))
    trailer = b"trailer\n<</Size %d\n/Root %b\n/Info %d 0 R\n/Prev %b>>\n" % (
        number + 1,
        root[1],
        number,
        end["at"],
    )
    foot = b"startxref\n%d\n%%%%EOF\n" % (len(start) + len(body))
    return start + body + table + trailer + foot


def _made(pdf: bytes, trailer: bytes) -> list[bytes]:
    """What the engine says of itself and of the time."""
    info = _INFO.search(trailer)
    if info is None:
        return []
    held = re.search(rb"(?:^|\s)%b %b obj(.*?)endobj" % (info[1], info[2]), pdf, re.DOTALL)
    return _MADE.findall(held[1]) if held else []


def _text(value: str) -> str:
    """A text string as UTF-16 with its mark, in hexadecimal (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{value.encode('utf-16-be', 'replace').hex().upper()}>"
