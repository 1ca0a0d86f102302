"""Names of people in the pieces of a byline: without "By", dates, roles, addresses and handles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from unicodedata import category

from readlater.pipeline.about import words, written

_MOST = 12
_LONGEST = 300
_LETTERS = re.compile(r"[^\W\d_]")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_SENTENCE = re.compile("[。！？؟।]")
_ADDRESS = re.compile(r"\S*@\S+|https?://\S*|www\.\S*")
_ADDRESS_ONLY = re.compile(r"^\s*(?:https?://|www\.|/|@|mailto:)")
_TAIL = re.compile(
    r"\s*(?:[|•·–—»›→]|\s[-/]\s|\s(?:in|via|for|für|at|bei|aus|from)\s"
    r"|\d{1,2}[./:]\d|\b\d{4}\b|\b\d{1,2}(?:st|nd|rd|th)?\b|[(\[{<])"
)
_LEAD = re.compile(
    r"^(?:all posts by|view all posts by|more (?:posts|articles|stories) (?:by|from)|posts by"
    r"|view all articles by|zeige alle beiträge von|alle beiträge von|alle artikel von|voir tous"
    r" les articles de|ver todas las entradas de|profile (?:of|for)|über|picture of|photo of"
    r"|avatar of|bild von|image of|headshot of|email)\s+",
    re.I,
)
_AND = re.compile(r"\s*(?:[,;、，・]|\s[&+]\s|\s/\s)\s*")
_OFFICES = frozenset(["team", "staff", "desk", "editors", "redaktion", "newsroom", "contributor"])
_ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "my",
        "your",
        "which",
        "and",
        "or",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "le",
        "la",
        "un",
        "une",
        "el",
        "i",
    ]
)
_JOINING = frozenset([",", "&", "/", ";", "+"])
_GOING_ON = (",", "&", " and", " und", ";", "/")
_TRIM = " \t\u00a0,.;:|-–—·•*#\"“”„'()[]{}<>"


@cache
def _by() -> re.Pattern[str]:
    phrases = sorted(words.read("names", "by"), key=len, reverse=True)
    west = "|".join(re.escape(one) for one in phrases if not _HAN.search(one))
    east = "|".join(re.escape(one) for one in phrases if _HAN.search(one))
    mark = r"\s*[:：|]\s*|\s+|$"
    return re.compile(rf"^[\s–—\-|•·]*(?:(?:{west})(?:{mark})|(?:{east})\s*[:：/／|＝=]\s*)", re.I)


@cache
def _and() -> re.Pattern[str]:
    between = [one for one in words.read("names", "and") if one.isalpha()]
    return re.compile(
        rf"\s+(?:{'|'.join(sorted(map(re.escape, between), key=len, reverse=True))})\s+"
    )


def starts_by(text: str) -> bool:
    """Whether a text begins with a word that stands before the name of who wrote it."""
    first = text.lstrip(" –—-|•·").partition(" ")[0].rstrip(":：|").lower()
    if first not in _firsts() and not _HAN.match(first):
        return False
    return bool(_by().match(text))


@cache
def _firsts() -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0].rstrip(":") for phrase in words.read("names", "by"))


def without_by(text: str) -> str:
    """A text without such a word (or two: "Text: Von")."""
    for _ in range(2):
        if not starts_by(text):
            return text
        text = _by().sub("", text, count=1).strip()
    return text


def read(pieces: Sequence[str]) -> list[str]:
    """The names in the pieces of a byline, in order, each once; none where there is none."""
    found: list[str] = []
    joined = True  # whether the next piece may go on with the names
    for piece in map(str.strip, pieces[:40]):
        low = piece.lower().strip(" ,:.")
        if not _LETTERS.search(piece) or low in words.read("names", "and"):
            joined = joined or low in words.read("names", "and") or piece in _JOINING
            continue
        if low in words.read("names", "by"):
            joined = joined or not found
            continue
        if found and not joined and starts_by(piece):
            break
        names, whole = _names(piece)
        if found and (not names or not (joined or all(person(name) for name in names))):
            break
        found += [name for name in names if name not in found]
        joined = not found or (whole and piece.endswith(_GOING_ON))
        if len(found) >= _MOST:
            break
    return found[:_MOST]


def _names(piece: str) -> tuple[list[str], bool]:
    """The names in one piece, and whether all of it was names."""
    if _ADDRESS_ONLY.match(piece):
        return [], False
    text = _LEAD.sub("", without_by(_LEAD.sub("", piece[:_LONGEST].strip())))
    text = _ADDRESS.sub(" ", text)
    cut = _TAIL.search(text, 1) if len(text) > 1 else None
    whole = cut is None
    if cut is not None:
        text = text[: cut.start()]
    found = []
    for part in _AND.split(text):
        for one in _and().split(part):
            name = without_roles(without_by(one).strip(_TRIM))
            if name.lower().rstrip(".") in words.read("names", "title"):
                continue
            if _is_name(name):
                found.append(name)
            elif found:
                return found, False
    return found, whole


def without_roles(name: str) -> str:
    """A name without a role or degree at its end."""
    parts = name.split()
    titles = words.read("names", "title")
    while len(parts) > 1 and parts[-1].lower().strip(".,") in titles:
        parts.pop()
    roles = words.read("names", "role")
    for i, word in enumerate(parts):
        if i >= 2 and word.lower().strip(".,") in roles and not _office(parts):
            parts = parts[:i]
            break
    return " ".join(parts).strip(_TRIM)


def _office(parts: Sequence[str]) -> bool:
    return parts[0].lower() in {"the", "die", "das", "la", "le"} or parts[-1].lower() in _OFFICES


def _is_name(name: str) -> bool:
    if not 1 < len(name) < 60 or _SENTENCE.search(name):
        return False
    letters = len(_LETTERS.findall(name)) + sum(category(char)[0] == "M" for char in name)
    if letters * 2 < len(name):  # the vowels of Indic scripts are marks
        return False
    parts = [part.strip(".,:") for part in name.lower().split()]
    foreign = words.read("names", "not_a_name")
    if len(parts) > 6 or any(part in foreign for part in parts[:3]):
        return False
    if all(part in _calendar() for part in parts) or _is_prose(name.split()):
        return False
    roles = words.read("names", "role")
    return len(parts) == 1 or parts[-1] in _OFFICES or not all(part in roles for part in parts)


@cache
def _calendar() -> frozenset[str]:
    return frozenset(written.months()) | words.read("dates", "day")


def _is_prose(parts: Sequence[str]) -> bool:
    """Whether words are of a sentence: names have few words in small letters."""
    particles = words.read("names", "particle")
    small = sum(1 for part in parts if part[:1].islower() and part.lower() not in particles)
    if len(parts) == 2:
        return bool(small) and parts[0].lower() in _ARTICLES
    return len(parts) > 2 and small * 2 >= len(parts)


def nobody(name: str) -> bool:
    """Whether it is an office or a filler rather than a name."""
    low = name.lower().strip()
    return low in words.read("names", "nobody") or any(
        part in {"staff", "redaktion", "team", "admin", "editors", "desk", "redacción", "editorial"}
        for part in low.split()
    )


def person(name: str) -> bool:
    """Whether a name is written as those of people are: two to five words with capitals."""
    if nobody(name):
        return False
    if _HAN.search(name):
        return len(name.replace(" ", "")) <= 8
    parts = name.split()
    roles, particles = words.read("names", "role"), words.read("names", "particle")
    if not 2 <= len(parts) <= 5 or any(part.lower().strip(".,") in roles for part in parts):
        return False
    return not any(char.isdigit() for char in name) and all(
        part[:1].isupper() or part.lower() in particles or not part[:1].isascii() for part in parts
    )


def handle(name: str) -> bool:
    """Whether a name is an account's: one word in small letters, or with digits or underscores."""
    return " " not in name and bool(re.search(r"[\d_]|^[a-z.\-]+$|[a-z][A-Z]", name))
