"""How a page is set: typography and theme as values, and as the properties of the style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from readlater.settings import Settings, with_values

# Our faces by the names of the setting: the family before all others, and the mean width of a
# character of running text in em. Literata's is 0.478: 66 of them are 600 px at 19 px.
_SERIF_EM: Final = 0.4785
OURS: Final = {
    "serif": ("", _SERIF_EM),
    "sans": ("", _SERIF_EM),
    "hyperlegible": ("Atkinson Hyperlegible Next Variable", 0.4415),
    "dyslexic": ("OpenDyslexic", 0.678),
}
SIZES_PX: Final = (12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 26, 28, 30, 33, 36, 40, 44, 48)


@dataclass(frozen=True, slots=True)
class Look:
    """One article's typography; the fields are those of `Settings` that begin with `reader_`."""

    theme: str = "window"
    face: str = "serif"
    size_px: int = 19
    leading: float = 1.6
    measure: int = 66
    justify: bool = False
    hyphenate: bool = True
    indent: bool = False

    @classmethod
    def of(cls, settings: Settings, own: Mapping[str, object] | None = None) -> Look:
        """The look of `settings`, with an article's `own` values by their dotted names."""
        held = with_values(settings, own or {})
        return cls(**{f.name: getattr(held, f"reader_{f.name}") for f in fields(cls)})

    def values(self) -> dict[str, object]:
        """The look as settings: dotted names and values."""
        return {f"reader.{f.name}": getattr(self, f.name) for f in fields(self)}

    def theme_in(self, *, dark: bool) -> str:
        """The theme of the page in a window that is `dark` or light."""
        return ("dark" if dark else "light") if self.theme == "window" else self.theme

    def resized(self, steps: int) -> Look:
        """The next larger (or smaller) size that is offered; 0 goes back to the first one."""
        if steps == 0:
            return replace(self, size_px=Look().size_px)
        at = min(range(len(SIZES_PX)), key=lambda i: abs(SIZES_PX[i] - self.size_px))
        return replace(self, size_px=SIZES_PX[max(0, min(len(SIZES_PX) - 1, at + steps))])

    @property
    def divides(self) -> bool:
        """Whether words are divided: only where both edges are even."""
        return self.justify and self.hyphenate

    def properties(self) -> dict[str, str]:
        """The custom properties of `:root` in reader.css."""
        own, character_em = OURS.get(self.face, (self.face, _SERIF_EM))
        return {
            "--own": f"{_quoted(own)}," if own else " ",
            # Who needs a face to read needs it in tables and small print too.
            "--clear": f"{_quoted(own)}," if own and self.face in OURS else " ",
            "--size": f"{self.size_px}px",
            # Taller scripts keep their larger part of it: see --script-leading.
            "--lead": f"{self.leading / Look().leading:.3f}",
            "--measure": f"{self.measure * character_em:.2f}rem",
        }

    def classes(self) -> list[str]:
        """What the root element wears besides its theme."""
        worn = {
            "sans": self.face in {"sans", "hyperlegible", "dyslexic"},
            "justify": self.justify,
            "hyphenate": self.divides,
            "indent": self.indent,
        }
        return [name for name, is_on in worn.items() if is_on]


def _quoted(face: str) -> str:
    """A face's name as a CSS string."""
    kept = "".join(c for c in face if c.isprintable())
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'
