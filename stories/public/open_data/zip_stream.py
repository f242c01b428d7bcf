"""A zip that is sent while it is made, with no time in it: the same files make the same bytes."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase

SUMS = "SHA256SUMS"
# The first moment that a zip can name.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_FROM_UNIX, _READABLE = 3, 0o100644 << 16
_LEVEL = 6
_AT_ONCE = 64 * 1024


class _Sent(RawIOBase):
    """A file that can't go back, and gives out what was written to it."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.waiting += piece
        return len(piece)

    def take(self, least: int = 0) -> Iterator[bytes]:
        """What was written and not yet taken, once there is enough of it."""
        if len(self.waiting) > least:
            yield bytes(self.waiting)
            self.waiting.clear()


def pieces(folder: str, files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The zip of these files in `folder`, and last the SHA-256 of each, as `sha256sum -c` reads it."""
    sent, sums = _Sent(), []
    with zipfile.ZipFile(sent, "w") as whole:
        for name, contents in files:
            seen = hashlib.sha256()
            yield from _file(whole, sent, f"{folder}/{name}", _watched(contents, seen))
            sums.append(f"{seen.hexdigest()}  {name}\n".encode())
        yield from _file(whole, sent, f"{folder}/{SUMS}", sums)
    yield from sent.take()


def _file(whole: zipfile.ZipFile, sent: _Sent, name: str, contents: Iterable[bytes]) -> Iterator[bytes]:
    info = zipfile.ZipInfo(name, _NO_TIME)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, _FROM_UNIX, _READABLE
    info._compresslevel = _LEVEL  # type: ignore[attr-defined]
    with whole.open(info, "w", force_zip64=True) as file:
        for piece in contents:
            file.write(piece)
            yield from sent.take(_AT_ONCE)


def _watched(contents: Iterable[bytes], seen: "hashlib._Hash") -> Iterator[bytes]:
    for piece in contents:
        seen.update(piece)
        yield piece
