"""The reading room: the account on one side, the working copy on the other; saving it, and putting it forward."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages

from moderation import agreements, claims, event_words, first_look, publishing, working_copies
from moderation.decisions import leaving_messages
from moderation.facts import TextFacts, load_text_facts
from moderation.forms.room import LONGEST, PLACES, CheckForm, DangerForm, WorkingCopyForm
from moderation.models import WorkingCopy
from moderation.policies import access, texts
from moderation.policies.danger import why_not_begun
from moderation.policies.stories import why_not_drop
from moderation.queue import lanes
from moderation.reading import CannotOpen, Unsealed, read_account
from moderation.redaction import findings
from moderation.team import wellbeing
from moderation.team.permissions import Refused
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, not_theirs, room_view, wants_json, words_token
from moderation.views.lists.queue import next_button
from moderation.views.pages import QUEUE, room_page
from moderation.views.room import decisions, practice as practising, source
from moderation.views.room.source import submission_or_404, text_facts_or_404
from stories.core import lifecycle, story_sections
from stories.core.scanner import Look
from stories.intake import questions
from stories.models import Submission
from stories.reading import story_facts as public_facts


@room_view("open an account", "GET", with_vault=True)
def read(request: StaffRequest, pk: object) -> HttpResponse:
    """Open an account, leaving an event, with the working copy beside it."""
    facts = text_facts_or_404(request, pk)
    if texts.is_for_second(facts):
        # What the first reader answered and noted stands here, and the second reads without it.
        return redirect("room_second", pk=facts.submission.pk)
    return not_theirs(request, facts) or reading_page(request, facts.submission, facts=facts)


def reading_page(
    request: StaffRequest,
    submission: Submission,
    *,
    facts: TextFacts | None = None,
    form: WorkingCopyForm | None = None,
    check: CheckForm | None = None,
    danger: DangerForm | None = None,
    refused: Refused | None = None,
    look: Look | None = None,
) -> HttpResponse:
    """The page as it stands. `refused` says why a form came back, and which version came in between.

    `facts` are those that this request has loaded, and `look` is the one that a deed of it looked with.
    """
    vault, look = vault_of(request), look or Look()
    facts = claims.renewed_claim(facts or load_text_facts(submission, request.user), by=request.user)
    context = _frame(request, facts) | {"form": form, "danger": danger or DangerForm()}
    context["problem"] = refused.reason if refused else ""
    newer = refused.copy if isinstance(refused, working_copies.NewerVersion) else None
    try:
        seen, opened = _opened(facts, vault, form=form, newer=newer, look=look)
        # What was opened can have ended a yes.
        facts, context = seen or facts, context | opened
    except CannotOpen as locked:
        context["cannot_open"] = locked.reason
    if form is not None and not facts.submission.is_empty:
        # What came back is looked at anew, with the reasons that came back; for that no vault is needed.
        context["remaining"] = findings.Remaining(form.typed(), form.left(), facts.submission.language, look)
    if check is not None and facts.newest is not None and "source" in context:
        check = _about(check, facts.newest)
    context |= _what_may_be_done(facts, check)
    context["care"] = wellbeing.break_suggestion_beside(facts.submission, request.user)
    context |= findings.what_is_missed(context.get("remaining"), look)
    title = _("Account %(name)s") % {"name": facts.submission.short_name}
    return room_page(request, "reading", title, "doc-full", context, under=[QUEUE])


def _frame(request: StaffRequest, facts: TextFacts) -> dict[str, object]:
    return {
        "submission": facts.submission,
        "header_buttons": decisions.buttons(facts, request.user),
        "claim": facts.claim,
        "leaving": leaving_messages(facts),
        "unopened": facts.marks,
        "days_left": lanes.days_left(facts.submission),
        "events": event_words.events_told(facts.events),
        "copy": facts.newest,
        "copies": facts.versions,
        "kinds": findings.replaceable_kinds(facts.submission.language),
    }


def _opened(
    facts: TextFacts, vault: OpenVault | None, *, form: WorkingCopyForm | None, newer: WorkingCopy | None, look: Look
) -> tuple[TextFacts | None, dict[str, object]]:
    """The part of the page that needs an open vault, and the facts once it is opened; nothing without one."""
    submission = facts.submission
    if submission.is_empty:
        return None, {"form": None}
    if vault is None:
        return None, {"is_locked": True}
    opened = read_account(submission, vault=vault, facts=facts)
    fields, left = _fields(opened, facts.newest)
    is_blind, risks = texts.reads_blind(opened.facts), first_look.risk_facts(opened)
    from_version = WorkingCopyForm(initial={**fields, "version": facts.newest.number if facts.newest else 0})
    saved = findings.Remaining(from_version.typed(), {} if is_blind else left, submission.language, look)
    chosen = questions.facets_of_answers(opened.answers)["year"]
    if chosen and not fields["year"]:
        says = _("They chose “%(year)s”.") % {"year": public_facts.year_of_a_row(chosen)}
        (form or from_version).fields["year"].help_text = says
    context = {
        **source.labels_of(submission, vault),
        "source": source.source_of(opened, look=look, is_blind=is_blind),
        "form": form or from_version,
        "remaining": saved,
        "remaining_saved": saved,
        "why_not_published": texts.why_not_published(fields, opened.answers),
        "most_shown": PLACES[texts.most_shown(opened.answers)],
        "first_look": first_look.newest_look(opened, risks),
        "can_look_first": opened.facts.status in lifecycle.UNDECIDED,
        "why_not_begun": why_not_begun(risks),
        "is_danger_raised": risks.danger.is_raised,
        "asked_to_release": decisions.asked_to_release(opened.facts),
    }
    if form is not None and newer is not None:
        context |= _both(form, fields, newer)
    return opened.facts, context


def _fields(opened: Unsealed, copy: WorkingCopy | None) -> tuple[dict[str, str], dict[str, str]]:
    """The newest version and its reasons, or, before there is one, the account with what its contributor chose."""
    if copy is not None:
        payload = opened.version(copy)
        return payload["fields"], payload.get("left", {})
    chosen = working_copies.with_place({**working_copies.EMPTY, **questions.facets_of_answers(opened.answers)})
    return chosen | source.account_as_fields(opened.account), {}


def _both(form: WorkingCopyForm, theirs: dict[str, str], newer: WorkingCopy) -> dict[str, object]:
    """Both texts of a conflict. The form moves on to the newer number, so that saving again is a choice."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(newer.number)  # type: ignore[index]
    return {
        "newer": newer,
        "theirs": theirs,
        "theirs_below": story_sections.story_sections(theirs),
        **source.changes_in_text(theirs, form.cleaned_data),
    }


def _about(check: CheckForm, copy: WorkingCopy) -> CheckForm:
    """The answers that were given, about the version that stands on this page: the next press is a yes to that one."""
    about = CheckForm(check.data.copy())  # type: ignore[attr-defined]
    about.data["digest"] = copy.digest  # type: ignore[index]
    about.is_refused = check.is_refused
    return about


def _what_may_be_done(facts: TextFacts, check: CheckForm | None) -> dict[str, object]:
    copy = facts.newest
    is_my_text = copy is not None and copy.written_by_id == facts.person.pk
    why_not_write = texts.why_not_write(facts)
    # Nobody answers the check for a form that is refused; one that came back stays, with its answers.
    can_send_it = check is not None or why_not_write is None
    return {
        "why_not_write": why_not_write,
        "why_not_claim": access.why_not_claim(facts),
        "can_put_forward": is_my_text and can_send_it and lifecycle.why_not("put forward", status=facts.status) is None,
        "corrects": publishing.corrected_story(facts),
        "why_not_drop": why_not_drop(facts),
        "check": check or CheckForm(initial={"digest": copy.digest if copy else ""}),
    }


@room_view("write a working copy", "POST", keeps_words=True)
def save(request: StaffRequest, pk: object) -> HttpResponse:
    """Seal what was typed as a new version; whatever stands in the way, the words come back.

    A script that sends it while somebody types gets JSON. A press on neutral words asks for them to be put in first,
    everywhere; one on “Search the text again” for the list of what could identify somebody.
    """
    submission, form = submission_or_404(pk), WorkingCopyForm(request.POST)
    if wants_json(request):
        return _keep(request, submission, form)
    try:
        if not form.is_valid():
            raise Refused(_("Look at what is marked below, then save again."))
        fields, said = form.fields_of_text(), ""
        if asked := request.POST.get("replace", ""):
            own = request.POST.get(f"own-{asked.partition(':')[0]}", "")
            language = submission.language
            fields, said = findings.replace_findings(fields, asked, language=language, longest=LONGEST, own=own)
        claims.take_claim(submission, by=request.user)
        after, window = form.cleaned_data["version"], form.cleaned_data["window"]
        working_copies.save_version(submission, fields, by=request.user, after=after, left=form.left(), window=window)
    except Refused as refused:
        return reading_page(request, submission, form=form, refused=refused)
    messages.success(request, f"{said} {_('Saved, sealed.')}".strip())
    to_list = said or "look" in request.POST
    return (
        redirect(f"{reverse('room_read', args=[submission.pk])}#findings")
        if to_list
        else redirect("room_read", pk=submission.pk)
    )


def _keep(request: StaffRequest, submission: Submission, form: WorkingCopyForm) -> JsonResponse:
    """Answer a script: what is kept, or why not in words for a person.

    Somebody typed a moment ago, so this is work: the claim and the open vault last longer for it.
    """
    if not form.is_valid():
        field, slips = next(iter(form.errors.items()))
        label = form[field].label if field in form.fields else ""
        return JsonResponse({"problem": f"{label}: {slips[0]}"}, status=422)
    vault_of(request)
    try:
        # What arrives after somebody let go of it takes nothing in hand again.
        claims.renew_claim(submission, by=request.user)
        fields, after, window = form.fields_of_text(), form.cleaned_data["version"], form.cleaned_data["window"]
        copy = working_copies.keep_version(
            submission, fields, by=request.user, after=after, left=form.left(), window=window
        )
    except working_copies.NewerVersion as newer:
        problem = f"{newer.said} {_('Press “Save a new version” to see both.')}"
        return JsonResponse({"problem": problem, "newer": newer.copy.number}, status=409)
    except Refused as refused:
        return JsonResponse({"problem": refused.reason}, status=409)
    # As its heading names it; never by its number, which counts what was kept by itself, too.
    written = {"name": copy.written_by.get_username(), "day": date_format(copy.written_on, "j F")}
    return JsonResponse(
        {
            "version": copy.number,
            "at": date_format(timezone.localtime(), "H:i"),
            "digest": copy.digest,
            "name": _("Working copy by %(name)s, %(day)s") % written,
            "token": words_token(request.user),
        }
    )


@room_view("put forward", "POST", keeps_words=True)
def put_forward(request: StaffRequest, pk: object) -> HttpResponse:
    """Say the first yes to exactly the text that the form's digest names; what stands in the way gives all back.

    A press on “Search the text again” says nothing yet: the page comes anew, with the text kept since and the answers.
    """
    submission, check, look, vault = submission_or_404(pk), CheckForm(request.POST), Look(), vault_of(request)
    danger = DangerForm(request.POST)
    if "look" in request.POST:
        return reading_page(request, submission, check=check, danger=danger)
    try:
        if vault is None:
            raise Refused(_("The vault has locked meanwhile. Unlock it in another tab, then put this forward again."))
        copy = working_copies.newest_copy(submission)
        if copy is None:
            raise Refused(_("Save a version first; there is nothing to put forward yet."))
        answered, said = check.answered(), danger.statement()
        agreements.put_forward(copy, check.named(), vault=vault, check=answered, danger=said, look=look)
    except Refused as refused:
        check.is_refused = True
        response = reading_page(request, submission, check=check, danger=danger, refused=refused, look=look)
        response.status_code = 200 if vault is not None else 403
        return response
    if submission.practice_for_id is not None:
        return practising.end_of_exercise(request, submission, vault=vault, look=look)
    done = _("Put forward. Another moderator reads it now, and agrees or sends it back.")
    messages.success(request, done, buttons=next_button(request, after=submission))
    return redirect("room_read", pk=submission.pk)
