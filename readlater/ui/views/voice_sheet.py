"""What to do where the system has no voice: the packages to install, and another try."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from readlater.ui.aloud.packages import command
from readlater.ui.theme import Theme, sized

_WIDTH_PX = 460
_OS_RELEASE = Path("/etc/os-release")


def system_command(file: Path = _OS_RELEASE) -> str:
    """The command that brings a voice to this system; "" where none is known."""
    try:
        return command(file.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""


class VoiceSheet(QDialog):
    """`again` asks to look for a voice once more; `say_none` tells that there was none again.

    `install` is the command that brings one, or "".
    """

    again = Signal()

    def __init__(self, theme: Theme, install: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Read aloud"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        heading = QLabel(self.tr("This computer has no voice yet"))
        heading.setFont(sized(self.font(), 2))
        column.addWidget(heading)
        words = QLabel(_words(install))
        words.setWordWrap(True)
        words.setStyleSheet(f"color: {theme.colours.quiet};")
        column.addWidget(words)
        self.command = QLineEdit(install)
        self.copy = QPushButton(self.tr("Copy"))
        if install:
            column.addLayout(self._command_row())
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setStyleSheet(f"color: {theme.colours.danger};")
        self.problem.hide()
        column.addWidget(self.problem)
        column.addSpacing(4)
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.retry = buttons.addButton(self.tr("Try again"), role.ActionRole)
        buttons.addButton(self.tr("Close"), role.RejectRole)
        self.retry.clicked.connect(self._on_retry)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.retry.setDefault(True)

    def _command_row(self) -> QHBoxLayout:
        self.command.setReadOnly(True)
        self.command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.command.setAccessibleName(self.tr("Command that installs a voice"))
        self.command.setCursorPosition(0)
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._on_copy)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.command, 1)
        row.addWidget(self.copy)
        return row

    def say_none(self) -> None:
        """Say that the last try found no voice either."""
        self.retry.setEnabled(True)
        self.problem.setText(self.tr("There is still no voice. Install the packages first."))
        self.problem.show()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
        self.copy.setText(self.tr("Copied"))

    def _on_retry(self) -> None:
        self.problem.hide()
        self.retry.setEnabled(False)
        self.again.emit()


def _words(install: str) -> str:
    if sys.platform in ("win32", "darwin"):
        return _tr("Add a voice in the system's settings for speech, then try again.")
    if install:
        return _tr(
            "Reading aloud needs Speech Dispatcher and a voice such as eSpeak NG. "
            "Run this in a terminal, then try again."
        )
    return _tr(
        "Reading aloud needs Speech Dispatcher (its service and its library libspeechd) and a "
        "voice such as eSpeak NG. Install them with your system's package manager, then try again."
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("VoiceSheet", text)
