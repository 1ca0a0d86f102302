"""What an article is made of: the elements and attributes that pass the sanitiser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_BLOCKS = (
    "address article aside blockquote caption col colgroup dd details div dl dt figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_INLINE = (
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span "
    "strong sub sup time u var wbr"
)
_MATHML = (
    "math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot "
    "mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none "
    "semantics"
)
# The content of these is code, a form's, or another page's: it goes with the element.
_WITH_CONTENT = (
    "annotation annotation-xml applet audio button canvas datalist embed frameset head iframe "
    "maction malignmark mglyph noembed noframes noscript object portal script select "
    "style svg template textarea title video"
)
_MATHML_ATTRIBUTES = (
    "accent accentunder columnalign columnspan depth display displaystyle fence height "
    "linethickness lspace mathvariant maxsize minsize notation rowspan rspace scriptlevel "
    "separator stretchy symmetric width"
)

MATHML = frozenset(_MATHML.split())
TAGS = frozenset(f"{_BLOCKS} {_INLINE}".split()) | MATHML
DROPPED_WITH_CONTENT = frozenset(_WITH_CONTENT.split())
_CELL = frozenset({"colspan", "rowspan", "align"})
ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": frozenset({"dir", "id", "lang"}),
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "code": frozenset({"class"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"datetime"}),
    "details": frozenset({"open"}),
    "dfn": frozenset({"title"}),
    "img": frozenset({"alt", "height", "src", "title", "width"}),
    "ins": frozenset({"datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "pre": frozenset({"class"}),
    "td": _CELL,
    "th": _CELL | {"abbr", "scope"},
    "time": frozenset({"datetime"}),
    **dict.fromkeys(MATHML, frozenset(_MATHML_ATTRIBUTES.split())),
}
# In the reader's page the words in place of a missing picture are marked.
_MISSING = {"span": frozenset({"class"})}
# A whole page has more rooms, and blocks of it that the clean copy leaves out are marked.
_PAGE = "button center fieldset footer header label legend nav search"
_ROOMS = frozenset(_PAGE.split())
_PAGE_ATTRIBUTES = {**ATTRIBUTES, "*": ATTRIBUTES["*"] | {"data-taken"}}


@dataclass(frozen=True, slots=True)
class Passing:
    """The elements that pass, and the attributes of each; `*` are those of all."""

    tags: frozenset[str]
    attributes: Mapping[str, frozenset[str]]


ARTICLE = Passing(TAGS, ATTRIBUTES)
READING = Passing(TAGS, {**ATTRIBUTES, **_MISSING})
PAGE = Passing(TAGS | _ROOMS, _PAGE_ATTRIBUTES)
READING_PAGE = Passing(TAGS | _ROOMS, {**_PAGE_ATTRIBUTES, **_MISSING})
