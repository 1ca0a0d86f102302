"""The dialogs, sheets and panes as widgets: what they say, and what they ask for."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from deed_stage import Stage, stage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QWidget
from site_server import Site, article

from readlater import settings
from readlater.article import Access, Article, Evidence, Place, Problem, Progress, Status, View
from readlater.library import Library
from readlater.ui import messages
from readlater.ui.models import said
from readlater.ui.theme import Theme
from readlater.ui.views import access_sheet, state_pane
from readlater.ui.views.about import About
from readlater.ui.views.access_sheet import AccessSheet
from readlater.ui.views.add_dialog import AddDialog, understood
from readlater.ui.views.address_dialog import AddressDialog
from readlater.ui.views.empty import FirstStart
from readlater.ui.views.settings_dialog import SettingsDialog
from readlater.ui.views.shortcuts_sheet import ShortcutsSheet
from readlater.ui.views.state_pane import StatePane
from readlater.ui.views.tag_editor import TagEditor

K = Qt.Key
ROW = Article(7, "https://a.example/story", 0.0, title="A story")
READY = replace(ROW, status=Status.READY, access=Access.PREVIEW)


@pytest.fixture
def at(library: Library, qtbot, tmp_path: Path) -> Iterator[Stage]:
    with stage(library, qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def theme(qapp) -> Theme:
    made = Theme("light")
    made.apply()
    return made


@pytest.fixture
def ground(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    widget.show()
    return widget


def failed(code: str, **args: str | int) -> Article:
    given = {"host": "a.example", "status": 404, "limit_mb": 20, "media_type": "x"} | args
    return replace(ROW, status=Status.FAILED, problem=Problem(code, given))


# the state of a row


@pytest.mark.parametrize(
    ("row", "deeds"),
    [
        (failed("not_found"), ("edit", "web", "retry")),
        (failed("unknown_name"), ("edit", "web", "retry")),
        (failed("robot_check"), ("web", "retry", "edit")),
        (failed("timeout"), ("retry", "web", "edit")),
        (failed("cancelled"), ("retry", "web", "edit")),
        (failed("private_address"), ("settings", "retry", "web", "edit")),
        (replace(failed("extraction_failed"), url=""), ("retry", "edit")),
        (ROW, ("stop", "web")),
        (replace(ROW, problem=Problem("offline")), ("stop", "web")),
        (replace(ROW, problem=Problem("timeout", {"host": "a"})), ("retry", "stop", "web")),
        (replace(ROW, trashed_at=1.0), ()),
    ],
)
def test_only_deeds_that_work_are_shown_the_best_first(
    row: Article, deeds: tuple[str, ...], theme: Theme, qtbot
) -> None:
    assert state_pane.deeds_for(row) == deeds
    pane = StatePane(theme)
    qtbot.addWidget(pane)
    pane.show_article(failed("not_found"), None)  # what came before leaves nothing behind
    pane.show_article(row, None)
    assert pane.shown_deeds() == deeds
    main = [name for name in deeds if pane.button(name).isDefault()]
    assert main == (list(deeds[:1]) if row.status is Status.FAILED else [])


def test_the_pane_says_the_reason_the_progress_and_that_one_is_offline(theme, qtbot) -> None:
    pane = StatePane(theme)
    qtbot.addWidget(pane)
    pane.show_article(failed("not_found"), None)
    assert pane.sentence == "a.example has no such page (status 404). Check the address."
    pane.show_article(ROW, Progress(7, "pictures", 2, 3))
    assert pane.sentence == "Saving · 2 of 3 pictures"
    pane.show_article(replace(ROW, problem=Problem("offline")), None)
    assert "offline" in pane.sentence
    with qtbot.waitSignal(pane.wanted) as asked:
        pane.button("stop").click()
    assert asked.args == ["stop", 7]


def test_a_failed_row_is_mended_from_its_pane(at: Stage, site: Site) -> None:
    site.pages["/right"] = article("Found after all")
    saved = at.library.saving.add([site.url("/wrong")])
    while at.library.fetching.step():
        pass
    at.show(View(Place.FAILED))
    pane = at.actions.state_pane
    assert at.window.reader_pane.showing is pane
    assert pane.shown_deeds()[0] == "edit"
    pane.button("edit").click()
    at.settle()
    dialog = at.window.findChild(AddressDialog)
    dialog.field.setText("not an address")
    dialog.save.click()
    at.until(lambda: "is not a web address" in dialog.problem)
    dialog.field.setText(site.url("/right"))
    assert dialog.problem == ""
    dialog.save.click()
    at.until(lambda: at.toast == "Address changed")
    while at.library.fetching.step():
        pass
    assert at.article(saved.ids[0]).title == "Found after all"


def test_try_again_fetches_again(at: Stage, site: Site) -> None:
    at.library.saving.add([site.url("/late")])
    while at.library.fetching.step():
        pass
    at.show(View(Place.FAILED))
    at.actions.state_pane.button("retry").click()
    at.settle()
    site.pages["/late"] = article("Late")
    while at.library.fetching.step():
        pass
    assert at.library.searching.cards(View(), 0, 1)[0].title == "Late"


# access


@pytest.mark.parametrize(
    ("access", "deeds"),
    [
        (Access.PREVIEW, ("web", "refetch", "complete")),
        (Access.UNKNOWN, ("web", "refetch", "complete", "cut")),
        (Access.FULL, ("web", "cut")),
        (Access.BOT_WALL, ("web", "refetch")),
        (Access.CONSENT_WALL, ("web", "refetch")),
    ],
)
def test_a_sheet_offers_what_works(access: Access, deeds, theme, ground) -> None:
    one = replace(READY, access=access)
    assert access_sheet.deeds_for(one) == deeds
    assert tuple(AccessSheet(theme, one, ground).buttons) == deeds
    assert access_sheet.deeds_for(replace(READY, url="")) == ("complete",)


def test_a_sheet_says_its_reasons_and_quotes_safely(theme, ground, qtbot) -> None:
    evidence = (
        Evidence("ends_with_prompt", quote="Subscribe <b>now</b> & read"),
        Evidence("words_missing", count=168, of=2140),
    )
    sheet = AccessSheet(theme, replace(READY, evidence=evidence), ground)
    sheet.open(QPoint(10, 10))
    texts = [label.text() for label in sheet.findChildren(QLabel) if label.text()]
    assert messages.access(Access.PREVIEW) in texts
    assert any("Subscribe &lt;b&gt;now&lt;/b&gt; &amp; read" in text for text in texts)
    assert any("2140" in text and "168" in text for text in texts)
    assert "Subscribe <b>now</b> & read" in sheet.accessibleDescription()
    for button in sheet.buttons.values():
        assert button.width() >= button.sizeHint().width()
    with qtbot.waitSignal(sheet.wanted) as asked:
        sheet.buttons["refetch"].click()
    assert asked.args == ["refetch", 7]


def test_every_reason_can_be_said() -> None:
    from readlater import words

    for code in words.EVIDENCE:
        assert messages.evidence(Evidence(code, "q", 2, 3), "#123456")
        assert "{" not in messages.plain_evidence(Evidence(code, "q", 2, 3))


# add


def test_links_and_other_lines_are_told_apart() -> None:
    links, without = understood("see https://a.example/1 there\nhello\n\nwww.b.example/2\n")
    assert [link.split("//")[1] for link in links] == ["a.example/1", "www.b.example/2"]
    assert without == ("hello",)


def test_the_add_dialog_takes_the_clipboard_and_saves_with_tags(at: Stage) -> None:
    at.library.saving.add(["https://z.example/"], ["climate"])
    QGuiApplication.clipboard().setText("https://a.example/1\nhttps://b.example/2")
    at.trigger("file.add")
    dialog = at.window.findChild(AddDialog)
    assert not dialog.isModal()
    assert dialog.seen == "2 links"
    assert dialog.save.text() == "Save 2 links"
    dialog.links.appendPlainText("this is none")
    assert dialog.without == "This line holds no link: “this is none”"
    at.qtbot.keyClicks(dialog.tags, "trains, cli")
    popup = dialog.tags._completer.popup()
    assert popup.isVisible()
    at.qtbot.keyClick(popup, K.Key_Return)
    assert dialog.tags.text() == "trains, climate, "
    at.qtbot.keyClick(dialog.links, K.Key_Return)
    at.settle()
    found = at.library.searching.cards(View(), 0, 9)
    assert {a.url: a.tags for a in found} == {
        "https://a.example/1": ("climate", "trains"),
        "https://b.example/2": ("climate", "trains"),
        "https://z.example/": ("climate",),
    }
    assert at.toast == "2 links saved"


def test_the_add_dialog_saves_nothing_without_a_link(at: Stage) -> None:
    QGuiApplication.clipboard().setText("no link")
    at.trigger("file.add")
    dialog = at.window.findChild(AddDialog)
    assert dialog.links.toPlainText() == ""
    assert dialog.seen == "No link yet"
    assert not dialog.save.isEnabled()
    at.qtbot.keyClick(dialog.links, K.Key_Return)
    assert dialog.isVisible()
    at.qtbot.keyClick(dialog.links, K.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.links.toPlainText() == "\n"
    at.trigger("file.add")  # a second asking raises the first
    assert len(at.window.findChildren(AddDialog)) == 1


# tags


def edited(editor: TagEditor) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    heard: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    editor.edited.connect(lambda add, remove: heard.append((add, remove)))
    editor.open(QPoint(10, 10))
    return heard


def test_tags_are_added_completed_and_removed(theme, ground, qtbot) -> None:
    editor = TagEditor(theme, [("cities",)], ("cities", "climate", "essays"), ground)
    heard = edited(editor)
    qtbot.keyClicks(editor.field, "Ess")
    qtbot.keyClick(editor.field, K.Key_Return)  # takes what is offered
    qtbot.keyClicks(editor.field, "new one,")  # a comma ends a tag
    editor.toggle("cities")
    assert editor.chips() == {"essays": True, "new one": True}
    qtbot.keyClick(editor.field, K.Key_Return)  # nothing typed: done
    assert heard == [(("essays", "new one"), ("cities",))]


def test_the_first_tag_of_a_library_can_be_typed(theme, ground, qtbot) -> None:
    editor = TagEditor(theme, [()], (), ground)
    heard = edited(editor)
    assert editor.field.height() >= 28
    qtbot.keyClicks(editor.field, "first")
    qtbot.keyClick(editor.field, K.Key_Return)
    qtbot.keyClick(editor.field, K.Key_Return)
    assert heard == [(("first",), ())]


def test_tags_of_some_are_shown_apart_and_go_to_all_when_pressed(theme, ground, qtbot) -> None:
    editor = TagEditor(theme, [("a", "b"), ("a",)], ("a", "b"), ground)
    heard = edited(editor)
    assert editor.chips() == {"a": True, "b": False}
    editor.toggle("b")
    qtbot.keyClick(editor.field, K.Key_Return)
    assert heard == [(("b",), ())]


def test_escape_leaves_the_tags_and_a_bad_name_is_said(theme, ground, qtbot) -> None:
    editor = TagEditor(theme, [("a",)], ("a",), ground)
    heard = edited(editor)
    qtbot.keyClicks(editor.field, "x" * 101)
    qtbot.keyClick(editor.field, K.Key_Return)
    assert [label.text() for label in editor.findChildren(QLabel) if "tag needs" in label.text()]
    editor.toggle("a")
    qtbot.keyClick(editor.field, K.Key_Escape)
    assert heard == []


def test_t_edits_the_tags_of_all_that_is_selected(at: Stage) -> None:
    at.library.saving.add(["https://a.example/1", "https://b.example/2"])
    at.show()
    at.window.list_pane.cards.setFocus()
    at.trigger("edit.select_all")
    at.press(K.Key_T)
    at.until(lambda: isinstance(QApplication.activePopupWidget(), TagEditor))
    editor = QApplication.activePopupWidget()
    at.qtbot.keyClicks(editor.field, "sea")
    at.qtbot.keyClick(editor.field, K.Key_Return)
    at.qtbot.keyClick(editor.field, K.Key_Return)
    at.until(lambda: at.toast == "Tags of 2 articles changed")
    assert [a.tags for a in at.library.searching.cards(View(), 0, 9)] == [("sea",), ("sea",)]
    at.trigger("edit.undo")
    assert at.library.tidying.tags() == ()


# settings, keys, about, first start


def test_settings_are_made_from_their_fields_checked_and_kept(at: Stage, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[fetch]\nattempts = 7\n")
    at.trigger("file.settings")
    dialog = at.window.findChild(SettingsDialog)
    shown = {name for name in settings._by_name() if not name.startswith("reader.")}
    assert set(dialog.rows) == shown - {"aloud.voices"}
    assert dialog.rows["fetch.attempts"].read() == "7"
    dialog.rows["fetch.private_addresses"].put(["nonsense"])
    dialog.save.click()
    assert "nonsense" in dialog.problem
    dialog.rows["fetch.private_addresses"].put(["10.0.0.0/8"])
    dialog.rows["fetch.per_host"].put(99)
    dialog.save.click()
    assert dialog.problem == "“99” is no value for fetch.per_host: a number from 1 to 8."
    dialog.rows["fetch.per_host"].put(3)
    dialog.rows["ui.theme"].put("dark")
    dialog.rows["ui.single_keys"].put(False)
    dialog.save.click()
    at.settle()
    kept = settings.load(file)
    assert (kept.attempts, kept.theme, kept.single_keys) == (7, "dark", False)
    assert kept.private_addresses == ("10.0.0.0/8",)
    assert at.theme.dark
    assert at.actions.action("article.archive").shortcut().isEmpty()


def test_defaults_bring_back_every_setting(theme, ground) -> None:
    changed = settings.Settings(attempts=9, theme="dark", single_keys=False, deadline_s=12.5)
    dialog = SettingsDialog(theme, changed, ground)
    heard: list[settings.Settings] = []
    dialog.saved.connect(heard.append)
    assert dialog.rows["fetch.deadline_s"].read() == "12.5"
    dialog.defaults.click()
    dialog.save.click()
    assert heard == [settings.Settings()]
    assert isinstance(dialog.rows["ui.single_keys"].widget, QCheckBox)


def test_the_sheet_of_keys_shows_the_whole_table(at: Stage) -> None:
    at.trigger("help.shortcuts")
    sheet = at.window.findChild(ShortcutsSheet)
    told = {deed: keys for _, deeds in sheet.sections for deed, keys in deeds}
    assert told["Archive"] == ("G, A",) or told["Archive"] == ("E",)
    assert told["Move to the trash"] == ("Del", "#")
    assert told["Keyboard shortcuts"] == ("?", "F1")
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert {"E", "?", "then", "File", "Go"} <= set(texts)
    sheet.show()
    for cap in sheet.findChildren(QLabel):
        assert cap.width() >= min(cap.sizeHint().width(), 200), cap.text()


def test_about_says_where_the_articles_lie(theme, ground, tmp_path: Path) -> None:
    about = About(theme, Path.home() / "x", tmp_path / "s.toml", ground)
    assert "~/x" in about.places.text()


def test_an_empty_library_greets_and_each_way_in_works(at: Stage) -> None:
    hello = at.actions.first_start
    assert at.window.reader_pane.showing is hello
    assert isinstance(hello, FirstStart)
    said_there = " ".join(label.text() for label in hello.findChildren(QLabel))
    assert str(at.library.folder) in said_there or "~" in said_there
    hello.sample.click()
    at.settle()
    assert at.library.searching.count(View(Place.ALL)) == 1
    assert at.window.reader_pane.showing is not hello


def test_paste_a_link_of_the_first_start_pastes(at: Stage) -> None:
    QGuiApplication.clipboard().setText("https://a.example/1")
    at.actions.first_start.paste.click()
    at.settle()
    assert at.toast == "Link saved"
    assert said.title(at.window.current()) == "a.example"
