"""Pictures large: opened by mouse and key, turned over, zoomed, moved, copied and saved."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from deed_stage import Stage, stage
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from reader_stage import ask, centre_of, click, quiet_engine, until
from site_server import PROSE, Reply, Site

from readlater.library import Library
from readlater.ui.models import pictures
from readlater.ui.models.pictures import Shown, decoded, picture_name
from readlater.ui.reader.view import ReaderView
from readlater.ui.views.picture_canvas import PictureCanvas

pytestmark = quiet_engine
K = Qt.Key


def file(width: int, height: int, colour: str, kind: str = "PNG", *, clear: bool = False) -> bytes:
    ground = (0, 0, 0, 0) if clear else colour
    image = Image.new("RGBA" if clear else "RGB", (width, height), ground)
    image.putpixel((0, 0), (255, 0, 0, 255) if clear else (255, 0, 0))
    body = io.BytesIO()
    image.save(body, kind)
    return body.getvalue()


def moving() -> bytes:
    frames = [Image.new("RGB", (60, 40), (40 * i, 90, 10)) for i in range(5)]
    body = io.BytesIO()
    frames[0].save(
        body, "GIF", save_all=True, append_images=frames[1:], duration=30, disposal=2, loop=0
    )
    return body.getvalue()


FILES = {
    "/harbour-at-dusk.png": (file(1200, 800, "#2f6f6a"), "image/png"),
    "/IMG_2044.jpg": (file(500, 1500, "#7a3b52", "JPEG"), "image/jpeg"),
    "/linked.png": (file(600, 400, "#3d5a99"), "image/png"),
}


@dataclass
class Desk:
    at: Stage
    view: Any
    site: Site

    @property
    def engine(self) -> Any:
        return self.view.marking._page

    @property
    def sheet(self) -> Any:
        return self.at.actions.deeds.pictures.sheet

    def open(self, number: int = 0) -> Any:
        self.at.actions.deeds.pictures.open(number)
        return self.filled()

    def filled(self) -> Any:
        self.at.until(lambda: self.sheet is not None and not self.sheet.canvas.is_empty)
        return self.sheet

    def press(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.sheet, key, modifier)


@pytest.fixture
def desk(library: Library, qtbot: QtBot, tmp_path: Path, site: Site) -> Iterator[Desk]:
    def figure(name: str, words: str) -> str:
        return f'<figure><img src="{name}" alt="Alt"><figcaption>{words}</figcaption></figure>'

    body = (
        f"<p>{PROSE}</p>{figure('/harbour-at-dusk.png', 'The harbour at dusk.')}<p>{PROSE}</p>"
        f"<p>{PROSE}</p>{figure('/IMG_2044.jpg', 'A mast.')}<p>{PROSE}</p>"
        f'<p><a href="https://far.example/gallery"><img src="/linked.png" alt="Linked"></a></p>'
        f"<p>{PROSE}</p>{figure('/missing.png', 'Never came.')}<p>{PROSE}</p>"
    )
    page = f"<html lang=en><title>Wall</title><body><article><h1>Wall</h1>{body}</article>"
    site.pages["/wall"] = Reply(page.encode())
    for name, (held, kind) in FILES.items():
        site.pages[name] = Reply(held, content_type=kind)
    row = library.saving.add([site.url("/wall")]).outcomes[0].id
    while library.fetching.step():
        pass
    with stage(library, qtbot, tmp_path, reader=lambda: ReaderView(library.reading.asset)) as at:
        view = at.window.reader_pane.prepare()
        with qtbot.waitSignal(view.shown, timeout=30_000):
            at.window.select(row)
            at.window.opening.now()
        at.settle()
        made = Desk(at, view, site)
        until(qtbot, made.engine, "[...document.images].every((i) => i.complete)")
        yield made
        view.close_page()


def test_a_click_opens_the_picture_and_escape_gives_all_back(desk: Desk) -> None:
    scroll = "document.querySelector('figure img').scrollIntoView({block: 'center'}) ?? 1"
    ask(desk.at.qtbot, desk.engine, scroll)
    where = ask(desk.at.qtbot, desk.engine, "Math.round(scrollY)")
    assert (
        ask(
            desk.at.qtbot,
            desk.engine,
            "getComputedStyle(document.querySelector('a.picture')).cursor",
        )
        == "zoom-in"
    )
    desk.view.focus_page()
    held = QApplication.focusWidget()
    click(desk.at.qtbot, desk.view, desk.engine, "figure img")
    sheet = desk.filled()
    assert sheet.geometry() == desk.at.window.rect()
    assert sheet.number == "1 of 3"
    assert sheet.caption == "The harbour at dusk."
    assert sheet.accessibleName() == "1 of 3 · Alt"
    assert sheet.canvas.image.size() == QSize(1200, 800)
    assert desk.at.opened == []  # it is no link to the web
    desk.press(K.Key_Escape)
    assert desk.sheet is None
    assert QApplication.focusWidget() is held
    assert ask(desk.at.qtbot, desk.engine, "Math.round(scrollY)") == where


def test_tab_and_enter_open_it_too_and_m_the_one_in_view(desk: Desk) -> None:
    desk.view.focus_page()
    ask(desk.at.qtbot, desk.engine, "document.querySelectorAll('a.picture')[1].focus() ?? 1")
    QTest.keyClick(desk.view.focusProxy().focusProxy(), K.Key_Return)
    assert desk.filled().number == "2 of 3"
    desk.press(K.Key_M)
    assert desk.sheet is None
    ask(desk.at.qtbot, desk.engine, "document.activeElement.blur() ?? 1")
    ask(desk.at.qtbot, desk.engine, "scrollTo({top: 0, behavior: 'instant'}) ?? 1")
    desk.at.actions.action("article.large").trigger()
    assert desk.filled().number == "1 of 3"


def test_a_picture_in_a_link_keeps_its_link(desk: Desk) -> None:
    ask(
        desk.at.qtbot,
        desk.engine,
        "document.querySelector('p img').scrollIntoView({block: 'center'}) ?? 1",
    )
    click(desk.at.qtbot, desk.view, desk.engine, "p img")
    desk.at.until(lambda: desk.at.opened == ["https://far.example/gallery"])
    assert desk.sheet is None
    at = centre_of(desk.at.qtbot, desk.engine, "p img")
    menu = _menu(desk, at)
    words = [action.text() for action in menu.actions()]
    assert words.index("Open the picture large") > words.index("Save the link")
    next(a for a in menu.actions() if a.text() == "Open the picture large").trigger()
    assert desk.filled().number == "3 of 3"


def _menu(desk: Desk, at: QPoint) -> Any:
    target = desk.view.focusProxy().focusProxy()
    found: list[Any] = []

    def asked() -> bool:
        QTest.mouseClick(target, Qt.MouseButton.RightButton, pos=at)
        request = desk.view.focusProxy().lastContextMenuRequest()
        return request is not None and not request.mediaUrl().isEmpty()

    desk.at.until(asked)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    found.append(desk.view._menu())
    return found[0]


def test_one_turns_the_pictures_over_by_key_and_button(desk: Desk) -> None:
    sheet = desk.open()
    assert not sheet.buttons["back"].isEnabled()
    for key, number in (
        (K.Key_J, "2 of 3"),
        (K.Key_Right, "3 of 3"),
        (K.Key_Right, "3 of 3"),
        (K.Key_K, "2 of 3"),
        (K.Key_Home, "1 of 3"),
        (K.Key_Space, "2 of 3"),
        (K.Key_Left, "1 of 3"),
        (K.Key_End, "3 of 3"),
    ):
        desk.press(key)
        assert sheet.number == number
    assert sheet.caption == "Linked"
    desk.at.qtbot.mouseClick(sheet.buttons["back"], Qt.MouseButton.LeftButton)
    assert sheet.number == "2 of 3"
    desk.at.until(lambda: sheet.canvas.image.size() == QSize(500, 1500))


def test_the_windows_letters_do_nothing_meanwhile(desk: Desk) -> None:
    desk.open()
    for key in (K.Key_E, K.Key_S, K.Key_Delete, K.Key_J):
        desk.press(key)
    desk.press(K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.at.settle()
    article = desk.at.article(desk.at.window.opening.article.id)
    assert (article.archived_at, article.favourite, article.trashed_at) == (None, False, None)
    QTest.keyClick(QApplication.focusWidget(), K.Key_Tab)
    assert desk.sheet.isAncestorOf(QApplication.focusWidget())
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), K.Key_Tab)
        assert desk.sheet.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), K.Key_Escape)
    assert desk.sheet is None


def test_it_zooms_round_the_pointer_and_is_moved_within_its_edges(desk: Desk) -> None:
    canvas = desk.open().canvas
    fitted = canvas.scale
    assert canvas.is_fit
    assert canvas.frame.width() <= canvas.width() + 0.5
    at = QPointF(canvas.frame.left() + 100, canvas.frame.top() + 60)
    held = _point_under(canvas, at)
    canvas.zoom(3, at)
    assert canvas.scale == pytest.approx(3 * fitted)
    assert _point_under(canvas, at) == pytest.approx(held)
    canvas.pan(QPointF(100_000, 100_000))
    assert canvas.frame.topLeft().toTuple() == pytest.approx((0, 0), abs=0.5)
    canvas.pan(QPointF(-100_000, -100_000))
    assert canvas.frame.bottomRight().x() == pytest.approx(canvas.width(), abs=0.5)
    desk.press(K.Key_Left)  # moves it now, and turns nothing over
    assert desk.sheet.number == "1 of 3"
    desk.press(K.Key_0)
    assert canvas.is_fit
    desk.press(K.Key_Plus)
    assert canvas.scale > fitted
    desk.press(K.Key_Minus)
    assert canvas.is_fit
    desk.press(K.Key_1)
    assert canvas.scale == pytest.approx(1.0)
    middle = canvas.rect().center()
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert canvas.is_fit
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert desk.sheet is not None
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert desk.sheet is None  # beside it


def test_the_wheel_zooms_where_the_pointer_is_and_a_drag_moves(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    canvas = PictureCanvas(home)
    canvas.resize(400, 300)
    home.show()
    canvas.show_picture(decoded(file(1600, 1200, "#2f6f6a"), "image/png"))
    at, fitted = QPointF(300, 60), canvas.scale
    held = _point_under(canvas, at)
    for _ in range(6):
        wheel = QWheelEvent(
            at,
            QPointF(canvas.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(canvas, wheel)
    assert canvas.scale == pytest.approx(fitted * 1.25**6)
    assert _point_under(canvas, at) == pytest.approx(held)
    before = canvas.frame.topLeft()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(canvas, left, pos=QPoint(200, 150))
    QTest.mouseMove(canvas, QPoint(170, 160))
    QTest.mouseRelease(canvas, left, pos=QPoint(170, 160))
    assert (canvas.frame.topLeft() - before).toTuple() == pytest.approx((-30, 10))


def _point_under(canvas: PictureCanvas, at: QPointF) -> tuple[float, float]:
    away = (at - canvas.frame.topLeft()) / canvas.scale
    return away.x(), away.y()


def test_it_is_saved_as_it_was_stored_and_copied(desk: Desk, tmp_path: Path) -> None:
    desk.open()
    desk.press(K.Key_S, Qt.KeyboardModifier.ControlModifier)

    def dialog() -> QFileDialog | None:
        tops = QApplication.topLevelWidgets()
        found = [w for w in tops if isinstance(w, QFileDialog) and w.isVisible()]
        return found[0] if found else None

    desk.at.until(lambda: dialog() is not None)
    asked = dialog()
    assert asked is not None
    assert Path(asked.selectedFiles()[0]).name == "harbour-at-dusk.png"
    asked.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "kept.png"))
    asked.accept()
    desk.at.until(lambda: desk.at.toast == "Saved as kept.png")
    assert (tmp_path / "kept.png").read_bytes() == FILES["/harbour-at-dusk.png"][0]
    desk.press(K.Key_C, Qt.KeyboardModifier.ControlModifier)
    desk.at.until(lambda: desk.at.toast == "Picture copied")
    assert QGuiApplication.clipboard().image().size() == QSize(1200, 800)
    desk.sheet.deed.emit("copy_address")
    assert QGuiApplication.clipboard().text() == desk.site.url("/harbour-at-dusk.png")
    desk.press(K.Key_O)
    assert desk.at.opened == [desk.site.url("/harbour-at-dusk.png")]


# decoding


def png_of(width: int, height: int) -> bytes:
    """A PNG of one colour, made without its pixels being held."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.qt_log_ignore("allocation limit|Not a JPEG file", extend=True)
def test_a_huge_picture_is_made_small_or_not_drawn() -> None:
    body = io.BytesIO()
    Image.new("L", (9000, 6000)).save(body, "JPEG")
    large = decoded(body.getvalue(), "image/jpeg")
    assert large is not None
    assert large.full_size == QSize(9000, 6000)
    assert large.levels[0].width() * large.levels[0].height() <= pictures.MOST_PIXELS
    bomb = decoded(png_of(60_000, 20_000), "image/png")
    assert bomb is None or bomb.levels[0].width() * bomb.levels[0].height() <= pictures.MOST_PIXELS


@pytest.mark.qt_log_ignore("allocation limit|Not a JPEG file", extend=True)
def test_all_stored_kinds_are_drawn_and_what_is_none_is_not() -> None:
    for kind, media_type in (
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("AVIF", "image/avif"),
        ("BMP", "image/bmp"),
        ("ICO", "image/x-icon"),
    ):
        shown = decoded(file(64, 48, "#2f6f6a", kind), media_type)
        assert shown is not None, kind
        middle = shown.levels[0].pixelColor(shown.levels[0].rect().center())
        assert abs(middle.green() - 0x6F) < 12, kind
    clear = decoded(file(64, 48, "", clear=True), "image/png")
    assert clear is not None
    assert clear.levels[0].hasAlphaChannel()
    for media_type in pictures.ENDINGS:
        assert decoded(b"no picture at all", media_type) is None
    assert decoded(file(8, 8, "#000000"), "image/tiff") is None
    assert decoded(file(8, 8, "#000000"), "image/jpeg") is None  # by its type alone


def test_levels_halve_and_a_moving_picture_keeps_its_file() -> None:
    shown = decoded(file(2000, 1000, "#2f6f6a"), "image/png")
    assert shown is not None
    assert [level.width() for level in shown.levels] == [2000, 1000, 500]
    moves = decoded(moving(), "image/gif")
    assert moves is not None
    assert moves.moving == moving()
    still = decoded(file(60, 40, "#000000", "GIF"), "image/gif")
    assert still is not None
    assert still.moving == b""


def test_an_svg_is_drawn_alone_and_reads_no_file(tmp_path: Path) -> None:
    open_one = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>'
    plain = open_one.format('<rect width="40" height="20" fill="#2f6f6a"/>').encode()
    shown = decoded(plain, "image/svg+xml")
    assert shown is not None
    assert shown.levels[0].pixelColor(9, 9) == QColor("#2f6f6a")
    secret = tmp_path / "secret.png"
    secret.write_bytes(file(40, 20, "#ff00ff"))
    for inner in (
        f'<image href="{secret}" width="40" height="20"/>',
        f'<x:image xmlns:x="http://www.w3.org/2000/svg" href="file://{secret}"/>',
        f'<use href="{secret}#a"/>',
        f'<rect style="fill:url({secret})"/>',
    ):
        assert decoded(open_one.format(inner).encode(), "image/svg+xml") is None


def test_a_moving_picture_moves(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    canvas = PictureCanvas(home)
    home.show()
    canvas.show_picture(decoded(moving(), "image/gif"))
    seen: set[int] = set()

    def moved() -> bool:
        seen.add(canvas.image.pixelColor(5, 5).red())
        return len(seen) >= 3

    qtbot.waitUntil(moved, timeout=10_000)
    canvas.show_picture(None)
    assert canvas.is_empty


def test_what_is_see_through_stands_on_a_light_plate(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    canvas = PictureCanvas(home)
    canvas.resize(200, 100)
    home.show()
    canvas.show_picture(decoded(file(100, 50, "", clear=True), "image/png"))
    drawn = QImage(canvas.size(), QImage.Format.Format_RGB32)
    drawn.fill(QColor("#141416"))
    canvas.render(drawn)
    assert drawn.pixelColor(100, 50) == QColor("#f4f4f5")


def test_a_saved_picture_has_a_sensible_name() -> None:
    def name(address: str, **more: str) -> str:
        return picture_name(Shown("a", address=address, **more), "The wall", 3)

    assert name("https://a.example/x/harbour-at-dusk.jpg?w=800") == "harbour-at-dusk"
    assert name("https://a.example/H%C3%A4fen.png") == "Häfen"
    assert name("https://a.example/IMG_2044.jpg") == "The wall 3"
    assert name("https://a.example/0f3a9bc4d5e6f7a8.webp", alt="A mast") == "A mast"
    assert name("https://a.example/", caption="Of the sea") == "Of the sea"
    assert name("") == "The wall 3"
