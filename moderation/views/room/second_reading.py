"""The second reader's page: source, text and what changed, the check answered blind, then yes or back."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from moderation import agreements, claims, event_words, first_look, publishing, reading, working_copies
from moderation.facts import TextFacts, load_text_facts
from moderation.forms.room import CheckForm, DangerForm, FirstLookForm, JoinForm, SendBackForm
from moderation.models import WorkingCopy
from moderation.policies import access, danger as dangers, texts
from moderation.queue import lanes
from moderation.redaction import findings
from moderation.redaction.anonymity_check import Checks, Line
from moderation.team import wellbeing
from moderation.team.permissions import Refused
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, VaultRequest, not_theirs, room_view
from moderation.views.pages import QUESTIONS, account_crumbs, next_page, refusals_in, room_page, telling
from moderation.views.room import decisions, source
from moderation.views.room.risks import first_look_part
from moderation.views.room.source import submission_or_404, text_facts_or_404
from stories.core import lifecycle, story_sections
from stories.core.scanner import Look
from stories.models import Submission


@room_view("agree", "GET", with_vault=True)
def read_second(request: StaffRequest, pk: object) -> HttpResponse:
    """Show a second reader everything that the yes is about, and of the first's check nothing before they answer."""
    facts = text_facts_or_404(request, pk)
    if facts.status not in lifecycle.PUT_FORWARD:
        messages.warning(request, _("This isn’t put forward at the moment."))
        return redirect("room_read", pk=facts.submission.pk)
    return not_theirs(request, facts) or second_page(request, facts.submission, facts=facts)


@room_view("agree", "POST", with_vault=True)
def unfold(request: VaultRequest, pk: object) -> HttpResponse:
    """Open the account for its second reader, which leaves its event; only a yes after it counts."""
    submission = submission_or_404(pk)
    try:
        opened = reading.read_account(submission, vault=request.vault, unfolds=True)
    except reading.CannotOpen as locked:
        messages.warning(request, locked.reason)
        return redirect("room_second", pk=submission.pk)
    if submission.status in lifecycle.PUT_FORWARD:
        return second_page(request, submission, opened=opened)
    messages.warning(request, _("Something about danger came after the first yes, so this text went back."))
    return redirect("room_read", pk=submission.pk)


@room_view("agree", "POST", keeps_words=True)
def agree(request: StaffRequest, pk: object) -> HttpResponse:
    """Keep the second reader's answers and, where nothing is left to weigh, their yes to exactly this text."""
    submission, check, look, danger = submission_or_404(pk), CheckForm(request.POST), Look(), DangerForm(request.POST)
    if "unfold" in request.POST and (vault := vault_of(request)):
        # They had answered already when its contributor wrote once more.
        opened = None
        with telling(request):
            opened = reading.read_account(submission, vault=vault, unfolds=True)
        return second_page(request, submission, check=check, danger=danger, look=look, opened=opened)
    try:
        is_agreed = _agree(submission, check, danger, vault=vault_of(request), look=look)
    except Refused as refused:
        check.is_refused = True
        line = check.first_unfinished()
        way = (f"#{line}", _("Go to that line")) if line else ("#agree-heading", _("Go to your answers"))
        messages.error(request, refused.reason, buttons=[messages.button(*way)])
        return second_page(request, submission, check=check, danger=danger, look=look)
    if not is_agreed:
        messages.info(request, _("Your answers are kept. Here is what your colleague wrote: weigh it, then decide."))
        if danger.statement().text:
            # A sentence is typed once.
            return second_page(request, submission, danger=danger, look=look)
        return redirect(f"{reverse('room_second', args=[submission.pk])}#both-heading")
    submission.refresh_from_db()
    done = _("Agreed. The story goes live with the next batch. Thank you.")
    if submission.status == Submission.Status.PUBLISHED:
        done = _("Agreed. The story is corrected, everywhere. Thank you.")
    messages.success(request, done)
    return next_page(after=submission)


def _agree(
    submission: Submission, check: CheckForm, danger: DangerForm, *, vault: OpenVault | None, look: Look
) -> bool:
    """True once it is agreed; False where the two differ, or something stays for a reason that has to be seen first."""
    copy = working_copies.newest_copy(submission)
    if vault is None:
        raise Refused(_("The vault has locked meanwhile. Unlock it in another tab, then send this again."))
    if copy is None:
        raise Refused(_("There is no text to agree to."))
    if (answered := check.answered()).answers:
        both = agreements.answer_check(copy, check.named(), vault=vault, check=answered)
        left = reading.working_copy(copy.sealed, vault=vault).get("left")
        if both.differing or left or any(each.reasons for each in both.all):
            return False
    agreements.agree_to_text(copy, check.named(), vault=vault, danger=danger.statement(), look=look)
    return True


@room_view("agree", "POST", keeps_words=True, with_vault=True)
def join(request: VaultRequest, pk: object) -> HttpResponse:
    """Take over what the first reader marked more, for a sentence; what stands in the way gives that back."""
    submission, form = submission_or_404(pk), JoinForm(request.POST)
    try:
        copy = working_copies.newest_copy(submission)
        if copy is None:
            raise Refused(_("There is no text to agree to."))
        sentence = form["sentence"].value() or ""
        agreements.join_first(copy, form["digest"].value() or "", vault=request.vault, sentence=sentence)
    except Refused as refused:
        return second_page(request, submission, refused=refused, join_form=form)
    messages.success(request, _("Kept, sealed. Both of you say the same now: weigh each reason, then decide."))
    return redirect(f"{reverse('room_second', args=[submission.pk])}#both-heading")


@room_view("send back", "POST", keeps_words=True)
def send_back(request: StaffRequest, pk: object) -> HttpResponse:
    submission, words = submission_or_404(pk), QUESTIONS["send back"]
    # The note comes back with what stands in its way; it needs no vault to be read by who wrote it.
    form = SendBackForm(request.POST)
    with refusals_in(form):
        agreements.send_back(submission, request.POST.get("note", ""), by=request.user)
        messages.success(request, words["done"])
        return next_page(after=submission)
    leave = reverse("room_second", args=[submission.pk])
    return decisions.form_page(request, submission, words, form, leave=leave)


def second_page(
    request: StaffRequest,
    submission: Submission,
    *,
    check: CheckForm | None = None,
    danger: DangerForm | None = None,
    look_form: FirstLookForm | None = None,
    join_form: JoinForm | None = None,
    refused: Refused | None = None,
    look: Look | None = None,
    opened: reading.Unsealed | None = None,
    facts: TextFacts | None = None,
) -> HttpResponse:
    vault, look = vault_of(request), look or Look()
    facts = opened.facts if opened else facts or load_text_facts(submission, request.user)
    facts = claims.renewed_claim(facts, by=request.user)
    submission, copy = facts.submission, facts.newest
    context = _frame(request, facts) | {
        "is_locked": vault is None,
        "danger": danger or DangerForm(),
        "problem": refused.reason if refused else "",
    }
    forms = {"check": check, "join": join_form}
    context |= {name: form for name, form in forms.items() if form}
    if vault is not None and copy is not None:
        context |= _opened(facts, copy, vault, look, opened, look_form)
    context["care"] = wellbeing.break_suggestion_beside(submission, request.user)
    context |= findings.what_is_missed(context.get("remaining"), look)
    # Everything that keeps this person from a yes now, so that nobody answers the check for nothing.
    names = ("why_not", "why_not_yet", "why_not_seen", "why_not_begun", "why_not_first_no")
    stays = getattr(context.get("remaining"), "why_not", None)
    context["why_not_now"] = [reason for reason in (*map(context.get, names), stays) if reason]
    title, status = _("Second reading of %(name)s") % {"name": submission.short_name}, 403 if vault is None else 200
    under = account_crumbs(submission)
    return room_page(request, "second_reading", title, "glasses", context, under=under, status=status)


def _frame(request: StaffRequest, facts: TextFacts) -> dict[str, object]:
    copy = facts.newest
    seen = {"digest": copy.digest if copy else ""}
    return {
        "submission": facts.submission,
        "header_buttons": decisions.buttons(facts, request.user, first=("hold",)),
        "days_left": lanes.days_left(facts.submission),
        "unopened": facts.marks,
        "copy": copy,
        "why_not": texts.why_not_second(facts, copy) if copy else _("There is no text to agree to."),
        "why_not_claim": access.why_not_claim(facts),
        "check": CheckForm(initial=seen),
        "join": JoinForm(initial=seen),
        "send_back": SendBackForm(),
    }


def _opened(
    facts: TextFacts,
    copy: WorkingCopy,
    vault: OpenVault,
    look: Look,
    opened: reading.Unsealed | None,
    look_form: FirstLookForm | None,
) -> dict[str, object]:
    try:
        seen = opened or reading.Unsealed(facts, vault=vault)
        both, context = agreements.checks_of(seen, copy), _first_look(seen, copy, look_form)
        is_folded = texts.why_not_unfolded(facts) is not None
        if not is_folded and not facts.submission.is_empty:
            opened = opened or reading.read_account(facts.submission, vault=vault, facts=facts)
            is_blind = both.by_second_reader(facts.person.pk) is None
            context |= _texts(opened, copy, look, is_blind=is_blind)
    except reading.CannotOpen as locked:
        return {"cannot_open": locked.reason}
    context |= {
        "is_folded": is_folded,
        **source.labels_of(facts.submission, vault),
        "why_not": texts.why_not_second(facts, copy) or texts.why_not_again(both, facts.person.pk),
        "why_not_yet": texts.why_not_trusted(vault),
    }
    if is_folded:
        context["source"] = source.notes_of(seen, is_blind=True)
    return context if is_folded else context | _both_checks(both, facts.person.pk)


def _first_look(seen: reading.Unsealed, copy: WorkingCopy, form: FirstLookForm | None) -> dict[str, object]:
    if seen.facts.submission.is_empty:
        return {}
    facts = first_look.risk_facts(seen)
    no = dangers.first_no(seen.facts, copy, facts.danger)
    return {
        **first_look_part(seen, facts, form),
        "first_no": no,
        "is_danger_raised": facts.danger.wants_a_sentence,
        "why_not_begun": dangers.why_not_begun(facts),
        "why_not_first_no": dangers.why_not_first_no(no, facts.danger),
        "since": _since_first_look(seen.facts),
    }


def _since_first_look(facts: TextFacts) -> list[str]:
    last = max((event.number for event in facts.events if event.deed == first_look.DEED), default=None)
    came = [event.deed for event in facts.events if last is not None and event.by_id is None and event.number > last]
    return list(dict.fromkeys(str(event_words.DEEDS.get(deed, deed)) for deed in came))


def _texts(opened: reading.Unsealed, copy: WorkingCopy, look: Look, *, is_blind: bool) -> dict[str, object]:
    submission, story = opened.facts.submission, publishing.corrected_story(opened.facts)
    payload = opened.version(copy)
    fields, left = payload["fields"], payload.get("left", {})
    stays = findings.Remaining(fields, left=left, language=submission.language, look=look)
    return {
        "source": source.source_of(opened, look=look, is_blind=is_blind),
        "corrects": story,
        "fields": fields,
        "text": findings.marked_pieces(stays.looked["text"]),
        "below": story_sections.story_sections(
            {name: findings.marked_pieces(stays.looked[name]) for name in story_sections.NAMES}
        ),
        "title": findings.marked_pieces(stays.looked["title"]),
        "remaining": stays,
        "facts": source.facets_in_words(fields),
        **source.changes_in_text(story.public_fields() if story else source.account_as_fields(opened.account), fields),
        **_since_read(opened, copy, fields),
        "why_not_seen": texts.why_not_seen(opened.facts, copy, opened.answers),
    }


def _since_read(opened: reading.Unsealed, copy: WorkingCopy, fields: dict[str, str]) -> dict[str, object]:
    """What changed since this person answered the check for it, or sent it back; nothing where they read it first."""
    person, versions = opened.facts.person, {each.digest: each for each in opened.facts.versions}
    answered = (check["digest"] for check in opened.checks if check["by"] == person.pk)
    sent_back = {note["version"] for note in opened.notes if not note.get("about") and note["by"] == person.name}
    read = [each for digest in answered if (each := versions.get(digest))]
    read += [each for each in versions.values() if each.shown in sent_back]
    before = max((each for each in read if each.pk != copy.pk), key=lambda each: each.number, default=None)
    if before is None:
        return {}
    was = reading.working_copy(before.sealed, vault=opened.vault)["fields"]
    return {"since_read": source.changes_in_text(was, fields) | source.changes_beside_text(was, fields)}


def _both_checks(both: Checks, person: int | None) -> dict[str, object]:
    """Both checks as a screen shows them. Once two differ it has to go back, so that everybody may see why."""
    second = both.differing or both.by_second_reader(person)
    if second is None or both.first is None:
        return {"why_not_same": texts.why_not_same(both)}
    found = get_user_model().objects.in_bulk([both.first.by, second.by])
    first_name, second_name = (found[each.by].get_username() for each in (both.first, second))
    lines = list(both.lines(second))
    said: dict[str, object] = {
        "has_answered": both.by_second_reader(person) is not None,
        "may_join": both.may_join(person),
        "why_not_same": texts.why_not_same(both),
        "lines": [line for line in lines if not line.is_same or line.first_why or line.second_why],
        "many": both.many(second),
        "first_name": first_name,
        "second_name": second_name,
    }
    if both.differing:
        said["send_back"] = SendBackForm(initial={"note": _note(lines, first_name, second_name)})
    return said


def _note(lines: Iterable[Line], first: str, second: str) -> str:
    """The differences as a note that the second reader can change before it goes."""
    said = [_("We answered the anonymity check differently:")]
    for line in lines:
        if not line.is_same:
            ours = (_one(second, line.second, line.second_why), _one(first, line.first, line.first_why))
            said.append(f"– {line.label}. {' '.join(ours)}")
    return "\n".join(said)


def _one(name: str, answer: str, why: str) -> str:
    return f"{name}: “{answer}” {why}".strip() + ("" if why.endswith((".", "!", "?")) else ".")
