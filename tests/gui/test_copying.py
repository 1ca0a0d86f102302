"""Whole articles are copied as Markdown: one, several, and none without a text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from deed_stage import CUT_PAGE, stage
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication
from test_highlights import GATE, WALL, save

from readlater.article import Access, Article, Extracted, Status
from readlater.exporters import markdown
from readlater.library import Library
from readlater.ui.actions.copying import MOST_COPIED, can_copy
from readlater.ui.actions.situation import Situation

ONE = Article(1, "https://a.example/1", 0.0, title="One", status=Status.READY, access=Access.FULL)


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_the_article_is_copied_whole_with_title_and_source(
    library: Library, qtbot, tmp_path: Path
) -> None:
    save(library, "Wall", WALL)
    with stage(library, qtbot, tmp_path) as at:
        at.show()
        at.trigger("edit.copy_article")
        at.until(lambda: at.toast == "Article copied as Markdown")
    assert copied().startswith("# Wall\n\n")
    assert "<https://bay.example/wall>" in copied().splitlines()[2]
    assert all(line in copied() for line in WALL)
    assert "The publisher" not in copied()


def test_several_articles_are_copied_with_a_rule_between_them(
    library: Library, qtbot, tmp_path: Path
) -> None:
    save(library, "Wall", WALL)
    save(library, "Gate", GATE)
    with stage(library, qtbot, tmp_path) as at:
        at.show()
        cards = at.window.list_pane.cards
        cards.selectionModel().select(
            at.window.model.index(1, 0), QItemSelectionModel.SelectionFlag.Select
        )
        at.trigger("edit.copy_article")
        at.until(lambda: at.toast == "2 articles copied as Markdown")
    first, second = copied().split("\n---\n\n")
    assert {first.splitlines()[0], second.splitlines()[0]} == {"# Wall", "# Gate"}
    assert GATE[-1] in copied()
    assert WALL[-1] in copied()


def test_a_preview_says_so_in_its_copy(library: Library, qtbot, tmp_path: Path) -> None:
    library.saving.add_page(CUT_PAGE, "https://bay.example/cut")
    while library.fetching.step():
        pass
    with stage(library, qtbot, tmp_path) as at:
        at.show()
        at.trigger("edit.copy_article")
        at.until(lambda: at.toast == "Article copied as Markdown")
    assert "*The publisher delivered only the beginning.*" in copied().splitlines()


def test_it_is_offered_for_what_has_a_text_and_is_no_library() -> None:
    assert can_copy(Situation((ONE,), 1))
    assert not can_copy(Situation((), 0))
    assert not can_copy(Situation((replace(ONE, status=Status.QUEUED, access=None),), 1))
    assert not can_copy(Situation((ONE,), MOST_COPIED + 1))


def test_markdown_shows_a_title_as_it_is_and_names_the_language_of_code() -> None:
    html = '<pre><code class="language-python">def f():\n    return 1</code></pre>'
    text = markdown.export(replace(ONE, title="All *of* C# [1]"), Extracted(html=html), {})
    assert text.startswith("# All \\*of\\* C# \\[1\\]\n")
    assert "```python\ndef f():\n    return 1\n```" in text


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    cells = "<tr><th>a|b</th><th>c</th></tr><tr><td>1|2</td><td>3</td></tr>"
    text = markdown.export(ONE, Extracted(html=f"<table>{cells}</table>"), {})
    assert r"| a\|b | c |" in text
    assert r"| 1\|2 | 3 |" in text
