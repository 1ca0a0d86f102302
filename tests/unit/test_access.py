from __future__ import annotations

import dataclasses

import pytest

from readlater import words
from readlater.article import Access, Evidence
from readlater.pipeline import extract_page
from readlater.pipeline.access import Delivered, Offer, decide

PROSE = (
    "The council voted on Tuesday evening to keep the night boat running for three more years, "
    "ending a dispute that had divided the town since spring and cost two mayors their office. "
)
WHOLE = Delivered(words=320, last="The first sailing leaves on Monday.", page_words=400)
PAID = Offer(
    "To continue reading, subscribe today\n$1 a week",
    "subscribe",
    frozenset({"subscribe", "wall"}),
    after=True,
    inside=True,
)


def codes(evidence: tuple[Evidence, ...]) -> set[str]:
    return {one.code for one in evidence}


def test_a_whole_text_is_full_whatever_the_data_says() -> None:
    verdict, evidence, _ = decide(dataclasses.replace(WHOLE, free=False))
    assert verdict is Access.FULL
    assert codes(evidence) == {"says_not_free", "whole_text"}


def test_an_offer_in_the_footer_cuts_nothing() -> None:
    outside = dataclasses.replace(PAID, after=False, inside=False)
    assert decide(dataclasses.replace(WHOLE, free=False, offers=(outside,)))[0] is Access.FULL


def test_an_offer_right_after_a_short_text_is_a_preview_and_quotes_it() -> None:
    page = dataclasses.replace(WHOLE, words=60, offers=(PAID,), free=False)
    verdict, evidence, _ = decide(page)
    assert verdict is Access.PREVIEW
    assert evidence[0].code == "ends_with_prompt"
    assert evidence[0].quote == "To continue reading, subscribe today"


def test_a_free_account_asked_for_is_registration() -> None:
    free = dataclasses.replace(PAID, hits=frozenset({"register", "sign_in"}))
    assert decide(dataclasses.replace(WHOLE, words=60, offers=(free,)))[0] is Access.REGISTRATION


def test_a_text_that_breaks_off_before_an_offer_is_no_full_one() -> None:
    offer = dataclasses.replace(PAID, text="Already a subscriber? Sign in")
    page = Delivered(words=40, last="fewer than forty…", page_words=80, free=True, offers=(offer,))
    verdict, evidence, _ = decide(page)
    assert verdict is Access.PREVIEW
    assert {"ends_mid_sentence", "prompt_after", "says_free"} <= codes(evidence)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 503])
def test_an_error_status_is_never_called_full(status: int) -> None:
    verdict, evidence, _ = decide(dataclasses.replace(WHOLE, words=90, status=status))
    assert verdict is not Access.FULL
    assert "status" in codes(evidence)


@pytest.mark.parametrize(
    ("body", "access"),
    [
        ("<title>Just a moment...</title><h1>Verify you are human</h1>", Access.BOT_WALL),
        ("<h1>Access denied</h1><p>You don't have permission to access this.", Access.BOT_WALL),
        ("<h1>Bitte bestätigen Sie, dass Sie ein Mensch sind</h1>", Access.BOT_WALL),
        (
            '<div role="dialog"><h2>Wir verwenden Cookies</h2><button>Alle akzeptieren</button>',
            Access.CONSENT_WALL,
        ),
        (
            '<h1>A boat returns</h1><form action="/login"><p>Please log in</p>'
            '<input type="password"><button>OK</button></form>',
            Access.SIGN_IN,
        ),
        ("<h1>Page not found</h1><p>It may have moved.", Access.UNKNOWN),
        ('<div id="root"></div><script>start()</script>', Access.UNKNOWN),
        (
            f"<article><h1>A boat returns</h1><p>{PROSE}</p><p>{PROSE}</p>"
            '<div class="box"><h3>Jetzt weiterlesen</h3><p>Vier Wochen für 1 Euro testen</p>'
            '<a href="/abo">Sind Sie bereits Abonnent?</a></div></article>',
            Access.PREVIEW,
        ),
        (
            f"<article><h1>A boat returns</h1><p>{PROSE}</p><p>{PROSE}</p>"
            '<div class="box"><h3>Créez un compte gratuit pour lire la suite</h3>'
            '<a href="/login">Déjà inscrit ? Se connecter</a></div></article>',
            Access.REGISTRATION,
        ),
        (f"<article><h1>A boat returns</h1><p>{PROSE}</p></article>", Access.FULL),
    ],
)
def test_pages_get_the_verdict_that_a_reader_would_give(body: str, access: Access) -> None:
    got = extract_page(f"<html lang=en><body>{body}</body></html>", "https://e.example/a")
    assert got.access is access, got.evidence
    assert got.evidence
    assert all(words.evidence_sentence(one) for one in got.evidence)


def test_a_wall_gives_no_text() -> None:
    got = extract_page(
        "<h1>Are you a robot?</h1><p>Please verify you are human.</p>", "https://e.example"
    )
    assert (got.text, got.html) == ("", "")
