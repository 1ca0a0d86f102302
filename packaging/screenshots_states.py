"""How the window comes into each state that is drawn: one function a state, by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPlainTextEdit, QWidget
from screenshots_library import rows
from screenshots_studio import NotReachedError, Studio
from screenshots_table import Shot

from readlater.article import Place, View
from readlater.ui.views.raised import Popup

Undo = Callable[[], None]
State = Callable[[Studio, Shot], Undo | None]
STATES: Final[dict[str, State]] = {}
_APPLICATION_WORLD: Final = 1


def draw(studio: Studio, shot: Shot) -> Undo | None:
    """Bring the window into the state of a shot; what is given back undoes it in the library."""
    studio.wear(shot)
    subject = shot.subject
    if subject.article and subject.state not in _WITHOUT_ARTICLE:
        studio.open(subject.article, down=subject.down)
    state = STATES.get(subject.state)
    undo = state(studio, shot) if state is not None else None
    if subject.alone:
        studio.window.arranging.read_quietly(on=True)
        studio.rest(80)
        studio.page.restore(subject.down)
    if subject.state == "note_popup":
        _press(studio, "sup a")
    return undo


_WITHOUT_ARTICLE: Final = ("list", "places", "search", "orders")


def _state(draw_it: State) -> State:
    STATES[draw_it.__name__.strip("_")] = draw_it
    return draw_it


def _doing(name: str, action: str, kind: type[QWidget]) -> None:
    """A state that an action of the menus brings about, once something floats."""

    def do(studio: Studio, _shot: Shot) -> None:
        studio.trigger(action)
        studio.floating(kind)

    STATES[name] = do


_doing("typography", "view.typography", Popup)
_doing("outline", "view.outline", Popup)
_doing("tags", "article.tags", Popup)
_doing("removed", "article.removed", QDialog)
_doing("settings", "file.settings", QDialog)
_doing("shortcuts", "help.shortcuts", QDialog)
_doing("about", "help.about", QDialog)
_doing("address", "article.edit_address", QDialog)
_doing("links", "article.all_links", QDialog)


@_state
def _sidebar_folded(studio: Studio, shot: Shot) -> None:
    if shot.width_px >= 900:
        studio.window.arranging.fold_sidebar()


@_state
def _access(studio: Studio, _shot: Shot) -> None:
    studio.trigger("article.access")
    studio.floating(Popup)


@_state
def _list(studio: Studio, _shot: Shot) -> None:
    studio.bring_list()
    studio.window.list_pane.cards.choose_row(0)


@_state
def _places(studio: Studio, shot: Shot) -> None:
    studio.bring_list()
    if shot.width_px < 900:
        studio.window.arranging.fold_sidebar()


@_state
def _orders(studio: Studio, _shot: Shot) -> None:
    studio.bring_list()
    pane = studio.window.list_pane
    button = pane.sort_button
    menu = button.menu()
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))


@_state
def _search(studio: Studio, shot: Shot) -> None:
    _seek(studio, "harbour wall")
    if shot.width_px >= 600:
        studio.open(shot.subject.article)


@_state
def _search_empty(studio: Studio, _shot: Shot) -> None:
    _seek(studio, "lighthouse kittens", Place.FAVOURITES)


def _seek(studio: Studio, words: str, place: Place = Place.ALL) -> None:
    window = studio.window
    studio.bring_list()
    window.choose(View(place))
    window.focus_search()
    field = window.list_pane.search
    studio.until(field.hasFocus, "giving the search field the focus")
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)
    studio.until(lambda: window.view().query == words, "searching")
    studio.rest(250)


@_state
def _saving(studio: Studio, _shot: Shot) -> None:
    _save(studio, "bakersguild")
    studio.open("bakersguild")


@_state
def _failed(studio: Studio, _shot: Shot) -> None:
    _save(studio, "gonemagazine")
    studio.until(lambda: str(rows(studio.library)["gonemagazine"].status) == "failed", "failing")
    studio.open("gonemagazine")


def _save(studio: Studio, host: str) -> None:
    studio.library.saving.add([f"https://{host}.example/lost"])
    studio.fetch()
    studio.until(lambda: host in rows(studio.library), "saving")
    studio.rest(150)


@_state
def _toast(studio: Studio, _shot: Shot) -> Undo:
    studio.trigger("article.archive")
    toast = studio.parts.actions.deeds.toast
    studio.until(lambda: bool(toast.text), "the toast")
    studio.rest(600)  # the next article opens once one has rested on it
    return lambda: studio.parts.actions.deeds.undo()


@_state
def _drop(studio: Studio, _shot: Shot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl(f"https://coast.example/{number}") for number in range(3)])
    enter = QDragEnterEvent(
        studio.window.rect().center(),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(studio.window, enter)


@_state
def _add(studio: Studio, _shot: Shot) -> None:
    studio.trigger("file.add")
    dialog = studio.floating(QDialog)
    field = dialog.findChild(QPlainTextEdit)
    if field is not None:
        field.setPlainText("https://tidewatch.example/pilots\nhttps://slowworks.example/bells")


@_state
def _menu(studio: Studio, _shot: Shot) -> None:
    window = studio.window
    studio.bring_list()
    cards = window.list_pane.cards
    at = cards.mapToGlobal(QPoint(150, 90))
    window.menu_wanted.emit(at)
    studio.floating(QMenu)


@_state
def _several(studio: Studio, _shot: Shot) -> None:
    window = studio.window
    cards = window.list_pane.cards
    studio.bring_list()
    cards.choose_row(0)
    QTest.keyClick(cards, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(cards, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)


@_state
def _find(studio: Studio, _shot: Shot) -> None:
    studio.page.focus_page()
    studio.trigger("edit.find")
    field = QApplication.focusWidget()
    if not isinstance(field, QLineEdit):
        raise NotReachedError("the field did not get the focus")
    QTest.keyClicks(field, "light")
    studio.rest(200)


@_state
def _highlights(studio: Studio, _shot: Shot) -> None:
    studio.trigger("view.highlights_panel")


@_state
def _highlights_page(studio: Studio, _shot: Shot) -> None:
    studio.trigger("go.all_highlights")
    studio.rest(200)


@_state
def _highlight_bar(studio: Studio, _shot: Shot) -> None:
    # A click on a highlight is a click on its first letter: the page knows none by selector.
    desk = studio.parts.actions.deeds.highlights
    studio.until(lambda: bool(desk.painted.highlights) and desk.bar is not None, "painting")
    for _ in range(2):
        studio.page.focus_page()
        studio.trigger("go.next_highlight")
        studio.rest(150)


@_state
def _note_sheet(studio: Studio, _shot: Shot) -> None:
    desk = studio.parts.actions.deeds.highlights
    studio.until(lambda: bool(desk.painted.highlights), "painting")
    desk.do("note", desk.painted.highlights[0])
    studio.floating(Popup)


def _press(studio: Studio, selector: str) -> None:
    """A real click on what `selector` finds in the page."""
    from PySide6.QtWebEngineWidgets import QWebEngineView

    studio.rest(150)
    engine = studio.page.focusProxy()
    target = engine.focusProxy() if isinstance(engine, QWebEngineView) else None
    if not isinstance(engine, QWebEngineView) or target is None:
        raise NotReachedError("there is no page")
    found: list[str] = []
    engine.page().runJavaScript(
        f"(() => {{ const r = document.querySelector('{selector}').getBoundingClientRect();"
        " return `${r.x + r.width / 2} ${r.y + r.height / 2}` })()",
        _APPLICATION_WORLD,
        found.append,
    )
    studio.until(lambda: bool(found), "asking the page")
    at = QPoint(*(round(float(part)) for part in found[0].split()))
    QTest.mouseMove(target, at + QPoint(20, 0))
    studio.rest(100)
    QTest.mouseMove(target, at)
    studio.rest(150)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=at)
    studio.rest(200)
