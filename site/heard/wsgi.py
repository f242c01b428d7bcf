"""The door that granian, or any other WSGI server, opens; the server needs `site/` on its path."""

import os

from django.core.wsgi import get_wsgi_application

from heard import demo_fence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
application = get_wsgi_application()
demo_fence.stop_if_database_is_not_ours()
