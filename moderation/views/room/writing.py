"""Saving the working copy: by a press, and by itself while somebody types."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from moderation import claims, working_copies
from moderation.errors import Refused
from moderation.forms import LONGEST, WorkingCopyForm
from moderation.models import WorkingCopy
from moderation.redacting import replacing
from moderation.safekeeping.vault_door import vault_of
from moderation.views.doors import back_to, keeps_words, may, wants_json, words_token
from moderation.views.room.reading import reading_page, sent
from stories.models import Submission


@keeps_words
@require_POST
@may("write a working copy")
def save(request: HttpRequest, pk: object) -> HttpResponse:
    """Seal what was typed as a new version; whatever stands in the way, the words come back.

    A script that sends it while somebody types gets JSON. A press on neutral words asks for them to be put in first,
    everywhere; one on “Search the text again” for the list of what could identify somebody.
    """
    submission, form = sent(pk), WorkingCopyForm(request.POST)
    if wants_json(request):
        return _keep(request, submission, form)
    if not form.is_valid():
        return reading_page(request, submission, form=form, problem=_("Look at what is marked below, then save again."))
    try:
        done = _replaced(request, submission, form)
        claims.take(submission, by=request.user)
        working_copies.save(submission, done.fields, by=request.user, **_of_form(form))
    except working_copies.NewerVersion as newer:
        return reading_page(request, submission, form=form, problem=newer.reason, newer=newer.copy)
    except Refused as refused:
        return reading_page(request, submission, form=form, problem=refused.reason)
    messages.success(request, f"{done.said} {_('Saved, sealed.')}".strip())
    to_list = done.said or "look" in request.POST
    return redirect(f"{reverse('room_read', args=[submission.pk])}#findings") if to_list else back_to(submission.pk)


def _replaced(request: HttpRequest, submission: Submission, form: WorkingCopyForm) -> replacing.Replacement:
    """What was typed, with the neutral words in place that were asked for, if any were."""
    fields, asked = form.fields_of_text(), request.POST.get("replace", "")
    if not asked:
        return replacing.Replacement(fields, said="")
    own = request.POST.get(f"own-{asked.partition(':')[0]}", "")
    return replacing.replace(fields, asked, language=submission.language, longest=LONGEST, own=own)


def _of_form(form: WorkingCopyForm) -> dict[str, Any]:
    return {"after": form.cleaned_data["version"], "left": form.left(), "window": form.cleaned_data["window"]}


# --- By itself ------------------------------------------------------------------------------


def _keep(request: HttpRequest, submission: Submission, form: WorkingCopyForm) -> JsonResponse:
    """Answer a script: what is kept, or why not in words for a person.

    Somebody typed a moment ago, so this is work: the claim and the open vault last longer for it.
    """
    if not form.is_valid():
        return JsonResponse({"problem": _first_slip(form)}, status=422)
    vault_of(request)
    try:
        # What arrives after somebody let go of it takes nothing in hand again.
        claims.renew(submission, by=request.user)
        copy = working_copies.keep(submission, form.fields_of_text(), by=request.user, **_of_form(form))
    except working_copies.NewerVersion as newer:
        return JsonResponse({"problem": _newer_in_words(newer), "newer": newer.copy.number}, status=409)
    except Refused as refused:
        return JsonResponse({"problem": refused.reason}, status=409)
    now = date_format(timezone.localtime(), "H:i")
    token = words_token(request.user)
    return JsonResponse({"version": copy.number, "at": now, "digest": copy.digest, "name": name(copy), "token": token})


def name(copy: WorkingCopy) -> str:
    """A version as its heading names it; never by its number, which counts what was kept by itself, too."""
    said = _("Working copy by %(name)s, %(day)s")
    return said % {"name": copy.written_by.get_username(), "day": date_format(copy.written_on, "j F")}


def _first_slip(form: WorkingCopyForm) -> str:
    field, slips = next(iter(form.errors.items()))
    label = form[field].label if field in form.fields else ""
    return f"{label}: {slips[0]}"


def _newer_in_words(newer: working_copies.NewerVersion) -> str:
    if newer.is_own:
        return _("You saved a newer version in another window. Press “Save a new version” to see both.")
    said = _("%(name)s saved a newer version meanwhile. Press “Save a new version” to see both.")
    return said % {"name": newer.copy.written_by.get_username()}
