"""The reading page: the account on one side, the working copy on the other; putting it forward."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moderation import (
    asking,
    claims,
    corrections,
    events_in_words,
    first_look,
    policies,
    reading,
    unopened,
    versions,
    working_copies,
)
from moderation.forms import PLACES, CheckForm, WorkingCopyForm, working_copy_form
from moderation.forms.first_look import DangerForm
from moderation.lists import queue, tags
from moderation.models import WorkingCopy
from moderation.personal import care
from moderation.redacting import remaining, replacing
from moderation.safekeeping.vault import OpenVault
from moderation.safekeeping.vault_door import vault_of
from moderation.views.doors import for_words, may, not_theirs
from moderation.views.headings import QUEUE, heading
from moderation.views.room import decisions, text_in_words
from moderation.views.room.source import source_of
from moderation.views.safekeeping.vault import needs_vault
from stories import below_the_text, lifecycle, rendering
from stories.looking import Look
from stories.models import Submission
from stories.public import facts
from stories.telling import questions


def sent(pk: object) -> Submission:
    """The submission of that id; a draft isn't ours to see."""
    return get_object_or_404(Submission.objects.exclude(status=Submission.Status.DRAFT), pk=pk)


@require_GET
@may("open an account")
@needs_vault
def read(request: HttpRequest, pk: object) -> HttpResponse:
    """Open an account, leaving an event, with the working copy beside it."""
    submission = sent(pk)
    if policies.is_for_second(submission, request.user):
        # What the first reader answered and noted stands here, and the second reads without it.
        return redirect("room_second", pk=submission.pk)
    return not_theirs(request, submission) or reading_page(request, submission)


def reading_page(
    request: HttpRequest,
    submission: Submission,
    *,
    form: WorkingCopyForm | None = None,
    check: CheckForm | None = None,
    danger: DangerForm | None = None,
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
    except reading.CannotOpen as locked:
        context["cannot_open"] = locked.reason
    if form is not None and not submission.is_empty:
        # What came back is looked at anew, with the reasons that came back; for that no vault is needed.
        context["remaining"] = _remaining(submission, form, form.left(), look)
    if check is not None and copy is not None and "source" in context:
        check = _about(check, copy)
    context["danger"] = danger or DangerForm()
    context |= _what_may_be_done(request, submission, copy, check) | _beside(request, submission)
    context |= remaining.what_is_missed(context.get("remaining"), look)
    response = TemplateResponse(request, "moderation/reading.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _frame(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    title = _("Account %(name)s") % {"name": submission.short_name}
    return {
        "submission": submission,
        **heading(title, "doc-full", under=[QUEUE]),
        "header_buttons": decisions.buttons(submission, request.user),
        "claim": queue.claim_now(submission),
        "leaving": asking.leaving(submission),
        "unopened": unopened.says(submission),
        "days_left": queue.days_left(submission),
        "events": events_in_words.told(submission.events.all()),
        **for_words(request),
    }


def _beside(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    """What somebody can ask for beside the words: how they look, what changed, words for what they select."""
    return {
        "care": care.break_suggestion_beside(submission, request.user),
        "copies": versions.listed(submission),
        "kinds": replacing.kinds(submission.language),
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
    if submission.is_empty:
        return {"form": None}
    if vault is None:
        return {"is_locked": True}
    opened = reading.read(submission, vault=vault)
    fields, left = _fields(opened, copy, vault)
    is_blind = policies.reads_blind(submission, vault.moderator)
    from_version = working_copy_form(fields, version=copy.number if copy else 0)
    saved = _remaining(submission, from_version, {} if is_blind else left, look)
    facts = first_look.facts(submission, opened.answers, vault=vault)
    context = {
        "tags": list(tags.sealed(reading.labels([submission], vault).get(submission.pk))),
        "source": source_of(opened, look=look, is_blind=is_blind),
        "form": _with_their_year(form or from_version, fields["year"], opened.answers),
        "remaining": saved,
        "remaining_saved": saved,
        "why_not_published": policies.why_not_published(fields, opened.answers),
        "most_shown": dict(PLACES)[policies.most_shown(opened.answers)],
        "first_look": first_look.newest(submission, facts),
        "can_look_first": submission.status in policies.UNDECIDED,
        "why_not_begun": policies.why_not_begun(facts),
        "is_danger_raised": facts.danger.is_raised,
        "asked_to_release": decisions.asked_to_release(submission),
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
    return chosen | text_in_words.of_account(opened.account), {}


def _with_their_year(form: WorkingCopyForm, saved: str, answers: Mapping[str, Any]) -> WorkingCopyForm:
    """Say what their contributor chose where the text has no year: *Before 2015* once came to nothing."""
    theirs = questions.facets(answers)["year"]
    if theirs and not saved:
        says = _("They chose “%(year)s”.") % {"year": facts.year_of_a_row(theirs)}
        form.fields["year"].help_text = says
    return form


def _remaining(submission: Submission, form: WorkingCopyForm, left: dict[str, str], look: Look) -> remaining.Remaining:
    return remaining.Remaining(form.typed(), left=left, language=submission.language, look=look)


def _both(form: WorkingCopyForm, theirs: dict[str, str], newer: WorkingCopy) -> dict[str, Any]:
    """Both texts of a conflict. The form moves on to the newer number, so that saving again is a choice."""
    typed: Any = form.data.copy()  # type: ignore[attr-defined]
    typed["version"] = str(newer.number)
    form.data = typed
    mine = form.cleaned_data
    return {
        "newer": newer,
        "theirs": theirs,
        "theirs_to_mine": rendering.compare_words(theirs["text"], mine["text"]),
        "theirs_below": below_the_text.parts(theirs),
        "below_changes": text_in_words.below_changes(theirs, mine),
    }


def _about(check: CheckForm, copy: WorkingCopy) -> CheckForm:
    """The answers that were given, about the version that stands on this page: the next press is a yes to that one."""
    given: Any = check.data.copy()  # type: ignore[attr-defined]
    given["digest"] = copy.digest
    about = CheckForm(given)
    about.is_refused = check.is_refused
    return about


def _what_may_be_done(
    request: HttpRequest, submission: Submission, copy: WorkingCopy | None, check: CheckForm | None
) -> dict[str, Any]:
    is_my_text = copy is not None and copy.written_by_id == request.user.pk
    why_not_write = policies.why_not_write(submission, request.user)
    # Nobody answers the check for a form that is refused; one that came back stays, with its answers.
    can_send_it = check is not None or why_not_write is None
    return {
        "why_not_write": why_not_write,
        "why_not_claim": policies.why_not_claim(submission, request.user),
        "can_put_forward": is_my_text
        and can_send_it
        and lifecycle.why_not("put forward", status=submission.status) is None,
        "corrects": corrections.story_of(submission),
        "why_not_drop": policies.why_not_drop(submission, request.user),
        "check": check or CheckForm(initial={"digest": copy.digest if copy else ""}),
    }
