"""The application as a whole: built on a real library, and what it does at its edges."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import LOOPBACK
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from site_server import Reply, Site, article, png

from readlater.article import Place, Status, View
from readlater.library import Library, open_library
from readlater.settings import Settings
from readlater.ui import app
from readlater.ui.single import parse
from readlater.worker import Worker


@pytest.fixture
def parts(library: Library, qtbot: QtBot) -> Iterator[app.Parts]:
    made = app.build(library)
    qtbot.addWidget(made.window)
    made.window.show()
    made.lane.start()
    yield made
    made.window.close()
    made.timer.stop()
    made.lane.close()
    view = made.window.reader_pane.page_view
    if view is not None:
        view.close_page()
    made.jobs.close()
    made.events.close()


def test_a_saved_link_turns_into_a_card_and_is_read(
    parts: app.Parts, qtbot: QtBot, site: Site
) -> None:
    site.pages["/sea-1"] = article("The wall", after="<img src=/a.png alt=x>")
    site.pages["/a.png"] = Reply(png(), content_type="image/png")
    parts.actions.save_sources([site.url("/sea-1")])
    model = parts.window.model
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=20_000)
    (row,) = parts.library.searching.cards(View(Place.ALL), 0, 9)
    qtbot.waitUntil(
        lambda: parts.library.reading.article(row.id).status is Status.READY, timeout=30_000
    )
    parts.window.select(row.id)
    qtbot.waitUntil(
        lambda: parts.library.reading.article(row.id).read_at is not None, timeout=30_000
    )
    assert parts.window.reader_pane.showing is parts.window.reader_pane.page_view


_STARTS = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from readlater.library import open_library
from readlater.ui import app

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            say("painted")
            watched.removeEventFilter(self)
        return False

def say(what):
    engine = any("WebEngine" in name for name in sys.modules)
    print(what, "with an engine" if engine else "without", flush=True)

def wait(done):
    turn = QTimer(interval=20)
    turn.timeout.connect(lambda: qt.quit() if done() else None)
    turn.start()
    qt.exec()

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
qt = QApplication(sys.argv[:1])
parts = app.build(open_library(Path(sys.argv[1])))
late = QTimer(interval=3 * app.PREPARE_MS, singleShot=True)
late.start()
wait(lambda: not late.isActive())
say("built long ago")
watch = Watch()
parts.window.list_pane.cards.viewport().installEventFilter(watch)
parts.window.show()
wait(lambda: parts.window.reader_pane.page_view is not None)
say("made")
parts.window.close()
parts.close()
"""


def test_the_engine_starts_after_the_first_paint_however_late_that_is(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _STARTS, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.stdout.splitlines() == [
        "built long ago without",
        "painted without",
        "made with an engine",
    ], done.stderr


def test_what_another_process_saves_appears_by_itself(parts: app.Parts, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: parts.window.model.rowCount() == 0)
    other = open_library(parts.library.folder, LOOPBACK)
    other.saving.add(["https://example.invalid/a"])
    other.close()
    qtbot.waitUntil(lambda: parts.window.model.rowCount() == 1, timeout=20_000)


def test_a_folder_that_cannot_be_used_offers_another(tmp_path: Path, worker: Worker) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    asked: list[tuple[Path, str]] = []
    answers = iter([file / "still", tmp_path / "good"])

    def ask(folder: Path, sentence: str) -> Path | None:
        asked.append((folder, sentence))
        return next(answers)

    library = app.open_or_ask(file / "library", Settings(), ask)
    assert library is not None
    assert library.folder == tmp_path / "good"
    library.close()
    assert [folder for folder, _ in asked] == [file / "library", file / "still"]
    assert all("Choose another folder" in sentence for _, sentence in asked)
    assert app.open_or_ask(file / "library", Settings(), lambda *_: None) is None


def test_a_bug_is_shown_loudly_and_the_window_stays(
    parts: app.Parts, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a bug")

    parts.jobs.run(broken)
    boxes: list[QMessageBox] = []

    def found() -> bool:
        boxes[:] = parts.window.findChildren(QMessageBox)
        return bool(boxes)

    qtbot.waitUntil(found, timeout=10_000)
    assert "ZeroDivisionError" in boxes[0].detailedText()
    assert "ZeroDivisionError" in capsys.readouterr().err
    boxes[0].close()
    assert parts.window.isVisible()


@pytest.mark.parametrize(
    ("message", "links"),
    [
        (b'["https://a.example/x"]\n', ["https://a.example/x"]),
        (b"[]", []),
        (b"no json", []),
        (b'{"a": 1}', []),
        (b'["a", 1, null]', ["a"]),
        (b"\xff\xfe", []),
    ],
)
def test_only_a_list_of_links_is_taken_from_another_start(message: bytes, links: list[str]) -> None:
    assert parse(message) == links


def test_a_files_name_is_handed_over_whole(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("x")
    assert app.absolute(str(page)) == str(page)
    assert app.absolute("https://example.org/a b") == "https://example.org/a b"
    assert app.absolute("no-such-file") == "no-such-file"
