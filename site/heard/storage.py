"""Storage: the static files, under names that change with their content, and values in Redis, as plain data."""

import os
from collections.abc import Callable, Iterable, Iterator

import msgpack
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_redis.serializers.msgpack import MSGPackSerializer
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
