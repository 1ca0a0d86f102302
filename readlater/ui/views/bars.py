"""The bar over a pane: its buttons, and the line under it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from readlater.ui.theme import Theme

HEIGHT_PX: Final = 48
_BUTTON: Final = QSize(36, 32)


class Bar(QWidget):
    """A row of buttons on `surface` or `canvas`, 48 px high with its line."""

    def __init__(self, theme: Theme, ground: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._ground = theme, ground
        self._page_ground = ""
        self.setFixedHeight(HEIGHT_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 1)
        row.setSpacing(4)
        self._row = row
        self._buttons: list[QToolButton] = []
        theme.changed.connect(self.update)

    def add_action(self, action: QAction, *, menu: QMenu | None = None) -> QToolButton:
        """A button for an action, named and explained by it; `menu` opens under it."""
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setIconSize(QSize(16, 16))
        button.setFixedSize(_BUTTON)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text().replace("&", ""))
        if menu is not None:
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._row.addWidget(button)
        self._buttons.append(button)
        return button

    def add_first(self, action: QAction) -> QToolButton:
        """A button at the beginning of the row."""
        button = self.add_action(action)
        self._row.removeWidget(button)
        self._row.insertWidget(0, button)
        self._buttons.remove(button)  # it comes and goes with the panes
        return button

    def show_buttons(self, *, shown: bool) -> None:
        """Hide the buttons while there is nothing that they could do."""
        for button in self._buttons:
            button.setVisible(shown)

    def set_page_ground(self, colour: str) -> None:
        """Wear the `#rrggbb` of the page under it; "" is the bar's own."""
        self._page_ground = colour
        self.update()

    def add_widget(self, widget: QWidget) -> None:
        """A widget of one's own in the row."""
        self._row.addWidget(widget)

    def add_space(self) -> None:
        """Push what follows to the other end."""
        space = QWidget(self)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row.addWidget(space)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self._theme.colours
        ground = QColor(self._page_ground or getattr(colours, self._ground))
        painter.fillRect(self.rect(), ground)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.colour("line"))


class Foot(QLabel):
    """A quiet line at the foot of the sidebar; it takes no room while it has nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setContentsMargins(18, 8, 18, 10)
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.changed.connect(self._wear)
        self._wear()
        self.say("")

    def say(self, text: str) -> None:
        """Show `text`, or nothing."""
        self.setText(text)
        self.setVisible(bool(text))

    def _wear(self) -> None:
        colours = self._theme.colours
        sheet = f"QLabel {{ background: {colours.surface}; color: {colours.quiet}; }}"
        self.setStyleSheet(sheet)
