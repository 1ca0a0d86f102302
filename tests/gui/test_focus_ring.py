"""Whoever comes by Tab sees where they are: each control looks another way with the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from deed_stage import Stage, stage
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from site_server import article

from readlater.library import Library, open_library
from readlater.settings import Settings
from readlater.ui.views.highlights_panel import HighlightsPanel
from readlater.ui.views.raised import Popup
from readlater.worker import Worker


@pytest.fixture
def shelf(tmp_path: Path, worker: Worker) -> Iterator[Library]:
    held = open_library(tmp_path / "library", Settings(), worker=worker)
    for name in ("Wall", "Gate"):
        held.saving.add_page(article(name, name).body, f"https://site.example/{name}")
        while held.fetching.step():
            pass
    yield held
    held.close()


@pytest.fixture(params=["light", "dark"])
def shown(
    request: pytest.FixtureRequest, shelf: Library, qtbot: QtBot, tmp_path: Path
) -> Iterator[Stage]:
    with stage(shelf, qtbot, tmp_path, theme=request.param) as made:
        made.show()
        yield made


def tab_stops(root: QWidget) -> list[QWidget]:
    """The widgets in sight that Tab stops at; lists paint the row and not themselves."""
    found = []
    for widget in root.findChildren(QWidget):
        stops = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        is_own = widget.window() is root.window() and widget.focusProxy() is None
        inner = isinstance(widget.parentWidget(), QComboBox)
        in_sight = widget.isVisible() and widget.isEnabled() and not widget.size().isEmpty()
        if stops and is_own and not inner and in_sight:
            found.append(widget)
    return [w for w in found if not isinstance(w, QScrollArea)]


def looks(widget: QWidget) -> bytes:
    image = widget.grab().toImage()
    return bytes(image.constBits())


def unmarked(root: QWidget) -> list[str]:
    """The tab stops that look the same with the focus and without."""
    same = []
    root.window().activateWindow()
    for widget in tab_stops(root):
        widget.clearFocus()
        before = looks(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            widget.clearFocus()
            QApplication.processEvents()
            before = looks(widget)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
        if looks(widget) == before:
            same.append(f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}")
    return same


def floating(made: Stage, kind: type[QWidget]) -> QWidget:
    found: list[QWidget] = []

    def look() -> bool:
        found[:] = [
            w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()
        ]
        return bool(found)

    made.until(look)
    QApplication.processEvents()
    return found[0]


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("file.settings", QDialog),
        ("file.add", QDialog),
        ("article.tags", Popup),
        ("article.edit_address", QDialog),
        ("article.all_links", QDialog),
        ("help.about", QDialog),
        ("view.typography", Popup),
    ],
)
def test_dialogs_and_panels(shown: Stage, action: str, kind: type[QWidget]) -> None:
    shown.trigger(action)
    sheet = floating(shown, kind)
    assert tab_stops(sheet)
    assert unmarked(sheet) == []
    sheet.close()


@pytest.mark.parametrize(
    "part",
    [
        lambda window: window.bar_sidebar,
        lambda window: window.bar_list,
        lambda window: window.bar_reader,
    ],
)
def test_the_bars(shown: Stage, part: Callable[[QWidget], QWidget]) -> None:
    bar = part(shown.window)
    assert tab_stops(bar)
    assert unmarked(bar) == []


def test_the_panel_of_highlights(shown: Stage, qtbot: QtBot) -> None:
    panel = HighlightsPanel(shown.theme)
    qtbot.addWidget(panel)
    panel.note.setEnabled(True)
    panel.show()
    qtbot.waitExposed(panel)
    stops = tab_stops(panel)
    assert panel.note in stops
    assert unmarked(panel) == []
