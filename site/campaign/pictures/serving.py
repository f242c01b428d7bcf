"""Give out a picture at one of its sizes; the files that were uploaded stay inside."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils._os import safe_join

_KINDS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


def picture(request: HttpRequest, name: str) -> HttpResponse:
    """The file of that name among the sizes; kept by others no longer than a page, for a picture can come down too.

    No date goes with it: a file's date is a time of ours.
    """
    path = Path(safe_join(settings.MEDIA_ROOT, "images", name))
    kind = _KINDS.get(path.suffix)
    if kind is None or not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type=kind, headers={"Cache-Control": "public, max-age=60"})
