"""The door of every public form: reads what was posted, however broken, so that no word is ever lost."""

import functools
import logging
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from stories.danger import Danger
from stories.telling import answering, posted, questions, sealed_store
from stories.telling.intake import NotOpenYet

# A field that no person sees; what fills it in is a machine.
HONEYPOT = "website"
# Words that we give back whatever happens. Not the receipt code: a page never shows one by accident.
WORDS = (*(question.name for question in questions.TEXTS), "message", "words")
# And those that stand beside each paragraph of a text, as many as it has.
BESIDE = "change-[0-9]{1,3}"
# And those that somebody puts in place of what was spotted; the other fields of that choice stand beside them.
OWN = "own-[0-9a-f]{32}"
_CHOICES = "(?:swap|was)-[0-9a-f]{32}"
# What somebody says of an answer by a force, named by that answer.
OPINION = "opinion-[0-9a-z]{12}"
_OTHERS = (
    "step",
    "token",
    "code",
    "no_code",
    "urgent",
    "story",
    "ground",
    "digest",
    "change-of",
    "reminder",
    "reminder-day",
    "part",
    HONEYPOT,
)
_NAMES = "|".join([*dict.fromkeys((*WORDS, *_OTHERS, *questions.BY_NAME)), _CHOICES, OWN, BESIDE, OPINION])

_CHUNK = 64 * 1024
# Past what we keep, an upload is read and thrown away for a while: an answer in mid-upload is never shown.
_MOST_THROWN_AWAY = 1024  # chunks

View = Callable[..., HttpResponse]
logger = logging.getLogger(__name__)


def public_form(*, counts_against: str | None = None) -> Callable[[View], View]:
    """Mark a view as a public form. It has no CSRF check, answers GET and POST, and is kept by no cache.

    `counts_against` names the limit that its POSTs count towards; over it, a request carries
    `over_limit` and is treated as a flood, never refused.
    """

    def mark(view: View) -> View:
        @functools.wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = _answer(view, request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            return response

        # There is no cookie and so no authority to borrow; and under `no-referrer` browsers send
        # `Origin: null`, which the check would answer with a bare 403 (docs/adr/0004).
        exempt: View = csrf_exempt(door)
        exempt.is_public_form = True  # type: ignore[attr-defined]
        exempt.counts_against = counts_against  # type: ignore[attr-defined]
        return exempt

    return mark


def given(request: HttpRequest) -> MultiValueDict:
    """Every field of ours in this POST, cleaned; never raises, and never looks at the address."""
    return MultiValueDict(_posted(request).values)


def given_back(request: HttpRequest) -> dict[str, str]:
    """Return the words somebody typed, by field name, from any POST to any address; never raises."""
    posted_form = _posted(request)
    values = posted_form.values
    names = (*WORDS, *(name for name in values if re.fullmatch(f"{BESIDE}|{OWN}", name)))
    found = {name: "\n\n".join(dict.fromkeys(filter(None, values.get(name, ())))) for name in names}
    stops = _("[It stops here. This is as much as we can take in one go.]")
    return {name: f"{words}\n\n{stops}" if name in posted_form.cut else words for name, words in found.items() if words}


def spoken_of(request: HttpRequest) -> Danger:
    """Return what the words in this POST speak of, so that whatever page answers it can say whom to call."""
    return answering.spoken_of(given_back(request))


def had_file(request: HttpRequest) -> bool:
    """True if the form carried a file, which was passed over."""
    return _posted(request).had_file


def is_cut(request: HttpRequest) -> bool:
    """True if the form, or one of its texts, was so long that its end was not read."""
    return bool(_posted(request).cut or getattr(request, "_heard_is_cut", False))


def is_flood(request: HttpRequest) -> bool:
    """True if it came over the limit, or a machine filled in the field that no person sees."""
    return bool(getattr(request, "over_limit", False) or given(request).get(HONEYPOT))


def looks_often(request: HttpRequest) -> bool:
    """True if so many looks at words were asked for that a quick one has to do; asking counts as one."""
    return bool(getattr(request, "over_look_limit", False) or given(request).get(HONEYPOT))


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method not in ("GET", "HEAD", "POST"):
        response = answering.trouble(request, "method", given(request), given_back(request), status=405)
        response["Allow"] = "GET, HEAD, POST"
        return response
    if request.method == "POST" and is_cut(request):
        return answering.trouble(request, "length", given(request), given_back(request), status=413)
    try:
        return view(request, *args, **kwargs)
    except NotOpenYet:
        return answering.trouble(request, "closed", given(request), given_back(request), status=503)
    except sealed_store.Full:
        return answering.trouble(request, "full", given(request), given_back(request), status=413)
    except (DatabaseError, OSError) as error:
        # Its name alone: a database's message can hold the values of a row.
        logger.error("A public form could not be answered: %s", type(error).__name__)
        what = "saving" if request.method == "POST" else "opening"
        return answering.trouble(request, what, given(request), given_back(request), status=503)


def _posted(request: HttpRequest) -> posted.Posted:
    if not hasattr(request, "_heard_posted"):
        request._heard_posted = _read_posted(request)  # type: ignore[attr-defined]
    found: posted.Posted = request._heard_posted  # type: ignore[attr-defined]
    return found


def _read_posted(request: HttpRequest) -> posted.Posted:
    kind = request.META.get("CONTENT_TYPE", "")
    if body := _body(request):
        return posted.read(body, content_type=kind, names=_NAMES)
    # Django read a form with parts before us, and keeps only what it made of it.
    read_before: QueryDict = getattr(request, "_post", None) or QueryDict()
    return posted.Posted({name: read_before.getlist(name) for name in read_before if re.fullmatch(_NAMES, name)})


def _body(request: HttpRequest) -> bytes:
    """Read what was sent, up to twice what a form may carry, and leave it for Django to find as well."""
    if request.method in ("GET", "HEAD"):
        return b""
    if not hasattr(request, "_body"):
        if getattr(request, "_read_started", True):
            return b""
        request._body = _read(request, 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        request._stream = BytesIO(request._body)
    body: bytes = request._body
    return body


def _read(request: HttpRequest, most: int) -> bytes:
    chunks, size = [], 0
    try:
        while size < most and (chunk := request.read(min(_CHUNK, most - size))):
            chunks.append(chunk)
            size += len(chunk)
        request._heard_is_cut = size >= most and bool(request.read(_CHUNK))  # type: ignore[attr-defined]
        for _chunk in range(_MOST_THROWN_AWAY if size >= most else 0):
            if not request.read(_CHUNK):
                break
    except OSError:
        pass  # the line broke: what came before it is all there is
    return b"".join(chunks)
