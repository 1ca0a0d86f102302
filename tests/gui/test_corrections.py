"""What a person corrects in the window: blocks put back, and the word on a copy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from deed_stage import Stage, stage
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget
from site_server import PROSE

from readlater.article import Access, Article, Place, Removed, Status, View, fingerprint_of
from readlater.library import Library
from readlater.library.correcting import Block
from readlater.ui.theme import Theme
from readlater.ui.views.access_sheet import AccessSheet, about_copy
from readlater.ui.views.removed_sheet import RemovedSheet, place_in_words, shortened

ROW = Article(7, "https://a.example/", 0.0, title="A story", status=Status.READY)
OFFER = (
    "<div class='newsletter-signup'><h3>Sign up for our newsletter</h3>"
    "<p>Harbour stories in your inbox. Subscribe to the newsletter.</p>"
    "<form><input type=email><button>Sign up</button></form></div>"
)
PAGE = (
    "<html lang=en><head><title>Wall</title></head><body><article><h1>Wall</h1>"
    f"{''.join(f'<p>Part {i}. {PROSE}</p>' for i in range(5))}{OFFER}"
    f"{''.join(f'<p>Part {i}. {PROSE}</p>' for i in range(5, 9))}</article></body></html>"
).encode()


def block(text: str, reason: str = "newsletter", *, is_back: bool = False) -> Block:
    removed = Removed(reason, "after paragraph 4", text, "", fingerprint_of(text))
    return Block(removed, is_back)


@pytest.fixture
def theme(qapp) -> Theme:
    made = Theme("light")
    made.apply()
    return made


@pytest.fixture
def ground(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def at(library: Library, qtbot, tmp_path: Path) -> Iterator[Stage]:
    library.saving.add_page(PAGE, "https://wall.example/")
    while library.fetching.step():
        pass
    with stage(library, qtbot, tmp_path) as made:
        made.show()
        yield made


def the_sheet(at: Stage) -> RemovedSheet:
    found = at.window.findChild(RemovedSheet)
    assert found is not None
    return found


def test_a_block_says_why_where_and_what_it_is(theme, ground, qtbot) -> None:
    sheet = RemovedSheet(theme, ROW, ground)
    long = "One line of an offer that goes on and on. " * 30
    sheet.fill([block(long), block("Share this", "share"), block("{{x}}", "new_reason")])
    sheet.show()
    cards = list(sheet.cards.values())
    assert [card.accessibleName() for card in cards] == [
        "Offers a newsletter",
        "Buttons to share",
        "Not part of the article",
    ]
    first = cards[0]
    qtbot.waitUntil(lambda: first.text.text().endswith("…"))
    assert first.more.isVisible()
    first.more.click()
    assert first.text.text() == long.strip()
    first.more.click()
    assert first.text.text().endswith("…")
    assert not cards[1].more.isVisible()
    assert place_in_words("after paragraph 12") == "after paragraph 12"
    assert place_in_words("before the text") == "before the text"


def test_a_text_is_cut_to_its_lines(theme, ground) -> None:
    metrics = QFontMetrics(ground.font())
    assert shortened("short", metrics, 400, 3) == "short"
    cut = shortened("many words " * 200, metrics, 400, 3)
    assert cut.endswith("…")
    assert len(cut) < 400


def test_a_button_asks_for_the_other_way(theme, ground, qtbot) -> None:
    sheet = RemovedSheet(theme, ROW, ground)
    out, back = block("Out"), block("Back", is_back=True)
    sheet.fill([out, back])
    with qtbot.waitSignal(sheet.put_back) as told:
        sheet.cards[out.removed.fingerprint].button.click()
    assert told.args == [out.removed.fingerprint]
    with qtbot.waitSignal(sheet.take_out) as told:
        sheet.cards[back.removed.fingerprint].button.click()
    assert told.args == [back.removed.fingerprint]
    assert sheet.cards[back.removed.fingerprint].button.text() == "Take out again"


def test_a_block_is_put_back_from_the_list_and_the_reader_follows(at: Stage) -> None:
    reader = at.window.reader_pane.page_view
    assert "in your inbox" not in reader.pages[-1].html
    at.trigger("article.removed")
    sheet = the_sheet(at)
    (card,) = sheet.cards.values()
    card.button.click()
    at.until(lambda: "in your inbox" in reader.pages[-1].html)
    at.settle()
    assert at.toast == "Put back into the article"
    assert card.button.text() == "Take out again"
    assert reader.kept == [False, True]
    at.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    at.until(lambda: "in your inbox" not in reader.pages[-1].html)
    at.settle()
    assert card.button.text() == "Put back"


def test_undo_in_the_window_is_seen_in_the_list(at: Stage) -> None:
    at.trigger("article.removed")
    sheet = the_sheet(at)
    (mark,) = sheet.cards
    sheet.cards[mark].button.click()
    at.settle()
    assert at.actions.action("article.removed").isEnabled()  # nothing is out, one is back
    at.trigger("edit.undo")
    assert sheet.cards[mark].button.text() == "Put back"
    at.trigger("edit.redo")
    assert sheet.cards[mark].button.text() == "Take out again"
    sheet.close()
    at.settle()
    assert at.window.findChild(RemovedSheet) is None


def test_the_page_opens_the_list(at: Stage) -> None:
    row = at.window.opening.article
    at.window.reader_pane.page_view.removed_clicked.emit(row.id)
    at.settle()
    assert len(the_sheet(at).cards) == 1


def test_the_sheet_about_a_whole_copy_leads_to_the_list(at: Stage) -> None:
    at.trigger("article.access")
    sheet = QApplication.activePopupWidget()
    assert isinstance(sheet, AccessSheet)
    assert sheet.removed is not None
    assert sheet.removed.text().strip().startswith("1 block was taken out")
    sheet.removed.click()
    at.settle()
    assert len(the_sheet(at).cards) == 1


def test_the_readers_word_from_the_menu(at: Stage) -> None:
    one = at.window.opening.article
    assert one.access is Access.FULL
    at.trigger("article.preview")
    assert at.toast == "Marked as only a preview"
    assert at.article(one.id).access is Access.PREVIEW
    assert at.window.counts().places[Place.PREVIEWS] == 1
    assert not at.actions.action("article.preview").isEnabled()
    at.trigger("article.unsay")
    assert at.toast == "Back to what the page says"
    assert at.article(one.id).said is None
    at.trigger("edit.undo")
    assert at.article(one.id).access is Access.PREVIEW
    at.show(View(Place.PREVIEWS))
    assert at.window.opening.article.id == one.id


def test_a_sheet_tells_what_is_known_of_an_article(theme, ground) -> None:
    one = Article(
        7,
        "https://a.example/",
        0.0,
        title="A story",
        status=Status.READY,
        access=Access.FULL,
        byline="Ada Reyes",
        published="2026-03-01",
        modified="2026-03-04T10:00:00Z",
        section="Harbour",
        keywords=("walls", "tides"),
        word_count=1240,
        confidence=0.93,
    )
    facts = dict(about_copy(one))
    assert facts["Author"] == "Ada Reyes"
    assert facts["Section"] == "Harbour"
    assert facts["Keywords"] == "walls, tides"
    assert facts["Certainty"] == "93 %"
    assert set(dict(about_copy(ROW))) == set()
    assert AccessSheet(theme, one, ground).removed is None
