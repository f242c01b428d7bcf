"""Asking that a story come down: no name, and a code only for the answer."""

import uuid

from django.http import HttpRequest, HttpResponse

from stories.crypto import receipts
from stories.intake import pages, public_form, take_down_requests
from stories.intake.forms import TakeDownForm
from stories.models import Story


@public_form.public_form(counts_against="take-down")
def take_down_form(request: HttpRequest) -> HttpResponse:
    """Ask that a story come down: no code, no name, no reason in words needed."""
    if request.method != "POST":
        story = take_down_requests.find_story(request.GET.get("story", "")[:100])
        return _page(request, TakeDownForm(initial={"story": story.slug if story else ""}), story)
    given = public_form.words_given(request)
    form, story = TakeDownForm(given), take_down_requests.find_story(given.get("story", "")[:300])
    if form.is_valid() and story is not None:
        return _ask(request, form, story)
    if form.is_valid():
        form.add_error("story", pages.notice("no-such-story"))
    return _page(request, form, story)


def _ask(request: HttpRequest, form: TakeDownForm, story: Story) -> HttpResponse:
    asked = take_down_requests.Asked(story, form.cleaned_data["ground"], form.cleaned_data["words"])
    # Made from what the form carries and from all that is asked: the same press twice is one request, and the same form
    # with other words another one. What it carries is kept nowhere, so nobody tries from the id which words were asked.
    form_id, form_code = _carried(request)
    about = "\n".join((str(story.pk), asked.ground, asked.words))
    request_id, code = uuid.uuid5(form_id, about), receipts.further_code(form_code, about=about)
    try:
        kept = take_down_requests.ask_to_take_down(
            asked, request_id=request_id, code=code, is_flood=public_form.is_flood(request)
        )
    except take_down_requests.TooManyWait:
        return public_form.trouble_page(request, "many", status=429)
    story.refresh_from_db()
    # The code stands on no other page. One that was kept before, without a code, has none to show.
    opened = take_down_requests.open_request(code)
    shown = code if opened and opened.request == kept else ""
    was_kept = bool(kept.box) or not asked.words.strip()
    context = {
        "danger": public_form.danger_typed(request),
        "is_down": story.status != Story.Status.LIVE,
        "code": shown,
        "groups": shown.split("-"),
        "due_on": kept.due_on,
        "erase_on": take_down_requests.request_erased_on(kept),
        "words": [] if was_kept else [("words", pages.field_label("words"), asked.words)],
    }
    return pages.render_page(request, "take_down_done", context)


def _page(request: HttpRequest, form: TakeDownForm, story: Story | None) -> HttpResponse:
    request_id, code = _carried(request)
    context = {
        "form": form,
        "story": story if story and story.status == Story.Status.LIVE else None,
        "errors": form.problems(),
        "token": public_form.issue_token("take-down", id=str(request_id), code=code),
        "danger": public_form.danger_typed(request),
    }
    return pages.render_page(request, "take_down", context)


def _carried(request: HttpRequest) -> tuple[uuid.UUID, str]:
    """The id and the code that this form carries, so that a second press makes the same of them."""
    known = public_form.token_words(request, "take-down")
    return (uuid.UUID(known["id"]), known["code"]) if known else (uuid.uuid4(), receipts.new_code())
