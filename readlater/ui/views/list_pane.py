"""The middle pane: search and order on top, the cards, and a kind sentence when there are none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFont, QResizeEvent
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readlater.article import Place, Sort, View
from readlater.ui.icons import icon
from readlater.ui.models import said
from readlater.ui.models.articles import ArticlesModel
from readlater.ui.theme import Theme, sized
from readlater.ui.views.article_list import ArticleList
from readlater.ui.views.bars import Bar
from readlater.ui.views.even_label import EvenLabel
from readlater.ui.views.search_field import SearchField

if TYPE_CHECKING:
    from readlater.ui.models.thumbnails import Thumbnails

_NOTE_WIDTH_PX: Final = 280


class Note(QWidget):
    """A heading and a sentence in the middle of an empty pane, with at most one button."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heading, self._text = EvenLabel(), EvenLabel()
        self.button = QPushButton()
        self.button.clicked.connect(self.pressed)
        self._box = box = QVBoxLayout(self)
        box.setSpacing(8)
        box.addStretch(2)
        for label in (self._heading, self._text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            box.addWidget(label)
        box.addSpacing(8)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
        theme.changed.connect(self._wear)
        self._wear()

    def say(self, heading: str, text: str, button: str = "") -> None:
        """Show these words; no button when it has none."""
        self._heading.setText(heading)
        self._heading.setVisible(bool(heading))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{heading} {text}")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(24, (self.width() - _NOTE_WIDTH_PX) // 2)
        self._box.setContentsMargins(side, 0, side, 32)

    def _wear(self) -> None:
        self._heading.setFont(sized(self.font(), 1, weight=QFont.Weight.DemiBold))
        self._text.setStyleSheet(f"color: {self._theme.colours.quiet};")


class ListPane(QWidget):
    """The bar over the list and the list of a `View`; `view_wanted` when a person asks for one."""

    view_wanted = Signal(object)

    def __init__(
        self,
        model: ArticlesModel,
        theme: Theme,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._theme = model, theme
        self.bar = Bar(theme, "canvas")
        self.search = SearchField(theme)
        self.cards = ArticleList(model, theme, thumbnails)
        self._note = Note(theme)
        self._blank = False
        self.bar.add_widget(self.search)
        self._make_sort_button()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.cards)
        self._stack.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack)
        self._connect()

    def _connect(self) -> None:
        self.search.typed.connect(self._on_typed)
        self.search.entered.connect(self._on_entered)
        self.search.left.connect(self._on_left)
        self._note.pressed.connect(self._on_search_everything)
        self._model.reloaded.connect(self._on_reloaded)
        self._theme.changed.connect(self._wear)
        self._wear()

    def _make_sort_button(self) -> None:
        self._sort = QAction(self.tr("Sort"), self)
        self.sort_menu = QMenu(self.tr("Sort"), self)
        group = QActionGroup(self)
        self._orders: dict[Sort, QAction] = {}
        for order in Sort:
            action = self.sort_menu.addAction(said.sort(order))
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _checked, to=order: self._on_sort(to))
            self._orders[order] = action
        self.sort_button = self.bar.add_action(self._sort, menu=self.sort_menu)

    def show_view(self, view: View) -> None:
        """Show a view that was chosen: in the list, the field and the order's menu."""
        self._model.set_view(view)
        if self.search.text().strip() != view.query:
            self.search.set_query(view.query)
        self._orders[view.sort].setChecked(True)

    @property
    def is_blank(self) -> bool:
        """Whether the library is quite empty, so that the list has nothing to say."""
        return self._blank

    def set_blank(self, *, blank: bool) -> bool:
        """Say nothing where the library is quite empty; True when that is news."""
        is_news = blank != self._blank
        self._blank = blank
        self._on_reloaded()
        return is_news

    def focus_search(self) -> None:
        """Put the cursor into the search field, all of it selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @property
    def note(self) -> str:
        """What is said in place of cards; "" while there are cards."""
        return self._note.accessibleName() if self._stack.currentWidget() is self._note else ""

    @property
    def note_button(self) -> QPushButton:
        """The button under what is said in place of cards."""
        return self._note.button

    def _on_typed(self, text: str) -> None:
        self.view_wanted.emit(replace(self._model.view, query=text))

    def _on_entered(self, text: str) -> None:
        self._on_typed(text)
        self._model.rank()
        if self._model.rowCount():
            self._on_left()

    def _on_left(self) -> None:
        self.cards.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.cards.currentIndex().row() < 0:
            self.cards.choose_row(0)

    def _on_sort(self, order: Sort) -> None:
        self.view_wanted.emit(replace(self._model.view, sort=order))

    def _on_search_everything(self) -> None:
        view = self._model.view
        self.view_wanted.emit(View(Place.ALL, "", view.sort, view.query))
        self.focus_search()

    def _on_reloaded(self) -> None:
        view = self._model.view
        if self._model.rowCount() or self._blank:
            self._stack.setCurrentWidget(self.cards)
            return
        if view.query:
            words = said.empty_search(view.query, view.place, view.tag)
            more = "" if view.place is Place.ALL else self.tr("Search everything")
        else:
            words, more = said.empty_place(view.place, view.tag), ""
        self._note.say(*words, more)
        if self.cards.hasFocus():
            self._note.setFocus()
        self._stack.setCurrentWidget(self._note)

    def _wear(self) -> None:
        self._sort.setIcon(icon("list-filter", self._theme.colours.colour("quiet"), 16))
        self.sort_button.setIconSize(QSize(16, 16))
