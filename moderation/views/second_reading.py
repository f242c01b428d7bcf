"""The second reader's page: source, text and what changed between them, then yes or back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from moderation import (
    agreements,
    claims,
    marking,
    policies,
    queue,
    reading,
    remaining,
    text_in_words,
    unopened,
    versions,
    word_diff,
)
from moderation.errors import Refused
from moderation.forms import CheckForm, SendBackForm
from moderation.models import WorkingCopy
from moderation.vault import OpenVault
from moderation.views.doors import TOKEN, crumbs, keeps_words, may, words_token
from moderation.views.reading import sent
from moderation.views.source import source_of
from moderation.views.vault import needs_vault
from stories.looking import Look
from stories.models import Submission


@require_GET
@may("agree")
@needs_vault
def read_second(request: HttpRequest, pk: object) -> HttpResponse:
    """Show a second reader everything that the yes is about."""
    submission = sent(pk)
    if submission.status != Submission.Status.PREPARED:
        messages.warning(request, _("This isn’t put forward at the moment."))
        return redirect("room_read", pk=submission.pk)
    return _page(request, submission)


@require_POST
@may("agree")
@needs_vault
def agree(request: HttpRequest, pk: object) -> HttpResponse:
    """Say the second yes to exactly the text that the form's digest names."""
    submission, check, look = sent(pk), CheckForm(request.POST), Look()
    check.is_valid()
    copy = versions.current(submission)
    try:
        if copy is None:
            raise Refused(_("There is no text to agree to."))
        digest = check.cleaned_data.get("digest", "")
        vault: OpenVault = request.vault  # type: ignore[attr-defined]
        agreements.agree(copy, digest, vault=vault, check=check.check(), look=look)
    except Refused as refused:
        messages.error(request, refused.reason)
        return _page(request, submission, check=check, look=look)
    messages.success(request, _("Agreed. The story goes live with the next batch. Thank you."))
    return redirect("room_queue")


@keeps_words
@require_POST
@may("send back")
def send_back(request: HttpRequest, pk: object) -> HttpResponse:
    """Give the text back to its first reader, with a sealed note."""
    submission = sent(pk)
    copy = versions.current(submission)
    try:
        if copy is None:
            raise Refused(_("There is no text to send back."))
        agreements.send_back(copy, request.POST.get("note", ""), by=request.user)
    except Refused as refused:
        return _sent_nothing(request, submission, refused.reason)
    messages.success(request, _("Sent back, with your note."))
    return redirect("room_queue")


def _sent_nothing(request: HttpRequest, submission: Submission, reason: str) -> HttpResponse:
    """Give the note back with what stood in its way; it needs no vault to be read by who wrote it."""
    context = _frame(submission, _("Send back")) | {
        "problem": reason,
        "send_back": SendBackForm(request.POST),
        "token": words_token(request.user),
        "token_name": TOKEN,
    }
    return TemplateResponse(request, "moderation/send_back.html", context)


def _page(
    request: HttpRequest, submission: Submission, *, check: CheckForm | None = None, look: Look | None = None
) -> HttpResponse:
    vault: OpenVault = request.vault  # type: ignore[attr-defined]
    look = look or Look()
    submission.refresh_from_db()
    claims.renew(submission, by=request.user)
    copy = versions.current(submission)
    context = _frame(submission, _("Second reading of %(name)s") % {"name": submission.short_name})
    try:
        context |= _texts(submission, copy, vault, look)
    except reading.CannotOpen:
        context["cannot_open"] = True
    context |= {
        "copy": copy,
        "why_not": policies.why_not_second(copy, request.user) if copy else _("There is no text to agree to."),
        "why_not_yet": policies.why_not_trusted(vault),
        "check": check or CheckForm(initial={"digest": copy.digest if copy else ""}),
        "send_back": SendBackForm(),
        "token": words_token(request.user),
        "token_name": TOKEN,
        **remaining.what_is_missed(context.get("remaining"), look),
    }
    response = TemplateResponse(request, "moderation/second_reading.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _frame(submission: Submission, title: str) -> dict[str, Any]:
    way = crumbs(title, queue=True)
    way.insert(-1, {"url": reverse("room_read", args=[submission.pk]), "label": submission.short_name})
    return {
        "submission": submission,
        "days_left": queue.days_left(submission),
        "unopened": unopened.says(submission),
        "header_title": title,
        "header_icon": "glasses",
        "breadcrumbs_items": way,
    }


def _texts(submission: Submission, copy: WorkingCopy | None, vault: OpenVault, look: Look) -> dict[str, Any]:
    if copy is None or submission.is_erased:
        return {}
    opened = reading.read(submission, vault=vault)
    payload = reading.working_copy(copy.sealed, vault=vault)
    fields, left = payload["fields"], payload.get("left", {})
    stays = remaining.Remaining(fields, left=left, language=submission.language, look=look)
    return {
        "source": source_of(opened, look=look),
        "fields": fields,
        "text": marking.marked(stays.looked["text"]),
        "title": marking.marked(stays.looked["title"]),
        "remaining": stays,
        "facts": text_in_words.facts(fields),
        "changes": word_diff.compare(opened.account.get("account", ""), fields["text"]),
        "why_not_seen": policies.why_not_seen(copy, opened.answers),
    }
