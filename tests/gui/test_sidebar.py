"""The sidebar: its rows, its keys, and what it says to those who do not see it."""

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from readlater.article import Counts, Place, View
from readlater.ui.models.places import PlacesModel, rows, tag_colour
from readlater.ui.theme import Theme
from readlater.ui.views.sidebar import ROW_PX, TAG_PX, Sidebar

COUNTS = Counts(
    {Place.UNREAD: 212, Place.ARCHIVE: 1014, Place.ALL: 1284, Place.PREVIEWS: 9, Place.FAILED: 2},
    (("cities", 42), ("climate", 64), ("climate-law", 3), ("climate/energy", 30), ("a/b", 1)),
)


@pytest.fixture
def sidebar(qtbot) -> Sidebar:
    made = Sidebar(Theme("light"))
    qtbot.addWidget(made)
    made.resize(220, 700)
    made.show()
    made.set_counts(COUNTS)
    return made


def texts(counts: Counts) -> list[str]:
    return [row.text for row in rows(counts)]


def test_attention_and_tags_show_only_when_they_hold_something():
    assert texts(Counts({})) == [
        "Unread",
        "Continue",
        "Favourites",
        "Archive",
        "All",
        "",
        "Trash",
    ]
    some = texts(Counts({Place.FAILED: 1}, (("x", 1),)))
    assert some[5:] == ["Attention", "Failed", "Tags", "x", "", "Trash"]


def test_tags_stand_under_their_parents():
    tags = [(row.text, row.depth) for row in rows(COUNTS) if row.place is Place.TAG]
    assert tags == [
        ("a/b", 0),
        ("cities", 0),
        ("climate", 0),
        ("energy", 1),
        ("climate-law", 0),
    ]


def test_keys_pass_over_headings(sidebar, qtbot):
    chosen = []
    sidebar.place_chosen.connect(chosen.append)
    for _ in range(6):
        qtbot.keyClick(sidebar, Qt.Key.Key_Down)
    places = [view.place for view in chosen[1:]]
    assert places == [Place.FAVOURITES, Place.ARCHIVE, Place.ALL, Place.PREVIEWS, Place.FAILED]
    qtbot.keyClick(sidebar, Qt.Key.Key_Down)
    assert chosen[-1] == View(Place.TAG, "a/b")


def test_a_click_chooses_a_tag(sidebar, qtbot):
    row = sidebar.places.row_of(View(Place.TAG, "climate/energy"))
    middle = sidebar.visualRect(sidebar.places.index(row)).center()
    with qtbot.waitSignal(sidebar.place_chosen) as said:
        qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert said.args == [View(Place.TAG, "climate/energy")]


def test_numbers_that_change_keep_the_choice_and_ask_nothing(sidebar):
    sidebar.show_view(View(Place.ARCHIVE))
    chosen = []
    sidebar.place_chosen.connect(chosen.append)
    sidebar.set_counts(Counts({Place.ARCHIVE: 1}))
    assert sidebar.places.row(sidebar.currentIndex().row()).place is Place.ARCHIVE
    sidebar.set_counts(Counts({Place.ARCHIVE: 2, Place.FAILED: 1}, (("new", 1),)))
    assert sidebar.places.row(sidebar.currentIndex().row()).place is Place.ARCHIVE
    assert chosen == []


def test_a_tag_that_went_leaves_nothing_chosen(sidebar):
    sidebar.show_view(View(Place.TAG, "cities"))
    sidebar.set_counts(Counts({}))
    assert not sidebar.selectionModel().hasSelection()


def test_rows_are_as_high_as_a_finger_wants(sidebar):
    def height(view: View) -> int:
        return sidebar.visualRect(sidebar.places.index(sidebar.places.row_of(view))).height()

    assert height(View(Place.UNREAD)) == ROW_PX == 30
    assert height(View(Place.TAG, "cities")) == TAG_PX == 28


def test_screen_readers_hear_name_and_number(sidebar):
    row = sidebar.places.index(sidebar.places.row_of(View(Place.ARCHIVE)))
    number = QLocale().toString(1014)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == f"Archive, {number}"
    assert sidebar.accessibleName() == "Places"


def test_a_tag_offers_a_menu_and_a_heading_none(sidebar):
    asked = []
    sidebar.tag_menu.connect(lambda name, at: asked.append((name, at)))

    def menu_at(row: int) -> None:
        spot = sidebar.visualRect(sidebar.places.index(row)).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, QPoint(7, 8))
        QApplication.sendEvent(sidebar.viewport(), event)

    tag = sidebar.places.row_of(View(Place.TAG, "cities"))
    menu_at(tag)
    menu_at(tag - 2)  # the heading above the tags
    assert asked == [("cities", QPoint(7, 8))]


def test_a_dot_has_its_colour_for_good():
    assert tag_colour("Climate", dark=False) == tag_colour("climate", dark=False)
    assert tag_colour("climate", dark=False) != tag_colour("climate", dark=True)


def test_keeps_the_contract_of_qt_models(qapp, qtmodeltester):
    model = PlacesModel()
    qtmodeltester.check(model)
    model.set_counts(COUNTS)
    model.set_counts(Counts({Place.UNREAD: 5}))
