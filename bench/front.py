"""What a kept page costs through nginx as shipped, against nginx itself with the same bytes in a file, A B A B.

One nginx does both, on lines without TLS, and its time and the site's are counted. Runs for the site of its
environment, as `bench/run.py` starts it.
"""

import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from itertools import repeat
from pathlib import Path

import django
from serving import ROUNDS, Server, get, request, serve_ours, turn
from table import Table

from tests import proxies
from tests.ports import held_port

LEAST = 0.55
LOT = 500
# Beside what we ship, a server of files that are packed already.
STATIC = """
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        default_type "text/html; charset=utf-8";
        gzip_static always;
    }}
    # begin onion
"""


def main() -> int:
    django.setup()
    table = Table()
    table.heading("in front, against nginx static on the same bytes")
    if not proxies.are_here():
        table.absent("kept pages through a cache in front", "no nginx here, or no openssl")
        return 0
    with ExitStack() as running, tempfile.TemporaryDirectory() as folder:
        site = running.enter_context(serve_ours(TRUSTED_PROXIES="127.0.0.1"))
        port = held_port()
        # The demo answers to this machine's own names alone.
        named = ("proxy_set_header Host $host;", f"proxy_set_header Host 127.0.0.1:{site.port};")
        static = ("    # begin onion\n", STATIC.format(port=port, folder=folder))
        nginx = running.enter_context(proxies.nginx(_made(folder, "nginx"), public=site.port, instead=[named, static]))
        front = Server(nginx.onion, nginx.process.pid)
        for name, path in _pages().items():
            asked = request(front.port, path, host=proxies.ONION, packing="gzip")
            body = get(front.port, [asked], most=1 << 24)[0].partition(b"\r\n\r\n")[2]
            (Path(folder) / "page.gz").write_bytes(body)
            straight = request(port, "/page", packing="gzip")
            ratios = [_ratio(front, site, replace(front, port=port), asked, straight) for _ in range(ROUNDS + 1)]
            table.row(name, ratios[1:], least=LEAST, beside=f"{len(body):,} bytes, packed")
    return int(table.missed > 0)


def _made(folder: str, name: str) -> Path:
    (path := Path(folder) / name).mkdir()
    return path


def _ratio(front: Server, site: Server, static: Server, asked: bytes, straight: bytes) -> float:
    """The file's cost as a part of the page's, for which nginx asks the site once a second."""
    base = turn(static, repeat(straight), lot=LOT)
    before = site.cpu(), front.cpu()
    cost = turn(front, repeat(asked), lot=LOT)
    return base / (cost * (1 + (site.cpu() - before[0]) / (front.cpu() - before[1])))


def _pages() -> dict[str, str]:
    from stories.models import Story

    story = Story.live.latest("sequence").get_absolute_url()
    return {"home, through a cache in front": "/", "the list, through it": "/stories/", "a story, through it": story}


if __name__ == "__main__":
    sys.exit(main())
