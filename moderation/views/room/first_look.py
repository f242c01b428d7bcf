"""The first look: six questions before anything is edited, with the account folded beside them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput

from moderation import asking, first_look, policies, reading
from moderation.conversation import contributors_page, ready_words
from moderation.facts import TextFacts, load_facts, load_text_facts
from moderation.forms import LONGEST_NOTE
from moderation.forms.first_look import FirstLookForm, MessageForm
from moderation.queue import lanes, tags
from moderation.risk import risk_words
from moderation.risk.risks import BY_SLUG, RISKS, Risk, gravest_first
from moderation.team import wellbeing
from moderation.team.permissions import Refused
from moderation.team.vault import OpenVault
from moderation.views.decorators import back_to, keeps_words, not_theirs, require_permission, words_token_context
from moderation.views.pages import Place, account_crumbs, heading
from moderation.views.room.decisions import DECISIONS
from moderation.views.room.reading import submission_or_404, text_facts_or_404
from moderation.views.room.source import source_of
from moderation.views.team.vault import needs_vault
from stories.core.scanner import Look
from stories.intake import public_form
from stories.models import Submission


@keeps_words
@require_http_methods(["GET", "POST"])
@require_permission("take a first look")
@needs_vault
def look(request: HttpRequest, pk: object) -> HttpResponse:
    """Show the six questions beside the account; a POST seals the answers."""
    facts, vault = text_facts_or_404(request, pk), request.vault  # type: ignore[attr-defined]
    submission = facts.submission
    if submission.is_erased:
        return back_to(submission.pk)
    if request.method == "GET":
        return not_theirs(request, facts) or _page(request, submission, vault, FirstLookForm(), facts=facts)
    form = FirstLookForm(request.POST)
    if not form.is_valid():
        return _page(request, submission, vault, form, problem=_("Look at what is marked below. Nothing is kept yet."))
    try:
        words = {name: form.cleaned_data[name] for name in ("note", "why_no_case")}
        first_look.take_first_look(submission, form.answers(), vault=vault, **words)
    except Refused as refused:
        return _page(request, submission, vault, form, problem=refused.reason)
    return _after(request, submission, form.answers(), vault=vault)


def _after(request: HttpRequest, submission: Submission, answers: dict[str, str], *, vault: OpenVault) -> HttpResponse:
    """Go on to the reading room where nothing was flagged, and to what can be done where something was."""
    found = sum(answer != "no" for answer in answers.values())
    if not found:
        _say_whether_it_goes_on(request, submission, vault=vault)
        return back_to(submission.pk)
    said = ngettext("Kept, sealed. One of the six needs something.", "Kept, sealed. %(found)d need something.", found)
    messages.warning(request, said % {"found": found})
    return redirect(f"{reverse('room_first_look', args=[submission.pk])}#flags")


def _say_whether_it_goes_on(request: HttpRequest, submission: Submission, *, vault: OpenVault) -> None:
    """Green only where nothing stands in the way, and nothing of theirs says the contrary."""
    seen = reading.unsealed_texts(submission, vault=vault)
    facts = first_look.risk_facts(seen)
    if reason := policies.why_not_begun(facts):
        messages.warning(request, _("Kept, sealed. %(reason)s") % {"reason": reason})
    elif policies.says_case_is_active(seen.answers):
        messages.info(
            request, _("Kept, sealed. They ticked a case, you say that none is active: your sentence goes along.")
        )
    elif stays_urgent := policies.why_not_calm(facts.danger):
        messages.info(request, _("Kept, sealed. %(reason)s") % {"reason": stays_urgent})
    else:
        messages.success(request, _("The first look is done, and nothing stands in the way."))


def _page(
    request: HttpRequest,
    submission: Submission,
    vault: OpenVault,
    form: FirstLookForm,
    *,
    problem: str = "",
    facts: TextFacts | None = None,
) -> HttpResponse:
    try:
        opened = reading.read_account(submission, vault=vault, facts=facts or load_text_facts(submission, request.user))
    except reading.CannotOpen as locked:
        return _unopened(request, submission, form, locked.reason)
    taken = first_look.newest_look(opened.unsealed, first_look.risk_facts(opened.unsealed))
    title, words = _("First look"), risk_words.what_to_do()
    context = _frame(request, submission, title) | {"care": wellbeing.break_suggestion_beside(submission, request.user)}
    context |= {
        "tags": list(tags.sealed_tags(reading.open_labels([submission], vault).get(submission.pk))),
        "days_left": lanes.days_left(submission),
        "form": form,
        "problem": problem,
        "source": source_of(opened, look=Look(), is_blind=policies.reads_blind(opened.facts)),
        "questions": [_question(risk, form, words, opened.answers) for risk in RISKS],
        "taken": taken,
        "flags": [_flag(opened.facts, risk, words) for risk in _found(taken)],
        "calls": first_look.calls_noted(opened.notes),
        "asks_why_no_case": policies.says_case_is_active(opened.answers),
        "is_decided": submission.is_empty or submission.status == Submission.Status.WITHDRAWN,
    }
    return TemplateResponse(request, "moderation/first_look.html", context)


def _unopened(request: HttpRequest, submission: Submission, form: FirstLookForm, reason: str) -> HttpResponse:
    """Say why nothing of it is shown; whatever was typed meanwhile comes back."""
    context = _frame(request, submission, _("First look")) | {
        "form": form,
        "problem": reason,
        "questions": [_question(risk, form, risk_words.what_to_do(), {}) for risk in RISKS] if form.is_bound else [],
    }
    return TemplateResponse(request, "moderation/first_look.html", context)


def _question(risk: Risk, form: FirstLookForm, words: dict[str, str], answers: dict[str, Any]) -> dict[str, Any]:
    theirs = {name: answers[name] for name in (*risk.shows, *risk.bears) if answers.get(name)}
    return {
        "field": form[risk.slug],
        "what_to_do": words[risk.slug].splitlines(),
        "theirs": public_form.answers_in_words(theirs),
    }


def _found(taken: first_look.Taken | None) -> list[Risk]:
    return gravest_first(taken.flagged, taken.unsure) if taken else []


def _flag(facts: TextFacts, risk: Risk, words: dict[str, str]) -> dict[str, Any]:
    submission = facts.submission
    offers = [
        {"label": DECISIONS[slug].label, "url": f"{_deciding(submission, slug)}?reason={reason}"}
        for slug, reason in risk.offers
        if DECISIONS[slug].fits(facts)
    ]
    message = reverse("room_first_look_message", args=[submission.pk, risk.slug])
    return {"risk": risk, "what_to_do": words[risk.slug].splitlines(), "offers": offers, "message_url": message}


def _deciding(submission: Submission, slug: str) -> str:
    return reverse("room_decide", args=[submission.pk, slug])


@keeps_words
@require_http_methods(["GET", "POST"])
@require_permission("write to the contributor")
@needs_vault
def write(request: HttpRequest, pk: object, slug: str) -> HttpResponse:
    """Show the message that goes with a risk, then as its contributor reads it; only then is it sent."""
    submission, risk = submission_or_404(pk), BY_SLUG.get(slug)
    if risk is None:
        raise Http404
    if request.method == "GET":
        begun = {"message": risk_words.message(risk, language=submission.language)}
        return _message_page(request, submission, risk, MessageForm(initial=begun))
    form, step = MessageForm(request.POST), request.POST.get("step", "")
    if step == "change" or not form.is_valid():
        return _message_page(request, submission, risk, form)
    if step != "send" or not form.is_seen:
        return _preview(request, submission, form)
    try:
        asking.send_message(submission, form.cleaned_data["message"], by=request.user)
    except Refused as refused:
        return _message_page(request, submission, risk, form, problem=refused.reason)
    where = f"{reverse('room_read', args=[submission.pk])}#on-its-way"
    done = _("Written. They read it when they come back with their code.")
    messages.success(request, done, buttons=[messages.button(where, _("Take it back"))])
    return redirect("room_first_look", pk=submission.pk)


def _message_page(
    request: HttpRequest, submission: Submission, risk: Risk, form: MessageForm, *, problem: str = ""
) -> HttpResponse:
    # Whoever can't be reached is told so before anything is written.
    if not form.is_bound and not problem:
        problem = policies.why_not_write_to(load_facts(submission, request.user), "-") or ""
    context = _message_frame(request, submission) | {
        "risk": risk,
        "form": form,
        "media": form.media,
        "problem": problem,
    }
    return TemplateResponse(request, "moderation/first_look_message.html", context)


def _preview(request: HttpRequest, submission: Submission, form: MessageForm) -> HttpResponse:
    message = form.cleaned_data["message"]
    context = _message_frame(request, submission) | {
        "page": contributors_page.with_message(request, submission, message),
        "fields": {"message": message, "seen": form.digest}.items(),
        "decision": {"button": _("Send it")},
    }
    return TemplateResponse(request, "moderation/asking_preview.html", context)


def _message_frame(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    first = (reverse("room_first_look", args=[submission.pk]), _("First look"))
    return _frame(request, submission, _("Write to the contributor"), under=[first])


def _frame(request: HttpRequest, submission: Submission, title: str, *, under: Iterable[Place] = ()) -> dict[str, Any]:
    return {
        "submission": submission,
        "has_code": bool(submission.key_under_code),
        "action": request.path,
        "contacts": ready_words.safeguarding(),
        **words_token_context(request),
        **heading(title, "view", under=[*account_crumbs(submission), *under]),
    }


# --- Ringing safeguarding ---------------------------------------------------------------------


class CallForm(forms.Form):
    """When, who, and what was agreed: what a colleague asks first."""

    when = forms.CharField(
        label=gettext_lazy("When you rang"),
        max_length=100,
        error_messages={"required": gettext_lazy("Say when, as near as you know.")},
    )
    who = forms.CharField(
        label=gettext_lazy("Who you spoke to"),
        max_length=200,
        help_text=gettext_lazy("If nobody answered, say so, and whom you rang next."),
        error_messages={"required": gettext_lazy("Say whom you rang, and whether they answered.")},
    )
    agreed = forms.CharField(
        label=gettext_lazy("What you agreed"),
        max_length=LONGEST_NOTE,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
        help_text=gettext_lazy("Who does what now, and when somebody looks again."),
        error_messages={
            "required": gettext_lazy("Write in a sentence what you agreed, or that you agreed nothing yet.")
        },
    )


@keeps_words
@require_http_methods(["GET", "POST"])
@require_permission("ring safeguarding")
@needs_vault
def note_call(request: HttpRequest, pk: object) -> HttpResponse:
    """Ask when, who and what was agreed; a POST seals it with the account."""
    submission = submission_or_404(pk)
    if request.method == "GET":
        blank = CallForm(initial=_begun())
        return not_theirs(request, load_facts(submission, request.user)) or _call_page(request, submission, blank)
    form = CallForm(request.POST)
    if not form.is_valid():
        return _call_page(request, submission, form)
    try:
        first_look.note_call(submission, **form.cleaned_data, vault=request.vault)  # type: ignore[attr-defined]
    except Refused as refused:
        return _call_page(request, submission, form, problem=refused.reason)
    messages.success(request, _("Kept, sealed. Thank you for ringing. Tell a colleague how you are, too."))
    return redirect("room_first_look", pk=submission.pk)


def _begun() -> dict[str, str]:
    contacts = ready_words.safeguarding()
    return {"when": date_format(timezone.localtime(), "j F, H:i"), "who": contacts[0].name if contacts else ""}


def _call_page(request: HttpRequest, submission: Submission, form: CallForm, *, problem: str = "") -> HttpResponse:
    first = (redirect("room_first_look", pk=submission.pk).url, _("First look"))
    context = {
        "submission": submission,
        "form": form,
        "problem": problem,
        "action": request.path,
        "contacts": ready_words.safeguarding(),
        **words_token_context(request),
        **heading(_("You rang safeguarding"), "mobile-alt", under=[*account_crumbs(submission), first]),
    }
    return TemplateResponse(request, "moderation/rang.html", context)
