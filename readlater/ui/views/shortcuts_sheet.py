"""The sheet of keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from readlater.ui.theme import Theme, mixed, sized

Section = tuple[str, Sequence[tuple[str, Sequence[str]]]]
_WIDTH_PX, _WIDEST_PX, _SCROLL_PX = 760, 1040, 12
_HIGHEST_PX: Final = 720
_NATIVE: Final = QKeySequence.SequenceFormat.NativeText


class ShortcutsSheet(QDialog):
    """`sections` are (heading, [(deed, keys)]) in the words of the person."""

    def __init__(
        self, theme: Theme, sections: Sequence[Section], parent: QWidget, *, single: bool
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sections = tuple(sections)
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(24, 20, 24, 16)
        columns.setSpacing(40)
        for half in _halves(self.sections):
            column = QVBoxLayout()
            column.setSpacing(18)
            for section in half:
                column.addLayout(self._section(section))
            column.addStretch(1)
            columns.addLayout(column, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        foot = QLabel(
            self.tr("Single keys never act while you type in a field.")
            if single
            else self.tr("Single keys are switched off in the settings.")
        )
        foot.setContentsMargins(24, 8, 24, 14)
        foot.setFont(sized(self.font(), -1))
        foot.setStyleSheet(f"color: {theme.colours.quiet};")
        outer.addWidget(foot)
        wanted = inner.sizeHint()
        width = min(_WIDEST_PX, max(_WIDTH_PX, wanted.width() + _SCROLL_PX))
        self.resize(width, min(_HIGHEST_PX, wanted.height() + 60))

    def _section(self, section: Section) -> QGridLayout:
        heading, deeds = section
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        title = QLabel(heading)
        title.setFont(sized(self.font(), -1, weight=QFont.Weight.DemiBold))
        title.setStyleSheet(f"color: {self._theme.colours.quiet};")
        grid.addWidget(title, 0, 0, 1, 2)
        for row, (deed, keys) in enumerate(deeds, 1):
            grid.addWidget(QLabel(deed), row, 0)
            grid.addLayout(self._keys(keys), row, 1)
        return grid

    def _keys(self, keys: Sequence[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch(1)
        for at, key in enumerate(keys):
            if at:
                row.addWidget(self._quiet(self.tr("or")))
            for step, part in enumerate(key.split(", ")):
                if step:
                    row.addWidget(self._quiet(self.tr("then")))
                row.addWidget(self._cap(QKeySequence(part).toString(_NATIVE) or part))
        return row

    def _cap(self, text: str) -> QLabel:
        wear = self._theme.colours
        cap = QLabel(text)
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        small = sized(self.font(), -1)
        cap.setFont(small)
        cap.setMinimumWidth(max(22, QFontMetrics(small).horizontalAdvance(text) + 14))
        edge = mixed(wear.colour("quiet"), wear.colour("canvas"), 0.4).name()
        cap.setStyleSheet(
            f"background: {wear.surface}; border: 1px solid {edge}; border-bottom-width: 2px;"
            " border-radius: 4px; padding: 1px 5px;"
        )
        return cap

    def _quiet(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setFont(sized(self.font(), -2))
        label.setStyleSheet(f"color: {self._theme.colours.quiet};")
        return label


def _halves(sections: Sequence[Section]) -> tuple[list[Section], list[Section]]:
    """The sections in two columns of about the same height, in their order."""
    heights = [len(deeds) + 2 for _, deeds in sections]
    total = sum(heights)
    cut = min(
        range(len(sections) + 1),
        key=lambda at: abs(sum(heights[:at]) - sum(heights[at:])),
        default=0,
    )
    return (list(sections[:cut]), list(sections[cut:])) if total else ([], [])
