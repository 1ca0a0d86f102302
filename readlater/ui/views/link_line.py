"""The true address of the link under the pointer or the keys, in the corner of the page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from readlater.library.shown_address import shown_address
from readlater.ui.theme import Theme, sized

_EDGE_PX: Final = 6
_SHARE: Final = 0.8


class LinkLine(QLabel):
    """Stands at the lower edge of `page`; "" takes it away."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._theme, self._page, self._address, self._said = theme, page, "", ""
        self._held: frozenset[str] = frozenset()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(sized(self.font(), -1))
        self.setContentsMargins(8, 3, 8, 3)
        page.installEventFilter(self)
        theme.changed.connect(self._wear)
        self._wear()
        self.hide()

    @property
    def address(self) -> str:
        """The whole address that is shown."""
        return self._address

    def hold(self, addresses: Collection[str]) -> None:
        """Say of these addresses that one has what they lead to."""
        self._held = frozenset(addresses)

    def say(self, address: str) -> None:
        """Show an address, cut in its middle where it is too long: its host stays in sight."""
        self._address, self._said = address, shown_address(address)
        if address in self._held:
            self._said += f" · {self.tr('in your library')}"
        self.setVisible(bool(address))
        if address:
            self._place()
            self.raise_()

    def _place(self) -> None:
        room = round(self._page.width() * _SHARE)
        text = self.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideMiddle, room)
        self.setText(text)
        self.adjustSize()
        left = _EDGE_PX
        if self.isRightToLeft():
            left = self._page.width() - self.width() - _EDGE_PX
        self.move(left, self._page.height() - self.height() - _EDGE_PX)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._address:
            self._place()
        return False

    def _wear(self) -> None:
        wear = self._theme.colours
        self.setStyleSheet(
            f"QLabel {{ background: {wear.raised}; color: {wear.quiet};"
            f" border: 1px solid {wear.line}; border-radius: 6px; }}"
        )
