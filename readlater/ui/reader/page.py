"""The engine's page with everything off that reading does not need."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineClientCertificateSelection,
    QWebEngineDownloadRequest,
    QWebEngineFileSystemAccessRequest,
    QWebEngineFullScreenRequest,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineRegisterProtocolHandlerRequest,
    QWebEngineSettings,
)
from typing_extensions import override

from readlater.ui.reader import walls
from readlater.ui.reader.walls import Walls

_Attribute = QWebEngineSettings.WebAttribute
_OFF: Final = (
    _Attribute.JavascriptCanOpenWindows,
    _Attribute.JavascriptCanAccessClipboard,
    _Attribute.JavascriptCanPaste,
    _Attribute.LocalStorageEnabled,
    _Attribute.LocalContentCanAccessRemoteUrls,
    _Attribute.LocalContentCanAccessFileUrls,
    _Attribute.HyperlinkAuditingEnabled,
    _Attribute.ErrorPageEnabled,
    _Attribute.PluginsEnabled,
    _Attribute.FullScreenSupportEnabled,
    _Attribute.ScreenCaptureEnabled,
    _Attribute.WebGLEnabled,
    _Attribute.Accelerated2dCanvasEnabled,
    _Attribute.ReadingFromCanvasEnabled,
    _Attribute.AutoLoadIconsForPage,
    _Attribute.TouchIconsEnabled,
    _Attribute.FocusOnNavigationEnabled,
    _Attribute.AllowRunningInsecureContent,
    _Attribute.AllowGeolocationOnInsecureOrigins,
    _Attribute.AllowWindowActivationFromJavaScript,
    _Attribute.DnsPrefetchEnabled,
    _Attribute.PdfViewerEnabled,
    _Attribute.NavigateOnDropEnabled,
    _Attribute.BackForwardCacheEnabled,
)
_ON: Final = (
    _Attribute.PlaybackRequiresUserGesture,
    _Attribute.WebRTCPublicInterfacesOnly,
    _Attribute.LinksIncludedInFocusChain,
    _Attribute.ScrollAnimatorEnabled,
)
_DECODED: Final = QUrl.ComponentFormattingOption.FullyDecoded
_OUTSIDE: Final = frozenset({"http", "https", "mailto"})


def make_profile(parent: QObject | None = None) -> QWebEngineProfile:
    """A profile that keeps nothing: off the record, no cache, no cookies, no downloads."""
    profile = QWebEngineProfile(parent)  # without a name it is off the record
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setPersistentCookiesPolicy(
        QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
    )
    profile.setPersistentPermissionsPolicy(
        QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime
    )
    profile.setSpellCheckEnabled(False)
    profile.setPushServiceEnabled(False)
    profile.cookieStore().setCookieFilter(lambda _request: False)
    profile.downloadRequested.connect(_refuse_download)
    return profile


def _refuse_download(request: QWebEngineDownloadRequest) -> None:
    request.cancel()


class ReaderPage(QWebEnginePage):
    """Goes nowhere: its own shell loads once, every other navigation becomes a signal."""

    link_clicked = Signal(str)  # http, https or mailto
    web_clicked = Signal(str)  # the same with Ctrl or the middle button: outside, whatever one has
    anchor_clicked = Signal(str)  # a place of the article by its name, from a link of its own
    access_clicked = Signal()
    removed_clicked = Signal()
    back_clicked = Signal()
    goal_clicked = Signal(str)  # a place of the article by its name, from our own words about it
    deed_clicked = Signal(str)  # what the end of the page offers
    picture_clicked = Signal(int)  # a picture of the article by its number from 0

    def __init__(self, profile: QWebEngineProfile, standing: Walls, parent: QObject | None = None):
        super().__init__(profile, parent)
        settings = self.settings()
        settings.setAttribute(_Attribute.JavascriptEnabled, not standing.scripts_off)
        for attribute in _OFF:
            settings.setAttribute(attribute, False)
        for attribute in _ON:
            settings.setAttribute(attribute, True)
        self._expected = False
        self.newWindowRequested.connect(self._on_new_window)
        self.permissionRequested.connect(_deny)
        self.fullScreenRequested.connect(_reject)
        self.registerProtocolHandlerRequested.connect(_reject)
        self.fileSystemAccessRequested.connect(_reject)
        self.certificateError.connect(_reject_certificate)
        self.selectClientCertificate.connect(_select_none)

    def load_shell(self) -> None:
        """Load the page that articles are put into."""
        self._expected = True
        self.load(QUrl(walls.SHELL))

    @override
    def acceptNavigationRequest(
        self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        url = QUrl(url)
        kinds = QWebEnginePage.NavigationType
        if isMainFrame and self._expected and url == QUrl(walls.SHELL):
            self._expected = False
            return True
        if isMainFrame and type == kinds.NavigationTypeLinkClicked:
            self._follow(url)
        return False

    @override
    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        """Nothing: what a wall refused is no news, and pages may not write into our log."""

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in _OUTSIDE:
            self.link_clicked.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        elif url == QUrl(walls.ACCESS):
            self.access_clicked.emit()
        elif url == QUrl(walls.REMOVED):
            self.removed_clicked.emit()
        elif url == QUrl(walls.BACK):
            self.back_clicked.emit()
        elif url.toString().startswith(walls.JUMP):
            self.anchor_clicked.emit(url.path(_DECODED).removeprefix("/jump/"))
        elif url.toString().startswith(walls.GO):
            self.goal_clicked.emit(url.path(_DECODED).removeprefix("/go/"))
        elif url.toString().startswith(walls.DEED):
            self.deed_clicked.emit(url.path(_DECODED).removeprefix("/deed/"))
        elif url.toString().startswith(walls.PICTURE):
            self._follow_picture(url.path().removeprefix("/picture/"))
        elif url.hasFragment() and url.toString().partition("#")[0] == walls.SHELL:
            self.anchor_clicked.emit(url.fragment(_DECODED))

    def _follow_picture(self, number: str) -> None:
        if number.isascii() and number.isdecimal() and len(number) < 6:
            self.picture_clicked.emit(int(number))

    def _on_new_window(self, request: QWebEngineNewWindowRequest) -> None:
        url = request.requestedUrl()
        if not request.isUserInitiated():
            return
        if url.scheme() in _OUTSIDE:
            self.web_clicked.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        else:
            self._follow(url)


def _deny(permission: QWebEnginePermission) -> None:
    permission.deny()


def _reject(
    request: QWebEngineFullScreenRequest
    | QWebEngineRegisterProtocolHandlerRequest
    | QWebEngineFileSystemAccessRequest,
) -> None:
    request.reject()


def _reject_certificate(error: QWebEngineCertificateError) -> None:
    error.rejectCertificate()


def _select_none(selection: QWebEngineClientCertificateSelection) -> None:
    selection.selectNone()
