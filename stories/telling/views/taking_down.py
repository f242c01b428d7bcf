"""Asking that a story come down: no code, no name."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stories.models import Story
from stories.telling import answering, public_form, take_down, tokens
from stories.telling.forms import TakeDownForm


@public_form.public_form(counts_against="take-down")
def take_down_form(request: HttpRequest) -> HttpResponse:
    """Ask that a story come down: no code, no name, no reason in words needed."""
    if request.method != "POST":
        story = take_down.find_story(request.GET.get("story", "")[:100])
        return _page(request, TakeDownForm(initial={"story": story.slug if story else ""}), story)
    form = TakeDownForm(public_form.given(request))
    if not form.is_valid():
        return _page(request, form, take_down.find_story(public_form.given(request).get("story", "")[:300]))
    story = take_down.find_story(form.cleaned_data["story"])
    if story is None:
        form.add_error("story", _not_found())
        return _page(request, form, None)
    return _ask(request, form, story)


def _ask(request: HttpRequest, form: TakeDownForm, story: Story) -> HttpResponse:
    asked = take_down.Asked(story, form.cleaned_data["ground"], form.cleaned_data["words"])
    try:
        kept = take_down.ask(asked, request_id=_request_id(request), is_flood=public_form.is_flood(request))
    except take_down.TooManyWait:
        back = public_form.given_back(request)
        return answering.trouble(request, "many", public_form.given(request), back, status=429)
    story.refresh_from_db()
    context = {"is_down": story.status != Story.Status.LIVE, "hid_it": kept.hid_the_story}
    return answering.page(request, "take_down_done", context)


def _page(request: HttpRequest, form: TakeDownForm, story: Story | None) -> HttpResponse:
    context = {
        "form": form,
        "story": story if story and story.status == Story.Status.LIVE else None,
        "errors": form.problems(),
        "token": tokens.issue("take-down", id=str(_request_id(request))),
        "honeypot": public_form.HONEYPOT,
    }
    return answering.page(request, "take_down", context)


def _request_id(request: HttpRequest) -> uuid.UUID:
    """The id that this form carries, so that a second press is the same request."""
    known = tokens.read(request, "take-down").get("id")
    return uuid.UUID(known) if known else uuid.uuid4()


def _not_found() -> str:
    return _("There is no such story on the site. Open the story and copy its address.")
