"""The guard: addresses as they are written, as names answer them, and as the setting allows."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from fakes.web import Web, moved, page

from readlater.errors import FetchError
from readlater.net import Net
from readlater.net.guard import Guard
from readlater.net.special import BAD_PORTS, is_local_name, is_special
from readlater.net.target import Target, parse
from readlater.settings import Settings

SSRF = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "hostile" / "ssrf.jsonl"
PUBLIC = "93.184.216.34"


def answers(*addresses: str):
    """A resolver that answers every name with the same addresses, and counts its questions."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_kind: int):
        asked.append(host)
        return [
            (
                socket.AF_INET6 if ":" in a else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (a, port),
            )
            for a in addresses
        ]

    return resolve, asked


def refused(url: str, guard: Guard) -> FetchError | None:
    try:
        return guard.refusal(parse(url))
    except FetchError as error:
        return error


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.255.254"),
        *("192.0.0.192", "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1"),
        *("192.168.1.1", "192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1"),
        *("203.0.113.1", "224.0.0.251", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::ffff:0:7f00:1"),
        *("64:ff9b::10.0.0.1", "64:ff9b:1::a00:1", "100::1", "100:0:0:1::1", "2001::1"),
        *("2001:2::1", "2001:10::1", "2001:20::1", "2001:30::1", "2001:db8::1", "2002:7f00:1::"),
        *("2002:808:808::", "2620:4f:8000::1", "3fff::1", "4000::1", "5f00::1", "fc00::1"),
        *("fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1"),
    ],
)
def test_special_addresses(address: str) -> None:
    assert is_special(address)


@pytest.mark.parametrize(
    "address",
    [
        *("8.8.8.8", PUBLIC, "169.253.1.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "9.9.9.9"),
        *("2606:4700::1111", "2a00:1450::1", "2001:500::1", "64:ff9b::8.8.8.8"),
    ],
)
def test_addresses_of_the_open_internet(address: str) -> None:
    assert not is_special(address)


def test_names_of_ones_own_network() -> None:
    for name in ("nas", "localhost", "a.localhost", "printer.lan", "x.internal", "y.home.arpa"):
        assert is_local_name(name)
    for name in ("example.org", "lan.example.org", "local.news"):
        assert not is_local_name(name)


@pytest.mark.skipif(not SSRF.exists(), reason="the hostile corpus is not beside the checkout")
def test_the_corpus_of_forbidden_addresses() -> None:
    resolve, asked = answers(PUBLIC)
    records = [json.loads(line) for line in SSRF.read_text("utf-8").splitlines()]
    wrong = [
        (record["want"], record["url"])
        for record in records
        if (refused(record["url"], Guard()) is None) != (record["want"] == "allow")
        and record["want"] != "resolve"
    ]
    assert len(records) > 700
    assert wrong == []
    for record in records:
        if record["want"] == "block":
            with pytest.raises(FetchError):
                Net(Settings(), resolve=resolve).page(record["url"])
    assert asked == []  # refused before anything was looked up


@pytest.mark.parametrize(
    ("allowed", "url", "address"),
    [
        ("127.0.0.0/8", "http://127.0.0.1:81/", "127.0.0.1"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000/", "127.0.0.1"),
        ("127.0.0.1:8000", "http://localhost:8000/", "127.0.0.1"),
        ("nas:8000", "http://NAS:8000/", "192.168.1.5"),
        ("192.168.0.0/16", "http://nas/", "192.168.1.5"),
        ("[::1]:8000", "http://[::1]:8000/", "::1"),
        ("fd00::/8", "http://[fd00::5]/", "fd00::5"),
    ],
)
def test_what_the_setting_allows(allowed: str, url: str, address: str) -> None:
    target, guard = parse(url), Guard([allowed])
    assert guard.refusal(target) is None
    assert guard.passes(target.host, target.port, address)
    assert not Guard().passes(target.host, target.port, address)


@pytest.mark.parametrize(
    ("allowed", "url", "address"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8001/", "127.0.0.1"),
        ("127.0.0.1:8000", "http://127.0.0.2:8000/", "127.0.0.2"),
        ("127.0.0.0/8", "http://[::ffff:7f00:1]/", "::ffff:127.0.0.1"),
        ("nas:8000", "http://evil.example.org:8000/", "192.168.1.5"),
        ("nas:8000", "http://other:8000/", PUBLIC),
    ],
)
def test_what_the_setting_does_not_allow(allowed: str, url: str, address: str) -> None:
    target = parse(url)
    assert not Guard([allowed]).passes(target.host, target.port, address)


@pytest.mark.parametrize("port", sorted(BAD_PORTS - {0}))
def test_ports_of_other_services(port: int) -> None:
    error = Guard(["127.0.0.0/8"]).refusal(Target("http", "127.0.0.1", port, "http://x/"))
    assert error is not None
    assert error.code == "bad_address"


def test_a_name_is_judged_by_what_it_resolves_to() -> None:
    with Web(lambda _: page()).running() as web:
        resolve, asked = answers("127.0.0.1")
        with pytest.raises(FetchError) as caught:
            Net(Settings(), resolve=resolve).page(web.url(host="example.org"))
        assert caught.value.code == "private_address"
        assert caught.value.problem.args == {"host": "example.org"}
        assert asked == ["example.org"]
        assert web.asked == []


def test_the_socket_is_made_for_the_address_that_was_checked() -> None:
    """DNS rebinding: the second answer would be another one, and is never asked for."""
    with Web(lambda _: page()).running() as web:
        lists = iter((["10.0.0.1", "127.0.0.1"], ["10.0.0.1"]))
        asked = []

        def resolve(host: str, port: int, **kind: int):
            asked.append(host)
            return answers(*next(lists))[0](host, port, **kind)

        net = Net(Settings(private_addresses=(web.place,)), resolve=resolve)
        assert net.page(web.url(host="example.org")).status == 200
        assert asked == ["example.org"]
        assert len(web.asked) == 1


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:{port}/admin",
        "http://localhost:{port}/admin",
        "//127.0.0.1:{port}/admin",
        "http:\\\\127.0.0.1:{port}\\admin",
        "http://example.org@127.0.0.1:{port}/admin",
        "http://[::ffff:127.0.0.1]:{port}/admin",
        "http://2130706433:{port}/admin",
        "http://0x7f.1:{port}/admin",
        "http://%31%32%37.0.0.1:{port}/admin",
        "file:///etc/passwd",
        "http://192.168.1.1/",
    ],
)
@pytest.mark.parametrize("way", ["page", "picture"])
def test_a_redirect_inwards_is_refused(to: str, way: str) -> None:
    with Web(lambda _: page(b"SECRET")).running() as internal:
        with Web(lambda _: moved(to.format(port=internal.port))).running() as web:
            net = Net(Settings(private_addresses=(web.place,)))
            with pytest.raises(FetchError) as caught:
                getattr(net, way)(web.url())
            assert caught.value.code in ("private_address", "bad_redirect")
            assert not caught.value.passing
        assert internal.asked == []
