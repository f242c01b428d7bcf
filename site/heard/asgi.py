"""The application that granian serves, and Django's own handler inside it; both need `site/` on their path.

`application` is ASGI: it takes each body as it comes, and gives it to `django` in one of four threads. `django` is the
WSGI handler that Django's own commands find by the setting WSGI_APPLICATION.

A database that isn't of this mode (the demo's, or a real site's) stops the start here, before anybody is answered.
"""

import os

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
