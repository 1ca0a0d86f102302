"""Find the system libraries that Qt misses by trying, and have them installed or say how."""

from __future__ import annotations

import ctypes
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import environment
from steps import SetupError, StepError, say, step

_DEBIAN = (
    "libegl1 libgl1 libx11-xcb1 libxcomposite1 libxdamage1 libxrandr2 libxtst6 libasound2 "
    "libdbus-1-3 libfontconfig1 libgbm1 libglib2.0-0 libnss3 libwayland-client0 "
    "libwayland-cursor0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 "
    "libxcb-render-util0 libxcb-xkb1 libxcb-shape0 libxcb-randr0 libxcb-sync1 libxcb-util1 "
    "libxcb-dri3-0 libxkbcommon-x11-0 libxkbfile1 fonts-dejavu-core"
)
_FEDORA = (
    "libglvnd-egl libglvnd-glx mesa-libgbm libX11-xcb libXcomposite libXdamage libXrandr libXtst "
    "alsa-lib dbus-libs fontconfig glib2 nss libwayland-client libwayland-cursor libwayland-egl "
    "libxcb xcb-util xcb-util-cursor xcb-util-image xcb-util-keysyms xcb-util-renderutil "
    "xcb-util-wm libxkbcommon-x11 libxkbfile dejavu-sans-fonts"
)
_ARCH = (
    "libglvnd mesa libx11 libxcomposite libxdamage libxrandr libxtst alsa-lib dbus fontconfig "
    "glib2 nss wayland libxcb xcb-util xcb-util-cursor xcb-util-image xcb-util-keysyms "
    "xcb-util-renderutil xcb-util-wm libxkbcommon-x11 libxkbfile ttf-dejavu"
)
# Debian 13 and Ubuntu 24.04 gave these the suffix t64, for 64-bit time.
_RENAMED = ("libasound2", "libglib2.0-0")

_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtWebEngineCore", "QtWebEngineWidgets")
_PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqwayland*.so",
    "platforms/libqoffscreen.so",
    "xcbglintegrations/*.so",
    "wayland-shell-integration/libxdg-shell.so",
)
_LOADED_BY_NAME = ("libdbus-1.so.3",)  # Qt opens it at run time: no file of Qt is linked to it


def ensure(python: Path) -> None:
    """Return once Qt's libraries are whole for the .venv of `python`.

    Installs them with apt where the caller may; where not, raises SetupError with the command for
    a person. What was found whole is stamped and not tried again.
    """
    if sys.platform != "linux":
        return
    stamp = environment.read_stamp()
    whole_for = _stamp_value()
    if stamp and stamp.qt == whole_for:
        return
    say("Trying Qt's system libraries ...")
    missing = _try_in(python)
    if missing:
        _mend(missing)
        still = _try_in(python)
        if still:
            raise SetupError(f"Qt still cannot load {', '.join(still)}.")
    stamp = environment.read_stamp()
    if stamp:
        environment.write_stamp(replace(stamp, qt=whole_for))


def _stamp_value() -> str:
    system = Path("/etc/os-release").read_bytes() if Path("/etc/os-release").exists() else b""
    return hashlib.sha256(environment.digest_of("app").encode() + system).hexdigest()


def _mend(missing: Sequence[str]) -> None:
    manager = next((name for name in ("apt-get", "dnf", "pacman") if shutil.which(name)), "")
    before = before_root()
    said = f"Qt misses system libraries: {', '.join(missing)}."
    if manager != "apt-get":
        raise SetupError(f"{said} {_advice(manager, [], has_sudo=bool(shutil.which('sudo')))}")
    say(said)
    if before is not None:
        try:
            return _apt_install(before)
        except StepError as failed:
            say(f"{failed} did not work:\n{failed.tail}")
    packages = debian_packages(_known_to_apt(), os_release())
    raise SetupError(_advice(manager, packages, has_sudo=bool(shutil.which("sudo"))))


def before_root() -> list[str] | None:
    """What to put before a command that needs root: nothing, sudo, or None where neither works."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and not subprocess.run([*sudo, "true"], capture_output=True).returncode:
        return sudo
    return None


def _apt_install(before: list[str]) -> None:
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    apt = [*before, *quiet, "apt-get", "-y", "-o", "DPkg::Lock::Timeout=600"]
    known = _known_to_apt()
    if not known:
        step("Fetching apt's lists of packages", [*apt, "update"])
        known = _known_to_apt()
    install = ["install", "--no-install-recommends", *debian_packages(known, os_release())]
    what = "Installing Qt's system libraries with apt"
    try:
        step(what, [*apt, *install])
    except StepError:
        # Old lists name files that are gone; a stopped apt leaves packages half installed.
        step("Mending what a stopped apt left", [*before, "dpkg", "--configure", "-a"])
        step("Fetching apt's lists of packages anew", [*apt, "update"])
        step(f"{what} once more", [*apt, "--fix-broken", *install])


def _known_to_apt() -> set[str]:
    if not any(Path("/var/lib/apt/lists").glob("*_Packages*")):
        return set()  # without its lists apt knows only what is installed
    names = [*_DEBIAN.split(), *(f"{name}t64" for name in _RENAMED)]
    command = ["apt-cache", "policy", *names]
    environ = {**os.environ, "LC_ALL": "C"}
    listing = subprocess.run(command, capture_output=True, text=True, env=environ).stdout
    return parse_apt_policy(listing)


def parse_apt_policy(listing: str) -> set[str]:
    """The packages in the output of `apt-cache policy` that have a candidate for installation."""
    known: set[str] = set()
    name = ""
    for line in listing.splitlines():
        if line.endswith(":") and not line.startswith(" "):
            name = line[:-1]
        elif line.startswith("  Candidate:") and "(none)" not in line:
            known.add(name)
    return known


def debian_packages(known: Collection[str], release: Mapping[str, str]) -> list[str]:
    """The packages to ask apt for: what it knows, or, without its lists, what the release has."""
    newer = known or {f"{name}t64" for name in _RENAMED if _has_t64(release)}
    names = [f"{name}t64" if f"{name}t64" in newer else name for name in _DEBIAN.split()]
    return [name for name in names if name in known] if known else names


def _has_t64(release: Mapping[str, str]) -> bool:
    first = {"debian": 13.0, "ubuntu": 24.04}.get(release.get("ID", ""))
    try:
        return first is not None and float(release.get("VERSION_ID", "")) >= first
    except ValueError:  # Debian's testing has no number
        return True


def os_release() -> dict[str, str]:
    """The fields of /etc/os-release; empty where there is none."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {key: value.strip("\"'") for key, _, value in (line.partition("=") for line in lines)}


def install_command(manager: str, packages: Iterable[str], *, has_sudo: bool) -> str:
    """The exact command for a person's shell; "" for a package manager that is not known here."""
    sudo = "sudo " if has_sudo else ""
    if manager == "apt-get":
        install = f"{sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"
        return f"{sudo}apt-get update && {install}"
    if manager == "dnf":
        return f"{sudo}dnf install -y {_FEDORA}"
    if manager == "pacman":
        return f"{sudo}pacman -S --needed {_ARCH}"
    return ""


def _advice(manager: str, packages: Iterable[str], *, has_sudo: bool) -> str:
    command = install_command(manager, packages, has_sudo=has_sudo)
    if not command:
        return "Install them with this system's package manager, then run this again."
    who = "Install them with" if has_sudo else "Install them as root with"
    return f"{who}\n\n    {command}\n\nthen run this again."


def _try_in(python: Path) -> list[str]:
    """What cannot be loaded, by the names that the loader gives; asked of the .venv itself."""
    command = [str(python), __file__]
    answer = subprocess.run(command, capture_output=True, text=True, errors="replace")
    missing = answer.stdout.split("\n")[:-1]
    if answer.returncode:  # no system library brings back what the .venv itself lacks
        reason = answer.stderr.strip().rpartition("\n")[2] or f"code {answer.returncode}"
        raise SetupError(
            f"PySide6 in .venv is broken ({reason}). Delete .venv, then run this again."
        )
    if shutil.which("apt-get") and not _has_font():
        missing.append("a font")
    return missing


def _has_font() -> bool:
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    folders += [Path.home() / ".fonts", Path.home() / ".local/share/fonts"]
    kinds = {".ttf", ".otf", ".ttc", ".pfb"}
    return any(file.suffix in kinds for folder in folders for file in folder.rglob("*.*"))


def _failures() -> Iterable[str]:
    for module in _MODULES:
        try:
            importlib.import_module(f"PySide6.{module}")
        except ModuleNotFoundError:
            raise
        except ImportError as error:
            yield str(error)
    package = importlib.util.find_spec("PySide6")
    folder = Path((package.submodule_search_locations or [""])[0] if package else "")
    plugins = [path for name in _PLUGINS for path in folder.glob(f"Qt/plugins/{name}")]
    for library in [*map(str, plugins), *_LOADED_BY_NAME]:
        try:
            ctypes.CDLL(library)
        except OSError as error:
            yield str(error)


if __name__ == "__main__":
    for failure in dict.fromkeys(text.partition(":")[0] for text in _failures()):
        print(failure, flush=True)
