"""Deeds through the menu, the keys and the toast, on a real library."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from deed_stage import CUT_PAGE, Stage, stage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from readlater.article import (
    Access,
    Article,
    Extracted,
    Place,
    Response,
    State,
    Status,
    View,
)
from readlater.library import Done, Library, open_library
from readlater.ui import messages
from readlater.ui.actions.tags import tag_menu

K = Qt.Key


def page(title: str, words: str = "") -> bytes:
    text = "".join(f"<p>{words} Part {i} of a long enough paragraph to read.</p>" for i in range(9))
    return f"<html lang=en><title>{title}</title><article><h1>{title}</h1>{text}".encode()


@pytest.fixture
def held(library: Library) -> Library:
    """Three articles: C on top, then B, then A."""
    for name in "ABC":
        library.saving.add_page(page(f"Article {name}", name), f"https://{name.lower()}.example/")
    while library.fetching.step():
        pass
    return library


@pytest.fixture
def at(held: Library, qtbot, tmp_path: Path) -> Iterator[Stage]:
    with stage(held, qtbot, tmp_path) as made:
        made.show()
        made.window.list_pane.cards.setFocus()
        yield made


def chosen(at: Stage) -> Article:
    current = at.window.current()
    assert current is not None
    return at.article(current.id)


# deeds


def test_e_archives_and_the_next_is_chosen_and_undo_brings_it_back(at: Stage) -> None:
    first = chosen(at)
    assert first.title == "Article C"
    at.press(K.Key_E)
    at.until(lambda: at.toast == "Article archived")
    assert at.article(first.id).state is State.ARCHIVED
    at.settle()
    assert chosen(at).title == "Article B"
    at.actions.deeds.toast.button.click()
    at.until(lambda: at.article(first.id).state is State.UNREAD)
    at.until(lambda: at.toast == "Undone · Article archived")


def test_archive_turns_into_its_opposite(at: Stage) -> None:
    at.trigger("article.archive")
    at.show(View(Place.ARCHIVE))
    action = at.actions.action("article.archive")
    assert action.text() == "Move to Unread"
    at.trigger("article.archive")
    assert at.toast == "Article moved to Unread"
    assert at.library.searching.count(View(Place.ARCHIVE)) == 0


def test_deeds_on_all_are_one_deed(at: Stage) -> None:
    at.trigger("edit.select_all")
    at.trigger("article.favourite")
    assert at.toast == "3 articles added to Favourites"
    at.trigger("edit.undo")
    assert at.toast == "Undone · 3 articles added to Favourites"
    assert at.library.searching.count(View(Place.FAVOURITES)) == 0
    at.trigger("edit.redo")
    assert at.toast == "Done again · 3 articles added to Favourites"
    assert at.library.searching.count(View(Place.FAVOURITES)) == 3


def test_favourite_wears_a_filled_star_while_it_holds(at: Stage) -> None:
    action = at.actions.action("article.favourite")
    empty = action.icon().cacheKey()
    at.trigger("article.favourite")
    at.until(lambda: action.text() == "Remove from Favourites")
    assert action.icon().cacheKey() != empty


@pytest.mark.parametrize("key", [K.Key_Delete, K.Key_NumberSign])
def test_delete_trashes_and_restore_brings_back(at: Stage, key: Qt.Key) -> None:
    gone = chosen(at)
    at.press(key)
    at.until(lambda: at.article(gone.id).state is State.TRASHED)
    at.show(View(Place.TRASH))
    assert not at.actions.action("article.trash").isEnabled()
    at.trigger("article.restore")
    assert at.article(gone.id).state is State.UNREAD


def test_emptying_the_trash_is_what_asks(at: Stage) -> None:
    at.trigger("article.trash")
    at.trigger("file.empty_trash")
    box = at.window.findChild(QMessageBox, "empty_trash")
    assert box is not None
    assert box.text() == "Delete 1 article for good?"
    assert box.defaultButton().text() == "Cancel"
    box.reject()
    at.settle()
    assert at.library.searching.count(View(Place.TRASH)) == 1
    at.trigger("file.empty_trash")
    box = at.window.findChildren(QMessageBox, "empty_trash")[-1]
    next(b for b in box.buttons() if b.text() == "Delete").click()
    at.until(lambda: at.toast == "1 article deleted for good")
    assert at.library.searching.count(View(Place.TRASH)) == 0
    at.until(lambda: not at.actions.action("file.empty_trash").isEnabled())


def test_undo_is_offered_only_when_there_is_a_deed(library: Library, qtbot, tmp_path: Path) -> None:
    with stage(library, qtbot, tmp_path) as at:
        undo, redo = at.actions.action("edit.undo"), at.actions.action("edit.redo")
        assert not undo.isEnabled()
        library.saving.add(["https://example.org/a"])
        qtbot.waitUntil(undo.isEnabled)
        library.tidying.undo()
        qtbot.waitUntil(redo.isEnabled)
        assert not undo.isEnabled()


def test_links_are_opened_and_copied_as_they_were_given(at: Stage) -> None:
    at.trigger("edit.select_all")
    at.trigger("article.open_on_the_web")
    assert at.opened == ["https://c.example/", "https://b.example/", "https://a.example/"]
    at.trigger("edit.copy_link")
    copied = QGuiApplication.clipboard().text()
    assert copied == "https://c.example/\nhttps://b.example/\nhttps://a.example/"
    assert at.toast == "3 links copied"


def test_a_link_of_the_page_is_opened_only_when_it_is_one_of_the_web(at: Stage) -> None:
    page_view = at.window.reader_pane.page_view
    assert page_view is not None
    for link in ("https://x.example/", "file:///etc/passwd", "javascript:1", "mailto:a@b.example"):
        page_view.link_clicked.emit(link)
    at.settle()
    assert at.opened == ["https://x.example/", "mailto:a@b.example"]


class Older:
    """An extractor that made less of every page."""

    def extract(self, response: Response, keep: frozenset[str] = frozenset()) -> Extracted:
        return Extracted(title="Older")

    def thumbnail(self, picture: bytes, size_px: int = 144) -> bytes | None:
        return None


def made_by_an_older_extractor(at: Stage) -> None:
    other = open_library(at.library.folder, worker=Older())
    other.remaking.apply(other.remaking.all(), force=True)
    other.close()
    at.library.poll()
    at.settle()


def test_extract_again_says_what_it_did(at: Stage) -> None:
    at.trigger("article.extract_again")
    assert at.toast == "Read again: nothing is different."
    made_by_an_older_extractor(at)
    at.trigger("article.extract_again")
    assert at.toast == "The article was made anew"


def test_extract_again_takes_many_one_by_one_under_one_undo(at: Stage) -> None:
    made_by_an_older_extractor(at)
    at.trigger("edit.select_all")
    at.trigger("article.extract_again")
    assert at.toast == "3 articles were made anew"
    at.trigger("edit.undo")
    rows = at.library.reading.articles(at.library.remaking.all())
    assert {row.title for _, row in rows} == {"Older"}


def test_fetch_again_queues_and_stop_stops(at: Stage) -> None:
    one = chosen(at)
    at.trigger("article.fetch_again")
    assert at.toast == "The article is fetched again"
    assert at.article(one.id).status is Status.QUEUED
    at.until(lambda: at.actions.action("article.stop").isEnabled())
    at.trigger("article.stop")
    assert at.toast == "Saving stopped"
    assert at.article(one.id).status is Status.READY  # it holds a copy


def test_the_sample_is_read(at: Stage) -> None:
    at.trigger("help.sample")
    while at.library.fetching.step():
        pass
    at.settle()
    assert chosen(at).title == "A short walk through Readlater"


# keys


def test_j_and_k_go_on_and_back(at: Stage) -> None:
    at.press(K.Key_J)
    assert at.window.list_pane.cards.currentIndex().row() == 1
    at.press(K.Key_K)
    assert at.window.list_pane.cards.currentIndex().row() == 0


@pytest.mark.parametrize(
    ("letter", "place"),
    [(K.Key_U, Place.UNREAD), (K.Key_F, Place.FAVOURITES), (K.Key_A, Place.ARCHIVE),
     (K.Key_T, Place.TRASH), (K.Key_L, Place.ALL), (K.Key_P, Place.PREVIEWS)],
)  # fmt: skip
def test_g_then_a_letter_goes_to_a_place(at: Stage, letter: Qt.Key, place: Place) -> None:
    before = chosen(at)
    at.press(K.Key_G)
    at.press(letter)
    assert at.window.view().place is place
    at.settle()
    assert at.article(before.id).state is State.UNREAD
    assert not at.article(before.id).favourite


def test_keys_in_the_search_field_are_letters(at: Stage) -> None:
    at.press(K.Key_Slash)
    search = at.window.list_pane.search
    assert search.hasFocus()
    for key in (K.Key_E, K.Key_S, K.Key_T, K.Key_Slash, K.Key_G, K.Key_U):
        at.press(key)
    at.settle()
    assert search.text() == "est/gu"
    assert at.library.searching.count(View()) == 3
    at.press(K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    at.settle()
    assert search.text() == ""  # the field's own undo
    assert at.library.searching.count(View()) == 3


def test_undo_from_the_menu_is_the_fields_own_while_it_has_the_keys(at: Stage) -> None:
    at.trigger("article.archive")
    at.window.focus_search()
    search = at.window.list_pane.search
    at.qtbot.keyClicks(search, "abc")
    at.trigger("edit.undo")
    assert search.text() == ""
    assert at.library.searching.count(View(Place.ARCHIVE)) == 1


def test_single_keys_can_be_switched_off(at: Stage) -> None:
    at.actions.set_single_keys(on=False)
    one = chosen(at)
    for key in (K.Key_E, K.Key_S, K.Key_NumberSign, K.Key_J, K.Key_Slash):
        at.press(key)
    at.settle()
    assert at.article(one.id).state is State.UNREAD
    assert not at.article(one.id).favourite
    assert at.window.list_pane.cards.currentIndex().row() == 0
    assert not at.window.list_pane.search.hasFocus()
    at.press(K.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert at.window.list_pane.search.hasFocus()
    assert all("E" not in keys for _, deeds in at.actions.sections() for _, keys in deeds)


def test_escape_leaves_the_search_from_the_list(at: Stage) -> None:
    at.window.choose(View(query="Article A"))
    at.settle()
    at.window.list_pane.cards.setFocus()
    at.press(K.Key_Escape)
    assert at.window.view().query == ""


def test_panes_fold_by_key(at: Stage) -> None:
    at.press(K.Key_F9)
    assert at.window.sidebar.isHidden() or not at.window.sidebar.isVisible()
    at.press(K.Key_F9)
    at.press(K.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert not at.window.list_pane.isVisible()


# menus of the right button


def test_the_menu_of_an_article_offers_only_what_works(at: Stage) -> None:
    names = [a.objectName() for a in at.actions.context_menu().actions() if not a.isSeparator()]
    assert "article.archive" in names
    assert "article.restore" not in names
    assert "article.try_again" not in names


def test_a_tag_is_renamed_merged_and_deleted_from_its_menu(at: Stage) -> None:
    tidying, ids = at.library.tidying, at.library.searching.cards(View(), 0, 3)
    tidying.tag([ids[0].id], ["sea"])
    tidying.tag([ids[1].id], ["ocean"])
    at.settle()
    menu = tag_menu(at.actions.deeds, "sea")
    merge = next(a.menu() for a in menu.actions() if a.text() == "Merge into")
    assert [a.text() for a in merge.actions()] == ["ocean"]
    merge.actions()[0].trigger()
    at.settle()
    assert tidying.tags() == ("ocean",)
    assert at.toast == "Tags merged on 1 article"
    next(a for a in tag_menu(at.actions.deeds, "ocean").actions() if "Delete" in a.text()).trigger()
    at.settle()
    assert tidying.tags() == ()
    at.trigger("edit.undo")
    assert tidying.tags() == ("ocean",)


# words


def test_every_code_of_a_deed_has_its_words() -> None:
    codes = ["saved", "address", "archived", "unarchived", "favourited", "unfavourited", "trashed",
             "restored", "tagged", "tag_renamed", "tag_merged", "tag_deleted", "completed",
             "said_whole",
             "said_preview", "said_nothing", "put_back", "taken_out", "remade",
             "cancelled"]  # fmt: skip
    for code in codes:
        one, many = messages.done(Done(code, (1,))), messages.done(Done(code, (1, 2)))
        assert one != many
        assert "2" in many
        assert "!" not in one + many


def test_the_badge_in_the_list_opens_its_sheet(library: Library, qtbot, tmp_path: Path) -> None:
    library.saving.add_page(CUT_PAGE, "https://cut.example/")
    while library.fetching.step():
        pass
    with stage(library, qtbot, tmp_path) as at:
        at.show()
        one = chosen(at)
        assert one.access is Access.PREVIEW
        badge = at.actions._badges.badge_rect(0)
        viewport = at.window.list_pane.cards.viewport()
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=badge.center() + QPoint(0, 40))
        at.settle()
        assert QApplication.activePopupWidget() is None
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=badge.center())
        at.until(lambda: QApplication.activePopupWidget() is not None)
        sheet = QApplication.activePopupWidget()
        assert list(sheet.buttons) == ["web", "refetch", "complete"]
        sheet.buttons["complete"].click()
        at.until(lambda: at.toast == "Marked as whole")
        assert at.article(one.id).access is Access.FULL
