"""`reextract`, `access` and `removed` in a terminal, as the real process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from site_server import article
from terminal import ROOT, Terminal

from readlater.article import Access, Extracted, Response
from readlater.library import open_library
from readlater.library.core import BODIES

PAGES = 2 * BODIES + 5
PAGE = (ROOT / "tests" / "pages" / "ferry.html").read_bytes()


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "library")


def stale(terminal: Terminal, *, words: str = "An older extractor made this.") -> None:
    """A library with one real page whose copy an older extractor made differently."""
    library = open_library(terminal.folder)
    library.saving.add_page(PAGE, "https://ferry.example/")
    library.fetching.step()
    library.close()
    older = _Older(words)
    library = open_library(terminal.folder, worker=older)
    library.remaking.apply(library.remaking.all(), force=True)
    library.close()


class _Older:
    """Made something else of every page."""

    def __init__(self, words: str) -> None:
        self._words = words

    def extract(self, response: Response, keep: frozenset[str] = frozenset()) -> Extracted:
        count = len(self._words.split())
        return Extracted(
            title="Older", html="<p>x</p>", text=self._words, word_count=count, access=Access.FULL
        )

    def thumbnail(self, picture: bytes, size_px: int = 144) -> bytes | None:
        return None


def test_the_terminal_shows_what_would_change_and_then_does_it(terminal: Terminal) -> None:
    stale(terminal)
    look = terminal.run("reextract", "--all", "--dry-run", "--diff")
    assert look.returncode == 0, look.stderr
    assert "title “Older” →" in look.stdout
    assert "-An older extractor made this." in look.stdout
    assert "1 would change" in look.stderr
    assert terminal.rows("list")[0]["title"] == "Older"
    (row,) = terminal.rows("reextract", "1", "--dry-run")
    assert (row["outcome"], row["words"][0], row["values"]["title"][0]) == ("changed", 5, "Older")
    done = terminal.run("reextract", "--all")
    assert "1 changed" in done.stderr
    assert terminal.rows("list")[0]["title"] != "Older"
    again = terminal.run("reextract", "--query", "ferry")
    assert (again.stdout, "1 stay the same" in again.stderr) == ("", True)
    terminal.run("undo")
    assert terminal.rows("list")[0]["title"] == "Older"
    assert terminal.run("reextract").returncode == 2


def test_the_terminal_lists_what_would_be_lost(terminal: Terminal) -> None:
    stale(terminal, words="word " * 5000)
    done = terminal.run("reextract", "--all")
    assert "would lose too much" in done.stdout
    assert terminal.rows("list")[0]["title"] == "Older"
    terminal.run("reextract", "--all", "--force")
    assert terminal.rows("list")[0]["title"] != "Older"


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT")
def test_ctrl_c_leaves_the_library_as_it_is_told(terminal: Terminal) -> None:
    library = open_library(terminal.folder)
    for n in range(PAGES):
        library.saving.add_page(article(f"Story {n}", f"word{n}").body, f"https://b.example/{n}")
        library.fetching.step()
    library.close()
    older = open_library(terminal.folder, worker=_Older("Few words."))
    older.remaking.apply(older.remaking.all(), force=True)
    older.close()
    command = terminal.command("reextract", "--all", "--json")
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=terminal.environment
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        os.kill(process.pid, signal.SIGINT)
        rest, said = process.communicate(timeout=60)
    told = len((first + rest).splitlines())
    assert process.returncode == 130
    assert "Stopped after" in said
    anew = [row for row in terminal.rows("list") if row["title"] != "Older"]
    # A signal may come between a transaction and its words, so a chunk may be done and not told.
    assert len(anew) in (told, BODIES * ((told + BODIES - 1) // BODIES))
    assert "sound" in terminal.run("doctor").stdout


def test_the_terminal_says_what_a_copy_is_and_takes_the_readers_word(terminal: Terminal) -> None:
    library = open_library(terminal.folder)
    library.saving.add_page(PAGE, "https://ferry.example/")
    library.fetching.step()
    library.close()
    (before,) = terminal.rows("access", "1")
    done = terminal.run("access", "1", "--preview")
    assert "You said so: this copy is only a preview." in done.stdout
    (row,) = terminal.rows("list", "--place", "previews")
    assert (row["access"], row["said"]) == ("preview", "preview")
    (row,) = terminal.rows("access", "1", "--page")
    assert (row["access"], row["said"]) == (before["access"], None)
    assert terminal.run("access", "7").returncode == 1


def test_the_terminal_lists_blocks_and_puts_them_back(terminal: Terminal) -> None:
    offer = (
        b"<div class='newsletter'><h3>Sign up for our newsletter</h3><p>The harbour post in your "
        b"inbox. Subscribe to the newsletter.</p><button>Sign up</button></div></article>"
    )
    library = open_library(terminal.folder)
    library.saving.add_page(PAGE.replace(b"</article>", offer), "https://ferry.example/")
    library.fetching.step()
    library.close()
    blocks = terminal.rows("removed", "1")
    number = next(block["number"] for block in blocks if "inbox" in block["text"])
    back = terminal.rows("removed", "1", "--put-back", str(number))
    assert [b["put_back"] for b in back if "inbox" in b["text"]] == [True]
    assert "in your inbox" in terminal.run("show", "1").stdout
    number = next(block["number"] for block in back if block["put_back"])
    out = terminal.run("removed", "1", "--take-out", str(number)).stdout
    assert "Offers a newsletter" in out
    assert "in your inbox" not in terminal.run("show", "1").stdout
    assert terminal.run("removed", "1", "--put-back", "99").returncode == 1
