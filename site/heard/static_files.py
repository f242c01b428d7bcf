"""The static files as they are served: under names that change with their content, and compressed."""

from collections.abc import Iterable, Iterator
from typing import Any

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

    def create_compressor(self, **options: Any) -> Any:
        return super().create_compressor(use_brotli=self._by_brotli, **options)
