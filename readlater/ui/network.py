"""Hears from the system that the network is back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QNetworkInformation


def watch_network(parent: QObject, back: Callable[[], None]) -> bool:
    """Call `back` whenever the computer comes online; False where the system does not tell.

    Where it does not, waiting links are tried again every quarter of a minute all the same.
    """
    feature = QNetworkInformation.Feature.Reachability
    if not QNetworkInformation.loadBackendByFeatures(feature):
        return False
    network = QNetworkInformation.instance()
    if network is None:
        return False

    def on_changed(reachability: QNetworkInformation.Reachability) -> None:
        if reachability is QNetworkInformation.Reachability.Online:
            back()

    connection = network.reachabilityChanged.connect(on_changed)
    parent.destroyed.connect(lambda: QObject.disconnect(connection))
    return True
