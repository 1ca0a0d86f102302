"""The page of all highlights: what it shows, where they lead, and their export."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from readlater.article import FoundHighlight, Marks
from readlater.errors import LibraryError
from readlater.exporters import highlights as marked
from readlater.ui.models.highlights import PAGE_ROWS
from readlater.ui.views.highlights_page import HighlightsPage

if TYPE_CHECKING:
    from readlater.ui.actions.doing import Doing
    from readlater.ui.actions.highlight_desk import HighlightDesk

_Answer = tuple[Marks, int, tuple[FoundHighlight, ...], tuple[tuple[str, int], ...]]


class HighlightShelf(QObject):
    """Reads a page of highlights at a time, off the window's thread."""

    def __init__(self, deeds: Doing, desk: HighlightDesk) -> None:
        super().__init__(deeds)
        self._deeds, self._desk = deeds, desk
        self._jobs, self._lighting = deeds.jobs, deeds.library.highlighting
        window = self._window = deeds.window
        self.page = HighlightsPage(deeds.theme)
        window.reader_pane.set_other_page(self.page)
        self.page.wanted.connect(self._read)
        self.page.export_wanted.connect(lambda marks: self.ask_file([marks]))
        self.page.close_wanted.connect(self.leave)
        self.page.model.more_wanted.connect(self._read_on)
        rows = self.page.list
        rows.opened.connect(self._open)
        rows.wanted.connect(self._do)
        rows.coloured.connect(self._colour)
        self.page.came.connect(self._on_came)
        window.counted.connect(lambda _counts: self.refresh())
        window.sidebar.marks_chosen.connect(lambda: self.show(with_keys=False))
        window.view_changed.connect(lambda _view: self.leave())
        window.list_pane.cards.clicked.connect(lambda _index: self.leave())
        window.list_pane.cards.opened.connect(lambda _id: self.leave())

    def show(self, *, with_keys: bool = True) -> None:
        """Show all highlights in the reader's place; `with_keys` the search has the focus."""
        self._window.arranging.bring_reader()
        self._window.reader_pane.show_other_page()
        self._read(self.page.marks)
        if with_keys:
            self.page.focus_search()

    def leave(self) -> None:
        """Give the place back to the article."""
        self._window.reader_pane.leave_other_page()

    def refresh(self) -> None:
        """Count anew, and read anew what is shown, while it is shown."""
        lighting = self._lighting
        self._jobs.latest(
            "marks count", lambda: lighting.count(Marks()), self._window.sidebar.set_highlights
        )
        if self._window.reader_pane.showing is self.page:
            self._on_came(came=True)
            self._read(self.page.marks)

    def _on_came(self, came: bool) -> None:
        """The deeds of the bar are about an article: they go while there is none in sight."""
        window, back = self._window, self._window.reader_pane.back_button
        has_back = not back.isHidden()
        window.bar_reader.show_buttons(shown=not came)
        back.setVisible(has_back)
        if came:
            window.sidebar.show_marks()
        else:
            window.sidebar.show_view(window.view())

    def export(self, lists: Sequence[Marks], file: Path) -> None:
        """Write all highlights of some lists into a file: Markdown, or annotations (.json)."""
        lighting = self._lighting

        def work() -> int:
            found = [one for marks in lists for one in lighting.every(marks)]
            notes = lighting.notes({one.highlight.article for one in found})
            is_json = file.suffix.lower() == ".json"
            text = (
                marked.collection(found)
                if is_json
                else marked.markdown(found, notes, lighting.noted(lists))
            )
            try:
                file.write_text(text, encoding="utf-8")
            except OSError as error:
                raise LibraryError("folder_not_writable", folder=str(file.parent)) from error
            return len(found)

        def done(count: int) -> None:
            many = self.tr("%Ln highlights written", "", count)
            self._deeds.say(self.tr("1 highlight written") if count == 1 else many)

        self._jobs.run(work, done, self._deeds.fail)

    def _read(self, marks: Marks) -> None:
        lighting = self._lighting

        def work() -> _Answer:
            count, rows = lighting.count(marks), lighting.find(marks, 0, PAGE_ROWS)
            return marks, count, rows, lighting.tags()

        self._jobs.latest("marks", work, self._on_read)

    def _on_read(self, answer: _Answer) -> None:
        marks, count, rows, tags = answer
        if marks == self.page.marks:
            self.page.model.show(rows, more=count > len(rows))
            self.page.show_tags(tags)
            self.page.show_count(count)

    def _read_on(self, offset: int) -> None:
        marks, lighting = self.page.marks, self._lighting

        def done(rows: tuple[FoundHighlight, ...]) -> None:
            if marks == self.page.marks:
                self.page.model.append(offset, rows, more=len(rows) == PAGE_ROWS)

        self._jobs.run(lambda: lighting.find(marks, offset, PAGE_ROWS), done)

    def _open(self, found: FoundHighlight) -> None:
        self.leave()
        self._desk.go_to(found)

    def _do(self, deed: str, found: FoundHighlight) -> None:
        if deed == "only":
            self.page.show_only(found.highlight.article, found.title or found.url)
        elif deed == "copy":
            self._desk.copy_found(found)
        else:
            self._desk.do(deed, found.highlight)

    def _colour(self, number: int, found: FoundHighlight) -> None:
        self._jobs.run(partial(self._lighting.set_colour, [found.highlight.id], number))

    def export_of(self, ids: Sequence[int]) -> None:
        """Export the highlights of some articles."""
        self.ask_file([Marks(article=row) for row in ids])

    def ask_file(self, lists: Sequence[Marks]) -> None:
        """Ask for a file, and write all highlights of some lists into it."""
        dialog = QFileDialog(self._window, self.tr("Export highlights"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        markdown = self.tr("Markdown") + " (*.md)"
        filters = {markdown: "md", self.tr("Web annotations") + " (*.json)": "json"}
        dialog.setNameFilters(list(filters))
        dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(filters[name]))
        dialog.setDefaultSuffix("md")
        dialog.selectFile("highlights.md")
        dialog.fileSelected.connect(lambda name: self.export(lists, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
