"""The open article on paper: printed, or saved as PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale, QMarginsF, QObject, QStandardPaths, QTimer
from PySide6.QtGui import QPageLayout, QPageRanges
from PySide6.QtWidgets import QFileDialog, QMessageBox

from readlater.errors import InputError, SettingsError
from readlater.library.highlighting import Painted
from readlater.library.reading import Page
from readlater.settings import Settings, load
from readlater.ui import printing
from readlater.ui.file_names import file_name
from readlater.ui.models import said
from readlater.ui.written import write_file

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from readlater.ui.actions.doing import Doing
    from readlater.ui.reader.press import Press

# Who waits longer than this is told what for.
_PATIENT_MS: Final = 900


@dataclass(frozen=True, slots=True)
class Paper:
    """What the pages are for: their layout, which of them, and whether to list the links."""

    layout: QPageLayout
    ranges: QPageRanges
    with_links: bool


class PaperDesk(QObject):
    """One article at a time is set in pages; the reader's own page is left alone."""

    def __init__(self, deeds: Doing) -> None:
        super().__init__(deeds)
        self._deeds, self._window = deeds, deeds.window
        self._press: Press | None = None
        self._is_busy = False
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self._slow = QTimer(self, singleShot=True, interval=_PATIENT_MS)
        self._slow.timeout.connect(lambda: deeds.say(self.tr("The pages are being made…")))
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    # as PDF

    def save_pdf(self) -> None:
        """Ask where to, and save the article there as PDF."""
        article = self._deeds.situation().alone
        if article is None:
            return
        dialog = QFileDialog(self._window, self.tr("Save as PDF"), self._folder)
        dialog.setObjectName("save_pdf")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(file_name(said.title(article), "pdf"))
        row = article.id
        dialog.fileSelected.connect(lambda name: self.write_pdf(row, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_pdf(
        self, row: int, path: Path, *, layout: QPageLayout | None = None, paper: Paper | None = None
    ) -> None:
        """Save an article as PDF in `path`, on the paper of this locale unless told otherwise."""
        self._folder = str(path.parent)
        made = paper or Paper(layout or _ordinary_paper(), QPageRanges(), with_links=False)

        def use(pdf: bytes) -> None:
            self._deeds.jobs.aside(
                lambda: write_file(path, pdf), self._deeds.say_saved, self._deeds.fail
            )

        self._make(row, made, use)

    # on a printer

    def print_out(self) -> None:
        """Ask which printer, and print; where there is none, offer the PDF."""
        from PySide6.QtPrintSupport import QPrinterInfo

        if QPrinterInfo.availablePrinterNames():
            self.ask_printer()
        else:
            self._say_no_printer()

    def ask_printer(self) -> None:
        """The system's own dialog for printers."""
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

        article = self._deeds.situation().alone
        if article is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(said.title(article))
        dialog = QPrintDialog(printer, self._window)
        options = QAbstractPrintDialog.PrintDialogOption
        for option in (options.PrintSelection, options.PrintCurrentPage):
            dialog.setOption(option, False)
        row = article.id
        dialog.accepted.connect(lambda: self.print_to(row, printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()  # type: ignore[call-arg]  # the stub knows only the form with a slot

    def print_to(self, row: int, printer: QPrinter) -> None:
        """Print an article on a printer as it is set up; one that writes a PDF gets ours."""
        paper = Paper(printing.paper_of(printer), printing.ranges_of(printer), with_links=True)
        file = printing.writes_file(printer)
        if file:
            self.write_pdf(row, Path(file), paper=paper)
        else:
            self._make(row, paper, lambda _pdf: None, printer)

    def _on_printed(self, took: bool) -> None:
        self._rest()
        if took:
            self._deeds.say(self.tr("Sent to the printer"))
        else:
            self._deeds.fail(InputError("printer_failed"))

    def _say_no_printer(self) -> None:
        box = QMessageBox(self._window)
        box.setObjectName("no_printer")
        box.setWindowTitle(self.tr("Print"))
        box.setText(self.tr("This computer has no printer that Readlater can see."))
        box.setInformativeText(
            self.tr("Set one up in the system's settings, or save the article as PDF.")
        )
        pdf = box.addButton(self.tr("Save as PDF…"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        pdf.clicked.connect(self.save_pdf)
        box.finished.connect(box.deleteLater)
        box.open()

    # the pages

    def _make(
        self,
        row: int,
        paper: Paper,
        use: Callable[[bytes], None],
        printer: QPrinter | None = None,
    ) -> None:
        if self._is_busy:
            self._deeds.say(self.tr("The pages are being made…"))
            return
        self._is_busy = True
        self._slow.start()
        library, file = self._deeds.library, self._deeds.settings_file

        def work() -> tuple[Page, Painted]:
            page = library.reading.page(row)
            shown = _settings(file).paper_highlights
            none = Painted(page.article.id, 0, ())
            return page, library.highlighting.painted(page.article.id) if shown else none

        def failed(error: InputError) -> None:
            self._rest()
            self._deeds.fail(error)

        self._deeds.jobs.run(work, lambda found: self._set(*found, paper, use, printer), failed)  # type: ignore[arg-type]

    def _set(
        self,
        page: Page,
        painted: Painted,
        paper: Paper,
        use: Callable[[bytes], None],
        printer: QPrinter | None,
    ) -> None:
        from readlater.ui.reader.paper import paper_layout, sheet
        from readlater.ui.reader.press import Order, Press

        look = self._window.typography.look
        layout = paper_layout(paper.layout, look)
        around = sheet(
            page.article,
            layout,
            look,
            with_links=paper.with_links,
            highlights=painted.highlights,
            length=painted.length,
            note=painted.note,
        )

        def done(pdf: bytes) -> None:
            self._rest()
            if pdf:
                use(pdf)
            else:
                self._deeds.fail(InputError("pages_failed"))

        order = Order(page, look, around, layout, paper.ranges)
        reading, jobs = self._deeds.library.reading, self._deeds.jobs
        if printer is not None:
            printing.set_up(printer, layout)
        self._press = Press(
            order,
            reading.asset,
            done,
            run=jobs.run,
            printer=printer,
            printed=self._on_printed,
            parent=self,
        )

    def _rest(self) -> None:
        self._is_busy, self._press = False, None
        self._slow.stop()

    def stop(self) -> None:
        """The application ends: so does what is being made."""
        if self._press is not None:
            self._press.stop()
        self._rest()


def _ordinary_paper() -> QPageLayout:
    from readlater.ui.reader.paper import paper_size

    return QPageLayout(paper_size(QLocale.system()), QPageLayout.Orientation.Portrait, QMarginsF())


def _settings(path: Path) -> Settings:
    try:
        return load(path)
    except SettingsError:
        return Settings()
