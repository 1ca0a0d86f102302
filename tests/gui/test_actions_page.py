"""Keys, drops and badges over the real page: the web engine keeps none of them for itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from deed_stage import CUT_PAGE, Stage, stage
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from site_server import PROSE

from readlater.article import Place, View
from readlater.library import Library
from readlater.ui.reader.view import ReaderView
from readlater.ui.views.access_sheet import AccessSheet

K = Qt.Key


@pytest.fixture
def at(library: Library, qtbot, tmp_path: Path) -> Iterator[Stage]:
    body = "<html lang=en><title>A</title><article><h1>A</h1>" + f"<p>{PROSE}</p>" * 9
    for name in "ba":
        library.saving.add_page(f"{body}<p>{name}</p>".encode(), f"https://{name}.example/")
    while library.fetching.step():
        pass
    with stage(library, qtbot, tmp_path, reader=lambda: ReaderView(library.reading.asset)) as made:
        with qtbot.waitSignal(made.window.reader_pane.prepare().shown, timeout=30_000):
            made.show()
        made.window.open_current()
        made.settle()
        yield made
        made.window.reader_pane.page_view.close_page()


def inner(at: Stage) -> QWidget:
    """The engine's own widget, which gets what a person types and drops over the page."""
    pane = at.window.reader_pane
    widget = QApplication.focusWidget()
    assert widget is not None
    assert pane.isAncestorOf(widget), "the page has the keys"
    return widget


def test_keys_over_the_page_are_deeds_of_the_window(at: Stage) -> None:
    at.qtbot.keyClick(inner(at), K.Key_S)
    at.until(lambda: at.toast == "Added to Favourites")
    QGuiApplication.clipboard().setText("https://new.example/1")
    at.qtbot.keyClick(inner(at), K.Key_V, Qt.KeyboardModifier.ControlModifier)
    at.until(lambda: at.toast == "Link saved")
    at.qtbot.keyClick(inner(at), K.Key_G)
    at.qtbot.keyClick(inner(at), K.Key_A)
    assert at.window.view().place is Place.ARCHIVE


def test_escape_gives_the_keys_back_to_the_list(at: Stage) -> None:
    at.qtbot.keyClick(inner(at), K.Key_Escape)
    assert at.window.list_pane.cards.hasFocus()


def test_a_drop_over_the_page_goes_to_the_window(at: Stage) -> None:
    widget = inner(at)
    while widget is not at.window:
        assert not widget.acceptDrops()
        widget = widget.parentWidget()
    mime = QMimeData()
    mime.setText("https://drop.example/")
    at.actions.deeds.intake.take(mime)
    at.settle()
    assert at.library.searching.count(View(Place.ALL)) == 3


def test_a_click_on_the_pages_badge_opens_the_sheet(at: Stage) -> None:
    cut = at.library.saving.add_page(CUT_PAGE, "https://cut.example/").ids[0]
    while at.library.fetching.step():
        pass
    at.window.reader_pane.page_view.access_clicked.emit(cut)
    at.until(lambda: isinstance(QApplication.activePopupWidget(), AccessSheet))
    sheet = QApplication.activePopupWidget()
    assert sheet.article.id == cut
    sheet.close()
