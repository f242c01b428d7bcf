"""How large a body each address takes: the server's adapter goes by it, and so does the door before public views."""

import re

from django.conf import settings

from heard.admin_door import ADMIN_PATH

# Somebody tells, comes back or takes down here, in any language; no other public address takes words.
_FORMS = re.compile(r"^(/[a-z]{2})?/(tell|return|take-down)(/|$)")


def most_bytes(method: str, path: str) -> int:
    """Return how many bytes of a body are read for this method at this path; 0 where nothing takes one."""
    if method in ("GET", "HEAD") or not (_FORMS.match(path) or _is_for_admin(path)):
        return 0
    # Past what Django takes, so that the page can give the words back and say that they were too many.
    return 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _is_for_admin(path: str) -> bool:
    return settings.SERVE_ADMIN and path.startswith(ADMIN_PATH)
