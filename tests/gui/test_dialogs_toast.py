"""The toast: how long it stays, where, and that Undo is pressed once."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from readlater.ui.theme import Theme
from readlater.ui.views.toast import SHOWN_MS, Toast


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


def test_a_toast_waits_while_one_points_at_it_or_its_button(theme, ground, qtbot) -> None:
    toast, done = Toast(theme, ground), []
    toast.say("3 links saved", lambda: done.append(1))
    assert toast.shown_ms > SHOWN_MS - 1000
    assert toast.geometry().bottom() <= ground.rect().bottom()
    ground.activateWindow()
    toast.button.setFocus()
    assert toast.shown_ms == -1
    toast.button.clearFocus()
    assert toast.shown_ms > 0
    toast.button.click()
    assert done == [1]
    assert toast.text == ""


def test_a_toast_without_undo_has_no_button_and_a_long_one_stays_longer(theme, ground) -> None:
    toast = Toast(theme, ground)
    toast.say("x " * 200)
    assert toast.button.isHidden()
    assert toast.shown_ms > SHOWN_MS
    assert toast.width() < ground.width()
    ground.resize(500, 400)
    QApplication.processEvents()
    assert toast.geometry().bottom() <= ground.rect().bottom() + 1
