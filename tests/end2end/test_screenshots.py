"""The table of pictures holds together, and the command draws what it names."""

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

_CHECKOUT = Path(__file__).resolve().parents[2]
_PACKAGING = _CHECKOUT / "packaging"


def _module(name: str) -> ModuleType:
    """One module of packaging/, which is a folder of scripts and no package."""
    sys.path.insert(0, str(_PACKAGING))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(_PACKAGING))


table = _module("screenshots_table")
screenshots = _module("screenshots")


def test_each_picture_has_a_name_of_its_own() -> None:
    names = [shot.name for shot in table.matrix()]
    assert len(names) == len(set(names))
    assert set(table.KEPT) <= set(names)
    assert len(table.kept()) == len(table.KEPT)


def test_each_script_is_drawn_in_each_theme_wide_and_narrow_at_both_scales() -> None:
    drawn = {(shot.subject.name, shot.theme, shot.width_px, shot.scale) for shot in table.matrix()}
    for script in table.SCRIPTS:
        assert (_CHECKOUT / "tests" / "pages" / "scripts" / f"{script}.html").exists()
        for theme in table.THEMES:
            for width in (table.WIDE_PX, table.NARROW_PX):
                for scale in table.SCALES:
                    assert (f"page-{script}", theme, width, scale) in drawn


def test_each_state_is_known() -> None:
    states = _module("screenshots_states").STATES
    plain = {"open", "page", "note_popup", "first_start"}
    assert {subject.state for subject in table.SUBJECTS.values()} == {*states, *plain}


def test_what_is_kept_is_what_the_table_keeps() -> None:
    held = {path.stem for path in (_PACKAGING / "screenshots").glob("*.png")}
    assert held == set(table.KEPT)
    size_bytes = sum(p.stat().st_size for p in (_PACKAGING / "screenshots").glob("*.png"))
    assert size_bytes < 6_000_000


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        (["library", "no-such"], ["library"]),
        (["tags*2x"], ["tags@2x"]),
        ([], ["library", "library-dark", "tags", "tags@2x"]),
    ],
)
def test_patterns_choose(patterns: list[str], names: list[str]) -> None:
    some = [s for s in table.matrix() if s.name in {"library", "library-dark", "tags", "tags@2x"}]
    found = [shot.name for shot in table.chosen(some, patterns)]
    assert sorted(found) == sorted(names)


def test_a_rare_colour_is_kept_where_it_has_no_like() -> None:
    greys = [(1000 - step, (step, step, step)) for step in range(250)]
    greens = [(2, (20, 200 - step, 40)) for step in range(100)]
    made = screenshots.palette([*greys, *greens])
    assert len(made) <= 256
    assert any((colour >> 8 & 0xFF) > (colour >> 16 & 0xFF) + 60 for colour in made)
    assert made[0] == 0xFF000000


def test_the_command_draws_a_picture(tmp_path: Path) -> None:
    command = [sys.executable, str(_PACKAGING / "screenshots.py"), "--only", "list-400*"]
    done = subprocess.run(
        [*command, "--to", str(tmp_path), "--sheets"],
        cwd=_CHECKOUT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    from PIL import Image

    with Image.open(tmp_path / "list-400.png") as small:
        assert small.size == (400, 760)
        assert len(small.convert("RGB").getcolors(100_000) or ()) > 50
    with Image.open(tmp_path / "list-400@2x.png") as large:
        assert large.size == (800, 1520)
    assert "list-400@2x.png" in (tmp_path / "index.html").read_text()
    assert list((tmp_path / "sheets").glob("*.png"))
