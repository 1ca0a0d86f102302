"""The colours: those of the system at once, and readable in every pair that is used."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from readlater.ui.theme import DARK, LIGHT, Theme, mixed, style_sheet


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


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground(colours):
    for ground in ("canvas", "surface", "raised"):
        assert contrast(colours.colour("text"), colours.colour(ground)) >= 7
        for words in ("quiet", "accent", "amber", "blue", "violet", "danger"):
            assert contrast(colours.colour(words), colours.colour(ground)) >= 4.5, (words, ground)
    for words in ("text", "quiet", "amber", "blue", "violet"):
        assert contrast(colours.colour(words), colours.colour("accent_soft")) >= 4.5, words
    assert contrast(colours.colour("on_accent"), colours.colour("accent")) >= 4.5
    assert contrast(colours.colour("text"), colours.colour("mark")) >= 4.5
    chip = mixed(colours.colour("text"), colours.colour("canvas"), 0.07)
    assert contrast(colours.colour("quiet"), chip) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_no_open_names(colours):
    assert "@" not in style_sheet(colours)


def test_the_colours_are_those_of_the_design():
    assert (LIGHT.canvas, LIGHT.accent, LIGHT.mark) == ("#ffffff", "#2f5fd0", "#fff0a6")
    assert (DARK.canvas, DARK.accent, DARK.mark) == ("#1c1c1e", "#8fb2ff", "#5a4d12")
