"""The report of the quality command: differences word by word, and pages that can do nothing."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality import difference, page_view, report, running
from quality.difference import Piece

HOSTILE = """<!doctype html><html><head><base href="http://evil.example/">
<link rel=preconnect href="http://evil.example">
<meta http-equiv=refresh content="0;url=http://evil.example">
<style>@import url(http://evil.example/a.css)</style><script>steal()</script></head>
<body onload="steal()" style="background:url(http://evil.example/b)">
<h1 class="head <x>" id=top>A title</h1>
<p onclick="steal()">The first paragraph of the article.</p>
<a href="http://evil.example/c">a link</a><img src="http://evil.example/d.png" alt="a <b>boat">
<iframe src="http://evil.example/e"></iframe>
<form action="http://evil.example/f"><input name=q></form>
<svg><a xlink:href="http://evil.example/g">t</a></svg>
<table><tr><td colspan="2" rowspan="x">Cell</table>
<p hidden>Hidden words of the page.</p><p>Subscribe now &lt;script&gt; please.</p></body></html>"""


def scored(dataset: str = "mini", score: float = 0.5, **gold: Any) -> running.Scored:
    ours = "A title\nThe first paragraph of the article.\nSubscribe now please."
    case = running.Case(dataset, f"page-{score}", "https://a.example/", gold, lambda: HOSTILE)
    row = {"page": score, "meta": {"title": False}, "error": None, "pr": (score, score)}
    return running.Scored(case, {"text": ours, "html": f"<p>{ours}</p>", "title": "T"}, row, score)


class TestDifference:
    def test_words_of_one_side_are_marked(self) -> None:
        found = difference.pieces("The quick brown fox.", "The quick red fox.")
        assert found == [
            Piece("same", "The quick"),
            Piece("ours", " brown"),
            Piece("gold", " red"),
            Piece("same", " fox.\n"),
        ]

    def test_lines_of_one_side_are_whole(self) -> None:
        found = difference.pieces("One.\nSubscribe now\nTwo.", "One.\nTwo.\nThree.")
        assert [p.text.strip() for p in found if p.kind == "ours"] == ["Subscribe now"]
        assert [p.text.strip() for p in found if p.kind == "gold"] == ["Three."]

    def test_quotes_and_dashes_are_no_difference(self) -> None:
        found = difference.pieces("“Yes” - he said", '"Yes", he said')
        assert {p.kind for p in found} == {"same"}

    def test_signs_without_words_between_them_are_compared_one_by_one(self) -> None:
        found = difference.pieces("我们走吧", "我们来吧")
        assert [(p.kind, p.text) for p in found][:3] == [
            ("same", "我们"),
            ("ours", "走"),
            ("gold", "来"),
        ]

    @given(st.text(max_size=60), st.text(max_size=60))
    def test_no_word_of_either_side_is_lost(self, ours: str, gold: str) -> None:
        found = difference.pieces(ours, gold)
        for side, text in (("ours", ours), ("gold", gold)):
            told = "".join(p.text for p in found if p.kind in ("same", side))
            assert re.findall(r"\w", told) == re.findall(r"\w", text)


class TestView:
    def view(self) -> str:
        return page_view.view(
            HOSTILE,
            "A title\nThe first paragraph of the article.\nSubscribe now <script> please.",
            "The first paragraph of the article.\nHidden words of the page.",
        )

    def test_nothing_can_run_or_be_fetched(self) -> None:
        shown = self.view()
        assert "evil.example" not in shown
        assert "steal" not in shown
        assert not re.search(r"<(script|link|meta|style|iframe|img|svg|form|input|base|a)\b", shown)
        assert not re.search(r"<[^>]*\s(on\w+|href|src|style|action)=", shown)

    def test_words_and_structure_stay(self) -> None:
        shown = self.view()
        assert 'colspan="2"' in shown
        assert "rowspan" not in shown
        assert "Subscribe now &lt;script&gt; please." in shown
        assert "picture a &lt;b&gt;boat" in shown
        assert 'title="h1#top.head.&lt;x&gt;"' in shown

    @pytest.mark.parametrize(
        ("words", "kinds"),
        [
            ("The first paragraph", "both"),
            ("Subscribe now", "ours"),
            ("Hidden words", "gold unseen"),
            ("A title", "short"),
        ],
    )
    def test_a_block_says_where_it_went(self, words: str, kinds: str) -> None:
        assert re.search(f'class="{kinds}"[^>]*>{words}', self.view())

    def test_a_page_nested_too_deep_keeps_its_words(self) -> None:
        shown = page_view.view("<div>" * 3000 + "deep words" + "</div>" * 3000, "", "")
        assert "deep words" in shown


class TestReport:
    def test_each_page_stands_in_a_locked_frame(self, tmp_path: Path) -> None:
        index = report.write(tmp_path / "r", [scored(text="A title")], summary="t", most=5)
        (page,) = (index.parent / "pages").iterdir()
        html = page.read_text(encoding="utf-8")
        frames = re.findall(r'<iframe sandbox="" srcdoc="([^"]*)"', html)
        assert len(frames) == 2
        for frame in map(unescape, frames):
            assert "Content-Security-Policy" in frame
            assert "default-src 'none'" in frame
            assert "evil.example" not in frame
        assert "steal" not in html

    def test_the_index_lists_the_worst_of_each_set(self, tmp_path: Path) -> None:
        pages = [scored(score=s, text="x") for s in (0.9, 0.2, 0.4)]
        other = scored("other", 0.95, text="x")
        index = report.write(tmp_path / "r", [*pages, other], summary="<b>&", most=2)
        html = index.read_text(encoding="utf-8")
        assert "&lt;b&gt;&amp;" in html
        assert [html.find(f'"page-{s}"') >= 0 for s in (0.2, 0.4, 0.95, 0.9)] == [
            *(True, True, True, False)
        ]

    def test_words_of_a_page_cannot_end_the_script_of_the_index(self, tmp_path: Path) -> None:
        one = scored(text="x")
        bad = running.Case("</script><b>", "</script>", "", {"text": "x"}, lambda: "")
        index = report.write(
            tmp_path / "r", [running.Scored(bad, {}, one.row, 0.1)], summary="", most=1
        )
        assert index.read_text(encoding="utf-8").count("</script>") == 2

    def test_segments_and_snippets_say_right_or_wrong(self, tmp_path: Path) -> None:
        parts = scored(without=["Subscribe"])
        parts.case.gold["with"] = ["first paragraph", "gone"]
        index = report.write(tmp_path / "r", [parts], summary="", most=1)
        (page,) = (index.parent / "pages").iterdir()
        html = page.read_text(encoding="utf-8")
        assert "Must be there (1 of 2)" in html
        assert "<b>missed</b> gone" in html
        assert "Must not be there (0 of 1)" in html

    def test_a_wall_shows_labels_and_verdict(self, tmp_path: Path) -> None:
        row = {"got": "full", "gold": "preview", "leaked": ["Subscribe now"], "lost": [],
               "beyond": [], "evidence": "", "error": None}  # fmt: skip
        one = scored("paywall", prompts=["Subscribe now"], keep=["A title"], evidence="a box")
        wall = running.Scored(one.case, one.answer, row, 0.2)
        index = report.write(tmp_path / "r", [wall], summary="", most=1)
        (page,) = (index.parent / "pages").iterdir()
        html = page.read_text(encoding="utf-8")
        assert "<b>still there</b> Subscribe now" in html
        assert "full, gold preview: a box" in html

    def test_it_is_made_anew_but_never_over_something_else(self, tmp_path: Path) -> None:
        report.write(tmp_path / "r", [scored(text="x")], summary="", most=1)
        report.write(tmp_path / "r", [], summary="", most=1)
        assert not list((tmp_path / "r" / "pages").iterdir())
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "letter.txt").write_text("mine")
        with pytest.raises(FileExistsError):
            report.write(tmp_path / "own", [], summary="", most=1)
        assert (tmp_path / "own" / "letter.txt").read_text() == "mine"
