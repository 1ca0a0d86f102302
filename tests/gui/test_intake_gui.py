"""Paste, drop and files on the real window: real clipboard, real drop events, a real library."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from deed_stage import Stage, stage
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import QApplication, QWidget
from site_server import PROSE, Site, article

from readlater.article import Place, State, Status, View
from readlater.library import Library
from readlater.ui.mime import OWN_FORMAT
from readlater.ui.views.address_dialog import AddressDialog

COPY, LEFT, NONE = (
    Qt.DropAction.CopyAction,
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
)
AT = QPoint(300, 300)


@pytest.fixture
def at(library: Library, qtbot, tmp_path: Path) -> Iterator[Stage]:
    with stage(library, qtbot, tmp_path) as made:
        yield made
        QApplication.sendEvent(made.window, QDragLeaveEvent())  # Qt remembers who took a drag


def text(content: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(content)
    return mime


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def paste(at: Stage, mime: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(mime)
    at.window.list_pane.cards.setFocus()
    at.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    at.settle()


def hover(at: Stage, mime: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(AT, COPY | Qt.DropAction.MoveAction, mime, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(at.window, event)
    return event


def drop(at: Stage, mime: QMimeData) -> QDropEvent:
    hover(at, mime)  # Qt gives a drop only to whom took the drag
    event = QDropEvent(QPointF(AT), COPY | Qt.DropAction.MoveAction, mime, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(at.window, event)
    at.settle()
    return event


def urls(at: Stage) -> list[str]:
    return [a.url for a in at.library.searching.cards(View(Place.ALL), 0, 100)]


def saved_page(folder: Path, name: str, address: str = "", title: str = "Kept") -> Path:
    line = f"<!-- saved from url=({len(address):04d}){address} -->\n" if address else ""
    path = folder / name
    path.write_text(
        f"<!doctype html>\n{line}<html lang=en><title>{title}</title><article><h1>{title}</h1>"
        + f"<p>{title}. {PROSE}</p>" * 6
    )
    return path


# paste


def test_pasted_links_are_saved_and_undone(at: Stage) -> None:
    paste(at, text("read https://a.example/1 and www.b.example/2, then\nhttps://c.example/3."))
    assert len(urls(at)) == 3
    assert at.toast == "3 links saved"
    at.actions.deeds.toast.button.click()
    at.settle()
    assert urls(at) == []
    assert at.toast == "Undone · 3 links saved"


def test_the_first_save_is_chosen_and_a_later_one_does_not_take_the_place(at: Stage) -> None:
    paste(at, text("https://a.example/1"))
    assert at.toast == "Link saved"
    at.until(lambda: at.window.current() is not None)
    assert at.window.current().url == "https://a.example/1"
    paste(at, text("https://a.example/2"))
    assert at.window.current().url == "https://a.example/1"


def test_a_paste_without_a_link_says_so(at: Stage) -> None:
    paste(at, text("nothing to see here"))
    assert urls(at) == []
    assert at.toast == "There is no link in that. Copy an address that begins with http or https."
    assert at.actions.deeds.toast.button.isHidden()


def test_a_pasted_picture_is_refused(at: Stage) -> None:
    mime = QMimeData()
    mime.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    paste(at, mime)
    assert at.toast.startswith("That is a picture.")


def test_a_paste_into_the_search_field_is_text(at: Stage) -> None:
    paste(at, text("https://a.example/1"))
    at.window.focus_search()
    at.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    at.settle()
    assert at.window.list_pane.search.text() == "https://a.example/1"
    at.window.list_pane.search.clear()
    at.trigger("edit.paste")  # from the menu too
    assert at.window.list_pane.search.text() == "https://a.example/1"
    assert len(urls(at)) == 1


def test_what_is_known_comes_to_the_top_and_says_so(at: Stage) -> None:
    paste(at, text("https://a.example/1"))
    paste(at, text("https://a.example/2"))
    paste(at, text("https://a.example/1#part"))
    assert at.toast == "Already in your library, now on top"
    assert urls(at)[0] == "https://a.example/1"
    one = at.library.searching.cards(View(), 0, 1)[0]
    at.library.tidying.archive([one.id])
    paste(at, text("https://a.example/1"))
    assert at.toast == "Already in your library, back in Unread"
    assert at.article(one.id).state is State.UNREAD
    paste(at, text("https://a.example/1 https://a.example/9"))
    assert at.toast == "1 link saved · 1 already in your library"


# drop


def test_a_hover_says_what_a_drop_would_do_and_a_drop_does_it(at: Stage) -> None:
    frame, mime = at.actions.deeds.frame, text("https://a.example/1 https://b.example/2")
    assert hover(at, mime).isAccepted()
    assert frame.text == "Save 2 links"
    assert frame.geometry() == at.window.rect()
    move = QDragMoveEvent(AT, COPY, mime, LEFT, NONE)
    QApplication.sendEvent(at.window, move)
    assert move.isAccepted()
    event = drop(at, mime)
    assert event.isAccepted()
    assert event.dropAction() == COPY  # a move would delete what was dragged
    assert frame.text == ""
    assert len(urls(at)) == 2


def test_the_frame_goes_when_what_hovers_leaves(at: Stage) -> None:
    hover(at, text("https://a.example/1"))
    assert at.actions.deeds.frame.text == "Save 1 link"
    QApplication.sendEvent(at.window, QDragLeaveEvent())
    assert at.actions.deeds.frame.text == ""
    assert urls(at) == []


def test_the_frame_says_why_a_drop_would_save_nothing(at: Stage) -> None:
    hover(at, text("no link in here"))
    assert at.actions.deeds.frame.text.startswith("There is no link in that.")


def test_what_is_dragged_out_of_this_window_is_not_saved_again(at: Stage) -> None:
    paste(at, text("https://a.example/1"))
    own = at.window.model.mimeData([at.window.model.index(0, 0)])
    assert own.hasFormat(OWN_FORMAT)
    before = at.article(1)
    assert not hover(at, own).isAccepted()
    assert at.actions.deeds.frame.text == ""
    at.actions.deeds.intake.take(own)
    at.settle()
    assert at.article(1).saved_at == before.saved_at


def test_nothing_inside_the_window_swallows_a_drop(at: Stage) -> None:
    at.window.reader_pane.prepare()
    taking = [w for w in at.window.findChildren(QWidget) if w.acceptDrops()]
    assert taking == []
    assert at.window.acceptDrops()


# files


def test_a_saved_file_for_a_known_address_fills_its_row(
    at: Stage, site: Site, tmp_path: Path
) -> None:
    address = site.url("/story")  # answers 404: nothing came
    paste(at, text(address))
    while at.library.fetching.step():
        pass
    row = at.library.searching.cards(View(Place.ALL), 0, 1)[0]
    assert row.status is Status.FAILED
    drop(at, files(saved_page(tmp_path, "story.html", address, "The whole story")))
    assert at.toast == "Page saved"
    while at.library.fetching.step():
        pass
    filled = at.article(row.id)
    assert (filled.status, filled.title) == (Status.READY, "The whole story")
    assert len(urls(at)) == 1


def test_a_page_without_an_address_is_saved_and_asks_for_one(at: Stage, tmp_path: Path) -> None:
    drop(at, files(saved_page(tmp_path, "page.html")))
    while at.library.fetching.step():
        pass
    assert at.library.searching.cards(View(), 0, 1)[0].title == "Kept"
    dialog = at.window.findChild(AddressDialog)
    assert dialog is not None
    dialog.reject()  # later
    assert len(urls(at)) == 1


def test_many_files_at_once_are_one_undo(at: Stage, tmp_path: Path) -> None:
    pages = [saved_page(tmp_path, f"{i}.html", f"https://s.example/{i}", f"T{i}") for i in range(3)]
    shortcut = tmp_path / "link.url"
    shortcut.write_text("[InternetShortcut]\r\nURL=https://u.example/9\r\n")
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(b"%PDF-1.7 x")
    hover(at, files(*pages, shortcut, pdf))
    assert at.actions.deeds.frame.text == "Save 5 files"
    drop(at, files(*pages, shortcut, pdf))
    assert len(urls(at)) == 4
    assert at.toast == (
        "Link saved · 3 pages saved · “paper.pdf” is a PDF. Readlater keeps web pages; drop a link "
        "or a saved page."
    )
    at.actions.deeds.toast.button.click()
    at.settle()
    assert urls(at) == []


def test_folders_pictures_and_pdfs_are_refused_with_a_sentence(at: Stage, tmp_path: Path) -> None:
    picture = tmp_path / "p.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    for path, words in ((tmp_path, "is a folder"), (picture, "is a picture")):
        drop(at, files(path))
        assert words in at.toast
        assert at.actions.deeds.toast.button.isHidden()
    assert urls(at) == []


def test_sources_of_another_start_are_saved(at: Stage, tmp_path: Path) -> None:
    kept = saved_page(tmp_path, "k.html", "https://k.example/")
    at.actions.save_sources(["https://a.example/1", str(kept)])
    at.settle()
    assert sorted(urls(at)) == ["https://a.example/1", "https://k.example/"]


def test_a_pasted_link_becomes_an_article(at: Stage, site: Site) -> None:
    site.pages["/story"] = article("The harbour wall", "Sea")
    paste(at, text(site.url("/story")))
    while at.library.fetching.step():
        pass
    at.until(lambda: (at.window.current() or at.article(1)).status is Status.READY)
    at.settle()
    assert at.window.current().title == "The harbour wall"
    assert at.window.reader_pane.showing is at.window.reader_pane.page_view


def test_undo_of_a_save_cancels_its_fetch(at: Stage, site: Site) -> None:
    site.pages["/story"] = article("Not wanted")
    paste(at, text(site.url("/story")))
    at.trigger("edit.undo")
    assert not at.library.fetching.step()
    assert site.asked == []


def test_an_event_that_is_no_drag_goes_its_way(at: Stage) -> None:
    assert not at.actions.deeds.intake.eventFilter(at.window, QEvent(QEvent.Type.User))
