"""Make and mend the checkout's own .venv from the locked requirements."""

from __future__ import annotations

import ast
import contextlib
import enum
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from steps import SetupError, StepError, say, step

ROOT = Path(__file__).resolve().parent.parent
_REQUIREMENTS = ROOT / "requirements"
_VENV = ROOT / ".venv"
_STAMP = _VENV / "readlater-setup.json"
_BEGUN = _VENV / "readlater-setup-begun"
_LOCK = _VENV / "readlater-setup.lock"

# What the tests need is locked on top of what the app needs: one install stands for both.
_HOLDS = {"app": ("app",), "test": ("test", "app")}
_SAID = {
    "app": "Installing what the app needs",
    "test": "Installing what the app and its tests need",
}


@dataclass(frozen=True)
class Stamp:
    """What a finished set-up was made of.

    `locks` maps a lock ("app", "test") to the digest of its file; `qt` is the digest of what Qt's
    system libraries were last found whole for.
    """

    root: str
    locks: Mapping[str, str] = field(default_factory=dict)
    qt: str = ""


class Todo(enum.Enum):
    """What a .venv needs before it can be used."""

    NOTHING = "nothing"
    INSTALL = "install"
    REBUILD = "rebuild"


def decide(
    stamp: Stamp | None,
    *,
    cut: bool,
    venv_python: str,
    python: str,
    root: str,
    lock: str,
    digest: str,
) -> Todo:
    """What is left to do for `lock`, whose file has `digest`.

    `venv_python` and `python` are "3.11"; `cut` tells that an earlier set-up did not come to its
    end. A .venv without a stamp is somebody's own: it is added to, never wiped.
    """
    if cut or venv_python != python:
        return Todo.REBUILD
    if stamp is None:
        return Todo.INSTALL
    if stamp.root != root:  # scripts in a .venv name their interpreter by its whole path
        return Todo.REBUILD
    return Todo.NOTHING if stamp.locks.get(lock) == digest else Todo.INSTALL


def python_of_venv(config: str) -> str:
    """The version ("3.11") in the text of a pyvenv.cfg, by venv or by uv; "" where none is."""
    found = re.search(r"^version(?:_info)?\s*=\s*(\d+\.\d+)", config, re.MULTILINE)
    return found.group(1) if found else ""


def parse_stamp(text: str) -> Stamp | None:
    """A stamp from its file; None for anything that is not one."""
    try:
        stored = json.loads(text)
        return Stamp(str(stored["root"]), dict(stored["locks"]), str(stored["qt"]))
    except (ValueError, KeyError, TypeError):
        return None


def read_stamp() -> Stamp | None:
    """The stamp of this checkout, or None."""
    return parse_stamp(_read(_STAMP))


def write_stamp(stamp: Stamp) -> None:
    """Replace the stamp of this checkout in one move."""
    fresh = _STAMP.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(asdict(stamp), indent=2) + "\n", encoding="utf-8")
    fresh.replace(_STAMP)


def python_path() -> Path:
    """The interpreter of the .venv, whether it is there yet or not."""
    return _VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def lock_file(lock: str) -> Path:
    return _REQUIREMENTS / f"{lock}.txt"


def digest_of(lock: str) -> str:
    """The digest of a lock file's bytes."""
    return hashlib.sha256(lock_file(lock).read_bytes()).hexdigest()


def prepare(lock: str) -> Path:
    """Bring the .venv up to `lock` and return its interpreter; milliseconds where nothing is to do.

    Raises SetupError where a person has to help.
    """
    if _todo(lock) is Todo.NOTHING:
        return python_path()
    refusal = link_refusal(_VENV)
    if refusal:
        raise SetupError(refusal)
    try:
        _VENV.mkdir(exist_ok=True)
        with _alone() as held:
            todo = _todo(lock)  # another set-up may have done it while this one waited
            if todo is not Todo.NOTHING:
                _set_up(lock, todo, held)
    except OSError as error:
        raise SetupError(
            f"The folder {_VENV} cannot be set up: {error.strerror or error}."
        ) from error
    return python_path()


def link_refusal(venv: Path) -> str:
    """The sentence for a .venv that is a link: what it leads to is not this checkout's to empty."""
    if not venv.is_symlink():
        return ""
    return (
        f"{venv} is a link to {venv.resolve()}, which belongs to another checkout: it is left as "
        "it is. Remove the link, then run this again."
    )


def _todo(lock: str) -> Todo:
    usable = python_path().exists()
    return decide(
        read_stamp(),
        cut=_BEGUN.exists(),
        venv_python=python_of_venv(_read(_VENV / "pyvenv.cfg")) if usable else "",
        python="{}.{}".format(*sys.version_info[:2]),
        root=str(ROOT),
        lock=lock,
        digest=digest_of(lock),
    )


def _set_up(lock: str, todo: Todo, held: int) -> None:
    _BEGUN.touch()
    try:
        if todo is Todo.REBUILD:
            _create(held)
        _install(lock, held)
    except StepError as failed:
        raise SetupError(f"{failed} did not work:\n{failed.tail}") from failed
    _name_checkout()
    before = None if todo is Todo.REBUILD else read_stamp()
    done = before or Stamp(str(ROOT))
    fresh = {held_lock: digest_of(held_lock) for held_lock in _HOLDS[lock]}
    write_stamp(replace(done, locks={**done.locks, **fresh}))
    _BEGUN.unlink()


def _create(held: int) -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        version = "{}.{}".format(*sys.version_info[:2])
        raise SetupError(
            f"Python {version} here cannot make virtual environments: install its package "
            f"python{version}-venv (on Debian and Ubuntu: apt-get install python3-venv), then run "
            "this again."
        )
    for entry in _VENV.iterdir():
        if entry not in (_LOCK, _BEGUN):
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    # The interpreter behind a .venv: this script may be run by the one that was just emptied.
    base = getattr(sys, "_base_executable", sys.executable)
    version = "{}.{}.{}".format(*sys.version_info[:3])
    command = [base, "-m", "venv", str(_VENV)]
    step(f"Making .venv with Python {version}", command, keep_open=[held])


def _install(lock: str, held: int) -> None:
    python = str(python_path())
    if not _works([python, "-m", "pip", "--version"]):
        step("Adding pip to .venv", [python, "-m", "ensurepip"], keep_open=[held])
    pinned = ["--require-hashes", "--no-deps", "-r"]
    packages = [*pinned, str(lock_file(lock))]
    # The hashes are the only constraint: one of the machine's own would have none.
    environ = {**os.environ, "PIP_CONSTRAINT": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    pip = [python, "-m", "pip", "install"]
    try:
        command = [*pip, *pinned, str(_REQUIREMENTS / "uv.txt")]
        step("Installing uv", command, environ=environ, keep_open=[held])
        uv = [python, "-m", "uv", "pip", "install", "--python", python, "--compile-bytecode"]
        for_uv = {**os.environ, **uv_settings(_pip_config(python), os.environ)}
        step(f"{_SAID[lock]} with uv", [*uv, *packages], environ=for_uv, keep_open=[held])
    except StepError as failed:
        say(f"uv cannot do it here ({failed.reason}); pip tries, which takes longer.")
        step(f"{_SAID[lock]} with pip", [*pip, *packages], environ=environ, keep_open=[held])


def _name_checkout() -> None:
    """Let the .venv import this checkout from any folder, without building anything."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run(
        [str(python_path()), "-c", ask], capture_output=True, text=True, check=True
    )
    Path(answer.stdout.strip(), "readlater-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _pip_config(python: str) -> dict[str, str]:
    command = [python, "-m", "pip", "config", "list"]
    return parse_pip_config(subprocess.run(command, capture_output=True, text=True).stdout)


def parse_pip_config(listing: str) -> dict[str, str]:
    """The settings that hold for `pip install`, from `pip config list` (lines of key='value').

    As in pip, `install` goes over `global` and the environment over both.
    """
    by_section: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.rpartition(".")
        if section in by_section and value:
            with contextlib.suppress(ValueError, SyntaxError):
                by_section[section][name] = str(ast.literal_eval(value))
    return {**by_section["global"], **by_section["install"], **by_section[":env:"]}


def uv_settings(pip: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """pip's settings of the machine as variables for uv, which does not read them itself.

    What `environ` has for uv already stays. Folders that are not there are left out: pip warns
    about them, uv would stop.
    """
    extra = [place for place in pip.get("extra-index-url", "").split() if _is_there(place)]
    links = [place for place in pip.get("find-links", "").split() if _is_there(place)]
    wanted = {
        "UV_DEFAULT_INDEX": pip.get("index-url", ""),
        "UV_INDEX": " ".join(extra),
        # pip takes all indexes for one; the hashes say that no other file comes in by that.
        "UV_INDEX_STRATEGY": "unsafe-best-match" if extra else "",
        "UV_FIND_LINKS": ",".join(links),
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": pip.get("timeout", pip.get("default-timeout", "")),
        "SSL_CERT_FILE": pip.get("cert", ""),
        "ALL_PROXY": pip.get("proxy", ""),
    }
    return {name: value for name, value in wanted.items() if value and not environ.get(name)}


def _is_there(place: str) -> bool:
    if place.startswith("file://"):
        return Path(place[len("file://") :]).exists()
    return "://" in place or Path(place).exists()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


@contextlib.contextmanager
def _alone() -> Iterator[int]:
    """Hold the lock of this checkout's set-up; yields its descriptor.

    A step inherits it, so that one which outlives a killed set-up still keeps the next one waiting.
    """
    with _LOCK.open("a") as file:
        if not _lock(file.fileno(), wait=False):
            say("Waiting for another set-up of this checkout to end ...")
            _lock(file.fileno(), wait=True)
        yield file.fileno()


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, wait: bool) -> bool:
        while True:
            try:
                # LK_LOCK gives up after ten seconds.
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
            else:
                return True

else:
    import fcntl

    def _lock(descriptor: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
