"""What a person corrects stays: the word on a copy, and blocks that were put back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import LOOPBACK
from site_server import Site, article
from terminal import ROOT

from readlater.article import (
    Access,
    Extracted,
    Place,
    Removed,
    Response,
    View,
    fingerprint_of,
)
from readlater.errors import ExtractionError, InputError
from readlater.library import Library, open_library
from readlater.library.versions import holds_on, is_loss, takes_its_place
from readlater.pipeline import extract_page

OFFER = (
    "<div class='newsletter-signup'><h3>Sign up for our newsletter</h3>"
    "<p>Get the best of our harbour stories in your inbox. Subscribe to the newsletter.</p>"
    "<form><input type=email><button>Sign up</button></form></div>"
)
WALL = (
    "<div class='paywall-offer subscribe-box'><h2>Subscribe to continue reading</h2>"
    "<p>Become a subscriber for $1 a week and read the rest of this story.</p>"
    "<a href='/subscribe'>Subscribe now</a> "
    "<a href='/login'>Already a subscriber? Sign in</a></div>"
)


def work(library: Library) -> None:
    while library.fetching.step():
        pass


def save(library: Library, url: str) -> int:
    (row,) = library.saving.add([url]).ids
    work(library)
    return row


def with_offer(site: Site, library: Library) -> tuple[int, Removed]:
    site.pages["/sea"] = article("The wall", paragraphs=6, after=OFFER)
    row = save(library, site.url("/sea"))
    (block,) = library.reading.removed(row)
    assert "harbour stories" in block.text
    return row, block


def says(library: Library, row: int) -> bool:
    return "harbour stories" in library.reading.text(row)


# blocks


def test_a_fingerprint_knows_a_text_by_its_letters_alone() -> None:
    assert fingerprint_of("Sign  UP\nnow ") == fingerprint_of("sign up now")
    assert fingerprint_of("sign up now!") == fingerprint_of("sign up now")
    assert fingerprint_of("sign up later") != fingerprint_of("sign up now")
    assert len(fingerprint_of("")) == 16


def test_a_block_that_is_put_back_stands_in_the_text_where_it_was(
    library: Library, site: Site
) -> None:
    row, block = with_offer(site, library)
    assert block.fingerprint == fingerprint_of(block.text)
    assert not says(library, row)
    before = library.reading.article(row)
    done = library.correcting.put_back(row, [block.fingerprint])
    assert (done.code, done.ids) == ("put_back", (row,))
    assert says(library, row)
    now = library.reading.article(row)
    assert (now.removed_count, now.put_back_count) == (0, 1)
    assert (now.access, now.evidence) == (before.access, before.evidence)
    assert library.searching.find(View(Place.ALL, query="harbour inbox"), ranked=True)
    (listed,) = library.correcting.blocks(row)
    assert listed.is_back
    assert listed.removed.reason == block.reason


def test_putting_back_can_be_undone_done_again_and_taken_out(library: Library, site: Site) -> None:
    row, block = with_offer(site, library)
    library.correcting.put_back(row, [block.fingerprint])
    library.tidying.undo()
    assert not says(library, row)
    assert library.reading.article(row).put_back_count == 0
    library.tidying.redo()
    assert says(library, row)
    assert library.reading.article(row).put_back_count == 1
    library.correcting.take_out(row, [block.fingerprint])
    assert not says(library, row)
    library.tidying.undo()
    library.tidying.undo()
    assert not says(library, row)
    library.tidying.redo()
    assert says(library, row)


def test_a_block_stays_back_through_extraction_and_fetching(library: Library, site: Site) -> None:
    row, block = with_offer(site, library)
    library.correcting.put_back(row, [block.fingerprint])
    assert library.remaking.apply([row]) == 0  # the same text: nothing to undo
    assert says(library, row)
    site.pages["/sea"] = article("The wall", paragraphs=9, after=OFFER)
    library.saving.refetch([row])
    work(library)
    assert "Part 8" in library.reading.text(row)
    assert says(library, row)


def test_undo_after_a_new_copy_has_come_takes_the_block_out_of_that(
    library: Library, site: Site
) -> None:
    row, block = with_offer(site, library)
    library.correcting.put_back(row, [block.fingerprint])
    site.pages["/sea"] = article("The wall", paragraphs=9, after=OFFER)
    library.saving.refetch([row])
    work(library)
    library.tidying.undo()
    assert "Part 8" in library.reading.text(row)
    assert not says(library, row)
    library.tidying.redo()
    assert says(library, row)


def test_what_is_no_block_and_what_has_no_page_is_refused(library: Library, site: Site) -> None:
    row, _block = with_offer(site, library)
    for refused in (library.correcting.put_back, library.correcting.take_out):
        with pytest.raises(InputError) as error:
            refused(row, ["0" * 16])
        assert error.value.code == "no_such_block"
    (waiting,) = library.saving.add([site.url("/later")]).ids
    with pytest.raises(InputError) as error:
        library.correcting.blocks(waiting)
    assert error.value.code == "no_text_yet"
    assert not says(library, row)


def test_a_block_put_back_while_the_page_is_fetched_is_in_what_comes(
    library: Library, site: Site
) -> None:
    row, block = with_offer(site, library)
    page = article("The wall", paragraphs=9, after=OFFER)
    asked = 0

    def answer() -> object:
        nonlocal asked
        asked += 1
        if asked == 1:  # after the job has begun, before its text is kept
            library.correcting.put_back(row, [block.fingerprint])
        return page

    site.pages["/sea"] = answer
    library.saving.refetch([row])
    work(library)
    assert says(library, row)
    assert "Part 8" in library.reading.text(row)


class _Failing:
    """Reads nothing any more."""

    def extract(self, response: Response, keep: frozenset[str] = frozenset()) -> Extracted:
        raise ExtractionError("worker_died")

    def thumbnail(self, picture: bytes, size_px: int = 144) -> bytes | None:
        return None


def test_a_page_that_cannot_be_read_again_leaves_all_as_it_was(
    library: Library, site: Site, tmp_path: Path
) -> None:
    row, block = with_offer(site, library)
    other = open_library(library.folder, LOOPBACK, worker=_Failing())
    with pytest.raises(ExtractionError):
        other.correcting.put_back(row, [block.fingerprint])
    other.close()
    assert library.reading.article(row).put_back_count == 0
    assert library.tidying.next_undo() == "saved"


_KILLED = """
import sys
from pathlib import Path
from readlater.library import open_library
library = open_library(Path(sys.argv[1]))
row, block = int(sys.argv[2]), sys.argv[3]
while True:
    library.correcting.put_back(row, [block])
    print("put back", flush=True)
    library.tidying.undo()
    print("undone", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("deeds", [1, 4, 7])
def test_a_kill_leaves_the_text_before_or_after(library: Library, site: Site, deeds: int) -> None:
    row, block = with_offer(site, library)
    command = [sys.executable, "-c", _KILLED, str(library.folder), str(row), block.fingerprint]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        for _ in range(deeds):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert says(library, row) == bool(library.reading.article(row).put_back_count)
    assert library.caring.doctor().sound


@pytest.mark.parametrize("tag", ["div", "li", "p"])
def test_an_article_gets_a_block_back_that_extraction_alone_would_drop(tag: str) -> None:
    prose = "".join(
        f"<p>Part {i}. The harbour wall was built in a dry year, and nobody asked who would look "
        "after it when the masons had gone home to their own villages and the money was spent.</p>"
        for i in range(8)
    )
    label = f"<{tag} class='advert'>Advertisement</{tag}>"
    page = f"<html><body><article><h1>Wall</h1>{prose}{label}{prose}</article></body></html>"
    plain = extract_page(page, "https://a.example/")
    assert "Advertisement" not in plain.text
    made = extract_page(
        page, "https://a.example/", keep=frozenset([fingerprint_of("advertisement")])
    )
    assert made.text.count("Advertisement") == 1
    assert made.text.index("Part 7") < made.text.index("Advertisement")
    assert made.access == plain.access


def test_a_button_that_is_put_back_is_a_word_of_the_text() -> None:
    body = article("The wall", paragraphs=6, after=OFFER).body
    keep = frozenset(b.fingerprint for b in extract_page(body, "https://a.example/").removed)
    made = extract_page(body, "https://a.example/", keep=keep)
    assert made.text.count("Sign up for our newsletter") == 1
    assert made.text.splitlines()[-1] == "Sign up"
    assert "<button" not in made.html
    assert made.removed == ()


def test_a_prompt_that_was_put_back_still_says_that_the_copy_is_cut() -> None:
    body = article("Cut", paragraphs=3, after=WALL).body
    plain = extract_page(body, "https://a.example/")
    assert plain.access is Access.PREVIEW
    keep = frozenset(block.fingerprint for block in plain.removed)
    made = extract_page(body, "https://a.example/", keep=keep)
    assert "Become a subscriber" in made.text
    assert (made.access, made.evidence) == (plain.access, plain.evidence)


# the reader's word


def cut(site: Site, library: Library) -> int:
    site.pages["/x"] = article("Cut", paragraphs=3, after=WALL)
    return save(library, site.url("/x"))


def test_the_readers_word_wins_everywhere_and_can_be_undone(library: Library, site: Site) -> None:
    row = cut(site, library)
    previews = View(Place.PREVIEWS)
    assert library.searching.count(previews) == 1
    done = library.correcting.say([row], Access.FULL)
    assert done.code == "said_whole"
    now = library.reading.article(row)
    assert (now.access, now.said) == (Access.FULL, Access.FULL)
    assert now.evidence[0].code == "saved_by_you"
    assert library.searching.count(previews) == 0
    assert library.reading.extracted(row).access is Access.PREVIEW  # the verdict is kept apart
    library.correcting.say([row], None)
    now = library.reading.article(row)
    assert (now.access, now.said) == (Access.PREVIEW, None)
    assert "saved_by_you" not in [e.code for e in now.evidence]
    library.tidying.undo()
    assert library.reading.article(row).access is Access.FULL
    library.tidying.undo()
    assert library.reading.article(row).access is Access.PREVIEW
    library.tidying.redo()
    assert library.reading.article(row).access is Access.FULL


def test_a_whole_copy_can_be_called_a_preview(library: Library, site: Site) -> None:
    site.pages["/y"] = article("Whole", paragraphs=6)
    row = save(library, site.url("/y"))
    library.correcting.say([row], Access.PREVIEW)
    now = library.reading.article(row)
    assert (now.access, now.evidence[0].code) == (Access.PREVIEW, "cut_by_you")
    found = library.searching.find(View(Place.PREVIEWS, query="whole"), ranked=False)
    assert [hit.article.id for hit in found] == [row]
    library.remaking.apply([row])
    assert library.reading.article(row).access is Access.PREVIEW


def test_the_word_goes_on_when_the_same_text_is_fetched_again(library: Library, site: Site) -> None:
    row = cut(site, library)
    library.correcting.say([row], Access.FULL)
    library.saving.refetch([row])
    work(library)
    now = library.reading.article(row)
    assert (now.access, now.said) == (Access.FULL, Access.FULL)


def test_the_word_ends_with_its_copy_when_a_better_one_comes(library: Library, site: Site) -> None:
    site.pages["/y"] = article("Whole", paragraphs=3)
    row = save(library, site.url("/y"))
    library.correcting.say([row], Access.PREVIEW)
    site.pages["/y"] = article("Whole", paragraphs=12)
    library.saving.refetch([row])
    work(library)
    now = library.reading.article(row)
    assert (now.access, now.said) == (Access.FULL, None)
    assert "Part 11" in library.reading.text(row)


def test_a_lesser_copy_never_takes_the_place_of_one_that_is_called_whole(
    library: Library, site: Site
) -> None:
    site.pages["/x"] = article("Cut", paragraphs=6, after=WALL)
    row = save(library, site.url("/x"))
    library.correcting.say([row], Access.FULL)
    site.pages["/x"] = article("Cut", paragraphs=1, after=WALL)
    library.saving.refetch([row])
    work(library)
    now = library.reading.article(row)
    assert (now.access, now.said) == (Access.FULL, Access.FULL)
    assert "Part 5" in library.reading.text(row)


def test_a_word_needs_a_copy(library: Library, site: Site) -> None:
    (row,) = library.saving.add([site.url("/none")]).ids
    with pytest.raises(InputError) as error:
        library.correcting.say([row], Access.FULL)
    assert error.value.code == "no_text_yet"
    with pytest.raises(ValueError, match="unknown"):
        library.correcting.say([row], Access.UNKNOWN)


WORDS = " ".join(f"word{i}" for i in range(300))
WHOLE = Extracted(text=WORDS, html="<p>a</p>", word_count=300, access=Access.FULL)


def text(words: int, access: Access = Access.FULL) -> Extracted:
    said = " ".join(WORDS.split()[:words])
    return Extracted(text=said, html=f"<p>{words}</p>", word_count=words, access=access)


@pytest.mark.parametrize(
    ("said", "new", "placed", "word"),
    [
        (Access.FULL, text(300, Access.PREVIEW), True, Access.FULL),
        (Access.FULL, text(100, Access.PREVIEW), False, None),
        (Access.FULL, text(100), False, None),
        (Access.PREVIEW, text(290), True, Access.PREVIEW),
        (Access.PREVIEW, text(100), False, None),
        (Access.PREVIEW, text(0, Access.BOT_WALL), False, None),
        (None, text(100, Access.PREVIEW), False, None),
    ],
)
def test_what_a_fetch_brings_is_weighed_with_the_readers_word(
    said: Access | None, new: Extracted, placed: bool, word: Access | None
) -> None:
    assert takes_its_place(new, WHOLE, said) == placed
    assert holds_on(said, WHOLE, new) == word


def test_losing_half_the_words_or_ending_in_a_wall_is_a_loss() -> None:
    assert not is_loss(text(150), WHOLE)
    assert is_loss(text(149), WHOLE)
    assert is_loss(text(300, Access.SIGN_IN), WHOLE)
    assert not is_loss(text(300, Access.PREVIEW), WHOLE)
    assert not is_loss(text(3), None)
    assert not is_loss(text(3), text(0))
