"""The quality command on a corpus of our own: running, peers, table, history and what changed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from quality import changes, history, peers, rivals, running, table
from quality.__main__ import main
from quality.child import Child
from quality.scorers import is_there

README = """
| extractor | overall |
|---|---|
`docs` (3 pages), text F1: rs-thing 0.868 (favor_precision: 0.876), fast 0.771,
readability.js 0.742; best of all on each page: 0.925.
`dates` (2 pages), published: datething 0.904, defuddle 0.747; any of them: 0.928.
"""
PAYWALL = """
| peer | leak % | survival % | pages clean % | beyond % | access |
|---|---|---|---|---|---|
| newspaper 1.2.3 | 7.2 | 78.4 | 46.3 | 43.5 | none |
| @mozilla/readability | 25.3 | 92.0 | 47.7 | 0.0 | none |
| "JSON-LD says so" | - | - | - | - | accuracy 60.6, macro-F1 17.3 |
"""


class Known:
    """An extractor whose answers are written down; a page it does not know raises nothing."""

    def __init__(self, answers: dict[str, dict[str, Any]]) -> None:
        self.answers = answers
        self.closed = False

    def extract(self, html: str, url: str) -> dict[str, Any]:
        return {"cpu": 0.5, "seconds": 1.0, "rss_mb": 40.0, **self.answers.get(url, {})}

    def close(self) -> None:
        self.closed = True


def case(dataset: str, name: str, **gold: Any) -> running.Case:
    url = f"https://site.example/{name}"
    return running.Case(dataset, name, url, {"id": name, **gold}, lambda: "<p>page</p>")


def scored(dataset: str, name: str, score: float, **row: Any) -> running.Scored:
    whole = {"page": score, "pr": (score, score), "meta": {}, "error": None, **row}
    return running.Scored(case(dataset, name), {"cpu": 0.1}, whole, score)


class TestPeers:
    def test_names_lose_versions_and_short_forms(self) -> None:
        assert peers.name_of("magic-html 0.1.8") == "magic-html"
        assert peers.name_of("fast") == "trafilatura fast"
        assert peers.name_of("@mozilla/readability") == peers.name_of("readability.js")
        assert peers.name_of("**trafilatura**") == "trafilatura"

    def test_a_sentence_gives_each_peer_its_number(self) -> None:
        found = peers.sentence(README, "docs")
        assert found["rs-thing"] == 0.868
        assert found["trafilatura fast"] == 0.771
        assert found["readability.js (linkedom)"] == 0.742
        assert peers.sentence(README, "dates")["datething"] == 0.904
        assert peers.sentence(README, "elsewhere") == {}

    def test_what_is_no_peer_is_left_out(self) -> None:
        assert not any("best" in name for name in peers.sentence(README, "docs"))

    def test_the_paywall_table_is_read_by_its_header(self) -> None:
        found = peers.paywall_table(PAYWALL)
        assert set(found) == {"newspaper", "readability.js (linkedom)"}
        assert found["newspaper"] == pytest.approx(
            {"prompts_left": 0.072, "kept": 0.784, "clean": 0.463, "beyond": 0.435}
        )

    def test_stored_numbers_and_readmes_meet_in_one_row(self, tmp_path: Path) -> None:
        for name, text in (("extraction", README.replace("docs", "wcxbdoc")), ("paywall", PAYWALL)):
            (tmp_path / name).mkdir()
            (tmp_path / name / "README.md").write_text(text, encoding="utf-8")
        summary = {
            "overall": 0.9, "leak": 0.03, "pages_s": 31.6, "rss_mb": 100,
            "datasets": {"zyte": {"f1": 0.95}, "lists": {"pages": 3}},
            "meta": {"title": [0.64, 260]},
        }  # fmt: skip
        (tmp_path / "extraction" / "peers.json").write_text(
            json.dumps({"trafilatura fast": summary}), encoding="utf-8"
        )
        found = peers.read(tmp_path)
        assert found["trafilatura fast"] == {
            "overall": 0.9, "line_left": 0.03, "pages_s": 31.6, "peak_mb": 100, "zyte": 0.95,
            "title": 0.64, "wcxbdoc": 0.771,
        }  # fmt: skip
        assert "prompts_left" in found["newspaper"]

    def test_no_corpus_has_no_peers(self, tmp_path: Path) -> None:
        assert peers.read(tmp_path) == {}


class TestTable:
    OURS = {"overall": 0.97, "prompts_left": 0.02, "false_full": 0, "pages_s": 33.3}

    def test_we_stand_first_and_peers_by_their_score(self) -> None:
        told = table.table(self.OURS, {"low": {"overall": 0.5}, "high": {"overall": 0.9}})
        names = [line.split()[0] for line in told.splitlines()[1:] if line]
        assert names == ["Readlater", "goal", "high", "low"]

    def test_a_goal_that_is_met_is_marked(self) -> None:
        ours = table.table(self.OURS, {}).splitlines()[1]
        assert "0.970*" in ours
        assert "0*" in ours
        assert "2.0% " in ours

    def test_a_narrow_terminal_gets_bands(self) -> None:
        told = table.table(dict.fromkeys([c[0] for c in table.COLUMNS], 0.5), {}, width=80)
        assert max(len(line) for line in told.splitlines()) <= 80
        assert told.count("Readlater") > 1

    @pytest.mark.parametrize(
        ("key", "value", "met"),
        [("overall", 0.965, True), ("overall", 0.9649, False), ("beyond", 0.0, True),
         ("beyond", 0.01, False), ("pages_s", 1000.0, False)],
    )  # fmt: skip
    def test_more_is_better_but_for_faults(self, key: str, value: float, *, met: bool) -> None:
        assert table.meets(key, value) is met

    def test_the_worst_are_named_and_metadata_alone_is_apart(self) -> None:
        bare = running.Scored(case("dates", "d"), {}, {"meta": {"published": False}}, 0.0)
        run = running.Run([scored("a", "x", 0.9), scored("a", "y", 0.1), bare])
        assert [s.case.id for s in table.worst(run, 5)] == ["y", "x"]

    def test_faults_are_said(self) -> None:
        said = table.complaint(
            scored("a", "x", 0.4, pr=(0.25, 1.0), leak=1.0, meta={"title": False, "lang": True})
        )
        assert said == "precision 0.25, recall 1.00; a prompt line left; wrong title"
        assert table.complaint(scored("a", "x", 1.0)) == ""
        assert "no answer" in table.complaint(scored("a", "x", 0.0, error="no answer in 60 s"))
        wall = {"got": "full", "gold": "preview", "leaked": ["Buy now"], "lost": [], "beyond": []}
        one = running.Scored(case("paywall", "w"), {}, wall, 0.5)
        assert table.complaint(one) == "said full, is preview; 1 left, as 'Buy now'"

    def test_candidates_are_told_where_the_pipeline_tells(self) -> None:
        run = running.Run([scored("a", "x", 1.0), scored("a", "y", 1.0)])
        assert "does not tell" in table.candidates(run)
        run.scored[0].answer["candidates"] = ["own"]
        run.scored[1].answer["candidates"] = ["own", "readability"]
        assert "own 100%, readability 50% of 2 pages" in table.candidates(run)

    def test_the_ratio_is_of_the_same_pages(self) -> None:
        run = running.Run(rival=running.Cost(4, 2.0, 120.0), paired=running.Cost(4, 1.0))
        assert "0.50 of its CPU time" in table.pace(run)
        assert "no ratio" in table.pace(running.Run())


class TestHistory:
    HEAD = "| extractor | overall F1 | zyte | prompts left | false full | ms a page | new |"

    def test_a_row_follows_the_columns_of_its_table(self) -> None:
        ours = {"overall": 0.9512, "zyte": 0.94, "prompts_left": 0.012, "false_full": 0,
                "pages_s": 25.0}  # fmt: skip
        assert history.line(self.HEAD, "2: one | pass", ours) == (
            "| 2: one / pass | 0.951 | 0.940 | 1.2% | 0 | 40 | - |"
        )

    def test_it_goes_to_the_end_of_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "HISTORY.md"
        path.write_text(f"# Title\n\n{self.HEAD}\n|---|---|\n| 1 | 0.9 |\n", encoding="utf-8")
        row = history.append(path, "2", {"overall": 0.95})
        assert path.read_text(encoding="utf-8").endswith(f"| 1 | 0.9 |\n{row}\n")


class TestChanges:
    def test_better_and_worse_pages_are_named(self) -> None:
        before = running.Run([scored("a", name, 0.5) for name in ("up", "down", "same")])
        now = running.Run(
            [scored("a", "up", 0.9), scored("a", "down", 0.2), scored("a", "same", 0.5)]
        )
        told = changes.told({"pages": changes.scores(before)}, now)
        assert told.startswith("Against the earlier run: 1 pages better, 1 worse, 1 as they were")
        assert told.index("-0.300  a/down") < told.index("+0.400  a/up")


class TestRun:
    def test_costs_add_up_and_a_dead_page_costs_nothing(self) -> None:
        cost = running.Cost()
        for answer in ({"cpu": 0.5, "rss_mb": 40.0}, {"error": "died"}, {"cpu": 0.3, "rss_mb": 30}):
            cost.add(answer)
        assert cost.pages_a_cpu_s == pytest.approx(2 / 0.8)
        assert cost.peak_mb == 40
        assert running.Cost().pages_a_cpu_s is None

    def test_a_child_extracts_in_its_own_process(self) -> None:
        child = Child(running.OURS)
        answer = child.extract("<title>T</title><p>Some words of a page.</p>", "https://a.example/")
        assert answer["title"] == "T"
        assert answer["cpu"] > 0
        assert not answer["error"]
        child.close()

    def test_a_page_that_hangs_is_given_up_and_the_next_one_comes(self) -> None:
        child = Child("fakes.slow_extractor:extract", timeout_s=5)
        assert child.extract("words", "https://a.example/")["text"] == "words"
        assert child.extract("hang", "https://a.example/")["error"] == "no answer in 5 s"
        assert "died" in child.extract("die", "https://a.example/")["error"]
        assert "RuntimeError" in child.extract("raise", "https://a.example/")["error"]
        assert child.extract("words", "https://a.example/")["text"] == "words"
        child.close()

    def test_rivals_are_looked_for_without_importing_them(self) -> None:
        assert rivals.is_installed("json")
        assert not rivals.is_installed("no_such_extractor")


def corpus(folder: Path) -> Path:
    """Scorers and pages of our own, where ../shared would be."""
    shared = folder / "shared"
    for part in ("tools", "corpus/extraction/mini/pages", "corpus/paywall/pages"):
        (shared / part).mkdir(parents=True)
    for name in ("extraction_score", "paywall_score"):
        source = Path(__file__).resolve().parents[1] / "fakes" / f"{name}.py"
        (shared / "tools" / f"{name}.py").write_bytes(source.read_bytes())
    golds = [{"id": f"page{i}", "url": f"https://a.example/{i}", "text": f"Words of page {i}."}
             for i in range(40)]  # fmt: skip
    extraction = shared / "corpus" / "extraction"
    (extraction / "sample.json").write_text("{}", encoding="utf-8")
    (extraction / "mini" / "gold.jsonl").write_text(
        "".join(json.dumps(g) + "\n" for g in golds), encoding="utf-8"
    )
    for gold in golds:
        with gzip.open(extraction / "mini" / "pages" / f"{gold['id']}.html.gz", "wt") as page:
            page.write(f"<title>T</title><p>{gold['text']}</p>")
    label = {"id": "wall", "url": "https://a.example/w", "access": "preview", "file": "wall.html",
             "prompts": ["Buy"], "keep": ["First words."]}  # fmt: skip
    (shared / "corpus" / "paywall" / "labels.jsonl").write_text(
        json.dumps(label) + "\n", encoding="utf-8"
    )
    (shared / "corpus" / "paywall" / "pages" / "wall.html").write_text("<p>First words.</p>")
    return shared


class TestCases:
    def test_a_quick_run_takes_a_part_evenly_through_each_set(self, tmp_path: Path) -> None:
        shared = corpus(tmp_path)
        assert is_there(shared)
        assert not is_there(tmp_path)
        whole = running.cases(shared)
        assert len(whole) == 41
        many = [*whole, *(running.Case("big", str(i), "", {}, str) for i in range(900))]
        part = running._part(many)
        names = [c.dataset for c in part]
        assert names.count("mini") == 12
        assert 150 < names.count("big") < 200
        assert names.count("paywall") == 1
        chosen = [int(c.id) for c in part if c.dataset == "big"]
        assert chosen[0] < 10
        assert chosen[-1] > 880

    def test_only_the_sets_asked_for(self, tmp_path: Path) -> None:
        assert {c.dataset for c in running.cases(corpus(tmp_path), datasets=["paywall"])} == {
            "paywall"
        }

    def test_pages_are_read_when_they_are_run(self, tmp_path: Path) -> None:
        found = running.cases(corpus(tmp_path))
        assert "Words of page 3." in next(c for c in found if c.id == "page3").read()

    def test_a_run_scores_every_page_and_ends_its_extractors(self, tmp_path: Path) -> None:
        shared = corpus(tmp_path)
        ours = Known({"https://a.example/3": {"text": "Words of page 3.", "access": "x"}})
        told: list[tuple[str, int, int]] = []
        run = running.run(
            running.cases(shared), shared, ours=ours, said=lambda *step: told.append(step)
        )
        assert ours.closed
        assert told[-1] == ("paywall", 41, 41)
        right = [s.case.id for s in run.of("mini") if s.score == 1]
        assert right == ["page3"]
        numbers = table.numbers(run, shared)
        assert numbers["mini"] == pytest.approx(1 / 40)
        assert numbers["pages_s"] == pytest.approx(2.0)


def test_without_the_corpora_it_says_so_and_is_content(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--quick"], tmp_path) == 0
    said = capsys.readouterr()
    assert "Skipped" in said.err
    assert said.out == ""


def test_a_part_is_not_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "--record", "new"], corpus(tmp_path)) == 2
    assert "--record wants the whole run" in capsys.readouterr().err


def test_the_command_prints_the_table_and_writes_its_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared, kept = corpus(tmp_path), tmp_path / "run.json"
    asked = ["--quick", "--json", str(kept), "--report", str(tmp_path / "report")]
    assert main(asked, shared) == 0
    said = capsys.readouterr().out
    assert "Readlater" in said
    assert "The worst 20 pages" in said
    assert (tmp_path / "report" / "index.html").exists()
    assert "mini/page0" in json.loads(kept.read_text(encoding="utf-8"))["pages"]
    assert main(["--quick", "--against", str(kept), "--report-pages", "0"], shared) == 0
    assert "0 pages better, 0 worse" in capsys.readouterr().out
