"""Serve Heard with granian, taking its own options; the name model is loaded once, and its workers share it.

    .venv/bin/python deploy/serve.py --host 127.0.0.1 --port 8000 --workers 2

Where workers aren't forks of this process, each loads the model when it starts (`heard.asgi`). Where systemd holds the
socket, the workers take it: visitors wait while a process starts, and two releases can serve at once.
"""

import contextlib
import multiprocessing
import os
import resource
import sys
from pathlib import Path
from queue import SimpleQueue
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# Without links: where one of them leads to another release, a module that is loaded later is still of this one.
sys.path[:] = [str(ROOT / "site"), str(ROOT), *map(os.path.realpath, sys.path)]

from granian.cli import entrypoint  # noqa: E402
from granian.net import SocketHolder  # noqa: E402
from granian.server.common import AbstractServer  # noqa: E402

from stories.pii.model import names  # noqa: E402

# Connections of each worker; one that stands still costs 15 kB and no thread (docs/adr/0016).
MOST_CONNECTIONS = 4096
# What may lie unread of each, in bytes; a request's head has to fit in.
MOST_UNREAD = 32 * 1024
# HTTP/1 alone, as proxies speak it to us: of HTTP/2 nothing ends a connection that says nothing.
OPTIONS = ["--interface", "asginl", "--http", "1", "--no-ws", "--no-access-log"]
# A stop lets answers end, and waits so many seconds for whoever stands still in mid-form.
OPTIONS += ["--workers-kill-timeout", "30", "--respawn-failed-workers"]
# Where systemd puts the first socket that it hands on.
FIRST_SOCKET = 3


def take_socket_of_systemd() -> None:
    """Have granian listen on the socket that systemd holds; does nothing where it holds none for us."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or os.environ.get("LISTEN_FDS") != "1":
        return

    def share(server: AbstractServer) -> None:
        server._shd = SocketHolder(FIRST_SOCKET, False, server.backlog)
        server._sfd, server._ssp = FIRST_SOCKET, None

    AbstractServer._init_shared_socket = share


class Wake:
    """What granian's first process waits for; unlike its own `threading.Event`, a signal may set it in any moment.

    Where a worker ended in the same moment, a stop waited for ever: for a lock that it held itself.
    """

    def __init__(self) -> None:
        # Made for signals: a `put` may interrupt another, or a `get`.
        self._told: SimpleQueue[None] = SimpleQueue()

    def set(self) -> None:
        self._told.put(None)

    def wait(self) -> None:
        self._told.get()

    def clear(self) -> None:
        """Do nothing: each wait takes one, and to wake for nothing costs nothing."""


def wake_by_signals() -> None:
    begin = AbstractServer.__init__

    def begin_with_ours(self: AbstractServer, *args: Any, **options: Any) -> None:
        begin(self, *args, **options)
        self.main_loop_interrupt = Wake()

    AbstractServer.__init__ = begin_with_ours


def stop_if_it_cannot_serve() -> None:
    """End with one line here: a worker that ends with it would be started again and again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
    from django.conf import settings

    from heard.storage import why_not_these_files

    if not settings.IS_CLOSED and (reason := why_not_these_files()):
        sys.exit(f"Heard can't start: {reason}")


if __name__ == "__main__":
    stop_if_it_cannot_serve()
    take_socket_of_systemd()
    wake_by_signals()
    if multiprocessing.get_start_method() == "fork":
        names.is_here()
    # Each connection is an open file, and many systems begin with a thousand; some won't have it changed.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    bounds = ["--backpressure", str(MOST_CONNECTIONS), "--http1-buffer-size", str(MOST_UNREAD)]
    sys.argv[1:1] = ["heard.asgi:application", *OPTIONS, *bounds]
    entrypoint()
