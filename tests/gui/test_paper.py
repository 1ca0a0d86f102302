"""The article on paper: real PDFs of the engine, read back by QtPdf."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QLocale, QMarginsF, QSize
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageRanges, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfLinkModel
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reader_stage import DIGEST, OTHER, Canary, article, quiet_engine
from reader_stage import Page as Shown
from stage import colours_of

from readlater.article import Access, Highlight, Selector
from readlater.library.shown_text import shown_text
from readlater.pipeline.sanitize import for_reading
from readlater.ui import printing
from readlater.ui.reader import paper
from readlater.ui.reader.look import Look
from readlater.ui.reader.pdf_facts import with_facts
from readlater.ui.reader.press import Order, Press

pytestmark = quiet_engine
A4 = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
LINE = "The harbour wall was never handsome, and nobody in the town had claimed that it was. "
ARABIC = "كان جدار الميناء غير جميل أبداً، ولم يدّع أحد في المدينة أنه كذلك. "
JAPANESE = "港の壁は決して美しくはなく、町の誰もそうだと主張したことはなかった。"


def picture(width: int, height: int, colour: str) -> tuple[bytes, str]:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data()), "image/png"


PICTURES = {DIGEST: picture(1600, 900, "#2f6f6a"), OTHER: picture(500, 3000, "#7a3b52")}


class Printed:
    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument()
        self.document.load(self._buffer)
        self.pages = [self._text(i) for i in range(self.document.pageCount())]
        self.text = "\n".join(self.pages)

    def _text(self, page: int) -> str:
        return self.document.getAllText(page).text().replace("\r\n", "\n")

    def fonts(self) -> set[str]:
        return {n.decode() for n in re.findall(rb"/FontName\s*/[A-Z]{6}\+(\S+)", self.pdf)}

    def links(self) -> tuple[set[str], set[int]]:
        """Addresses, and the pages (from 0) that links of the text lead to."""
        model = QPdfLinkModel()
        model.setDocument(self.document)
        addresses, goals = set(), set()
        for page in range(self.document.pageCount()):
            model.setPage(page)
            for row in range(model.rowCount(model.index(-1, -1))):
                index = model.index(row, 0)
                url = model.data(index, QPdfLinkModel.Role.Url.value)
                if url is not None and not url.isEmpty():
                    addresses.add(url.toString())
                else:
                    goals.add(model.data(index, QPdfLinkModel.Role.Page.value))
        return addresses, goals

    def image(self, page: int, width: int = 600) -> QImage:
        size = self.document.pagePointSize(page)
        drawn = self.document.render(
            page, QSize(width, round(width * size.height() / size.width()))
        )
        white = QImage(drawn.size(), QImage.Format.Format_RGB32)
        white.fill(QColor("white"))
        painter = QPainter(white)
        painter.drawImage(0, 0, drawn)
        painter.end()
        return white

    def named(self, field: QPdfDocument.MetaDataField) -> str:
        return str(self.document.metaData(field))


def printed(
    qtbot: QtBot,
    html: str,
    *,
    look: Look = Look(),  # noqa: B008 - frozen
    marks: tuple[tuple[int, int, int, str], ...] = (),
    note: str = "",
    with_links: bool = False,
    layout: QPageLayout = A4,
    ranges: QPageRanges | None = None,
    **about: Any,
) -> Printed:
    safe = for_reading(html, {})
    text = shown_text(safe)
    shown = Shown(article(**about), safe)
    highlights = [
        Highlight(n, 42, colour, Selector(text[start:end], start=start, end=end), note=words)
        for n, (colour, start, end, words) in enumerate(marks, 1)
    ]
    pages = paper.paper_layout(layout, look)
    around = paper.sheet(
        shown.article,
        pages,
        look,
        with_links=with_links,
        highlights=highlights,
        length=len(text),
        note=note,
    )
    with qtbot.waitCallback(timeout=60_000) as done:
        press = Press(
            Order(shown, look, around, pages, ranges or QPageRanges()), PICTURES.get, done
        )
    assert press is not None
    made = Printed(done.args[0])
    assert made.document.pageCount() > 0
    return made


def paragraphs(line: str, count: int, times: int = 3) -> str:
    return "".join(f"<p>Part {i}. {line * times}</p>" for i in range(count))


def test_pages_are_numbered_and_headed_and_say_what_the_copy_is(qtbot: QtBot) -> None:
    made = printed(
        qtbot,
        paragraphs(LINE, 30),
        title="The Wall & the “town”",
        byline="Ann Marlow",
        site_name="The Bay",
        published="2026-03-04",
        access=Access.PREVIEW,
        removed_count=2,
        language="en",
    )
    count = len(made.pages)
    assert count >= 3
    for i, page in enumerate(made.pages):
        assert f"{i + 1} / {count}" in page.splitlines()
        assert page.count("The Wall & the “town” · The Bay") == (1 if i else 0)
    first = made.pages[0]
    assert "Ann Marlow" in first
    assert "https://site.example/42" in first
    assert "Saved 1 January 1970" in first
    assert "Preview · The publisher delivered only the beginning." in first
    assert "The publisher delivered this far. 2 blocks were taken out." in made.pages[-1]
    # What is there to be clicked is not on paper.
    assert not {"Archive", "Next article", "Add to Favourites"} & set(made.text.splitlines())
    facts = QPdfDocument.MetaDataField
    assert made.named(facts.Title) == "The Wall & the “town”"
    assert made.named(facts.Author) == "Ann Marlow"
    assert made.named(facts.Subject) == "https://site.example/42"


def test_the_face_is_the_pages_own_and_nothing_is_dark(qtbot: QtBot) -> None:
    words = paragraphs(LINE, 3) + "<pre><code>x = 1</code></pre>"
    serif = printed(qtbot, words, look=Look(theme="black"), title="One")
    sans = printed(qtbot, words, look=Look(theme="dark", face="sans"), title="One")
    assert any(name.startswith("Literata") for name in serif.fonts())
    assert not any(name.startswith("Literata") for name in sans.fonts())
    assert any(name.startswith("Inter") for name in sans.fonts())
    for made in (serif, sans):
        colours = colours_of(made.image(0))
        assert max(colours, key=lambda c: colours[c]) == "#ffffff"
        assert colours["#ffffff"] > 0.8 * sum(colours.values())
        assert "#f5f5f4" in colours  # the ground of code is that of the light theme
        assert not {"#1c1c1e", "#000000", "#242427"} & {c for c, n in colours.items() if n > 200}


def test_a_larger_size_needs_more_pages_and_words_are_divided(qtbot: QtBot) -> None:
    words = paragraphs("Incomprehensible internationalisation of many responsibilities. ", 20, 4)
    large = Look(size_px=30)
    small = printed(qtbot, words, language="en")
    ragged = printed(qtbot, words, look=large, language="en")
    assert len(ragged.pages) > len(small.pages)
    even = printed(qtbot, words, look=replace(large, justify=True), language="en")
    divided = "\ufffe"  # as PDFium tells a hyphen that only the end of a line has made
    assert even.text.count(divided) > 5
    assert divided not in small.text + ragged.text


def test_highlights_keep_their_colours_and_notes_stand_at_the_end(qtbot: QtBot) -> None:
    made = printed(
        qtbot,
        paragraphs(LINE, 12),
        marks=((1, 10, 60, ""), (2, 100, 140, "Mine about it"), (4, 300, 340, "Another")),
        note="Of the whole.",
    )
    colours = colours_of(made.image(0, 1200))
    assert {"#fff0a6", "#d3f0c8", "#ffd9e2"} <= set(colours)
    assert "#cfe4ff" not in colours
    end = made.text[made.text.rindex("Notes") :]
    assert "Of the whole." in end
    assert re.search(r"a\. *\n?Mine about it", end)
    assert re.search(r"b\. *\n?Another", end)
    plain = printed(qtbot, paragraphs(LINE, 12))
    assert "Notes" not in plain.text
    assert "#fff0a6" not in colours_of(plain.image(0, 1200))


LINKED = (
    '<p>See <a href="https://far.example/way?x=1&amp;y=2">the far one</a>, '
    '<a href="https://far.example/way?x=1&amp;y=2">it again</a> and '
    '<a href="#rl-n1"><sup>1</sup></a>.</p>'
    + paragraphs(LINE, 20)
    + '<ol><li id="rl-n1">The note.</li></ol>'
)


def test_links_of_a_pdf_lead_where_they_say(qtbot: QtBot) -> None:
    made = printed(qtbot, LINKED, access=Access.PREVIEW, removed_count=1)
    addresses, goals = made.links()
    assert addresses == {"https://far.example/way?x=1&y=2", "https://site.example/42"}
    assert goals == {len(made.pages) - 1}
    assert "https://far.example" not in made.text


def test_on_paper_the_addresses_are_listed_once(qtbot: QtBot) -> None:
    made = printed(qtbot, LINKED, with_links=True)
    assert made.text.count("https://far.example/way?x=1&y=2") == 1
    assert re.search(r"Links\nthe far one https://far\.example", made.text)


@pytest.mark.parametrize(
    ("line", "language", "direction", "words"),
    [(ARABIC, "ar", "rtl", "جدار"), (JAPANESE, "ja", "ltr", "港の壁")],
)
def test_other_scripts_have_their_pages(
    qtbot: QtBot, line: str, language: str, direction: str, words: str
) -> None:
    made = printed(qtbot, paragraphs(line, 24), title=words, language=language, direction=direction)
    count = len(made.pages)
    assert count >= 2
    assert all(f"{i + 1} / {count}" in page for i, page in enumerate(made.pages))
    ink = [x for x in range(600) if made.image(1).pixelColor(x, 0) != QColor("white")]
    assert ink == []
    assert made.text.count(words) > 20 or direction == "rtl"
    edge = _ragged(made.image(0))
    assert edge == ("left" if direction == "rtl" else "right")


def _ragged(image: QImage) -> str:
    """On which side the lines of the title end at different places: the title is short."""
    top = range(60, 130)
    columns = [x for x in range(image.width()) for y in top if image.pixelColor(x, y).value() < 90]
    return "right" if sum(columns) / len(columns) < image.width() / 2 else "left"


def test_wide_tables_and_long_code_stay_on_the_page(qtbot: QtBot) -> None:
    head = "".join(f"<th>Column{i}</th>" for i in range(14))
    cells = "".join(
        "<tr>" + "".join(f"<td>{row * i * 1237}</td>" for i in range(14)) + "</tr>"
        for row in range(70)
    )
    html = (
        f"<p>{LINE}</p><table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>"
        f"<pre><code>{'word = ' + 'x' * 200} END</code></pre>"
    )
    made = printed(qtbot, html, title="Wide")
    assert "1109589" in made.text  # the last cell: 69 * 13 * 1237
    assert "END" in made.text
    assert sum("Column0" in page for page in made.pages) >= 2  # the head is on each page
    for i in range(len(made.pages)):
        image = made.image(i)
        strips = [image.copy(0, 0, 30, image.height()), image.copy(570, 0, 30, image.height())]
        assert all(set(colours_of(strip)) == {"#ffffff"} for strip in strips)


def test_lines_of_code_that_nearly_fit_are_not_broken(qtbot: QtBot) -> None:
    near = "0123456789 " * 8 + "NEAR"
    far = "0123456789 " * 18 + "FAR"
    made = printed(qtbot, f"<p>{LINE}</p><pre>{near}</pre><p>{LINE}</p><pre>{far}</pre>")
    lines = made.text.splitlines()
    assert any(line.startswith("0123") and line.endswith("NEAR") for line in lines)
    assert not any(line.startswith("0123456789 " * 12) for line in lines)
    assert any(line.endswith("FAR") for line in lines)
    right = made.image(0).copy(600 - 80, 0, 80, 400)
    assert set(colours_of(right)) == {"#ffffff"}


def test_pictures_fit_their_page(qtbot: QtBot) -> None:
    figures = "".join(
        f'<figure><img src="/asset/{digest}" width="{w}" height="{h}"><figcaption>Of {w}'
        "</figcaption></figure>"
        for digest, w, h in ((DIGEST, 1600, 900), (OTHER, 500, 3000))
    )
    made = printed(qtbot, paragraphs(LINE, 2) + figures, title="Pictures")
    first = [i for i, page in enumerate(made.pages) if "Of 1600" in page]
    tall = [i for i, page in enumerate(made.pages) if "Of 500" in page]
    assert share(made.image(first[0]), "#2f6f6a") > 0.1  # each on the page of its caption
    assert share(made.image(tall[0]), "#7a3b52") > 0.05
    assert share(made.image(tall[0]).copy(0, 780, 600, 68), "#7a3b52") == 0


def share(image: QImage, colour: str) -> float:
    """How much of an image is nearly of that colour: photographs lose a little."""
    goal = QColor(colour)

    def is_near(other: QColor) -> bool:
        pairs = zip(goal.getRgb(), other.getRgb(), strict=True)
        return all(abs(a - b) < 6 for a, b in pairs)

    counts = colours_of(image)
    near = sum(count for name, count in counts.items() if is_near(QColor(name)))
    return near / sum(counts.values())


def test_maths_and_folded_parts_are_printed(qtbot: QtBot) -> None:
    html = (
        "<p>So <math><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>.</p>"
        "<details><summary>More</summary><p>Hidden words.</p></details>" + paragraphs(LINE, 2)
    )
    made = printed(qtbot, html)
    assert "𝑥" in made.text
    assert "Hidden words." in made.text


def test_nothing_is_asked_of_the_network(qtbot: QtBot) -> None:
    canary = Canary()
    hostile = (
        f'<p>{LINE}</p><img src="{canary.site}/a.png"><link rel=stylesheet href="{canary.site}/b">'
        f'<style>p {{ background: url({canary.site}/c) }}</style><script>fetch("{canary.site}/d")'
        f'</script><iframe src="{canary.site}/e"></iframe>'
    )
    shown = Shown(article(title='A "title"</h1><img src=x onerror=alert(1)>'), hostile)
    pages = paper.paper_layout(A4, Look())
    around = paper.sheet(shown.article, pages, Look(), with_links=True)
    with qtbot.waitCallback(timeout=60_000) as done:
        press = Press(Order(shown, Look(), around, pages), PICTURES.get, done)
    assert press is not None
    assert "The harbour wall" in Printed(done.args[0]).text
    assert canary.connections == 0
    canary.close()


def test_only_the_pages_asked_for_are_made_with_their_own_numbers(qtbot: QtBot) -> None:
    ranges = QPageRanges()
    ranges.addPage(2)
    made = printed(qtbot, paragraphs(LINE, 40), title="Many", ranges=ranges)
    assert len(made.pages) == 1
    assert re.search(r"^2 / [3-9]$", made.pages[0], re.MULTILINE)


def test_a_printer_gets_every_page_sharp_and_whole(qtbot: QtBot, tmp_path: Path) -> None:
    made = printed(qtbot, paragraphs(LINE, 20), title="Whole", with_links=True)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setResolution(150)
    safe = for_reading(paragraphs(LINE, 20), {})
    pages = paper.paper_layout(A4, Look())
    shown = Shown(article(title="Whole"), safe)
    printing.set_up(printer, pages)
    order = Order(shown, Look(), paper.sheet(shown.article, pages, Look(), with_links=True), pages)
    with qtbot.waitCallback(timeout=60_000) as took:
        press = Press(order, PICTURES.get, lambda _pdf: None, printer=printer, printed=took)
    assert press is not None
    assert took.args == [True]
    copy = Printed((tmp_path / "paper.pdf").read_bytes())
    assert len(copy.pages) == len(made.pages)
    was, now = made.image(0, 300), copy.image(0, 300)
    away = sum(
        abs(was.pixelColor(x, y).value() - now.pixelColor(x, y).value()) > 128
        for x in range(0, 300, 3)
        for y in range(0, 420, 3)
    )
    assert away < 140  # of 14,000: the same page, not a shifted or mirrored one
    assert set(colours_of(was)) != {"#ffffff"}


def test_the_paper_is_that_of_the_country() -> None:
    sizes = QPageSize.PageSizeId
    assert paper.paper_size(QLocale("en_US")).id() == sizes.Letter
    assert paper.paper_size(QLocale("fr_CA")).id() == sizes.Letter
    assert paper.paper_size(QLocale("de_DE")).id() == sizes.A4
    assert paper.paper_size(QLocale("ja_JP")).id() == sizes.A4


def test_margins_leave_a_column_and_never_less_than_the_printers_own() -> None:
    point = QPageLayout.Unit.Point
    for size_px in (12, 19, 30, 48):
        column = paper.paper_layout(A4, Look(size_px=size_px)).paintRect(point)
        assert 355 <= column.width() <= 595 - 2 * 51
    wide = replace(Look(), measure=140)
    assert paper.paper_layout(A4, wide).paintRect(point).width() <= 595 - 2 * 51
    own = QPageLayout(A4.pageSize(), A4.orientation(), QMarginsF(90, 100, 90, 100), point)
    held = paper.paper_layout(own, Look(size_px=30)).margins(point)
    assert min(held.left(), held.right()) >= 90
    assert min(held.top(), held.bottom()) >= 100


def test_facts_go_into_a_classic_pdf_and_leave_others_alone() -> None:
    old = b"%PDF-1.4\n1 0 obj\n<</Producer (P)>>\nendobj\n"
    tail = b"trailer\n<</Size 2\n/Root 1 0 R\n/Info 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    classic = old + table + tail % len(old)
    made = with_facts(classic, {"Title": "Ä (b)", "Author": ""})
    assert made.startswith(classic)
    assert b"/Title <FEFF00C40020002800620029>" in made
    assert b"/Author" not in made
    assert b"/Producer (P)" in made[len(classic) :]
    assert b"/Prev %d" % len(old) in made
    start = int(re.findall(rb"startxref\n(\d+)", made)[-1])
    assert made[start:].startswith(b"xref\n2 1\n")
    stream = old + tail % 5
    assert with_facts(stream, {"Title": "x"}) == stream
    assert with_facts(b"", {"Title": "x"}) == b""


def test_a_string_of_css_cannot_end_early() -> None:
    quote: Callable[[str], str] = paper.quoted
    assert quote('a"b\\c\n}') == '"a\\22 b\\5c c\\a \\7d "'
    assert quote("Ärger · 港") == '"Ärger · 港"'
