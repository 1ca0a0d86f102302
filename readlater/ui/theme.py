"""The colours by name, light and dark, and what lays them over Qt's own style."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from PySide6.QtCore import QCoreApplication, QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from readlater import resources
from readlater.ui.reader.colours import colours

CORNER_PX: Final = 6
_FOCUS_PX: Final = 2


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme's colours as `#rrggbb`; the names are those of the style sheet of the page.

    `text` on `canvas` is at least 7:1, `quiet` and the coloured words at least 4.5:1 (WCAG 2.2).
    """

    canvas: str
    surface: str
    raised: str
    line: str
    text: str
    quiet: str
    accent: str
    accent_soft: str
    on_accent: str
    danger: str
    amber: str
    blue: str
    violet: str
    mark: str

    def colour(self, name: str) -> QColor:
        """The colour called `name`, ready to paint with."""
        return QColor(getattr(self, name))


def _named(theme: str, on_accent: str) -> Colours:
    named = colours(theme)
    return Colours(
        on_accent=on_accent,
        mark=named["mark-1"],
        **{
            f.name: named[f.name.replace("_", "-")]
            for f in fields(Colours)
            if f.name not in ("on_accent", "mark")
        },
    )


# The window and the page take their colours from one file.
LIGHT: Final = _named("light", "#ffffff")
DARK: Final = _named("dark", "#10203f")
_OF_PAGES: Final = {
    "light": LIGHT,
    "sepia": _named("sepia", "#ffffff"),
    "dark": DARK,
    "black": _named("black", "#10203f"),
}


def of_page(theme: str) -> Colours:
    """What a widget wears that is one sheet with a page in "light", "sepia", "dark" or "black"."""
    return _OF_PAGES[theme]


class Theme(QObject):
    """Which colours hold now: those of the system, followed at once, or fixed ones.

    `changed` comes after the palette and the style sheet of the application are in place.
    """

    changed = Signal()

    def __init__(self, setting: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._setting = setting
        hints = QGuiApplication.styleHints()
        self._scheme = hints.colorScheme()
        self._colours = self._wanted()
        hints.colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def colours(self) -> Colours:
        """The colours that hold now."""
        return self._colours

    @property
    def dark(self) -> bool:
        """Whether the dark colours hold."""
        return self._colours is DARK

    def set(self, setting: str) -> None:
        """Follow `setting`: "system", "light" or "dark"."""
        self._setting = setting
        self._follow()

    def apply(self, application: QCoreApplication | None = None) -> None:
        """Lay the colours over the application: Fusion, one palette, one small style sheet."""
        application = application or QApplication.instance()
        if isinstance(application, QApplication):
            if application.style().name() != "fusion":
                application.setStyle("Fusion")
            QDir.setSearchPaths("readlater", [str(resources.FOLDER)])
            application.setPalette(palette(self._colours))
            application.setStyleSheet(style_sheet(self._colours))
        self.changed.emit()

    def _wanted(self) -> Colours:
        if self._setting == "system":
            return DARK if self._scheme == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._setting == "dark" else LIGHT

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self._colours:
            self._colours = wanted
            self.apply()

    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme
        self._follow()


def palette(wear: Colours) -> QPalette:
    """The palette that makes Fusion's own widgets wear these colours."""
    role = QPalette.ColorRole
    made = QPalette()
    named = {
        role.Window: "canvas",
        role.Base: "canvas",
        role.AlternateBase: "surface",
        role.Button: "canvas",
        role.ToolTipBase: "raised",
        role.WindowText: "text",
        role.Text: "text",
        role.ButtonText: "text",
        role.ToolTipText: "text",
        role.BrightText: "danger",
        role.PlaceholderText: "quiet",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "raised",
        role.Midlight: "line",
        role.Mid: "line",
        role.Dark: "line",
        role.Shadow: "line",
    }
    for of_qt, name in named.items():
        made.setColor(of_qt, wear.colour(name))
    off = QPalette.ColorGroup.Disabled
    for of_qt in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(off, of_qt, mixed(wear.colour("quiet"), wear.colour("canvas"), 0.6))
    return made


_SHEET: Final = """
QSplitter::handle { background: @line; }
QMainWindow::separator { width: 0; height: 0; }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px 6px; }
QMenu { background: @raised; color: @text; border: 1px solid @line; border-radius: @cornerpx;
  padding: 4px; }
QMenu::item { padding: 5px 24px 5px 8px; border-radius: 4px; }
QMenu::item:selected { background: @accent_soft; }
QMenu::item:disabled { color: @quiet; }
QMenu::indicator { width: 16px; height: 16px; left: 5px; }
QMenu::indicator:checked { image: url(readlater:icons/drawn/check.svg); }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenuBar { background: @surface; border-bottom: 1px solid @line; }
QMenuBar::item { background: transparent; padding: 5px 9px; border-radius: 4px; }
QMenuBar::item:selected { background: @accent_soft; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; border: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; border: 0; }
QScrollBar::handle { background: @thumb; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QPushButton { border: 1px solid @line; border-radius: @cornerpx; padding: 6px 11px;
  background: @canvas; color: @text; min-height: 16px; }
QPushButton:hover { background: @surface; }
QPushButton:pressed { background: @line; }
QPushButton:disabled { color: @quiet; }
QPushButton:focus { border: @focuspx solid @accent; padding: 5px 10px; }
QPushButton:default { background: @accent; border-color: @accent; color: @on_accent; }
QPushButton:default:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton:default:disabled { background: @surface; border-color: @line; color: @quiet; }
QPushButton:default:focus { border: @focuspx solid @text; }
QToolButton { border: @focuspx solid transparent; border-radius: @cornerpx;
  background: transparent; color: @text; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:open { background: @line; }
QToolButton:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; }
QComboBox { border: 1px solid @line; border-radius: @cornerpx; background: @canvas; color: @text;
  padding: 5px 8px 5px 10px; min-height: 18px; combobox-popup: 0; }
QComboBox:hover { background: @surface; }
QComboBox:focus { border: @focuspx solid @accent; padding: 4px 7px 4px 9px; }
QComboBox:disabled { color: @quiet; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url(readlater:icons/drawn/chevron.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @line;
  outline: 0; selection-background-color: @accent_soft; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 9px; }
QComboBox QAbstractItemView::item:selected { background: @accent_soft; color: @text; }
QCheckBox { spacing: 8px; color: @text; min-height: 28px; }
QCheckBox:disabled { color: @quiet; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @quiet; border-radius: 4px;
  background: @canvas; }
QCheckBox::indicator:checked { border-color: @accent; background: @accent;
  image: url(readlater:icons/drawn/@tick.svg); }
QCheckBox::indicator:disabled { border-color: @line; background: @surface; }
QCheckBox::indicator:checked:disabled { image: url(readlater:icons/drawn/tick-off.svg); }
QCheckBox::indicator:focus { border: @focuspx solid @accent; width: 14px; height: 14px; }
QCheckBox::indicator:checked:focus { border-color: @text; }
QSlider { min-height: 28px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @line; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
  border: @focuspx solid @accent; background: @canvas; }
QSlider::handle:horizontal:hover { background: @accent_soft; }
QSlider::handle:horizontal:focus { border-color: @text; }
QLineEdit, QPlainTextEdit, QTextEdit { border: 1px solid @line; border-radius: @cornerpx;
  background: @surface; color: @text; padding: 5px 8px;
  selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: @focuspx solid @accent;
  padding: 4px 7px; background: @canvas; }
"""


def style_sheet(wear: Colours) -> str:
    """The style sheet of the application; views that paint themselves take nothing from it."""
    text, canvas = wear.colour("text"), wear.colour("canvas")
    values = {f.name: getattr(wear, f.name) for f in fields(Colours)}
    values["thumb"] = mixed(wear.colour("quiet"), canvas, 0.45).name()
    values["hover"] = mixed(text, canvas, 0.06).name()
    values["accent_hover"] = mixed(wear.colour("accent"), text, 0.88).name()
    values["cornerpx"] = f"{CORNER_PX}px"
    values["tick"] = "tick-dark" if wear is DARK else "tick-light"
    values["focuspx"] = f"{_FOCUS_PX}px"
    sheet = _SHEET
    for name in sorted(values, key=len, reverse=True):  # accent_soft before accent
        sheet = sheet.replace(f"@{name}", values[name])
    return sheet


def mixed(over: QColor, under: QColor, share: float) -> QColor:
    """`share` (0..1) of `over` and the rest of `under`, as CSS `color-mix(in srgb, …)`."""
    rest = 1 - share
    return QColor(
        round(over.red() * share + under.red() * rest),
        round(over.green() * share + under.green() * rest),
        round(over.blue() * share + under.blue() * rest),
    )


def sized(font: QFont, step_px: float, *, weight: QFont.Weight | None = None) -> QFont:
    """A copy of `font`, larger by `step_px` logical pixels (or smaller), never under 9."""
    made = QFont(font)
    made.setPixelSize(max(9, round(QFontInfo(font).pixelSize() + step_px)))
    if weight is not None:
        made.setWeight(weight)
    return made


def tabular(font: QFont) -> QFont:
    """A copy of `font` whose figures are all equally wide, where the face has such figures."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
