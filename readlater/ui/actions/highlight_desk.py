"""Highlights of the open article: the bar over the page, the panel beside it, and their deeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRectF
from PySide6.QtGui import QGuiApplication

from readlater.article import FoundHighlight, Highlight, Place, Selector, View
from readlater.exporters import highlights as marked
from readlater.library.highlighting import Painted
from readlater.ui.views.highlight_bar import HighlightBar
from readlater.ui.views.highlights_panel import HighlightsPanel
from readlater.ui.views.note_sheet import NoteSheet
from readlater.ui.views.tag_editor import TagEditor

if TYPE_CHECKING:
    from readlater.ui.actions.doing import Doing
    from readlater.ui.reader.highlighting import Marking
    from readlater.ui.reader.view import ReaderView

_NONE = Painted(0, 0, ())
_LONGEST_QUERY = 100


class HighlightDesk(QObject):
    """What a person does with the highlights of the open article, by mouse, key and menu."""

    def __init__(self, deeds: Doing) -> None:
        super().__init__(deeds)
        self._deeds, self._library, self._jobs = deeds, deeds.library, deeds.jobs
        window = self._window = deeds.window
        self.painted = _NONE
        self._last_colour = 1
        self._goal = 0  # gone to as soon as its article is open
        self._marking: Marking | None = None
        self.bar: HighlightBar | None = None
        self.panel = HighlightsPanel(deeds.theme)
        window.reader_pane.set_beside(self.panel)
        window.article_changed.connect(self.refresh)
        panel, rows = self.panel, self.panel.list
        panel.note_wanted.connect(self.note_article)
        panel.copy_wanted.connect(self.copy_all)
        panel.close_wanted.connect(self.toggle_panel)
        rows.opened.connect(self._on_row)
        rows.coloured.connect(lambda colour, found: self._colour(found.highlight, colour))
        rows.wanted.connect(lambda deed, found: self.do(deed, found.highlight))

    def wire(self, view: ReaderView) -> None:
        """Watch a page's view; again when its engine was ended and made anew."""
        if view.marking is None or view.marking is self._marking:
            return
        if self.bar is None:
            self._make_bar(view)
        self._marking = view.marking
        self._marking.selected.connect(self._on_selected)
        self._marking.clicked.connect(self._on_clicked)
        self._marking.left.connect(self._hide_bar)
        self._paint()

    def _make_bar(self, view: ReaderView) -> None:
        bar = self.bar = HighlightBar(self._deeds.theme, view)
        view.highlight_wanted.connect(self.highlight)
        view.quote_wanted.connect(self.copy)
        bar.coloured.connect(self.colour)
        bar.note_wanted.connect(self.note)
        bar.copy_wanted.connect(self.copy)
        bar.search_wanted.connect(self.search)
        bar.tags_wanted.connect(lambda: self._on_bar("tags"))
        bar.removal_wanted.connect(lambda: self._on_bar("remove"))

    # what is there

    def refresh(self) -> None:
        """Read the open article's highlights anew."""
        article = self._window.opening.article
        if article is None:
            self._on_painted(_NONE)
            return
        row, lighting = article.id, self._library.highlighting
        self._jobs.latest("highlights", lambda: lighting.painted(row), self._on_painted)

    def go_to(self, found: FoundHighlight) -> None:
        """Open the article of a highlight and go there."""
        self._goal = found.highlight.id
        if self.painted.article == found.highlight.article:
            self._go(self._goal)
        else:
            self._window.select(found.highlight.article)

    def _on_painted(self, painted: Painted) -> None:
        self.painted = painted
        self.panel.show_painted(painted)
        self._paint()

    def _paint(self) -> None:
        if self._marking is not None:
            painted = self.painted
            self._marking.paint(painted.article, painted.length, painted.highlights)
            if self._goal and any(held.id == self._goal for held in painted.highlights):
                self._go(self._goal)

    def _go(self, highlight: int) -> None:
        self._goal = 0
        if self._marking is not None:
            self._marking.go(highlight)

    def _on_selected(self, _selector: Selector, box: QRectF) -> None:
        if self.bar is not None:
            self.bar.show_for(box, None)

    def _on_clicked(self, highlight: int, box: QRectF) -> None:
        held = next((h for h in self.painted.highlights if h.id == highlight), None)
        if held is not None and self.bar is not None:
            self.bar.show_for(box, held)
            self.panel.list.choose(highlight)

    def _on_row(self, found: FoundHighlight) -> None:
        pane = self._window.reader_pane
        if pane.is_beside_alone:
            pane.show_beside(shown=False)
        self._go(found.highlight.id)

    @property
    def _held(self) -> Highlight | None:
        """The highlight that the bar is about."""
        bar = self.bar
        return bar.highlight if bar is not None and bar.isVisible() else None

    # deeds

    def highlight(self) -> None:
        """Highlight what is selected in the last colour; where nothing is, select a sentence."""

        def use(selected: Selector | None) -> None:
            if selected is not None:
                self._add(selected, self._last_colour)
            else:
                self.sentence(0)

        self._with_selection(use)

    def colour(self, number: int) -> None:
        """Give what is selected, or the highlight in hand, one of the four colours."""
        held = self._held
        if held is not None:
            self._colour(held, number)
            return

        def use(selected: Selector | None) -> None:
            if selected is not None:
                self._add(selected, number)

        self._with_selection(use)

    def note(self) -> None:
        """Write a note: on the highlight in hand, on what is selected, or on the article."""
        held = self._held
        if held is not None:
            self.do("note", held)
            return

        def use(selected: Selector | None) -> None:
            if selected is None:
                self.note_article()
            else:
                self._add(selected, self._last_colour, lambda made: self.do("note", made))

        self._with_selection(use)

    def note_article(self) -> None:
        """Write the note on the open article as a whole."""
        article = self._window.opening.article
        if article is None:
            return
        heading = self.tr("Note on the article")
        sheet = NoteSheet(
            self._deeds.theme, heading, article.title, self.painted.note, self._window
        )
        lighting = self._library.highlighting
        sheet.written.connect(lambda text: self._deeds.do(lambda: lighting.note(article.id, text)))
        sheet.open(self._corner())

    def copy(self) -> None:
        """Copy the highlight in hand, or what is selected, as a quotation with its source."""
        held = self._held
        if held is not None:
            self.do("copy", held)
            return

        def use(selected: Selector | None) -> None:
            if selected is not None:
                self._copy(Highlight(0, 0, 1, selected))

        self._with_selection(use)

    def copy_found(self, found: FoundHighlight) -> None:
        """Copy a highlight of any article as a quotation with its source."""
        QGuiApplication.clipboard().setText(marked.quoted(found))
        self._hide_bar()
        self._deeds.say(self.tr("Quote copied with its source"))

    def copy_all(self) -> None:
        """Copy all highlights of the article, with its note, as Markdown."""
        painted = self.painted
        found = [self._found(held) for held in painted.highlights]
        text = marked.markdown(found, {painted.article: painted.note}) or painted.note
        QGuiApplication.clipboard().setText(text)
        self._deeds.say(self.tr("Highlights copied"))

    def search(self) -> None:
        """Search the library for what is selected."""

        def use(selected: Selector | None) -> None:
            if selected is not None:
                words = " ".join(selected.quote.replace('"', " ").split())[:_LONGEST_QUERY]
                self._window.choose(View(Place.ALL, query=f'"{words}"'))

        self._with_selection(use)

    def remove(self) -> None:
        """Remove the highlight in hand."""
        self._on_bar("remove")

    def step(self, way: int) -> None:
        """Go to the next highlight (1) or the one before (-1)."""
        if self._marking is not None:
            self._marking.step(way)

    def sentence(self, way: int) -> None:
        """Select a sentence by key: the first in view, then the next or the one before."""
        if self._marking is not None and self._window.reader_pane.page_view is not None:
            self._window.reader_pane.page_view.focus_page()
            self._marking.sentence(way)

    def extend(self, way: int) -> None:
        """Select one sentence more (1) or one less (-1)."""
        if self._marking is not None and self._window.reader_pane.is_reading:
            self._marking.extend(way)

    def toggle_panel(self) -> None:
        """Show the panel beside the text, or hide it."""
        pane = self._window.reader_pane
        is_seen = pane.is_beside_wanted and pane.isVisible()
        pane.show_beside(shown=not is_seen)
        if not is_seen:
            self._window.arranging.bring_reader()

    def do(self, deed: str, held: Highlight) -> None:
        """A deed on a highlight by its name: note, tags, copy, remove."""
        lighting = self._library.highlighting
        if deed == "copy":
            self._copy(held)
        elif deed == "remove":
            self._hide_bar()
            self._deeds.do(lambda: lighting.remove([held.id]))
        elif deed == "tags":
            self._edit_tags(held)
        else:
            heading, quote = self.tr("Note"), held.selector.quote
            sheet = NoteSheet(self._deeds.theme, heading, quote, held.note, self._window)
            sheet.written.connect(lambda text: self._run(lambda: lighting.annotate(held.id, text)))
            sheet.open(self._corner())

    def _on_bar(self, deed: str) -> None:
        held = self._held
        if held is not None:
            self.do(deed, held)

    def _colour(self, held: Highlight, number: int) -> None:
        self._last_colour = number
        self._hide_bar()
        self._run(lambda: self._library.highlighting.set_colour([held.id], number))

    def _add(
        self, selected: Selector, colour: int, then: Callable[[Highlight], None] | None = None
    ) -> None:
        article = self._window.opening.article
        if article is None:
            return
        self._last_colour = colour
        lighting = self._library.highlighting

        def done(answer: tuple[Highlight, object]) -> None:
            if self._marking is not None:
                self._marking.unselect()
            if then is not None:
                then(answer[0])
            self._hide_bar()
            self.refresh()

        self._jobs.run(lambda: lighting.add(article.id, colour, selected), done, self._deeds.fail)

    def _edit_tags(self, held: Highlight) -> None:
        lighting, tidying = self._library.highlighting, self._library.tidying

        def show(known: tuple[str, ...]) -> None:
            editor = TagEditor(self._deeds.theme, [held.tags], known, self._window)
            editor.edited.connect(
                lambda add, gone: self._run(lambda: lighting.tag([held.id], add, gone))
            )
            editor.open(self._corner())

        def work() -> tuple[str, ...]:
            names = [name for name, _ in lighting.tags()]
            return tuple(dict.fromkeys((*names, *tidying.tags())))

        self._jobs.run(work, show)

    def _copy(self, held: Highlight) -> None:
        self.copy_found(self._found(held))

    def _found(self, held: Highlight) -> FoundHighlight:
        article = self._window.opening.article
        if article is None:
            return FoundHighlight(held, "", "", "")
        return FoundHighlight(held, article.title, article.site_name, article.url)

    def _run(self, work: Callable[[], object]) -> None:
        """A deed whose result stands on the page: no words needed, Undo undoes it all the same."""
        self._jobs.run(work, lambda _done: self.refresh(), self._deeds.fail)

    def _with_selection(self, use: Callable[[Selector | None], None]) -> None:
        if self._marking is not None:
            self._marking.look(use)

    def _hide_bar(self) -> None:
        if self.bar is not None:
            self.bar.hide()

    def _corner(self) -> QPoint:
        """Where a sheet opens: under the highlight, or under the bar of the pane."""
        bar = self.bar
        if bar is not None and bar.isVisible():
            corner = bar.corner()
            bar.hide()
            return corner
        pane = self._window.reader_pane
        return pane.mapToGlobal(QPoint(40, pane.bar.height() - 4))
