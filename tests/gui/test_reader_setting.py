"""How the parts of a text are set on a real page: languages, faces, figures, tables, verse."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QFontDatabase, QImage
from reader_stage import (
    DIGEST,
    Page,
    ask,
    engine,
    opened,
    page,
    png,
    quiet_engine,
    show_and_wait,
    until,
)

from readlater import resources
from readlater.ui.reader import walls
from readlater.ui.reader.look import OURS, Look
from readlater.ui.reader.view import ReaderView

pytestmark = quiet_engine
WORDS = "The keeper of the light wrote it down without a word of surprise. "
SIZES = {"b" * 64: (1600, 700), "c" * 64: (700, 1400), "d" * 64: (640, 400)}


def drawn(digest: str) -> tuple[bytes, str] | None:
    if digest not in SIZES:
        return png() if digest == DIGEST else None
    image = QImage(*SIZES[digest], QImage.Format.Format_RGB32)
    image.fill(QColor("#2f6f6a"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data()), "image/png"


@pytest.fixture
def view(qtbot) -> Iterator[ReaderView]:
    for made in opened(qtbot, drawn):
        made.resize(1100, 800)
        yield made


def show(qtbot, view: ReaderView, html: str, **more: object) -> None:
    show_and_wait(qtbot, view, page(html, **more), view.show_article)


def box(qtbot, view: ReaderView, selector: str) -> dict[str, float]:
    script = f"document.querySelector({selector!r}).getBoundingClientRect()"
    return ask(qtbot, engine(view), script)


def style(qtbot, view: ReaderView, selector: str, name: str) -> str:
    return ask(
        qtbot, engine(view), f"getComputedStyle(document.querySelector({selector!r})).{name}"
    )


def figure(letter: str, more: str = "") -> str:
    return (
        f'<figure><img src="/asset/{letter * 64}"{more}><figcaption>A wall.</figcaption></figure>'
    )


def test_a_large_picture_that_leads_stands_in_the_middle_too(qtbot, view) -> None:
    show(qtbot, view, f"{figure('b')}<p>{WORDS}</p>")
    until(qtbot, engine(view), "document.querySelector('figure').className", "large")
    column, large = box(qtbot, view, ".body p"), box(qtbot, view, "figure img")
    assert large["left"] < column["left"] - 20
    assert abs((large["left"] + large["right"]) - (column["left"] + column["right"])) <= 2


def test_a_large_picture_is_wider_than_the_column_where_there_is_room(qtbot, view) -> None:
    show(qtbot, view, f"<p>{WORDS}</p>{figure('b')}<p>{WORDS}</p>{figure('d')}")
    until(qtbot, engine(view), "document.querySelector('figure').className", "large")
    column, large = box(qtbot, view, ".body p"), box(qtbot, view, "figure img")
    assert large["width"] > column["width"] * 1.3
    assert abs((large["left"] + large["right"]) - (column["left"] + column["right"])) <= 2
    assert box(qtbot, view, "figcaption")["left"] == pytest.approx(column["left"], abs=1)
    small = box(qtbot, view, "figure:nth-of-type(2) img")
    assert small["width"] <= column["width"] + 0.5
    view.resize(520, 800)
    until(qtbot, engine(view), "innerWidth", 520)
    assert box(qtbot, view, "figure img")["width"] <= box(qtbot, view, ".body p")["width"] + 0.5
    assert ask(qtbot, engine(view), "document.documentElement.scrollWidth <= innerWidth")


def test_what_a_page_says_of_its_pictures_holds_before_they_come(qtbot, view) -> None:
    show(qtbot, view, f"<p>{WORDS}</p>" + figure("a", ' width="1600" height="700"') + f"<p>{WORDS}")
    until(qtbot, engine(view), "document.images[0].naturalWidth", 40)
    until(qtbot, engine(view), "document.querySelector('figure').className", "")


def test_an_upright_picture_is_seen_whole(qtbot, view) -> None:
    show(qtbot, view, f"<p>{WORDS}</p>{figure('c')}<p>{WORDS}</p>")
    until(qtbot, engine(view), "document.images[0].className", "upright there")
    made = box(qtbot, view, "figure img")
    assert made["height"] <= 0.86 * 800 + 1
    assert made["width"] * 2 == pytest.approx(made["height"], abs=2)


def test_only_a_picture_that_is_there_has_a_ground_in_the_dark(qtbot, view) -> None:
    view.set_theme("dark")
    show(qtbot, view, f'<p><img src="/asset/{DIGEST}"></p><p><img src="/asset/none00000"></p>')
    until(qtbot, engine(view), "document.images[0].className", "there")
    grounds = "[...document.images].map((i) => getComputedStyle(i).backgroundColor)"
    assert ask(qtbot, engine(view), grounds) == ["rgb(217, 217, 220)", "rgba(0, 0, 0, 0)"]


def test_a_table_is_scrolled_by_keys_and_the_page_is_not(qtbot, view) -> None:
    cells = "".join(f"<td>column{n}withalongword</td>" for n in range(20))
    show(qtbot, view, f"<p>{WORDS}</p><table><tr>{cells}</tr></table><p>{WORDS}</p>")
    view.focus_page()
    target = view.focusProxy().focusProxy()
    qtbot.keyClick(target, Qt.Key.Key_Tab)
    until(qtbot, engine(view), "document.activeElement.className", "wide")
    qtbot.keyClick(target, Qt.Key.Key_Right)
    until(qtbot, engine(view), "document.activeElement.scrollLeft > 0")
    assert ask(qtbot, engine(view), "document.documentElement.scrollWidth <= innerWidth")


def test_a_table_that_fits_is_no_stop_of_the_tab_key(qtbot, view) -> None:
    table = "<table><tr><td>1</td><td>2</td></tr></table>"
    show(qtbot, view, f'<p>{WORDS}</p>{table}<p><a href="https://x.example/">A link</a></p>')
    view.focus_page()
    qtbot.keyClick(view.focusProxy().focusProxy(), Qt.Key.Key_Tab)
    until(qtbot, engine(view), "document.activeElement.tagName", "A")


def test_figures_stand_under_figures_and_words_have_room(qtbot, view) -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td>1,{n}00.50 €</td><td>{WORDS if n == 2 else 'Fair'}</td></tr>"
        for n in range(1, 4)
    )
    head = "<tr><th>No</th><th>Price</th><th>Remark</th></tr>"
    show(qtbot, view, f"<p>{WORDS}</p><table>{head}{rows}</table><p>{WORDS}</p>")
    assert style(qtbot, view, "td:nth-child(2)", "textAlign") == "right"
    assert style(qtbot, view, "th:nth-child(2)", "textAlign") == "right"
    assert style(qtbot, view, "td:nth-child(3)", "textAlign") == "start"
    assert "tabular-nums" in style(qtbot, view, "td", "fontVariantNumeric")
    assert box(qtbot, view, "td.words")["width"] >= 190


def test_a_line_of_verse_hangs_under_itself_and_no_word_moves(qtbot, view) -> None:
    lines = ["The sea is calm tonight,", "The tide is full " * 4, "Upon the straits;", "Gone."]
    show(qtbot, view, f"<p>{'<br>'.join(lines)}</p><p>{WORDS}</p>")
    view.resize(460, 800)
    until(qtbot, engine(view), "innerWidth", 460)
    script = (
        "[...document.querySelectorAll('.verse > .line')].map((line) => { const r = "
        "document.createRange(); r.selectNodeContents(line); const all = [...r.getClientRects()];"
        " return [Math.round(all[0].left), Math.round(all.at(-1).left), all.length]; })"
    )
    made = ask(qtbot, engine(view), script)
    assert len(made) == 4
    assert len({first for first, _, _ in made}) == 1
    first, last, count = made[1]
    assert count > 1
    assert last > first + 20
    text = ask(qtbot, engine(view), "document.querySelector('.verse').textContent")
    assert text == "".join(lines)


def test_long_numbers_of_lists_stay_in_the_column(qtbot, view) -> None:
    show(qtbot, view, '<p>It began.</p><ol start="98"><li>a</li><li>b</li><li>c</li></ol>')
    assert ask(qtbot, engine(view), "document.querySelector('ol').className") == "hundreds"


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("ja", "Noto Serif CJK JP"),
        ("zh-Hans", "Noto Serif CJK SC"),
        ("zh-TW", "Noto Serif CJK TC"),
        ("zh-HK", "Noto Serif CJK HK"),
        ("ko", "Noto Serif CJK KR"),
        ("ar", "Noto Naskh Arabic"),
        ("ur", "Noto Nastaliq Urdu"),
        ("he", "Noto Serif Hebrew"),
        ("hi", "Noto Serif Devanagari"),
        ("th", "Noto Serif Thai"),
        ("ta", "Noto Serif Tamil"),
    ],
)
def test_each_language_has_faces_of_its_own_also_inside_another(qtbot, view, lang, wanted) -> None:
    show(qtbot, view, f'<p>{WORDS}</p><p>Of <span lang="{lang}">骨</span>.</p>', language="en")
    assert wanted in style(qtbot, view, "span[lang]", "fontFamily")
    assert wanted not in style(qtbot, view, ".body p", "fontFamily")
    # A word of another script does not push the lines of its paragraph apart.
    heights = (
        "[...document.querySelectorAll('p, span[lang]')].map((e) => getComputedStyle(e).lineHeight)"
    )
    assert len(set(ask(qtbot, engine(view), heights))) == 1
    show(qtbot, view, f"<p>{WORDS}</p>", language=lang, number=7)
    assert wanted in style(qtbot, view, ".body p", "fontFamily")
    ratio = "parseFloat(getComputedStyle(p).lineHeight) / parseFloat(getComputedStyle(p).fontSize)"
    assert ask(qtbot, engine(view), f"((p) => {ratio})(document.querySelector('.body p'))") >= 1.69
    assert style(qtbot, view, "h1", "letterSpacing") in {"normal", "0px"}


def test_chinese_has_wide_quotation_marks_and_english_narrow_ones(qtbot, view) -> None:
    if "Noto Serif CJK SC" not in QFontDatabase.families():
        pytest.skip("no Chinese face is installed")
    width = (
        "(() => { const t = document.querySelector('.body p').firstChild; const r = "
        "document.createRange(); r.setStart(t, 2); r.setEnd(t, 3);"
        " return r.getBoundingClientRect().width; })()"
    )
    show(qtbot, view, "<p>他说“来”。</p>", language="zh-Hans")
    assert ask(qtbot, engine(view), width) >= 9
    wide = ask(qtbot, engine(view), width)
    show(qtbot, view, "<p>a “b” c</p>", language="en", number=7)
    assert ask(qtbot, engine(view), width) < wide


def test_a_paragraph_of_another_language_has_its_own_space_and_code_its_own_way(
    qtbot, view
) -> None:
    text = f'<p>هذه جملة <code>mend()</code>.</p><p lang="en" dir="ltr">{WORDS}</p>'
    show(qtbot, view, text, language="ar", direction="rtl")
    ratio = "(p) => parseFloat(getComputedStyle(p).lineHeight) / parseFloat(getComputedStyle(p)"
    ratio += ".fontSize)"
    found = ask(qtbot, engine(view), f"[...document.querySelectorAll('.body p')].map({ratio})")
    assert found == pytest.approx([1.85, 1.6], abs=0.02)
    script = (
        "(() => { const t = document.querySelector('code').firstChild; const r = "
        "document.createRange(); const left = [0, 4].map((i) => { r.setStart(t, i);"
        " r.setEnd(t, i + 1); return r.getBoundingClientRect().left; });"
        " return left[0] < left[1]; })()"
    )
    assert ask(qtbot, engine(view), script)


@pytest.mark.parametrize("face", [name for name in OURS if name != "serif"])
def test_a_note_wears_the_face_and_the_space_of_the_text(qtbot, view, face) -> None:
    view.set_look(Look(face=face))
    show(qtbot, view, f"<p>{WORDS}</p>", language="ar", direction="rtl")
    fonts = (
        "['.body p', '#note'].map((s) => getComputedStyle(document.querySelector(s)).fontFamily)"
    )
    ask(qtbot, engine(view), "(document.getElementById('note').lang = 'ar', 1)")
    text, note = ask(qtbot, engine(view), fonts)
    assert text == note
    heights = "(e) => parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e)"
    found = ask(qtbot, engine(view), f"({heights}.fontSize))(document.getElementById('note'))")
    assert found > 1.7


@pytest.mark.parametrize("face", [name for name in OURS if name != "serif"])
def test_each_face_of_ours_is_loaded_when_it_is_chosen(qtbot, view, face) -> None:
    family = OURS[face][0] or "Inter Variable"
    view.set_look(Look(face=face))
    show(qtbot, view, f"<p>{WORDS}</p><table><tr><td>{WORDS}</td></tr></table>")
    loaded = (
        f"[...document.fonts].some((f) => f.family.includes({family!r}) && f.status === 'loaded')"
    )
    until(qtbot, engine(view), loaded)
    assert style(qtbot, view, ".body p", "fontFamily").strip('"').startswith(family)
    assert style(qtbot, view, ".meta", "fontFamily").strip('"').startswith(family)
    assert style(qtbot, view, "td", "fontFamily").strip('"').startswith(family)


def test_every_face_has_its_licence_beside_it_and_every_file_is_there() -> None:
    sheet = resources.text("css/fonts.css")
    files = set(re.findall(r"url\(/font/([a-z0-9-]+\.woff2)\)", sheet))
    held = {path.name for path in resources.path("fonts").iterdir()}
    assert files == {name for name in held if name.endswith(".woff2")}
    for name in ("Literata", "Inter", "AtkinsonHyperlegibleNext", "OpenDyslexic"):
        assert "SIL OPEN FONT LICENSE" in resources.text(f"fonts/LICENSE-{name}").upper()


def test_a_head_with_nothing_to_say_has_no_stray_marks(qtbot, view) -> None:
    show(qtbot, view, f"<p>{WORDS}</p>", title="Tides")
    assert ask(qtbot, engine(view), "document.querySelector('.meta').innerText") == ""
    assert box(qtbot, view, ".meta")["height"] < 1
    show(
        qtbot,
        view,
        f"<p>{WORDS}</p>",
        title="W" * 300,
        byline="B" * 300,
        site_name="S" * 300,
        number=7,
    )
    view.resize(420, 800)
    until(qtbot, engine(view), "innerWidth", 420)
    assert ask(qtbot, engine(view), "document.documentElement.scrollWidth <= innerWidth")


def test_new_tags_are_seen_on_the_open_page(qtbot, view) -> None:
    shown = page(f"<p>{WORDS}</p>", tags=("sea",))
    show_and_wait(qtbot, view, shown, view.show_article)
    view.show_end(page("", tags=("sea", "land & air")).article)
    until(
        qtbot,
        engine(view),
        "[...document.querySelectorAll('.tag')].map((t) => t.innerText)",
        ["sea", "land & air"],
    )


def test_the_icon_of_a_site_stands_before_its_name_and_is_answered_for_it_alone(
    qtbot, view
) -> None:
    shown = page(f"<p>{WORDS}</p>", site_name="Tide Watch")
    with_icon = Page(shown.article, shown.html, DIGEST)
    show_and_wait(qtbot, view, with_icon, view.show_article)
    until(qtbot, engine(view), "document.querySelector('.site img').naturalWidth", 40)
    icon = box(qtbot, view, ".site img")
    assert 16 <= icon["width"] == icon["height"] <= 20
    assert ask(qtbot, engine(view), "document.querySelector('.site').innerText") == "Tide Watch"
    name = box(qtbot, view, ".site bdi")
    middle = (icon["top"] + icon["bottom"]) / 2
    assert middle == pytest.approx((name["top"] + name["bottom"]) / 2, abs=1)
    held = walls.opened(42, "<p>Text</p>", DIGEST)
    assert walls.answer("readlater", "a42", f"/asset/{DIGEST}", "", held) is not None
    assert walls.answer("readlater", "a42", f"/asset/{'b' * 64}", "", held) is None
    assert walls.answer("readlater", "a43", f"/asset/{DIGEST}", "", held) is None
    show(qtbot, view, f"<p>{WORDS}</p>", site_name="Tide Watch", number=43)
    assert ask(qtbot, engine(view), "document.querySelectorAll('.site img').length") == 0
