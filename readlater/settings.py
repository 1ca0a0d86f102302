"""Settings: one field is a default, a kind, a range and a description; TOML and `--set` follow."""

from __future__ import annotations

import ipaddress
import os
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import tomli_w

from readlater.errors import SettingsError


def _setting(default: object, name: str, about: str, **limits: object) -> Any:
    metadata = {"name": name, "about": about, **limits}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `metadata["name"]` is the dotted name of the file and of `--set`."""

    connect_timeout_s: float = _setting(
        10.0, "fetch.connect_timeout_s", "Seconds to wait for a connection", low=0.1, high=600
    )
    read_timeout_s: float = _setting(
        20.0, "fetch.read_timeout_s", "Seconds to wait for the next bytes", low=0.1, high=600
    )
    deadline_s: float = _setting(
        60.0, "fetch.deadline_s", "Seconds for one page or picture in all", low=0.1, high=3600
    )
    page_limit_mb: int = _setting(
        20, "fetch.page_limit_mb", "The largest page that is kept, in MB", low=1, high=1024
    )
    picture_limit_mb: int = _setting(
        30, "fetch.picture_limit_mb", "The largest picture that is kept, in MB", low=1, high=1024
    )
    per_host: int = _setting(2, "fetch.per_host", "Requests at one time to one site", low=1, high=8)
    attempts: int = _setting(
        5, "fetch.attempts", "How often a link that may come is tried", low=1, high=20
    )
    private_addresses: tuple[str, ...] = _setting(
        (),
        "fetch.private_addresses",
        "Addresses of your own network that may be fetched: host:port or network",
        check="network",
    )
    theme: str = _setting(
        "system", "ui.theme", "Light, dark, or as the system", one_of=("system", "light", "dark")
    )
    single_keys: bool = _setting(
        True, "ui.single_keys", "Single-key shortcuts such as E for archive"
    )
    reader_theme: str = _setting(
        "window",
        "reader.theme",
        "The page: as the window, or its own",
        one_of=("window", "light", "sepia", "dark", "black"),
    )
    reader_face: str = _setting(
        "serif",
        "reader.face",
        "The page's face: serif, sans, hyperlegible, dyslexic, or the name of an installed one",
        check="face",
    )
    reader_size_px: int = _setting(
        19, "reader.size_px", "The size of the page's text in pixels", low=10, high=48
    )
    reader_leading: float = _setting(
        1.6, "reader.leading", "The height of a line in Latin script, in sizes", low=1.1, high=2.4
    )
    reader_measure: int = _setting(
        66, "reader.measure", "The width of the column in characters", low=30, high=140
    )
    reader_justify: bool = _setting(False, "reader.justify", "Both edges of the column even")
    reader_hyphenate: bool = _setting(
        True, "reader.hyphenate", "Words divided at the end of even lines"
    )
    reader_indent: bool = _setting(
        False, "reader.indent", "Paragraphs told apart by an indent, not by space"
    )
    paper_highlights: bool = _setting(
        True, "paper.highlights", "Highlights and notes on paper and in PDFs"
    )
    aloud_speed: float = _setting(
        1.0, "aloud.speed", "How fast the voice reads; 1 is its ordinary speed", low=0.5, high=3
    )
    aloud_on: bool = _setting(False, "aloud.on", "At the end go on to the next article")
    aloud_voices: tuple[str, ...] = _setting(
        (), "aloud.voices", "The voice of a language, as de=German", check="voices"
    )


def _by_name() -> dict[str, Any]:
    return {f.metadata["name"]: f for f in fields(Settings)}


def parse(name: str, value: object) -> tuple[str, object]:
    """The field and checked value of setting `name` given as text or as a TOML value.

    Raises SettingsError `unknown_setting` or `bad_setting`.
    """
    known = _by_name().get(name)
    if known is None:
        raise SettingsError("unknown_setting", name=name)
    return known.name, _checked(known, value)


def _checked(known: Any, value: object) -> object:
    default, meta = known.default, known.metadata

    def wrong(expected: str) -> SettingsError:
        return SettingsError("bad_setting", name=meta["name"], value=str(value), expected=expected)

    if isinstance(default, bool):
        words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if str(value).lower() not in words:
            raise wrong("true or false")
        return words[str(value).lower()]
    if isinstance(default, int | float):
        try:
            number = type(default)(str(value))
        except ValueError:
            raise wrong("a number") from None
        if not meta["low"] <= number <= meta["high"]:  # NaN fails both comparisons
            raise wrong(f"a number from {meta['low']} to {meta['high']}")
        return number
    if "check" in meta:
        taken, expected = _CHECKS[meta["check"]](value)
        if taken is None:
            raise wrong(expected)
        return taken
    if value not in meta["one_of"]:
        raise wrong("one of " + ", ".join(meta["one_of"]))
    return value


def _networks(value: object) -> tuple[object | None, str]:
    parts = value.replace(",", " ").split() if isinstance(value, str) else value
    is_right = isinstance(parts, list | tuple) and all(map(_is_target, parts))
    taken = tuple(parts) if is_right and isinstance(parts, list | tuple) else None
    return taken, "addresses as host:port or networks such as 192.168.1.0/24"


def _voices(value: object) -> tuple[object | None, str]:
    parts = value.split(";") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        return None, _VOICES
    taken = tuple(str(part).strip() for part in parts if str(part).strip())
    is_right = all(part.partition("=")[0] and part.partition("=")[2] for part in taken)
    return (taken if is_right else None), _VOICES


_VOICES = "languages with their voices, such as de=German"


def _face(value: object) -> tuple[object | None, str]:
    face = " ".join(str(value).split())
    is_right = bool(face) and len(face) <= 100 and face.isprintable()
    return face if is_right else None, "serif, sans, or the name of a face"


# What a text may be, by the name of its check: the value as it is kept or None, and what was due.
_CHECKS: dict[str, Callable[[object], tuple[object | None, str]]] = {
    "network": _networks,
    "face": _face,
    "voices": _voices,
}


def _is_target(text: object) -> bool:
    if not isinstance(text, str):
        return False
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        host, colon, port = text.rpartition(":")
        return bool(host and colon) and port.isdigit() and 0 < int(port) < 65536
    return True


def with_values(settings: Settings, values: Mapping[str, object]) -> Settings:
    """`settings` with the given dotted names changed; raises SettingsError."""
    return replace(settings, **dict(parse(n, v) for n, v in values.items()))  # type: ignore[arg-type]


def load(path: Path) -> Settings:
    """The settings of a TOML file; defaults where there is none.

    Raises SettingsError `bad_settings_file` when it is no TOML. Names that this version does not
    know are passed over, so that a file of a newer version still opens.
    """
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError("bad_settings_file", file=str(path)) from error
    flat = {
        f"{room}.{name}": value
        for room, names in tree.items()
        if isinstance(names, dict)
        for name, value in names.items()
    }
    return with_values(Settings(), {n: v for n, v in flat.items() if n in _by_name()})


def save(settings: Settings, path: Path) -> None:
    """Write what differs from the defaults, whole or not at all."""
    tree: dict[str, dict[str, object]] = {}
    for known in fields(Settings):
        value = getattr(settings, known.name)
        if value != known.default:
            room, name = known.metadata["name"].split(".")
            tree.setdefault(room, {})[name] = list(value) if isinstance(value, tuple) else value
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        tomli_w.dump(tree, file)
    Path(temporary).replace(path)
