"""The application that granian serves, and Django's own handler inside it; both need `site/` on their path.

`application` is ASGI: it takes each body as it comes, and gives it to `django` in one of four threads. `django` is the
WSGI handler that Django's own commands find by the setting WSGI_APPLICATION.

What would harm somebody stops the start here, before anybody is answered (`heard.start`).
"""

import os
import socket

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
django = get_wsgi_application()
settings.IS_SERVING = True

# These need the apps, which are loaded by now.
from heard import start  # noqa: E402
from heard.asgi_adapter import Adapter  # noqa: E402
from stories.pii.model import names  # noqa: E402

if not settings.IS_CLOSED:
    start.stop_unless_ready()
    # So that the first who opens the check page doesn't wait for it; `deploy/serve.py` loads it before forking.
    names.is_here()

application = Adapter(django)


def tell_systemd(address: str) -> None:
    """Say that this worker can answer, to a systemd that waits for it (`Type=notify`)."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        # An abstract address is written with an @ in place of its zero byte.
        line.sendto(b"READY=1", f"\0{address[1:]}" if address[0] == "@" else address)


if waiting := os.environ.get("NOTIFY_SOCKET"):
    if settings.SERVE_PUBLIC and not settings.IS_CLOSED:
        start.make_first_pages(django)
    tell_systemd(waiting)
