"""The list keeps its place by article, with keys, deeds, heights and pictures."""

import pytest
from fakes.library import FakeLibrary, article
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication
from stage import colours_of, list_stage

from readlater.article import Access, Changes, Place, Problem, Progress, Status, View
from readlater.ui.theme import LIGHT

LONG = "A title so long that it certainly takes two lines of the narrow list, and more"
FLAG = QItemSelectionModel.SelectionFlag


def many(count: int) -> FakeLibrary:
    return FakeLibrary(
        article(i, LONG if i % 3 else f"Short {i}", excerpt="Words. " * (i % 20))
        for i in range(1, count + 1)
    )


def picture(colour: str) -> bytes:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    raw = QByteArray()
    buffer = QBuffer(raw)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(raw.data())


def test_keys_go_through_the_list_and_open(qtbot):
    stage = list_stage(many(30), qtbot)
    chosen, opened = [], []
    stage.cards.chosen.connect(chosen.append)
    stage.cards.opened.connect(opened.append)
    for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_Down, Qt.Key.Key_K, Qt.Key.Key_Return):
        qtbot.keyClick(stage.cards, key)
    assert chosen == [30, 29, 28, 29]
    assert opened == [29]
    stage.cards.single_keys = False
    qtbot.keyClick(stage.cards, Qt.Key.Key_J)
    assert chosen == [30, 29, 28, 29]


def test_end_reaches_the_last_of_a_hundred_thousand(qtbot):
    stage = list_stage(many(100_000), qtbot)
    qtbot.keyClick(stage.cards, Qt.Key.Key_End)
    stage.settle()
    assert stage.cards.current_article().id == 1
    read = sum(asked[3] for asked in stage.library.asked if asked[0] == "cards")
    assert read <= 4 * 64
    bottom = stage.cards.visualRect(stage.cards.currentIndex()).bottom()
    assert bottom == stage.cards.viewport().height() - 1


def test_the_chosen_article_is_announced_once_its_row_is_known(qtbot):
    stage = list_stage(many(1000), qtbot)
    chosen = []
    stage.cards.chosen.connect(chosen.append)
    stage.cards.choose_row(700)
    assert chosen == []
    stage.settle()
    assert chosen == [300]


def test_after_a_deed_the_next_one_is_chosen_and_nothing_scrolls(qtbot):
    stage = list_stage(many(200), qtbot)
    stage.cards.verticalScrollBar().setValue(1500)
    stage.settle()
    row = stage.cards.rowAt(300)
    stage.cards.choose_row(row)
    stage.settle()
    place = stage.cards.rowViewportPosition(row)
    current, following = stage.model.known_ids([row, row + 1])
    stage.library.archive([current])
    stage.settle()
    assert stage.cards.current_article().id == following
    assert stage.cards.selected_ids() == (following,)
    assert stage.cards.rowViewportPosition(stage.cards.currentIndex().row()) == place


def test_after_the_last_one_goes_the_one_before_is_chosen(qtbot):
    stage = list_stage(many(3), qtbot)
    stage.cards.choose_row(2)
    stage.library.trash([1])
    stage.settle()
    assert stage.cards.selected_ids() == (2,)


def test_after_many_go_the_next_one_left_is_chosen(qtbot):
    stage = list_stage(many(20), qtbot)
    selection = stage.cards.selectionModel()
    stage.cards.choose_row(2)
    for row in (3, 5):
        selection.select(stage.model.index(row, 0), FLAG.Select | FLAG.Rows)
    assert stage.cards.selected_ids() == (18, 17, 15)
    stage.library.archive(stage.cards.selected_ids())
    stage.settle()
    assert stage.cards.selected_ids() == (16,)


def test_what_comes_above_moves_nothing(qtbot):
    stage = list_stage(many(300), qtbot)
    stage.cards.choose_row(20)
    stage.settle()
    current, top = stage.cards.current_article().id, stage.top()
    stage.library.put(article(1001, "New"), article(1002, LONG))
    stage.settle()
    assert stage.cards.current_article().id == current
    assert stage.top() == top


def test_without_a_choice_what_stands_at_the_top_stays(qtbot):
    stage = list_stage(many(300), qtbot)
    stage.cards.verticalScrollBar().setValue(2000)
    stage.settle()
    top = stage.top()
    stage.library.put(article(1001, "New"))
    stage.settle()
    assert stage.top() == top


def test_scrolling_back_over_rows_of_other_heights_does_not_jump(qtbot):
    stage = list_stage(many(2000), qtbot)
    bar = stage.cards.verticalScrollBar()
    bar.setValue(100_000)
    stage.settle()
    for _ in range(60):
        before = stage.top()
        bar.setValue(bar.value() - 40)
        stage.settle()
        row = stage.model.row_of(before[0])
        assert stage.cards.rowViewportPosition(row) == before[1] + 40


def test_another_query_keeps_the_choice_only_when_it_is_found(qtbot):
    stage = list_stage(FakeLibrary([article(1, "tide"), article(2, "wall")]), qtbot)
    chosen = []
    stage.cards.choose_row(1)
    stage.cards.chosen.connect(chosen.append)
    stage.model.set_view(View(query="tide"))
    stage.settle()
    assert stage.cards.selected_ids() == (1,)
    stage.model.set_view(View(query="wall"))
    stage.settle()
    assert stage.cards.selected_ids() == ()
    assert chosen == []  # what is open stays open


def test_a_place_begins_at_its_top(qtbot):
    stage = list_stage(many(300), qtbot)
    stage.cards.verticalScrollBar().setValue(5000)
    stage.model.set_view(View(Place.ALL))
    stage.settle()
    assert stage.top() == (300, 0)


@pytest.mark.parametrize("width", [260, 360, 700])
def test_cards_are_as_high_as_what_they_hold(qtbot, width):
    rows = [
        article(9, "Short", excerpt=""),
        article(8, LONG * 2, excerpt="Words " * 60),
        article(7, LONG * 2, excerpt="Words " * 60, tags=("cities",)),
        article(6, "", status=Status.QUEUED),
    ]
    stage = list_stage(FakeLibrary(rows), qtbot, (width, 752))
    heights = [stage.cards.rowHeight(row) for row in range(4)]
    assert heights[0] < heights[1] < heights[2]
    assert heights[3] < heights[1]


def test_unread_is_bold_and_read_is_not(qtbot):
    stage = list_stage(FakeLibrary([article(1, "The same title")]), qtbot)
    before = stage.cards.grab(stage.cards.visualRect(stage.model.index(0, 0))).toImage()
    stage.library.change(1, read_at=5.0)
    stage.settle()
    after = stage.cards.grab(stage.cards.visualRect(stage.model.index(0, 0))).toImage()
    ink = LIGHT.text
    assert colours_of(before)[ink] > colours_of(after)[ink]


def test_a_lead_picture_stands_at_the_right_and_none_leaves_no_gap(qtbot):
    rows = [article(1, LONG, lead_asset="here"), article(2, LONG, lead_asset="missing")]
    stage = list_stage(FakeLibrary(rows, {"here": picture("#10a0c0")}), qtbot)
    image = stage.cards.grab().toImage()
    assert colours_of(image)["#10a0c0"] > 72 * 72 * 0.95
    middle = stage.cards.visualRect(stage.model.index(1, 0)).top() + 12 + 36
    assert QColor(image.pixel(360 - 16 - 36, middle)).name() == "#10a0c0"
    plain = list_stage(FakeLibrary([article(2, LONG)]), qtbot)
    assert stage.cards.rowHeight(0) == plain.cards.rowHeight(0)


def test_pictures_are_read_once(qtbot):
    rows = [article(i, lead_asset=f"p{i % 2}") for i in range(1, 6)]
    stage = list_stage(FakeLibrary(rows, {"p0": picture("#ff0000")}), qtbot)
    stage.cards.viewport().update()
    stage.settle()
    asked = sorted(a[1] for a in stage.library.asked if a[0] == "thumbnail")
    assert asked == ["p0", "p1"]


@pytest.mark.parametrize(
    ("verdict", "colour"),
    [(Access.PREVIEW, LIGHT.amber), (Access.SIGN_IN, LIGHT.blue), (Access.BOT_WALL, LIGHT.violet)],
)
def test_a_copy_that_is_not_whole_wears_a_badge(qtbot, verdict, colour):
    stage = list_stage(FakeLibrary([article(1, access=verdict)]), qtbot)
    assert colours_of(stage.cards.grab().toImage()).get(colour, 0) > 20
    whole = list_stage(FakeLibrary([article(1)]), qtbot)
    assert whole.cards.rowHeight(0) < stage.cards.rowHeight(0)
    assert colours_of(whole.cards.grab().toImage()).get(colour, 0) == 0


def test_the_line_moves_only_while_something_is_saved_in_sight(qtbot):
    stage = list_stage(FakeLibrary([article(1, "", status=Status.QUEUED)]), qtbot)
    assert not stage.cards.is_moving
    stage.library.tell(Progress(1, "fetching"))
    stage.settle()
    assert stage.cards.is_moving
    stage.cards.hide()
    assert not stage.cards.is_moving
    stage.cards.show()
    assert stage.cards.is_moving
    stage.library.change(1, status=Status.FAILED, problem=Problem("offline"))
    stage.settle()
    assert not stage.cards.is_moving


def test_dark_colours_come_at_once(qtbot):
    stage = list_stage(many(3), qtbot)
    stage.theme.set("dark")
    stage.settle()
    found = colours_of(stage.cards.grab().toImage())
    assert max(found, key=found.__getitem__) == stage.theme.colours.canvas == "#1c1c1e"
    stage.theme.set("light")


def test_a_menu_is_asked_for_where_the_mouse_is(qtbot):
    stage = list_stage(many(3), qtbot)
    asked = []
    stage.cards.menu_wanted.connect(asked.append)

    def ask(reason: QContextMenuEvent.Reason) -> None:
        event = QContextMenuEvent(reason, QPoint(20, 20), QPoint(7, 8))
        QApplication.sendEvent(stage.cards.viewport(), event)

    ask(QContextMenuEvent.Reason.Mouse)
    assert asked == []  # nothing is selected that it could be about
    stage.cards.choose_row(1)
    ask(QContextMenuEvent.Reason.Mouse)
    ask(QContextMenuEvent.Reason.Keyboard)
    middle = stage.cards.visualRect(stage.cards.currentIndex()).center()
    assert asked == [QPoint(7, 8), stage.cards.viewport().mapToGlobal(middle)]


def test_ranking_leaves_the_chosen_card_where_the_eye_is(qtbot):
    rows = [article(i, "tide " * (1 + i % 7), excerpt="Words " * (i % 30)) for i in range(1, 60)]
    stage = list_stage(FakeLibrary(rows), qtbot)
    stage.model.set_view(View(query="tide"))
    stage.settle()
    stage.cards.verticalScrollBar().setValue(700)
    stage.settle()
    row = stage.cards.rowAt(300)
    stage.cards.choose_row(row)
    before = (stage.cards.current_article().id, stage.cards.rowViewportPosition(row))
    neighbours = stage.model.known_ids([row - 1, row + 1])
    stage.model.rank()
    stage.settle()
    now = stage.cards.currentIndex().row()
    assert (stage.cards.current_article().id, stage.cards.rowViewportPosition(now)) == before
    assert stage.model.known_ids([now - 1, now + 1]) != neighbours


def test_a_picture_made_after_the_article_came_shows(qtbot):
    library = FakeLibrary([article(1, LONG, lead_asset="late")])
    stage = list_stage(library, qtbot)
    assert "#10a0c0" not in colours_of(stage.cards.grab().toImage())
    library.pictures["late"] = picture("#10a0c0")
    library.tell(Changes(frozenset({1})))
    stage.settle()
    assert colours_of(stage.cards.grab().toImage())["#10a0c0"] > 72 * 72 * 0.95


def test_a_title_of_the_right_begins_at_the_right(qtbot):
    rows = [article(1, "عودة القطارات", direction="rtl"), article(2, "Trains")]
    stage = list_stage(FakeLibrary(rows), qtbot)
    image = stage.cards.grab().toImage()

    def inked(row: int, left: int, right: int) -> bool:
        top = stage.cards.rowViewportPosition(row) + 14
        spots = ((x, y) for x in range(left, right) for y in range(top, top + 14))
        return any(image.pixelColor(x, y).lightnessF() < 0.4 for x, y in spots)

    assert [inked(0, 16, 60), inked(0, 300, 344)] == [True, False]
    assert [inked(1, 16, 60), inked(1, 300, 344)] == [False, True]


def test_everything_stays_selected_when_something_comes(qtbot):
    stage = list_stage(many(1000), qtbot)
    stage.cards.selectAll()
    stage.library.put(article(2001, "New"))
    stage.settle()
    assert stage.cards.selected_count() == 1001
    stage.model.set_view(View(Place.ALL))
    stage.settle()
    assert stage.cards.selected_count() < 1001
