"""The first look at an account: its six answers, a message about what it found, and a call to safeguarding."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext
from wagtail.admin import messages

from moderation import decisions, first_look, reading, ready_words
from moderation.facts import load_facts
from moderation.forms.room import CallForm, FirstLookForm, MessageForm
from moderation.policies import danger, texts
from moderation.policies.danger import BY_SLUG
from moderation.policies.decisions import why_not_write_to
from moderation.team.permissions import Refused
from moderation.team.vault import OpenVault
from moderation.views.decorators import StaffRequest, VaultRequest, not_theirs, room_view
from moderation.views.pages import QUESTIONS, Place, refusals_in
from moderation.views.room.decisions import form_page, write_words
from moderation.views.room.reading import reading_page
from moderation.views.room.second_reading import second_page
from moderation.views.room.source import submission_or_404, text_facts_or_404
from stories.models import Submission


@room_view("take a first look", keeps_words=True, with_vault=True)
def look(request: VaultRequest, pk: object) -> HttpResponse:
    """Keep the six answers; whatever stands in the way, they come back on the account's page."""
    facts, form, vault = text_facts_or_404(request, pk), FirstLookForm(request.POST), request.vault
    submission = facts.submission
    is_second = texts.is_for_second(facts)
    name, page = ("room_second", second_page) if is_second else ("room_read", reading_page)
    here = f"{reverse(name, args=[submission.pk])}#first-look"
    if request.method == "GET" or submission.is_erased:
        return not_theirs(request, facts) or redirect(here)
    try:
        if not form.is_valid():
            raise Refused(_("Look at what is marked below. Nothing is kept yet."))
        words = {name: form.cleaned_data[name] for name in ("note", "why_no_case")}
        first_look.take_first_look(submission, form.answers(), vault=vault, **words)
    except Refused as refused:
        return page(request, submission, look_form=form, refused=refused)
    if found := sum(answer != "no" for answer in form.answers().values()):
        said = ngettext(
            "Kept, sealed. One of the six needs something.", "Kept, sealed. %(found)d need something.", found
        )
        messages.warning(request, said % {"found": found})
        return redirect("room_first_look", pk=submission.pk)
    _say_whether_it_goes_on(request, submission, vault=vault)
    return redirect(name, pk=submission.pk)


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
