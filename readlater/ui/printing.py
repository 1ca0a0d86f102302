"""What a printer is set up to: its paper, its pages, and how sharp it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QPageLayout, QPageRanges

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

# The engine paints each page as one picture: at 1200 dpi that is half a gigabyte, at 400 as sharp.
_SHARPEST_DPI: Final = 400


def set_up(printer: QPrinter, layout: QPageLayout) -> None:
    """Print on `printer` in `layout`, as sharp as an eye sees."""
    printer.setPageLayout(layout)
    printer.setResolution(min(_SHARPEST_DPI, printer.resolution()))


def paper_of(printer: QPrinter) -> QPageLayout:
    """The paper that was chosen, with what the printer leaves blank as its margins at least."""
    held = printer.pageLayout()
    unit = QPageLayout.Unit.Point
    layout = QPageLayout(held.pageSize(), held.orientation(), held.margins(unit), unit)
    layout.setMinimumMargins(held.minimumMargins())
    return layout


def ranges_of(printer: QPrinter) -> QPageRanges:
    """The pages that were asked for; an empty one is all."""
    ranges = printer.pageRanges()
    if ranges.isEmpty() and printer.fromPage():
        ranges.addRange(printer.fromPage(), max(printer.fromPage(), printer.toPage()))
    return ranges


def writes_file(printer: QPrinter) -> str:
    """The name of the PDF that stands for paper; "" when it is paper."""
    from PySide6.QtPrintSupport import QPrinter as Printer

    is_pdf = printer.outputFormat() == Printer.OutputFormat.PdfFormat
    return printer.outputFileName() if is_pdf else ""
