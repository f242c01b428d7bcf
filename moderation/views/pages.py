"""The shared parts of the room's pages: header and breadcrumbs, a refusal told, and a question before a deed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from moderation.team.permissions import Refused
from stories.models import Submission

Place = tuple[object, object]  # an address and its label
QUEUE: Place = (reverse_lazy("room_queue"), _("Queue"))
KEYS: Place = (reverse_lazy("vault_keys"), _("Keys"))


def heading(title: object, icon: str, *, under: Iterable[Place] = ()) -> dict[str, object]:
    """The header's part of a template's context; `under` are the pages between home and this one."""
    return {"header_title": title, "header_icon": icon, "breadcrumbs_items": crumbs(title, under=under)}


def room_page(
    request: HttpRequest,
    template: str,
    title: object,
    icon: str,
    context: Mapping[str, object],
    *,
    under: Iterable[Place] = (),
    status: int = 200,
) -> TemplateResponse:
    """A page of the room, with its header above it."""
    whole = {**heading(title, icon, under=under), **context}
    return TemplateResponse(request, f"moderation/{template}.html", whole, status=status)


def crumbs(here: object, *, under: Iterable[Place] = ()) -> list[dict[str, object]]:
    """The way to a page, from home to itself."""
    way = [(reverse_lazy("wagtailadmin_home"), _("Home")), *under, ("", here)]
    return [{"url": address, "label": label} for address, label in way]


def account_crumbs(submission: Submission) -> tuple[Place, Place]:
    """The pages over one that is about this submission: the queue, and its account."""
    return QUEUE, (reverse("room_read", args=[submission.pk]), submission.short_name)


@contextmanager
def telling(request: HttpRequest) -> Iterator[None]:
    """Do a deed within it: what is refused is said on the next page, and nothing after the refusal is done."""
    try:
        yield
    except Refused as refused:
        messages.warning(request, refused.reason)


@contextmanager
def refusals_in(form: BaseForm, field: str | None = None) -> Iterator[None]:
    """The same for a form that is whole: what is refused is said beside `field`, or above the form."""
    try:
        yield
    except Refused as refused:
        form.add_error(field, refused.reason)


class Question(NamedTuple):
    """A page that asks before a deed. The last of `under` is where it leads whoever leaves it as it is."""

    title: str
    says: str
    button: str
    icon: str
    under: tuple[Place, ...]

    @property
    def back(self) -> str:
        return str(self.under[-1][0])


def ask_first(
    request: HttpRequest, asked: Question, *, why_not: str | None, do: Callable[[], str], after: str
) -> HttpResponse:
    """Ask, or do it and go on to `after`. `do` returns what to say of it; what it refuses is said instead."""
    if request.method == "POST":
        with telling(request):
            messages.success(request, do())
        return redirect(after)
    if why_not:
        messages.warning(request, why_not)
        return redirect(asked.back)
    context = {"says": asked.says, "button": asked.button, "back": asked.back}
    return room_page(request, "confirm", asked.title, asked.icon, context, under=asked.under)
