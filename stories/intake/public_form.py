"""The door of every public form: its page, what was posted, its tokens, and what is said when something goes wrong."""

import functools
import logging
import re
import shutil
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from stories import danger
from stories.core import sealed_store, snapshot
from stories.crypto import tokens
from stories.crypto.tokens import StaleToken
from stories.danger import Danger
from stories.intake import body_parser, questions
from stories.intake.question_types import marked_options
from stories.intake.receive import NotOpenYet
from stories.models import Force, Outcome

# --- Room on the disk -------------------------------------------------------------------------

# A full account takes under half a megabyte, sealed; this leaves room for hundreds and for the database to work.
LEAST_FREE = 256 * 1024 * 1024  # bytes


def disk_is_short() -> bool:
    """True when the disk that holds the data is nearly full; False where that cannot be told."""
    try:
        return shutil.disk_usage(settings.DATA_DIR).free < LEAST_FREE
    except OSError:
        return False


# --- Words of the table in a language ---------------------------------------------------------


def answers_in_words(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return each answered question with its answer, as [(question, answer)], in the order we ask."""
    return questions.answers_in_words(answers, say=_, names=newer_names())


def newer_names() -> dict[str, dict[str, str]]:
    """What editors call the forces and outcomes, by field name and slug; empty if they can't be read."""
    try:
        return snapshot.cached(("names", get_language()), _names)
    except DatabaseError:
        return {}


def _names() -> dict[str, dict[str, str]]:
    return {
        "force": {slug: _(name) for slug, name in Force.objects.values_list("pk", "name")},
        "outcome": {slug: _(name) for slug, name in Outcome.objects.values_list("pk", "name")},
    }


def field_label(name: str, answers: Mapping[str, Any] | None = None) -> str:
    """What a field is called when its words are given back; a question as it was asked of who gave these answers."""
    if name in questions.BY_NAME:
        return _(questions.BY_NAME[name].words_for(answers or {}))
    place, _dash, number = name.partition("-")
    if place == "change":
        return _("Change paragraph {number}").format(number=number) if number != "0" else _("Anything else to change")
    if place == "own":
        return _("Other words that you chose")
    return _("Your message") if name == "message" else _("What you wrote")


# --- Pages ------------------------------------------------------------------------------------

FOLDER = "stories/intake"
# Of each text so much is looked at for words of danger, twice as much as fits: no page waits for a whole book.
_LOOKED_AT = 40_000  # characters
# What went wrong: a title, and what to do about it.
_SAYS = {
    "saving": (
        marked_options("We could not save that just now"),
        marked_options(
            "The fault is ours, not yours. Nothing was lost: your words are below. Wait a minute, then try again."
        ),
    ),
    "opening": (
        marked_options("We could not open this page just now"),
        marked_options("The fault is ours, not yours. Wait a minute, then try again."),
    ),
    "closed": (
        marked_options("Heard is not open yet"),
        marked_options(
            "Nobody could read what you send, so we did not take it. Copy your words from below to keep them."
        ),
    ),
    "length": (
        marked_options("That was more than we can take in one go"),
        marked_options("The first part of your words is below. Copy what matters to you, and send us a shorter piece."),
    ),
    "full": (
        marked_options("This code can hold no more words"),
        marked_options(
            "All that you sent before is safe with us. Your new words are below, and we kept nothing of them. "
            "If you want to send them, tell us again from the beginning: then you get another code."
        ),
    ),
    "many": (
        marked_options("We could not take this just now"),
        marked_options(
            "So many requests wait that we can only keep a part of them. Chance decides which, and it was not "
            "yours. Your words are below. Please try again in an hour or tomorrow."
        ),
    ),
    "gave way": (
        marked_options("Your words are here, and what you sent before was not kept"),
        marked_options(
            "So much came in after it, most of it sent by machines, that it had to give way before one of us could "
            "read it. We are sorry: nothing you did was wrong. All that you wrote and chose is still on this page: "
            "send it again, and keep the new code."
        ),
    ),
    "method": (
        marked_options("That did not arrive as a form"),
        marked_options(
            "Something between you and us changed it on the way. Open the page again and send it from there."
        ),
    ),
}


def render_page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render one page of the contributor's way; without brand and help lines if those cannot be read."""
    template = f"{FOLDER}/{name}.html"
    try:
        return HttpResponse(render_to_string(template, context, request), status=status)
    except DatabaseError:
        return HttpResponse(render_to_string(template, context), status=status)


def danger_in(words: Mapping[str, str]) -> Danger:
    """Return what typed words speak of, so that the page that answers them can say whom to call."""
    return danger.scan_all(text[:_LOOKED_AT] for text in words.values())


def trouble_page(
    request: HttpRequest, what: str, given: MultiValueDict, words: dict[str, str], *, status: int
) -> HttpResponse:
    """Say what went wrong and give everything back: the words to read and copy, the rest ready to send again."""
    title, says = _SAYS[what]
    hidden = [(name, value) for name, values in given.lists() if name not in words for value in values]
    context = {
        "title": gettext(title),
        "says": gettext(says),
        "words": [(name, field_label(name, dict(given.lists())), text) for name, text in words.items()],
        "danger": danger_in(words),
        "hidden": [pair for pair in hidden if pair[0] != "step"],
        "step": given.get("step", ""),
        "path": request.path,
        "can_try_again": what in ("saving", "gave way") and bool(given),
    }
    return render_page(request, "trouble", context, status=status)


# --- The door ---------------------------------------------------------------------------------

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


def words_given(request: HttpRequest) -> MultiValueDict:
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


def danger_typed(request: HttpRequest) -> Danger:
    """Return what the words in this POST speak of, so that whatever page answers it can say whom to call."""
    return danger_in(given_back(request))


def had_file(request: HttpRequest) -> bool:
    """True if the form carried a file, which was passed over."""
    return _posted(request).had_file


def is_cut(request: HttpRequest) -> bool:
    """True if the form, or one of its texts, was so long that its end was not read."""
    return bool(_posted(request).cut or getattr(request, "_heard_is_cut", False))


def is_flood(request: HttpRequest) -> bool:
    """True if it came over the limit, or a machine filled in the field that no person sees."""
    return bool(getattr(request, "over_limit", False) or words_given(request).get(HONEYPOT))


def looks_often(request: HttpRequest) -> bool:
    """True if so many looks at words were asked for that a quick one has to do; asking counts as one."""
    return bool(getattr(request, "over_look_limit", False) or words_given(request).get(HONEYPOT))


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method not in ("GET", "HEAD", "POST"):
        response = trouble_page(request, "method", words_given(request), given_back(request), status=405)
        response["Allow"] = "GET, HEAD, POST"
        return response
    if request.method == "POST" and is_cut(request):
        return trouble_page(request, "length", words_given(request), given_back(request), status=413)
    try:
        return view(request, *args, **kwargs)
    except NotOpenYet:
        return trouble_page(request, "closed", words_given(request), given_back(request), status=503)
    except sealed_store.Full:
        return trouble_page(request, "full", words_given(request), given_back(request), status=413)
    except (DatabaseError, OSError) as error:
        # Its name alone: a database's message can hold the values of a row.
        logger.error("A public form could not be answered: %s", type(error).__name__)
        what = "saving" if request.method == "POST" else "opening"
        return trouble_page(request, what, words_given(request), given_back(request), status=503)


def _posted(request: HttpRequest) -> body_parser.Posted:
    if not hasattr(request, "_heard_posted"):
        request._heard_posted = _read_posted(request)  # type: ignore[attr-defined]
    found: body_parser.Posted = request._heard_posted  # type: ignore[attr-defined]
    return found


def _read_posted(request: HttpRequest) -> body_parser.Posted:
    kind = request.META.get("CONTENT_TYPE", "")
    if body := _body(request):
        return body_parser.posted_in(body, content_type=kind, names=_NAMES)
    # Django read a form with parts before us, and keeps only what it made of it.
    read_before: QueryDict = getattr(request, "_post", None) or QueryDict()
    return body_parser.Posted({name: read_before.getlist(name) for name in read_before if re.fullmatch(_NAMES, name)})


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


# --- Tokens -----------------------------------------------------------------------------------

# Longer than any token of ours; more isn't worth trying to open.
_LONGEST = 2000
_MINUTE = 60


def issue_token(purpose: str, **words: str) -> str:
    """Seal `words` for one purpose; good for one to two hours."""
    return tokens.seal_token(tokens.current_key(), purpose=purpose, at=int(time.time()) // _MINUTE, **words)


def token_words(request: HttpRequest, *purposes: str) -> dict[str, str]:
    """Return the words of the token in this form, or nothing if it is stale, changed or for something else."""
    token = words_given(request).get("token", "")
    if not token or len(token) > _LONGEST:
        return {}
    for purpose in purposes:
        try:
            return tokens.open_token(tokens.good_keys(), token, purpose=purpose)
        except StaleToken:
            continue
    return {}
