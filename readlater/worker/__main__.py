"""python -m readlater.worker: serve on the standard streams, as `readlater --worker` does."""

import sys

from readlater.worker.child import serve

raise SystemExit(serve(sys.stdin.buffer, sys.stdout.buffer))
