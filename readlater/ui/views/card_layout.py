"""What a card shows for a width, measured and laid out once however often it is painted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont, QFontMetrics

from readlater.article import Access, Article, Span, Status
from readlater.ui.models import said
from readlater.ui.models.cards import Card
from readlater.ui.models.thumbnails import SIDE_PX
from readlater.ui.theme import Colours, sized
from readlater.ui.views import pills
from readlater.ui.views.text_block import TextBlock, line_count

SIDE_PAD_PX: Final = 16
TOP_PX: Final = 12
BOTTOM_PX: Final = 13
BY_GAP_PX: Final = 3
BODY_GAP_PX: Final = 5
CHIPS_GAP_PX: Final = 8
LINE_GAP_PX: Final = 10
ICON_PX: Final = 14
ICON_GAP_PX: Final = 6
_THUMB_GAP_PX: Final = 12


@dataclass(frozen=True, slots=True)
class Faces:
    """The fonts of a card and the heights of their lines in pixels."""

    unread: QFont
    read: QFont
    quiet: QFont
    small: QFont
    title_px: int
    quiet_px: int

    @staticmethod
    def of(font: QFont) -> Faces:
        """The faces for the application's font: title one step up, quiet lines one down."""
        unread = sized(font, 1, weight=QFont.Weight.DemiBold)
        read, quiet = sized(font, 1, weight=QFont.Weight.Normal), sized(font, -1)
        small = sized(font, -2)
        title = max(round(unread.pixelSize() * 1.32), QFontMetrics(unread).height())
        low = max(round(quiet.pixelSize() * 1.42), QFontMetrics(quiet).height())
        return Faces(unread, read, quiet, small, title, low)

    def title(self, article: Article) -> QFont:
        """Semi-bold until it was read."""
        return self.unread if article.read_at is None else self.read

    @property
    def unknown_px(self) -> int:
        """The height of a card while it is not known what it shows."""
        return TOP_PX + self.title_px * 2 + BY_GAP_PX + self.quiet_px * 3 + BOTTOM_PX + 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all cards of a list have in common; `mirrored` where the window runs right to left."""

    faces: Faces
    colours: Colours
    today: date
    mirrored: bool


class CardLayout:
    """One card in a list of `width_px`, with room for its picture or without.

    The height is known without laying anything out; texts are laid out when first painted.
    """

    def __init__(self, card: Card, width_px: int, sheet: Sheet, *, has_thumbnail: bool) -> None:
        self.card, self.width_px, self.has_thumbnail = card, width_px, has_thumbnail
        self._sheet = sheet
        thumb = SIDE_PX + _THUMB_GAP_PX if has_thumbnail else 0
        self.text_px = max(40, width_px - 2 * SIDE_PAD_PX - thumb)
        article = card.article
        self.rtl = article.direction == "rtl" or (sheet.mirrored and not article.title)
        self.at_right = self.rtl or sheet.mirrored
        self.is_moving = said.is_moving(article, card.progress)
        self.has_pill = article.status is Status.READY and article.access not in (None, Access.FULL)
        self.has_chips = self.has_pill or bool(article.tags)

    def is_of(self, card: Card, width_px: int, *, has_thumbnail: bool) -> bool:
        """Whether it shows this card for this width still."""
        same = self.width_px == width_px and self.has_thumbnail == has_thumbnail
        return same and (self.card is card or self.card == card)

    @cached_property
    def height_px(self) -> int:
        """The height of the card, its dividing line included."""
        card, faces = self.card, self._sheet.faces
        metrics = QFontMetrics(faces.title(card.article))
        height = TOP_PX + faces.title_px * line_count(
            _plain(title_spans(card)), metrics, self.text_px, 2
        )
        if card.article.status is not Status.READY:
            height += self._state_px()
        else:
            height += BY_GAP_PX + faces.quiet_px
            quiet = QFontMetrics(faces.quiet)
            body = line_count(_plain(body_spans(card)), quiet, self.text_px, 2)
            height += BODY_GAP_PX + body * faces.quiet_px if body else 0
        if self.has_thumbnail:
            height = max(height, TOP_PX + SIDE_PX)
        if self.has_chips:
            height += CHIPS_GAP_PX + pills.row_height_px(faces.small)
        return height + BOTTOM_PX + 1

    def _state_px(self) -> int:
        faces = self._sheet.faces
        if self.is_moving:
            return BY_GAP_PX + faces.quiet_px + LINE_GAP_PX + 2
        text, _ = self.state
        metrics = QFontMetrics(faces.quiet)
        return BODY_GAP_PX + faces.quiet_px * line_count(text, metrics, self._state_room_px, 2)

    @cached_property
    def title(self) -> TextBlock:
        """The title in at most two lines."""
        faces = self._sheet.faces
        return self._block(title_spans(self.card), faces.title(self.card.article), faces.title_px)

    @cached_property
    def body(self) -> TextBlock:
        """The snippet or excerpt in at most two lines; none is empty."""
        faces = self._sheet.faces
        return self._block(body_spans(self.card), faces.quiet, faces.quiet_px)

    @cached_property
    def quiet_line(self) -> str:
        """The line under the title: where it is from, or how far it has come; cut to fit."""
        metrics, room = QFontMetrics(self._sheet.faces.quiet), self.text_px
        if self.is_moving:
            return metrics.elidedText(self.state[0], Qt.TextElideMode.ElideRight, room)
        parts = said.quiet_parts(self.card.article, QLocale(), self._sheet.today)
        return fitted(parts, metrics, room)

    @cached_property
    def state(self) -> tuple[str, str]:
        """What a card without a text says instead, and the name of its sign or ""."""
        article = self.card.article
        if article.status is Status.FAILED:
            return (said.sentence(article.problem) if article.problem else ""), "triangle-alert"
        text = said.saving_line(article, self.card.progress, QLocale())
        offline = article.problem is not None and article.problem.code == "offline"
        return text, "wifi-off" if offline else ("clock" if article.problem else "")

    @cached_property
    def state_block(self) -> TextBlock:
        """The words of `state` beside its sign."""
        faces = self._sheet.faces
        text, _ = self.state
        room, right = self._state_room_px, self._sheet.mirrored
        return TextBlock([Span(text)], faces.quiet, room, faces.quiet_px, at_right=right)

    @property
    def _state_room_px(self) -> int:
        return self.text_px - (ICON_PX + ICON_GAP_PX if self.state[1] else 0)

    def _block(self, spans: tuple[Span, ...], font: QFont, line_px: int) -> TextBlock:
        colours = self._sheet.colours
        return TextBlock(
            spans,
            font,
            self.text_px,
            line_px,
            rtl=self.rtl,
            at_right=self.at_right,
            marked=(colours.colour("mark"), colours.colour("text")),
        )


def fitted(parts: said.QuietParts, metrics: QFontMetrics, room_px: int) -> str:
    """The quiet line in `room_px`: the byline goes first, then the site is cut, the rest last."""
    whole = said.dotted(parts.site, parts.byline, *parts.facts)
    if metrics.horizontalAdvance(whole) <= room_px:
        return whole
    end = Qt.TextElideMode.ElideRight
    # What "…" leaves of a site says nothing: then the end of the line is cut.
    others_px = metrics.horizontalAdvance(said.dotted("…", *parts.facts))
    room_of_site = room_px - others_px + metrics.horizontalAdvance("…")
    site = metrics.elidedText(parts.site, end, room_of_site)
    return metrics.elidedText(said.dotted(site, *parts.facts), end, room_px)


def title_spans(card: Card) -> tuple[Span, ...]:
    """The title with what a query marked in it."""
    return card.title or (Span(said.title(card.article)),)


def body_spans(card: Card) -> tuple[Span, ...]:
    """The snippet that a query found, else the excerpt."""
    if card.snippet:
        return card.snippet
    excerpt = " ".join(card.article.excerpt.split())
    return (Span(excerpt),) if excerpt else ()


def _plain(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)
