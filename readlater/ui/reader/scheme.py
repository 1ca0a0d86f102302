"""The scheme of the reading page: registered once, answered for the open article alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)
from typing_extensions import override

from readlater.ui.reader import walls
from readlater.ui.reader.walls import Answer, Opened, Walls

Read = Callable[[str], "tuple[bytes, str] | None"]
# As `Jobs.run`: does the work somewhere and calls back on the GUI thread.
Run = Callable[[Callable[[], object], Callable[[object], None]], None]

_NAME: Final = walls.SCHEME.encode()


def register() -> None:
    """Make the scheme known; before the first profile, a second call does nothing.

    Secure, so that the policy counts it as an origin; neither local (no file may be read from it)
    nor free of CORS or of the content security policy.
    """
    if QWebEngineUrlScheme.schemeByName(_NAME).name() == _NAME:
        return
    scheme = QWebEngineUrlScheme(_NAME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)


def answer_to(url: QUrl, now: Opened) -> Answer | None:
    """`walls.answer` for a QUrl."""
    encoded = QUrl.ComponentFormattingOption.FullyEncoded
    return walls.answer(
        url.scheme(), url.authority(encoded), url.path(encoded), url.query(encoded), now
    )


def run_here(work: Callable[[], object], done: Callable[[object], None]) -> None:
    """A `Run` that works at once on the calling thread."""
    done(work())


class Handler(QWebEngineUrlSchemeHandler):
    """Answers the shell, our style sheets and fonts, and the assets of the open article."""

    def __init__(self, read: Read, run: Run, standing: Walls, parent: QObject | None = None):
        super().__init__(parent)
        self._read = read
        self._run = run
        self._walls = standing
        self.now = Opened()
        self.theme = "light"

    policy = walls.POLICY

    def answer(self, job: QWebEngineUrlRequestJob) -> Answer | None:
        """What a request gets; None refuses it."""
        return answer_to(job.requestUrl(), self.now)

    @override
    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        found = self.answer(job)
        if found is None or bytes(job.requestMethod().data()) != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
        elif found.is_shell:
            shell = walls.shell_page(self.theme, csp_meta=self._walls.csp_meta)
            self._reply(job, shell, "text/html")
        elif found.read is not None:
            self._reply(job, found.read(), found.media_type)
        else:
            self._run(lambda: self._read(found.digest), lambda got: self._asset(job, got))

    def _asset(self, job: QWebEngineUrlRequestJob, got: object) -> None:
        if not shiboken6.isValid(job):  # the article was left while its picture was read
            return
        if not isinstance(got, tuple) or not got[1].startswith("image/"):
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        self._reply(job, *got)

    def _reply(self, job: QWebEngineUrlRequestJob, body: bytes, media_type: str) -> None:
        headers = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
        if self._walls.csp_header:
            headers["Content-Security-Policy"] = self.policy
        # A list a header: the form that the stub names is taken and then silently dropped.
        job.setAdditionalResponseHeaders(
            {QByteArray(n.encode()): [QByteArray(v.encode())] for n, v in headers.items()}  # type: ignore[misc]
        )
        buffer = QBuffer(job)
        buffer.setData(body)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(media_type.encode()), buffer)


class Interceptor(QWebEngineUrlRequestInterceptor):
    """Blocks every request that the open article has no answer to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = Opened()

    @override
    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if answer_to(info.requestUrl(), self.now) is None:
            info.block(True)
