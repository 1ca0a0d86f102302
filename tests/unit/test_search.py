import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlater.storage import search
from readlater.storage.tokens import fold

HOSTILE = Path(__file__).resolve().parents[2].parent / "shared/corpus/hostile/text.jsonl"
ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=()))
ON_ONE_LIBRARY = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
UNREAD = "a.archived_at IS NULL"
Ask = Callable[..., tuple[int, ...]]


class Library:
    """A database with the least of an article table, and the index."""

    def __init__(self, path: Path) -> None:
        self.connection = apsw.Connection(str(path))
        self.connection.execute("PRAGMA synchronous = OFF")
        self.connection.execute(
            "CREATE TABLE article(id INTEGER PRIMARY KEY, saved_at REAL, archived_at REAL)"
        )
        for statement in search.SCHEMA:
            self.connection.execute(statement)

    def add(self, number: int, title: str = "", body: str = "", **card: Any) -> None:
        card = {"byline": "", "site": "", "tags": ()} | card
        self.connection.execute(
            "INSERT OR REPLACE INTO article VALUES(?, ?, NULL)", (number, float(number))
        )
        search.index_title(self.connection, number, title=title, **card)
        search.index_body(self.connection, number, body)

    def quick(self, query: str, where: str = "1", limit: int = 30) -> tuple[int, ...]:
        return search.quick(self.connection, query, where, (), limit)

    def ranked(self, query: str, where: str = "1", limit: int = 30) -> tuple[int, ...]:
        return search.ranked(self.connection, query, where, (), limit)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "library.sqlite3")
    yield made
    made.connection.close()


@pytest.fixture(params=["quick", "ranked"])
def ask(request: pytest.FixtureRequest, library: Library) -> Ask:
    found: Ask = getattr(library, request.param)
    return found


def test_finds_in_every_field(library: Library, ask: Ask) -> None:
    library.add(1, "Glaciers", "Ice is melting", byline="Ann Lee", site="Example", tags=["alps"])
    for query in ("glaciers", "melting", "lee", "example", "alps", "ann lee", "GLAC", "melt"):
        assert ask(query) == (1,), query
    assert ask("laciers") == ()


def test_titles_stand_above_bodies(library: Library, ask: Ask) -> None:
    library.add(1, "An old title about glaciers", "")
    library.add(2, "Another", "glaciers glaciers glaciers")
    library.add(3, "Third", "one of the glaciers")
    assert ask("glaciers")[0] == 1
    assert set(ask("glaciers")) == {1, 2, 3}


def test_a_whole_word_in_a_title_stands_above_a_longer_one(library: Library, ask: Ask) -> None:
    library.add(1, "art")
    for number in range(2, 9):
        library.add(number, "artful")
    assert ask("art")[0] == 1


def test_quick_gives_bodies_by_age_and_ranked_by_worth(library: Library) -> None:
    library.add(1, "", "glacier glacier glacier")
    library.add(2, "", "one glacier among many other words of a long and winding text")
    library.add(3, "", "nothing")
    assert library.quick("glacier") == (2, 1)
    assert library.ranked("glacier") == (1, 2)


def test_ranked_finds_words_parted_between_card_and_body(library: Library) -> None:
    library.add(1, "Climate", "the summit failed", site="Guardian")
    library.add(2, "Climate", "the summit failed", site="Times")
    library.add(3, "", "guardian of the climate summit")
    assert library.ranked("guardian summit") == (1, 3)
    assert library.ranked("guardian climate failed") == (1,)


def test_the_query_language(library: Library, ask: Ask) -> None:
    library.add(1, "red apple pie", "", site="Food Daily", tags=["long reads", "cooking"])
    library.add(2, "apple red pie", "worms inside", site="Garden", tags=["reads"])
    assert ask('"red apple"') == (1,)
    assert set(ask('"apple')) == {1, 2}
    assert ask("apple -worms ") == (1,)
    assert ask("apple -daily ") == (2,)
    assert ask("tag:cooking ") == (1,)
    assert ask('pie tag:"long reads"') == (1,)
    assert ask("site:garden ") == (2,)
    assert ask("-site:garden ") == (1,)
    assert ask("title:worms ") == ()
    assert ask('"reads cooking"') == (1,)


@pytest.mark.parametrize("query", ["", "  ", "?!", '"', "(", "-", "*", "^", "\0", "\ud800", "tag:"])
def test_a_query_without_words_is_the_newest(library: Library, ask: Ask, query: str) -> None:
    for number in (1, 2, 3):
        library.add(number, "a title")
    assert ask(query, "1", 2) == (3, 2)


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("東京都庁で会議", ("東京", "京都", "会議", "議", "東", "都庁で")),
        ("中文维基百科", ("维基", "百科", "中")),
        ("신문대한민국만세", ("민국", "대한")),
        ("インターネット", ("ネット", "ｲﾝﾀｰ")),
        ("ภาษาไทยง่าย", ("ไทย", "ภาษา")),
        ("ភាសាខ្មែរ", ("ខ្មែរ",)),
        ("မြန်မာဘာသာ", ("ဘာသာ",)),
        ("Straße nach Łódź", ("strasse", "lodz", "STRAẞE")),
        (
            "\u0627\u0644\u0652\u0642\u064f\u0631\u0622\u0646",
            ("\u0627\u0644\u0642\u0631\u0627\u0646",),
        ),
        ("हिन्दी समाचार", ("हिन्दी", "समा")),
        ("Ünïcödé 🔥 fire", ("unicode", "🔥", "fir")),
        ("🔥🌍", ("🌍", "🔥")),
    ],
)
def test_any_language(library: Library, ask: Ask, text: str, queries: tuple[str, ...]) -> None:
    library.add(1, "", text)
    library.add(2, text, "")
    library.add(3, "other", "words, 別の言葉")
    for query in queries:
        assert set(ask(query)) == {1, 2}, query
        assert any(span.marked for span in search.marked(text, query)), query


def test_pairs_that_do_not_stand_together_are_no_word(library: Library, ask: Ask) -> None:
    library.add(1, "", "東京と京都、都市")
    assert ask("東京都") == ()


def test_a_long_run_is_found_by_its_start(library: Library, ask: Ask) -> None:
    run = "東京都庁会議" * 50
    library.add(1, "", run)
    library.add(2, "", run[1:20])
    assert ask(run) == (1,)


def test_replacing_and_removing(library: Library, ask: Ask) -> None:
    library.add(1, "before", "then")
    library.add(1, "after", "now")
    assert ask("before") == ask("then") == ()
    assert ask("after") == ask("now") == (1,)
    search.remove(library.connection, 1)
    search.remove(library.connection, 99)
    assert ask("after") == ask("now") == ()


def test_a_place_is_searched_beyond_the_newest_hits(library: Library, ask: Ask) -> None:
    with library.connection:
        for number in range(1, 2_601):
            library.add(number, "common title", "common body")
    library.connection.execute("UPDATE article SET archived_at = 1 WHERE id > 3")
    assert set(ask("common", UNREAD)) == {1, 2, 3}
    assert set(ask("title", UNREAD, 2)) < {1, 2, 3}
    assert set(ask("body", UNREAD)) == {1, 2, 3}


def test_arguments_are_bound_in_their_order(library: Library) -> None:
    for number in (1, 2, 3, 4):
        library.add(number, "apple", "tree", site="Garden" if number < 4 else "Other")
    for ask in (search.quick, search.ranked):
        found = ask(
            library.connection,
            "tree site:garden -pear ",
            "a.id > ? AND a.id < ?",
            (1, 10),
            30,
        )
        assert set(found) == {2, 3}


def test_an_interrupt_passes_through(library: Library) -> None:
    with library.connection:
        for number in range(500):
            library.add(number + 1, "", "word " * 50)
    stopped = threading.Event()

    def stop() -> None:
        while not stopped.is_set():
            library.connection.interrupt()

    def search_on() -> None:
        for _ in range(100_000):
            library.ranked("w")

    thread = threading.Thread(target=stop)
    thread.start()
    try:
        with pytest.raises(apsw.InterruptError):
            search_on()
    finally:
        stopped.set()
        thread.join()
    assert library.ranked("word")


@ON_ONE_LIBRARY
@given(ANY_TEXT)
def test_whatever_is_typed_is_a_query(library: Library, typed: str) -> None:
    library.add(1, "some title", "some body")
    library.quick(typed)
    library.ranked(typed)
    search.snippet("some body", typed)


@ON_ONE_LIBRARY
@given(ANY_TEXT, st.data())
def test_a_word_of_an_indexed_text_is_found(library: Library, text: str, data: Any) -> None:
    library.add(1, "", text)
    library.add(2, text, "")
    words = fold(text).split()
    if words:
        word = data.draw(st.sampled_from(words))
        assert set(library.quick(word)) == {1, 2}
        assert set(library.ranked(f'"{word}"')) == {1, 2}


def test_hostile_text_is_a_query_and_is_found(library: Library) -> None:
    if not HOSTILE.exists():
        pytest.skip("the hostile corpus is not beside the checkout")
    lines = HOSTILE.read_text(encoding="utf-8").splitlines()
    texts = [text for line in lines if isinstance(text := json.loads(line).get("text"), str)]
    assert texts
    with library.connection:
        for number, text in enumerate(texts, 1):
            library.add(number, text, text)
    for number, text in enumerate(texts, 1):
        library.quick(text)
        library.ranked(text)
        assert "".join(span.text for span in search.marked(text, text)) == text
        search.snippet(text, text)
        words = fold(text).split()
        if words:
            assert number in library.quick(f'"{" ".join(words[:3])}"', limit=len(texts)), text
