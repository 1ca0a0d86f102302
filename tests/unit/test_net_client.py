"""The client against a real server on loopback: what it says, follows, keeps and gives up on."""

from __future__ import annotations

import base64
import contextlib
import gzip
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import truststore
from fakes.web import Asked, Web, moved, page

from readlater import words
from readlater.errors import FetchError
from readlater.net import Net
from readlater.net.requesting import accept_language
from readlater.net.watch import Turns, Watch
from readlater.settings import Settings

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def net(web: Web, **values: object) -> Net:
    return Net(Settings(private_addresses=("127.0.0.0/8",), **values))  # type: ignore[arg-type]


def failure(client: Net, url: str, **rest: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client.page(url, **rest)  # type: ignore[arg-type]
    assert words.sentence(caught.value.problem)
    return caught.value


def resolving(error: OSError | None = None, wait: threading.Event | None = None):
    def resolve(host: str, port: int, **_kind: int):
        if wait:
            wait.wait()
        raise error or socket.gaierror(socket.EAI_AGAIN, "again")

    return resolve


def test_a_page_comes_with_its_headers_but_without_cookies() -> None:
    body = gzip.compress(b"<!doctype html><p>Text")
    answer = page(body, Content_Encoding="gzip", Set_Cookie="a=b", X_Kept="yes")
    with Web(lambda _: answer).running() as web:
        came = net(web).page(web.url("/a?b=c#part"))
    assert (came.url, came.status) == (web.url("/a?b=c"), 200)
    assert came.body == b"<!doctype html><p>Text"
    assert came.content_type == "text/html"
    assert ("x-kept", "yes") in came.headers
    assert "set-cookie" not in dict(came.headers)


def test_a_request_says_truly_who_asks() -> None:
    with Web(lambda _: page()).running() as web:
        net(web).page(web.url("/ä b?q=ü"))
    (asked,) = web.asked
    assert asked.target == "/%C3%A4%20b?q=%C3%BC"
    assert asked.headers["user-agent"].startswith("Readlater/")
    assert "Mozilla" not in asked.headers["user-agent"]
    assert asked.headers["accept"].startswith("text/html")
    assert asked.headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert "en" in asked.headers["accept-language"]
    assert not asked.headers.keys() & {"cookie", "authorization", "referer"}


@pytest.mark.parametrize(
    ("environ", "current", "expected"),
    [
        ({"LANG": "de_AT.UTF-8"}, "", "de-AT,de;q=0.9,en;q=0.3"),
        ({"LANG": "C.UTF-8"}, "", "en"),
        ({"LC_ALL": "ja_JP", "LANG": "de_DE"}, "", "ja-JP,ja;q=0.9,en;q=0.3"),
        ({"LANGUAGE": "fr:en_GB", "LANG": "fr_FR"}, "", "fr,en-GB;q=0.9,en;q=0.8,fr-FR;q=0.7"),
        ({}, "pt_BR", "pt-BR,pt;q=0.9,en;q=0.3"),
        ({}, "", "en"),
    ],
)
def test_the_languages_of_the_person(environ: dict[str, str], current: str, expected: str) -> None:
    assert accept_language(environ, current) == expected


def test_any_status_is_a_response() -> None:
    with Web(lambda _: page(status="404 Not Found")).running() as web:
        assert net(web).page(web.url()).status == 404


def test_redirects_are_followed_and_cookies_live_as_long() -> None:
    def answer(asked: Asked) -> bytes:
        if asked.headers.get("cookie") == "gate=1":
            return page(b"in")
        return moved("/in", Set_Cookie="gate=1; Path=/")

    with Web(answer).running() as web:
        client = net(web)
        assert client.page(web.url("/")).url == web.url("/in")
        assert client.page(web.url("/in")).body == b"in"  # to itself, once the cookie is set
    assert [asked.headers.get("cookie") for asked in web.asked] == [None, "gate=1"] * 2


@pytest.mark.parametrize("status", ["301 M", "302 M", "303 M", "307 M", "308 M"])
def test_relative_addresses_of_redirects(status: str) -> None:
    def answer(asked: Asked) -> bytes:
        return moved("../b/ü", status) if asked.target == "/x/y/z" else page()

    with Web(answer).running() as web:
        assert net(web).page(web.url("/x/y/z")).url == web.url("/x/b/%FC")  # its Latin-1 byte


def test_redirects_end() -> None:
    def endless(asked: Asked) -> bytes:
        return moved(f"{asked.target}x")

    with Web(endless).running() as web:
        assert failure(net(web), web.url()).code == "too_many_redirects"
        assert len(web.asked) == 11
    with Web(lambda _: moved("/")).running() as web:
        assert failure(net(web), web.url()).code == "too_many_redirects"
        assert len(web.asked) == 1


@pytest.mark.parametrize("to", ["ftp://example.org/", "javascript:1", "http://[::1", "//:22/x"])
def test_a_redirect_to_what_is_no_page(to: str) -> None:
    with Web(lambda _: moved(to)).running() as web:
        assert failure(net(web), web.url()).code == "bad_redirect"


def test_the_body_of_a_redirect_is_not_read() -> None:
    def answer(asked: Asked) -> Iterator[bytes] | bytes:
        if asked.target == "/there":
            return page()
        return iter([moved("/there", Content_Length="9999999"), *[bytes(1000)] * 3])

    with Web(answer).running() as web:
        assert net(web).page(web.url()).status == 200


def test_credentials_go_to_their_own_site_alone() -> None:
    with Web(lambda _: page()).running() as other:
        with Web(lambda a: page() if a.target == "/b" else moved("/b")).running() as web:
            came = net(web).page(web.url().replace("//", "//me:p%40ss€@"))
            assert came.url == web.url("/b")
        expected = "Basic " + base64.b64encode("me:p@ss€".encode()).decode()
        assert [a.headers.get("authorization") for a in web.asked] == [expected, expected]
        with Web(lambda _: moved(other.url())).running() as web:
            net(web).page(web.url().replace("//", "//me:pass@"))
    assert "authorization" not in other.asked[0].headers


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://example.org/", "not_http"),
        ("file:///etc/passwd", "not_http"),
        ("javascript:alert(1)", "not_http"),
        ("http://", "bad_address"),
        ("http://exa mple.org/", "bad_address"),
        ("example.org", "bad_address"),
        ("", "bad_address"),
    ],
)
def test_addresses_that_cannot_be_fetched(address: str, code: str) -> None:
    assert failure(Net(Settings()), address).code == code


def test_what_is_larger_than_the_limit() -> None:
    def endless(_: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html>"
        while True:
            yield bytes(65536)

    with Web(endless).running() as web:
        error = failure(net(web, page_limit_mb=1), web.url())
        assert (error.code, error.problem.args) == ("too_large", {"limit_mb": 1})
        with pytest.raises(FetchError) as caught:
            net(web, picture_limit_mb=2).picture(web.url())
        assert caught.value.problem.args == {"limit_mb": 2}


def test_what_is_no_page_is_given_up_after_its_first_bytes() -> None:
    def endless(_: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n"
        while True:
            yield bytes(65536)

    with Web(endless).running() as web:
        error = failure(net(web, page_limit_mb=1000), web.url())
    assert (error.code, error.problem.args) == ("not_a_page", {"media_type": "video/mp4"})


@pytest.mark.parametrize(
    ("answer", "code", "passing"),
    [
        (page(b"<p>half", Content_Length="999"), "connection_lost", True),
        (page(gzip.compress(PNG * 9)[:-9], Content_Encoding="gzip"), "connection_lost", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n99\r\nx", "connection_lost", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx", "bad_content", False),
        (b"", "connection_lost", True),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "bad_content", False),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "bad_content", False),
        (b"HTTP/1.1 200 OK\r\nX: " + bytes(100_000) + b"\r\n\r\n", "bad_content", False),
        (page(Content_Encoding="x-secret"), "bad_content", False),
    ],
)
def test_what_did_not_come_whole(answer: bytes, code: str, *, passing: bool) -> None:
    with Web(lambda _: answer).running() as web:
        error = failure(net(web), web.url())
    assert (error.code, error.passing) == (code, passing)


@pytest.mark.parametrize("where", ["nowhere", "headers", "body", "end"])
def test_one_deadline_for_a_server_that_drips(where: str) -> None:
    """Every read has ten minutes, so nothing but the deadline can end this."""

    def drip(_: Asked) -> Iterator[bytes]:
        if where in ("body", "end"):
            yield b"HTTP/1.1 200 OK\r\n\r\n"  # no length: a closed socket looks like its end
        if where == "end":
            yield b"<html>".ljust(65536)
        while not web.released.wait(0.05):
            yield b"" if where in ("nowhere", "end") else b"H"

    with Web(drip).running() as web:
        error = failure(net(web, deadline_s=0.8, read_timeout_s=600.0), web.url())
    assert (error.code, error.passing) == ("timeout", True)


def test_a_read_that_takes_too_long() -> None:
    with Web(lambda _: web.released.wait() and None).running() as web:
        error = failure(net(web, deadline_s=600.0, read_timeout_s=0.2), web.url())
    assert (error.code, error.passing) == ("timeout", True)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux drops what a full queue is sent")
def test_a_connection_that_takes_too_long() -> None:
    with contextlib.ExitStack() as stack:
        full = stack.enter_context(socket.socket())
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        settings = Settings(
            private_addresses=("127.0.0.0/8",), connect_timeout_s=0.2, deadline_s=600.0
        )
        error = failure(Net(settings), f"http://127.0.0.1:{full.getsockname()[1]}/")
    assert (error.code, error.passing) == ("timeout", True)


def test_a_look_up_that_does_not_answer() -> None:
    never = threading.Event()
    client = Net(Settings(deadline_s=0.2), resolve=resolving(wait=never))
    assert failure(client, "http://example.org/").code == "timeout"
    never.set()


def test_cancelling_and_closing_cut_what_hangs() -> None:
    arrived = threading.Event()

    def hang(_: Asked) -> None:
        arrived.set()
        web.released.wait()

    with Web(hang).running() as web:
        client = net(web, deadline_s=600.0, read_timeout_s=600.0)
        assert failure(client, web.url(), cancelled=arrived.is_set).code == "cancelled"
        arrived.clear()
        closing = threading.Thread(target=lambda: (arrived.wait(), client.close()))
        closing.start()
        assert failure(client, web.url()).code == "cancelled"
        closing.join()
        assert failure(client, web.url()).code == "cancelled"


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    body = b"<!doctype html>" + bytes(200_000)
    with Web(lambda _: page(body)).running() as web:
        net(web).page(web.url(), progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (len(body), len(body))
    assert told == sorted(told)


def test_no_more_than_the_allowed_requests_to_one_site() -> None:
    turns = Turns(2)
    with (
        Watch(600, lambda: False) as watch,
        turns.turn("example.org", watch),
        turns.turn("example.org", watch),
        turns.turn("other.example", watch),
        Watch(0.1, lambda: False) as impatient,
    ):
        with pytest.raises(FetchError) as caught, turns.turn("example.org", impatient):
            pass
        assert caught.value.code == "timeout"
    with Watch(600, lambda: False) as watch, turns.turn("example.org", watch):
        pass


def test_the_client_waits_for_its_turn() -> None:
    both, running, most = threading.Event(), [0], [0]
    lock = threading.Lock()

    def answer(_: Asked) -> bytes:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
            if running[0] == 2:
                both.set()
        both.wait()
        with lock:
            running[0] -= 1
        return page()

    with Web(answer).running() as web:
        client = net(web, per_host=2)
        threads = [threading.Thread(target=client.page, args=(web.url(),)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most == [2]
    assert len(web.asked) == 6


def test_names_and_connections_that_fail() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        client = Net(Settings(private_addresses=("127.0.0.0/8",)))
        error = failure(client, f"http://127.0.0.1:{port}/")
    assert (error.code, error.passing) == ("connection_refused", True)
    for number, code, passing in (
        (socket.EAI_NONAME, "unknown_name", False),
        (socket.EAI_NODATA, "unknown_name", False),
        (socket.EAI_AGAIN, "name_not_answered", True),
    ):
        client = Net(
            Settings(), resolve=resolving(socket.gaierror(number, "")), online=lambda: True
        )
        error = failure(client, "http://example.org/")
        assert (error.code, error.passing) == (code, passing)


def test_without_a_way_out_a_failed_look_up_is_being_offline() -> None:
    unknown = resolving(socket.gaierror(socket.EAI_NONAME, ""))
    error = failure(Net(Settings(), resolve=unknown, online=lambda: False), "http://example.org/")
    assert (error.code, error.passing) == ("offline", True)


def test_the_next_address_of_a_name_is_tried() -> None:
    def resolve(host: str, port: int, **_kind: int):
        kind = socket.AF_INET, socket.SOCK_STREAM, 6, ""
        return [(*kind, ("127.0.0.9", port)), (*kind, ("127.0.0.1", port))]

    with Web(lambda _: page()).running() as web:
        client = Net(Settings(private_addresses=("127.0.0.0/8",)), resolve=resolve)
        assert client.page(web.url(host="example.org")).status == 200
    assert web.asked[0].headers["host"] == f"example.org:{web.port}"


def test_a_picture_is_what_its_bytes_are() -> None:
    def answer(asked: Asked) -> bytes:
        bodies = {"/a.png": PNG, "/lie.png": b"<script>", "/gone.png": PNG}
        status = "404 Not Found" if asked.target == "/gone.png" else "200 OK"
        return page(bodies[asked.target], status, Content_Type="image/gif")

    with Web(answer).running() as web:
        client = net(web)
        came = client.picture(web.url("/a.png"), referrer=web.url("/page#x"))
        assert (came.media_type, came.body) == ("image/png", PNG)
        assert web.asked[-1].headers["referer"] == web.url("/page")
        assert web.asked[-1].headers["accept"].startswith("image/")
        client.picture(web.url("/a.png"), referrer="http://example.org/secret?token=1")
        assert web.asked[-1].headers["referer"] == "http://example.org/"
        client.picture(web.url("/a.png"), referrer="https://example.org/secret")
        assert "referer" not in web.asked[-1].headers
        for path, code in (("/lie.png", "not_a_picture"), ("/gone.png", "not_found")):
            with pytest.raises(FetchError) as caught:
                client.picture(web.url(path))
            assert caught.value.code == code


def test_the_systems_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]

    def resolve(host: str, port: int, **kind: int):
        return public if host == "example.org" else socket.getaddrinfo(host, port, **kind)

    def answer(asked: Asked) -> bytes:
        return page() if asked.method == "GET" else page(status="403 Forbidden")

    with Web(answer).running() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url())
        monkeypatch.setenv("https_proxy", proxy.url())
        monkeypatch.setenv("no_proxy", "")
        client = Net(Settings(), resolve=resolve)
        assert client.page("http://example.org/a").url == "http://example.org/a"
        assert proxy.asked[0].target == "http://example.org/a"
        error = failure(client, "https://example.org/b")
        assert (proxy.asked[1].method, proxy.asked[1].target) == ("CONNECT", "example.org:443")
        assert (error.code, error.passing) == ("proxy_failed", True)
        for inward in ("http://192.168.1.1/", "http://router/", "http://localhost:8000/"):
            assert failure(client, inward).code == "private_address"
        public[:] = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))]
        assert failure(client, "http://example.org/a").code == "private_address"
        assert len(proxy.asked) == 2


def test_a_proxy_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused, Web(lambda _: page()).running() as web:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("all_proxy", f"http://127.0.0.1:{unused.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "")
        unknown = resolving(socket.gaierror(socket.EAI_NONAME, ""))

        def resolve(host: str, port: int, **kind: int):
            return (unknown if host == "example.org" else socket.getaddrinfo)(host, port, **kind)

        client = Net(Settings(private_addresses=(web.place,)), resolve=resolve, online=lambda: True)
        for scheme in ("http", "https"):
            error = failure(client, f"{scheme}://example.org/")
            assert (error.code, error.problem.args) == ("proxy_failed", {"host": "example.org"})
        monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:1080")
        assert failure(client, "http://example.org/").code == "proxy_failed"
        assert client.page(web.url()).status == 200  # this computer is reached without it


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    file = tmp_path / "both.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    file.write_bytes((tmp_path / "key.pem").read_bytes() + (tmp_path / "cert.pem").read_bytes())
    return file


def test_certificates_are_checked(certificate: Path) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)

    def trusting() -> ssl.SSLContext:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(certificate)
        return context

    settings = Settings(private_addresses=("127.0.0.0/8",))
    with Web(lambda _: page(), certificate=server).running() as web:
        error = failure(Net(settings), web.url(host="localhost"))
        assert (error.code, error.passing) == ("bad_certificate", False)
        assert web.asked == []
        client = Net(settings, certificates=trusting)
        assert client.page(web.url(host="localhost")).status == 200
        assert client.page(web.url(host="127.0.0.1")).status == 200
        client = Net(
            settings,
            certificates=trusting,
            resolve=lambda _, port, **kind: socket.getaddrinfo("127.0.0.1", port, **kind),
        )
        assert failure(client, web.url(host="example.org")).code == "bad_certificate"


def test_one_deadline_for_a_handshake_that_hangs() -> None:
    with Web(lambda _: page()).running() as web:
        web.certificate = None  # plain: it waits for the end of a request that never comes
        url = web.url().replace("http:", "https:")
        assert failure(net(web, deadline_s=0.3), url).code == "timeout"


def test_the_client_is_imported_with_its_first_use() -> None:
    script = (
        "import sys, readlater.net, readlater.net.verdict;"
        "assert not {'requests', 'urllib3', 'idna', 'brotli'} & sys.modules.keys();"
        "readlater.net.Net; assert 'requests' in sys.modules"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, cwd=root)


def test_a_computer_without_a_route_is_offline() -> None:
    unshare = shutil.which("unshare")
    command = [unshare or "", "--user", "--map-root-user", "--net", sys.executable, "-c"]
    script = "from readlater.net import is_online; print(is_online())"
    root = Path(__file__).resolve().parents[2]
    if unshare is None or subprocess.run([*command, ""], capture_output=True).returncode:
        pytest.skip("no network namespaces here")
    done = subprocess.run([*command, script], check=True, capture_output=True, text=True, cwd=root)
    assert done.stdout == "False\n"
