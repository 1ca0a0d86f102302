"""What a system without a voice lacks, and the command that brings it: pure."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Final

# By ID and ID_LIKE of os-release(5).
_COMMANDS: Final[Mapping[str, str]] = {
    "debian": "sudo apt install speech-dispatcher speech-dispatcher-espeak-ng libspeechd2",
    "ubuntu": "sudo apt install speech-dispatcher speech-dispatcher-espeak-ng libspeechd2",
    "fedora": "sudo dnf install speech-dispatcher speech-dispatcher-espeak-ng",
    "rhel": "sudo dnf install speech-dispatcher speech-dispatcher-espeak-ng",
    "arch": "sudo pacman -S speech-dispatcher espeak-ng",
    "suse": "sudo zypper install speech-dispatcher libspeechd2 espeak-ng",
    "opensuse": "sudo zypper install speech-dispatcher libspeechd2 espeak-ng",
}


def command(os_release: str) -> str:
    """The command for the system that `os_release`, the text of /etc/os-release, names.

    "" where it is none that is known.
    """
    values: dict[str, str] = {}
    for line in os_release.splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.startswith("#"):
            values[name.strip()] = "".join(_plain(value))
    names = [values.get("ID", ""), *values.get("ID_LIKE", "").split()]
    return next((_COMMANDS[name] for name in names if name in _COMMANDS), "")


def _plain(value: str) -> list[str]:
    try:
        return [" ".join(shlex.split(value))]
    except ValueError:  # a quotation mark without its other half
        return [value.strip()]
