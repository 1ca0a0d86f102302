"""The pages of the corpus with the text that a person gave them, as lines with labels."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from readlater.pipeline import decode, metadata, pictures, prompts, visible
from readlater.pipeline.blocks import Blocks
from readlater.pipeline.extract import anchors
from readlater.pipeline.extract.page import lines_of

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SETS = (
    "zyte", "wcxb", "fundus", "misinfo", "magic", "trafilatura", "mozilla", "defuddle", "wcxbdoc",
)  # fmt: skip
_SHINGLE = 4
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "or", "ne", "go", "in", "edu"])


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the model sees it: blocks, anchors, and for each line its label and words.

    A label is the share of the line that the gold text has, or -1 where nothing is known.
    """

    dataset: str
    gold: dict[str, Any]
    site: str
    blocks: Blocks
    about: anchors.Anchors
    labels: tuple[float, ...]
    words: tuple[int, ...]


def scorer() -> ModuleType:
    """The scorer of ../shared, whose words and shingles count here too."""
    path = SHARED / "tools" / "extraction_score.py"
    spec = importlib.util.spec_from_file_location("extraction_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def golds() -> Iterator[tuple[str, dict[str, Any]]]:
    """All pages with gold text, by data set."""
    for dataset in SETS:
        path = SHARED / "corpus" / "extraction" / dataset / "gold.jsonl"
        with path.open(encoding="utf-8") as file:
            for line in file:
                gold = json.loads(line)
                if gold.get("text") or gold.get("with"):
                    yield dataset, gold


def read(dataset: str, gold: dict[str, Any], score: ModuleType) -> Page:
    """One page of the corpus, through the stages before the choice of its lines."""
    folder = SHARED / "corpus" / "extraction" / dataset / "pages"
    with gzip.open(folder / f"{gold['id']}.html.gz") as file:
        root = decode.parse(file.read().decode("utf-8"))
    url = gold.get("url") or "https://example.org/"
    about = metadata.read(root, url)
    types = anchors.types_of(root)
    visible.open_body(root)
    pictures.resolve(root, metadata.base_address(root, url))
    visible.keep_visible(root)
    body = root.find("body")
    blocks = Blocks(root if body is None else body)
    prompts.take_out(blocks)
    texts = [line.text for line in lines_of(blocks)]
    said = [score.tokens(text) for text in texts]
    labels = _covered(gold["text"], said, score) if gold.get("text") else _segments(gold, texts)
    counts = tuple(len(words) for words in said)
    held = anchors.read(about, types, url)
    return Page(dataset, gold, _site(dataset, gold), blocks, held, tuple(labels), counts)


def _covered(text: str, lines: list[list[str]], score: ModuleType) -> list[float]:
    """The share of each line's words in a run of four words, over all lines, that gold has."""
    known = score.shingles(score.tokens(text), _SHINGLE)
    stream = [word for words in lines for word in words]
    covered = bytearray(len(stream))
    for at in range(len(stream) - _SHINGLE + 1):
        if tuple(stream[at : at + _SHINGLE]) in known:
            covered[at : at + _SHINGLE] = b"\1" * _SHINGLE
    shares, at = [], 0
    for words in lines:
        shares.append(sum(covered[at : at + len(words)]) / len(words) if words else 0.0)
        at += len(words)
    return shares


def _segments(gold: dict[str, Any], texts: list[str]) -> list[float]:
    labels = [-1.0] * len(texts)
    for segments, label in ((gold["without"], 0.0), (gold["with"], 1.0)):
        for segment in segments:
            wanted = " ".join(segment.split())
            for at, text in enumerate(texts):
                if wanted in text or (len(text) > 20 and text in wanted):
                    labels[at] = label
    return labels


def _site(dataset: str, gold: dict[str, Any]) -> str:
    """The registered domain, so that no site is both learned from and tried on."""
    host = urlsplit(gold.get("url") or "").hostname or f"{dataset}-{gold['id']}"
    parts = host.removeprefix("www.").split(".")
    size = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL else 2
    return ".".join(parts[-size:])


def weights(pages: list[Page]) -> list[float]:
    """How much each line counts: its share of the article, every page alike, small sets more."""
    count = Counter(page.dataset for page in pages)
    found = []
    for page in pages:
        lines = list(zip(page.words, page.labels, strict=True))
        article = max(50, sum(words for words, label in lines if label >= 0.5))
        page_weight = 20 / count[page.dataset] ** 0.5
        for words, label in lines:
            known = page_weight * min(0.5, (words + 1.5) / article)
            found.append(0.0 if label < 0 else known)
    return found
