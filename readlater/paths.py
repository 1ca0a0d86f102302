"""Where files live: the only module that asks platformdirs."""

from __future__ import annotations

from pathlib import Path

import platformdirs

APP = "readlater"


def library_folder() -> Path:
    """The library's default folder, in the data folder of the person."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def settings_file() -> Path:
    """The settings, apart from the library: they belong to the machine, not to the articles."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.toml"


def shown(path: Path) -> str:
    """A path as a person writes it: the home folder as `~`."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)
