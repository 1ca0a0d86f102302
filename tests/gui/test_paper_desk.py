"""Print and Save as PDF as a person uses them, over a real library and the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from deed_stage import Stage, stage
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from reader_stage import ask, quiet_engine, until
from test_highlights import GATE, WALL, save

from readlater.article import Selector
from readlater.errors import InputError
from readlater.library import Library
from readlater.settings import Settings
from readlater.settings import save as save_settings
from readlater.ui.file_names import file_name
from readlater.ui.reader.view import ReaderView
from readlater.ui.written import write_file

pytestmark = quiet_engine


@pytest.fixture
def at(library: Library, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    row = save(library, "Gate", GATE)
    text = library.highlighting._text(row)[0]
    start = text.index("hinges are")
    selected = Selector("hinges are", start=start, end=start + 10)
    library.highlighting.add(row, 1, selected, note="Who pays them?")
    with stage(library, qtbot, tmp_path, reader=lambda: ReaderView(library.reading.asset)) as at:
        view = at.window.reader_pane.prepare()
        with qtbot.waitSignal(view.shown, timeout=30_000):
            at.window.select(row)
            at.window.opening.now()
        at.settle()
        yield at
        view.close_page()


def text_of(path: Path) -> str:
    document = QPdfDocument()
    document.load(str(path))
    pages = range(document.pageCount())
    text = "\n".join(document.getAllText(i).text() for i in pages)
    document.close()
    return text


def dialog(at: Stage, kind: type[QWidget], name: str) -> QWidget:
    def found() -> QWidget | None:
        return next((w for w in QApplication.topLevelWidgets() if _is(w, kind, name)), None)

    at.until(lambda: found() is not None)
    shown = found()
    assert shown is not None
    return shown


def _is(widget: QWidget, kind: type[QWidget], name: str) -> bool:
    return isinstance(widget, kind) and widget.objectName() == name and widget.isVisible()


def save_as(at: Stage, path: Path) -> None:
    at.actions.action("file.save_pdf").trigger()
    asked = dialog(at, QFileDialog, "save_pdf")
    assert isinstance(asked, QFileDialog)
    assert Path(asked.selectedFiles()[0]).name == "Gate.pdf"
    asked.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    asked.accept()


def test_the_open_article_becomes_a_pdf_and_the_page_stays_where_it_is(
    at: Stage, tmp_path: Path
) -> None:
    engine = at.window.reader_pane.page_view.marking._page
    sheets = ask(at.qtbot, engine, "document.adoptedStyleSheets.length")
    ask(at.qtbot, engine, "scrollTo({top: 300, behavior: 'instant'}) ?? 1")
    until(at.qtbot, engine, "Math.round(scrollY)", 300)
    save_as(at, tmp_path / "made.pdf")
    at.until(lambda: at.toast == "Saved as made.pdf")
    text = text_of(tmp_path / "made.pdf")
    assert all(line.split()[-1] in text for line in GATE)
    assert "Who pays them?" in text
    assert "1 / " in text
    assert "https://bay.example/gate" in text
    assert ask(at.qtbot, engine, "Math.round(scrollY)") == 300
    assert ask(at.qtbot, engine, "document.adoptedStyleSheets.length") == sheets
    assert at.actions.deeds.toast.button.text() == "Open folder"
    at.actions.deeds.toast.button.click()
    assert at.opened == [f"file://{tmp_path}"]


def test_highlights_may_be_left_out(at: Stage, tmp_path: Path) -> None:
    save_settings(Settings(paper_highlights=False), at.actions.deeds.settings_file)
    save_as(at, tmp_path / "made.pdf")
    at.until(lambda: at.toast == "Saved as made.pdf")
    assert "Who pays them?" not in text_of(tmp_path / "made.pdf")


def test_a_pdf_that_cannot_be_written_is_told_in_a_sentence(at: Stage, tmp_path: Path) -> None:
    at.actions.deeds.paper.write_pdf(at.window.opening.article.id, tmp_path / "none" / "a.pdf")
    at.until(lambda: at.toast.startswith("“a.pdf” cannot be written in “"))
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(
    bool(QPrinterInfo.availablePrinterNames()), reason="there is a printer: its dialog opens"
)
def test_without_a_printer_the_pdf_is_offered(at: Stage) -> None:
    at.actions.action("file.print_article").trigger()
    box = dialog(at, QMessageBox, "no_printer")
    assert isinstance(box, QMessageBox)
    assert "no printer" in box.text()
    offered = next(b for b in box.buttons() if b.text() == "Save as PDF…")
    at.qtbot.mouseClick(offered, Qt.MouseButton.LeftButton)
    asked = dialog(at, QFileDialog, "save_pdf")
    asked.close()


def test_print_to_file_writes_our_pdf_with_the_addresses(at: Stage, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "file.pdf"))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(1, 1)
    at.actions.deeds.paper.print_to(at.window.opening.article.id, printer)
    at.until(lambda: at.toast == "Saved as file.pdf")
    document = QPdfDocument()
    document.load(str(tmp_path / "file.pdf"))
    assert document.pageCount() == 1
    assert document.metaData(QPdfDocument.MetaDataField.Title) == "Gate"
    document.close()


@pytest.mark.qt_log_ignore("Returned false|Failure to print", extend=True)
def test_a_printer_that_takes_nothing_is_told_in_a_sentence(at: Stage, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # without a file: nothing is taken
    at.actions.deeds.paper.print_to(at.window.opening.article.id, printer)
    at.until(lambda: at.toast.startswith("The printer took no pages."))


def test_a_second_order_waits_for_the_first(at: Stage, tmp_path: Path) -> None:
    desk, row = at.actions.deeds.paper, at.window.opening.article.id
    desk.write_pdf(row, tmp_path / "one.pdf")
    desk.write_pdf(row, tmp_path / "two.pdf")
    assert at.toast == "The pages are being made…"
    at.until(lambda: at.toast == "Saved as one.pdf")
    assert not (tmp_path / "two.pdf").exists()
    desk.write_pdf(row, tmp_path / "two.pdf")
    at.until(lambda: at.toast == "Saved as two.pdf")


def test_the_application_may_end_while_pages_are_made(
    library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    row = save(library, "Wall", WALL)
    with stage(library, qtbot, tmp_path) as at:
        at.show()
        desk = at.actions.deeds.paper
        desk.write_pdf(row, tmp_path / "one.pdf")
        at.until(lambda: desk._press is not None)
        desk.stop()
        at.settle()
        assert not (tmp_path / "one.pdf").exists()


def test_titles_become_names_of_files() -> None:
    assert file_name("A/B: “C”? <d>", "pdf") == "A-B- “C”- -d.pdf"
    assert file_name("  ... ", "pdf") == "article.pdf"
    assert file_name("con", "pdf") == "_con.pdf"
    assert file_name("Con.tax", "jpg") == "_Con.tax.jpg"
    assert file_name("a\n\tb\u202ec\x00", "png") == "a b c.png"
    assert len(file_name("港" * 300, "pdf").encode()) <= 204
    assert file_name("x" * 300, "pdf") == "x" * 100 + ".pdf"
    assert file_name("No ending", "") == "No ending"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert write_file(path, b"one") == path
    assert write_file(path, b"two").read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["a.pdf"]
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(InputError, match="file_not_written"):
        write_file(folder, b"three")  # a folder stands there
    assert {p.name for p in tmp_path.iterdir()} == {"a.pdf", "folder"}
