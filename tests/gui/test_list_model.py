"""The windowed model: what it reads, what it keeps, and what it does with news."""

from fakes.jobs import HeldJobs
from fakes.library import FakeLibrary, article
from pytestqt.modeltest import ModelTester

from readlater.article import Changes, Place, Progress, Sort, Status, View
from readlater.errors import LibraryError
from readlater.ui.mime import OWN_FORMAT
from readlater.ui.models.articles import CARD_ROLE, ArticlesModel


def made(library: FakeLibrary, **sizes: int) -> tuple[ArticlesModel, HeldJobs]:
    jobs = HeldJobs()
    model = ArticlesModel(library.searching, jobs, **sizes)
    library.subscribe(
        lambda what: (
            model.on_progressed(what) if isinstance(what, Progress) else model.on_changed(what)
        )
    )
    model.set_view(View())
    jobs.settle()
    return model, jobs


def ids(model: ArticlesModel) -> list[int]:
    return [card.article.id for row in range(model.rowCount()) if (card := model.card(row))]


def reads(library: FakeLibrary) -> list[tuple[int, int]]:
    return [asked[2:] for asked in library.asked if asked[0] == "cards"]


def test_reads_one_page_of_a_hundred_thousand(qapp):
    library = FakeLibrary(article(i) for i in range(1, 100_001))
    model, _ = made(library)
    assert model.rowCount() == 100_000
    assert reads(library) == [(0, 64)]
    assert ids(model) == list(range(100_000, 100_000 - 64, -1))


def test_reads_only_the_last_place_of_a_fling(qapp):
    library = FakeLibrary(article(i) for i in range(1, 1001))
    model, jobs = made(library)
    library.asked.clear()
    for first in range(100, 900, 10):
        model.need(first, first + 8)
    jobs.settle()
    # the first one was under way already; of the others only the last one counts
    assert reads(library) == [(64, 64), (832, 64), (896, 64)]
    assert model.card(898).article.id == 102


def test_forgets_the_pages_used_least(qapp):
    model, jobs = made(FakeLibrary(article(i) for i in range(1, 101)), page_rows=10, pages_kept=3)
    for first in (10, 20, 30):
        model.need(first, first + 5)
        jobs.settle()
    assert model.card(0) is None
    assert [model.card(row) is not None for row in (10, 20, 30)] == [True, True, True]
    assert model.data(model.index(0, 0), CARD_ROLE) is None


def test_a_change_rereads_the_page_in_sight_only(qapp):
    library = FakeLibrary(article(i) for i in range(1, 101))
    model, jobs = made(library, page_rows=10, pages_kept=5)
    model.need(20, 25)
    jobs.settle()
    library.asked.clear()
    changed = []
    model.dataChanged.connect(lambda first, last, _: changed.append((first.row(), last.row())))
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    library.change(78, title="New title")
    library.change(100, title="Out of sight")
    jobs.settle()
    assert reads(library) == [(20, 10)]
    assert model.card(22).article.title == "New title"
    assert model.card(0) is None  # it is read again when it is looked at
    assert changed == [(22, 22)]
    assert not resets


def test_a_deed_elsewhere_asks_nothing(qapp):
    library = FakeLibrary([article(1), article(2, archived_at=1.0)])
    model, jobs = made(library)
    library.asked.clear()
    library.change(2, title="In the archive")
    jobs.settle()
    assert library.asked == []
    assert ids(model) == [1]


def test_rows_that_leave_and_come(qapp):
    library = FakeLibrary(article(i) for i in range(1, 6))
    model, jobs = made(library)
    library.archive([3])
    library.put(article(9))
    jobs.settle()
    assert ids(model) == [9, 5, 4, 2, 1]


def test_a_storm_of_deeds_is_read_once_or_twice(qapp):
    library = FakeLibrary(article(i) for i in range(1, 200))
    model, jobs = made(library)
    library.asked.clear()
    for i in range(1, 100):
        library.archive([i])
    jobs.settle()
    assert len(reads(library)) == 2
    assert model.rowCount() == 100


def test_news_that_move_nothing_do_not_reset(qapp):
    library = FakeLibrary(article(i) for i in range(1, 6))
    model, jobs = made(library)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    library.tell(Changes(frozenset({3}), membership=True))
    jobs.settle()
    assert not resets


def test_another_place_and_order(qapp):
    library = FakeLibrary([article(1, "b"), article(2, "a", archived_at=1.0), article(3, "c")])
    model, jobs = made(library)
    model.set_view(View(Place.ALL, sort=Sort.TITLE))
    jobs.settle()
    assert ids(model) == [2, 1, 3]


def test_an_answer_for_a_view_left_meanwhile_is_dropped(qapp):
    library = FakeLibrary([article(1), article(2, archived_at=1.0)])
    model, jobs = made(library)
    model.set_view(View(Place.ARCHIVE))
    model.set_view(View())
    counts = []
    model.counted.connect(counts.append)
    jobs.settle()
    assert ids(model) == [1]


def test_a_query_is_found_at_each_key_and_ranked_after_a_rest(qapp, qtbot):
    rows = [article(1, "tide tide tide"), article(2, "tide"), article(3, "harbour")]
    library = FakeLibrary(rows)
    model, jobs = made(library)
    model.set_view(View(query="ti"))
    jobs.settle()
    model.set_view(View(query="tide"))
    jobs.settle()
    assert ids(model) == [2, 1]
    assert [span.marked for span in model.card(0).title] == [True]
    qtbot.waitUntil(lambda: jobs.waiting > 0, timeout=5000)
    jobs.settle()
    assert ids(model) == [1, 2]
    finds = [(v.query, ranked) for kind, v, ranked in library.asked[-3:] if kind == "find"]
    assert finds == [("ti", False), ("tide", False), ("tide", True)]


def test_ranking_leaves_the_held_row_where_it_is(qapp):
    rows = [article(i, "tide " * i) for i in range(1, 6)]
    model, jobs = made(FakeLibrary(reversed(rows)))
    model.set_view(View(query="tide", sort=Sort.OLDEST))
    jobs.settle()
    assert ids(model) == [1, 2, 3, 4, 5]
    model.hold(1)
    model.rank()
    jobs.settle()
    assert ids(model) == [5, 2, 4, 3, 1]


def test_typing_on_stops_a_ranked_search(qapp):
    library = FakeLibrary([article(1, "tide")])
    model, jobs = made(library)
    model.set_view(View(query="tide"))
    jobs.settle()
    model.rank()
    model.set_view(View(query="tides"))
    assert library.interrupts == 1
    jobs.settle()
    assert ids(model) == []
    assert model.is_settled


def test_progress_of_a_row_on_its_way(qapp):
    library = FakeLibrary([article(1, "", status=Status.QUEUED), article(2)])
    model, jobs = made(library)
    library.tell(Progress(1, "pictures", 2, 3))
    assert model.card(1).progress == Progress(1, "pictures", 2, 3)
    library.tell(Changes(frozenset({2})))
    jobs.settle()
    assert model.card(1).progress == Progress(1, "pictures", 2, 3)
    library.change(1, status=Status.READY, title="Here")
    jobs.settle()
    assert model.card(1).progress is None


def test_a_library_that_fails_is_a_problem_and_no_end(qapp):
    class Broken(FakeLibrary):
        def count(self, view):
            if self.broken:
                raise LibraryError("library_busy")
            return super().count(view)

    library = Broken([article(1)])
    library.broken = False
    model, jobs = made(library)
    problems = []
    jobs.problem.connect(problems.append)
    library.broken = True
    library.tell(Changes(membership=True))
    jobs.settle()
    assert [error.code for error in problems] == ["library_busy"]
    library.broken = False
    library.put(article(2))
    jobs.settle()
    assert ids(model) == [2, 1]


def test_what_is_dragged_out(qapp):
    model, _ = made(FakeLibrary([article(1), article(2)]))
    data = model.mimeData([model.index(0, 0), model.index(1, 0)])
    assert bytes(data.data(OWN_FORMAT).data()) == b"2,1"
    assert [url.toString() for url in data.urls()] == [
        "https://site2.example/2",
        "https://site1.example/1",
    ]


def test_keeps_the_contract_of_qt_models(qapp, qtmodeltester: ModelTester):
    library = FakeLibrary(article(i) for i in range(1, 40))
    model, jobs = made(library, page_rows=8, pages_kept=3)
    qtmodeltester.check(model)
    library.archive([39, 5])
    jobs.settle()
    model.set_view(View(query="article"))
    jobs.settle()
