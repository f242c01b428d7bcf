"""The second reader's page: source, text and what changed, the check answered blind, then yes or back."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from moderation import (
    agreements,
    claims,
    corrections,
    events_in_words,
    first_look,
    policies,
    reading,
    unopened,
    versions,
)
from moderation.errors import Refused
from moderation.forms import CheckForm, SendBackForm
from moderation.forms.first_look import DangerForm
from moderation.lists import queue, tags
from moderation.models import WorkingCopy
from moderation.personal import care
from moderation.redacting import marking, remaining, two_checks
from moderation.redacting.two_checks import Checks
from moderation.safekeeping.vault import OpenVault
from moderation.safekeeping.vault_door import vault_of
from moderation.views.doors import for_words, keeps_words, may, not_theirs, telling
from moderation.views.headings import account, heading
from moderation.views.lists.queue_rows import next_button
from moderation.views.room import checks_in_words, decisions, text_in_words
from moderation.views.room.reading import sent
from moderation.views.room.source import source_of
from moderation.views.safekeeping.vault import needs_vault
from stories import below_the_text, lifecycle, rendering
from stories.looking import Look
from stories.models import Event, Submission


@require_GET
@may("agree")
@needs_vault
def read_second(request: HttpRequest, pk: object) -> HttpResponse:
    """Show a second reader everything that the yes is about, and of the first's check nothing before they answer."""
    submission = sent(pk)
    if submission.status not in lifecycle.PUT_FORWARD:
        messages.warning(request, _("This isn’t put forward at the moment."))
        return redirect("room_read", pk=submission.pk)
    return not_theirs(request, submission) or _page(request, submission)


@require_POST
@may("agree")
@needs_vault
def unfold(request: HttpRequest, pk: object) -> HttpResponse:
    """Open the account for its second reader, which leaves its event; only a yes after it counts."""
    submission = sent(pk)
    try:
        opened = reading.read(submission, vault=request.vault, unfolds=True)  # type: ignore[attr-defined]
    except reading.CannotOpen as locked:
        messages.warning(request, locked.reason)
        return redirect("room_second", pk=submission.pk)
    if submission.status in lifecycle.PUT_FORWARD:
        return _page(request, submission, opened=opened)
    messages.warning(request, _("Something about danger came after the first yes, so this text went back."))
    return redirect("room_read", pk=submission.pk)


@keeps_words
@require_POST
@may("agree")
def agree(request: HttpRequest, pk: object) -> HttpResponse:
    """Keep the second reader's answers and, where nothing is left to weigh, their yes to exactly this text."""
    submission, check, look, danger = sent(pk), CheckForm(request.POST), Look(), DangerForm(request.POST)
    if "unfold" in request.POST and (vault := vault_of(request)):
        # They had answered already when its contributor wrote once more.
        opened = None
        with telling(request):
            opened = reading.read(submission, vault=vault, unfolds=True)
        return _page(request, submission, check=check, danger=danger, look=look, opened=opened)
    try:
        is_agreed = _agree(submission, check, danger, vault=vault_of(request), look=look)
    except Refused as refused:
        check.is_refused = True
        line = check.first_unfinished()
        way = (f"#{line}", _("Go to that line")) if line else ("#agree-heading", _("Go to your answers"))
        messages.error(request, refused.reason, buttons=[messages.button(*way)])
        return _page(request, submission, check=check, danger=danger, look=look)
    if not is_agreed:
        messages.info(request, _("Your answers are kept. Here is what your colleague wrote: weigh it, then decide."))
        if danger.statement().text:
            # A sentence is typed once.
            return _page(request, submission, danger=danger, look=look)
        return redirect("room_second", pk=submission.pk)
    messages.success(request, _agreed(submission), buttons=next_button(request, after=submission))
    return redirect("room_queue")


def _agree(
    submission: Submission, check: CheckForm, danger: DangerForm, *, vault: OpenVault | None, look: Look
) -> bool:
    """True once it is agreed; False where the two differ, or something stays for a reason that has to be seen first."""
    copy = versions.current(submission)
    if vault is None:
        raise Refused(_("The vault has locked meanwhile. Unlock it in another tab, then send this again."))
    if copy is None:
        raise Refused(_("There is no text to agree to."))
    if check.check():
        both = agreements.answer(copy, check.named(), vault=vault, check=check.check(), reasons=check.reasons())
        if both.differing or _has_reasons(copy, both, vault):
            return False
    agreements.agree(copy, check.named(), vault=vault, danger=danger.statement(), look=look)
    return True


def _has_reasons(copy: WorkingCopy, both: Checks, vault: OpenVault) -> bool:
    left = reading.working_copy(copy.sealed, vault=vault).get("left", {})
    return bool(left) or any(each.reasons for each in both.all)


def _agreed(submission: Submission) -> str:
    submission.refresh_from_db()
    if submission.status == Submission.Status.PUBLISHED:
        return _("Agreed. The story is corrected, everywhere. Thank you.")
    return _("Agreed. The story goes live with the next batch. Thank you.")


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
    messages.success(request, _("Sent back, with your note."), buttons=next_button(request, after=submission))
    return redirect("room_queue")


def _sent_nothing(request: HttpRequest, submission: Submission, reason: str) -> HttpResponse:
    """Give the note back with what stood in its way; it needs no vault to be read by who wrote it."""
    context = _frame(submission, _("Send back")) | {
        "problem": reason,
        "send_back": SendBackForm(request.POST),
        **for_words(request),
    }
    return TemplateResponse(request, "moderation/send_back.html", context)


def _page(
    request: HttpRequest,
    submission: Submission,
    *,
    check: CheckForm | None = None,
    danger: DangerForm | None = None,
    look: Look | None = None,
    opened: reading.Opened | None = None,
) -> HttpResponse:
    vault, look = vault_of(request), look or Look()
    submission.refresh_from_db()
    claims.renew(submission, by=request.user)
    copy = versions.current(submission)
    context = _frame(submission, _("Second reading of %(name)s") % {"name": submission.short_name})
    context["header_buttons"] = decisions.buttons(submission, request.user, first=("hold",))
    context["danger"] = danger or DangerForm()
    context |= _what_may_be_done(request, submission, copy) | {"is_locked": vault is None}
    context["check"] = check or CheckForm(initial={"digest": copy.digest if copy else ""})
    if vault is not None and copy is not None:
        context |= _opened(request, submission, copy, vault, look, opened)
    context["care"] = care.break_suggestion_beside(submission, request.user)
    context |= remaining.what_is_missed(context.get("remaining"), look)
    context["why_not_now"] = _why_not_now(context)
    status = 200 if vault is not None else 403
    response = TemplateResponse(request, "moderation/second_reading.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _why_not_now(context: dict[str, Any]) -> list[str]:
    """Everything that keeps this person from a yes now, so that nobody answers the check for nothing."""
    stays = context.get("remaining")
    ways = [
        context.get(name) for name in ("why_not", "why_not_yet", "why_not_seen", "why_not_begun", "why_not_first_no")
    ]
    return [reason for reason in (*ways, stays and stays.why_not) if reason]


def _what_may_be_done(request: HttpRequest, submission: Submission, copy: WorkingCopy | None) -> dict[str, Any]:
    return {
        "copy": copy,
        "why_not": policies.why_not_second(copy, request.user) if copy else _("There is no text to agree to."),
        "why_not_claim": policies.why_not_claim(submission, request.user),
        "send_back": SendBackForm(),
        **for_words(request),
    }


def _frame(submission: Submission, title: str) -> dict[str, Any]:
    return {
        "submission": submission,
        "days_left": queue.days_left(submission),
        "unopened": unopened.says(submission),
        **heading(title, "glasses", under=account(submission)),
    }


def _opened(
    request: HttpRequest,
    submission: Submission,
    copy: WorkingCopy,
    vault: OpenVault,
    look: Look,
    opened: reading.Opened | None,
) -> dict[str, Any]:
    try:
        both, context = two_checks.about(copy, vault=vault), _first_look(submission, copy, vault)
        is_folded = policies.why_not_unfolded(submission, request.user) is not None
        if not is_folded and not submission.is_empty:
            opened = opened or reading.read(submission, vault=vault)
            context |= _texts(opened, copy, vault, look, is_blind=both.of(request.user) is None)
    except reading.CannotOpen as locked:
        return {"cannot_open": locked.reason}
    context |= {
        "is_folded": is_folded,
        "tags": list(tags.sealed(reading.labels([submission], vault).get(submission.pk))),
        "why_not": policies.why_not_second(copy, request.user) or policies.why_not_again(both, request.user),
        "why_not_yet": policies.why_not_trusted(vault),
    }
    return context if is_folded else context | checks_in_words.told(both, request.user)


def _first_look(submission: Submission, copy: WorkingCopy, vault: OpenVault) -> dict[str, Any]:
    """What stands above everything else: the first look, what the first reader said of danger, and what came since."""
    if submission.is_empty:
        return {}
    facts = first_look.facts(submission, reading.answers(submission, vault=vault), vault=vault)
    no = agreements.first_no(copy, facts.danger)
    return {
        "first_look": first_look.newest(submission, facts),
        "first_no": no,
        "is_danger_raised": facts.danger.is_raised,
        "why_not_begun": policies.why_not_begun(facts),
        "why_not_first_no": policies.why_not_first_no(no, facts.danger),
        "since": _since_first_look(submission),
    }


def _since_first_look(submission: Submission) -> list[str]:
    """What its contributor did since the newest first look, in words, each once."""
    last = Event.objects.filter(submission=submission, deed=first_look.DEED).order_by("-number").values("number")[:1]
    came = Event.objects.filter(submission=submission, by=None, number__gt=Subquery(last)).order_by("number")
    return list(
        dict.fromkeys(str(events_in_words.DEEDS.get(deed, deed)) for deed in came.values_list("deed", flat=True))
    )


def _texts(
    opened: reading.Opened, copy: WorkingCopy, vault: OpenVault, look: Look, *, is_blind: bool
) -> dict[str, Any]:
    submission = opened.submission
    story = corrections.story_of(submission)
    payload = reading.working_copy(copy.sealed, vault=vault)
    fields, left = payload["fields"], payload.get("left", {})
    stays = remaining.Remaining(fields, left=left, language=submission.language, look=look)
    return {
        "source": source_of(opened, look=look, is_blind=is_blind),
        "corrects": story,
        "fields": fields,
        "text": marking.marked(stays.looked["text"]),
        "below": below_the_text.parts({name: marking.marked(stays.looked[name]) for name in below_the_text.NAMES}),
        "title": marking.marked(stays.looked["title"]),
        "remaining": stays,
        "facts": text_in_words.facts(fields),
        **_changes(story.public_fields() if story else text_in_words.of_account(opened.account), fields),
        "why_not_seen": policies.why_not_seen(copy, opened.answers),
    }


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, Any]:
    return {
        "changes": rendering.compare_words(before["text"], after["text"]),
        "below_changes": text_in_words.below_changes(before, after),
    }
