"""Opens dialogs and sheets, fills them from the library and gives what they say to the deeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QPushButton

from readlater.article import Article, Place, State, Status
from readlater.errors import ReadLaterError, SettingsError
from readlater.library.correcting import Block
from readlater.settings import Settings, load, save, with_values
from readlater.ui.views.about import About
from readlater.ui.views.access_sheet import AccessSheet
from readlater.ui.views.add_dialog import AddDialog
from readlater.ui.views.address_dialog import AddressDialog
from readlater.ui.views.removed_sheet import RemovedSheet
from readlater.ui.views.settings_dialog import SettingsDialog, own_values
from readlater.ui.views.shortcuts_sheet import Section, ShortcutsSheet
from readlater.ui.views.tag_editor import TagEditor

if TYPE_CHECKING:
    from readlater.ui.actions.doing import Ids
    from readlater.ui.actions.row_deeds import RowDeeds

# Tags of more articles than this are not looked at one by one: only adding is offered for those.
_MOST_READ = 2000


class Dialogs(QObject):
    """One window's dialogs; none blocks it, and a second asking raises the first."""

    settings_changed = Signal(object)
    row_deed_wanted = Signal(str, int)

    def __init__(self, deeds: RowDeeds) -> None:
        super().__init__(deeds)
        self._deeds = deeds
        self._add: AddDialog | None = None
        self._removed: RemovedSheet | None = None
        self.sections: list[Section] = []
        self.single_keys = True
        # After each change, this window's or another process's.
        deeds.window.counted.connect(lambda _counts: self._on_counted())

    @staticmethod
    def _show(dialog: QDialog) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    # what comes in

    def add_links(self) -> None:
        """The dialog for links, filled with those of the clipboard."""
        deeds = self._deeds
        if self._add is not None:
            self._show(self._add)
            return
        dialog = self._add = AddDialog(deeds.theme, deeds.window)
        dialog.fill(deeds.intake.clipboard_links())
        dialog.wanted.connect(lambda links, tags: deeds.intake.save(links, (), tags))
        dialog.finished.connect(self._on_add_finished)
        deeds.jobs.run(deeds.library.tidying.tags, self._on_known_tags)
        self._show(dialog)

    def _on_known_tags(self, names: tuple[str, ...]) -> None:
        if self._add is not None:
            self._add.tags.set_known(names)

    def _on_add_finished(self, _code: int) -> None:
        self._add = None

    def choose_files(self) -> None:
        """Choose saved pages; they are taken in like dropped ones."""
        dialog = QFileDialog(self._deeds.window, self.tr("Choose saved pages"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        pages = self.tr("Saved pages and links")
        everything = self.tr("All files")
        dialog.setNameFilters(
            [
                f"{pages} (*.html *.htm *.xhtml *.mhtml *.mht *.url *.webloc *.desktop *.txt *.md)",
                f"{everything} (*)",
            ]
        )
        dialog.filesSelected.connect(
            lambda names: self._deeds.intake.save((), [Path(name) for name in names])
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # one article

    def _with_article(self, article_id: int, show: Callable[[Article], None]) -> None:
        reading = self._deeds.library.reading
        self._deeds.jobs.run(lambda: reading.article(article_id), show)

    def edit_address(self, article_id: int) -> None:
        """Give an article another address."""
        self._with_article(article_id, lambda article: self._address(article, asks=False))

    def ask_address(self, article_id: int) -> None:
        """Ask where a saved page came from; it may be put off."""
        self._with_article(article_id, lambda article: self._address(article, asks=True))

    def _address(self, article: Article, *, asks: bool) -> None:
        deeds = self._deeds
        dialog = AddressDialog(deeds.theme, article, deeds.window, asks=asks)
        dialog.given.connect(
            lambda url: deeds.set_address(article.id, url, dialog.accept, dialog.refuse)
        )
        self._show(dialog)

    def show_access(self, article_id: int, at: QPoint | None = None) -> None:
        """Show why a copy wears its badge, at the badge or else over the reader."""
        pane = self._deeds.window.reader_pane
        place = at if at is not None else pane.mapToGlobal(QPoint(48, 96))

        def show(article: Article) -> None:
            if article.access is None or article.status is not Status.READY:
                return
            sheet = AccessSheet(self._deeds.theme, article, self._deeds.window)
            sheet.wanted.connect(self.row_deed_wanted)
            sheet.open(place)

        self._with_article(article_id, show)

    def show_access_here(self, article_id: int) -> None:
        """Show it just under the pointer, which has clicked a badge."""
        self.show_access(article_id, QCursor.pos() + QPoint(-24, 14))

    def show_removed(self, article_id: int) -> None:
        """List the blocks that were taken out of an article, each with its way back."""
        deeds = self._deeds
        correcting, reading = deeds.library.correcting, deeds.library.reading

        def work() -> tuple[Article, tuple[Block, ...]]:
            return reading.article(article_id), correcting.blocks(article_id)

        def show(found: tuple[Article, tuple[Block, ...]]) -> None:
            if self._removed is not None:
                self._removed.close()
            sheet = self._removed = RemovedSheet(deeds.theme, found[0], deeds.window)
            sheet.fill(found[1])
            sheet.put_back.connect(lambda mark: deeds.put_back(article_id, mark))
            sheet.take_out.connect(lambda mark: deeds.take_out(article_id, mark))
            sheet.undo.connect(deeds.undo)
            sheet.redo.connect(deeds.redo)
            sheet.finished.connect(lambda _code: self._on_removed_closed(sheet))
            self._show(sheet)

        deeds.jobs.run(work, show, deeds.fail)

    def _on_counted(self) -> None:
        """Blocks may have gone back or out by another way: undo, another process, a fetch."""
        sheet = self._removed
        if sheet is None:
            return
        correcting, article_id = self._deeds.library.correcting, sheet.article_id

        def fill(blocks: tuple[Block, ...]) -> None:
            if self._removed is sheet:
                sheet.fill(blocks)

        def gone(_error: ReadLaterError) -> None:
            sheet.close()

        self._deeds.jobs.latest("removed", lambda: correcting.blocks(article_id), fill, gone)

    def _on_removed_closed(self, sheet: RemovedSheet) -> None:
        if self._removed is sheet:
            self._removed = None

    # tags

    def edit_tags(self, ids: Ids) -> None:
        """The sheet of tags for these articles."""
        deeds = self._deeds
        library, window = deeds.library, deeds.window

        def work() -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
            found = [a for _, a in library.reading.articles(ids[:_MOST_READ]) if a is not None]
            rest: list[tuple[str, ...]] = [()] * max(0, len(ids) - _MOST_READ)
            live = [a.tags for a in found if a.state is not State.TRASHED]
            return live + rest, library.tidying.tags()

        def show(answer: tuple[list[tuple[str, ...]], tuple[str, ...]]) -> None:
            held, known = answer
            editor = TagEditor(deeds.theme, held, known, window)
            editor.edited.connect(
                lambda add, remove: deeds.do(lambda: library.tidying.tag(ids, add, remove))
            )
            editor.open(self._tags_corner())

        deeds.jobs.run(work, show)

    def _tags_corner(self) -> QPoint:
        pane = self._deeds.window.reader_pane
        if pane.isVisible():
            return pane.mapToGlobal(QPoint(40, pane.bar.height() - 4))
        bar = self._deeds.window.list_pane
        return bar.mapToGlobal(QPoint(16, 44))

    # the rest

    def empty_trash(self) -> None:
        """Ask once, as nothing brings back what is deleted for good."""
        window = self._deeds.window
        count = window.counts().places.get(Place.TRASH, 0)
        many = self.tr("Delete %Ln articles for good?", "", count)
        box = QMessageBox(window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(self.tr("Empty the trash"))
        box.setText(self.tr("Delete 1 article for good?") if count == 1 else many)
        box.setInformativeText(
            self.tr("Their copies and pictures leave this computer. This cannot be undone.")
        )
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        if isinstance(cancel, QPushButton):
            box.setDefaultButton(cancel)
        box.setObjectName("empty_trash")
        delete.clicked.connect(self._deeds.empty_trash)
        box.finished.connect(box.deleteLater)
        box.open()

    def settings(self) -> None:
        """The settings as they are kept, not as one run was started with."""
        deeds = self._deeds
        dialog = SettingsDialog(deeds.theme, _kept(deeds.settings_file), deeds.window)
        dialog.saved.connect(self._on_settings)
        self._show(dialog)

    def _on_settings(self, settings: Settings) -> None:
        path = self._deeds.settings_file
        self._deeds.jobs.run(lambda: save(with_values(_kept(path), own_values(settings)), path))
        self._deeds.theme.set(settings.theme)
        self.settings_changed.emit(settings)

    def shortcuts(self) -> None:
        """The sheet of keys."""
        deeds = self._deeds
        self._show(
            ShortcutsSheet(deeds.theme, self.sections, deeds.window, single=self.single_keys)
        )

    def about(self) -> None:
        """What this program is."""
        deeds = self._deeds
        self._show(About(deeds.theme, deeds.library.folder, deeds.settings_file, deeds.window))


def _kept(path: Path) -> Settings:
    """The settings of the file; the defaults where it cannot be read."""
    try:
        return load(path)
    except SettingsError:
        return Settings()
