"""Heard's own settings, but that no page is kept: for the bench alone, to measure what making one costs."""

from heard.settings import *  # noqa: F403
from heard.settings import CACHES

CACHES = {**CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
