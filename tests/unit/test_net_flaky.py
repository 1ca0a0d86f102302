"""The client, as the queue uses it, against a server that misbehaves in a hundred ways."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import fetch_adapter
import pytest

from readlater.errors import FetchError

TOOL = Path(__file__).resolve().parents[2].parent / "shared" / "tools" / "flaky_server.py"
# These end by a time-out of many seconds or come back after a wait; `--drive` plays them all.
SLOW = ("/drip", "/slow-headers", "/hang", "/late", "/continue-endless", "/flaky", "/429-then-ok")


def _tool() -> ModuleType | None:
    spec = importlib.util.spec_from_file_location("flaky_server", TOOL) if TOOL.exists() else None
    if spec is None or spec.loader is None:
        return None
    tool = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = tool
    spec.loader.exec_module(tool)
    return tool


flaky = _tool()
pytestmark = pytest.mark.skipif(flaky is None, reason="the flaky server is not beside the checkout")
WANT = (
    [w for w in flaky.WANT if not w[0].startswith(SLOW) and w[0] != "/challenge?c=503"]
    if (flaky)
    else []
)


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    assert flaky is not None
    with flaky.FlakyServer() as running:
        yield running


@pytest.mark.parametrize(("path", "want"), [(w[0], w[1]) for w in WANT])
def test_an_endpoint(server: Any, monkeypatch: pytest.MonkeyPatch, path: str, want: str) -> None:
    monkeypatch.setenv("FLAKY_ALLOW", f"127.0.0.1:{server.port}")
    before = server.internal_hits()
    failed, text = "", ""
    try:
        text = fetch_adapter.fetch(server.url(path))
    except FetchError as error:
        failed = error.code
    assert want == "either" or (want == "error") == bool(failed), failed
    assert "SECRET-INTERNAL-PAGE" not in text
    if want == "ok" and not path.startswith(("/charset", "/nul")):
        assert "harbour" in text
    assert server.internal_hits() == before
