"""Which typography holds: that of all articles, or the open one's own; a change is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from readlater.errors import SettingsError
from readlater.settings import Settings, with_values
from readlater.ui.reader.look import Look

# A slider that is dragged is written down once it rests.
_KEEP_MS: Final = 400


class Typography(QObject):
    """`changed` comes at once; `kept` and `kept_own` when it is time to write it down."""

    changed = Signal()
    kept = Signal(dict)  # dotted names of settings and their values, for all articles
    kept_own = Signal(int, dict)  # an article and its own values; {} when it has none any more

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._id = 0
        self._own: dict[str, object] = {}
        self._look = Look.of(settings)
        self._is_dirty = False
        self._rest = QTimer(self, interval=_KEEP_MS, singleShot=True)
        self._rest.timeout.connect(self.keep)

    @property
    def look(self) -> Look:
        """What the page wears."""
        return self._look

    @property
    def is_own(self) -> bool:
        """Whether the open article has a typography of its own."""
        return bool(self._own)

    @property
    def can_be_own(self) -> bool:
        """Whether an article is open."""
        return bool(self._id)

    def open(self, article_id: int, own: Mapping[str, object]) -> None:
        """An article is open; `own` is its own typography, passed over where it is wrong."""
        self.keep()
        self._id, self._own = article_id, self._sound(own)
        self._wear(self.look_for(self._own))

    def look_for(self, own: Mapping[str, object]) -> Look:
        """What the page of an article with its `own` typography wears; any thread may ask."""
        return Look.of(self._settings, self._sound(own))

    def set(self, look: Look) -> None:
        """Wear `look`: in the open article alone where that has its own, else everywhere."""
        if self._own:
            self._own = look.values()
        else:
            self._settings = with_values(self._settings, look.values())
        self._later()
        self._wear(look)

    def set_own(self, *, on: bool) -> None:
        """Give the open article a typography of its own, or take it away again."""
        if not self._id or on == self.is_own:
            return
        self.keep()
        self._own = self._look.values() if on else {}
        self.kept_own.emit(self._id, dict(self._own))
        self._wear(Look.of(self._settings, self._own), always=True)

    def keep(self) -> None:
        """Write down now what rests."""
        self._rest.stop()
        if not self._is_dirty:
            return
        self._is_dirty = False
        if self._own:
            self.kept_own.emit(self._id, dict(self._own))
        else:
            self.kept.emit(Look.of(self._settings).values())

    def _sound(self, own: Mapping[str, object]) -> dict[str, object]:
        """`own`, or nothing where it is of a newer version, or of another hand."""
        try:
            Look.of(self._settings, own)
        except SettingsError:
            return {}
        return dict(own)

    def _later(self) -> None:
        self._is_dirty = True
        self._rest.start()

    def _wear(self, look: Look, *, always: bool = False) -> None:
        if always or look != self._look:
            self._look = look
            self.changed.emit()
