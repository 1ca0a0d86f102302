"""Reading aloud in the window: what is read, where it is marked, how far it came, what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypedDict

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF
from typing_extensions import override

from readlater.article import Article, Spot, Status
from readlater.errors import ReadLaterError
from readlater.library.spoken import Speech
from readlater.library.spoken_place import index_from, index_of, progress_at, spot_at
from readlater.settings import Settings, load, save, with_values
from readlater.ui.actions.listen_troubles import VoiceTroubles
from readlater.ui.aloud.player import Player
from readlater.ui.aloud.speaker import Speaker
from readlater.ui.aloud.track import Phase
from readlater.ui.aloud.voices import SPEEDS, Voice
from readlater.ui.views.player_bar import PlayerBar

if TYPE_CHECKING:
    from readlater.ui.actions.doing import Doing
    from readlater.ui.aloud.media import MediaKeys
    from readlater.ui.reader.spoken import Here, SpokenMark
    from readlater.ui.reader.view import ReaderView

_FURTHER = 40  # rows that are looked at for the next article with a text


class Listening(TypedDict):
    """What the table of actions is told."""

    listening: bool
    speaking: bool
    goes_on: bool


class ListenDesk(QObject):
    """One voice for the window. It reads on while another article is looked at."""

    def __init__(self, deeds: Doing) -> None:
        super().__init__(deeds)
        self._deeds, self._library, self._jobs = deeds, deeds.library, deeds.jobs
        window = self._window = deeds.window
        settings = self._library.settings
        self.speaker = Speaker(parent=self)
        self.player = Player(
            self.speaker, speed=settings.aloud_speed, kept=settings.aloud_voices, parent=self
        )
        self.goes_on = settings.aloud_on
        self.article: Article | None = None
        self._row = 0
        self._view: ReaderView | None = None
        self._wired: SpokenMark | None = None
        self._media: MediaKeys | None = None
        self.troubles = VoiceTroubles(deeds, self.speaker, self.player, self.stop)
        self._worn = self.situation()
        bar = self.bar = PlayerBar(deeds.theme)
        pane = window.reader_pane.layout()
        if pane is not None:
            pane.addWidget(bar)
        self._connect(bar)
        window.article_changed.connect(self._show)
        window.counted.connect(lambda _counts: self._look_again())
        window.installEventFilter(self)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)  # a signal of the system closes no window

    def _connect(self, bar: PlayerBar) -> None:
        player = self.player
        player.changed.connect(self._show)
        player.moved.connect(self._on_moved)
        player.ended.connect(self._on_ended)
        bar.play_wanted.connect(player.toggle)
        bar.stepped.connect(player.step)
        bar.speed_wanted.connect(self.set_speed)
        bar.voice_wanted.connect(self._set_voice)
        bar.on_wanted.connect(lambda on: self.set_goes_on(on=on))
        bar.title_clicked.connect(self.to_spoken)
        bar.back_wanted.connect(self.to_spoken)
        bar.closed.connect(self.stop)
        bar.voices.aboutToShow.connect(
            lambda: bar.fill_voices(player.voices, player.voice, goes_on=self.goes_on)
        )

    def wire(self, view: ReaderView) -> None:
        """Watch a page's view; again when its engine was ended and made anew."""
        if view is not self._view:
            self._view = view
            view.aloud_wanted.connect(self.from_point)
        mark = self._mark
        if mark is not None and mark is not self._wired:
            self._wired = mark
            mark.followed.connect(lambda _on: self._show())
            mark.touched.connect(self._on_touched)
            self._mark_sentence()

    @property
    def _mark(self) -> SpokenMark | None:
        """The mark in the page; None while its engine sleeps, or was never made."""
        return None if self._view is None else self._view.spoken

    def situation(self) -> Listening:
        """What the table of actions needs to know."""
        track = self.player.track
        return Listening(listening=track.is_open, speaking=track.is_speaking, goes_on=self.goes_on)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """With the window its voice ends, and before the library does."""
        if watched is self._window and event.type() == QEvent.Type.Close:
            self.close()
        return False

    def close(self) -> None:
        """End the voice and its thread; the place is kept."""
        self.stop()
        self.player.close()

    # what a person does

    def toggle(self) -> None:
        """Read the open article aloud from where one is; pause, and read on."""
        if self.player.track.is_open:
            self.player.toggle()
        else:
            self._start_open(lambda mark, use: mark.here(use), forced=False)

    def from_here(self) -> None:
        """Read the open article from what is selected, or from the first sentence in view."""
        self._start_open(lambda mark, use: mark.here(use), forced=True)

    def from_point(self, point: QPointF) -> None:
        """Read the open article from a point of its page."""
        self._start_open(lambda mark, use: mark.at(point, use), forced=True)

    def stop(self) -> None:
        """Be silent; the place is kept."""
        self.player.stop()
        self.article = None
        if self._mark is not None:
            self._mark.clear()

    def step(self, way: int) -> None:
        """The next sentence (1), or the one before (-1)."""
        self.player.step(way)

    def skip(self, way: int) -> None:
        """The next paragraph (1), or the beginning of this one (-1)."""
        self.player.skip(way)

    def hasten(self, way: int) -> None:
        """The next faster speed (1), or the next slower one (-1)."""
        now = self.player.speed
        if way > 0:
            speed = next((s for s in SPEEDS if s > now + 0.01), now)
        else:
            speed = next((s for s in reversed(SPEEDS) if s < now - 0.01), now)
        self.set_speed(speed)

    def set_speed(self, speed: float) -> None:
        """Speak `speed` times as fast as is ordinary, from now on."""
        self.player.set_speed(speed)
        self._keep({"aloud.speed": speed})

    def set_goes_on(self, *, on: bool) -> None:
        """Let the next article of the list follow, or no longer."""
        self.goes_on = on
        self._keep({"aloud.on": on})
        self._show()

    def to_spoken(self) -> None:
        """Show the spoken sentence, whichever article is open."""
        article = self.player.track.article
        if not article:
            return
        self._window.arranging.bring_reader()
        opened = self._window.opening.article
        if opened is None or opened.id != article:
            self._window.select(article)
        elif self._mark is not None:
            self._mark.back()

    def _set_voice(self, voice: Voice) -> None:
        self.player.set_voice(voice)
        self._keep({"aloud.voices": self.player.kept})

    def _keep(self, values: Mapping[str, object]) -> None:
        path = self._deeds.settings_file
        self._jobs.run(lambda: save(with_values(load(path), values), path))

    # beginning

    def _start_open(
        self, ask: Callable[[SpokenMark, Callable[[Here], None]], None], *, forced: bool
    ) -> None:
        article = self._window.opening.article
        if article is None:
            return
        mark = self._mark

        def begin(found: Article, speech: Speech, spot: Spot | None) -> None:
            def use(here: Here) -> None:
                self._begin(found, speech, _index(speech, here, forced=forced))

            if mark is not None and mark.shown == found.id:
                ask(mark, use)
            else:
                self._begin(found, speech, index_of(speech, spot))

        self._read(article.id, begin)

    def _read(self, article: int, use: Callable[[Article, Speech, Spot | None], None]) -> None:
        reading = self._library.reading
        self._jobs.latest(
            "speech", lambda: reading.speech(article), lambda found: use(*found), self._deeds.fail
        )

    def _begin(self, article: Article, speech: Speech, at: int) -> None:
        if not speech.sentences:
            self._deeds.say(self.tr("There is nothing to read aloud in this article."))
            return
        self.article = article
        row = self._window.model.row_of(article.id)
        self._row = row if row >= 0 else self._row
        if self._mark is not None:
            self._mark.clear()
        self.player.begin(speech, article.language, at)

    # what follows from it

    def _on_moved(self) -> None:
        self._mark_sentence()
        track = self.player.track
        if track.speech is not None:
            self._window.opening.spoken.add(track.article)
            self._set_place(progress_at(track.speech, track.at), spot_at(track.speech, track.at))

    def _set_place(self, progress: float, spot: Spot | None) -> None:
        reading, article = self._library.reading, self.player.track.article
        self._jobs.run(lambda: reading.set_progress(article, progress, spot))

    def _mark_sentence(self) -> None:
        from readlater.ui.reader.spoken import Told

        track, mark = self.player.track, self._mark
        if mark is None or track.speech is None or track.sentence is None:
            return
        sentence = track.sentence
        mark.mark(Told(track.article, len(track.speech.text), sentence.start, sentence.end))

    def _on_touched(self) -> None:
        """Who moves the page of a silent voice reads on by eye: their place counts."""
        track, mark = self.player.track, self._mark
        if mark is not None and not (track.is_speaking and track.article == mark.shown):
            self._window.opening.spoken.discard(mark.shown)

    def _look_again(self) -> None:
        """The article that is read may have got another text, or gone to the trash."""
        track = self.player.track
        if not track.is_open or track.speech is None:
            return
        reading, article = self._library.reading, track.article

        def use(found: tuple[Article, Speech, Spot | None]) -> None:
            now = self.player.track
            if now.article != article or now.speech is None:
                return
            self.article, speech, _ = found
            if self.article.trashed_at is not None or not speech.sentences:
                self.stop()
            elif speech.text != now.speech.text:
                self.player.replace(speech, index_of(speech, spot_at(now.speech, now.at)))

        def gone(_error: ReadLaterError) -> None:
            if self.player.track.article == article:
                self.stop()

        self._jobs.latest("aloud", lambda: reading.speech(article), use, gone)

    def _on_ended(self, article: int) -> None:
        row = self._window.model.row_of(article)
        self._set_place(1.0, None)
        if self._mark is not None:
            self._mark.clear()
        if self.goes_on:
            self._follow_on(row + 1 if row >= 0 else self._row)

    def _follow_on(self, row: int) -> None:
        """Read the next article of the list that has a text; a reader that is there goes along."""
        opened = self._window.opening.article
        goes_along = opened is not None and opened.id == self.player.track.article
        searching, model = self._library.searching, self._window.model
        view, ended = model.view, self.player.track.article
        rows = range(row, min(row + _FURTHER, model.rowCount()))
        known = [card.article for at in rows if (card := model.card(at)) is not None]

        def work() -> Article | None:
            # What is searched for is in the rows alone; they may not all have been looked at yet.
            is_whole = bool(view.query) or len(known) == len(rows)
            found = known if is_whole else searching.cards(view, row, _FURTHER)
            return next((a for a in found if a.status is Status.READY and a.id != ended), None)

        def use(following: Article | None) -> None:
            if following is None:
                self._deeds.say(self.tr("That was the last article of this list."))
            elif self.player.track.phase is Phase.ENDED:
                if goes_along:
                    self._window.select(following.id)
                self._read(following.id, self._begin_following)

        self._jobs.run(work, use, self._deeds.fail)

    def _begin_following(self, article: Article, speech: Speech, spot: Spot | None) -> None:
        reading = self._library.reading
        self._jobs.run(lambda: reading.mark_read(article.id))
        self._begin(article, speech, index_of(speech, spot) if article.progress < 1 else 0)

    def on_settings(self, settings: Settings) -> None:
        """Wear what the dialog of settings says."""
        self.player.set_speed(settings.aloud_speed)
        self.goes_on = settings.aloud_on
        self._show()

    def _show(self) -> None:
        """Show in the bar, the menus and the system's own player how it stands."""
        player, bar, article = self.player, self.bar, self.article
        track = player.track
        bar.setVisible(track.is_open)
        opened = self._window.opening.article
        is_here = opened is not None and opened.id == track.article
        bar.show_speaking(speaking=track.is_speaking)
        bar.show_speed(player.speed)
        bar.show_left(track.left_s(player.speed))
        bar.show_progress(progress_at(track.speech, track.at) if track.speech else 0.0)
        following = self._mark is None or self._mark.is_following
        bar.show_away(away=track.is_open and is_here and not following)
        if article is not None:
            words, tip = _title(article, is_here=is_here, is_looking=player.is_looking)
            bar.show_title(words, tip)
        self._show_media()
        if self.situation() != self._worn:
            self._worn = self.situation()
            self._deeds.changed.emit()

    def _show_media(self) -> None:
        """Let the system's media keys reach the voice while there is something to read."""
        if not self.player.track.is_open or self.article is None:
            if self._media is not None:
                self._media.close()
                self._media = None
            return
        if self._media is None:
            from readlater.ui.aloud.media import MediaKeys

            self._media = MediaKeys(self.player, self)
            self._media.raised.connect(self._window.activateWindow)
            self._media.stopped.connect(self.stop)
            self._media.speed_wanted.connect(self.set_speed)
        self._media.show(self.article)


def _index(speech: Speech, here: Here, *, forced: bool) -> int:
    """The sentence to begin with: at the end of the page that is the first, unless `forced`."""
    if here.at < 0 or (here.is_end and not forced):
        return 0
    return index_from(speech, here.at, within=here.within)


def _title(article: Article, *, is_here: bool, is_looking: bool) -> tuple[str, str]:
    """What the bar says, and its tip where a click on it leads to another article."""
    if is_looking:
        return _tr("Looking for a voice…"), ""
    title = article.title or article.url
    return ("", "") if is_here else (title, _tr("Go to “%1”").replace("%1", title))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ListenDesk", text)
