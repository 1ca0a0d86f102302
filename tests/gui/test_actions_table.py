"""The table of actions: words, menus, keys that do not meet, and when each works."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from deed_stage import Stage, stage
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from readlater.article import Access, Article, Problem, Status
from readlater.library import Library
from readlater.ui.actions.situation import Situation
from readlater.ui.actions.spec import TABLE, Scope, is_single

READY = Article(1, "https://a.example/1", 0.0, title="One", status=Status.READY, access=Access.FULL)
CUT = replace(READY, id=2, access=Access.PREVIEW)
FAILED = replace(READY, id=3, status=Status.FAILED, problem=Problem("timeout", {"host": "a"}))
QUEUED = replace(READY, id=4, status=Status.QUEUED)
TRASHED = replace(READY, id=5, trashed_at=1.0)
FILE = replace(READY, id=6, url="")
K = Qt.Key


def test_every_action_has_words_and_stands_in_one_menu_of_the_bar(
    library: Library, qtbot, tmp_path: Path
) -> None:
    with stage(library, qtbot, tmp_path) as at:
        _look_at_the_menus(at)


def _look_at_the_menus(at: Stage) -> None:
    names = [spec.id for spec in TABLE.specs]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert all(
        spec.text and spec.text[0].isupper() and "!" not in spec.text for spec in TABLE.specs
    )
    bar = [a.text().replace("&", "") for a in at.window.menuBar().actions()]
    assert bar == ["File", "Edit", "Article", "View", "Go", "Listen", "Help"]
    shown = [
        action
        for top in at.window.menuBar().actions()
        for action in top.menu().actions()
        if not action.isSeparator()
    ]
    for spec in TABLE.specs:
        if spec.id == "view.sort":  # the list's own menu of orders stands for it
            assert at.window.list_pane.sort_menu.menuAction() in shown
        else:
            assert shown.count(at.actions.action(spec.id)) == 1


def test_no_key_is_given_twice_in_one_place() -> None:
    everywhere = [k for s in TABLE.specs if s.scope is Scope.WINDOW for k in s.keys]
    for scope in (Scope.LIST, Scope.READER):
        keys = everywhere + [k for s in TABLE.specs if s.scope is scope for k in s.keys]
        assert [key for key, count in Counter(keys).items() if count > 1] == []
    starts = {key.split(",")[0] for key in everywhere if "," in key}
    assert not starts & set(everywhere)  # else G alone would wait or be ambiguous


def test_every_key_is_one_that_qt_knows() -> None:
    for spec in TABLE.specs:
        for key in spec.keys:
            sequence = QKeySequence(key)
            assert not sequence.isEmpty(), key
            assert all(sequence[i].key() != K.Key_unknown for i in range(sequence.count())), key


@pytest.mark.parametrize(
    ("key", "single"),
    [("E", True), ("/", True), ("G, U", True), ("#", True), ("Ctrl+E", False), ("F9", False),
     ("Del", False), ("Shift+R", False), ("Esc", False)],
)  # fmt: skip
def test_single_keys_are_plain_letters_and_signs(key: str, single: bool) -> None:
    assert is_single(key) == single


def works(name: str, now: Situation) -> bool:
    return next(spec for spec in TABLE.specs if spec.id == name).when(now)


@pytest.mark.parametrize(
    ("name", "one", "expected"),
    [
        ("article.archive", READY, True),
        ("article.archive", TRASHED, False),
        ("article.restore", TRASHED, True),
        ("article.restore", READY, False),
        ("article.fetch_again", READY, True),
        ("article.fetch_again", FAILED, False),
        ("article.fetch_again", FILE, False),
        ("article.try_again", FAILED, True),
        ("article.try_again", QUEUED, False),
        ("article.try_again", replace(QUEUED, problem=Problem("timeout", {"host": "a"})), True),
        ("article.stop", QUEUED, True),
        ("article.stop", READY, False),
        ("article.open_on_the_web", FILE, False),
        ("article.complete", CUT, True),
        ("article.complete", READY, False),
        ("article.preview", READY, True),
        ("article.preview", CUT, False),
        ("article.preview", replace(READY, access=Access.BOT_WALL), False),
        ("article.unsay", READY, False),
        ("article.unsay", replace(READY, said=Access.FULL), True),
        ("article.unsay", replace(TRASHED, said=Access.FULL), False),
        ("article.access", CUT, True),
        ("article.access", READY, True),
        ("article.access", FAILED, False),
        ("article.removed", READY, False),
        ("article.removed", replace(READY, removed_count=1), True),
        ("article.removed", replace(READY, put_back_count=1), True),
        ("article.extract_again", QUEUED, False),
    ],
)
def test_an_action_is_enabled_only_when_it_works(name: str, one: Article, expected: bool) -> None:
    assert works(name, Situation((one,), 1)) == expected
    assert not works(name, Situation())


def test_deeds_on_one_article_do_not_work_on_two() -> None:
    two = Situation((CUT, READY), 2)
    assert not works("article.complete", two)
    assert not works("article.edit_address", two)
    assert works("article.tags", two)
    assert not works("article.open_on_the_web", replace(two, count=200))
