"""Pictures of the open article: opened large, turned over, copied and saved."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from readlater.article import Article
from readlater.errors import InputError
from readlater.ui.file_names import file_name
from readlater.ui.models import said
from readlater.ui.models.pictures import ENDINGS, Decoded, Shown, decoded, picture_name
from readlater.ui.views.picture_sheet import PictureSheet
from readlater.ui.written import write_file

if TYPE_CHECKING:
    from readlater.ui.actions.doing import Doing
    from readlater.ui.reader.view import ReaderView

# The one that is looked at, and those before and after it.
_KEPT: Final = 3


class PictureDesk(QObject):
    """What is decoded is kept while its neighbours are looked at; the page is left as it is."""

    def __init__(self, deeds: Doing) -> None:
        super().__init__(deeds)
        self._deeds, self._window = deeds, deeds.window
        self._view: ReaderView | None = None
        self._article: Article | None = None
        self._shown: tuple[Shown, ...] = ()
        self._at = 0
        self._held: OrderedDict[str, Decoded | None] = OrderedDict()
        self._coming: set[str] = set()
        self._had_keys: QWidget | None = None
        self.sheet: PictureSheet | None = None
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.PicturesLocation
        )

    def wire(self, view: ReaderView) -> None:
        """Hear which picture of a page was clicked; more than once for one view does nothing."""
        if view is not self._view:
            self._view = view
            view.picture_clicked.connect(self.open)
            view.picture_wanted.connect(self._on_wanted)

    def open_current(self) -> None:
        """Open the picture that has the focus, or the one in view."""
        if self._view is not None and self._window.reader_pane.is_reading:
            self._view.ask_page("pictures.current", self._on_current)

    def _on_current(self, found: object) -> None:
        if isinstance(found, int | float) and found >= 0:
            self.open(int(found))
        else:
            self._deeds.say(self.tr("This article has no pictures that were saved."))

    def open(self, number: int) -> None:
        """Open a picture by its number in the text, from 0."""
        self._list(lambda shown: self._open(shown, number))

    def _list(self, use: Callable[[tuple[Shown, ...]], None]) -> None:
        """Ask the page for its pictures, and the library for their addresses."""
        article, view = self._window.opening.article, self._view
        if article is None or view is None:
            return
        reading = self._deeds.library.reading

        def heard(answer: object) -> None:
            found = json.loads(answer) if isinstance(answer, str) and answer else []

            def done(addresses: dict[str, str]) -> None:
                self._article = article
                use(tuple(Shown(d, c, a, addresses.get(d, "")) for d, c, a in found))

            self._deeds.jobs.run(lambda: reading.picture_addresses(article.id), done)

        view.ask_page("pictures.list", heard)

    # large

    def _open(self, shown: tuple[Shown, ...], number: int) -> None:
        if not 0 <= number < len(shown) or self.sheet is not None:
            return
        self._shown, self._at = shown, number
        self._had_keys = QApplication.focusWidget()
        sheet = self.sheet = PictureSheet(self._window)
        sheet.stepped.connect(self._step)
        sheet.deed.connect(lambda deed: self._do(deed, self._shown[self._at]))
        sheet.closed.connect(self._on_closed)
        self._show()
        sheet.open()

    def _step(self, by: int) -> None:
        at = max(0, min(len(self._shown) - 1, self._at + by))
        if at != self._at:
            self._at = at
            self._show()

    def _show(self) -> None:
        sheet, shown = self.sheet, self._shown[self._at]
        if sheet is None:
            return
        caption = shown.caption or shown.alt
        sheet.show_picture(
            self._at + 1,
            len(self._shown),
            shown.alt or shown.caption,
            caption=caption,
            is_on_web=shown.address.startswith(("http://", "https://")),
        )
        if shown.digest in self._held:
            self._held.move_to_end(shown.digest)
            sheet.fill(self._held[shown.digest])
        for near in (self._at, self._at + 1, self._at - 1):
            if 0 <= near < len(self._shown):
                self._want(self._shown[near].digest)

    def _want(self, digest: str) -> None:
        if digest in self._held or digest in self._coming:
            return
        self._coming.add(digest)
        reading = self._deeds.library.reading

        def work() -> tuple[bool, Decoded | None]:
            if digest not in self._near():  # turned over before its turn came
                return False, None
            got = reading.asset(digest)
            return True, decoded(*got) if got is not None else None

        self._deeds.jobs.aside(work, lambda made: self._on_decoded(digest, *made))

    def _near(self) -> set[str]:
        """The picture that is looked at and its neighbours."""
        return {shown.digest for shown in self._shown[max(0, self._at - 1) : self._at + 2]}

    def _on_decoded(self, digest: str, was_near: bool, picture: Decoded | None) -> None:
        self._coming.discard(digest)
        near = self._near()
        if self.sheet is None:
            return
        if not was_near:
            if digest in near:
                self._want(digest)
            return
        self._held[digest] = picture
        if self._shown[self._at].digest == digest:
            self.sheet.fill(picture)
        for old in [held for held in self._held if held not in near]:
            if len(self._held) > _KEPT:
                del self._held[old]

    def _on_closed(self) -> None:
        sheet, self.sheet = self.sheet, None
        self._held.clear()
        if sheet is not None:
            sheet.deleteLater()
        if self._had_keys is not None and self._had_keys.isVisible():
            self._had_keys.setFocus()
        elif self._view is not None:
            self._view.focus_page()

    # deeds

    def _on_wanted(self, deed: str, digest: str) -> None:
        def use(shown: tuple[Shown, ...]) -> None:
            at = next((i for i, one in enumerate(shown) if one.digest == digest), -1)
            if at < 0:
                return
            if deed == "open":
                self._open(shown, at)
            else:
                self._shown, self._at = shown, at
                self._do(deed, shown[at])

        self._list(use)

    def _do(self, deed: str, shown: Shown) -> None:
        if deed == "copy":
            self._copy(shown)
        elif deed == "save":
            self._save(shown)
        elif deed == "copy_address":
            QGuiApplication.clipboard().setText(shown.address)
            self._deeds.say(self.tr("Address copied"))
        elif deed == "web":
            self._deeds.open_link(shown.address)

    def _copy(self, shown: Shown) -> None:
        reading = self._deeds.library.reading

        def work() -> Decoded | None:
            got = reading.asset(shown.digest)
            return decoded(*got) if got is not None else None

        def done(picture: Decoded | None) -> None:
            if picture is None:
                self._deeds.say(self.tr("This picture cannot be copied. Save it instead."))
                return
            QGuiApplication.clipboard().setImage(picture.levels[0])
            self._deeds.say(self.tr("Picture copied"))

        held = self._held.get(shown.digest)
        if held is not None:
            done(held)
        else:
            self._deeds.jobs.aside(work, done)

    def _save(self, shown: Shown) -> None:
        """Ask where to, and save the file as the publisher sent it."""
        reading, number = self._deeds.library.reading, self._at + 1

        def ask(got: tuple[bytes, str] | None) -> None:
            if got is None:
                self._deeds.fail(InputError("picture_lost"))
                return
            body, media_type = got
            ending = ENDINGS.get(media_type, "")
            title = said.title(self._article) if self._article is not None else ""
            dialog = QFileDialog(self._window, self.tr("Save the picture"), self._folder)
            dialog.setObjectName("save_picture")
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setFileMode(QFileDialog.FileMode.AnyFile)
            dialog.setDefaultSuffix(ending)
            dialog.selectFile(
                file_name(picture_name(shown, title, number), ending, fallback="picture")
            )
            dialog.fileSelected.connect(lambda name: self._write(Path(name), body))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._deeds.jobs.run(lambda: reading.asset(shown.digest), ask)

    def _write(self, path: Path, body: bytes) -> None:
        self._folder = str(path.parent)
        self._deeds.jobs.aside(
            lambda: write_file(path, body), self._deeds.say_saved, self._deeds.fail
        )
