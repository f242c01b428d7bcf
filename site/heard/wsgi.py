"""The door that granian, or any other WSGI server, opens; the server needs `site/` on its path."""

import os

from django.core.wsgi import get_wsgi_application

from heard.demo import mark
from stories.pii.model import names

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
application = get_wsgi_application()
mark.stop_if_database_is_not_ours()
# So that the first who opens the check page doesn't wait for it; `deploy/serve.py` loads it before forking.
names.is_here()
