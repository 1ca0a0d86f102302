import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlater.errors import InputError
from readlater.net import urls
from readlater.words import sentence

HOSTILE = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "hostile"


@pytest.mark.parametrize(
    ("given_text", "address"),
    [
        ("https://example.org/a?b=1&token=x#part", "https://example.org/a?b=1&token=x#part"),
        ("  \ufeffhttps://example.org/a\u200b\n", "https://example.org/a"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("example.org/path", "https://example.org/path"),
        ("//example.org/path", "https://example.org/path"),
        ("HTTP://Example.ORG/Path", "http://example.org/Path"),
        ("https:example.org/x", "https://example.org/x"),
        ("https:\\\\example.org\\x?y=\\z", "https://example.org/x?y=\\z"),
        ("example.org:8080/x", "http://example.org:8080/x"),
        ("localhost:8000/x", "http://localhost:8000/x"),
        ("192.168.1.7/x", "http://192.168.1.7/x"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("https://example.org", "https://example.org"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/日本", "https://example.org/日本"),
        ("https://例え.jp/記事", "https://xn--r8jz45g.jp/記事"),
        ("https://Faß.de/", "https://xn--fa-hia.de/"),
        ("https://i❤️.ws/", "https://xn--i-7iq.ws/"),
        ("https://me:pw@example.org/", "https://me:pw@example.org/"),
        ("https://good.org@evil.org/", "https://good.org@evil.org/"),
        ("https://evil.org\\@good.org/", "https://evil.org/@good.org/"),
    ],
)
def test_an_address_is_what_was_given_made_absolute(given_text: str, address: str) -> None:
    assert urls.normalise(given_text) == address
    assert urls.normalise(address) == address


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "hello", "hello world", "e.g", "3.14", "me@example.org", "http://", "https:///",
        "https://a..b/", "https://exa mple.org/", "https://example.org:99999/", "https://%zz.org/",
        "http://[::1", "http://[::1%25eth0]/", "http://0x7f.1/", "http://2130706433/",
        "http://0177.0.0.1/", "https://xn--a/", "https://a.org/\x00x", "https://a.org/\ud800",
        "https://" + "a" * 64 + ".org/", "https://a.org/" + "x" * 40_000,
        "example.org/x and more words",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InputError) as caught:
        urls.normalise(text)
    assert caught.value.code == "bad_address"
    assert len(sentence(caught.value.problem)) < 300
    assert not urls.is_web(text)
    assert urls.host(text) == ""


@pytest.mark.parametrize(
    "text", ["ftp://example.org/x", "file:///etc/passwd", "javascript:alert(1)", "mailto:a@b.org"]
)
def test_other_schemes_are_not_http(text: str) -> None:
    with pytest.raises(InputError) as caught:
        urls.normalise(text)
    assert caught.value.code == "not_http"
    assert not urls.is_web(text)


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/2024/a-story",
        "https://www.example.org/2024/a-story/",
        "https://EXAMPLE.org:443/2024/a-story",
        "http://example.org:80/2024/a-story",
        "https://example.org./2024/a-story",
        "https://example.org/2024/a%2Dstory#comments",
        "https://example.org/2024/x/../a-story?",
        "https://example.org/2024/%2e/a-story#:~:text=words",
        "https://example.org/2024/a-story?utm_source=x&UTM_Medium=y&fbclid=z&mc_cid=1",
        "https://example.org/2024/a-story?unlocked_article_code=1.ab.cd&smid=url-share",
        "https://example.org/2024/a-story?sharetype=gift&token=6f&accessToken=zw",
        "https://example.org/2024/a-story?gift=abc",
        "https://me:pw@example.org/2024/a-story",
    ],
)
def test_these_are_one_article(other: str) -> None:
    assert urls.key(other) == urls.key("https://example.org/2024/a-story")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://blog.example.org/a"),
        ("https://example.org/a", "https://example.org:8443/a"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/?a=1&b=2", "https://example.org/?b=2&a=1"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/#!/a", "https://example.org/#!/b"),
        ("https://example.org/#/a", "https://example.org/#/b"),
        # A share code that alone says which page it is, and a search for a gift.
        ("https://example.org/share?shareId=a", "https://example.org/share?shareId=b"),
        ("https://example.org/2024-a?tag=gift", "https://example.org/2024-a?tag=hat"),
        ("https://example.org/view-1?token=a", "https://example.org/view-1?token=b"),
        # A parameter that only tracks on the host that is named in the list.
        ("https://example.org/watch?si=1", "https://example.org/watch?si=2"),
        ("https://notyoutu.be/watch?si=1", "https://notyoutu.be/watch?si=2"),
        ("https://example.org/emailWebview?mkt_tok=1", "https://example.org/emailWebview"),
    ],
)
def test_these_are_two_articles(one: str, other: str) -> None:
    assert urls.key(one) != urls.key(other)


def test_escapes_and_blanks_written_otherwise_are_the_same() -> None:
    written = urls.key("https://example.org/日 本?q=a+b")
    assert written == urls.key("https://example.org/%e6%97%a5%20%E6%9C%AC?q=a%20b")
    assert urls.key("https://example.org/日?gift=1") == urls.key("https://example.org/%E6%97%A5")
    assert urls.key("https://example.org/a%20b?gift=1") == "example.org/a%20b"
    assert urls.key("https://example.org/share?gift=1") == "example.org/share?gift=1"


def test_listed_hosts_cover_the_hosts_below_them() -> None:
    assert urls.key("https://m.youtube.com/watch?v=1&si=2") == "m.youtube.com/watch?v=1"
    assert urls.key("https://youtu.be/1?si=2") == "youtu.be/1"


def test_a_gift_link_shows_itself_by_general_words() -> None:
    story = "https://example.org/2024/a-story"
    for query in (
        "unlocked_article_code=1", "gift=x", "giftToken=x", "share_code=9", "shareToken=9",
        "accessToken=x", "reflink=webshare_permalink", "sharetype=gift", "friend_link=1",
    ):  # fmt: skip
        assert urls.is_gift(f"{story}?{query}"), query
    for query in ("", "id=1", "q=gift", "shift=2", "utm_medium=share", "page=2", "tag=share"):
        assert not urls.is_gift(f"{story}?{query}"), query


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.example.org:8080/x", "example.org"),
        ("https://www.org/", "www.org"),
        ("https://xn--r8jz45g.jp/", "例え.jp"),
        ("https://xn--mnchen-3ya.de/", "münchen.de"),
        ("https://xn--e1afmkfd.xn--p1ai/", "пример.рф"),
        # Cyrillic that looks like a Latin name, and a Latin name with one Cyrillic letter.
        ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),
        ("https://p\u0430ypal.com/", "xn--pypal-4ve.com"),
        ("https://example.org@evil.net/", "evil.net"),
    ],
)
def test_a_host_is_shown_so_that_it_cannot_pass_for_another(url: str, shown: str) -> None:
    assert urls.host(url) == shown


def _records(name: str, field: str) -> list[dict[str, str]]:
    file = HOSTILE / name
    if not file.is_file():
        pytest.skip(f"the corpus {name} is not beside this checkout")
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
    return [record | {"input": record[field]} for record in records]


@pytest.mark.parametrize(
    ("name", "field"), [("urls.jsonl", "input"), ("ssrf.jsonl", "url"), ("text.jsonl", "text")]
)
def test_hostile_addresses_are_a_value_or_an_input_error(name: str, field: str) -> None:
    for record in _records(name, field):
        text = record["input"]
        urls.host(text)
        urls.is_gift(text)
        try:
            address = urls.normalise(text)
        except InputError:
            assert not urls.is_web(text)
            continue
        assert urls.normalise(address) == address
        assert urls.is_web(address)
        assert urls.key(address) == urls.key(text)


def test_no_address_leads_to_another_host_than_in_a_browser() -> None:
    compared = 0
    for record in _records("urls.jsonl", "input"):
        # `http:name` alone is read against the page it stands in, which a paste has not.
        if not record["input"].strip().lower().startswith(("http://", "https://")):
            continue
        try:
            address = urls.normalise(record["input"])
        except InputError:
            continue
        if "href" in record:
            compared += 1
            assert urlsplit(address).hostname == urlsplit(record["href"]).hostname
            assert urls.key(address) == urls.key(record["href"])
        else:
            assert "failure" not in record, address
    assert compared > 40


@given(st.text() | st.text("htps:/\\.@[]%?#&=xn-1a ").map("http://".__add__))
def test_any_text_is_an_address_or_an_input_error(text: str) -> None:
    urls.host(text)
    urls.is_gift(text)
    try:
        address = urls.normalise(text)
    except InputError as error:
        sentence(error.problem).encode("utf-8")
        return
    assert urls.normalise(address) == address
    assert urls.key(address) == urls.key(text)
    assert urls.host(address)
    # What the client's parser will see is the host that was decided on here.
    assert urlsplit(address).hostname
