"""What is better or worse than in an earlier run, page by page."""

from __future__ import annotations

from typing import Any

from quality.running import Run
from quality.table import complaint

_NOISE = 0.003
_NAMED = 15


def scores(run: Run) -> dict[str, Any]:
    """{"set/id": {"score", "said"}} of a run, for a later one to be set against."""
    return {
        f"{s.case.dataset}/{s.case.id}": {"score": s.score, "said": complaint(s)}
        for s in run.scored
    }


def told(earlier: dict[str, Any], run: Run) -> str:
    """How many pages of both runs are better, worse and as they were, the largest steps named."""
    before, steps = earlier["pages"], []
    for name, now in scores(run).items():
        then = before.get(name)
        if then is not None and then["score"] is not None and now["score"] is not None:
            steps.append((now["score"] - then["score"], name, then, now))
    worse = sorted(s[:2] for s in steps if s[0] < -_NOISE)
    better = sorted((s[:2] for s in steps if s[0] > _NOISE), reverse=True)
    after = {name: now for _, name, _, now in steps}
    lines = [f"Against the earlier run: {len(better)} pages better, {len(worse)} worse, "
             f"{len(steps) - len(better) - len(worse)} as they were"]  # fmt: skip
    for step, name in (*worse[:_NAMED], *better[:_NAMED]):
        lines.append(f"  {step:+.3f}  {name:<60}  {after[name]['said']}")
    return "\n".join(lines)
