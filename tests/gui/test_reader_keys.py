"""Keys and drops over the page reach the window, with Qt's own dispatch of real events."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot
from reader_stage import ask, centre_of, page, quiet_engine, show_and_wait, until
from typing_extensions import override

from readlater.ui.reader.view import ReaderView

pytestmark = quiet_engine
LONG = "".join(f"<p>Paragraph {n} of the tide tables.</p>" for n in range(200))


class Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.reader = ReaderView(lambda _digest: None)
        self.setCentralWidget(self.reader)
        self.pressed: list[str] = []
        self.dropped: list[str] = []
        for keys in ("J", "Ctrl+V", "/", "Down", "Ctrl+C"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda k=keys: self.pressed.append(k))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.dropped += [url.toString() for url in event.mimeData().urls()]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window()
    made.resize(700, 800)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    show_and_wait(qtbot, made.reader, page(LONG), made.reader.show_article)
    # A font that comes late moves the text by a pixel, and the engine scrolls along with it.
    until(qtbot, engine(made), "document.fonts.status", "loaded")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.reader.focus_page()
    yield made
    made.reader.close_page()


def inner(window: Window):
    return window.reader.focusProxy().focusProxy()


def engine(window: Window):
    return window.reader.focusProxy().page()


def drag(window: Window, kind: type, event_type: QEvent.Type, mime: QMimeData) -> None:
    """As the platform gives it to the window, which finds the widget that takes it."""
    at = QPointF(350, 400)
    place = at.toPoint() if kind is not QDropEvent else at
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = kind(place, Qt.DropAction.CopyAction, mime, buttons, keys)
    assert event.type() == event_type
    QCoreApplication.sendEvent(window.windowHandle(), event)


def test_the_page_has_the_focus(window) -> None:
    assert QGuiApplication.focusObject() is inner(window)


def test_shortcuts_of_the_window_work_over_the_page(qtbot, window) -> None:
    qtbot.keyClick(inner(window), Qt.Key.Key_J)
    qtbot.keyClick(inner(window), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(inner(window), Qt.Key.Key_Slash)
    assert window.pressed == ["J", "Ctrl+V", "/"]


def test_reading_keys_stay_with_the_page(qtbot, window) -> None:
    qtbot.keyClick(inner(window), Qt.Key.Key_Down)
    until(qtbot, engine(window), "scrollY > 0")
    qtbot.keyClick(inner(window), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert window.pressed == []


def test_space_scrolls(qtbot, window) -> None:
    qtbot.keyClick(inner(window), Qt.Key.Key_Space)
    until(qtbot, engine(window), "scrollY", 739)
    qtbot.keyClick(inner(window), Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    until(qtbot, engine(window), "scrollY", 0)


def test_a_space_shortcut_of_the_window_wins(qtbot, window) -> None:
    downs: list[bool] = []
    shortcut = QShortcut(QKeySequence("Space"), window)
    shortcut.activated.connect(lambda: downs.append(window.reader.page_down()))
    qtbot.keyClick(inner(window), Qt.Key.Key_Space)
    assert downs == [True]
    until(qtbot, engine(window), "scrollY > 400")


def test_the_selection_is_copied(qtbot, window) -> None:
    show_and_wait(qtbot, window.reader, page("<p>Ferryman</p>", 2), window.reader.show_article)
    ask(qtbot, engine(window), "(getSelection().selectAllChildren(document.body), 1)")
    qtbot.waitUntil(engine(window).hasSelection)
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(inner(window), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().endswith("Ferryman"))


def test_a_drop_over_the_page_reaches_the_window(window) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://other.example/story")])
    drag(window, QDragEnterEvent, QEvent.Type.DragEnter, mime)
    drag(window, QDragMoveEvent, QEvent.Type.DragMove, mime)
    drag(window, QDropEvent, QEvent.Type.Drop, mime)
    assert window.dropped == ["https://other.example/story"]
    assert engine(window).url().toString() == "readlater://reader/"


def test_drops_reach_the_window_after_the_engine_was_made_anew(qtbot, window) -> None:
    window.reader.close_page()
    show_and_wait(qtbot, window.reader, page(LONG), window.reader.show_article)
    test_a_drop_over_the_page_reaches_the_window(window)


def test_a_person_who_scrolls_is_not_scrolled_back(qtbot, window) -> None:
    window.reader.restore(0.5)
    until(qtbot, engine(window), "scrollY > 1000")
    qtbot.keyClick(inner(window), Qt.Key.Key_Home)
    until(qtbot, engine(window), "scrollY", 0)
    window.resize(500, 800)
    until(qtbot, engine(window), "innerWidth", 500)
    assert ask(qtbot, engine(window), "scrollY") == 0


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_offers_what_reading_needs(qtbot, window) -> None:
    text = '<p><a href="https://other.example/x">a link here</a></p>'
    show_and_wait(qtbot, window.reader, page(text, 3), window.reader.show_article)
    at = centre_of(qtbot, engine(window), ".body a")

    def opened() -> bool:
        mouse = QContextMenuEvent.Reason.Mouse
        qtbot.mouseClick(inner(window), Qt.MouseButton.RightButton, pos=at)
        where = inner(window).mapToGlobal(at)
        QCoreApplication.sendEvent(inner(window), QContextMenuEvent(mouse, at, where))
        menus = [m for m in window.reader.findChildren(QMenu) if m.isVisible()]
        return any(a.text() == "Copy link" for m in menus for a in m.actions())

    qtbot.waitUntil(opened, timeout=30_000)
    menu = next(m for m in window.reader.findChildren(QMenu) if m.isVisible())
    assert [a.text() for a in menu.actions()] == [
        "Copy link",
        "Copy link as Markdown",
        "Save the link",
        "Open on the web",
        "Read aloud from here",
        "Select all",
    ]
    menu.actions()[0].trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == "https://other.example/x"
