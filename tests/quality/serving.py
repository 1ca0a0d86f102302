"""The child that extracts: one page a line in, one answer a line out, timed and weighed."""

from __future__ import annotations

import dataclasses
import importlib
import json
import os
import sys
import time
from typing import Any

_FIELDS = (
    "text", "html", "title", "byline", "published", "site_name", "language", "lang", "lead_image",
    "access", "evidence", "candidates", "word_count",
)  # fmt: skip


def fields_of(result: object) -> dict[str, Any]:
    """What an extractor returned (text, a mapping, an object or None) as values for JSON."""
    if result is None or isinstance(result, str):
        return {"text": result or ""}
    if isinstance(result, dict):
        found = {name: result.get(name) for name in _FIELDS}
    else:
        found = {name: getattr(result, name, None) for name in _FIELDS}
        found["removed"] = [
            {"reason": r.reason, "text": r.text} for r in getattr(result, "removed", ())
        ]
    return found


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    return str(value)


def _peak_mb() -> float | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 * 1024 if sys.platform == "darwin" else 1024
    )


def serve(spec: str) -> None:
    """Answer the lines of standard input with function `spec` ("module:function")."""
    wire = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    module, _, name = spec.partition(":")
    extract = getattr(importlib.import_module(module), name)
    for line in sys.stdin:
        job = json.loads(line)
        start, cpu, error = time.perf_counter(), time.process_time(), None
        try:
            result = extract(job["html"], job["url"])
        except Exception as raised:  # noqa: BLE001 - an extractor that raises scores an empty page
            result, error = None, repr(raised)[:300]
        answer = {
            "seconds": time.perf_counter() - start,
            "cpu": time.process_time() - cpu,
            **fields_of(result),
            "error": error,
            "rss_mb": _peak_mb(),
        }
        wire.write(json.dumps(answer, default=_plain) + "\n")
        wire.flush()


if __name__ == "__main__":
    serve(sys.argv[1])
