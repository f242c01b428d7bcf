"""Leaving at once, for a browser that runs no script, and what leaving cannot do."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from stories.telling import answering, public_form

EXIT_TO = "https://www.bbc.co.uk/weather"


class SeeElsewhere(HttpResponseRedirect):
    """A redirect that is always a GET, whatever came before it."""

    status_code = 303


@public_form.public_form()
def leave(request: HttpRequest) -> HttpResponse:
    """Go to the site that a coordinator chose for the exit; the browser forgets what it cached of ours."""
    response = SeeElsewhere(_target(request))
    response["Clear-Site-Data"] = '"cache"'
    return response


@public_form.public_form()
def safely(request: HttpRequest) -> HttpResponse:
    """What the exit cannot do, and what helps beside it."""
    return answering.page(request, "leaving_safely", {})


def _target(request: HttpRequest) -> str:
    """Only templates know the furniture: the house's imports run the other way."""
    try:
        target = render_to_string("stories/telling/exit_to.txt", {"default": EXIT_TO}, request).strip()
    except DatabaseError:
        return EXIT_TO
    return target if target.startswith("https://") else EXIT_TO
