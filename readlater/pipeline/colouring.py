"""Code in the colours of its language, where the page says which: Pygments' classes."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

# More than this is data, and would take longer than it helps.
_MOST_CHARACTERS: Final = 30_000
_BLOCK: Final = re.compile(
    r"(<pre(?:\s[^>]*)?>)(?:(\s*)<code((?:\s[^>]*)?)>(.*?)</code>(\s*)|([^<]*))</pre>", re.DOTALL
)
_LANGUAGE: Final = re.compile(r'\bclass="language-([\w+#.-]{1,30})"')
# What highlighters of pages leave once their classes are gone.
_EMPTY: Final = re.compile(r"</?(?:span|div|b|i|em|strong)>")

_LAST_BREAK: Final = re.compile(r"\n((?:</span>)?)$")


def coloured(html: str) -> str:
    """Sanitised `html` with the code of named languages in spans; its text stays the same."""
    return _BLOCK.sub(_block, html) if "language-" in html else html


def _block(found: re.Match[str]) -> str:
    pre, before, attributes, inner, after, bare = found.groups()
    language = _LANGUAGE.search((attributes or "") + pre)
    held = bare if inner is None else _EMPTY.sub("", inner)
    if language is None or not held or "<" in held or len(held) > _MOST_CHARACTERS:
        return found[0]
    spans = _spans(unescape(held), language[1].lower())
    if spans is None:
        return found[0]
    if inner is None:
        return f"{pre}{spans}</pre>"
    return f"{pre}{before}<code{attributes}>{spans}</code>{after}</pre>"


def _spans(code: str, language: str) -> str | None:
    lexer = _lexer(language)
    if lexer is None:
        return None
    made = []
    # Rules for whole lines look for the end of the line, which the last one may not have.
    ended = code if code.endswith("\n") else code + "\n"
    for token, text in lexer.get_tokens(ended):
        name = _class(token)
        made.append(f'<span class="{name}">{escape(text)}</span>' if name else escape(text))
    spans = "".join(made)
    if ended is not code:
        spans = _LAST_BREAK.sub(r"\1", spans)
    # A lexer may change line ends; the words are the page's own and stay.
    return spans if unescape(re.sub(r"</?span[^>]*>", "", spans)) == code else None


@cache
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@cache
def _class(token: _TokenType) -> str:
    from pygments.token import Token

    kinds = {
        Token.Keyword: "k",
        Token.Operator.Word: "ow",
        Token.Literal.String: "s",
        Token.Comment: "c",
        Token.Literal.Number: "m",
        Token.Name.Function: "nf",
        Token.Name.Class: "nc",
        Token.Name.Tag: "nt",
        Token.Name.Attribute: "na",
        Token.Name.Decorator: "nd",
        Token.Generic.Deleted: "gd",
        Token.Generic.Inserted: "gi",
        Token.Generic.Heading: "gh",
        Token.Generic.Subheading: "gh",
    }
    return next((name for kind, name in kinds.items() if token in kind), "")
