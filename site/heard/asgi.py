"""The application that granian serves, and Django's own handler inside it; both need `site/` on their path.

`application` is ASGI: it takes each body as it comes, and gives it to `django` in one of four threads. `django` is the
WSGI handler that Django's own commands find by the setting WSGI_APPLICATION.

A database that isn't of this mode (the demo's, or a real site's) stops the start here, before anybody is answered.
"""

import os
import socket

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
django = get_wsgi_application()

# These need the apps, which are loaded by now.
from heard.asgi_adapter import Adapter  # noqa: E402
from heard.demo import mark  # noqa: E402
from stories.pii.model import names  # noqa: E402

mark.stop_if_database_is_not_ours()
# So that the first who opens the check page doesn't wait for it; `deploy/serve.py` loads it before forking.
names.is_here()

application = Adapter(django)


def tell_systemd() -> None:
    """Say that this worker can answer, to a systemd that waits for it (`Type=notify`)."""
    if address := os.environ.get("NOTIFY_SOCKET"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            # An abstract address is written with an @ in place of its zero byte.
            line.sendto(b"READY=1", f"\0{address[1:]}" if address[0] == "@" else address)


tell_systemd()
