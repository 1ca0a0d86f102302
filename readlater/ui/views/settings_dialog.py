"""The settings, made from the fields of `Settings`: a label, a widget, a check on saving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from readlater.errors import SettingsError
from readlater.settings import Settings, with_values
from readlater.ui import messages
from readlater.ui.theme import Theme, sized

_FIELD_PX: Final = 150
_NUMBER_PX: Final = 90


@dataclass(frozen=True, slots=True)
class Row:
    """A setting in the dialog: its widget and how its value is read and set."""

    widget: QWidget
    read: Callable[[], object]
    put: Callable[[Any], None]


class SettingsDialog(QDialog):
    """`saved` carries the new Settings, all checked; a wrong value is said and nothing is saved."""

    saved = Signal(object)

    def __init__(self, theme: Theme, now: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._now = theme, now
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rows: dict[str, Row] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addLayout(self._grid(now))
        note = QLabel(self.tr("What is about saving holds from the next start of Readlater."))
        note.setFont(sized(self.font(), -1))
        note.setStyleSheet(f"color: {theme.colours.quiet};")
        column.addSpacing(4)
        column.addWidget(note)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.setStyleSheet(f"color: {theme.colours.danger};")
        self._problem.hide()
        column.addWidget(self._problem)
        column.addSpacing(4)
        column.addWidget(self._buttons())

    @property
    def problem(self) -> str:
        """What is wrong with a value; "" while nothing is."""
        return "" if self._problem.isHidden() else self._problem.text()

    def _grid(self, now: Settings) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        room = ""
        # The window first: it is what people come for.
        ordered = sorted(_shown(), key=lambda f: not f.metadata["name"].startswith("ui."))
        for field in ordered:
            name: str = field.metadata["name"]
            if name.split(".")[0] != room:
                room = name.split(".")[0]
                if grid.rowCount() > 1:
                    grid.setRowMinimumHeight(grid.rowCount(), 8)
                grid.addWidget(self._heading(room), grid.rowCount(), 0, 1, 2)
            at = grid.rowCount()
            row = self._row(field, getattr(now, field.name))
            self.rows[name] = row
            about = QCoreApplication.translate("settings", field.metadata["about"])
            row.widget.setAccessibleName(about)
            label = QLabel(about)
            label.setWordWrap(True)
            label.setMinimumWidth(280)
            label.setBuddy(row.widget)
            grid.addWidget(label, at, 0)
            side = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(row.widget, at, 1, side)
        return grid

    def _heading(self, room: str) -> QLabel:
        names = {
            "ui": self.tr("Window"),
            "fetch": self.tr("Saving"),
            "paper": self.tr("Paper"),
            "aloud": self.tr("Read aloud"),
        }
        label = QLabel(names.get(room, room))
        label.setFont(sized(self.font(), 1, weight=QFont.Weight.DemiBold))
        return label

    def _row(self, field: Any, value: Any) -> Row:
        meta = field.metadata
        if isinstance(field.default, bool):
            box = QCheckBox()
            box.setStyleSheet("QCheckBox { spacing: 0; }")  # its words are the row's label
            box.setChecked(value)
            return Row(box, box.isChecked, box.setChecked)
        if isinstance(field.default, int | float):
            return self._number(field, value)
        if "one_of" in meta:
            return self._choice(meta["one_of"], value)
        line = QLineEdit(", ".join(value))
        line.setFixedWidth(_FIELD_PX + 90)
        line.setPlaceholderText("192.168.1.10:8080")
        return Row(line, line.text, lambda given: line.setText(", ".join(given)))

    @staticmethod
    def _number(field: Any, value: Any) -> Row:
        # A plain field: what is no number, or out of its range, is said by the check on saving.
        line = QLineEdit(f"{value:g}")
        line.setFixedWidth(_NUMBER_PX)
        line.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        low, high = field.metadata["low"], field.metadata["high"]
        line.setToolTip(f"{low:g} – {high:g}")
        return Row(
            line,
            lambda: line.text().strip().replace(",", "."),
            lambda given: line.setText(f"{given:g}"),
        )

    def _choice(self, values: tuple[str, ...], value: str) -> Row:
        words = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
        }
        box = QComboBox()
        for known in values:
            box.addItem(words.get(known, known), known)
        box.setCurrentIndex(box.findData(value))
        box.setMinimumWidth(_FIELD_PX)
        return Row(box, box.currentData, lambda given: box.setCurrentIndex(box.findData(given)))

    def _buttons(self) -> QDialogButtonBox:
        role = QDialogButtonBox.ButtonRole
        box = QDialogButtonBox()
        self.save = box.addButton(self.tr("Save"), role.AcceptRole)
        box.addButton(self.tr("Cancel"), role.RejectRole)
        self.defaults = box.addButton(self.tr("Defaults"), role.ResetRole)
        self.defaults.setAutoDefault(False)
        self.save.setDefault(True)
        box.accepted.connect(self._on_save)
        box.rejected.connect(self.reject)
        self.defaults.clicked.connect(self._on_defaults)
        return box

    def _on_defaults(self) -> None:
        for field in _shown():
            self.rows[field.metadata["name"]].put(field.default)

    def _on_save(self) -> None:
        values = {name: row.read() for name, row in self.rows.items()}
        try:
            checked = with_values(self._now, values)
        except SettingsError as error:
            self._problem.setText(messages.error(error))
            self._problem.show()
            return
        self.saved.emit(checked)
        self.accept()


def own_values(settings: Settings) -> dict[str, object]:
    """What this dialog is about, by dotted names: the rest of `settings` may be older by now."""
    return {f.metadata["name"]: getattr(settings, f.name) for f in _shown()}


def _shown() -> list[Any]:
    """The fields of this dialog; typography and voices are chosen where they are seen or heard."""
    names = {f: f.metadata["name"] for f in fields(Settings)}
    return [f for f, n in names.items() if not n.startswith("reader.") and n != "aloud.voices"]
