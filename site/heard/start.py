"""What a server looks at before it answers anybody: its folders and files, whose database it is, and its pepper."""

import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, connections

from heard import environment
from heard.demo import mark
from heard.storage import why_not_these_files
from stories.core import disk_space
from stories.crypto import receipts
from stories.models import PepperCheck

# What most visitors ask for first.
FIRST_PAGES = ("/", "/cy/", "/stories/", "/tell/", "/tell/form/")


def make_first_pages(django: WSGIHandler) -> None:
    """Make them once before anybody asks: where releases switch, nobody waits for a process to read its templates."""
    public = urlsplit(settings.BASE_URL)
    for path in FIRST_PAGES:
        environ = {"PATH_INFO": path, "HTTP_HOST": public.netloc, "HTTP_X_FORWARDED_PROTO": public.scheme}
        environ["wsgi.url_scheme"] = public.scheme
        setup_testing_defaults(environ)
        answer = django(environ, lambda *said: bytes)
        answer.close()
        # A database that is away keeps each page waiting.
        if answer.status_code >= 500:
            break
    connections.close_all()


def stop_unless_ready() -> None:
    """Stop a server with one line before it shows somebody else's stories, or gives out codes that open nothing."""
    for name, meant in environment.misspelt_names().items():
        sys.stderr.write(f"Nothing reads {name} in the environment: is {meant} meant?\n")
    try:
        reason = (
            why_not_these_folders() or why_not_these_files() or mark.why_not_this_database() or why_not_this_pepper()
        )
        if not reason:
            PepperCheck.objects.get_or_create(pk=1, defaults={"value": _check_of_pepper()})
    except DatabaseError:
        # It may come up later; until then every page says that something is wrong.
        return
    if reason:
        raise SystemExit(f"Heard can't start: {reason}")
    disk_space.keep_reserve()


def why_not_these_folders() -> str | None:
    """Say which folder can't be written to, found out by writing, or None."""
    for name in ("DATA_DIR", "RUN_DIR"):
        folder = Path(getattr(settings, name))
        try:
            # Who needs RUN_DIR makes it: whoever runs a check may be another user.
            is_missing = name == "RUN_DIR" and not folder.exists()
            made_in = next(each for each in folder.parents if each.exists()) if is_missing else folder
            tempfile.TemporaryFile(dir=made_in).close()
        except OSError as error:
            does = f"can't be written to ({error.strerror})"
            return f"{name}={folder} {does}. As root: install -d -m 700 -o heard {folder}"
    return None


def why_not_this_pepper() -> str | None:
    """Say that this isn't the pepper under which this database's codes were made, or None; None too for the first."""
    kept = PepperCheck.objects.filter(pk=1).values_list("value", flat=True).first()
    if kept is None or bytes(kept) == _check_of_pepper():
        return None
    return (
        "RECEIPT_PEPPER isn't the one that this database began with, so no code would open anything. "
        "Set the right one: it is on paper, and in the environment of the machine that ran the site before."
    )


def _check_of_pepper() -> bytes:
    return receipts.check_of_pepper(settings.RECEIPT_PEPPER)
