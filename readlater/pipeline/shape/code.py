"""Code blocks keep lines, spaces and language, and lose gutters, buttons and colours."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from readlater.pipeline.shape import code_lines, tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_GUTTER = tree.words(
    "lineno", "linenos", "linenumbers?", "line-?nums?", "line-?numbers?", "ln", "lnt", "gutter",
    "num", "blob-num", "ln-numbers?", "rowno",
)  # fmt: skip
_NUMBERS = re.compile(r"[\d\s.:|]*")
_NOT_SELECTED = re.compile(r"user-select\s*:\s*none")
_LABELLED = tree.words("copy", "clipboard", "toolbar", "header", "title", "lang", "language")
_CODE = tree.words(
    "highlight", "highlighter", "code", "codeblock", "sourcecode", "syntax", "prettyprint",
    "hljs", "chroma", "rouge", "prism", "shiki", "codehilite", "listing", "brush", "blob",
)  # fmt: skip
_LANGUAGE_CLASS = re.compile(
    r"(?:^|\s)(?:(?:language|lang|highlight-source|highlight-text|highlight)-|brush:\s?)([\w+#.-]+)"
)
_LANGUAGE_ATTRIBUTES = ("data-lang", "data-language", "data-code-language", "data-codetype")
_NO_LANGUAGE = frozenset(
    [
        *("none", "text", "plain", "plaintext", "nohighlight", "default", "notranslate"),
        *("txt", "er", "highlighter", "console-output", "wrap", "block", "container"),
        *("figure", "line", "lines", "table"),
    ]
)
_KNOWN = frozenset(
    [
        *("bash", "sh", "shell", "zsh", "console", "powershell", "python", "py", "python3"),
        *("ruby", "rb", "rust", "rs", "go", "golang", "java", "kotlin", "scala", "swift"),
        *("c", "cpp", "c++", "objectivec", "csharp", "c#", "cs", "fsharp", "f#"),
        *("javascript", "js", "jsx", "typescript", "ts", "tsx", "json", "json5", "yaml"),
        *("yml", "toml", "ini", "xml", "html", "css", "scss", "sass", "less", "sql", "php"),
        *("perl", "lua", "r", "julia", "haskell", "hs", "ocaml", "elixir", "erlang"),
        *("clojure", "lisp", "scheme", "elm", "dart", "zig", "nim", "crystal", "groovy"),
        *("vb", "diff", "patch", "make", "makefile", "cmake", "dockerfile", "docker"),
        *("nginx", "apache", "graphql", "protobuf", "latex", "tex", "markdown", "md"),
        *("vim", "matlab", "fortran", "pascal", "ada", "assembly", "asm", "wasm"),
        *("solidity", "terraform", "hcl", "nix"),
    ]
)
_LABELS = frozenset(["div", "span", "header"])
_LONGEST_NAME = 20
_AROUND_CODE = frozenset(["div", "figure", "p", "td", "section", "article", "main", "li"])


def rule(root: HtmlElement) -> None:
    """Bring each code block of `root` into `<pre><code class="language-…">`."""
    for table in list(root.iter("table")):
        _out_of_table(table)
    for code in list(root.iter("code")):
        _around_block(code)
    for pre in list(root.iter("pre")):
        if not any(above.tag == "pre" for above in pre.iterancestors()):
            _settle(pre)


def _out_of_table(table: HtmlElement) -> None:
    """A table of line numbers beside code is the code."""
    rows = list(table.iter("tr"))
    gutters = [cells[0] for row in rows if (cells := _cells(row)) and len(cells) > 1]
    if not gutters or next(table.iterdescendants("table"), None) is not None:
        return
    coded = next(table.iter("pre"), None) is not None or next(table.iter("code"), None) is not None
    if not (coded or tree.named(table, _CODE)) or not all(_is_gutter(cell) for cell in gutters):
        return
    pre = table.makeelement("pre", {k: v for k, v in table.attrib.items() if k == "class"})
    if next(table.iter("code"), None) is not None or tree.named(table, _CODE):
        pre.set("class", f"{pre.get('class', '')} code")
    for row in rows:
        for cell in _cells(row)[1:]:
            if _language(cell) and not _own_language(pre):
                pre.set("data-lang", _language(cell))
            cell.tag = "div"
            for inner in list(cell.iter("pre")):
                tree.opened(inner)
            pre.append(cell)
    pre.tail = table.tail
    table.tail = None
    table.addprevious(pre)
    tree.gone(table)


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _is_gutter(element: HtmlElement) -> bool:
    cell = element.tag in {"td", "th"}
    signed = tree.named(element, _GUTTER) or bool(_NOT_SELECTED.search(element.get("style", "")))
    if not signed and element.tag == "a":
        signed = element.get("href", "#").startswith("#")
    if not (signed or cell) or not all(_NUMBERS.fullmatch(text) for text in element.itertext()):
        return False
    return signed or bool(element.get("data-line-number")) or not tree.is_blank(element)


def _around_block(code: HtmlElement) -> None:
    """`code` around blocks is a box; code of several lines by itself is a block."""
    if any(above.tag == "pre" for above in code.iterancestors()):
        return
    if next(code.iter("pre", "table"), None) is not None:
        code.tag = "div"
        return
    above = code.getparent()
    if above is None or above.tag not in _AROUND_CODE or not _stands_alone(code, above):
        return
    broken = next(code.iter("br"), None) is not None
    kept = "pre" in code.get("style", "") or tree.named(above, _CODE)
    if broken or (kept and "\n" in "".join(code.itertext()).strip()):
        pre = code.makeelement("pre")
        if above.tag == "p":
            above.tag = "div"
        code.addprevious(pre)
        code.tail = None
        pre.append(code)


def _stands_alone(code: HtmlElement, above: HtmlElement) -> bool:
    """Whether no text and no piece of text stands beside it."""
    before, after = code.getprevious(), code.getnext()
    return (
        tree.says_nothing(above.text if before is None else before.tail)
        and tree.says_nothing(code.tail)
        and (before is None or tree.is_block(before))
        and (after is None or tree.is_block(after))
    )


def _settle(pre: HtmlElement) -> None:
    language = _language(pre)
    coded = (
        bool(language) or tree.named(pre, _CODE) or next(pre.iter("code", "samp"), None) is not None
    )
    around = pre.getparent()
    coded = coded or (
        around is not None and not tree.has_more(around, 2) and tree.named(around, _CODE)
    )
    label = _without_labels(pre)
    label = _without_header(pre) or label
    _without_gutters(pre)
    code_lines.rule(pre)
    if not coded:
        return
    content = tree.tokens(pre)
    code = pre.makeelement("code")
    if language := language or label:
        code.set("class", f"language-{language}")
    tree.refill(pre, ())
    pre.append(tree.fill(code, content))


def _own_language(element: HtmlElement) -> str:
    for name in _LANGUAGE_ATTRIBUTES:
        if (value := element.get(name, "").strip().lower()) and value not in _NO_LANGUAGE:
            return value if re.fullmatch(r"[\w+#.-]{1,30}", value) else ""
    name = element.get("class", "").strip().lower()
    for found in _LANGUAGE_CLASS.finditer(name):
        if found[1] in _NO_LANGUAGE:
            continue
        if found[1] in _KNOWN or not found[0].strip().startswith("highlight-" + found[1]):
            return found[1]
    marks = name.split()
    if element.tag in {"pre", "code"} or _CODE.search(name):
        return next((mark for mark in marks if mark in _KNOWN and mark != "code"), "")
    return ""


def _language(element: HtmlElement) -> str:
    """By class or attribute of a code block, what is in it, or the boxes that hold it alone."""
    for inner in element.iter("pre", "code", "div"):
        if found := _own_language(inner):
            return found
    above = element.getparent()
    for _ in range(3):
        if above is None or above.tag not in {"div", "figure", "code", "pre", "td", "section"}:
            return ""
        if tree.has_more(above, 3) or next(islice(above.iter("pre"), 1, 2), None) is not None:
            return ""
        if above.get("lang", "").lower() in _KNOWN:  # no language that people speak
            return str(above.attrib.pop("lang")).lower()
        if found := _own_language(above):
            return found
        above = above.getparent()
    return ""


def _without_labels(pre: HtmlElement) -> str:
    """Buttons in the block, and the line above the code that names its language."""
    for button in list(pre.iter("button")):
        tree.gone(button)
    for element in pre.iterdescendants("div", "span", "p"):
        if not _starts(pre, element):
            break
        if not tree.is_small(element, _LONGEST_NAME) or "\n" in (element.tail or ""):
            continue
        text = tree.text_of(element).lower()
        if text in _KNOWN and (element.tag == "div" or _is_label(element, pre)):
            tree.gone(element)
            return text
    return ""


def _is_label(element: HtmlElement, pre: HtmlElement) -> bool:
    if tree.named(element, _LABELLED):
        return True
    above = element.getparent()
    return above is not None and above is not pre and tree.named(above, _LABELLED)


def _starts(pre: HtmlElement, element: HtmlElement) -> bool:
    """Whether nothing is said in the block before an element."""
    one: HtmlElement | None = element
    while one is not None and one is not pre:
        before = one.getprevious()
        if before is not None:
            return False
        one = one.getparent()
        if one is not None and not tree.says_nothing(one.text):
            return False
    return True


def _without_header(pre: HtmlElement) -> str:
    """The language as a label in a box of its own before the block."""
    one: HtmlElement | None = pre
    for _ in range(3):
        if one is None:
            return ""
        before = one.getprevious()
        if before is not None:
            small = before.tag in _LABELS and tree.is_small(before, _LONGEST_NAME)
            text = tree.text_of(before).lower() if small else ""
            if text in _KNOWN and tree.says_nothing(before.tail):
                tree.gone(before)
                return text
            return ""
        one = one.getparent()
        if one is not None and one.tag not in {"div", "figure", "section"}:
            return ""
    return ""


def _without_gutters(pre: HtmlElement) -> None:
    for element in pre.iterdescendants("span", "a", "div", "td", "i", "b", "code"):
        if not tree.is_gone(element) and (element.attrib and _is_gutter(element)):
            if element.tag == "a" and not tree.text_of(element) and element.get("id"):
                continue
            tree.gone(element)
