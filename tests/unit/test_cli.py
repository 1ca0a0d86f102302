"""The terminal as a person and a script use it: the real process against a real server."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from site_server import Held, Reply, Site, article, png
from terminal import ROOT, Terminal

from readlater.library import open_library
from readlater.library.highlighting import as_selected
from readlater.library.shown_text import shown_text
from readlater.settings import Settings

KEYS = {
    "id", "url", "title", "byline", "site_name", "published", "saved", "language", "state",
    "status", "favourite", "tags", "access", "evidence", "word_count", "excerpt", "error",
    "modified", "section", "keywords", "said", "removed_count",
}  # fmt: skip


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "library")


def test_add_says_each_row_twice_and_waits(terminal: Terminal, site: Site) -> None:
    site.pages["/sea-1"] = article("The wall", "Marrow Bay")
    lines = terminal.rows("add", site.url("/sea-1"), site.url("/none"), "--tag", "sea", code=1)
    assert [line["status"] for line in lines[:2]] == ["queued", "queued"]
    assert {line["url"]: line["status"] for line in lines[2:]} == {
        site.url("/sea-1"): "ready",
        site.url("/none"): "failed",
    }
    assert all(set(line) == KEYS for line in lines)
    ready = next(line for line in lines if line["status"] == "ready")
    assert (ready["access"], ready["tags"], ready["title"]) == ("full", ["sea"], "The wall")
    failed = next(line for line in lines if line["status"] == "failed")
    assert "404" in failed["error"]


def test_all_links_are_durable_before_the_first_request(terminal: Terminal, site: Site) -> None:
    seen: list[int] = []

    def count() -> Reply:
        seen.append(len(terminal.rows("list")))
        return article("Counted")

    site.pages["/sea-1"] = count
    urls = [site.url(f"/sea-{n}") for n in range(1, 6)]
    terminal.rows("add", *urls, code=1)
    assert seen == [5]


def test_no_wait_then_fetch(terminal: Terminal, site: Site) -> None:
    site.pages["/sea-1"] = article("The wall")
    (row,) = terminal.rows("add", "--no-wait", site.url("/sea-1"))
    assert (row["status"], site.asked) == ("queued", [])
    (done,) = terminal.rows("fetch")
    assert (done["id"], done["status"]) == (row["id"], "ready")
    assert terminal.rows("fetch") == []


def test_a_claim_of_a_killed_process_is_taken_over_at_once(terminal: Terminal, site: Site) -> None:
    held = site.pages["/sea-1"] = Held(Reply())
    process = subprocess.Popen(
        terminal.command("add", site.url("/sea-1")),
        env=terminal.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    held.wait_until_asked()
    process.kill()
    process.wait()
    site.pages["/sea-1"] = article("The wall")
    (done,) = terminal.rows("fetch")
    held.set_free()
    assert done["title"] == "The wall"


def test_sources_of_add(terminal: Terminal, site: Site, tmp_path: Path) -> None:
    for n in range(4):
        site.pages[f"/sea-{n}"] = article(f"Page {n}", f"words{n}")
    text = f"Read this: {site.url('/sea-0')}, and [that]({site.url('/sea-1')})."
    assert terminal.run("add", "-", stdin=text).returncode == 0
    shortcut = tmp_path / "link.url"
    shortcut.write_text(f"[InternetShortcut]\nURL={site.url('/sea-2')}\n")
    page = tmp_path / "page.html"
    page.write_bytes(article("From a file", "kept").body)
    assert terminal.run("add", str(shortcut), str(page)).returncode == 0
    titles = {row["title"] for row in terminal.rows("list")}
    assert titles == {"Page 0", "Page 1", "Page 2", "From a file"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "ftp://example.org/x"), 1, "http"),
        (("add", "-"), 1, "no link"),
        (("show", "99"), 1, "no article 99"),
        (("archive", "99"), 1, "no article 99"),
        (("undo",), 1, "nothing to undo"),
        (("add",), 2, "usage"),
        (("nonsense",), 2, "usage"),
        (("tag", "1", "sea"), 2, "usage"),
        (("list", "--limit", "x"), 2, "usage"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    terminal: Terminal, words: tuple[str, ...], code: int, said: str
) -> None:
    done = terminal.run(*words)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_settings_are_checked(terminal: Terminal) -> None:
    done = terminal.run("--set", "fetch.nothing=1", "list")
    assert (done.returncode, "no setting" in done.stderr) == (2, True)
    done = terminal.run("--set", "fetch.per_host=many", "list")
    assert (done.returncode, "a number" in done.stderr) == (2, True)


def test_version_is_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "readlater", "--version"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert len(done.stdout.splitlines()) == 1


def test_private_addresses_are_refused_by_default(terminal: Terminal, site: Site) -> None:
    site.pages["/sea-1"] = article("The wall")
    done = terminal.run("--set", "fetch.private_addresses=", "add", site.url("/sea-1"))
    assert done.returncode == 1
    assert "fetch.private_addresses" in done.stderr
    assert site.asked == []


def test_show_in_every_format(terminal: Terminal, site: Site) -> None:
    site.pages["/sea-1"] = article(
        "The wall",
        after="<h2>After</h2><figure><img src=/a.png alt=Wall><figcaption>Low water</figcaption>"
        "</figure>",
    )
    site.pages["/a.png"] = Reply(png(), content_type="image/png")
    terminal.run("add", site.url("/sea-1"))
    site.stop()
    text = terminal.run("show", "1").stdout
    assert "harbour wall" in text
    assert "Low water" in text
    assert "<" not in text
    assert "Home" not in text
    html = terminal.run("show", "1", "--format", "html").stdout
    assert "data:image/png;base64," in html
    assert f'src="{site.base}' not in html
    assert "## After" in terminal.run("show", "1", "--format", "markdown").stdout
    whole = json.loads(terminal.run("show", "1", "--format", "json").stdout)
    assert set(whole) == KEYS | {"text", "html", "removed", "sources", "confidence"}


def test_deeds_search_and_doctor(terminal: Terminal, site: Site) -> None:
    site.pages["/sea-1"] = article("The wall", "naïve otters")
    site.pages["/sea-2"] = article("港の時計", "時計台は静かに止まった")
    terminal.run("add", site.url("/sea-1"), site.url("/sea-2"))
    assert [r["id"] for r in terminal.rows("search", "naive ott")] == [1]
    assert [r["id"] for r in terminal.rows("search", "時計")] == [2]
    assert terminal.rows("search", '"( AND -*') in ([], terminal.rows("list"))
    assert terminal.run("tag", "1", "+sea", "+bread", "-nothing").returncode == 0
    assert [r["id"] for r in terminal.rows("list", "bread")] == [1]
    terminal.run("archive", "1")
    terminal.run("favourite", "1")
    assert terminal.run("delete", "2").returncode == 0
    (row,) = terminal.rows("list")
    assert (row["state"], row["favourite"], row["tags"]) == ("archived", True, ["bread", "sea"])
    assert json.loads(terminal.run("show", "2", "--format", "json").stdout)["state"] == "trashed"
    terminal.run("restore", "2")
    assert len(terminal.rows("list")) == 2
    assert terminal.rows("list", "--limit", "1")[0]["id"] == 1
    terminal.run("undo")
    assert len(terminal.rows("list")) == 1
    assert terminal.run("reextract", "--all").returncode == 0
    done = terminal.run("doctor")
    assert (done.returncode, "sound" in done.stdout) == (0, True)


def test_doctor_mends_a_damaged_picture(terminal: Terminal, site: Site) -> None:
    site.pages["/sea-1"] = article("The wall", after="<img src=/a.png alt=Wall>")
    site.pages["/a.png"] = Reply(png(), content_type="image/png")
    terminal.run("add", site.url("/sea-1"))
    (asset,) = [p for p in (terminal.folder / "assets").rglob("*") if p.is_file()]
    asset.write_bytes(b"rust")
    (report,) = terminal.rows("doctor")
    assert report["sound"]
    assert report["findings"][0]["code"] == "damaged_pictures"
    assert terminal.run("fetch").returncode == 0
    assert asset.read_bytes() == png()
    (report,) = terminal.rows("doctor")
    assert report["findings"] == []


def test_the_core_imports_no_qt(tmp_path: Path) -> None:
    """A process that adds, lists and exports has neither Qt nor, before it fetches, requests."""
    code = (
        "import sys\n"
        "from readlater.main import main\n"
        f"folder = {str(tmp_path / 'library')!r}\n"
        "assert main(['--library', folder, 'add', '--no-wait', 'https://example.org/a']) == 0\n"
        "assert main(['--library', folder, 'search', 'example', '--json']) == 0\n"
        "assert main(['--library', folder, 'show', '1', '--format', 'json']) == 0\n"
        "heavy = {'PySide6', 'shiboken6', 'readability', 'requests', 'lxml', 'PIL'}\n"
        "bad = heavy & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr


def test_a_second_save_says_so(terminal: Terminal, site: Site) -> None:
    site.pages["/sea-1"] = article("The wall")
    terminal.run("add", site.url("/sea-1"))
    assert "already" in terminal.run("add", site.url("/sea-1") + "?utm_source=x").stderr
    terminal.run("archive", "1")
    assert "back in Unread" in terminal.run("add", site.url("/sea-1")).stderr


def test_text_around_a_link_is_ignored_in_one_word_too(terminal: Terminal, site: Site) -> None:
    site.pages["/sea-1"] = article("The wall")
    (queued, _) = terminal.rows("add", f"see {site.url('/sea-1')} now")
    assert queued["url"] == site.url("/sea-1")
    assert "is not a web address" in terminal.run("add", "no link here").stderr


def test_odd_words_of_add_are_refused_with_a_sentence(terminal: Terminal) -> None:
    for word, said in (
        ("missing.html", "cannot be read"),
        ("x" * 5000, "not a web address"),
    ):
        done = terminal.run("add", word)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_nothing_is_fetched_again_unasked(terminal: Terminal, site: Site) -> None:
    site.pages["/sea-1"] = article("The wall")
    terminal.run("add", site.url("/sea-1"))
    asked = len(site.asked)
    assert terminal.run("refetch").returncode == 2
    assert len(site.asked) == asked
    assert terminal.run("refetch", "--all").returncode == 0
    assert len(site.asked) > asked


def test_a_limit_of_a_list_with_a_query_keeps_the_newest(terminal: Terminal) -> None:
    terminal.run("add", "--no-wait", *(f"https://example.org/otter-{n}" for n in range(5)))
    assert [r["id"] for r in terminal.rows("list", "otter", "--limit", "2")] == [1, 2]
    assert terminal.rows("list", "otter", "--limit", "0") == []


def test_json_is_whole_on_a_terminal_of_an_old_encoding(terminal: Terminal) -> None:
    terminal.run("add", "--no-wait", "https://example.org/a", "--tag", "tête")
    terminal.environment["PYTHONIOENCODING"] = "ascii"
    (row,) = terminal.rows("list")
    assert row["tags"] == ["tête"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGTERM of this kind")
def test_a_terminated_add_gives_its_row_back(terminal: Terminal, site: Site) -> None:
    held = site.pages["/sea-1"] = Held(article("The wall"))
    process = subprocess.Popen(
        terminal.command("add", site.url("/sea-1")),
        env=terminal.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    held.wait_until_asked()
    process.terminate()
    held.set_free()
    assert process.wait(60) == 143
    (row,) = terminal.rows("list")
    assert row["status"] in ("queued", "ready")
    terminal.run("fetch")
    assert terminal.rows("list")[0]["title"] == "The wall"


def test_highlights_are_written_as_markdown_and_as_annotations(
    terminal: Terminal, site: Site
) -> None:
    site.pages["/sea-1"] = article("The wall", "Marrow Bay")
    (_, row) = terminal.rows("add", site.url("/sea-1"))
    with closing(open_library(terminal.folder, Settings())) as library:
        text = shown_text(library.reading.extracted(row["id"]).html)
        start = text.index("raised twice")
        selected = as_selected(text, start, start + len("raised twice"))
        made, _ = library.highlighting.add(row["id"], 2, selected, note="*By whom?*")
        library.highlighting.tag([made.id], ["sea"])
        library.highlighting.note(row["id"], "For spring")
    written = terminal.run("highlights", str(row["id"]))
    assert (written.returncode, written.stderr) == (0, "")
    assert written.stdout == (
        f"## [The wall]({site.url('/sea-1')}), 127.0.0.1\n\nFor spring\n\n> raised twice\n\n"
        "\\*By whom?\\*\n\n#sea\n"
    )
    (line,) = terminal.run("highlights", "--all", "--format", "json").stdout.splitlines()
    said = json.loads(line)
    assert said["type"] == "Annotation"
    assert said["target"]["source"] == site.url("/sea-1")
    quote, position = said["target"]["selector"]
    assert quote["exact"] == "raised twice"
    assert text[position["start"] : position["end"]] == "raised twice"
    assert [body["value"] for body in said["body"]] == ["*By whom?*", "sea"]
    assert (said["colour"], said["placed"]) == ("green", True)
    assert terminal.run("highlights", "--all", "--query", "nothing").stdout == ""
    assert terminal.run("highlights", "--all", "--tag", "sea").stdout == written.stdout
    assert terminal.run("highlights").returncode == 2
    assert terminal.run("highlights", "99").returncode == 1
