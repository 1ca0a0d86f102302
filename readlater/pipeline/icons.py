"""Take out the names of icons, which a page's icon font would have drawn as pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readlater.pipeline.blocks import size

if TYPE_CHECKING:
    from readlater.pipeline.blocks import Blocks

_TAGS = frozenset({"i", "span", "em", "b", "a", "button", "div"})
# Google's Material Icons and Symbols, and what copies them: the text is the icon's name.
_FONT = re.compile(r"material-?(?:icons|symbols)|google-?(?:icons|symbols)|icon-?ligature", re.I)
_NAME = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+){0,5}")
_SURE = re.compile(
    r"(?:keyboard|arrow|chevron|expand|navigate|play|pause|open_in|more|bookmark|thumb|skip|volume|"
    r"check|radio_button|file|content|account|add|delete|star|favorite|access|insert|format|"
    r"hourglass|notifications|close|photo|zoom|first|last|unfold)"
    r"_(?:arrow_)?(?:down|up|left|right|forward|back|back_ios|forward_ios|drop_down|drop_up|more|less|"
    r"new|vert|horiz|border|outline|next|previous|off|on|circle|circle_filled|circle_outline|box|"
    r"checked|unchecked|download|upload|copy|time|camera|in|out|page|full|fullscreen|before|mute|"
    r"disabled|active|none|half|empty|add|remove|library)"
)


def take_out(blocks: Blocks) -> None:
    """Mark the elements that hold nothing but an icon's name as gone, and unsay their text."""
    for i, element in enumerate(blocks.nodes):
        if element.tag not in _TAGS:
            continue
        text = element.text
        if not text or len(text) > 60 or not text.islower() or len(element):
            continue
        name = text.strip()
        if not _NAME.fullmatch(name):
            continue
        if _SURE.fullmatch(name) or _FONT.search(element.get("class") or ""):
            _unsay(blocks, i, text)


def _unsay(blocks: Blocks, i: int, text: str) -> None:
    block = blocks.block[i]
    if text in blocks.parts[block]:
        blocks.parts[block].remove(text)
        blocks.own[block] = max(0, blocks.own[block] - size(text))
        if any(above.tag == "a" for above in (blocks.nodes[i], *blocks.nodes[i].iterancestors())):
            blocks.linked[block] = max(0, blocks.linked[block] - size(text))
    blocks.take(i)
    blocks.nodes[i].text = None
