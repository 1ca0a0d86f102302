"""Real pages of the corpus on a local server, with a made picture for each picture's address."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from pathlib import Path

from site_server import Reply, Site, png

_PICTURES = re.compile(rb"""<img[^>]+?src=["']?([^"'\s>]+)""", re.IGNORECASE)


def serve_twenty(shared: Path, site: Site) -> list[str]:
    """Put twenty pages on `site` and return their addresses."""
    folder = shared / "corpus" / "extraction"
    sample = json.loads((folder / "sample.json").read_text(encoding="utf-8"))
    names = [(s, n) for s in ("zyte", "fundus", "wcxb", "magic") for n in sample[s][:5]]
    for source, name in names:
        body = gzip.decompress((folder / source / "pages" / f"{name}.html.gz").read_bytes())
        # The corpus has pages only: each picture's address is sent to this server.
        for at, address in enumerate(set(_PICTURES.findall(body))):
            path = f"/picture-{zlib.crc32(address)}.png"
            site.pages[path] = Reply(png((at % 255, 90, 120)), content_type="image/png")
            body = body.replace(address, site.url(path).encode())
        site.pages[f"/{name}"] = Reply(body)
    return [site.url(f"/{name}") for _, name in names]
