"""An account’s page: the first look, the account beside its working copy, saving that, and putting it forward."""

from typing import Any

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
from moderation.forms.room import LONGEST, PLACES, CheckForm, DangerForm, FirstLookForm, WorkingCopyForm
from moderation.models import WorkingCopy
from moderation.policies import access, texts
from moderation.policies.stories import why_not_drop
from moderation.queue import lanes
from moderation.reading import CannotOpen, Unsealed, read_account, working_copy
from moderation.redaction import anonymity_check, findings
from moderation.team import wellbeing
from moderation.team.permissions import Refused
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, not_theirs, room_view, wants_json, words_token
from moderation.views.pages import QUEUE, next_page, room_page
from moderation.views.room import decisions, practice as practising, source
from moderation.views.room.risks import first_look_part, typed_answers
from moderation.views.room.source import submission_or_404, text_facts_or_404
from stories.core import lifecycle, story_sections
from stories.core.scanner import Look
from stories.core.sealed_store import Payload
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
    look_form: FirstLookForm | None = None,
    refused: Refused | None = None,
    look: Look | None = None,
) -> HttpResponse:
    """The page as it stands. `refused` says why a form came back, and which version came in between.

    `facts` are those that this request has loaded, and `look` is the one that a deed of it looked with.
    """
    vault, look = vault_of(request), look or Look()
    facts = claims.renewed_claim(facts or load_text_facts(submission, request.user), by=request.user)
    context: dict[str, Any] = _frame(request, facts) | {"form": form, "problem": refused.reason if refused else ""}
    newer = refused.copy if isinstance(refused, working_copies.NewerVersion) else None
    try:
        seen, opened = _opened(facts, vault, form=form, look_form=look_form, newer=newer, look=look)
        # What was opened can have ended a yes.
        facts, context = seen or facts, context | opened
    except CannotOpen as locked:
        context["cannot_open"] = locked.reason
        context |= typed_answers(look_form) if look_form else {}
    if form is not None and not facts.submission.is_empty:
        # What came back is looked at anew, with the reasons that came back; for that no vault is needed.
        language = facts.submission.language
        own = anonymity_check.fields_by_wording(form.said(), anonymity_check.OWN)
        context["remaining"] = findings.Remaining(form.typed(), form.left(), language, look, form.put(), own)
    said = context.get("said", {})
    context |= _what_may_be_done(facts, has_check=check is not None)
    context["check"] = check or CheckForm(initial=said)
    context["danger"] = danger or DangerForm(initial={"text": said.get("danger-text", "")})
    context |= _what_is_shown(context, facts) | findings.what_is_missed(context.get("remaining"), look)
    context["care"] = wellbeing.break_suggestion_beside(facts.submission, request.user)
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
    facts: TextFacts,
    vault: OpenVault | None,
    *,
    form: WorkingCopyForm | None,
    look_form: FirstLookForm | None,
    newer: WorkingCopy | None,
    look: Look,
) -> tuple[TextFacts | None, dict[str, object]]:
    """The part of the page that needs an open vault, and the facts once it is opened; nothing without one."""
    submission = facts.submission
    if submission.is_empty or vault is None:
        return None, {"form": None} if submission.is_empty else {"is_locked": True}
    opened = read_account(submission, vault=vault, facts=facts)
    fields, left, put, said = _fields(opened, facts.newest)
    is_blind, risks = texts.reads_blind(opened.facts), first_look.risk_facts(opened)
    from_version = WorkingCopyForm(initial={**fields, "version": facts.newest.number if facts.newest else 0})
    beside = ({}, {}) if is_blind else (left, put)
    own = anonymity_check.fields_by_wording(said, anonymity_check.OWN)
    saved = findings.Remaining(from_version.typed(), beside[0], submission.language, look, beside[1], own)
    chosen = questions.facets_of_answers(opened.answers)["year"]
    if chosen and not fields["year"]:
        says = _("They chose “%(year)s”.") % {"year": public_facts.year_of_a_row(chosen)}
        (form or from_version).fields["year"].help_text = says
    context = {
        **source.labels_of(submission, vault),
        "source": (told := source.source_of(opened, look=look, is_blind=is_blind)),
        "form": form or from_version,
        "remaining": saved,
        "said": said,
        "sent_back": _sent_back(opened.facts, told["notes"]),
        "why_not_yet": None if access.why_not_for_real(submission) else texts.why_not_trusted(vault),
        "why_not_forward": texts.why_not_forward_yet(opened.facts, opened.answers, risks, vault),
        "most_shown": PLACES[texts.most_shown(opened.answers)],
        "is_danger_raised": risks.danger.wants_a_sentence,
        **first_look_part(opened, risks, look_form),
    }
    if form is not None and newer is not None:
        context |= _both(form, fields, newer)
    return opened.facts, context


def _sent_back(facts: TextFacts, notes: Any) -> Payload | None:
    """The note of the colleague who sent the text back, of those that this person may read, until it goes forward."""
    moves = [event.deed for event in facts.events if event.deed in ("put forward", "send back")]
    about_text = [note for note in notes if not note.get("about")]
    return about_text[-1] if about_text and moves[-1:] == ["send back"] else None


def _fields(opened: Unsealed, copy: WorkingCopy | None) -> tuple[dict[str, str], ...]:
    """The newest version with its reasons, the words put in and what its writer has said for the check; or the account
    with what its contributor chose.
    """
    if copy is not None:
        payload = opened.version(copy)
        said = payload.get("said", {}) if copy.written_by_id == opened.facts.person.pk else {}
        return payload["fields"], payload.get("left", {}), payload.get("put", {}), said
    chosen = working_copies.with_place({**working_copies.EMPTY, **questions.facets_of_answers(opened.answers)})
    return chosen | source.account_as_fields(opened.account), {}, {}, {}


def _both(form: WorkingCopyForm, theirs: dict[str, str], newer: WorkingCopy) -> dict[str, object]:
    """Both texts of a conflict. The form moves on to the newer number, so that saving again is a choice."""
    _move_on(form, newer)
    return {
        "newer": newer,
        "theirs": theirs,
        "theirs_below": story_sections.story_sections(theirs),
        **source.changes_in_text(theirs, form.cleaned_data),
    }


def _move_on(form: WorkingCopyForm, copy: WorkingCopy) -> None:
    """What is typed in the form comes after this version from now on."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(copy.number)  # type: ignore[index]


def _what_may_be_done(facts: TextFacts, *, has_check: bool) -> dict[str, object]:
    why_not_write = texts.why_not_write(facts)
    # Nobody answers the check for a form that is refused; one that came back stays, with its answers.
    can_send_it = has_check or why_not_write is None
    return {
        "why_not_write": why_not_write,
        "why_not_claim": access.why_not_claim(facts),
        "can_put_forward": can_send_it and lifecycle.why_not("put forward", status=facts.status) is None,
        "corrects": publishing.corrected_story(facts),
        "why_not_drop": why_not_drop(facts),
    }


def _what_is_shown(context: dict[str, Any], facts: TextFacts) -> dict[str, object]:
    """Whether the working copy's form stands there, and its list: the first look comes first."""
    form, may_write = context.get("form"), context["why_not_write"] is None
    is_to_look = facts.status in lifecycle.UNDECIDED and not context.get("first_look") and context.get("questions")
    is_back = form is not None and form.is_bound
    can_edit = is_back or (form is not None and (facts.newest is not None or (may_write and not is_to_look)))
    return {"can_edit": can_edit, "has_list": can_edit and (may_write or is_back)}


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
        fields, put, said = form.fields_of_text(), form.put(), ""
        if asked := request.POST.get("replace", ""):
            own = request.POST.get(f"own-{asked.partition(':')[0]}", "")
            language = submission.language
            fields, put, said = findings.replace_findings(
                fields, asked, language=language, longest=LONGEST, own=own, put=put
            )
        claims.take_claim(submission, by=request.user)
        _save_typed(request, submission, form, fields, put)
    except Refused as refused:
        # What was typed for the check comes back with it.
        check, danger = (CheckForm(request.POST), DangerForm(request.POST)) if form.said() else (None, None)
        return reading_page(request, submission, form=form, refused=refused, check=check, danger=danger)
    messages.success(request, f"{said} {_('Saved, sealed.')}".strip())
    to_list = said or "look" in request.POST
    return (
        redirect(f"{reverse('room_read', args=[submission.pk])}#findings")
        if to_list
        else redirect("room_read", pk=submission.pk)
    )


def _save_typed(
    request: StaffRequest, submission: Submission, form: WorkingCopyForm, fields: dict[str, str], put: dict[str, str]
) -> WorkingCopy:
    after, window = form.cleaned_data["version"], form.cleaned_data["window"]
    return working_copies.save_version(
        submission, fields, by=request.user, after=after, left=form.left(), put=put, said=form.said(), window=window
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
            submission,
            fields,
            by=request.user,
            after=after,
            left=form.left(),
            put=form.put(),
            said=form.said(),
            window=window,
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
            "name": _("Working copy by %(name)s, %(day)s") % written,
            "token": words_token(request.user),
        }
    )


@room_view("put forward", "POST", keeps_words=True)
def put_forward(request: StaffRequest, pk: object) -> HttpResponse:
    """Save what was typed and say the first yes to exactly that; what stands in the way gives all of it back."""
    submission, check, look, vault = submission_or_404(pk), CheckForm(request.POST), Look(), vault_of(request)
    form, danger = WorkingCopyForm(request.POST), DangerForm(request.POST)
    try:
        if vault is None:
            raise Refused(_("The vault has locked meanwhile. Unlock it in another tab, then put this forward again."))
        copy = _typed_version(request, submission, form, vault=vault, look=look)
        answered, said = check.answered(), danger.statement()
        agreements.put_forward(copy, copy.digest, vault=vault, check=answered, danger=said, look=look)
        if submission.practice_for_id is not None:
            return practising.end_of_exercise(request, submission, vault=vault, look=look)
    except Refused as refused:
        check.is_refused = True
        response = reading_page(request, submission, form=form, check=check, danger=danger, refused=refused, look=look)
        response.status_code = 200 if vault is not None else 403
        return response
    messages.success(request, _("Put forward. Another moderator reads it now, and agrees or sends it back."))
    return next_page(after=submission)


def _typed_version(
    request: StaffRequest, submission: Submission, form: WorkingCopyForm, *, vault: OpenVault, look: Look
) -> WorkingCopy:
    """The version of these very words by this person, saved if it isn't; raises `Refused`.

    So too where the finder marks something in them that didn't stand on the page yet: a yes is to what somebody saw.
    """
    if not form.is_valid():
        raise Refused(_("Look at what is marked below, then put it forward again."))
    fields, left, put = form.fields_of_text(), form.left(), form.put()
    copy = working_copies.newest_copy(submission)
    is_same = False
    if copy is not None and copy.written_by_id == request.user.pk:
        kept = working_copy(copy.sealed, vault=vault)
        both = (kept["fields"], kept.get("left", {}))
        is_same = both == (working_copies.with_place(fields), anonymity_check.clean_reasons(left))
    if copy is None or not is_same:
        copy = _save_typed(request, submission, form, fields, put)
        _move_on(form, copy)
    seen = {name.removeprefix(anonymity_check.BESIDE_A_REASON) for name in request.POST}
    spotted = findings.Remaining(form.typed(), left, submission.language, look, put)
    if new := [entry.wording.words for entry in spotted.entries if entry.wording.key not in seen]:
        said = _(
            "Your own words hold something that could identify somebody: %(words)s. Look, then put it forward again."
        )
        raise Refused(said % {"words": ", ".join(f"“{words}”" for words in new)})
    return copy
