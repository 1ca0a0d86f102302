"""The window over a library: places, search, opening, deeds, panes, and what is kept."""

import pytest
from fakes.library import FakeLibrary, article
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget
from stage import window_stage

from readlater.article import Changes, Place, Problem, Progress, Sort, Status, View
from readlater.ui.views.layout import Folds, Pane, backed, behind, shown, toggled

FLAG = QItemSelectionModel.SelectionFlag


class StateView(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.shown = []

    def show_article(self, article, progress) -> None:
        self.shown.append((article.id, article.status, progress))


def some() -> FakeLibrary:
    return FakeLibrary(
        [
            article(1, "Tides", tags=("sea",)),
            article(2, "Trains"),
            article(3, "Clocks", archived_at=1.0),
            article(4, "More tides", favourite=True, excerpt="tides and tides"),
        ]
    )


@pytest.fixture
def stage(qtbot, tmp_path):
    return window_stage(some(), qtbot, tmp_path)


def test_starts_with_what_is_unread_and_opens_nothing(stage):
    assert stage.ids() == [4, 2, 1]
    assert stage.window.current() is None
    assert stage.reader is None  # the engine is not even made
    assert stage.window.list_pane.search.placeholderText() == "Search 3 articles"


def test_a_place_of_the_sidebar_shows_its_articles(stage):
    stage.window.sidebar.place_chosen.emit(View(Place.ARCHIVE))
    stage.settle()
    assert stage.ids() == [3]
    assert stage.window.view() == View(Place.ARCHIVE)
    assert stage.window.list_pane.search.placeholderText() == "Search 1 article"


def test_choosing_opens_and_marks_as_read(stage):
    stage.window.step(1)
    stage.settle()
    assert [page.article.id for page in stage.reader.pages] == [4]
    assert stage.library.rows[4].read_at is not None
    assert stage.window.current().id == 4
    assert stage.window.current().read_at is not None
    assert stage.reader.made == 1


def test_passing_by_loads_the_first_and_where_one_stops(stage):
    for _ in range(3):
        stage.window.step(1)
    stage.settle()
    assert [asked[1] for asked in stage.library.asked if asked[0] == "page"] == [4, 1]
    assert [row.id for row in stage.library.rows.values() if row.read_at is not None] == [1]


def test_an_article_opens_where_it_was_left(stage):
    stage.library.change(4, progress=0.4)
    stage.window.step(1)
    stage.settle()
    assert stage.reader.restored == [0.4]


def test_how_far_one_read_is_kept(stage):
    stage.window.step(1)
    stage.settle()
    kept = []
    stage.library.set_progress = lambda *said: kept.append(said)
    stage.reader.progressed.emit(4, 0.7, None)
    stage.settle()
    assert kept == [(4, 0.7, None)]


def test_a_deed_on_the_open_article_does_not_reload_its_page(stage):
    stage.window.step(1)
    stage.settle()
    stage.library.favourite([4], on=False)
    stage.settle()
    assert len(stage.reader.pages) == 1
    assert stage.window.opening.article.favourite is False


def test_a_row_without_a_page_opens_to_its_state(stage):
    view = StateView()
    stage.window.reader_pane.set_state_view(view)
    stage.library.put(article(9, "", status=Status.QUEUED, access=None))
    stage.settle()
    stage.window.select(9)
    stage.settle()
    stage.library.tell(Progress(9, "pictures", 1, 2))
    stage.library.change(9, status=Status.FAILED, problem=Problem("offline"))
    stage.settle()
    assert stage.window.reader_pane.showing is view
    assert view.shown == [
        (9, Status.QUEUED, None),
        (9, Status.QUEUED, Progress(9, "pictures", 1, 2)),
        (9, Status.FAILED, None),
    ]
    stage.library.change(9, status=Status.READY, title="It came", problem=None)
    stage.settle()
    assert [page.article.title for page in stage.reader.pages] == ["It came"]


def test_archiving_opens_the_next(stage):
    stage.window.step(1)
    stage.settle()
    stage.library.archive(stage.window.selected_ids())
    stage.settle()
    assert stage.window.selected_ids() == (2,)
    assert [page.article.id for page in stage.reader.pages] == [4, 2]


def test_archiving_the_last_one_says_something_kind(stage):
    stage.window.step(1)
    stage.settle()
    stage.library.archive([1, 2, 4])
    stage.settle()
    assert stage.window.current() is None
    assert stage.window.selected_ids() == ()
    assert stage.reader.pages[-1] is None
    assert stage.window.list_pane.note.startswith("Nothing left to read")


def test_search_with_keys_alone(stage, qtbot):
    stage.window.focus_search()
    field = stage.window.list_pane.search
    qtbot.keyClicks(field, "tides")
    stage.settle()
    assert stage.ids() == [4, 1]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    stage.settle()
    assert stage.window.current().id == 4
    assert stage.window.list_pane.cards.hasFocus() or not stage.window.isActiveWindow()
    stage.window.focus_search()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    stage.settle()
    assert field.text() == ""
    assert stage.ids() == [4, 2, 1]
    assert stage.window.current().id == 4


def test_enter_ranks_and_goes_to_the_hits(stage, qtbot):
    stage.window.focus_search()
    field = stage.window.list_pane.search
    qtbot.keyClicks(field, "tides")
    stage.settle()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    stage.settle()
    finds = [asked[2] for asked in stage.library.asked if asked[0] == "find"]
    assert finds[-1] is True
    assert stage.ids() == [4, 1]


def test_a_search_that_finds_nothing_offers_everything(stage, qtbot):
    stage.window.list_pane.search.setText("clocks")
    stage.settle()
    assert stage.window.list_pane.note == "Nothing matches “clocks” Only “Unread” was searched."
    button = stage.window.list_pane.note_button
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    stage.settle()
    assert stage.window.view() == View(Place.ALL, query="clocks")
    assert stage.ids() == [3]
    stage.window.list_pane.search.setText("zebra")
    stage.settle()
    assert stage.window.list_pane.note.startswith("Nothing matches “zebra” Titles")
    assert not stage.window.list_pane.note_button.isVisible()


def test_another_place_ends_the_search(stage):
    stage.window.list_pane.search.setText("tides")
    stage.settle()
    stage.window.sidebar.place_chosen.emit(View(Place.ARCHIVE))
    stage.settle()
    assert stage.window.list_pane.search.text() == ""
    assert stage.ids() == [3]


def test_the_order_stays_from_place_to_place(stage):
    menu = stage.window.list_pane.sort_menu
    next(a for a in menu.actions() if a.text() == "Title").trigger()
    stage.settle()
    assert stage.ids() == [4, 1, 2]
    stage.window.sidebar.place_chosen.emit(View(Place.ALL))
    stage.settle()
    assert stage.window.view().sort is Sort.TITLE


def test_selecting_a_row_that_is_not_there_yet(stage):
    stage.window.select(50)
    stage.library.put(article(50, "Later"))
    stage.settle()
    assert stage.window.selected_ids() == (50,)


def test_a_deed_on_everything_reads_the_rest_first(qtbot, tmp_path):
    stage = window_stage(FakeLibrary(article(i) for i in range(1, 301)), qtbot, tmp_path)
    stage.window.list_pane.cards.selectAll()
    got = []
    stage.window.with_selected(got.append)
    stage.settle()
    assert got == [tuple(range(300, 0, -1))]
    assert stage.window.status() == "300 articles selected"


def test_the_foot_says_what_is_being_saved(stage):
    assert stage.window.status() == ""
    stage.library.put(article(9, "", status=Status.QUEUED, access=None))
    stage.window.count()
    stage.settle()
    assert stage.window.status() == "Saving 1 article"


def test_an_empty_library_greets(qtbot, tmp_path):
    stage = window_stage(FakeLibrary(), qtbot, tmp_path)
    hello = QLabel("Drop a link here")
    stage.window.reader_pane.set_first_start(hello)
    stage.window.count()
    stage.settle()
    assert stage.window.reader_pane.showing is hello
    assert stage.window.list_pane.note == ""
    assert stage.window.list_pane.search.placeholderText() == "Search"
    stage.library.put(article(1))
    stage.window.count()
    stage.settle()
    assert stage.window.reader_pane.showing is not hello


def test_an_empty_library_greets_in_a_narrow_window_too(qtbot, tmp_path):
    stage = window_stage(FakeLibrary([]), qtbot, tmp_path)
    stage.settle()
    stage.window.resize(400, 700)
    qtbot.waitUntil(lambda: stage.window.arranging.panes == {Pane.READER})
    stage.window.back()
    assert stage.window.arranging.panes == {Pane.SIDEBAR}


@pytest.mark.parametrize("place", [p for p in Place if p is not Place.TAG])
def test_each_empty_place_says_something_of_its_own(qtbot, tmp_path, place):
    outside = article(1, archived_at=1.0) if place is Place.UNREAD else article(1)
    if place is Place.ALL:
        outside = article(1, trashed_at=1.0)
    stage = window_stage(FakeLibrary([outside]), qtbot, tmp_path)
    stage.window.choose(View(place))
    stage.settle()
    heading = stage.window.list_pane.note
    assert heading.endswith(".")
    assert "!" not in heading


def test_what_was_shown_comes_back(stage, qtbot, tmp_path):
    window = stage.window
    window.choose(View(Place.TAG, "sea", Sort.OLDEST))
    window.resize(1000, 700)
    window.arranging.fold_sidebar()
    stage.settle()
    window.close()
    again = window_stage(some(), qtbot, tmp_path).window
    assert again.view() == View(Place.TAG, "sea", Sort.OLDEST)
    assert Pane.SIDEBAR not in again.arranging.panes


def test_a_tag_that_went_meanwhile_gives_way_to_unread(stage, qtbot, tmp_path):
    stage.window.choose(View(Place.TAG, "sea", Sort.OLDEST))
    stage.window.close()
    again = window_stage(FakeLibrary([article(1)]), qtbot, tmp_path)
    assert again.window.view() == View(sort=Sort.OLDEST)
    assert again.ids() == [1]


@pytest.mark.parametrize("rubbish", ["", "[view]\nplace=nowhere\nsort=7\n", "\x00\xff["])
def test_a_state_that_makes_no_sense_is_as_at_the_first_start(qtbot, tmp_path, rubbish):
    (tmp_path / "window.ini").write_bytes(rubbish.encode("latin-1"))
    stage = window_stage(some(), qtbot, tmp_path)
    assert stage.window.view() == View()
    assert stage.ids() == [4, 2, 1]


def test_panes_by_width():
    three, narrow = Folds(), Folds(front=Pane.READER)
    assert shown(1280, three) == {Pane.SIDEBAR, Pane.LIST, Pane.READER}
    assert shown(1280, Folds(sidebar=True)) == {Pane.LIST, Pane.READER}
    assert shown(1280, Folds(sidebar=True, list=True)) == {Pane.READER}
    assert shown(899, three) == {Pane.LIST, Pane.READER}
    assert shown(899, Folds(front=Pane.SIDEBAR)) == {Pane.SIDEBAR, Pane.LIST}
    assert shown(599, three) == {Pane.LIST}
    assert shown(599, narrow) == {Pane.READER}
    assert behind(599, narrow) is Pane.LIST
    assert behind(599, three) is Pane.SIDEBAR
    assert behind(800, narrow) is Pane.SIDEBAR


def test_a_panel_beside_the_page_leaves_the_text_its_room():
    three = Folds()
    assert shown(1800, three, panel_px=300) == {Pane.SIDEBAR, Pane.LIST, Pane.READER}
    assert shown(1280, three, panel_px=300) == {Pane.LIST, Pane.READER}
    assert shown(1000, three, panel_px=300) == {Pane.READER}
    assert shown(899, three, panel_px=300) == {Pane.READER}
    assert shown(899, Folds(front=Pane.SIDEBAR), panel_px=300) == {Pane.SIDEBAR, Pane.LIST}
    assert shown(599, three, panel_px=300) == {Pane.LIST}
    asked = toggled(Pane.SIDEBAR, 1280, three, panel_px=300)
    assert shown(1280, asked, panel_px=300) == {Pane.SIDEBAR, Pane.LIST, Pane.READER}
    assert toggled(Pane.SIDEBAR, 1280, asked, panel_px=300) == Folds(sidebar=True, crowded=True)
    assert toggled(Pane.LIST, 1280, three, panel_px=300) == Folds(list=True)
    assert toggled(Pane.SIDEBAR, 1280, three) == Folds(sidebar=True)
    assert toggled(Pane.SIDEBAR, 899, three) == Folds(front=Pane.SIDEBAR)
    again = backed(899, three, panel_px=300)
    assert shown(899, again, panel_px=300) == {Pane.LIST, Pane.READER}
    assert backed(899, again, panel_px=300).front is Pane.SIDEBAR
    assert backed(899, three).front is Pane.SIDEBAR


def test_the_sidebar_comes_back_when_the_panel_goes(stage):
    window = stage.window
    window.reader_pane.show_beside(shown=True)
    assert window.arranging.panes == {Pane.LIST, Pane.READER}
    assert not window.sidebar.isVisible()
    window.arranging.fold_sidebar()
    assert window.sidebar.isVisible()
    window.reader_pane.show_beside(shown=False)
    window.reader_pane.show_beside(shown=True)
    assert not window.sidebar.isVisible()
    window.reader_pane.show_beside(shown=False)
    assert window.arranging.panes == {Pane.SIDEBAR, Pane.LIST, Pane.READER}


def test_one_pane_goes_there_and_back(stage, qtbot):
    window = stage.window
    window.resize(420, 700)
    stage.settle()
    assert window.arranging.panes == {Pane.LIST}
    cards = window.list_pane.cards
    middle = cards.visualRect(window.model.index(1, 0)).center()
    qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    stage.settle()
    assert window.arranging.panes == {Pane.READER}
    assert [page.article.id for page in stage.reader.pages] == [2]
    window.reader_pane.back_button.click()
    assert window.arranging.panes == {Pane.LIST}
    window.back()
    assert window.arranging.panes == {Pane.SIDEBAR}
    window.sidebar.place_chosen.emit(View(Place.ARCHIVE))
    assert window.arranging.panes == {Pane.LIST}


def test_full_screen_keeps_only_the_column(stage):
    window = stage.window
    window.showFullScreen()
    assert window.arranging.panes == {Pane.SIDEBAR, Pane.LIST, Pane.READER}
    window.step(1)
    stage.settle()
    assert window.arranging.panes == {Pane.READER}
    assert not window.bar_reader.isVisible()
    window.showNormal()
    window.resize(1280, 800)
    assert window.arranging.panes == {Pane.SIDEBAR, Pane.LIST, Pane.READER}
    assert window.bar_reader.isVisible()


def test_dark_follows_everywhere(stage):
    stage.window.step(1)
    stage.settle()
    stage.theme.set("dark")
    stage.settle()
    assert stage.reader.themes == ["light", "dark"]
    image = stage.window.grab().toImage()
    for x in (5, 600, 1200):
        assert image.pixelColor(x, 790).lightnessF() < 0.3
    stage.theme.set("light")


def test_words_fit_at_the_smallest_sizes(stage):
    stage.window.resize(600, 420)
    stage.settle()
    field = stage.window.list_pane.search
    words = QFontMetrics(field.font()).horizontalAdvance(field.placeholderText())
    assert words < field.width() - 33 - 28


def test_nothing_is_asked_on_the_windows_own_thread(qtbot, tmp_path):
    library = some()
    stage = window_stage(library, qtbot, tmp_path)
    library.asked.clear()
    stage.window.choose(View(Place.ALL))
    stage.window.list_pane.search.setText("t")
    stage.window.step(1)
    stage.window.opening.now()
    library.tell(Changes(frozenset({1}), membership=True))
    stage.window.grab()
    assert library.asked == []  # all of it waits for the jobs
    stage.settle()
    assert library.asked
