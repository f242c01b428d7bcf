"""Storage: the static files, under names that change with their content, and values in Redis, as plain data."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgpack
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_redis.serializers.msgpack import MSGPackSerializer
from redis import ConnectionPool, Redis
from redis.exceptions import ConnectionError, TimeoutError
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

_OURS = ("css/", "js/")


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's own; of the admin's many files, which few people fetch, Brotli would take half a minute."""

    # Two releases share the folder while one replaces the other: each reads its own list, and finds its own files.
    manifest_name = f"staticfiles-{settings.VERSION}.json"

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Ours by Brotli too, the admin's by gzip alone."""
        paths = set(paths)
        ours = {path for path in paths if path.startswith(_OURS)}
        for self._by_brotli, some in ((True, ours), (False, paths - ours)):
            yield from super().compress_files(some)

    def create_compressor(self, **options: object) -> object:
        return super().create_compressor(use_brotli=self._by_brotli, **options)


def why_not_these_files() -> str | None:
    """Say why every page would fail: the list of static files is missing, or that of another release; or None."""
    is_collected = isinstance(staticfiles_storage, StaticFilesStorage)
    if not is_collected or staticfiles_storage.exists(StaticFilesStorage.manifest_name):
        return None
    return f"the static files of {settings.VERSION} aren't there; run `manage.py collectstatic --noinput`."


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise's own, which looks again for what another release has collected since this process began.

    While both serve, a page of the one asks the other for its styles.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self.directories = [(f"{os.path.abspath(self.static_root)}{os.sep}", self.static_prefix)]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path.startswith(self.static_prefix) and path not in self.files and (found := self.find_file(path)):
            self.files[path] = found
        answer: HttpResponseBase = super().__call__(request)
        return answer


class PlainSerializer(MSGPackSerializer):
    """Numbers, texts, bytes, lists and maps; anything else in Redis counts as absent."""

    def loads(self, value: bytes) -> object:
        try:
            # Wagtail keeps the names of languages by number.
            return msgpack.loads(value, raw=False, strict_map_key=False)
        except (ValueError, TypeError, msgpack.UnpackException):
            return None


LEFT_ALONE = 5.0  # seconds
_left_alone_until: dict[ConnectionPool, float] = {}


class PatientRedis(Redis):
    """Leaves a Redis that is gone or frozen alone for some seconds: a page waits for it once, not for each key."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        pool = self.connection_pool
        if time.monotonic() < _left_alone_until.get(pool, 0):
            raise ConnectionError("Redis didn't answer a moment ago.")
        try:
            return super().execute_command(*args, **options)
        except (ConnectionError, TimeoutError):
            _left_alone_until[pool] = time.monotonic() + LEFT_ALONE
            raise


def cache_is_late() -> bool:
    """True where there is a Redis that takes nothing."""
    return settings.PAGES_ARE_SHARED and cache.add("is-there", 1, 60) is None
