"""What this program is, its version, and where the articles and the settings lie."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from readlater import __version__, paths
from readlater.ui.theme import Theme, sized
from readlater.ui.views.empty import SERIF, thin_icon

_ICON_PX: Final = 40


class About(QDialog):
    """Names the folder of the library that is open."""

    def __init__(self, theme: Theme, folder: Path, settings_file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(self.tr("About Readlater"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 20)
        column.setSpacing(6)
        picture = QLabel()
        accent = theme.colours.colour("accent")
        picture.setPixmap(thin_icon("inbox", accent, _ICON_PX, self.devicePixelRatioF()))
        name = QLabel("Readlater")
        face = QFont(SERIF)
        face.setPixelSize(sized(self.font(), 10).pixelSize())
        face.setWeight(QFont.Weight.DemiBold)
        name.setFont(face)
        version = self._quiet(self.tr("Version %1").replace("%1", __version__))
        sentence = QLabel(
            self.tr("Keeps clean copies of articles, to be read without a network. Free (MIT).")
        )
        lies = self.tr("Your articles: %1").replace("%1", paths.shown(folder))
        kept = self.tr("Your settings: %1").replace("%1", paths.shown(settings_file))
        self.places = self._quiet(f"{lies}\n{kept}")
        flag = Qt.TextInteractionFlag
        self.places.setTextInteractionFlags(flag.TextSelectableByMouse)
        drawn_by = self._quiet(
            self.tr(
                "Icons: Lucide (ISC). Type: Literata, Inter, Atkinson Hyperlegible"
                " and OpenDyslexic (OFL 1.1)."
            )
        )
        for label in (picture, name, version, sentence, self.places, drawn_by):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is not picture)
            column.addWidget(label)
            column.addSpacing(10 if label in (version, sentence, self.places) else 0)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.reject)
        column.addSpacing(6)
        column.addWidget(box)
        self.setMinimumWidth(440)

    def _quiet(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setFont(sized(self.font(), -1))
        label.setStyleSheet(f"color: {self._theme.colours.quiet};")
        return label
