"""The colours: those of the system at once, and readable in every pair that is used."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox

from readlater.ui.reader.colours import colours as named
from readlater.ui.theme import DARK, LIGHT, Theme, mixed, palette, style_sheet


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tell(scheme: Qt.ColorScheme) -> None:
    """What the platform says; offscreen has no colour scheme of its own that could be set."""
    QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)


def test_follows_the_system_while_open(qapp):
    theme = Theme("system")
    theme.apply()
    seen = []
    theme.changed.connect(lambda: seen.append(theme.dark))
    tell(Qt.ColorScheme.Dark)
    assert seen == [True]
    window = QApplication.palette().color(QPalette.ColorRole.Window)
    assert window.name() == DARK.canvas
    tell(Qt.ColorScheme.Light)
    assert seen == [True, False]
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == LIGHT.canvas


def test_a_fixed_setting_stays(qapp):
    theme = Theme("dark")
    assert theme.dark
    tell(Qt.ColorScheme.Dark)
    tell(Qt.ColorScheme.Light)
    assert theme.dark
    theme.set("system")
    assert not theme.dark


BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("canvas", "surface", "raised", "accent_soft")
BADGES = ("amber", "blue", "violet", "danger")


@BOTH
def test_text_has_seven_to_one_on_every_ground(colours):
    for ground in GROUNDS:
        assert contrast(colours.colour("text"), colours.colour(ground)) >= 7, ground


@BOTH
def test_quiet_words_accent_and_badges_have_four_and_a_half(colours):
    for ground in GROUNDS:
        for words in ("quiet", "accent", *BADGES):
            assert contrast(colours.colour(words), colours.colour(ground)) >= 4.5, (words, ground)
    chip = mixed(colours.colour("text"), colours.colour("canvas"), 0.07)
    assert contrast(colours.colour("quiet"), chip) >= 4.5


@BOTH
def test_what_stands_on_the_accent_can_be_read(colours):
    accent, hover = (
        colours.colour("accent"),
        mixed(colours.colour("accent"), colours.colour("text"), 0.88),
    )
    for ground in (accent, hover):
        assert contrast(colours.colour("on_accent"), ground) >= 4.5


@BOTH
def test_rings_and_edges_that_say_something_are_seen(colours):
    for ground in ("canvas", "surface", "raised"):
        assert contrast(colours.colour("accent"), colours.colour(ground)) >= 3  # focus
        assert contrast(colours.colour("quiet"), colours.colour(ground)) >= 3  # a box to tick
    # The default button's ring stands on the button's own accent.
    assert contrast(colours.colour("text"), colours.colour("accent")) >= 1.5
    assert contrast(colours.colour("text"), colours.colour("canvas")) >= 3


@BOTH
def test_marked_words_can_be_read(colours):
    """In search hits and in the lists of highlights text stands on each of the four colours."""
    marks = named("dark" if colours is DARK else "light")
    for number in (1, 2, 3, 4):
        ground = QColor(marks[f"mark-{number}"])
        assert contrast(colours.colour("text"), ground) >= 4.5, number


@BOTH
def test_a_switched_off_control_is_still_seen(colours):
    made = palette(colours)
    words = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert contrast(words, colours.colour("canvas")) >= 2
    assert contrast(words, colours.colour("canvas")) < contrast(
        colours.colour("text"), colours.colour("canvas")
    )


@pytest.mark.parametrize(("setting", "pixel"), [("light", LIGHT), ("dark", DARK)])
def test_a_ticked_box_shows_its_tick(qtbot, setting, pixel):
    """The tick is a file that Qt finds by a name: a wrong one would leave an empty box."""
    Theme(setting).apply()
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setChecked(True)
    box.show()
    image = box.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(18) for y in range(image.height())}
    assert {pixel.accent, pixel.on_accent} <= seen
    Theme("light").apply()


@BOTH
def test_the_style_sheet_has_no_open_names(colours):
    assert "@" not in style_sheet(colours)


def test_the_colours_are_those_of_the_design():
    assert (LIGHT.canvas, LIGHT.accent, LIGHT.mark) == ("#ffffff", "#2f5fd0", "#fff0a6")
    assert (DARK.canvas, DARK.accent, DARK.mark) == ("#1c1c1e", "#8fb2ff", "#5a4d12")
