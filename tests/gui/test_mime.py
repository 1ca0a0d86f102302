import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from readlater.library.intake import Intake, Offer, decide
from readlater.ui.mime import OWN_FORMAT, offer_of

A = "https://a.org/x%2Fy?gift=1#part"


def _mime(**formats: bytes) -> QMimeData:
    mime = QMimeData()
    for name, body in formats.items():
        mime.setData(name, body)
    return mime


def test_a_copied_text_is_its_text_and_html() -> None:
    mime = QMimeData()
    mime.setText(f"see {A}")
    mime.setHtml(f"<b>see</b> {A}")
    assert offer_of(mime) == Offer(text=f"see {A}", html=f"<b>see</b> {A}")
    assert decide(offer_of(mime)).links == (A,)


def test_a_list_of_addresses_keeps_them_as_given() -> None:
    body = f"# a comment\r\n{A}\r\nfile:///tmp/a%20b.html\r\n".encode()
    offer = offer_of(_mime(**{"text/uri-list": body}))
    assert offer.urls == (A, "file:///tmp/a%20b.html")


def test_addresses_set_by_a_program_are_read() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl(A), QUrl.fromLocalFile("/tmp/a b.html")])
    assert offer_of(mime).urls == (A, "file:///tmp/a%20b.html")


def test_a_browsers_tabs_are_addresses_without_their_titles() -> None:
    tabs = f"{A}\nA title\nhttps://b.org/\nhttps://c.org/ is its title"
    offer = offer_of(_mime(**{"text/x-moz-url": tabs.encode("utf-16-le")}))
    assert offer.urls == (A, "https://b.org/")


@pytest.mark.parametrize("body", [f"{A}\nA title".encode(), f"{A}\n".encode(), A.encode()])
def test_the_old_form_of_x11_is_read(body: bytes) -> None:
    assert offer_of(_mime(_NETSCAPE_URL=body)).urls == (A,)


def test_the_list_wins_over_the_browsers_own_form() -> None:
    mime = _mime(
        **{"text/x-moz-url": "https://b.org/\nB".encode("utf-16-le"), "text/uri-list": A.encode()}
    )
    assert offer_of(mime).urls == (A,)


def test_picture_data_is_said_to_be_there() -> None:
    mime = QMimeData()
    mime.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    problem = decide(offer_of(mime)).problem
    assert problem is not None
    assert problem.code == "pasted_picture"


def test_what_comes_out_of_this_window_is_known() -> None:
    mime = _mime(**{OWN_FORMAT: b"1 2", "text/uri-list": A.encode()})
    assert decide(offer_of(mime)) == Intake()


@pytest.mark.parametrize("kind", ["text/x-moz-url", "_NETSCAPE_URL", "text/uri-list"])
@pytest.mark.parametrize("body", [b"", b"\x00", b"\xff\xfe\xff", b"\n\n", b"\xd8\x00" * 3])
def test_damaged_data_is_no_address(kind: str, body: bytes) -> None:
    assert not decide(offer_of(_mime(**{kind: body}))).links
