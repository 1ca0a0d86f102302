"""The floors below which extraction must not fall, on a part of the shared corpora."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from readlater.pipeline import extract_page

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
EVERY = 6
# The scorers leave their label files to the collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


def scorer(name: str) -> ModuleType:
    path = SHARED / "tools" / f"{name}.py"
    if not path.exists():
        pytest.skip("../shared is not beside this checkout")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_extraction_stays_above_its_floor() -> None:
    score = scorer("extraction_score")
    corpus = SHARED / "corpus" / "extraction"
    results: dict[str, list[dict[str, object]]] = {}
    for name, golds in score.load(corpus, score.OVERALL, sample=True).items():
        for gold in golds[::EVERY]:
            got = extract_page(score.page(corpus, name, gold["id"]), gold.get("url") or "")
            row = score.score(gold, score.normalise(got))
            results.setdefault(name, []).append(row)
    assert score.summarise(results, boot=0)["overall"] >= 0.90


def test_prompts_go_the_article_stays_and_no_wall_is_called_full() -> None:
    score = scorer("paywall_score")
    corpus = SHARED / "corpus" / "paywall"
    rows = []
    for label in score.load(corpus)[::EVERY]:
        got = score.plain(extract_page(score.page(corpus, label), label["url"]))
        rows.append(score.score(label, {**got, "seconds": None, "error": None}))
    total = score.summarise(rows)
    assert total["leak"] <= 0.08
    assert total["survival"] >= 0.95
    assert not total["beyond"]
    assert total["accuracy"] >= 0.9
    assert total["false_full"] == 0
