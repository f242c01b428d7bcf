"""Asking that a story come down: no name, and a code only for the answer."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stories.crypto import receipts
from stories.intake import pages, public_form, take_down_requests
from stories.intake.forms import TakeDownForm
from stories.models import Story, TakeDownRequest


@public_form.public_form(counts_against="take-down")
def take_down_form(request: HttpRequest) -> HttpResponse:
    """Ask that a story come down: no code, no name, no reason in words needed."""
    if request.method != "POST":
        story = take_down_requests.find_story(request.GET.get("story", "")[:100])
        return _page(request, TakeDownForm(initial={"story": story.slug if story else ""}), story)
    form = TakeDownForm(public_form.words_given(request))
    if not form.is_valid():
        return _page(
            request, form, take_down_requests.find_story(public_form.words_given(request).get("story", "")[:300])
        )
    story = take_down_requests.find_story(form.cleaned_data["story"])
    if story is None:
        form.add_error("story", _not_found())
        return _page(request, form, None)
    return _ask(request, form, story)


def _ask(request: HttpRequest, form: TakeDownForm, story: Story) -> HttpResponse:
    asked = take_down_requests.Asked(story, form.cleaned_data["ground"], form.cleaned_data["words"])
    form_id, form_code = _carried(request)
    request_id, code = take_down_requests.id_and_code(asked, form_id=form_id, code=form_code)
    try:
        kept = take_down_requests.ask_to_take_down(
            asked, request_id=request_id, code=code, is_flood=public_form.is_flood(request)
        )
    except take_down_requests.TooManyWait:
        back = public_form.given_back(request)
        return pages.trouble_page(request, "many", public_form.words_given(request), back, status=429)
    story.refresh_from_db()
    return pages.render_page(
        request,
        "take_down_done",
        {"danger": public_form.danger_typed(request)} | _done(kept, story, code=code, words=asked.words),
    )


def _done(kept: TakeDownRequest, story: Story, *, code: str, words: str) -> dict[str, object]:
    """What the page after asking shows: the code, which stands on no other page, and the dates."""
    shown = code if take_down_requests.opens_request(kept, code) else ""
    was_kept = bool(kept.box) or not words.strip()
    return {
        "is_down": story.status != Story.Status.LIVE,
        "code": shown,
        "groups": shown.split("-"),
        "due_on": kept.due_on,
        "erase_on": take_down_requests.request_erased_on(kept),
        "words": [] if was_kept else [("words", pages.field_label("words"), words)],
    }


def _page(request: HttpRequest, form: TakeDownForm, story: Story | None) -> HttpResponse:
    request_id, code = _carried(request)
    context = {
        "form": form,
        "story": story if story and story.status == Story.Status.LIVE else None,
        "errors": form.problems(),
        "token": public_form.issue_token("take-down", id=str(request_id), code=code),
        "honeypot": public_form.HONEYPOT,
        "danger": public_form.danger_typed(request),
    }
    return pages.render_page(request, "take_down", context)


def _carried(request: HttpRequest) -> tuple[uuid.UUID, str]:
    """The id and the code that this form carries, so that a second press makes the same of them."""
    known = public_form.token_words(request, "take-down")
    if "id" in known and "code" in known:
        return uuid.UUID(known["id"]), known["code"]
    return uuid.uuid4(), receipts.new_code()


def _not_found() -> str:
    return _("There is no such story on the site. Open the story and copy its address.")
