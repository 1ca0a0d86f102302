"""Find the shared corpora and load the scorers that lie beside them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

CHECKOUT = Path(__file__).resolve().parents[2]
SHARED = CHECKOUT.parent / "shared"


def is_there(shared: Path = SHARED) -> bool:
    """Whether both scorers and both corpora are in `shared`."""
    return all(
        (shared / part).exists()
        for part in (
            "tools/extraction_score.py",
            "tools/paywall_score.py",
            "corpus/extraction",
            "corpus/paywall/labels.jsonl",
        )
    )


def load(name: str, shared: Path = SHARED) -> ModuleType:
    """The module `name` of `shared`/tools; its functions are the ones that the goals are set in."""
    spec = importlib.util.spec_from_file_location(name, shared / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
