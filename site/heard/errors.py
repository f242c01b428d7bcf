"""Error pages in the site's own look, which give back whatever words came with the request."""

import logging
import sys
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext as _

from heard.middleware import Middleware
from heard.middleware.admin import is_admin
from heard.middleware.public import DropFiles, carries_words, most_bytes
from moderation.redaction import anonymity_check
from stories.core import addresses
from stories.intake import pages, public_form

logger = logging.getLogger(__name__)
# Answers that a view or a decorator gives with nothing in them.
_BARE = (405, 410)
# Every box of the moderators' room that holds more than a line; named one by one, so that no password comes back.
_MODERATORS_TEXTS = (
    *("title", "text", "differently", "well", "note", "message", "reason", "question", "answer", "waits_for"),
    *("why_no_case", "words", "context", "source", "owner", "stories", "what_to_do", "message_cy", "agreed"),
    *("sentence", "danger-text"),
)
# Fields of which each line of a check, or each finding, has one.
_BESIDE_A_LINE = ("left-", "own-", "why-")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for more words than the site takes at once."""
    return _page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403; with a `reason` for a form of the admin that stood open too long, or came from somewhere else."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 where the database can't be asked or written to just now."""
    # Django calls this while it handles the error.
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _page(request, 500)
    response = _page(request, 503, is_away=True)
    response["Retry-After"] = "180"  # seconds
    return response


def refused(request: HttpRequest, status: int) -> HttpResponse:
    """408 for a form that stopped coming, 503 where too much is asked for at once."""
    response = _page(request, status) if request.method in ("GET", "HEAD") else _not_taken(request, status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "30"  # seconds
    return response


def _not_taken(request: HttpRequest, status: int) -> HttpResponse:
    """A page without a header and a footer: our script then leaves the form as it is, with the words in it."""
    if status == HTTPStatus.REQUEST_TIMEOUT:
        title = _("Not everything arrived")
        lead = _("For a long while nothing more came from you, so we stopped waiting.")
    else:
        title, lead = _("We could not take this just now"), _("A great deal is coming in at once.")
    way_back = _("Go back to the page before: your words should still be there. Wait a minute, then send it again.")
    return HttpResponse(_by_hand(_words_of(request), title=title, lead=f"{lead} {way_back}"), status=status)


class ClosedMiddleware(Middleware):
    """Answers everything while the site is closed, out of the request alone, and gives the words back that came."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.upload_handlers = [DropFiles(request)]
        if request.path_info == "/healthz":
            response = HttpResponse("late: closed\n", content_type="text/plain; charset=utf-8")
        else:
            response = HttpResponse(_closed_page(request))
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response["Retry-After"] = "60"  # seconds
        return response


def _closed_page(request: HttpRequest) -> str:
    because = {
        "restoring": _("We are putting the site back together from a copy. This can take some hours."),
        "upgrading": _("We are bringing the site up to date. This takes a few minutes."),
        "moving": _("We are moving the site to another place. This can take some hours."),
        "ended": _(
            "This site has closed for good. Everything that people told here was erased, and no code opens anything "
            "any more. The Revenge Porn Helpline (0345 6000 459) helps with intimate images; Victim Support "
            "(08 08 16 89 111) is there day and night."
        ),
    }
    lead = [because.get(settings.CLOSED_BECAUSE, _("We are working on the site. Please come back later."))]
    words, has_ended = _words_of(request), settings.CLOSED_BECAUSE == "ended"
    if request.method not in ("GET", "HEAD") and not has_ended:
        again = _("Your words are below: copy them, and send them when we are back.")
        lead += [_("What you just sent did not arrive."), again if words else _("Send it again when we are back.")]
    lead.append(_("If somebody is in danger now, call 999."))
    title = _("This site has closed") if has_ended else _("We are closed for a short while")
    return _by_hand(words, title=title, lead=" ".join(lead))


class BareErrorsMiddleware(Middleware):
    """Give a page to an error that a view answered without one."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in _BARE or is_admin(request) or response.content:
            return response
        page = _page(request, response.status_code)
        for name, value in response.items():
            if name.lower() not in ("content-type", "content-length"):
                page[name] = value
        return page


def _page(request: HttpRequest, status: int, *, is_away: bool = False) -> HttpResponse:
    """Render a page that can't itself fail: with the site around it, else without, else by hand."""
    words = _words_of(request)
    is_quiet = bool(words) or status != 404 or carries_words(request.path_info) or is_admin(request)
    is_form = carries_words(request.path_info) and status not in (404, 405, 410)
    context = {
        # Where nothing is given back, a page that isn't there leads on like any other.
        "shell": "base_quiet.html" if is_quiet else "base.html",
        # Its own box stands higher up.
        "has_search": status == 404,
        "words": words,
        "is_away": is_away,
        # Where the words can be posted again: the same form, unless there is none.
        "go_on_at": "" if is_admin(request) else request.path if is_form else addresses.path_in_language("/tell/form/"),
    }
    for around in (request, None):
        try:
            text = render_to_string(f"errors/{status}.html", context, request=around)
            return HttpResponse(text, status=status)
        except Exception:
            logger.exception("An error page failed")
    title = _("Something went wrong on our side")
    lead = _("It was nothing you did. Please come back in a few minutes.")
    return HttpResponse(_by_hand(words, title=title, lead=lead), status=status)


def _words_of(request: HttpRequest) -> list[tuple[str, str, str]]:
    """The words that came with a form: the name of each field, what it is called, and what was typed there."""
    if request.method != "POST" or not most_bytes(request.method, request.path_info):
        return []
    try:
        if not is_admin(request):
            return public_form.words_to_copy(request)
        texts = {name: request.POST[name] for name in _MODERATORS_TEXTS if request.POST.get(name)}
        beside = ((name, str(words)) for name, words in request.POST.items() if name.startswith(_BESIDE_A_LINE))
        texts |= {name: words for name, words in beside if words.strip()}
        label = anonymity_check.field_label
        return [(name, label(name, request.POST) or pages.field_label(name), text) for name, text in texts.items()]
    except Exception:
        logger.exception("Words can't be given back")
        return []


def _by_hand(words: list[tuple[str, str, str]], *, title: str, lead: str) -> str:
    """A page that not even a template is read for."""
    boxes = format_html_join(
        "\n", "<p><textarea rows=12 cols=60 readonly>\n{}</textarea></p>", ((text,) for _name, _label, text in words)
    )
    return format_html(
        "<!doctype html><html lang={}><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        "<title>Heard</title><h1>{}</h1><p>{}</p>{}",
        get_language() or "en",
        title,
        lead,
        boxes,
    )
