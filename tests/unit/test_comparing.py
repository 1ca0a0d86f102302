"""The page as it came, out of the library."""

from __future__ import annotations

import pytest
from site_server import Reply, Site, article, png

from readlater.article import Access
from readlater.errors import InputError
from readlater.library import Library

REST = "What nobody in the harbour had been told is that the engine was condemned long ago."
STYLED = "<link rel=stylesheet href=/main.css>"


def save(site: Site, library: Library, path: str) -> int:
    (row,) = library.saving.add([site.url(path)]).ids
    while library.fetching.step():
        pass
    return row


def test_the_page_comes_with_its_rooms_and_its_stored_pictures(
    site: Site, library: Library
) -> None:
    site.pages["/boat.png"] = Reply(png(), content_type="image/png")
    figure = "<figure><img src=/boat.png alt='The boat'><figcaption>A boat</figcaption></figure>"
    site.pages["/sea"] = article("The wall", after=figure + "<img src=//x.example/ad.gif alt=Ad>")
    row = save(site, library, "/sea")
    made = library.comparing.original(row)
    (part,) = made.parts
    assert part.url == site.url("/sea")
    assert "<nav>" in part.html
    assert "All rights kept" in part.html
    assert 'src="/asset/' in part.html
    assert "boat.png" not in part.html
    assert '<span class="rl-missing">Ad</span>' in part.html
    assert made.size_bytes == len(site.pages["/sea"].body)  # type: ignore[union-attr]
    assert made.came_at > 0


def test_the_reader_s_word_opens_nothing(site: Site, library: Library) -> None:
    """A copy that a person calls whole is still what the page's own signs say."""
    wall = "<div class='paywall-offer'><h2>Subscribe to continue reading</h2></div>"
    page = article("Cut", head=STYLED, paragraphs=2, after=f"<p>And then there was the</p>{wall}")
    body = page.body.replace(
        b"</body>", f"<div class=comment-list><p>{REST}</p></div></body>".encode()
    )
    site.pages["/cut"] = Reply(body)
    row = save(site, library, "/cut")
    assert REST not in library.reading.text(row)
    assert library.reading.article(row).access is not Access.FULL
    library.correcting.say([row], Access.FULL)
    with pytest.raises(InputError, match="raw_unsure"):
        library.comparing.original(row)


def test_a_block_put_back_is_marked_as_before(site: Site, library: Library) -> None:
    offer = (
        "<div class='newsletter-signup'><h3>Sign up for our newsletter</h3>"
        "<p>Get the best of our harbour stories in your inbox. Subscribe to the newsletter.</p>"
        "<form><input type=email><button>Sign up</button></form></div>"
    )
    site.pages["/sea"] = article("The wall", paragraphs=6, after=offer)
    row = save(site, library, "/sea")
    (block,) = library.reading.removed(row)
    mark = f'data-taken="{block.fingerprint}"'
    out = library.comparing.original(row)
    assert mark in out.parts[0].html
    assert out.back == frozenset()
    library.correcting.put_back(row, [block.fingerprint])
    back = library.comparing.original(row)
    assert mark in back.parts[0].html
    assert back.back == {block.fingerprint}


def test_the_pages_of_an_article_come_in_their_order(site: Site, library: Library) -> None:
    for number in (1, 2, 3):
        pager = "".join(f"<a href=/long?page={n}>{n}</a> " for n in (1, 2, 3))
        following = f"<link rel=next href=/long?page={number + 1}>" if number < 3 else ""
        site.pages["/long" if number == 1 else f"/long?page={number}"] = article(
            "Long", f"Page{number}", head=following, after=f"<nav class=pagination>{pager}</nav>"
        )
    row = save(site, library, "/long")
    parts = library.comparing.original(row).parts
    assert len(parts) == 3
    for number, part in enumerate(parts, 1):
        assert f"Page{number} Part 0" in part.html


def test_what_has_no_page_says_so(site: Site, library: Library) -> None:
    with pytest.raises(InputError, match="no_such_article"):
        library.comparing.original(99)
    (row,) = library.saving.add([site.url("/later")]).ids
    with pytest.raises(InputError, match="no_text_yet"):
        library.comparing.original(row)
