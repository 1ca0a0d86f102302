"""When a link that did not come is tried again: pure."""

from __future__ import annotations

from dataclasses import dataclass

from readlater.errors import FetchError, ReadLaterError

# Waits between the attempts: quick enough to sit through, long enough for a restart over there.
WAITS_S = (2.0, 5.0, 12.0, 25.0, 120.0, 600.0)
LONGEST_WAIT_S = 24 * 3600.0
# The network is looked at again this often while the computer is offline.
OFFLINE_WAIT_S = 15.0
# What is over as soon as the network is back.
NETWORK_CODES = ("offline", "name_not_answered", "timeout")
# What another try cannot cost a person anything for.
_FREE_CODES = ("offline", "disk_full", "library_busy")


@dataclass(frozen=True, slots=True)
class Again:
    """Try after `wait_s` seconds; `attempts` is how many were spent so far."""

    wait_s: float
    attempts: int


def plan(error: ReadLaterError, attempts: int, most: int) -> Again | None:
    """When to try again after `attempts` spent ones of `most`; None: it has failed.

    Waiting for the network or for room on the disk spends no attempt. A server's Retry-After
    (RFC 9110, 10.2.3) is obeyed up to a day.
    """
    if error.code in _FREE_CODES:
        return Again(OFFLINE_WAIT_S, attempts)
    if not isinstance(error, FetchError) or not error.passing or attempts + 1 >= most:
        return None
    wait_s = WAITS_S[min(attempts, len(WAITS_S) - 1)]
    if error.retry_after_s is not None:
        wait_s = min(max(error.retry_after_s, 0.0), LONGEST_WAIT_S)
    return Again(wait_s, attempts + 1)
