"""`fetch(url) -> str` for the flaky server: the real client, with what the queue does around it."""

from __future__ import annotations

import os
import time

from readlater.errors import FetchError
from readlater.net import Net
from readlater.net.verdict import verdict
from readlater.pipeline.decode import decode
from readlater.settings import Settings

_DEADLINE_S = 25.0
_LONGEST_WAIT_S = 5.0


def fetch(url: str) -> str:
    """The text of a page, tried again as the server asks; raises FetchError where nothing came."""
    settings = Settings(deadline_s=_DEADLINE_S, private_addresses=(os.environ["FLAKY_ALLOW"],))
    net = Net(settings)
    end_s = time.monotonic() + _DEADLINE_S
    for attempt in range(1, settings.attempts + 1):
        try:
            return _once(net, url)
        except FetchError as error:
            wait_s = error.retry_after_s
            may_wait = wait_s is not None and wait_s <= min(
                _LONGEST_WAIT_S, end_s - time.monotonic()
            )
            if not (error.passing and may_wait) or attempt == settings.attempts:
                raise
            time.sleep(wait_s or 0)
    raise AssertionError("unreachable")


def _once(net: Net, url: str) -> str:
    response = net.page(url)
    failed = verdict(response)
    if failed is not None:
        raise failed
    if response.status >= 400:  # a wall: the app keeps it as a preview, here it is no article
        raise FetchError("refused", host="", status=response.status)
    return decode(response.body, response.content_type)
