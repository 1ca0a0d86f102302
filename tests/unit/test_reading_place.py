"""Where one is in an article and its own typography: kept, told, and gone with the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from readlater import settings
from readlater.article import Changes, Place, Spot, View
from readlater.errors import SettingsError
from readlater.library import Library, open_library
from readlater.ui.reader.look import Look

BODY = b"<html lang=en><title>Tides</title><article>" + b"".join(
    b"<p>The tide tables of the old harbour say what the water will do, day %d.</p>" % n
    for n in range(12)
)


@pytest.fixture
def article(library: Library) -> int:
    library.saving.add_page(BODY, "https://tides.example/tables", "text/html")
    while library.fetching.step():
        pass
    return library.searching.cards(View(), 0, 1)[0].id


def held(library: Library, place: Place) -> int:
    return library.searching.counts().places[place]


def test_the_place_and_the_typography_of_an_article_are_kept(
    library: Library, article: int, tmp_path: Path
) -> None:
    spot = Spot(120, "what the water ", "will do, day 1")
    library.reading.set_progress(article, 0.4, spot)
    library.reading.set_typography(article, {"reader.size_px": 24})
    again = open_library(tmp_path / "library")
    page = again.reading.page(article)
    assert (page.spot, page.article.progress) == (spot, 0.4)
    assert page.typography == {"reader.size_px": 24}
    again.reading.set_typography(article, {})
    again.reading.set_progress(article, 0.0, None)
    page = again.reading.page(article)
    assert (page.spot, dict(page.typography)) == (None, {})
    again.close()


def test_what_one_has_begun_waits_in_continue(library: Library, article: int) -> None:
    told: list[Changes] = []
    library.subscribe(lambda event: told.append(event) if isinstance(event, Changes) else None)
    assert held(library, Place.CONTINUE) == 0
    library.reading.set_progress(article, 0.3)
    library.reading.set_progress(article, 0.6)
    assert held(library, Place.CONTINUE) == 1
    library.reading.set_progress(article, 1.0)
    assert held(library, Place.CONTINUE) == 0
    assert [changes.membership for changes in told] == [True, False, True]
    library.reading.set_progress(article, 0.5)
    library.tidying.archive([article])
    assert held(library, Place.CONTINUE) == 0


def test_nothing_is_kept_of_an_article_that_is_gone(library: Library, article: int) -> None:
    library.reading.set_typography(article, {"reader.size_px": 24})
    library.tidying.trash([article])
    library.tidying.empty_trash()
    library.reading.set_typography(article, {"reader.size_px": 30})
    library.reading.set_progress(article, 0.5, Spot(1))
    assert library.caring.doctor().sound


def test_a_look_is_made_of_settings_and_becomes_them_again() -> None:
    look = Look(theme="sepia", face="DejaVu Serif", size_px=24, measure=50, justify=True)
    made = settings.with_values(settings.Settings(), look.values())
    assert Look.of(made) == look
    assert Look.of(settings.Settings(), {"reader.size_px": 30}) == Look(size_px=30)
    assert Look.of(settings.Settings()) == Look()


def test_the_sizes_have_ends() -> None:
    look = Look()
    for _ in range(40):
        look = look.resized(1)
    assert look.size_px == 48
    for _ in range(40):
        look = look.resized(-1)
    assert look.size_px == 12
    assert look.resized(0) == Look()
    assert Look(size_px=23).resized(1).size_px > 23


@pytest.mark.parametrize("face", ["", "  ", "a\nb\x00", "x" * 101])
def test_a_face_is_a_name(face: str) -> None:
    with pytest.raises(SettingsError):
        settings.parse("reader.face", face)


def test_the_name_of_a_face_cannot_leave_its_string() -> None:
    assert Look(face='Evil"; } * { x').properties()["--own"] == '"Evil\\"; } * { x",'
