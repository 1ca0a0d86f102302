"""Damage of every kind, and what the doctor makes of it."""

from __future__ import annotations

from site_server import Reply, Site, article, png

from readlater.article import Place, Status, View
from readlater.library import Library
from readlater.storage.connection import Store


def work(library: Library) -> None:
    while library.fetching.step():
        pass


def damage(library: Library, statement: str) -> None:
    store = Store(library.folder)
    with store.write() as connection:
        connection.execute(statement)
    store.close()


def codes(library: Library) -> list[tuple[str, int, bool]]:
    return [(f.code, f.count, f.mended) for f in library.caring.doctor().findings]


def saved(library: Library, site: Site) -> int:
    site.pages["/sea-1"] = article("The wall", "otters", after="<img src=/a.png alt=x>")
    site.pages["/a.png"] = Reply(png(), content_type="image/png")
    (row,) = library.saving.add([site.url("/sea-1")]).ids
    work(library)
    assert codes(library) == []
    return row


def test_a_damaged_article_is_made_anew_from_its_page(library: Library, site: Site) -> None:
    row = saved(library, site)
    site.stop()
    for column in ("html", "text", "extracted"):
        damage(library, f"UPDATE copy SET {column} = x'010203'")
        assert library.searching.find(View(Place.ALL, query="otters"), ranked=True)
        assert codes(library) == [("damaged_copies", 1, True)]
        assert codes(library) == []
        assert "otters" in library.reading.text(row)


def test_a_damaged_page_leaves_the_article_whole(library: Library, site: Site) -> None:
    row = saved(library, site)
    site.stop()
    damage(library, "UPDATE copy SET body = x'010203'")
    assert codes(library) == [("damaged_copies", 1, True)]
    assert codes(library) == []
    assert "otters" in library.reading.text(row)


def test_another_copy_serves_where_one_is_lost(library: Library, site: Site) -> None:
    row = saved(library, site)
    site.pages["/sea-1"] = article("The wall", "badgers")
    library.saving.refetch([row])
    work(library)
    assert "badgers" in library.reading.text(row)
    damage(library, "UPDATE copy SET body = x'01', html = x'01' WHERE id = 2")
    assert codes(library) == [("damaged_copies", 1, True)]
    assert "otters" in library.reading.text(row)


def test_what_is_lost_is_fetched_again_and_never_called_mended(
    library: Library, site: Site
) -> None:
    row = saved(library, site)
    damage(library, "UPDATE copy SET body = x'01', html = x'01'")
    assert codes(library) == [("damaged_copies", 1, False)]
    work(library)
    assert codes(library) == []
    assert "otters" in library.reading.text(row)


def test_a_lost_page_without_an_address_stays_a_finding(library: Library) -> None:
    (row,) = library.saving.add_page(article("Nameless").body).ids
    work(library)
    damage(library, "UPDATE copy SET body = x'01', html = x'01'")
    assert codes(library)[0] == ("damaged_copies", 1, False)
    assert codes(library) == [("lost_copies", 1, False)]
    held = library.reading.article(row)
    assert held.status is Status.FAILED
    assert held.problem is not None
    assert held.problem.code == "copy_lost"


def test_a_damaged_index_is_written_anew(library: Library, site: Site) -> None:
    saved(library, site)
    damage(library, "INSERT INTO body_index(body_index) VALUES('delete-all')")
    damage(library, "INSERT INTO title_index(title_index) VALUES('delete-all')")
    assert codes(library) == [("index", 2, True)]
    assert codes(library) == []
    for query in ("otters", "wall"):
        assert library.searching.find(View(Place.ALL, query=query), ranked=True)


def test_a_retry_of_a_saved_page_reads_it_again(library: Library, site: Site) -> None:
    (row,) = library.saving.add_page(article("Nameless").body).ids
    work(library)
    library.saving.refetch([row])
    work(library)
    assert library.reading.article(row).title == "Nameless"
    assert site.asked == []
