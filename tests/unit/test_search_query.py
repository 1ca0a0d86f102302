import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlater.storage.query import Query, Term, expression, parse


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", Query()),
        (' "" - -- * ( ) AND:', Query(words=(Term(("and",)),))),
        ("Climate cha", Query(words=(Term(("climate",)), Term(("cha",), prefix=True)))),
        ("climate ", Query(words=(Term(("climate",)),))),
        ('"two words" x ', Query(words=(Term(("two", "words")), Term(("x",))))),
        ('"still typ', Query(words=(Term(("still", "typ"), prefix=True),))),
        ("“curly quotes”", Query(words=(Term(("curly", "quotes")),))),
        ("don't", Query(words=(Term(("don", "t"), prefix=True),))),
        ("a -b ", Query(words=(Term(("a",)),), excluded=(Term(("b",), excluded=True),))),
        ("well-known --help ", Query(words=(Term(("well", "known")), Term(("help",))))),
        ("tag:News ", Query(filters=(Term(("news",), "tags"),))),
        ('tag:"long reads"', Query(filters=(Term(("long", "reads"), "tags"),))),
        ("-site:example.org ", Query(excluded=(Term(("example", "org"), "site", excluded=True),))),
        ("tag: a ", Query(words=(Term(("a",)),))),
        ("http://x.org ", Query(words=(Term(("http", "x", "org")),))),
        ("clim* a ", Query(words=(Term(("clim",), prefix=True), Term(("a",))))),
        ("a a A ", Query(words=(Term(("a",)),))),
    ],
)
def test_reads_what_is_typed(typed: str, query: Query) -> None:
    assert parse(typed) == query


def test_says_it_in_fts5s_language() -> None:
    parsed = parse("AND 東京都 東 exa")
    assert expression(parsed.words) == '("and") AND ("東京 京都") AND ("東" *) AND ("exa" *)'
    assert expression(parse("by:le guin ").filters) == '(byline : "le")'
    assert expression(parse("art").words, exact_first=True) == '(("art" OR "art" *))'


@settings(deadline=None)
@given(st.text(st.characters(categories=None, exclude_categories=())))
def test_anything_typed_is_a_query(typed: str) -> None:
    parsed = parse(typed)
    expression((*parsed.words, *parsed.filters, *parsed.excluded)).encode()


def test_a_pasted_page_is_cut() -> None:
    parsed = parse(" ".join(f"word{number}" for number in range(10_000)))
    assert len(parsed.words) == 16
