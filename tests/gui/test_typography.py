"""Typography set by a person: live on the page, kept for all, or one article's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from deed_stage import Stage, stage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QApplication, QToolButton
from reader_stage import ask, click, quiet_engine, until
from site_server import PROSE

from readlater import settings
from readlater.article import Place
from readlater.library import Library
from readlater.ui.reader.colours import colours
from readlater.ui.reader.look import Look
from readlater.ui.reader.view import ReaderView
from readlater.ui.views.outline_panel import OutlinePanel
from readlater.ui.views.settings_dialog import SettingsDialog
from readlater.ui.views.typography_panel import TypographyPanel

pytestmark = quiet_engine
K = Qt.Key
SIZE = "getComputedStyle(document.querySelector('.body p')).fontSize"
ROOT = "document.documentElement.className"


@pytest.fixture
def at(library: Library, qtbot, tmp_path: Path) -> Iterator[Stage]:
    for name in "BA":
        parts = "".join(
            f"<h2>Part {n}</h2><p>{n} of {name}. {PROSE}</p><p>{n} again. {PROSE}</p>"
            for n in range(8)
        )
        head = f"<html lang=en><head><title>{name}</title></head>"
        body = f"<body><article><h1>{name}</h1>{parts}</article></body></html>"
        library.saving.add_page((head + body).encode(), f"https://{name.lower()}.example/")
    while library.fetching.step():
        pass
    with stage(library, qtbot, tmp_path, reader=lambda: ReaderView(library.reading.asset)) as made:
        with qtbot.waitSignal(made.window.reader_pane.prepare().shown, timeout=30_000):
            made.show()
        made.window.open_current()
        made.settle()
        yield made
        made.window.reader_pane.page_view.close_page()


def engine(at: Stage):
    return at.window.reader_pane.page_view.focusProxy().page()


def panel(at: Stage) -> TypographyPanel:
    at.trigger("view.typography")
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, TypographyPanel)]
    return found[-1]


def close(at: Stage, made: TypographyPanel) -> None:
    with at.qtbot.waitSignal(made.destroyed):
        at.qtbot.keyClick(made, K.Key_Escape)


def file_of(at: Stage) -> Path:
    return at.actions.deeds.settings_file


def test_each_control_is_seen_on_the_page_at_once(at: Stage) -> None:
    made = panel(at)
    with at.qtbot.assertNotEmitted(engine(at).loadStarted):
        made.sliders["size_px"][0].setValue(made.sliders["size_px"][0].value() + 2)
        until(at.qtbot, engine(at), SIZE, "21px")
        made.themes[2].click()
        until(at.qtbot, engine(at), ROOT, "sepia")
        made.switches["justify"].setChecked(True)
        until(at.qtbot, engine(at), ROOT, "sepia justify hyphenate")
        made.switches["indent"].setChecked(True)
        until(at.qtbot, engine(at), ROOT, "sepia justify hyphenate indent")
        width = ask(at.qtbot, engine(at), "document.getElementById('article').offsetWidth")
        made.sliders["measure"][0].setValue(2)
        until(
            at.qtbot,
            engine(at),
            f"document.getElementById('article').offsetWidth < {width}",
        )
        made.face.setCurrentIndex(1)
        made.face.activated.emit(1)
        until(
            at.qtbot,
            engine(at),
            "getComputedStyle(document.querySelector('.body p')).fontFamily.includes('Inter')",
        )
    close(at, made)


def test_words_are_divided_at_even_edges(at: Stage) -> None:
    text = ask(at.qtbot, engine(at), "place.body().textContent")
    marks = "document.querySelectorAll('.body p .h').length > 20"
    assert not ask(at.qtbot, engine(at), marks)
    at.window.typography.set(Look(justify=True))
    until(at.qtbot, engine(at), marks)
    assert ask(at.qtbot, engine(at), "place.body().textContent") == text
    at.window.typography.set(Look(justify=True, hyphenate=False))
    until(at.qtbot, engine(at), marks, False)


def test_it_is_kept_for_all_and_for_the_next_start(at: Stage) -> None:
    typography = at.window.typography
    typography.set(replace(typography.look, size_px=24, theme="black"))
    typography.keep()
    at.settle()
    kept = settings.load(file_of(at))
    assert (kept.reader_size_px, kept.reader_theme) == (24, "black")
    typography.set(Look())
    typography.keep()
    at.settle()
    assert settings.load(file_of(at)) == settings.Settings()


def test_one_article_may_have_its_own(at: Stage) -> None:
    made = panel(at)
    made.own.setChecked(True)
    made.sliders["size_px"][0].setValue(0)
    until(at.qtbot, engine(at), SIZE, "12px")
    close(at, made)
    view = at.window.reader_pane.page_view
    with at.qtbot.waitSignal(view.shown, timeout=20_000):
        at.window.step(1)
        at.settle()
    until(at.qtbot, engine(at), SIZE, "19px")
    with at.qtbot.waitSignal(view.shown, timeout=20_000):
        at.window.step(-1)
        at.settle()
    until(at.qtbot, engine(at), SIZE, "12px")
    assert settings.load(file_of(at)).reader_size_px == 19
    made = panel(at)
    assert made.own.isChecked()
    made.own.setChecked(False)
    until(at.qtbot, engine(at), SIZE, "19px")
    close(at, made)


def test_the_panel_is_used_by_keys(at: Stage) -> None:
    made = panel(at)
    reached = set()
    for _ in range(20):
        reached.add(QApplication.focusWidget())
        at.qtbot.keyClick(QApplication.focusWidget(), K.Key_Tab)
    wanted = {made.face, made.own, *(row[0] for row in made.sliders.values())}
    assert wanted <= reached
    slider = made.sliders["leading"][0]
    slider.setFocus()
    at.qtbot.keyClick(slider, K.Key_Right)
    assert at.window.typography.look.leading == 1.65
    close(at, made)


def test_every_installed_face_is_offered(at: Stage) -> None:
    made = panel(at)
    offered = {made.face.itemData(i) for i in range(made.face.count())}
    families = {f for f in QFontDatabase.families() if not QFontDatabase.isPrivateFamily(f)}
    assert {family.partition(" [")[0] for family in families} <= offered
    assert not any("[" in str(name) for name in offered)
    assert len(offered) == made.face.count()
    close(at, made)


def test_larger_smaller_and_back(at: Stage) -> None:
    at.trigger("view.larger")
    at.trigger("view.larger")
    until(at.qtbot, engine(at), SIZE, "21px")
    at.trigger("view.smaller")
    until(at.qtbot, engine(at), SIZE, "20px")
    at.trigger("view.ordinary")
    until(at.qtbot, engine(at), SIZE, "19px")


def test_the_page_follows_the_window_and_may_differ(at: Stage) -> None:
    until(at.qtbot, engine(at), ROOT, "light")
    at.theme.set("dark")
    until(at.qtbot, engine(at), ROOT, "dark")
    at.window.typography.set(Look(theme="sepia"))
    at.theme.set("light")
    until(at.qtbot, engine(at), ROOT, "sepia")
    corner = QPoint(300, 4)
    picture: QImage = at.window.bar_reader.grab().toImage()
    assert picture.pixelColor(corner).name() == colours("sepia")["canvas"]


def test_the_bar_is_one_sheet_with_a_page_of_another_theme(at: Stage) -> None:
    bar = at.window.bar_reader
    for theme in ("black", "sepia", "dark", "light"):
        at.window.typography.set(Look(theme=theme))
        QApplication.processEvents()
        picture = bar.grab().toImage()
        assert picture.pixelColor(300, 4).name() == colours(theme)["canvas"]
        button = next(b for b in bar.findChildren(QToolButton) if b.isVisible())
        place = button.geometry()
        inked = [
            picture.pixelColor(x, y).lightness()
            for x in range(place.left(), place.right())
            for y in range(place.top(), place.bottom())
        ]
        assert max(inked) - min(inked) > 80, theme  # an icon in the page's own quiet colour
        assert theme in {"light", "sepia"} or max(inked) > 120
    at.window.typography.set(Look(theme="black"))
    at.window.reader_pane.say("", "Choose an article to read it here.")
    picture = bar.grab().toImage()
    assert picture.pixelColor(300, 4).name() == at.theme.colours.canvas


def test_a_tag_in_the_head_leads_to_its_list(at: Stage) -> None:
    first = at.window.opening.article.id
    at.library.tidying.tag([first], add=["sea & land/50%"])
    at.settle()
    until(at.qtbot, engine(at), "document.querySelector('.tag')?.innerText", "sea & land/50%")
    at.window.arranging.fold_list()
    at.window.arranging.read_quietly(on=True)
    view = at.window.reader_pane.page_view
    with at.qtbot.waitSignal(view.deed_clicked):
        click(at.qtbot, view, engine(at), ".tag")
    at.settle()
    assert at.window.view().place is Place.TAG
    assert at.window.view().tag == "sea & land/50%"
    assert at.window.list_pane.isVisible()
    assert [a.id for a in at.library.searching.cards(at.window.view(), 0, 9)] == [first]


def test_the_settings_dialog_leaves_the_typography_as_it_is_by_then(at: Stage) -> None:
    at.trigger("file.settings")
    dialog = at.window.findChild(SettingsDialog)
    at.window.typography.set(Look(size_px=24, theme="sepia"))
    at.window.typography.keep()
    at.settle()
    dialog.rows["fetch.per_host"].put(3)
    dialog.save.click()
    at.settle()
    kept = settings.load(file_of(at))
    assert (kept.reader_size_px, kept.reader_theme, kept.per_host) == (24, "sepia", 3)


def test_only_the_article_and_back(at: Stage) -> None:
    at.trigger("view.only_the_article")
    assert not at.window.list_pane.isVisible()
    assert not at.window.bar_reader.isVisible()
    assert not at.window.menuBar().isVisible()
    assert at.window.reader_pane.has_keys
    at.qtbot.keyClick(QApplication.focusWidget(), K.Key_Escape)
    assert at.window.list_pane.isVisible()
    assert at.window.bar_reader.isVisible()


def test_the_field_to_find_words_wears_the_page_too(at: Stage) -> None:
    at.window.typography.set(Look(theme="black"))
    at.trigger("edit.find")
    bar = at.window.reader_pane.find_bar
    at.qtbot.keyClicks(bar.field, "wall")
    at.qtbot.keyClick(bar.field, K.Key_Tab)  # the field without its ring
    picture = bar.grab().toImage()
    assert picture.pixelColor(4, 4).name() == colours("black")["surface"]
    inside = bar.field.geometry().center()
    assert picture.pixelColor(inside).name() == colours("black")["surface"]
    at.window.typography.set(Look(theme="light"))
    picture = bar.grab().toImage()
    assert picture.pixelColor(4, 4).name() == colours("light")["surface"]


def test_find_is_of_the_pane_with_the_keys(at: Stage) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    bar = at.window.reader_pane.find_bar
    at.qtbot.keyClick(QApplication.focusWidget(), K.Key_F, control)
    assert bar.isVisible()
    assert bar.field.hasFocus()
    at.qtbot.keyClicks(bar.field, "Part 3")
    at.until(lambda: bar.count.text() == "1 of 1")
    at.qtbot.keyClicks(bar.field, "3")
    at.until(lambda: bar.count.text() == "Not found")
    at.qtbot.keyClick(bar.field, K.Key_Escape)
    assert not bar.isVisible()
    assert at.window.reader_pane.has_keys
    at.window.list_pane.cards.setFocus()
    at.qtbot.keyClick(at.window.list_pane.cards, K.Key_F, control)
    assert not bar.isVisible()
    assert at.window.list_pane.isAncestorOf(QApplication.focusWidget())


def test_the_outline_leads_to_a_heading(at: Stage) -> None:
    at.trigger("view.outline")

    def made() -> list[OutlinePanel]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, OutlinePanel)]

    at.until(lambda: bool(made()))
    [shown] = made()
    assert [shown.list.item(i).text().strip() for i in (0, 1, 8)] == ["A", "Part 0", "Part 7"]
    shown.list.setCurrentRow(5)
    with at.qtbot.waitSignal(shown.destroyed):
        at.qtbot.keyClick(shown.list, K.Key_Return)
    top = "Math.round(document.querySelectorAll('h2')[4].getBoundingClientRect().top)"
    until(at.qtbot, engine(at), top, 28)


def test_the_end_of_the_page_does_deeds(at: Stage) -> None:
    view = at.window.reader_pane.page_view
    first = at.window.opening.article.id
    view.deed_clicked.emit("favourite")
    at.until(lambda: at.article(first).favourite)
    until(
        at.qtbot,
        engine(at),
        "document.querySelectorAll('.after a')[1].innerText.trim()",
        "Favourite",
    )
    view.deed_clicked.emit("next")
    at.settle()
    assert at.window.opening.article.id != first
    view.deed_clicked.emit("format the disk")  # nothing the page could ask for


def test_space_goes_on_to_the_next_article(at: Stage) -> None:
    first = at.window.opening.article.id
    view = at.window.reader_pane.page_view
    view.restore(1.0)
    until(at.qtbot, engine(at), "scrollY > 1000")
    at.qtbot.keyClick(QApplication.focusWidget(), K.Key_Space)
    at.until(lambda: at.window.opening.is_resting or at.window.opening.article.id != first)
    at.settle()
    assert at.window.opening.article.id != first


def test_one_starts_again_where_one_stopped(at: Stage) -> None:
    first = at.window.opening.article.id
    view = at.window.reader_pane.page_view
    view.tour.to_heading(5)
    until(at.qtbot, engine(at), "scrollY > 500")
    at.until(lambda: at.library.reading.page(first).spot is not None)
    assert at.library.searching.counts().places[Place.CONTINUE] == 1
    at.window.typography.set(Look(size_px=28))
    with at.qtbot.waitSignal(view.shown, timeout=20_000):
        at.window.step(1)
        at.settle()
    with at.qtbot.waitSignal(view.shown, timeout=20_000):
        at.window.step(-1)
        at.settle()
    top = "Math.abs(document.querySelectorAll('h1, h2')[5].getBoundingClientRect().top - 28) < 40"
    until(at.qtbot, engine(at), top)
