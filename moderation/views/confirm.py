"""One door for a deed that is asked about first: a page says what a press will do, or why nobody can do it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from wagtail.admin import messages

from moderation.views.decorators import telling
from moderation.views.headings import Place, heading


class Asked(NamedTuple):
    """What the page says. The last of `under` is where it leads whoever leaves it as it is."""

    title: str
    says: str
    button: str
    icon: str
    under: tuple[Place, ...]

    @property
    def back(self) -> Any:
        address, _label = self.under[-1]
        return address


def ask_first(
    request: HttpRequest, asked: Asked, *, why_not: str | None, do: Callable[[], str], after: str
) -> HttpResponse:
    """Ask, or do it and go on to `after`. `do` returns what to say of it; what it refuses is said instead."""
    if request.method == "POST":
        with telling(request):
            messages.success(request, do())
        return redirect(after)
    if why_not:
        messages.warning(request, why_not)
        return redirect(asked.back)
    return confirmation_page(request, asked)


def confirmation_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    context = {"says": asked.says, "button": asked.button, "back": asked.back}
    context |= heading(asked.title, asked.icon, under=asked.under)
    return TemplateResponse(request, "moderation/confirm.html", context)
