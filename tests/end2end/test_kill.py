"""The process is killed in the middle of saving, again and again, and nothing is lost."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

from site_server import Reply, Site, article, png
from terminal import Terminal

LINKS = 24


def test_what_was_acknowledged_outlives_every_kill(tmp_path: Path, site: Site) -> None:
    terminal = Terminal(tmp_path / "library")
    for n in range(LINKS):
        site.pages[f"/sea-{n}"] = article(
            f"Part {n}", f"word{n}", after=f"<img src=/{n}.png alt=x>"
        )
        site.pages[f"/{n}.png"] = Reply(png((n, 9, 9)), content_type="image/png")
    urls = [site.url(f"/sea-{n}") for n in range(LINKS)]
    acknowledged: set[str] = set()
    dice = random.Random(7)
    for start in range(0, LINKS, 6):
        process = subprocess.Popen(
            terminal.command("add", "--json", *urls[start : start + 6]),
            env=terminal.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        # Killed after a number of lines: in the middle of saying what is durable, of fetching,
        # or of saying what is done.
        for _ in range(dice.randint(1, 9)):
            line = process.stdout.readline()
            if not line:
                break
            acknowledged.add(json.loads(line)["url"])
        process.kill()
        process.wait()
        process.stdout.close()
    assert acknowledged

    assert terminal.run("fetch").returncode == 0

    rows = terminal.rows("list")
    assert acknowledged <= {row["url"] for row in rows}
    assert len({row["url"] for row in rows}) == len(rows)
    assert all(row["status"] == "ready" for row in rows)
    site.stop()
    for row in rows:
        number = row["title"].removeprefix("Part ")
        assert f"word{number} " in terminal.run("show", str(row["id"])).stdout
    (report,) = terminal.rows("doctor")
    assert report["sound"]
    assert report["pictures"] == len(rows)
