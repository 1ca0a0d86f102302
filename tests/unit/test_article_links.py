"""The links of an article's text, and the articles one has of them."""

from __future__ import annotations

from site_server import Site, article

from readlater.library import Library
from readlater.library.article_links import ArticleLink, links_of


def test_links_come_once_in_order_with_their_words() -> None:
    html = (
        '<p><a href="https://a.example/1?x=1&amp;y=2" title="T">The <b>first</b></a> and '
        '<a href="mailto:a@b.example">mail</a>, <a href="#rl-note">a note</a>, '
        '<a id="rl-x" href="https://a.example/2"><img alt="A gate" src="https://a.example/g.png">'
        '</a> and <a href="https://a.example/1?x=1&amp;y=2">again</a></p>'
    )
    assert links_of(html) == (
        ArticleLink("https://a.example/1?x=1&y=2", "The first"),
        ArticleLink("https://a.example/2", "A gate"),
    )


def test_a_link_knows_the_article_one_has_of_it(site: Site, library: Library) -> None:
    site.pages["/gate"] = article("Gate", "Gate")
    more = f'<p>See <a href="{site.url("/gate?utm_source=x")}">the gate</a> and '
    more += f'<a href="{site.url("/none")}">nothing</a> for all the rest of what happened.</p>'
    site.pages["/wall"] = article("Wall", "Wall", after=more)
    gate = library.saving.add([site.url("/gate")]).outcomes[0].id
    wall = library.saving.add([site.url("/wall")]).outcomes[0].id
    while library.fetching.step():
        pass
    found = {link.text: link.held for link in library.reading.links(wall)}
    assert found == {"the gate": gate, "nothing": 0}
    assert library.reading.held(site.url("/gate#part")) == gate
    library.tidying.trash([gate])
    assert library.reading.held(site.url("/gate")) == 0
    assert library.reading.held("not a link") == 0
