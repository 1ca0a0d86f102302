"""Another program on the same screen: it can be dragged from, and owns the clipboard.

    drag_source.py X Y TEXT     a square at X, Y whose drag carries TEXT as a browser's would;
                                the clipboard holds TEXT from the start.
Prints "ready" once it is shown, and "dropped" with the action after each drag.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Square(QLabel):
    def __init__(self, text: str) -> None:
        super().__init__("drag me")
        self._text = text
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint)
        self.setFixedSize(90, 90)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mime = QMimeData()
        mime.setText(self._text)
        links = [QUrl(line) for line in self._text.splitlines() if line.startswith("http")]
        mime.setUrls(links)
        drag = QDrag(self)
        drag.setMimeData(mime)
        action = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.LinkAction)
        sys.stdout.write(f"dropped {action.name}\n")
        sys.stdout.flush()


def main() -> int:
    app = QApplication(sys.argv[:1])
    x, y, text = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    square = Square(text)
    square.move(x, y)
    square.show()
    QGuiApplication.clipboard().setText(text)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
