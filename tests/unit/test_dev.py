"""The decisions of packaging/dev.py and its modules, and the script itself where it refuses."""

import importlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

_CHECKOUT = Path(__file__).resolve().parents[2]


def _module(name: str) -> ModuleType:
    """One module of packaging/, which is a folder of scripts and no package."""
    folder = str(_CHECKOUT / "packaging")
    sys.path.insert(0, folder)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(folder)


steps, environment, qt_libraries, dev = map(
    _module, ("steps", "environment", "qt_libraries", "dev")
)

_BOOKWORM = {"ID": "debian", "VERSION_ID": "12"}


class TestWindow:
    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["--library", "/tmp/list"],
            ["--library=/tmp/list"],
            ["--set", "fetch.deadline_s=5"],
            ["--library", "list", "--set", "a.b=c"],
            ["https://example.org/story"],
            ["www.example.org/story"],
            ["story.html"],
            ["--library"],
        ],
    )
    def test_no_command_opens_the_window(self, arguments: list[str]) -> None:
        assert dev.opens_window(arguments)

    @pytest.mark.parametrize(
        "arguments",
        [
            ["list"],
            ["--version"],
            ["--help"],
            ["-h"],
            ["add", "https://example.org/story"],
            ["--library", "list", "list"],
            ["--library=x", "--set", "a.b=c", "search", "words"],
            ["--set", "a.b=c", "--version"],
            ["--worker"],
        ],
    )
    def test_a_command_opens_none(self, arguments: list[str]) -> None:
        assert not dev.opens_window(arguments)

    @given(st.lists(st.text()))
    def test_every_command_line_has_an_answer(self, arguments: list[str]) -> None:
        assert dev.opens_window(arguments) in (True, False)
        assert not dev.opens_window(["list", *arguments])


class TestDisplay:
    @pytest.mark.parametrize(
        ("environ", "there"),
        [
            ({}, False),
            ({"DISPLAY": ""}, False),
            ({"DISPLAY": ":0"}, True),
            ({"WAYLAND_DISPLAY": "wayland-0"}, True),
            ({"QT_QPA_PLATFORM": "offscreen"}, True),
            ({"QT_QPA_PLATFORM": "vnc:port=5900"}, True),
            ({"QT_QPA_PLATFORM": "xcb"}, False),
            ({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}, False),
            ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":0"}, True),
            ({"QT_QPA_PLATFORM": "wayland-egl", "DISPLAY": ":0"}, False),
            ({"QT_QPA_PLATFORM": "wayland;xcb", "WAYLAND_DISPLAY": "wayland-0"}, True),
        ],
    )
    def test_on_linux_the_variables_tell(self, environ: dict[str, str], *, there: bool) -> None:
        assert dev.has_display(environ, "linux") is there

    @pytest.mark.parametrize("platform", ["darwin", "win32"])
    def test_elsewhere_there_is_always_one(self, platform: str) -> None:
        assert dev.has_display({}, platform)


class TestPython:
    @pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
    def test_fits(self, version: tuple[int, int]) -> None:
        assert dev.python_refusal(version, []) == ""

    @pytest.mark.parametrize("version", [(3, 10), (3, 15), (2, 7)])
    def test_another_is_refused_by_number(self, version: tuple[int, int]) -> None:
        assert "{}.{}".format(*version) in dev.python_refusal(version, [])

    def test_a_fitting_one_that_is_there_is_named(self) -> None:
        assert "python3.12" in dev.python_refusal((3, 10), ["python3.12", "python3.11"])


def _decide(stamp: object, *, cut: bool = False, venv_python: str = "3.11") -> object:
    return environment.decide(
        stamp, cut=cut, venv_python=venv_python, python="3.11", root="/x", lock="app", digest="d"
    )


class TestStamp:
    def test_finished_set_up_needs_nothing(self) -> None:
        assert _decide(environment.Stamp("/x", {"app": "d"})) is environment.Todo.NOTHING

    @pytest.mark.parametrize("locks", [{}, {"app": "older"}, {"test": "d"}])
    def test_new_lock_is_installed(self, locks: dict[str, str]) -> None:
        assert _decide(environment.Stamp("/x", locks)) is environment.Todo.INSTALL

    def test_strangers_venv_is_added_to(self) -> None:
        assert _decide(None) is environment.Todo.INSTALL

    def test_cut_set_up_begins_anew(self) -> None:
        done = environment.Stamp("/x", {"app": "d"})
        assert _decide(done, cut=True) is environment.Todo.REBUILD

    @pytest.mark.parametrize("venv_python", ["", "3.12"])
    def test_other_python_begins_anew(self, venv_python: str) -> None:
        done = environment.Stamp("/x", {"app": "d"})
        assert _decide(done, venv_python=venv_python) is environment.Todo.REBUILD

    def test_moved_checkout_begins_anew(self) -> None:
        assert _decide(environment.Stamp("/y", {"app": "d"})) is environment.Todo.REBUILD

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "null", "3", '{"root": "/x"}', '{"root": 1, "locks": 2, "qt": 3}']
    )
    def test_damaged_stamp_is_none(self, text: str) -> None:
        assert environment.parse_stamp(text) is None

    @pytest.mark.parametrize(
        ("config", "version"),
        [
            ("home = /usr/bin\nversion = 3.11.2\n", "3.11"),
            ("home = /usr/bin\nuv = 0.13.9\nversion_info = 3.14.0\n", "3.14"),
            ("home = /usr/bin\n", ""),
            ("", ""),
        ],
    )
    def test_version_of_a_venv(self, config: str, version: str) -> None:
        assert environment.python_of_venv(config) == version


class TestLinkedVenv:
    def test_what_a_link_leads_to_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "theirs").mkdir()
        (tmp_path / ".venv").symlink_to(tmp_path / "theirs")
        assert str(tmp_path / "theirs") in environment.link_refusal(tmp_path / ".venv")

    def test_an_own_folder_or_none_is_no_link(self, tmp_path: Path) -> None:
        assert environment.link_refusal(tmp_path / ".venv") == ""
        (tmp_path / ".venv").mkdir()
        assert environment.link_refusal(tmp_path / ".venv") == ""

    def test_the_script_refuses_and_empties_nothing(self, tmp_path: Path) -> None:
        theirs, checkout = tmp_path / "theirs", tmp_path / "checkout"
        (theirs / "bin").mkdir(parents=True)
        (theirs / "bin" / "kept").write_text("theirs")
        shutil.copytree(_CHECKOUT / "packaging", checkout / "packaging")
        shutil.copytree(_CHECKOUT / "requirements", checkout / "requirements")
        (checkout / ".venv").symlink_to(theirs)
        command = [sys.executable, str(checkout / "packaging" / "dev.py"), "test", "--version"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == steps.REFUSED
        assert "is a link to" in done.stderr
        assert [p.name for p in theirs.rglob("*")] == ["bin", "kept"]


class TestIndexSettings:
    def test_install_goes_over_global_and_the_environment_over_both(self) -> None:
        listing = (
            ":env:.cert='/env.pem'\n"
            "download.index-url='https://other.example/simple'\n"
            "global.cert='/global.pem'\n"
            "global.index-url='https://one.example/simple'\n"
            "install.index-url='https://two.example/simple'\n"
            "WARNING: no setting\n"
            "global.broken='\n"
        )
        found = environment.parse_pip_config(listing)
        assert found == {"cert": "/env.pem", "index-url": "https://two.example/simple"}

    def test_are_handed_over(self, tmp_path: Path) -> None:
        pip = {
            "index-url": "https://one.example/simple",
            "extra-index-url": f"https://two.example/simple\nfile://{tmp_path}",
            "find-links": str(tmp_path),
            "trusted-host": "one.example two.example",
            "cert": "/ca.pem",
            "timeout": "180",
        }
        assert environment.uv_settings(pip, {}) == {
            "UV_DEFAULT_INDEX": "https://one.example/simple",
            "UV_INDEX": f"https://two.example/simple file://{tmp_path}",
            "UV_INDEX_STRATEGY": "unsafe-best-match",
            "UV_FIND_LINKS": str(tmp_path),
            "UV_INSECURE_HOST": "one.example two.example",
            "UV_HTTP_TIMEOUT": "180",
            "SSL_CERT_FILE": "/ca.pem",
        }

    def test_folders_that_are_not_there_are_left_out(self, tmp_path: Path) -> None:
        gone = tmp_path / "gone"
        pip = {"extra-index-url": f"file://{gone}", "find-links": str(gone)}
        assert environment.uv_settings(pip, {}) == {}

    def test_what_the_person_set_for_uv_stays(self) -> None:
        pip = {"index-url": "https://one.example/simple"}
        assert environment.uv_settings(pip, {"UV_DEFAULT_INDEX": "https://mine.example"}) == {}


class TestLibraries:
    _POLICY = (
        "libasound2:\n  Installed: (none)\n  Candidate: (none)\n  Version table:\n"
        "libasound2t64:\n  Installed: (none)\n  Candidate: 1.2.11\n  Version table:\n"
        "     1.2.11 500\n"
        "libegl1:\n  Installed: 1.6\n  Candidate: 1.6\n"
    )

    def test_what_apt_knows(self) -> None:
        assert qt_libraries.parse_apt_policy(self._POLICY) == {"libasound2t64", "libegl1"}

    def test_packages_are_those_that_apt_knows(self) -> None:
        known = qt_libraries.parse_apt_policy(self._POLICY)
        assert qt_libraries.debian_packages(known, _BOOKWORM) == ["libegl1", "libasound2t64"]

    @pytest.mark.parametrize(
        ("release", "suffix"),
        [
            (_BOOKWORM, ""),
            ({"ID": "debian", "VERSION_ID": "13"}, "t64"),
            ({"ID": "debian"}, "t64"),
            ({"ID": "ubuntu", "VERSION_ID": "22.04"}, ""),
            ({"ID": "ubuntu", "VERSION_ID": "24.04"}, "t64"),
            ({}, ""),
        ],
    )
    def test_without_apts_lists_the_release_tells(
        self, release: dict[str, str], suffix: str
    ) -> None:
        packages = qt_libraries.debian_packages(set(), release)
        assert {f"libasound2{suffix}", f"libglib2.0-0{suffix}", "libnss3"} < set(packages)
        assert len(packages) == len(set(packages)) == 29

    @pytest.mark.parametrize(
        ("manager", "begins", "names"),
        [
            ("apt-get", "sudo apt-get update && sudo apt-get install -y", ["libnss3"]),
            ("dnf", "sudo dnf install -y", ["nss", "xcb-util-cursor", "mesa-libgbm"]),
            ("pacman", "sudo pacman -S --needed", ["nss", "xcb-util-cursor", "alsa-lib"]),
        ],
    )
    def test_command_of_a_package_manager(
        self, manager: str, begins: str, names: Sequence[str]
    ) -> None:
        command = qt_libraries.install_command(manager, ["libnss3"], has_sudo=True)
        assert command.startswith(begins)
        assert set(names) <= set(command.split())

    def test_no_sudo_where_there_is_none(self) -> None:
        assert "sudo" not in qt_libraries.install_command("apt-get", ["libnss3"], has_sudo=False)

    def test_no_command_for_another_manager(self) -> None:
        assert qt_libraries.install_command("", ["libnss3"], has_sudo=True) == ""


class TestStep:
    def test_failure_carries_the_end_of_the_output(self, capfd: pytest.CaptureFixture[str]) -> None:
        script = "import sys; print('first', flush=True); sys.exit('the reason')"
        with pytest.raises(steps.StepError) as caught:
            steps.step("Trying", [sys.executable, "-c", script])
        assert caught.value.tail == "first\nthe reason"
        assert caught.value.reason == "the reason"
        assert capfd.readouterr().out == ""

    def test_missing_command_fails(self, tmp_path: Path) -> None:
        with pytest.raises(steps.StepError):
            steps.step("Trying", [str(tmp_path / "nothing")])

    def test_says_one_line_on_standard_error(self, capfd: pytest.CaptureFixture[str]) -> None:
        steps.step("Trying", [sys.executable, "-c", "print('much')"])
        assert capfd.readouterr() == ("", "readlater: Trying ...\n")


class TestScript:
    def _dev(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        kept = {key: value for key, value in os.environ.items() if "DISPLAY" not in key}
        kept.pop("QT_QPA_PLATFORM", None)
        command = [sys.executable, str(_CHECKOUT / "packaging" / "dev.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=kept, check=False)

    @pytest.mark.skipif(sys.platform != "linux", reason="the display is always there")
    def test_window_without_display_ends_at_once(self) -> None:
        ended = self._dev("run")
        assert (ended.returncode, ended.stdout) == (steps.REFUSED, "")
        assert "display" in ended.stderr
        assert ended.stderr.count("\n") == 1

    def test_usage(self) -> None:
        assert self._dev().returncode == 2
        assert self._dev("walk").returncode == 2
        helped = self._dev("--help")
        assert (helped.returncode, helped.stdout) == (0, "")
        assert "dev.py run" in helped.stderr


class TestLocks:
    @pytest.mark.parametrize("lock", ["app", "test", "uv"])
    def test_every_package_is_pinned_with_hashes(self, lock: str) -> None:
        text = environment.lock_file(lock).read_text(encoding="utf-8")
        packages = [block for block in text.split("\n") if block[:1].isalnum()]
        assert packages
        assert all("==" in package and package.endswith("\\") for package in packages)
        assert "--hash=sha256:" in text

    @pytest.mark.parametrize("lock", ["app", "test", "uv"])
    def test_no_place_is_named(self, lock: str) -> None:
        text = environment.lock_file(lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index" not in text
        assert str(_CHECKOUT) not in text

    def test_tests_run_with_what_the_app_runs_with(self) -> None:
        pins = {
            lock: {
                line
                for line in environment.lock_file(lock).read_text(encoding="utf-8").split("\n")
                if "==" in line
            }
            for lock in ("app", "test")
        }
        assert pins["app"] < pins["test"]

    def test_web_engine_is_locked_where_it_is_a_wheel_of_its_own(self) -> None:
        text = environment.lock_file("app").read_text(encoding="utf-8")
        assert re.search(r"^pyside6-addons==6\.11\S* ; python_full_version < '3.12'", text, re.M)
        assert re.search(r"^pyside6-webengine==\S+ ; python_full_version >= '3.12'", text, re.M)
