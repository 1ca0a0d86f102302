"""All links of an article: one chooses those to save, or opens one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from readlater.library.article_links import ArticleLink
from readlater.library.shown_address import shown_address
from readlater.ui.theme import Theme
from readlater.ui.views.link_rows import LINK_ROLE, LinkRows
from readlater.ui.views.search_field import SearchField

_WIDTH_PX, _NARROWEST_PX, _BESIDE_PX = 560, 360, 32
# What stands round the rows: margins, the field, the hint and the buttons.
_ROUND_ROWS_PX = 154


class LinksDialog(QDialog):
    """`save_wanted` carries the chosen addresses, `open_wanted` one."""

    save_wanted = Signal(tuple)
    open_wanted = Signal(str)

    def __init__(self, theme: Theme, links: Sequence[ArticleLink], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Links of the article"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Links"))
        self.list.setItemDelegate(LinkRows(theme, self.list))
        self.list.setStyleSheet(f"QListWidget {{ background: {theme.colours.canvas}; border: 0; }}")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for link in links:
            self.list.addItem(self._item(link))
        self.filter = SearchField(theme)
        self.filter.setPlaceholderText(self.tr("Filter by words or address"))
        self.filter.setAccessibleName(self.tr("Filter by words or address"))
        self.filter.textChanged.connect(self._on_filter)
        self.filter.left.connect(self.list.setFocus)
        self.filter.entered.connect(lambda _words: self.list.setFocus())
        self.list.itemChanged.connect(lambda _item: self._count())
        self.list.itemActivated.connect(
            lambda item: self.open_wanted.emit(item.data(LINK_ROLE).url)
        )
        held = sum(bool(link.held) for link in links)
        said = self.tr("Space chooses, Enter opens")
        if held:
            many = self.tr("%Ln of the links are in your library", "", held)
            said += " · " + (self.tr("1 link is in your library") if held == 1 else many)
        hint = QLabel(said if links else self.tr("This article has no links."))
        hint.setStyleSheet(f"color: {theme.colours.quiet};")
        buttons = QDialogButtonBox()
        self.all = buttons.addButton(self.tr("Choose all"), QDialogButtonBox.ButtonRole.ResetRole)
        self.save = buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.all.clicked.connect(self._choose_all)
        for of_links in (self.filter, self.list, self.all, self.save):
            of_links.setVisible(bool(links))
        buttons.accepted.connect(self._on_save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        for widget in (self.filter, self.list, hint, buttons):
            column.addWidget(widget)
        if links:
            rows_px = len(links) * self.list.sizeHintForRow(0)
            width = max(_NARROWEST_PX, min(_WIDTH_PX, parent.window().width() - _BESIDE_PX))
            self.resize(width, min(460, max(220, rows_px + _ROUND_ROWS_PX)))
            self.list.setCurrentRow(0)
            self.list.setFocus()
        self._count()

    def chosen(self) -> tuple[str, ...]:
        """The addresses with a tick, in order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return tuple(item.data(LINK_ROLE).url for item in ticked)

    def _item(self, link: ArticleLink) -> QListWidgetItem:
        shown = shown_address(link.url)
        item = QListWidgetItem(f"{link.text or shown}\n{shown}")
        item.setData(LINK_ROLE, link)
        item.setToolTip(shown)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        return item

    def _choose_all(self) -> None:
        """Tick all in sight that one has not; all are ticked already: none."""
        items = [self.list.item(row) for row in range(self.list.count())]
        new = [i for i in items if not i.isHidden() and not i.data(LINK_ROLE).held]
        done = all(item.checkState() == Qt.CheckState.Checked for item in new)
        state = Qt.CheckState.Unchecked if done else Qt.CheckState.Checked
        for item in new:
            item.setCheckState(state)

    def _on_filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for item in (self.list.item(row) for row in range(self.list.count())):
            said = f"{item.text()} {item.data(LINK_ROLE).url}".casefold()
            item.setHidden(not all(word in said for word in wanted))

    def _count(self) -> None:
        count = len(self.chosen())
        number = QLocale().toString(count)
        many = self.tr("Save %1 links") if count != 1 else self.tr("Save %1 link")
        self.save.setText(many.replace("%1", number) if count else self.tr("Save"))
        self.save.setEnabled(bool(count))

    def _on_save(self) -> None:
        self.save_wanted.emit(self.chosen())
        self.accept()
