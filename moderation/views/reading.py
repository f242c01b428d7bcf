"""The reading page: the account on one side, the working copy on the other; saving it, putting it forward."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from moderation import (
    agreements,
    claims,
    events_in_words,
    policies,
    queue,
    reading,
    remaining,
    replacing,
    unopened,
    versions,
    word_diff,
    working_copies,
)
from moderation.errors import Refused
from moderation.forms import LONGEST_TEXT, LONGEST_TITLE, PLACES, CheckForm, WorkingCopyForm, working_copy_form
from moderation.models import WorkingCopy
from moderation.vault import OpenVault
from moderation.vault_door import vault_of
from moderation.views import decisions
from moderation.views.doors import TOKEN, back_to, crumbs, keeps_words, may, words_token
from moderation.views.source import source_of
from moderation.views.vault import needs_vault
from stories.looking import Look
from stories.models import Submission
from stories.telling import questions


def sent(pk: object) -> Submission:
    """The submission of that id; a draft isn't ours to see."""
    return get_object_or_404(Submission.objects.exclude(status=Submission.Status.DRAFT), pk=pk)


@require_GET
@may("open an account")
@needs_vault
def read(request: HttpRequest, pk: object) -> HttpResponse:
    """Open an account, leaving an event, with the working copy beside it."""
    return reading_page(request, sent(pk))


@keeps_words
@require_POST
@may("write a working copy")
def save(request: HttpRequest, pk: object) -> HttpResponse:
    """Seal what was typed as a new version; whatever stands in the way, the words come back.

    A press on neutral words asks for them to be put in first, everywhere.
    """
    submission, form = sent(pk), WorkingCopyForm(request.POST)
    if not form.is_valid():
        return reading_page(request, submission, form=form, problem=_("Look at what is marked below, then save again."))
    try:
        done = _replaced(request, submission, form)
        claims.take(submission, by=request.user)
        after, left = form.cleaned_data["version"], form.left()
        copy = working_copies.save(submission, done.fields, by=request.user, after=after, left=left)
    except working_copies.NewerVersion as newer:
        return reading_page(request, submission, form=form, problem=newer.reason, newer=newer.copy)
    except Refused as refused:
        return reading_page(request, submission, form=form, problem=refused.reason)
    saved = _("Saved as version %(number)d, sealed.") % {"number": copy.number}
    messages.success(request, f"{done.said} {saved}".strip())
    return redirect(f"{reverse('room_read', args=[submission.pk])}#findings") if done.said else back_to(submission.pk)


def _replaced(request: HttpRequest, submission: Submission, form: WorkingCopyForm) -> replacing.Replacement:
    """What was typed, with the neutral words in place that were asked for, if any were."""
    fields, asked = form.fields_of_text(), request.POST.get("replace", "")
    if not asked:
        return replacing.Replacement(fields, said="")
    longest = {"title": LONGEST_TITLE, "text": LONGEST_TEXT}
    return replacing.replace(fields, asked, language=submission.language, longest=longest)


@require_POST
@may("put forward")
@needs_vault
def put_forward(request: HttpRequest, pk: object) -> HttpResponse:
    """Say the first yes to exactly the text that the form's digest names."""
    submission, check, look = sent(pk), CheckForm(request.POST), Look()
    check.is_valid()
    copy = versions.current(submission)
    try:
        if copy is None:
            raise Refused(_("Save a version first; there is nothing to put forward yet."))
        digest = check.cleaned_data.get("digest", "")
        vault: OpenVault = request.vault  # type: ignore[attr-defined]
        agreements.put_forward(copy, digest, vault=vault, check=check.check(), look=look)
    except Refused as refused:
        return reading_page(request, submission, check=check, problem=refused.reason, look=look)
    messages.success(request, _("Put forward. Another moderator reads it now, and agrees or sends it back."))
    return back_to(submission.pk)


def reading_page(
    request: HttpRequest,
    submission: Submission,
    *,
    form: WorkingCopyForm | None = None,
    check: CheckForm | None = None,
    problem: str = "",
    newer: WorkingCopy | None = None,
    look: Look | None = None,
) -> HttpResponse:
    """The page as it stands. `problem` says why a form came back; `newer` is the version that came in between.

    `look` is the one that a deed of this request looked with.
    """
    vault = vault_of(request)
    claims.renew(submission, by=request.user)
    submission.refresh_from_db()
    copy = versions.current(submission)
    context = _frame(request, submission) | {"problem": problem, "copy": copy, "form": form}
    look = look or Look()
    try:
        context |= _opened(submission, copy, vault, form=form, newer=newer, look=look)
    except reading.CannotOpen:
        context["cannot_open"] = True
    if form is not None and not submission.is_erased:
        # What came back is looked at anew, with the reasons that came back; for that no vault is needed.
        context["remaining"] = _remaining(submission, form, form.left(), look)
    context |= _what_may_be_done(request, submission, copy, check)
    context |= remaining.what_is_missed(context.get("remaining"), look)
    response = TemplateResponse(request, "moderation/reading.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _frame(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    title = _("Account %(name)s") % {"name": submission.short_name}
    return {
        "submission": submission,
        "header_title": title,
        "header_icon": "doc-full",
        "breadcrumbs_items": crumbs(title, queue=True),
        "header_buttons": decisions.buttons(submission, request.user),
        "claim": queue.claim_now(submission),
        "unopened": unopened.says(submission),
        "days_left": queue.days_left(submission),
        "events": events_in_words.told(submission.events.all()),
        "token": words_token(request.user),
        "token_name": TOKEN,
    }


def _opened(
    submission: Submission,
    copy: WorkingCopy | None,
    vault: OpenVault | None,
    *,
    form: WorkingCopyForm | None,
    newer: WorkingCopy | None,
    look: Look,
) -> dict[str, Any]:
    """What an open vault shows; without one, only what was typed just now."""
    if submission.is_erased:
        return {"form": None}
    if vault is None:
        return {"is_locked": True}
    opened = reading.read(submission, vault=vault)
    fields, left = _fields(opened, copy, vault)
    from_version = working_copy_form(fields, version=copy.number if copy else 0)
    saved = _remaining(submission, from_version, left, look)
    context = {
        "source": source_of(opened, look=look, unfolded=form is not None or copy is not None),
        "form": form or from_version,
        "remaining": saved,
        "remaining_saved": saved,
        "why_not_published": policies.why_not_published(fields, opened.answers),
        "most_shown": dict(PLACES)[policies.most_shown(opened.answers)],
    }
    if form is not None and newer is not None:
        context |= _both(form, fields, newer)
    return context


def _fields(
    opened: reading.Opened, copy: WorkingCopy | None, vault: OpenVault
) -> tuple[dict[str, str], dict[str, str]]:
    """The newest version and its reasons, or, before there is one, the account with what its contributor chose."""
    if copy is not None:
        payload = reading.working_copy(copy.sealed, vault=vault)
        return payload["fields"], payload.get("left", {})
    chosen = working_copies.with_place({**working_copies.EMPTY, **questions.facets(opened.answers)})
    return chosen | {"text": opened.account.get("account", "")}, {}


def _remaining(submission: Submission, form: WorkingCopyForm, left: dict[str, str], look: Look) -> remaining.Remaining:
    return remaining.Remaining(form.typed(), left=left, language=submission.language, look=look)


def _both(form: WorkingCopyForm, theirs: dict[str, str], newer: WorkingCopy) -> dict[str, Any]:
    """Both texts of a conflict. The form moves on to the newer number, so that saving again is a choice."""
    typed: Any = form.data.copy()  # type: ignore[attr-defined]
    typed["version"] = str(newer.number)
    form.data = typed
    mine = form.cleaned_data["text"]
    return {"newer": newer, "theirs": theirs, "theirs_to_mine": word_diff.compare(theirs["text"], mine)}


def _what_may_be_done(
    request: HttpRequest, submission: Submission, copy: WorkingCopy | None, check: CheckForm | None
) -> dict[str, Any]:
    is_my_text = copy is not None and copy.written_by_id == request.user.pk
    return {
        "why_not_write": policies.why_not_write(submission, request.user),
        "why_not_claim": policies.why_not_claim(submission, request.user),
        "can_put_forward": is_my_text and submission.status == Submission.Status.RECEIVED,
        "check": check or CheckForm(initial={"digest": copy.digest if copy else ""}),
    }
