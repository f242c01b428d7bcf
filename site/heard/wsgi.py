"""The door that granian, or any other WSGI server, opens; the server needs `site/` on its path."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
application = get_wsgi_application()
