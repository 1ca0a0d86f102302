"""Readlater: a paywall-aware read-later app for the desktop."""

__version__ = "0.1.0"
