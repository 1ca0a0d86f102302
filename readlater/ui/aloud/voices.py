"""Which of the installed voices reads a language, and how fast an engine's rate makes it: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

SPEEDS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
# Codes of one language, by the one that voices carry (CLDR languageAlias and parent locales).
_SAME: Final = {
    "cmn": "zh", "no": "nb", "iw": "he", "in": "id", "tl": "fil", "mo": "ro", "sh": "sr",
}  # fmt: skip
_NEAR: Final = {"nn": "nb", "nb": "nn"}
# How many times the ordinary speed Qt's rates -1 and 1 are. speechd: 80, 170 and 449 words a
# minute in the module of espeak-ng; the others: Qt's own plugins.
_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "speechd": (80 / 170, 449 / 170),
    "winrt": (0.5, 6.0),
    "darwin": (0.4, 2.2),
    "macos": (0.5, 1.5),
}
_ORDINARY: Final = (0.5, 2.0)
# SAPI's rate is a power: ten steps up are three times as fast.
_SAPI_BASE: Final = 3.0


@dataclass(frozen=True, slots=True)
class Voice:
    """An installed voice: its name and its locale as BCP 47 ("en-GB"; "" where it has none)."""

    name: str
    locale: str

    @property
    def language(self) -> str:
        """The language alone."""
        return _language(self.locale)

    @property
    def family(self) -> str:
        """The name without its variant: espeak-ng sings each of its voices in a hundred ways."""
        return self.name.partition("+")[0]


def locale_of(name: str, locale: str) -> str:
    """The BCP 47 locale of a voice that Qt calls `locale`; Qt has none for espeak-ng's cmn."""
    if locale == "C":
        return "zh-CN" if "(Mandarin" in name else ""
    return locale.replace("_", "-")


def _language(tag: str) -> str:
    primary = tag.replace("_", "-").partition("-")[0].lower()
    return _SAME.get(primary, primary)


def _region(tag: str) -> str:
    parts = tag.replace("_", "-").split("-")[1:]
    return next((part.upper() for part in parts if len(part) == 2), "")


def speaking(voices: Iterable[Voice], language: str) -> list[Voice]:
    """The voices of a language, plain ones before their variants, in the order of their names."""
    wanted = _language(language)
    held = [voice for voice in voices if wanted and voice.language == wanted]
    return sorted(held, key=lambda v: (v.family, v.family != v.name, v.name))


def choose(
    voices: Sequence[Voice], language: str, *, kept: str = "", system: str = "", likely: str = ""
) -> Voice | None:
    """The voice for a text in `language`; None when none speaks it.

    `kept` is the name that was chosen for the language, `system` the locale of the system,
    `likely` the region that the language has when none is said.
    """
    held = speaking(voices, language)
    if not held:
        near = _NEAR.get(_language(language), "")
        held = speaking(voices, near) if near else []
    regions = [_region(language)]
    if _language(system) == _language(language):
        regions.append(_region(system))
    regions.append(likely)

    def rank(voice: Voice) -> tuple[bool, bool, int, bool, str]:
        region = _region(voice.locale)
        place = regions.index(region) if region in regions and region else len(regions)
        is_special = "(" in voice.name and region == ""
        return voice.name != kept, voice.family != voice.name, place, is_special, voice.name

    return min(held, key=rank, default=None)


def rate(engine: str, speed: float) -> float:
    """Qt's rate (-1 to 1) that makes `engine` speak at `speed` times its ordinary speed."""
    if engine == "sapi":
        return max(-1.0, min(1.0, log(speed) / log(_SAPI_BASE)))
    slowest, fastest = _RANGES.get(engine, _ORDINARY)
    value = (speed - 1) / (fastest - 1) if speed >= 1 else (speed - 1) / (1 - slowest)
    return max(-1.0, min(1.0, value))


def kept_for(kept: Sequence[str], language: str) -> str:
    """The name of the voice that was chosen for a language, from `settings`; "" for none."""
    wanted = _language(language)
    found = (entry.partition("=") for entry in kept)
    return next((name for code, _, name in found if code == wanted), "")


def keeping(kept: Sequence[str], language: str, name: str) -> tuple[str, ...]:
    """`kept` with the voice `name` chosen for a language."""
    wanted = _language(language)
    others = [entry for entry in kept if entry.partition("=")[0] != wanted]
    return tuple(sorted([*others, f"{wanted}={name}"]))
