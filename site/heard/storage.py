"""Storage: the static files, under names that change with their content, and values in Redis, as plain data."""

from collections.abc import Iterable, Iterator

import msgpack
from django_redis.serializers.msgpack import MSGPackSerializer
from whitenoise.storage import CompressedManifestStaticFilesStorage

_OURS = ("css/", "js/")


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's own; of the admin's many files, which few people fetch, Brotli would take half a minute."""

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Ours by Brotli too, the admin's by gzip alone."""
        paths = set(paths)
        ours = {path for path in paths if path.startswith(_OURS)}
        for self._by_brotli, some in ((True, ours), (False, paths - ours)):
            yield from super().compress_files(some)

    def create_compressor(self, **options: object) -> object:
        return super().create_compressor(use_brotli=self._by_brotli, **options)


class PlainSerializer(MSGPackSerializer):
    """Numbers, texts, bytes, lists and maps; anything else in Redis counts as absent."""

    def loads(self, value: bytes) -> object:
        try:
            # Wagtail keeps the names of languages by number.
            return msgpack.loads(value, raw=False, strict_map_key=False)
        except (ValueError, TypeError, msgpack.UnpackException):
            return None
