"""Small things that the eye minds: where lines break, what gives way first, what is mirrored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from readlater.ui.icons import icon
from readlater.ui.models.said import QuietParts, dotted
from readlater.ui.theme import Theme
from readlater.ui.views.button_row import ButtonRow
from readlater.ui.views.card_layout import fitted
from readlater.ui.views.even_label import EvenLabel, even_width_px
from readlater.ui.views.raised import SHADOW_PX, Popup

SENTENCE = "gonemagazine.example has no such page (status 404). Check the address."
WRAP = Qt.TextFlag.TextWordWrap


@pytest.fixture
def metrics(qapp: object) -> QFontMetrics:
    return QFontMetrics(QFont("Inter", 10))


def lines(metrics: QFontMetrics, width: int) -> int:
    box = metrics.boundingRect(QRect(0, 0, width, 9999), int(WRAP), SENTENCE)
    return round(box.height() / metrics.lineSpacing())


@pytest.mark.parametrize("room", [120, 260, 400, 440])
def test_lines_are_evened_without_taking_more_of_them(metrics: QFontMetrics, room: int) -> None:
    even = even_width_px(SENTENCE, metrics, room)
    assert even <= room
    assert lines(metrics, even) == lines(metrics, room)
    assert lines(metrics, even - 12) > lines(metrics, room) or even < 24


def test_a_single_line_is_left_as_it_is(metrics: QFontMetrics) -> None:
    wide = metrics.horizontalAdvance(SENTENCE)
    assert lines(metrics, even_width_px(SENTENCE, metrics, wide + 200)) == 1


def test_an_even_label_paints_its_words(qtbot: QtBot) -> None:
    label = EvenLabel(SENTENCE)
    label.setWordWrap(True)
    label.resize(300, 60)
    qtbot.addWidget(label)
    label.show()
    image = label.grab().toImage()
    ground = image.pixelColor(0, 0)
    inked = [
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) != ground
    ]
    assert inked
    assert abs((min(inked) + max(inked)) / 2 - image.width() / 2) < 8


PARTS = QuietParts("Coast and Country", "Ines Aldaba", ("2 min", "11 Oct"))


def test_the_quiet_line_is_whole_where_it_has_room(metrics: QFontMetrics) -> None:
    whole = dotted("Coast and Country", "Ines Aldaba", "2 min", "11 Oct")
    assert fitted(PARTS, metrics, metrics.horizontalAdvance(whole)) == whole


def test_the_byline_goes_first_and_minutes_and_day_stay(metrics: QFontMetrics) -> None:
    without = dotted("Coast and Country", "2 min", "11 Oct")
    room = metrics.horizontalAdvance(without)
    assert fitted(PARTS, metrics, room) == without
    cut = fitted(PARTS, metrics, room - 30)
    assert "…" in cut
    assert cut.startswith("\u2068Coast")
    assert "2 min" in cut
    assert cut.endswith("11 Oct\u2069")
    assert metrics.horizontalAdvance(cut) <= room - 30


def test_next_to_no_room_never_overflows(metrics: QFontMetrics) -> None:
    for room in (10, 40, 70, 100):
        assert metrics.horizontalAdvance(fitted(PARTS, metrics, room)) <= room


def test_buttons_stand_under_each_other_without_room(qtbot: QtBot) -> None:
    buttons = [QPushButton(words) for words in ("Paste a link", "Choose a file", "Read it")]
    holder = QWidget()
    qtbot.addWidget(holder)
    row = ButtonRow(buttons, holder)
    holder.resize(700, 300)
    row.resize(700, 40)
    holder.show()
    qtbot.waitExposed(holder)
    assert len({button.y() for button in buttons}) == 1
    assert len({button.x() for button in buttons}) == 3
    row.resize(180, 200)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 3)
    for button in buttons:
        assert button.width() >= button.sizeHint().width()
    row.offer(buttons[2:])
    assert row.shown == (buttons[2],)
    assert not buttons[2].isHidden()
    assert buttons[0].isHidden()


@pytest.fixture
def right_to_left(qapp: object) -> Iterator[None]:
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def drawn(name: str) -> QImage:
    return icon(name, "#112233").pixmap(QSize(16, 16), 1.0).toImage()


def test_what_points_along_the_line_is_mirrored(right_to_left: None) -> None:
    back, star = drawn("arrow-left"), drawn("tag")
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert drawn("arrow-left") != back
    assert drawn("arrow-left").flipped(Qt.Orientation.Horizontal) == back
    assert drawn("tag") == star


def test_what_floats_stays_over_its_window(qtbot: QtBot) -> None:
    window, theme = QWidget(), Theme("light")
    window.setGeometry(100, 60, 420, 300)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    popup = Popup(theme, window)
    popup.setFixedSize(300 + 2 * SHADOW_PX, 100 + 2 * SHADOW_PX)
    popup.open(window.mapToGlobal(QPoint(300, 40)))
    body = popup.geometry().adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
    assert body.right() <= window.geometry().right()
    assert body.left() >= window.geometry().left()
    with qtbot.waitSignal(popup.destroyed):
        popup.close()
