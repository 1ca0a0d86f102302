"""The window over a real library on disk, with its real jobs and events."""

import pytest
from fakes.reader import QuietReader
from PySide6.QtCore import QSettings
from reader_stage import quiet_engine

from readlater.article import Place, Status, View
from readlater.ui.events import Events
from readlater.ui.jobs import Jobs
from readlater.ui.reader.view import ReaderView
from readlater.ui.theme import Theme
from readlater.ui.views.window import MainWindow

PARAGRAPH = (
    "<p>The wall at Marrow Bay was never handsome. It was built in a hurry after the flood, raised"
    " twice, and patched every spring by whoever owed the council a favour, and so it stood.</p>"
)
PAGE = f"<html><head><title>%s</title></head><body><article><h1>%s</h1>{PARAGRAPH * 6}</article>"


@pytest.fixture
def window(library, qtbot, tmp_path):
    jobs, events, theme = Jobs(), Events(library), Theme("light")
    crashes = []
    jobs.crashed.connect(crashes.append)
    state = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = MainWindow(library, jobs, events, theme, QuietReader, state)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: made.model.is_settled, timeout=10_000)
    yield made
    made.close()
    jobs.close()
    events.close()
    assert crashes == []


def titles(window: MainWindow) -> list[str]:
    cards = (window.model.card(row) for row in range(window.model.rowCount()))
    return [card.article.title for card in cards if card]


def save(library, title: str) -> int:
    """An article of our own, all the way through the real extraction."""
    page = (PAGE % (title, title)).encode()
    saved = library.saving.add_page(page, f"https://bay.example/{title.replace(' ', '-')}")
    while library.fetching.step():
        pass
    return saved.outcomes[0].id


def test_a_saved_link_is_a_row_at_once(window, library, qtbot):
    library.saving.add(["https://bakersguild.example/rye"])
    qtbot.waitUntil(lambda: window.model.rowCount() == 1, timeout=10_000)
    assert window.model.card(0).article.status is Status.QUEUED
    qtbot.waitUntil(lambda: window.status() == "Saving 1 article", timeout=10_000)


def test_read_archive_undo(window, library, qtbot):
    first, second = save(library, "Tides and walls"), save(library, "Night trains")
    qtbot.waitUntil(lambda: titles(window) == ["Night trains", "Tides and walls"], timeout=10_000)
    window.select(second)
    qtbot.waitUntil(lambda: library.reading.article(second).read_at is not None, timeout=10_000)
    assert "Marrow Bay" in window.reader_pane.page_view.pages[-1].html
    library.tidying.archive([second])
    qtbot.waitUntil(lambda: window.selected_ids() == (first,), timeout=10_000)
    library.tidying.undo()
    qtbot.waitUntil(lambda: window.model.rowCount() == 2, timeout=10_000)
    assert window.selected_ids() == (first,)


@quiet_engine
def test_the_real_page_shows_in_the_window(library, qtbot, tmp_path):
    jobs, events, theme = Jobs(), Events(library), Theme("dark")
    state = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    views = []

    def reader() -> ReaderView:
        views.append(ReaderView(library.reading.asset, run=jobs.run))
        return views[0]

    made = MainWindow(library, jobs, events, theme, reader, state)
    qtbot.addWidget(made)
    made.show()
    one = save(library, "Tides and walls")
    made.select(one)
    qtbot.waitUntil(lambda: bool(views), timeout=10_000)
    with qtbot.waitSignal(views[0].shown, timeout=30_000) as shown:
        pass
    assert shown.args == [one]
    words = []
    views[0].focusProxy().page().toPlainText(words.append)
    qtbot.waitUntil(lambda: bool(words), timeout=10_000)
    assert "The wall at Marrow Bay" in words[0]
    views[0].close_page()
    made.close()
    jobs.close()
    events.close()


def test_search_finds_words_of_the_text(window, library, qtbot):
    save(library, "Tides and walls")
    library.saving.add(["https://other.example/x"])
    window.list_pane.search.setText("handsome")
    qtbot.waitUntil(lambda: titles(window) == ["Tides and walls"], timeout=10_000)
    marked = [span.text for span in window.model.card(0).snippet if span.marked]
    assert marked == ["handsome"]
    window.list_pane.search.setText('"(*')
    qtbot.waitUntil(lambda: window.model.is_settled, timeout=10_000)


def test_counts_and_tags_follow(window, library, qtbot):
    one = save(library, "Tides and walls")
    library.tidying.tag([one], add=["sea/walls"])
    tag = View(Place.TAG, "sea/walls")
    qtbot.waitUntil(lambda: window.sidebar.places.row_of(tag) >= 0, timeout=10_000)
    window.choose(tag)
    qtbot.waitUntil(lambda: titles(window) == ["Tides and walls"], timeout=10_000)
    assert window.counts().places[Place.UNREAD] == 1
