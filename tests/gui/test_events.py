"""A flood of changes told as a few: nothing of it lost, and in the end what holds."""

import threading

import pytest
from fakes.jobs import HeldJobs
from fakes.library import FakeLibrary, article
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from readlater.article import Changes, Progress, Status, View
from readlater.ui.events import Events, Told
from readlater.ui.models.articles import ArticlesModel
from readlater.ui.pace import Pace

IDS = st.integers(1, 4)
STEPS = st.builds(Progress, IDS, st.sampled_from(["fetching", "extracting", "pictures"]))
CHANGES = st.builds(
    Changes, st.frozensets(IDS, max_size=3), membership=st.booleans(), tags=st.booleans()
)


class Heard:
    """What a listener of `Events` was told, in order."""

    def __init__(self, events: Events) -> None:
        self.all: list[Changes | Progress] = []
        events.changed.connect(self.all.append)
        events.progressed.connect(self.all.append)


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(article(i) for i in range(1, 6))


@pytest.fixture
def events(library: FakeLibrary, qapp: QApplication):
    made = Events(library)
    yield made
    made.close()


def standing(told: list[Changes | Progress]) -> dict[int, Progress]:
    """How far each row is for somebody who was told this: a change of a row undoes its progress."""
    held: dict[int, Progress] = {}
    for event in told:
        if isinstance(event, Progress):
            held[event.id] = event
        else:
            for article_id in event.ids:
                held.pop(article_id, None)
    return held


@given(st.lists(st.one_of(STEPS, CHANGES), max_size=12))
def test_told_together_says_what_each_in_turn_would(flood):
    told = Told()
    firsts = [told.add(event) for event in flood]
    changes, progress = told.take()
    deeds = [event for event in flood if isinstance(event, Changes)]
    assert firsts == [at == 0 for at in range(len(flood))]
    if deeds:
        assert changes.ids == frozenset().union(*(deed.ids for deed in deeds))
        assert changes.membership == any(deed.membership for deed in deeds)
        assert changes.tags == any(deed.tags for deed in deeds)
    else:
        assert changes is None
    assert standing([*([changes] if changes else []), *progress]) == standing(flood)
    assert told.take() == (None, ())


def test_one_save_is_told_at_once(library, events):
    heard = Heard(events)
    library.change(3, title="Tides")
    assert [event.ids for event in heard.all] == [{3}]


def test_a_flood_is_told_as_two(library, events, qtbot):
    heard = Heard(events)
    for number in range(50):
        library.tell(Changes(frozenset([number]), membership=number == 7))
    assert len(heard.all) == 1
    qtbot.waitUntil(lambda: len(heard.all) == 2, timeout=10_000)
    assert heard.all[1] == Changes(frozenset(range(1, 50)), membership=True)


def test_threads_that_tell_lose_nothing(library, events, qtbot):
    heard = Heard(events)

    def tell(base: int) -> None:
        for number in range(200):
            library.tell(Changes(frozenset([base + number])))

    threads = [threading.Thread(target=tell, args=(1000 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wanted = {1000 * n + number for n in range(4) for number in range(200)}
    qtbot.waitUntil(lambda: set().union(*(c.ids for c in heard.all)) == wanted, timeout=10_000)
    assert len(heard.all) < 20


def test_flush_tells_what_is_held(library, events):
    heard = Heard(events)
    library.tell(Changes(frozenset([1])))
    library.tell(Progress(2, "fetching"))
    library.tell(Changes(frozenset([3])))
    events.flush()
    assert heard.all[1:] == [Changes(frozenset([3])), Progress(2, "fetching")]


def test_closed_tells_nothing(library, qapp):
    events = Events(library)
    heard = Heard(events)
    library.tell(Changes(frozenset([1])))
    library.tell(Changes(frozenset([2])))
    events.close()
    events.flush()
    assert [event.ids for event in heard.all] == [{1}]


def test_the_list_ends_with_the_last_state(library, events, qtbot):
    jobs = HeldJobs()
    model = ArticlesModel(library.searching, jobs)
    events.changed.connect(model.on_changed)
    events.progressed.connect(model.on_progressed)
    model.set_view(View())
    jobs.settle()
    library.put(article(9, status=Status.QUEUED))
    for number in range(30):
        library.tell(Progress(9, "pictures", number, 30))
        library.change(2, title=f"Title {number}")
    library.archive([4])
    library.change(9, status=Status.READY, title="Come at last")

    def ends() -> list[tuple[int, str]]:
        jobs.settle()
        cards = (model.card(row) for row in range(model.rowCount()))
        return [(card.article.id, card.article.title) for card in cards if card]

    wanted = [(row.id, row.title) for row in library.searching.cards(View(), 0, 64)]
    assert (9, "Come at last") in wanted
    assert (2, "Title 29") in wanted
    qtbot.waitUntil(lambda: ends() == wanted, timeout=10_000)
    assert model.card(0).progress is None


def test_a_pace_calls_first_and_last(qapp, qtbot):
    calls: list[int] = []
    wants = [0]
    pace = Pace(20, lambda: calls.append(wants[0]), qapp)
    for number in range(1, 6):
        wants[0] = number
        pace.want()
    assert calls == [1]
    qtbot.waitUntil(lambda: calls == [1, 5], timeout=10_000)


def test_a_stopped_pace_forgets(qapp, qtbot):
    calls: list[str] = []
    pace = Pace(10, lambda: calls.append("stopped"), qapp)
    other = Pace(10, lambda: calls.append("other"), qapp)
    for _ in range(2):
        pace.want()
        other.want()
    pace.stop()
    qtbot.waitUntil(lambda: calls.count("other") == 2, timeout=10_000)
    assert calls.count("stopped") == 1
