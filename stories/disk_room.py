"""Room on the disk: where little is left, say so before anyone types, not after."""

import shutil
from pathlib import Path

from django.conf import settings


def is_low() -> bool:
    """True when fewer bytes are free than the settings ask for; what is sent might then not be stored."""
    folder = Path(settings.DATA_DIR)
    return folder.exists() and shutil.disk_usage(folder).free < settings.DISK_FREE_LEAST
