"""The first look: six questions before anything is edited, with the account folded beside them."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext
from wagtail.admin import messages

from moderation import decisions, first_look, reading, ready_words
from moderation.facts import TextFacts, load_facts, load_text_facts
from moderation.forms.room import CallForm, FirstLookForm, MessageForm
from moderation.policies import danger, texts
from moderation.policies.danger import BY_SLUG, RISKS, Risk, gravest_first
from moderation.policies.decisions import why_not_write_to
from moderation.team import wellbeing
from moderation.team.permissions import Refused
from moderation.team.vault import OpenVault
from moderation.views.decorators import StaffRequest, VaultRequest, not_theirs, room_view
from moderation.views.pages import QUESTIONS, Place, account_crumbs, refusals_in, room_page
from moderation.views.room.decisions import DECISIONS, form_page, write_words
from moderation.views.room.source import labels_of, source_of, submission_or_404, text_facts_or_404
from stories.core.scanner import Look
from stories.intake import pages
from stories.models import Submission


@room_view("take a first look", keeps_words=True, with_vault=True)
def look(request: VaultRequest, pk: object) -> HttpResponse:
    facts, form = text_facts_or_404(request, pk), FirstLookForm(request.POST or None)
    submission, vault = facts.submission, request.vault
    if submission.is_erased:
        return redirect("room_read", pk=submission.pk)
    if request.method == "GET":
        return not_theirs(request, facts) or _page(request, facts, form)
    if not form.is_valid():
        return _page(request, facts, form, problem=_("Look at what is marked below. Nothing is kept yet."))
    try:
        words = {name: form.cleaned_data[name] for name in ("note", "why_no_case")}
        first_look.take_first_look(submission, form.answers(), vault=vault, **words)
    except Refused as refused:
        return _page(request, load_text_facts(submission, request.user), form, problem=refused.reason)
    if found := sum(answer != "no" for answer in form.answers().values()):
        said = ngettext(
            "Kept, sealed. One of the six needs something.", "Kept, sealed. %(found)d need something.", found
        )
        messages.warning(request, said % {"found": found})
        return redirect(f"{reverse('room_first_look', args=[submission.pk])}#flags")
    _say_whether_it_goes_on(request, submission, vault=vault)
    return redirect("room_read", pk=submission.pk)


def _say_whether_it_goes_on(request: StaffRequest, submission: Submission, *, vault: OpenVault) -> None:
    """Green only where nothing stands in the way, and nothing of theirs says the contrary."""
    seen = reading.unsealed_texts(submission, vault=vault)
    facts = first_look.risk_facts(seen)
    if reason := danger.why_not_begun(facts):
        messages.warning(request, _("Kept, sealed. %(reason)s") % {"reason": reason})
    elif danger.says_case_is_active(seen.answers):
        said = _("Kept, sealed. They ticked a case, you say that none is active: your sentence goes along.")
        messages.info(request, said)
    elif stays_urgent := danger.why_not_calm(facts.danger):
        messages.info(request, _("Kept, sealed. %(reason)s") % {"reason": stays_urgent})
    else:
        messages.success(request, _("The first look is done, and nothing stands in the way."))


def _page(request: VaultRequest, facts: TextFacts, form: FirstLookForm, *, problem: str = "") -> HttpResponse:
    submission, vault, words = facts.submission, request.vault, first_look.what_to_do()
    context: dict[str, object] = {
        "submission": submission,
        "has_code": bool(submission.key_under_code),
        "contacts": ready_words.safeguarding(),
        "form": form,
        "problem": problem,
    }
    try:
        opened = reading.read_account(submission, vault=vault, facts=facts)
    except reading.CannotOpen as locked:
        # Whatever was typed meanwhile comes back.
        asked = [_question(risk, form, words, {}) for risk in RISKS] if form.is_bound else []
        context |= {"problem": locked.reason, "questions": asked}
    else:
        taken = first_look.newest_look(opened, first_look.risk_facts(opened))
        flagged = gravest_first(taken.flagged, taken.unsure) if taken else []
        context |= {
            **labels_of(submission, vault),
            "care": wellbeing.break_suggestion_beside(submission, request.user),
            "source": source_of(opened, look=Look(), is_blind=texts.reads_blind(opened.facts)),
            "questions": [_question(risk, form, words, opened.answers) for risk in RISKS],
            "taken": taken,
            "flags": [_flag(opened.facts, risk, words) for risk in flagged],
            "calls": [note for note in opened.notes if note.get("about") == first_look.CALL],
            "asks_why_no_case": danger.says_case_is_active(opened.answers),
            "is_decided": submission.is_empty or submission.status == Submission.Status.WITHDRAWN,
        }
    return room_page(request, "first_look", _("First look"), "view", context, under=account_crumbs(submission))


def _question(risk: Risk, form: FirstLookForm, words: dict[str, str], answers: dict[str, object]) -> dict[str, object]:
    theirs = {name: answers[name] for name in (*risk.shows, *risk.bears) if answers.get(name)}
    return {
        "field": form[risk.slug],
        "what_to_do": words[risk.slug].splitlines(),
        "theirs": pages.answers_in_words(theirs),
    }


def _flag(facts: TextFacts, risk: Risk, words: dict[str, str]) -> dict[str, object]:
    submission = facts.submission
    offers = [
        {"label": DECISIONS[slug].title, "url": f"{reverse('room_decide', args=[submission.pk, slug])}?reason={reason}"}
        for slug, reason in risk.offers
        if DECISIONS[slug].fits(facts)
    ]
    message = reverse("room_first_look_message", args=[submission.pk, risk.slug])
    return {"risk": risk, "what_to_do": words[risk.slug].splitlines(), "offers": offers, "message_url": message}


@room_view("write to the contributor", keeps_words=True, with_vault=True)
def write(request: StaffRequest, pk: object, slug: str) -> HttpResponse:
    """Show the message that goes with a risk, then as its contributor reads it; only then is it sent."""
    submission, risk = submission_or_404(pk), BY_SLUG.get(slug)
    if risk is None:
        raise Http404
    # Whoever can't be reached is told so before anything is written.
    is_first = request.method == "GET"
    problem = why_not_write_to(load_facts(submission, request.user), "-") if is_first else None
    message = first_look.risk_message(risk, language=submission.language)
    form = MessageForm(request.POST or None, initial={"message": message})
    return write_words(
        request,
        submission,
        QUESTIONS["write to the contributor"] | {"says": risk.question},
        form,
        send=lambda: decisions.send_message(submission, form.cleaned_data["message"], by=request.user),
        under=_under(submission),
        problem=problem,
        is_shut=is_first and not submission.key_under_code,
    )


def _under(submission: Submission) -> list[Place]:
    return [(reverse("room_first_look", args=[submission.pk]), _("First look"))]


@room_view("ring safeguarding", keeps_words=True, with_vault=True)
def note_call(request: VaultRequest, pk: object) -> HttpResponse:
    """Ask when, who and what was agreed; a POST seals it with the account."""
    submission = submission_or_404(pk)
    contacts, words = ready_words.safeguarding(), QUESTIONS["ring safeguarding"]
    begun = {"when": date_format(timezone.localtime(), "j F, H:i"), "who": contacts[0]["name"] if contacts else ""}
    form = CallForm(request.POST or None, initial=begun)
    if request.method == "GET" and (theirs := not_theirs(request, load_facts(submission, request.user))):
        return theirs
    if form.is_valid():
        with refusals_in(form):
            first_look.note_call(submission, **form.cleaned_data, vault=request.vault)
            messages.success(request, words["done"])
            return redirect("room_first_look", pk=submission.pk)
    return form_page(request, submission, words, form, under=_under(submission), rings=True, contacts=contacts)
