"""What the reading page may load: the policy's text and one pure decision; no Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Final

from readlater import resources

SCHEME: Final = "readlater"
SHELL_HOST: Final = "reader"
SHELL: Final = f"{SCHEME}://{SHELL_HOST}/"
ACCESS: Final = f"{SHELL}access"
REMOVED: Final = f"{SHELL}removed"
BACK: Final = f"{SHELL}back"
JUMP: Final = f"{SHELL}jump/"
GO: Final = f"{SHELL}go/"
DEED: Final = f"{SHELL}deed/"
PICTURE: Final = f"{SHELL}picture/"


def policies(pictures: str) -> tuple[str, str]:
    """The policy as a header, and as a meta element; `pictures` are where pictures may be from.

    `sandbox` without allow-scripts is a wall of its own; a meta element may not carry it.
    """
    fetches = (
        f"default-src 'none'; img-src {pictures}; font-src {SCHEME}:; style-src {SCHEME}:; "
        "base-uri 'none'; form-action 'none'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{fetches}">'
    return f"{fetches}; frame-ancestors 'none'; sandbox allow-same-origin", meta


POLICY, _META = policies(f"{SCHEME}:")

_SHEETS: Final = frozenset(
    {"/css/colours.css", "/css/fonts.css", "/css/languages.css", "/css/reader.css"}
)
_FONT: Final = re.compile(r"/font/[a-z0-9-]+\.woff2")
ASSET: Final = re.compile(r"/asset/([A-Za-z0-9_-]{8,128})")
_ASSET_OF_PICTURE: Final = re.compile(r"""\bsrc=["']/asset/([A-Za-z0-9_-]{8,128})["']""")


@dataclass(frozen=True, slots=True)
class Walls:
    """Which walls stand around a page. All do; a test takes some away to see each one alone."""

    scripts_off: bool = True
    csp_header: bool = True
    csp_meta: bool = True
    interceptor: bool = True
    sanitised: bool = True


@dataclass(frozen=True, slots=True)
class Opened:
    """The open article: its id (0 for none) and the assets that its own text shows."""

    id: int = 0
    digests: frozenset[str] = frozenset()

    @property
    def host(self) -> str:
        """The host of its assets; `a42`, as a bare 42 would be read as an IPv4 address."""
        return f"a{self.id}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets: the shell, a file of ours by `read`, or the asset `digest`."""

    media_type: str
    read: Callable[[], bytes] | None = None
    digest: str = ""
    is_shell: bool = False


def opened(id: int, html: str, icon: str = "") -> Opened:  # noqa: A002 - the domain's own word
    """The article `id` as open: the digests of the pictures in its sanitised `html`, and `icon`."""
    shown = _ASSET_OF_PICTURE.findall(html)
    return Opened(id, frozenset([*shown, icon] if icon else shown))


def answer(scheme: str, authority: str, path: str, query: str, now: Opened) -> Answer | None:
    """What the address may get while `now` is open; None refuses it.

    `authority` is the whole of it: a port or a user before the host makes it another one.
    """
    if scheme != SCHEME or query:
        return None
    if authority == SHELL_HOST:
        if path in {"", "/"}:
            return Answer("text/html", is_shell=True)
        return own_file(path, _SHEETS)
    asset = ASSET.fullmatch(path)
    if asset and now.id and authority == now.host and asset[1] in now.digests:
        return Answer("", digest=asset[1])
    return None


def shell_page(theme: str, *, csp_meta: bool = True) -> bytes:
    """The one page that every article is put into, in `theme`."""
    page = resources.text("html/reader.html")
    page = page.replace("$policy", _META if csp_meta else "").replace("$theme", theme)
    return page.encode()


def own_file(path: str, sheets: Set[str]) -> Answer | None:
    """One of our `sheets` or fonts by its path; None for anything else."""
    if path not in sheets and not _FONT.fullmatch(path):
        return None
    folder, name = path.removeprefix("/").split("/")
    file = resources.path(("fonts/" if folder == "font" else "css/") + name)
    if not file.is_file():
        return None
    return Answer("font/woff2" if folder == "font" else "text/css", file.read_bytes)
