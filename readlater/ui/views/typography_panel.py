"""The panel of the page's typography: each change is seen at once on the page beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readlater.ui.reader.colours import colours
from readlater.ui.reader.look import SIZES_PX, Look
from readlater.ui.reader.typography import Typography
from readlater.ui.theme import Theme, sized, tabular
from readlater.ui.views.raised import SHADOW_PX, Popup

_WIDTH_PX: Final = 292
_SWATCH: Final = QSize(50, 44)
_FOUNDRY: Final = re.compile(r" \[[^\]]*\]$")
THEMES: Final = ("window", "light", "sepia", "dark", "black")


class Swatch(QAbstractButton):
    """A theme, told by its own colours and its name."""

    def __init__(self, theme: Theme, name: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.name = theme, name
        self.setCheckable(True)
        self.setFixedSize(_SWATCH)
        self.setText(words)
        self.setToolTip(words)
        self.setAccessibleName(words)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        own = self._theme.colours
        worn = colours(self.name if self.name != "window" else "light")
        body = QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
        painter.setPen(QPen(own.colour("line"), 1))
        painter.setBrush(QColor(worn["canvas"]))
        painter.drawRoundedRect(body, 7, 7)
        painter.setFont(sized(self.font(), 3, weight=QFont.Weight.Medium))
        if self.name == "window":  # both: it follows what the window does
            painter.save()
            painter.setClipRect(body.adjusted(body.width() / 2, 0, 0, 0))
            painter.setBrush(QColor(colours("dark")["canvas"]))
            painter.drawRoundedRect(body, 7, 7)
            painter.setPen(QColor(colours("dark")["text"]))
            painter.drawText(body, Qt.AlignmentFlag.AlignCenter, "Aa")
            painter.restore()
            painter.setClipRect(body.adjusted(0, 0, -body.width() / 2, 0))
        painter.setPen(QColor(worn["text"]))
        painter.drawText(body, Qt.AlignmentFlag.AlignCenter, "Aa")
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked() or self.hasFocus():
            hue = own.colour("accent" if self.isChecked() else "quiet")
            painter.setPen(QPen(hue, 3 if self.isChecked() and self.hasFocus() else 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 9, 9)


def installed() -> list[str]:
    """The families of the system by the names that a style sheet knows, each once."""
    families = (f for f in QFontDatabase.families() if not QFontDatabase.isPrivateFamily(f))
    # Qt names the foundry of a family that comes from two: "C059 [urw]".
    return list(dict.fromkeys(_FOUNDRY.sub("", family) for family in families))


@dataclass(frozen=True, slots=True)
class Measure:
    """A row with a slider: the values it stops at, and how one of them is said."""

    field: str
    words: str
    stops: tuple[float, ...]
    say: Callable[[float], str]


class TypographyPanel(Popup):
    """Shows and sets a `Typography`; every control is reached by Tab and moved by the arrows."""

    def __init__(self, theme: Theme, typography: Typography, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._typography = typography
        self._is_filling = False
        self.setAccessibleName(self.tr("Typography"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addLayout(self._themes())
        column.addLayout(self._faces())
        column.addLayout(self._measures())
        for box in self._switches():
            column.addWidget(box)
        line = QFrame()
        line.setFixedHeight(1)
        line.setStyleSheet(f"background: {theme.colours.line};")
        column.addWidget(line)
        column.addLayout(self._foot())
        typography.changed.connect(self._fill)
        self._fill()
        self.setFocusProxy(self.themes[THEMES.index(typography.look.theme)])

    def _themes(self) -> QHBoxLayout:
        names = {
            "window": self.tr("As the window"),
            "light": self.tr("Light"),
            "sepia": self.tr("Sepia"),
            "dark": self.tr("Dark"),
            "black": self.tr("Black"),
        }
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(0)
        self.themes = [Swatch(self._theme, name, names[name], self) for name in THEMES]
        for swatch in self.themes:
            group.addButton(swatch)
            row.addWidget(swatch)
            if swatch is not self.themes[-1]:
                row.addStretch()
            swatch.toggled.connect(
                lambda on, name=swatch.name: self._set(theme=name) if on else None
            )
        return row

    def _faces(self) -> QHBoxLayout:
        row = QHBoxLayout()
        label = QLabel(self.tr("Face"))
        self.face = QComboBox()
        self.face.setAccessibleName(label.text())
        self.face.setEditable(True)
        self.face.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.face.setMaxVisibleItems(14)
        self.face.setFixedWidth(190)
        self.face.addItem(self.tr("Serif (Literata)"), "serif")
        self.face.addItem(self.tr("Sans (Inter)"), "sans")
        self.face.addItem(self.tr("Hyperlegible (Atkinson)"), "hyperlegible")
        self.face.addItem(self.tr("Dyslexic (OpenDyslexic)"), "dyslexic")
        self.face.insertSeparator(self.face.count())
        for family in installed():
            self.face.addItem(family, family)
        completer = QCompleter(self.face.model(), self.face)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.face.setCompleter(completer)
        self.face.activated.connect(lambda at: self._set(face=self.face.itemData(at)))
        row.addWidget(label)
        row.addStretch()
        row.addWidget(self.face)
        return row

    def _measures(self) -> QGridLayout:
        number = QLocale().toString
        rows = (
            Measure("size_px", self.tr("Size"), SIZES_PX, lambda v: number(int(v))),
            Measure(
                "leading",
                self.tr("Line height"),
                tuple(n / 20 for n in range(24, 47)),
                lambda v: number(float(v), "f", 2),
            ),
            Measure(
                "measure",
                self.tr("Column width"),
                tuple(range(36, 121, 3)),
                lambda v: number(int(v)),
            ),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self.sliders: dict[str, tuple[QSlider, QLabel, Measure]] = {}
        for at, row in enumerate(rows):
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, len(row.stops) - 1)
            slider.setPageStep(2)
            slider.setMinimumHeight(28)
            slider.setAccessibleName(row.words)
            value = QLabel()
            value.setFont(tabular(self.font()))
            value.setFixedWidth(36)
            value.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            slider.valueChanged.connect(lambda stop, of=row: self._on_slid(of, stop))
            self.sliders[row.field] = (slider, value, row)
            for column, widget in enumerate((QLabel(row.words), slider, value)):
                grid.addWidget(widget, at, column)
        return grid

    def _switches(self) -> tuple[QCheckBox, ...]:
        self.switches = {
            "justify": QCheckBox(self.tr("Even edges")),
            "hyphenate": QCheckBox(self.tr("Divide words at even edges")),
            "indent": QCheckBox(self.tr("Paragraphs by indent")),
        }
        for name, box in self.switches.items():
            box.toggled.connect(lambda on, name=name: self._set(**{name: on}))
        return tuple(self.switches.values())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.own = QCheckBox(self.tr("Only for this article"))
        self.own.toggled.connect(self._on_own)
        self.defaults = QPushButton(self.tr("Defaults"))
        self.defaults.setAutoDefault(False)
        self.defaults.clicked.connect(lambda: self._typography.set(Look()))
        row.addWidget(self.own)
        row.addStretch()
        row.addWidget(self.defaults)
        return row

    def _fill(self) -> None:
        look = self._typography.look
        self._is_filling = True
        for swatch in self.themes:
            swatch.setChecked(swatch.name == look.theme)
        at = self.face.findData(look.face)
        self.face.setCurrentIndex(at)
        if at < 0:
            self.face.setEditText(look.face)
        for field, (slider, value, row) in self.sliders.items():
            held = getattr(look, field)
            stops = row.stops
            slider.setValue(min(range(len(stops)), key=lambda i: abs(stops[i] - held)))
            value.setText(row.say(held))
        for name, box in self.switches.items():
            box.setChecked(getattr(look, name))
        self.switches["hyphenate"].setEnabled(look.justify)
        self.own.setChecked(self._typography.is_own)
        self.own.setEnabled(self._typography.can_be_own)
        self.defaults.setEnabled(look != Look())
        self._is_filling = False

    def _on_slid(self, row: Measure, stop: int) -> None:
        self._set(**{row.field: row.stops[stop]})

    def _on_own(self, on: bool) -> None:
        if not self._is_filling:
            self._typography.set_own(on=on)

    def _set(self, **values: Any) -> None:
        if not self._is_filling:
            self._typography.set(replace(self._typography.look, **values))

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(hint.width(), _WIDTH_PX + 2 * SHADOW_PX), hint.height())
