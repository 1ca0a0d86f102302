"""Gives an article another address, or a saved page the one it came from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from readlater.article import Article
from readlater.library.intake import Offer, decide
from readlater.ui.models import said
from readlater.ui.theme import Theme, sized


class AddressDialog(QDialog):
    """`given` carries the address; the caller closes the dialog once it was taken, or `refuse`s."""

    given = Signal(str)

    def __init__(self, theme: Theme, article: Article, parent: QWidget, *, asks: bool) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(
            self.tr("Where is this page from?") if asks else self.tr("Edit address")
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        name = QLabel(said.title(article) or self.tr("Saved page"))
        name.setWordWrap(True)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setFont(sized(self.font(), 1, weight=name.font().Weight.DemiBold))
        about = QLabel(
            self.tr("The file does not say which address it was saved from.")
            if asks
            else self.tr("The article is fetched anew from the address you give.")
        )
        about.setStyleSheet(f"color: {theme.colours.quiet};")
        about.setWordWrap(True)
        self.field = QLineEdit(article.url)
        self.field.setPlaceholderText("https://")
        self.field.setAccessibleName(self.tr("Address"))
        self.field.selectAll()
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.setStyleSheet(f"color: {theme.colours.danger};")
        self._problem.hide()
        self._buttons = QDialogButtonBox()
        self.save = self._buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        later = self.tr("Later") if asks else self.tr("Cancel")
        self._buttons.addButton(later, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        for widget in (name, about, self.field, self._problem):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(self._buttons)
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)
        self.field.textChanged.connect(self._on_text)
        self.save.setDefault(True)
        self._on_text(self.field.text())

    @property
    def problem(self) -> str:
        """Why the address was not taken; "" while nothing is wrong."""
        return "" if self._problem.isHidden() else self._problem.text()

    def refuse(self, sentence: str) -> None:
        """Say why the address was not taken, and let it be mended."""
        self._problem.setText(sentence)
        self._problem.show()
        self.field.setFocus()

    def _on_text(self, text: str) -> None:
        self._problem.hide()
        self.save.setEnabled(bool(text.strip()))

    def _on_accepted(self) -> None:
        text = self.field.text().strip()
        links = decide(Offer(text=text)).links
        self.given.emit(links[0] if len(links) == 1 else text)
