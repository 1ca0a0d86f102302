"""Links of the page as a person uses them: shown, opened, saved, listed, copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deed_stage import Stage, stage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from reader_stage import ask, centre_of, quiet_engine
from test_highlights import GATE, WALL, page, save

from readlater.library import Library
from readlater.library.article_links import ArticleLink
from readlater.ui.reader.view import ReaderView
from readlater.ui.theme import Theme
from readlater.ui.views.links_dialog import LinksDialog

pytestmark = quiet_engine
FAR = "https://far.example/a/long/way?x=1"
NEAR = "https://bay.example/gate"


class Desk:
    def __init__(self, at: Stage, row: int, gate: int) -> None:
        self.at, self.row, self.gate = at, row, gate
        self.links = at.actions.deeds.links
        view = at.window.reader_pane.prepare()
        at.window.select(row)
        with at.qtbot.waitSignal(view.shown, timeout=30_000):
            at.window.opening.now()
        self.until(lambda: self.links.line is not None)
        self.view = view
        self.until(lambda: self.ask("document.fonts.status") == "loaded")

    def until(self, holds: Any) -> None:
        self.at.qtbot.waitUntil(holds, timeout=20_000)

    def ask(self, script: str) -> Any:
        return ask(self.at.qtbot, self.view.marking._page, script)

    def hover(self, url: str) -> Any:
        """Put the pointer on a link; returns the widget and the place."""
        target = self.view.focusProxy().focusProxy()
        selector = f'.body a[href="{url}"]'
        self.ask(f"[document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})]")
        spots = [0, 1]

        def shown() -> bool:
            spots.reverse()
            spot = centre_of(self.at.qtbot, self.view.marking._page, selector)
            spot.setX(spot.x() + spots[0])
            QTest.mouseMove(target, spot)
            return self.links.line.address == url

        self.until(shown)
        return target, centre_of(self.at.qtbot, self.view.marking._page, selector)

    def urls(self) -> set[str]:
        library = self.at.library
        return {library.reading.article(i).url for i in range(1, 9) if self._is(i)}

    def _is(self, row: int) -> bool:
        return self.at.library.reading.articles([row])[0][1] is not None


@pytest.fixture
def desk(library: Library, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    gate = save(library, "Gate", GATE)
    more = (f'See <a href="{FAR}">the far one</a> and <a href="{NEAR}">the gate</a>, as told.',)
    body = page("Links", WALL[:5] + more + WALL[5:])
    row = library.saving.add_page(body, "https://bay.example/links").outcomes[0].id
    while library.fetching.step():
        pass
    with stage(library, qtbot, tmp_path, reader=lambda: ReaderView(library.reading.asset)) as at:
        made = Desk(at, row, gate)
        yield made
        made.view.close_page()


def test_the_true_address_is_shown_and_goes_with_the_pointer(desk: Desk) -> None:
    target, _ = desk.hover(FAR)
    line = desk.links.line
    assert line.isVisible()
    assert line.geometry().bottom() <= desk.view.height()
    QTest.mouseMove(target, target.rect().topLeft() + QPoint(9, 9))
    desk.until(lambda: not line.isVisible())


def test_the_address_of_our_own_deeds_is_not_shown(desk: Desk) -> None:
    target, _ = desk.hover(FAR)
    hovered: list[str] = []
    engine = desk.view.marking._page
    engine.linkHovered.connect(hovered.append)
    link = '#article a[href^="readlater:"]'
    desk.ask(f"[document.querySelector({link!r}).scrollIntoView({{block: 'center'}})]")

    def over() -> bool:
        spot = centre_of(desk.at.qtbot, engine, link)
        spot.setX(spot.x() + len(hovered) % 2)
        QTest.mouseMove(target, spot)
        return bool(hovered) and hovered[-1].startswith("readlater:")

    desk.until(over)
    assert not desk.links.line.isVisible()
    assert desk.links.line.address == ""


def test_a_link_opens_in_the_browser_and_one_that_one_has_opens_here(desk: Desk) -> None:
    target, spot = desk.hover(FAR)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=spot)
    desk.until(lambda: desk.at.opened == [FAR])
    target, spot = desk.hover(NEAR)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=spot)
    desk.until(lambda: desk.at.window.opening.article.id == desk.gate)
    assert desk.at.opened == [FAR]


def test_ctrl_shift_and_a_click_saves_the_link(desk: Desk) -> None:
    target, spot = desk.hover(FAR)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, keys, spot)
    desk.until(lambda: FAR in desk.urls())
    desk.until(lambda: desk.at.toast == "Link saved")
    assert desk.at.opened == []


def test_the_list_of_links_saves_many_at_once(desk: Desk) -> None:
    desk.at.trigger("article.all_links")

    def found() -> LinksDialog | None:
        widgets = QApplication.topLevelWidgets()
        return next((w for w in widgets if isinstance(w, LinksDialog) and w.isVisible()), None)

    desk.until(lambda: found() is not None)
    dialog = found()
    assert dialog is not None
    rows = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert rows == [f"the far one\n{FAR}", f"the gate\n{NEAR}"]
    assert not dialog.save.isEnabled()
    desk.at.qtbot.mouseClick(
        dialog.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=dialog.list.visualItemRect(dialog.list.item(1)).center(),
    )
    assert dialog.chosen() == (NEAR,)
    desk.at.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.chosen() == ()
    desk.at.qtbot.keyClicks(dialog.filter, "GATE")
    assert [dialog.list.item(row).isHidden() for row in (0, 1)] == [True, False]
    dialog.all.click()
    assert dialog.chosen() == ()  # one has the only one in sight
    desk.at.qtbot.keyClick(dialog.filter, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.list.item(0).isHidden()
    dialog.all.click()
    assert dialog.chosen() == (FAR,)
    assert dialog.save.text() == "Save 1 link"
    dialog.save.click()
    desk.until(lambda: FAR in desk.urls())


def test_an_article_without_links_offers_none(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LinksDialog(Theme("light"), (), parent)
    dialog.show()
    assert not any(part.isVisible() for part in (dialog.list, dialog.all, dialog.save))
    assert dialog.height() < 200


def test_the_list_shows_where_links_truly_lead(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    links = (
        ArticleLink("https://xn--mnchen-3ya.de/stra%C3%9Fe", "", 7),
        ArticleLink("https://xn--pple-43d.com/", "Apple"),
    )
    dialog = LinksDialog(Theme("light"), links, parent)
    dialog.show()
    assert [dialog.list.item(row).text() for row in (0, 1)] == [
        "https://münchen.de/straße\nhttps://münchen.de/straße",
        "Apple\nhttps://xn--pple-43d.com/",
    ]
    assert any("1 link is in your library" in label.text() for label in dialog.findChildren(QLabel))
    dialog.all.click()
    assert dialog.chosen() == ("https://xn--pple-43d.com/",)


def test_links_are_copied_as_markdown(desk: Desk) -> None:
    desk.at.trigger("edit.copy_markdown")
    desk.until(lambda: QGuiApplication.clipboard().text() == "[Links](https://bay.example/links)")


def test_a_host_in_disguise_is_shown_as_it_is(desk: Desk) -> None:
    desk.hover(FAR)
    desk.links.line.say("https://\u0430pple.com/stra%C3%9Fe")
    assert desk.links.line.text() == "https://xn--pple-43d.com/straße"


def test_ctrl_and_the_middle_button_open_outside_what_one_has_too(desk: Desk) -> None:
    target, spot = desk.hover(NEAR)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, spot)
    desk.until(lambda: desk.at.opened == [NEAR])
    QTest.mouseClick(target, Qt.MouseButton.MiddleButton, pos=spot)
    desk.until(lambda: desk.at.opened == [NEAR, NEAR])
    assert desk.at.window.opening.article.id == desk.row


def test_the_keys_show_the_address_too(desk: Desk) -> None:
    desk.view.focus_page()
    target = desk.view.focusProxy().focusProxy()
    seen: list[str] = []
    for _ in range(12):
        with desk.at.qtbot.waitSignal(desk.view.marking.focused, timeout=20_000):
            QTest.keyClick(target, Qt.Key.Key_Tab)
        seen.append(desk.links.line.address)
        if NEAR in seen:
            break
    assert [address for address in seen if address] == [FAR, NEAR]
    assert desk.links.line.isVisible()


def test_a_link_to_an_article_one_has_wears_a_sign(desk: Desk) -> None:
    signed = "[...document.querySelectorAll('a[data-held]')].map((a) => a.href).join()"
    desk.until(lambda: desk.ask(signed) == NEAR)
    desk.hover(NEAR)
    assert desk.links.line.text() == f"{NEAR} · in your library"
    desk.at.library.tidying.trash([desk.gate])
    desk.until(lambda: not desk.ask(signed))
