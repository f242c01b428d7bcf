"""Which sealed labels were found urgent, so that a page needn't open thousands of them again.

It lies in this process's memory alone. Each is named by a hash under the team's key, and whether it was urgent is in
that name: without an open vault nobody can tell which account a name stands for, or how many are urgent. A vault that
locks empties it.
"""

import hashlib
import threading
from collections import OrderedDict

# Of 16 bytes each: about 4 MB.
MOST = 30_000


class LabelMemory:
    """What was found, the longest unasked forgotten first."""

    def __init__(self) -> None:
        self._names: OrderedDict[bytes, None] = OrderedDict()
        self._lock = threading.Lock()

    def is_urgent(self, box: bytes, *, private: bytes) -> bool | None:
        """Say what was found of these bytes; None where nothing was."""
        with self._lock:
            for urgent in (False, True):
                name = _name(box, private, urgent=urgent)
                if name in self._names:
                    self._names.move_to_end(name)
                    return urgent
        return None

    def keep(self, box: bytes, *, private: bytes, urgent: bool) -> None:
        """Keep what was found of these bytes."""
        with self._lock:
            self._names[_name(box, private, urgent=urgent)] = None
            while len(self._names) > MOST:
                self._names.popitem(last=False)

    def forget(self) -> None:
        """Forget all of it."""
        with self._lock:
            self._names.clear()


MEMORY = LabelMemory()


def _name(box: bytes, private: bytes, *, urgent: bool) -> bytes:
    return hashlib.blake2b(box, key=private, digest_size=16, person=b"urgent" if urgent else b"not").digest()
