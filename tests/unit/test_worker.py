"""The worker with real processes: its own, and fake ones that hang, eat, print and die."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from readlater.article import Response
from readlater.errors import ExtractionError
from readlater.worker import Worker, wire
from readlater.worker.child import EXIT_MEMORY

REAL = (sys.executable, "-m", "readlater.worker")
PARAGRAPHS = (
    "The tide had risen faster than any model had predicted, said the harbour master on Monday, "
    "and the wall that was built in the nineteenth century would have to be raised again.",
    "Engineers who measured the footing found sand where the old drawings promised rock, so the "
    "cost of the work, first put at four million, is now thought to be nearer to nine.",
    "For the shops along the quay the choice is a hard one: two summers behind scaffolding, or "
    "cellars that flood each time that a spring tide meets a westerly gale.",
    "The council will vote in March. Until then the sluice is closed by hand, as it was when the "
    "keeper's grandfather held the keys and wrote each storm into a book that is still kept.",
)
PAGE = f"<title>Harbour wall</title><h1>Harbour wall</h1><p>{'</p><p>'.join(PARAGRAPHS)}</p>"
# A child that answers as the real one does; `{deed}` runs for the page "bad".
FAKE = """
import os, sys, time
from readlater.article import Extracted
from readlater.worker import wire
source, sink = sys.stdin.buffer, sys.stdout.buffer
wire.receive(source)
wire.send(sink, {{"ready": True}})
while (frame := wire.receive(source)) is not None:
    if frame[1].startswith(b"bad"):
        {deed}
    title = frame[1].decode() + " " + str(os.getpid())
    wire.send(sink, {{"extracted": wire.encode(Extracted(title=title))}})
"""
Make = Callable[..., Worker]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Workers over a fake child that does `deed`; closed after the test."""
    made: list[Worker] = []

    def worker(deed: str = "pass", **limits: float | int) -> Worker:
        script = tmp_path / f"child{len(made)}.py"
        script.write_text(FAKE.format(deed=deed), encoding="utf-8")
        made.append(Worker((sys.executable, str(script)), **limits))  # type: ignore[arg-type]
        return made[-1]

    yield worker
    for one in made:
        one.close()


def page(text: str) -> Response:
    return Response("https://example.org/a", 200, (), text.encode(), "text/html; charset=utf-8")


def failure(worker: Worker, text: str = "bad") -> str:
    with pytest.raises(ExtractionError) as caught:
        worker.extract(page(text))
    return caught.value.code


def pid(worker: Worker) -> str:
    return worker.extract(page("good")).title.split()[1]


def test_a_hanging_page_is_killed_and_the_next_one_is_read(make: Make) -> None:
    worker = make("time.sleep(600)", timeout_s=1)
    before = pid(worker)
    assert failure(worker) == "worker_timeout"
    assert worker.extract(page("next")).title.startswith("next ")
    assert pid(worker) != before


def test_a_child_that_never_reads_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "deaf.py"
    script.write_text(FAKE.split("while")[0].format() + "time.sleep(600)", encoding="utf-8")
    worker = Worker((sys.executable, str(script)), timeout_s=0.5)
    assert failure(worker, "x" * 2_000_000) == "worker_timeout"
    worker.close()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_a_page_that_eats_memory_is_killed(make: Make) -> None:
    worker = make("x = [bytes(10_000_000) + b'1' for _ in iter(int, 1)]", memory_bytes=300 << 20)
    assert failure(worker) == "worker_died"
    assert worker.extract(page("next")).title.startswith("next ")


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("os.kill(os.getpid(), 9)", "worker_died"),
        ("os.abort()", "worker_died"),
        ("raise RuntimeError('a bug')", "extraction_failed"),
        ("os._exit(0)", "worker_died"),
        ("sink.write(b'not a frame at all'); sink.flush()", "extraction_failed"),
        ("wire.send(sink, {'extracted': {'title': 5}}); continue", "extraction_failed"),
    ],
)
def test_one_bad_page_does_not_fail_the_next(make: Make, deed: str, code: str) -> None:
    worker = make(deed)
    assert failure(worker) == code
    assert worker.extract(page("next")).title.startswith("next ")


def test_threads_queue_at_one_child(make: Make) -> None:
    worker = make()
    with ThreadPoolExecutor(4) as pool:
        titles = list(pool.map(lambda n: worker.extract(page(str(n))).title, range(20)))
    assert [title.split()[0] for title in titles] == [str(n) for n in range(20)]
    assert len({title.split()[1] for title in titles}) == 1


def test_two_children_work_at_once(make: Make, tmp_path: Path) -> None:
    """Each waits for the other's file: with one child both would run out of time."""
    deed = (
        "names = frame[1].decode().split('|')[1:]; open(names[0], 'w').close()\n"
        "        while not os.path.exists(names[1]): time.sleep(0.01)"
    )
    worker = make(deed, size=2, timeout_s=30)
    one, two = tmp_path / "one", tmp_path / "two"
    with ThreadPoolExecutor(2) as pool:
        pages = [page(f"bad|{one}|{two}"), page(f"bad|{two}|{one}")]
        titles = [found.title for found in pool.map(worker.extract, pages)]
    assert len({title.split()[-1] for title in titles}) == 2


def test_an_idle_child_goes_and_comes_back(make: Make) -> None:
    worker = make(idle_s=0.01)
    first = pid(worker)
    timer = worker._children[0]._idle
    if timer is not None:
        timer.join(10)
    assert worker._children[0]._process is None
    assert pid(worker) != first


class Said(logging.Handler):
    """Waits for a word of the child."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word
        self.heard = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if self.word in record.getMessage():
            self.heard.set()


@pytest.fixture
def said() -> Iterator[Said]:
    log = logging.getLogger("readlater.worker.client")
    level, handler = log.level, Said("a word of the child")
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    yield handler
    log.removeHandler(handler)
    log.setLevel(level)


SPEAK = "print('a word of the child', file=sys.stderr, flush=True)"


def test_close_frees_who_waits_and_starts_nothing_again(make: Make, said: Said) -> None:
    worker = make(f"{SPEAK}; time.sleep(600)")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(failure, worker)
        assert said.heard.wait(30)
        worker.close()
        assert waiting.result(30) == "cancelled"
    assert failure(worker, "good") == "cancelled"
    worker.close()


def test_what_the_child_says_goes_to_the_log(make: Make, said: Said) -> None:
    worker = make(f"{SPEAK}; os._exit(1)")
    assert failure(worker) == "extraction_failed"
    assert said.heard.wait(30)


# --- the real child


@pytest.fixture(scope="module")
def real() -> Iterator[Worker]:
    worker = Worker(REAL)
    yield worker
    worker.close()


def picture(mode: str, size: tuple[int, int], kind: str) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else (200, 30, 30)).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("RGB", "JPEG"), ("RGB", "PNG"), ("L", "GIF"), ("RGB", "WEBP"), ("RGBA", "PNG")],
)
def test_a_thumbnail_is_a_small_square(real: Worker, mode: str, kind: str) -> None:
    made = real.thumbnail(picture(mode, (640, 400), kind), 96)
    assert made is not None
    with Image.open(io.BytesIO(made)) as image:
        assert image.size == (96, 96)
        assert image.format == ("PNG" if mode == "RGBA" else "JPEG")


@pytest.mark.parametrize("body", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r"])
def test_what_is_no_raster_picture_has_no_thumbnail(real: Worker, body: bytes) -> None:
    assert real.thumbnail(body) is None


def test_a_decompression_bomb_has_no_thumbnail_and_kills_nobody(real: Worker) -> None:
    bomb = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(bomb, "PNG")
    assert real.thumbnail(bomb.getvalue()) is None
    assert real.thumbnail(picture("RGB", (9, 9), "PNG")) is not None


def probe(code: str, *extra: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code, *extra], capture_output=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "open(sys.argv[1], 'w')",
        "import os; os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.fork()",
        "import os; os.remove(__import__('sys').executable + 'x')",
    ],
)
def test_the_child_can_neither_connect_nor_write(tmp_path: Path, deed: str) -> None:
    target = tmp_path / "written"
    code = f"import sys\nfrom readlater.worker.child import _lock\n_lock()\n{deed}"
    done = probe(code, str(target))
    assert b"PermissionError" in done.stderr
    assert not target.exists()


def test_the_child_holds_neither_the_library_nor_the_net() -> None:
    code = (
        "import sys, lxml.html\n"
        "from readlater.worker import child\n"
        "from readlater.pipeline import extract_page\n"
        "child._warm_up()\n"
        "wrong = [m for m in sys.modules if m.split('.')[0] in ('apsw', 'requests', 'PySide6',"
        " 'urllib3') or m.startswith(('readlater.storage', 'readlater.net'))]\n"
        "print(wrong)"
    )
    assert probe(code).stdout.strip() == b"[]"


SERVE = """
import os, sys, time
from readlater.worker.child import serve
def answer(header, body):
    {deed}
    return {{"heard": True}}, b""
serve(sys.stdin.buffer, sys.stdout.buffer, answer)
"""


def serving(deed: str) -> subprocess.Popen[bytes]:
    """A real child that does `deed` for one frame, which is on its way."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE.format(deed=deed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    wire.send(process.stdin, {"memory_bytes": 1 << 30, "timeout_s": 600})
    wire.send(process.stdin, {"do": "x"})
    return process


def test_stray_prints_do_not_reach_the_frames() -> None:
    with serving("print('stray'); os.write(1, b'stray')") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        assert wire.receive(process.stdout) == ({"ready": True}, b"")
        assert wire.receive(process.stdout) == ({"heard": True}, b"")
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.stderr.read().count(b"stray") == 2


def test_the_child_ends_with_its_parent_even_in_the_middle_of_a_page() -> None:
    with serving("print('busy', flush=True); time.sleep(600)") as process:
        assert process.stdin is not None
        assert process.stderr is not None
        assert process.stderr.readline() == b"busy\n"
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_a_child_out_of_memory_says_so_by_its_status() -> None:
    with serving("bytearray(4 << 30)") as process:
        assert process.wait(30) == EXIT_MEMORY


@pytest.mark.skipif(os.name == "nt", reason="sessions are POSIX")
def test_the_child_has_a_session_of_its_own(make: Make) -> None:
    worker = make()
    assert os.getsid(int(pid(worker))) != os.getsid(0)


def test_a_page_goes_the_whole_way(real: Worker) -> None:
    extracted = real.extract(page(PAGE))
    assert extracted.title == "Harbour wall"
    assert "harbour master" in extracted.text
    assert "<p>" in extracted.html


def test_a_page_that_breaks_python_does_not_break_the_next(real: Worker) -> None:
    for text in ("", "\0", "<div>" * 100_000 + "deep", "<p id=x>" * 10_000, "&#0;" * 1000):
        real.extract(page(text))
    assert real.extract(page(PAGE)).title == "Harbour wall"
