"""Draw the real window in every state, with articles of our own making.

python3 packaging/dev.py screenshots [--all] [--only PATTERN ...] [--to DIR] [--sheets]

Without words it draws anew what is kept in packaging/screenshots.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import screenshots_sheets
import screenshots_table
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtWidgets import QApplication
from screenshots_table import Shot

if TYPE_CHECKING:
    from screenshots_studio import Studio

ROOT: Final = Path(__file__).resolve().parent.parent
KEPT: Final = ROOT / "packaging" / "screenshots"
EVERYTHING: Final = ROOT / "build" / "screenshots"
FACE: Final = "Inter"
_COLOURS: Final = 256
# This many as they are; of the rest one in each cube of this side.
_EXACT, _CELL = 96, 12
_System = QFontDatabase.WritingSystem
_WRITTEN_IN: Final = {
    "cyrillic": _System.Cyrillic,
    "arabic": _System.Arabic,
    "hebrew": _System.Hebrew,
    "japanese": _System.Japanese,
    "chinese": _System.SimplifiedChinese,
    "hindi": _System.Devanagari,
    "thai": _System.Thai,
}


def say(sentence: str) -> None:
    """One line for the person who draws."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--all", action="store_true", help="every picture there is, not the kept")
    parser.add_argument(
        "--only", action="append", default=[], metavar="PATTERN", help="such as 'page-*-dark*'"
    )
    parser.add_argument("--to", type=Path, metavar="DIR", help=f"instead of {KEPT.name}/")
    parser.add_argument("--sheets", action="store_true", help="lay them out side by side too")
    parser.add_argument("--list", action="store_true", help="only the names")
    parser.add_argument("--scale", type=int, choices=(1, 2), help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    words = arguments()
    shots = screenshots_table.matrix() if words.all or words.only else screenshots_table.kept()
    shots = screenshots_table.chosen(shots, words.only)
    if words.list:
        sys.stdout.writelines(f"{shot.name}\n" for shot in shots)
        return 0
    if not shots:
        say("No picture has such a name. --list --all tells them all.")
        return 2
    folder = words.to or (EVERYTHING if words.all or words.only else KEPT)
    folder.mkdir(parents=True, exist_ok=True)
    if words.scale:
        return draw_all([shot for shot in shots if shot.scale == words.scale], folder)
    began = time.monotonic()
    code = _draw_in_turn(shots, folder)
    drawn = [shot.name for shot in shots if (folder / f"{shot.name}.png").exists()]
    if words.sheets or words.all:
        made = screenshots_sheets.write(folder, drawn)
        say(f"{len(made) - 1} sheets of them are in {made[-1].parent}")
    say(f"{len(drawn)} pictures in {folder}, {time.monotonic() - began:.0f} s")
    return code


def _draw_in_turn(shots: Sequence[Shot], folder: Path) -> int:
    """A process for each scale: Qt takes it from the environment, once."""
    codes = []
    for scale in sorted({shot.scale for shot in shots}):
        command = [sys.executable, __file__, *sys.argv[1:], "--scale", str(scale)]
        codes.append(subprocess.call([*command, "--to", str(folder)]))
    return max(codes, default=0)


def draw_all(shots: Sequence[Shot], folder: Path) -> int:
    """Draw shots of one scale; 1 when some could not be drawn."""
    from screenshots_studio import Studio, prepare_qt

    prepare_qt(shots[0].scale)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    app.setCursorFlashTime(0)
    if FACE in QFontDatabase.families():  # a bare machine's only face is wider than any desktop's
        app.setFont(QFont(FACE, 10))
    strange = without_a_face(app)
    if strange and shots[0].scale == 1:
        say(f"No font here for {', '.join(strange)}: their pages are left as they were.")
    shots = [shot for shot in shots if shot.subject.article not in strange]
    failed = 0
    for (library, tongue), some in groupby(sorted(shots, key=lambda s: s.studio), _studio):
        with tempfile.TemporaryDirectory() as home:
            studio = Studio(Path(home), library, tongue)
            failed += sum(not _draw_one(studio, shot, folder) for shot in some)
            studio.close()
    app.quit()
    return 1 if failed else 0


def _studio(shot: Shot) -> tuple[str, str]:
    return shot.studio


def _draw_one(studio: Studio, shot: Shot, folder: Path) -> bool:
    from screenshots_states import draw
    from screenshots_studio import NotReachedError

    try:
        undo = draw(studio, shot)
    except NotReachedError as where:
        say(f"{shot.name} was not drawn: {where}")
        return False
    keep(studio.drawn(), folder / f"{shot.name}.png")
    if undo is not None:
        undo()
        studio.rest(200)
    return True


def without_a_face(_app: QApplication) -> tuple[str, ...]:
    """The scripts that no font of this machine writes: boxes are not worth a picture."""
    families = QFontDatabase.families
    return tuple(script for script, system in _WRITTEN_IN.items() if not families(system))


def keep(picture: QImage, path: Path) -> None:
    """Write a picture in 256 colours, so that its file is a third."""
    from PIL import Image

    rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
    size = (rgb.width(), rgb.height())
    image = Image.frombuffer(
        "RGB", size, bytes(rgb.constBits()), "raw", "RGB", rgb.bytesPerLine(), 1
    )
    counted = image.getcolors(size[0] * size[1]) or []
    table = palette([(count, colour) for count, colour in counted if isinstance(colour, tuple)])
    # Pillow rounds when it looks for the nearest colour, so that white comes out as grey.
    picture.convertToFormat(QImage.Format.Format_Indexed8, table).save(str(path))
    with Image.open(path) as indexed:
        indexed.load()
        indexed.save(path, optimize=True)


def palette(counted: Sequence[tuple[int, tuple[int, ...]]]) -> list[int]:
    """The most frequent colours, at most 256, as Qt counts them; rare ones stand for their like.

    A dot of a tag keeps its own colour so, where a mean would lose it.
    """
    made: list[int] = []
    cells: set[tuple[int, ...]] = set()
    for _, (red, green, blue) in sorted(counted, reverse=True):
        cell = (red // _CELL, green // _CELL, blue // _CELL)
        if len(made) < _EXACT or cell not in cells:
            cells.add(cell)
            made.append(0xFF000000 | red << 16 | green << 8 | blue)
        if len(made) == _COLOURS:
            break
    return made


if __name__ == "__main__":
    sys.exit(main())
