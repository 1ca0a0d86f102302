from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlater.article import Problem
from readlater.library.intake import Intake, Offer, count, decide
from readlater.net import urls
from readlater.words import sentence

A, B = "https://a.org/x", "https://b.org/y?gift=1"
LINK = f'<a href="{A}">A title</a>'


@pytest.mark.parametrize(
    ("offer", "intake"),
    [
        (Offer(text=f"see {A} and {B}"), Intake(links=(A, B))),
        (Offer(urls=(A, B, A)), Intake(links=(A, B))),
        # A browser's link: its address, its title as text, and an anchor as HTML.
        (Offer(urls=(A,), text="A title", html=LINK), Intake(links=(A,))),
        # The list wins over the text, the text over the HTML.
        (Offer(urls=(A,), text=B), Intake(links=(A,))),
        (Offer(text=B, html=LINK), Intake(links=(B,))),
        (Offer(text="A title", html=LINK), Intake(links=(A,))),
        (Offer(text="A title", html=f"<p>More {LINK}</p>"), Intake(problem=Problem("no_link"))),
        # A linked picture is a link; a picture alone is none.
        (Offer(urls=(A,), html=f"<a href='{A}'><img src=p.png></a>", has_image=True),
         Intake(links=(A,))),
        (Offer(has_image=True), Intake(problem=Problem("pasted_picture"))),
        (Offer(has_image=True, html="<img src='x'>"), Intake(problem=Problem("pasted_picture"))),
        (Offer(urls=("https://a.org/p.jpg?w=9",), has_image=True),
         Intake(problem=Problem("pasted_picture"))),
        (Offer(urls=("https://a.org/p?a=1&b",), html='<img src="https://a.org/p?a=1&amp;b">',
               has_image=True), Intake(problem=Problem("pasted_picture"))),
        # What was dragged out of this window is not saved again.
        (Offer(urls=(A,), text=A, own=True), Intake()),
        (Offer(), Intake(problem=Problem("no_link"))),
        (Offer(text="no link"), Intake(problem=Problem("no_link"))),
        (Offer(urls=("ftp://a.org/x",)), Intake(problem=Problem("not_http",
                                                                {"address": "ftp://a.org/x"}))),
        # A list with nothing to save in it leaves the text to count.
        (Offer(urls=("javascript:alert(1)",), text=A), Intake(links=(A,))),
    ],
)  # fmt: skip
def test_what_a_paste_or_a_drop_is(offer: Offer, intake: Intake) -> None:
    assert decide(offer) == intake
    assert count(offer) == len(intake.links)


def test_files_of_this_computer_are_files() -> None:
    offer = Offer(
        urls=(
            "file:///home/me/A%20story%23.html",
            "file://localhost/tmp/b.mhtml",
            "file:///C:/Users/me/c.url",
            "file:///caf%E9.html",
            "file://elsewhere/share/d.html",
            "file:///zero%00.html",
            A,
        ),
        text="A story.html",
    )
    intake = decide(offer)
    assert intake.files == (
        Path("/home/me/A story#.html"),
        Path("/tmp/b.mhtml"),
        Path("C:/Users/me/c.url"),
        Path("/caf\udce9.html"),
    )
    assert intake.links == (A,)
    assert count(offer) == 5


def test_an_address_keeps_its_token_and_its_escapes() -> None:
    given_address = "https://a.org/x%2Fy?token=%3D&q=a+b#part"
    assert decide(Offer(urls=(given_address,))).links == (given_address,)


ANY = st.text() | st.sampled_from([A, LINK, "file:///a", "www.a.org", "<img src=x>", "http://["])


@given(
    st.builds(Offer, ANY, ANY, st.lists(ANY, max_size=3).map(tuple), st.booleans(), st.booleans())
)
def test_every_offer_is_links_files_or_one_problem(offer: Offer) -> None:
    intake = decide(offer)
    assert all(urls.is_web(link) for link in intake.links)
    if offer.own:
        assert intake == Intake()
    else:
        assert (intake.problem is None) == bool(intake.links or intake.files)
    if intake.problem:
        assert sentence(intake.problem)
