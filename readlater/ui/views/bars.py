"""The bar over a pane: its buttons, and the line under it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from readlater.ui.theme import CORNER_PX, Colours, Theme, of_page

HEIGHT_PX: Final = 48
_BUTTON: Final = QSize(36, 32)
_DISABLED: Final = 0.35


class Bar(QWidget):
    """A row of buttons on `surface` or `canvas`, 48 px high with its line."""

    def __init__(self, theme: Theme, ground: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._ground = theme, ground
        self._page: Colours | None = None
        self.setFixedHeight(HEIGHT_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 1)
        row.setSpacing(4)
        self._row = row
        self._buttons: list[QToolButton] = []
        theme.changed.connect(self.update)

    def add_action(self, action: QAction, *, menu: QMenu | None = None) -> QToolButton:
        """A button for an action, named and explained by it; `menu` opens under it."""
        button = BarButton(self)
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

    def set_page_theme(self, theme: str) -> None:
        """Be one sheet with the page under it, in the page's colours; "" is the window's own."""
        self._page = of_page(theme) if theme else None
        self.update()

    def colour(self, name: str) -> QColor:
        """The colour called `name` in what the bar wears."""
        return (self._page or self._theme.colours).colour(name)

    @property
    def is_of_the_page(self) -> bool:
        """Whether the bar wears the page's colours."""
        return self._page is not None

    def recoloured(self, ink: QColor) -> QColor:
        """What stands for `ink`, the window's accent or its quiet colour, on the page."""
        held = self._theme.colours
        return self.colour(min("quiet", "accent", key=lambda name: _apart(ink, held.colour(name))))

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
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.colour("canvas" if self._page else self._ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.colour("line"))


class BarButton(QToolButton):
    """A button of a bar; over a page of other colours it paints its icon in those."""

    def __init__(self, bar: Bar) -> None:
        super().__init__(bar)
        self._bar = bar

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bar.is_of_the_page:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            shade = self._bar.colour("text")
            shade.setAlphaF(0.16 if self.isDown() else 0.08)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
            painter.drawRoundedRect(body, CORNER_PX, CORNER_PX)
        if self.hasFocus():
            painter.setPen(QPen(self._bar.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body, CORNER_PX, CORNER_PX)
        painter.setOpacity(1.0 if self.isEnabled() else _DISABLED)
        picture = self._coloured()
        side = self.iconSize().width()
        at = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.drawPixmap(at, picture, QRectF(picture.rect()))

    def _coloured(self) -> QPixmap:
        """The icon, with its accent or its quiet colour changed for the page's."""
        picture = self.icon().pixmap(self.iconSize(), self.devicePixelRatioF())
        drawn = picture.toImage()
        inked = (
            drawn.pixelColor(x, y) for y in range(drawn.height()) for x in range(drawn.width())
        )
        ink = max(inked, key=QColor.alpha, default=QColor())
        painter = QPainter(picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(picture.rect(), self._bar.recoloured(ink))
        painter.end()
        return picture


def _apart(one: QColor, other: QColor) -> int:
    return sum(
        abs(a - b)
        for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    )


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
