"""The decisions, one page each: what will happen, a form if it has one, a button."""

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_supported_language_variant, gettext, gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import BaseButton, Button, ButtonWithDropdown, HeaderButton

from moderation import agreements, decisions, publishing, ready_words
from moderation.facts import Facts, load_facts, load_text_facts
from moderation.forms.room import AskForm, DeclineForm, HoldForm, MessageForm, NoteForm, SendBackForm, WordsForm
from moderation.models import Claim
from moderation.policies.access import why_not_claim, why_not_for_real
from moderation.policies.decisions import who_asked_to_release, why_not_ask, why_not_decide, why_not_write_to
from moderation.policies.stories import why_not_correct
from moderation.queue import floods
from moderation.team.permissions import why_not
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, VaultRequest, guard_words, room_view, wants_json
from moderation.views.lists.stories import story_crumbs
from moderation.views.pages import (
    QUESTIONS,
    Place,
    account_crumbs,
    ask_first,
    next_page,
    refusals_in,
    room_page,
    telling,
)
from moderation.views.room import practice as practising
from moderation.views.room.source import submission_or_404
from stories.core import decline_reasons, lifecycle, retention_days, tables
from stories.core.scanner import Look
from stories.intake import coming_back, pages, status_page
from stories.intake.forms import MessageForm as ContributorsForm
from stories.intake.messages import MODERATOR
from stories.models import Story, Submission

# The frame runs none, and a browser would complain of each.
_SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)
# What a deed gives back, if anything, is said in place of `done`; a page of its own is shown.
Run = Callable[[VaultRequest, Submission, dict[str, Any]], object]


@dataclass(frozen=True)
class Decision:
    """`deed` is its line in the table of roles, `move` its line in the lifecycle, if it changes the status.

    What ends an account or speaks to its contributor needs the vault: a stolen password alone can't.
    """

    deed: str
    icon: str
    title: str
    says: str
    button: str
    done: str
    run: Run
    form: type[Form] = Form
    applies: Callable[[Facts], bool] = lambda facts: True
    move: str = ""
    needs_vault: bool = False
    # Of what changes no status: whether it is offered of what is decided, too.
    once_decided: bool = False
    # Of a practice account it is only said, and then reckoned.
    is_practised: bool = False
    # What keeps somebody from it, whatever they write: said before they write anything.
    why_shut: Callable[[Facts], str | None] = lambda facts: None

    def fits(self, facts: Facts) -> bool:
        """True where the submission's state allows it; who may do it is another question."""
        if self.move:
            is_open = lifecycle.why_not(self.move, status=facts.status) is None
        elif self.once_decided:
            is_open = facts.status not in (Submission.Status.DRAFT, Submission.Status.WITHDRAWN)
        else:
            is_open = facts.status in lifecycle.UNDECIDED
        is_real = not why_not_for_real(facts.submission)
        return is_open and (is_real or self.is_practised) and self.applies(facts)


def asked_to_release(facts: Facts) -> str:
    asked_by = who_asked_to_release(facts)
    name = facts.colleagues[asked_by].name if asked_by else ""
    return gettext("%(name)s has asked to let it go; it takes one more person.") % {"name": name} if name else ""


# What each one does; all else that is to be said of it stands in `decisions.toml`.
_RUNS: dict[str, Run] = {
    "ask": lambda request, row, data: decisions.ask_contributor(row, data["question"], by=request.user),
    "write": lambda request, row, data: decisions.send_message(row, data["message"], by=request.user),
    "hold": lambda request, row, data: decisions.hold_account(row, by=request.user, **data),
    "hold-longer": lambda request, row, data: decisions.hold_account(row, by=request.user, **data),
    "decline": lambda request, row, data: decisions.decline_account(
        row, reason=data["reason"], note=data["note"], by=request.user
    ),
    "count": lambda request, row, data: decisions.count_answers(row, vault=request.vault),
    "release": lambda request, row, data: (
        gettext("Let go. It is among the new ones.") if decisions.release_hold(row, by=request.user) else None
    ),
    "stop-waiting": lambda request, row, data: decisions.stop_waiting(row, by=request.user),
    "send-back": lambda request, row, data: agreements.send_back(row, data["note"], by=request.user),
    "urgent": lambda request, row, data: decisions.mark_urgent(row, by=request.user),
    "not-urgent": lambda request, row, data: decisions.mark_not_urgent(row, vault=request.vault),
    "not-flood": lambda request, row, data: decisions.take_out_of_flood(row, by=request.user),
    "back-in-tray": lambda request, row, data: floods.put_one_back(row, by=request.user),
}
_FORMS: dict[str, type[Form]] = {
    "ask": AskForm,
    "write": MessageForm,
    "hold": HoldForm,
    "hold-longer": HoldForm,
    "decline": DeclineForm,
    "send-back": SendBackForm,
}
_SHUT: dict[str, Callable[[Facts], str | None]] = {
    "ask": lambda facts: why_not_ask(facts, "-"),
    "write": lambda facts: why_not_write_to(facts, "-"),
    "decline": lambda facts: why_not_decide("decline", facts),
}
_APPLIES: dict[str, Callable[[Facts], bool]] = {
    "write": lambda facts: not facts.submission.is_erased,
    "send-back": lambda facts: facts.status == Submission.Status.AGREED,
    "urgent": lambda facts: not facts.submission.is_urgent,
    "not-urgent": lambda facts: facts.submission.is_urgent,
    "not-flood": lambda facts: facts.submission.is_flood,
    "back-in-tray": lambda facts: facts.was_declined_with_flood,
}
_MORE: dict[str, Mapping[str, Any]] = {"run": _RUNS, "form": _FORMS, "applies": _APPLIES, "why_shut": _SHUT}
DECISIONS: dict[str, Decision] = {
    slug: Decision(**line, **{name: each[slug] for name, each in _MORE.items() if slug in each})
    for slug, line in tables.read(__file__).items()
}


def buttons(facts: Facts, user: User, *, first: Sequence[str] = ("ask", "hold-longer")) -> list[BaseButton]:
    """Header buttons for what can be decided now: the first of `first` stands in the open, the rest in a drop-down."""
    pk = facts.submission.pk
    made = {
        slug: Button(
            decision.title, url=reverse("room_decide", args=[pk, slug]), icon_name=decision.icon, priority=place
        )
        for place, (slug, decision) in enumerate(DECISIONS.items())
        if decision.fits(facts) and why_not(decision.deed, user) is None
    }
    in_the_open = [made.pop(slug) for slug in first if slug in made][:1]
    shown = [HeaderButton(button.label, url=button.url, icon_name=button.icon_name) for button in in_the_open]
    rest = [ButtonWithDropdown(_("Decide"), buttons=[*made.values()], icon_name="dots-horizontal")] if made else []
    return [*shown, *rest]


@guard_words
def decide(request: StaffRequest, pk: object, slug: str) -> HttpResponse:
    """Let in who may, with the vault open where the decision needs it, and answer with the page or the deed."""
    decision = DECISIONS.get(slug)
    if decision is None:
        raise Http404
    inside = room_view(decision.deed, with_vault=decision.needs_vault)(_decide)
    return inside(request, pk, decision)


def _decide(request: VaultRequest, pk: object, decision: Decision) -> HttpResponse:
    submission = submission_or_404(pk)
    # Deciding is work, for which the open vault lasts longer.
    vault_of(request)
    if decision.is_practised and submission.practice_for_id == request.user.pk:
        decision = replace(decision, run=partial(_end_exercise, decision.move), why_shut=lambda facts: None)
    asked, facts = vars(decision), load_facts(submission, request.user)
    if request.method == "GET" and (problem := decision.why_shut(_as_the_deed_finds_it(facts))):
        return form_page(request, submission, asked, Form(), problem=problem, is_shut=True)
    if issubclass(decision.form, WordsForm):
        library = ready_words.ready_texts(decision.form.purpose, language=submission.language)
        initial = {"reason": request.GET.get("reason", "")}
        words_form = decision.form(request.POST or None, initial=initial, library=library)
        return write_words(
            request,
            submission,
            asked,
            words_form,
            move=decision.move,
            send=lambda: decision.run(request, submission, words_form.cleaned_data),
        )
    form = decision.form(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            said = decision.run(request, submission, form.cleaned_data)
            if isinstance(said, HttpResponse):
                return said
            messages.success(request, said or decision.done)
            return next_page(after=submission)
    stands = asked_to_release(facts) if decision.move == "release" else ""
    return form_page(request, submission, asked, form, stands=stands)


def _end_exercise(move: str, request: VaultRequest, row: Submission, data: dict[str, Any]) -> HttpResponse:
    """Reckon what somebody would do with a practice account, in place of doing it."""
    decision = " ".join(filter(None, (move, data.get("reason"))))
    return practising.end_of_exercise(request, row, vault=request.vault, look=Look(), decision=decision)


def _as_the_deed_finds_it(facts: Facts) -> Facts:
    """A second reader who decides about what is put forward takes it in hand with that."""
    takes_it = facts.status == Submission.Status.PREPARED and why_not_claim(facts) is None
    return replace(facts, claim=Claim(holder_id=facts.person.pk or 0)) if takes_it else facts


def form_page(
    request: StaffRequest,
    submission: Submission,
    asked: Mapping[str, str],
    form: Form,
    *,
    template: str = "decision",
    under: Sequence[Place] = (),
    **more: Any,
) -> HttpResponse:
    """A page about this submission that says what is `asked` around a form; who leaves goes to the last one above."""
    way = [*account_crumbs(submission), *under]
    context = {"submission": submission, "form": form, "says": asked.get("says"), "button": asked["button"]}
    context |= {"leave": way[-1][0], **more}
    return room_page(request, template, asked["title"], asked["icon"], context, under=way)


def write_words(
    request: StaffRequest,
    submission: Submission,
    asked: Mapping[str, str],
    form: WordsForm,
    *,
    send: Callable[[], object],
    move: str = "",
    under: Sequence[Place] = (),
    **more: Any,
) -> HttpResponse:
    """Answer with the form, then with what the contributor will read; once it is sent, go back `under`, or to the next.

    Nothing is sent before that: what was typed goes from page to page. `move` is what the words go with.
    """
    step = request.POST.get("step", "")
    if step == "fill":
        form = type(form)(initial=form.with_ready_words(), library=form.library)
        form.fields[form.words].widget.attrs["autofocus"] = True
    elif form.is_bound and step != "change" and form.is_valid():
        # Nothing is sent but what the preview showed.
        if step != "send" or form.cleaned_data["seen"] != form.digest():
            text, reason = form.cleaned_data[form.words], form.cleaned_data.get("reason", "")
            fields = {form.words: text, "reason": reason, "seen": form.digest()}
            page = page_with_words(request, submission, text, deed=move, reason=reason)
            preview = {"page": page, "fields": fields.items()}
            return form_page(request, submission, asked, form, template="asking_preview", under=under, **preview)
        with refusals_in(form):
            if isinstance(ending := send(), HttpResponse):
                return ending
            leaving = f"{reverse('room_read', args=[submission.pk])}#on-its-way"
            take_back = messages.button(leaving, gettext("Take it back"))
            messages.success(request, asked["done"], buttons=[take_back])
            return redirect(str(under[-1][0])) if under else next_page(after=submission)
    return form_page(request, submission, asked, form, under=under, is_seen_first=True, **more)


def page_with_words(request: HttpRequest, submission: Submission, text: str, *, deed: str, reason: str) -> str:
    """The contributor's page once these words are sent, as HTML; nothing is stored, and nothing of theirs stands there.

    `deed` is what they go with: "ask", "decline" for a `reason`, or nothing that changes where it stands.
    """
    # The row as the deed will leave it, never to be saved.
    told, move, text = copy.copy(submission), lifecycle.MOVES.get(deed), text.strip()
    if move:
        told.status = move.target
    if move and move.decides:
        told.erase_on = retention_days.erased_after_decision(lifecycle.today())
    with translation.override(get_supported_language_variant(submission.language)):
        if deed == "decline":
            where = status_page.declined_words(told, decline_reasons.reason_in_words(reason))
        else:
            where = status_page.standing_of(coming_back.Opened(told, b""))
        context: dict[str, object] = {
            "standing": where,
            # The words are what is looked at here, so they stand open.
            "opens": "messages",
            "messages": [{"from": MODERATOR, "text": text, "monday": lifecycle.this_week()}] if text else [],
            "message_form": ContributorsForm(),
            "can_write": True,
            "is_asked": deed == "ask",
            "reminder_titles": status_page.reminder_titles(),
        }
        return _SCRIPTS.sub("", pages.render_page(request, "standing", context).content.decode())


@room_view("open an account", "POST", keeps_words=True)
def write_note(request: StaffRequest, pk: object) -> HttpResponse:
    """Seal a note for colleagues; a script that sends it, so that its page stays as it is, gets JSON."""
    submission, form, asked = submission_or_404(pk), NoteForm(request.POST), QUESTIONS["write a note"]
    if form.is_valid():
        with refusals_in(form, "note"):
            decisions.write_note(submission, **form.cleaned_data, by=request.user)
            if wants_json(request):
                return JsonResponse({"done": asked["done"]})
            messages.success(request, asked["done"])
            return redirect(f"{reverse('room_read', args=[submission.pk])}#notes")
    if wants_json(request):
        return JsonResponse({"problem": next(iter(form.errors.values()))[0]}, status=422)
    return form_page(request, submission, asked, form)


@room_view("ask", "POST")
def take_back(request: StaffRequest, pk: object) -> HttpResponse:
    submission = submission_or_404(pk)
    with telling(request):
        decisions.take_back(submission, request.POST.get("message"), by=request.user)
        messages.success(request, gettext("Taken back. The contributor never saw it."))
    return redirect("room_read", pk=submission.pk)


@room_view("correct a story", with_vault=True)
def correct(request: StaffRequest, pk: object) -> HttpResponse:
    story = get_object_or_404(Story.objects.select_related("submission"), pk=pk)
    if story.submission.status in lifecycle.CORRECTED:
        return redirect("room_read", pk=story.submission_id)
    return ask_first(
        request,
        QUESTIONS["correct a story"],
        under=story_crumbs(story),
        why_not=why_not_correct(load_text_facts(story.submission_id, request.user)),
        do=lambda: publishing.begin_correction(story, by=request.user),
        after=reverse("room_read", args=[story.submission_id]),
    )


@room_view("correct a story", "POST")
def drop(request: StaffRequest, pk: object) -> HttpResponse:
    submission = submission_or_404(pk)
    with telling(request):
        publishing.drop_correction(submission, by=request.user)
        messages.success(request, gettext("Given up. The story stays as it is."))
        return redirect("room_stories:inspect", pk=Story.objects.get(submission=submission).pk)
    return redirect("room_read", pk=submission.pk)
