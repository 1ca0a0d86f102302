"""The extraction process and its client: frames in, frames out, time and memory limits."""

from readlater.worker.child import serve
from readlater.worker.client import Worker

__all__ = ["Worker", "serve"]
