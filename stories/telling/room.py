"""Whether the disk has room for what people send: said before anyone types, not after."""

import shutil

from django.conf import settings

# A full account takes under half a megabyte, sealed; this leaves room for hundreds and for the database to work.
LEAST_FREE = 256 * 1024 * 1024  # bytes


def is_short() -> bool:
    """True when the disk that holds the data is nearly full; False where that cannot be told."""
    try:
        return shutil.disk_usage(settings.DATA_DIR).free < LEAST_FREE
    except OSError:
        return False
