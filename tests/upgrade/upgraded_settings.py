"""The settings of a site that was upgraded: its own, but styles need not be gathered to show a page."""

from heard.settings import *  # noqa: F403
from heard.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
