"""The pages of a PDF on a printer, in bands, so that a sharp page needs little memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPageLayout, QPainter

from readlater.errors import InputError

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

# Finer than this no eye sees, and the spooler waits for nothing.
SHARPEST_DPI: Final = 600
_BAND_PIXELS: Final = 4_000_000


def print_pdf(pdf: bytes, printer: QPrinter) -> int:
    """Print all pages of `pdf`; returns how many. Any thread will do.

    Raises InputError `pages_failed` when it is no PDF, `printer_failed` when nothing is taken.
    """
    from PySide6.QtPdf import QPdfDocument

    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    if not document.pageCount():
        raise InputError("pages_failed")
    if printer.resolution() > SHARPEST_DPI:
        printer.setResolution(SHARPEST_DPI)
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise InputError("printer_failed")
    # Else Qt's own PDF engine makes photographs of letters.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    pages = list(_order(printer, document.pageCount()))
    for at, page in enumerate(pages):
        if at and not printer.newPage():
            painter.end()
            raise InputError("printer_failed")
        _paint(document, page, painter, printer)
    painter.end()
    document.close()
    return len(pages)


def _order(printer: QPrinter, count: int) -> Iterator[int]:
    """The numbers of the pages from 0 as they are put out, each copy by itself."""
    from PySide6.QtPrintSupport import QPrinter as Printer

    forward = printer.pageOrder() == Printer.PageOrder.FirstPageFirst
    pages = range(count) if forward else range(count - 1, -1, -1)
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        for _ in range(copies):
            yield from pages
    else:
        for page in pages:
            yield from [page] * copies


def _paint(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter) -> None:
    from PySide6.QtPdf import QPdfDocumentRenderOptions

    whole = printer.pageLayout().fullRectPixels(printer.resolution()).size()
    size = document.pagePointSize(page)
    if (size.width() > size.height()) != (whole.width() > whole.height()):
        whole = QSize(whole.height(), whole.width())
    step = max(1, _BAND_PIXELS // max(1, whole.width()))
    for top in range(0, whole.height(), step):
        band = QRect(0, top, whole.width(), min(step, whole.height() - top))
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(whole)
        options.setScaledClipRect(band)
        drawn = document.render(page, band.size(), options)
        ground = QImage(drawn.size(), QImage.Format.Format_RGB32)
        ground.fill(QColor("white"))
        inner = QPainter(ground)
        inner.drawImage(0, 0, drawn)
        inner.end()
        painter.drawImage(QRectF(band), ground)


def paper_of(printer: QPrinter) -> QPageLayout:
    """The paper that was chosen, with what the printer leaves blank as its margins at least."""
    held = printer.pageLayout()
    unit = QPageLayout.Unit.Point
    least = held.minimumMargins()
    layout = QPageLayout(held.pageSize(), held.orientation(), held.margins(unit), unit)
    layout.setMinimumMargins(least)
    return layout
