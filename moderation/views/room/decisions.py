"""The decisions, one page each: what will happen, a form if it has one, a button."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.widgets.button import BaseButton, Button, ButtonWithDropdown, HeaderButton

from moderation import agreements, asking, decisions, flood, forms, policies, working_copies
from moderation.conversation import contributors_page, ready_words
from moderation.facts import Facts, load_facts
from moderation.forms import asking as asking_forms
from moderation.team.permissions import Refused
from moderation.team.vault_session import vault_of
from moderation.views.decorators import back_to, keeps_words, require_permission, words_token_context
from moderation.views.lists.queue_rows import next_button
from moderation.views.pages import account_crumbs, heading, telling
from moderation.views.team.vault import needs_vault
from stories.core import lifecycle
from stories.models import Submission

_S = Submission.Status
_ANY_BUT_WITHDRAWN = frozenset(_S.values) - {_S.DRAFT, _S.WITHDRAWN}
# What a deed gives back, if anything, is said in place of `done`.
Run = Callable[[HttpRequest, Submission, dict[str, Any]], Any]


@dataclass(frozen=True)
class Decision:
    """`deed` is its line in the table of roles, `move` its line in the lifecycle, if it changes the status.

    What ends an account or speaks to its contributor needs the vault: a stolen password alone can't.
    """

    deed: str
    icon: str
    label: Any
    says: Any
    button: Any
    done: Any
    run: Run
    move: str = ""
    form: type[django_forms.Form] = forms.NoWordsForm
    needs_vault: bool = False
    applies: Callable[[Facts], bool] = lambda facts: True
    # Of what changes no status: the states in which it is offered.
    states: Collection[str] = policies.UNDECIDED
    # How it stands with this one, where more has to be said than `says` does.
    stands: Callable[[Facts], str] = lambda facts: ""

    def fits(self, facts: Facts) -> bool:
        """True where the submission's state allows it; who may do it is another question."""
        if policies.why_not_for_real(facts.submission):
            return False
        if self.move:
            return lifecycle.why_not(self.move, status=facts.status) is None and self.applies(facts)
        return facts.status in self.states and self.applies(facts)


def asked_to_release(facts: Facts) -> str:
    """Who has asked to let it go, in a sentence; empty while nobody has."""
    asked_by = policies.who_asked_to_release(facts)
    name = facts.colleagues[asked_by].name if asked_by else ""
    return gettext("%(name)s has asked to let it go; it takes one more person.") % {"name": name} if name else ""


def _released(submission: Submission, *, by: Any) -> str | None:
    return gettext("Let go. It is among the new ones.") if decisions.release_hold(submission, by=by) else None


def _sent_back(submission: Submission, note: str, *, by: Any) -> None:
    copy = working_copies.newest_copy(submission)
    if copy is None:
        raise Refused(gettext("There is no text to send back."))
    agreements.send_back(copy, note, by=by)


DECISIONS: dict[str, Decision] = {
    "ask": Decision(
        deed="ask",
        icon="comment",
        label=_("Ask the contributor"),
        says=_("They see your question when they come back with their code. Until then it waits."),
        button=_("Send the question"),
        done=_("Asked. It goes to them in ten minutes, and then waits for their answer."),
        run=lambda request, row, data: decisions.ask_contributor(row, data["question"], by=request.user),
        move="ask",
        form=asking_forms.AskForm,
        needs_vault=True,
    ),
    "hold": Decision(
        deed="hold",
        icon="time",
        label=_("Hold"),
        says=_("It stays undecided until a day that you choose. It takes two people to let it go on."),
        button=_("Hold it"),
        done=_("Held. It comes back to the start page on its day."),
        run=lambda request, row, data: decisions.hold_account(row, by=request.user, **data),
        move="hold",
        form=forms.HoldForm,
        needs_vault=True,
    ),
    "hold-longer": Decision(
        deed="hold",
        icon="time",
        label=_("Look again later"),
        says=_("It stays held until another day. What its contributor was told before never comes sooner."),
        button=_("Hold it until then"),
        done=_("Held for longer. It comes back to the start page on its day."),
        run=lambda request, row, data: decisions.hold_account(row, by=request.user, **data),
        move="hold again",
        form=forms.HoldForm,
        needs_vault=True,
    ),
    "decline": Decision(
        deed="decline",
        icon="cross",
        label=_("Decline"),
        says=_("No story comes of it. The contributor reads the reason with their code, and all is erased in 30 days."),
        button=_("Decline it"),
        done=_("Declined. They are told in ten minutes, and it is erased in 30 days."),
        run=lambda request, row, data: decisions.decline_account(
            row, reason=data["reason"], note=data["note"], by=request.user
        ),
        move="decline",
        form=asking_forms.DeclineForm,
        needs_vault=True,
    ),
    "count": Decision(
        deed="count",
        icon="plus",
        label=_("Count, without a story"),
        says=_(
            "Its ticked answers go into the totals, as its contributor agreed. No story comes of it; erased in 30 days."
        ),
        button=_("Count it"),
        done=_("Counted. It is erased in 30 days."),
        run=lambda request, row, data: decisions.count_answers(row, vault=request.vault),  # type: ignore[attr-defined]
        move="count",
        needs_vault=True,
    ),
    "release": Decision(
        deed="release",
        icon="arrow-right",
        label=_("Let it go"),
        says=_("Two people let it go: one asks, a second one does it. Then the first look is taken again."),
        button=_("Let it go"),
        done=_("You have asked. It goes on once a second person lets it go, too."),
        run=lambda request, row, data: _released(row, by=request.user),
        move="release",
        stands=asked_to_release,
    ),
    "stop-waiting": Decision(
        deed="stop waiting",
        icon="arrow-right",
        label=_("Stop waiting"),
        says=_("It goes on without an answer. If one comes later, you still see it."),
        button=_("Stop waiting"),
        done=_("It is among the new ones again."),
        run=lambda request, row, data: decisions.stop_waiting(row, by=request.user),
        move="stop waiting",
    ),
    "send-back": Decision(
        deed="send back",
        icon="arrow-left",
        label=_("Send it back before it goes out"),
        says=_(
            "Two agreed to this text, and it waits for its batch. Both yeses end, and it goes back to its first reader."
            " Whoever reads it then says yes anew, and that nobody is in danger."
        ),
        button=_("Send it back"),
        done=_("Sent back, with your note. It is in no batch any more."),
        run=lambda request, row, data: _sent_back(row, data["note"], by=request.user),
        move="send back",
        form=forms.SendBackForm,
        applies=lambda facts: facts.status == _S.AGREED,
    ),
    "urgent": Decision(
        deed="mark urgent",
        icon="warning",
        label=_("Mark as urgent"),
        says=_("It goes into the urgent lane, where everybody sees it first."),
        button=_("Mark it urgent"),
        done=_("It is in the urgent lane."),
        run=lambda request, row, data: decisions.mark_urgent(row, by=request.user),
        applies=lambda facts: not facts.submission.is_urgent,
    ),
    "not-urgent": Decision(
        deed="mark urgent",
        icon="minus",
        label=_("Not urgent after all"),
        says=_(
            "It takes its turn among the others. One person’s no is enough for a bare tick. Where the account or a "
            "first look speaks of danger, or of somebody under 18, two people say no before: in a first look, or with "
            "their yes to the text."
        ),
        button=_("Take it out of the urgent lane"),
        done=_("It takes its turn."),
        run=lambda request, row, data: decisions.mark_not_urgent(row, vault=request.vault),  # type: ignore[attr-defined]
        needs_vault=True,
        applies=lambda facts: facts.submission.is_urgent,
        states=_ANY_BUT_WITHDRAWN,
    ),
    "not-flood": Decision(
        deed="take out of the flood",
        icon="arrow-right",
        label=_("A real account"),
        says=_("It leaves the flood tray and stands among the new ones."),
        button=_("Move it to the new ones"),
        done=_("It is among the new ones."),
        run=lambda request, row, data: decisions.take_out_of_flood(row, by=request.user),
        applies=lambda facts: facts.submission.is_flood,
    ),
    "back-in-tray": Decision(
        deed="put back in the flood tray",
        icon="arrow-left",
        label=_("Put it back in the flood tray"),
        says=_("It was declined with a whole flood. It waits to be read again, and its contributor’s page says so."),
        button=_("Put it back"),
        done=_("It is back in the flood tray."),
        run=lambda request, row, data: flood.put_back(row, by=request.user),
        move="back in the tray",
        applies=lambda facts: facts.was_declined_with_flood,
    ),
}

_IN_THE_OPEN = ("ask", "hold-longer")


def buttons(facts: Facts, user: Any, *, first: Sequence[str] = _IN_THE_OPEN) -> list[BaseButton]:
    """Header buttons for what can be decided now: the first of `first` stands in the open, the rest in a drop-down."""
    open_to = [
        (slug, decision)
        for slug, decision in DECISIONS.items()
        if decision.fits(facts) and policies.why_not(decision.deed, user) is None
    ]
    pk = facts.submission.pk
    made = {
        slug: Button(
            decision.label, url=reverse("room_decide", args=[pk, slug]), icon_name=decision.icon, priority=place
        )
        for place, (slug, decision) in enumerate(open_to)
    }
    in_the_open = [made.pop(slug) for slug in first if slug in made][:1]
    shown = [HeaderButton(button.label, url=button.url, icon_name=button.icon_name) for button in in_the_open]
    rest = [ButtonWithDropdown(_("Decide"), buttons=[*made.values()], icon_name="dots-horizontal")] if made else []
    return [*shown, *rest]


def decide(request: HttpRequest, pk: object, slug: str) -> HttpResponse:
    """Let in who may, with the vault open where the decision needs it, and answer with the page or the deed."""
    decision = DECISIONS.get(slug)
    if decision is None:
        raise Http404
    inside = require_permission(decision.deed)(needs_vault(_decide) if decision.needs_vault else _decide)
    return inside(request, pk, decision)


decide_keeping_words = keeps_words(decide)


def _decide(request: HttpRequest, pk: object, decision: Decision) -> HttpResponse:
    submission = get_object_or_404(Submission.objects.exclude(status=_S.DRAFT), pk=pk)
    if issubclass(decision.form, asking_forms.WordsForm):
        return _write(request, submission, decision, decision.form) or redirect("room_queue")
    form = decision.form(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            said = decision.run(request, submission, form.cleaned_data)
        except Refused as refused:
            problem = refused.reason
        else:
            messages.success(request, said or decision.done, buttons=next_button(request, after=submission))
            return redirect("room_queue")
    return _page(request, submission, decision, form=form, problem=problem)


def _page(
    request: HttpRequest, submission: Submission, decision: Decision, *, form: django_forms.Form, problem: str
) -> HttpResponse:
    context = {
        "submission": submission,
        "decision": decision,
        "stands": decision.stands(load_facts(submission, request.user)),
        "form": form,
        "media": form.media,
        "problem": problem,
        "action": request.path,
        **words_token_context(request),
        "is_locked": vault_of(request) is None,
        **heading(decision.label, decision.icon, under=account_crumbs(submission)),
    }
    return TemplateResponse(request, "moderation/decision.html", context)


# --- Words that go to the contributor --------------------------------------------------------


def _write(
    request: HttpRequest, submission: Submission, decision: Decision, form_class: type[asking_forms.WordsForm]
) -> HttpResponse | None:
    """Answer with the form or with what the contributor will read; None where it is sent.

    Nothing is stored before that: what was typed goes from page to page.
    """
    library = ready_words.ready_texts(form_class.purpose, language=submission.language)
    if request.method != "POST":
        form = form_class(initial={"reason": request.GET.get("reason", "")}, library=library)
        return _words_page(request, submission, decision, form)
    form, step = form_class(request.POST, library=library), request.POST.get("step", "")
    if step == "fill":
        filled = form_class(initial=form.with_ready_words(), library=library)
        filled.fields[filled.words].widget.attrs["autofocus"] = True
        return _words_page(request, submission, decision, filled)
    if step == "change" or not form.is_valid():
        return _words_page(request, submission, decision, form)
    if step != "send" or not form.is_seen:
        return _preview(request, submission, decision, form)
    try:
        decision.run(request, submission, form.cleaned_data)
    except Refused as refused:
        return _words_page(request, submission, decision, form, problem=refused.reason)
    _say_it_is_on_its_way(request, submission, decision)
    return None


@require_POST
@require_permission("ask")
def take_back(request: HttpRequest, pk: object) -> HttpResponse:
    """Erase words that aren't sent yet, and undo what they came with."""
    submission = get_object_or_404(Submission.objects.exclude(status=Submission.Status.DRAFT), pk=pk)
    with telling(request):
        asking.take_back(submission, _message(request), by=request.user)
        messages.success(request, gettext("Taken back. The contributor never saw it."))
    return back_to(submission.pk)


def _message(request: HttpRequest) -> UUID | None:
    given = request.POST.get("message", "")
    try:
        return UUID(given) if given else None
    except ValueError:
        raise Refused(gettext("It is sent already, or was taken back, so it stays as it is.")) from None


def _say_it_is_on_its_way(request: HttpRequest, submission: Submission, decision: Decision) -> None:
    where = f"{reverse('room_read', args=[submission.pk])}#on-its-way"
    ways = [messages.button(where, gettext("Take it back")), *next_button(request, after=submission)]
    messages.success(request, decision.done, buttons=ways)


def _words_page(
    request: HttpRequest, submission: Submission, decision: Decision, form: asking_forms.WordsForm, *, problem: str = ""
) -> HttpResponse:
    context = _words_frame(request, submission, decision) | {"form": form, "media": form.media, "problem": problem}
    return TemplateResponse(request, "moderation/asking.html", context)


def _preview(
    request: HttpRequest, submission: Submission, decision: Decision, form: asking_forms.WordsForm
) -> HttpResponse:
    fields = {form.words: form.text, "reason": form.cleaned_data.get("reason", ""), "seen": form.digest}
    context = _words_frame(request, submission, decision) | {
        "page": _as_they_read_it(request, submission, form),
        "fields": fields.items(),
    }
    return TemplateResponse(request, "moderation/asking_preview.html", context)


def _as_they_read_it(request: HttpRequest, submission: Submission, form: asking_forms.WordsForm) -> str:
    if reason := form.cleaned_data.get("reason", ""):
        return contributors_page.with_decline(request, submission, form.text, reason=reason)
    return contributors_page.with_question(request, submission, form.text)


def _words_frame(request: HttpRequest, submission: Submission, decision: Decision) -> dict[str, Any]:
    return {
        "submission": submission,
        "decision": decision,
        "action": request.path,
        **words_token_context(request),
        **heading(decision.label, decision.icon, under=account_crumbs(submission)),
    }
