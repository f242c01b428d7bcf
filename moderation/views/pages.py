"""The shared parts of the room's pages: header and breadcrumbs, a refusal told, and a question before a deed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from moderation.team.permissions import Refused
from stories.core import tables
from stories.models import Submission

Place = tuple[object, object]  # an address and its label
QUEUE: Place = (reverse_lazy("room_queue"), _("Queue"))
KEYS: Place = (reverse_lazy("vault_keys"), _("Keys"))


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
    """A page of the room with its header; `under` are the pages between home and this one."""
    way = [(reverse_lazy("wagtailadmin_home"), _("Home")), *under, ("", title)]
    crumbs = [{"url": address, "label": label} for address, label in way]
    whole = {"header_title": title, "header_icon": icon, "breadcrumbs_items": crumbs, **context}
    headers = {"Cache-Control": "no-store"}
    return TemplateResponse(request, f"moderation/{template}.html", whole, status=status, headers=headers)


def account_crumbs(submission: Submission) -> tuple[Place, Place]:
    return QUEUE, (reverse("room_read", args=[submission.pk]), submission.short_name)


def next_page(*, after: Submission) -> HttpResponse:
    """Go on, once one is done, to the next account by the team's order."""
    return redirect(f"{reverse('room_next')}?skip={after.pk}")


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


QUESTIONS: dict[str, dict[str, str]] = tables.read(__file__, "questions.toml")


def ask_first(
    request: HttpRequest,
    asked: Mapping[str, str],
    *,
    under: Sequence[Place],
    why_not: str | None,
    do: Callable[[], object],
    after: str = "",
) -> HttpResponse:
    """Ask in the words of `questions.toml`, or do it and go on to `after`, or else to the last of `under`.

    A sentence that `do` returns is said in place of "done"; what it refuses is said, too.
    """
    back = str(under[-1][0])
    if request.method == "POST":
        with telling(request):
            said = do()
            messages.success(request, said if isinstance(said, str) else asked["done"])
        return redirect(after or back)
    if why_not:
        messages.warning(request, why_not)
        return redirect(back)
    context = {"says": asked["says"], "button": asked["button"], "back": back}
    return room_page(request, "confirm", asked["title"], asked["icon"], context, under=under)
