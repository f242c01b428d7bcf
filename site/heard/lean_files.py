"""The static files as they are served: under names that change with their content, compressed, without our comments.

Comments and indents are a third of what a script weighs, and a slow phone pays for each before the form is whole.
They stay in the files that people read. Nothing else is touched: whoever looks at what is served can still read it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_OURS = ("css/", "js/")
# Only comments that begin a line, so that no string that looks like one is ever cut.
_BLOCKS = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_LINES = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_SPACE = re.compile(r"^\s+", re.MULTILINE)


class LeanStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's own, which gets our styles and scripts to hash and compress after they were made lean."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            paths = {name: self._lean(name) if name.startswith(_OURS) else where for name, where in paths.items()}
        yield from super().post_process(paths, dry_run, **options)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Ours by Brotli too; the admin's by gzip alone, for Brotli takes half a minute for what few people fetch."""
        paths = set(paths)
        ours = {path for path in paths if path.startswith(_OURS)}
        for self._by_brotli, some in ((True, ours), (False, paths - ours)):
            yield from super().compress_files(some)

    def create_compressor(self, **options: Any) -> Any:
        return super().create_compressor(use_brotli=self._by_brotli, **options)

    def _lean(self, name: str) -> tuple[Any, str]:
        """Put the lean file in the place of the gathered one; returns where it lies, as collectstatic has it."""
        with self.open(name) as file:
            text = file.read().decode()
        self.delete(name)
        self._save(name, ContentFile(lean(text, is_script=name.endswith(".js")).encode()))
        return self, name


def lean(text: str, *, is_script: bool) -> str:
    """A style or a script without comments of its own lines and without indents."""
    text = _BLOCKS.sub("", text)
    if is_script:
        text = _LINES.sub("", text)
    return _SPACE.sub("", text)
