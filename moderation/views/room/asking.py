"""Writing to a contributor: ready words, a look at what they will read, then sent; and taken back in time."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from moderation import asking
from moderation.conversation import contributors_page, ready_words
from moderation.errors import Refused
from moderation.forms.asking import WordsForm
from moderation.views.doors import back_to, for_words, may, telling
from moderation.views.headings import account, heading
from moderation.views.lists.queue_rows import next_button
from stories.models import Submission


def write(request: HttpRequest, submission: Submission, decision: Any) -> HttpResponse | None:
    """Answer with the form or with what the contributor will read; None where it is sent.

    Nothing is stored before that: what was typed goes from page to page.
    """
    library = ready_words.offered(decision.form.purpose, language=submission.language)
    if request.method != "POST":
        form = decision.form(initial={"reason": request.GET.get("reason", "")}, library=library)
        return _page(request, submission, decision, form)
    form, step = decision.form(request.POST, library=library), request.POST.get("step", "")
    if step == "fill":
        filled = decision.form(initial=form.with_ready_words(), library=library)
        filled.fields[filled.words].widget.attrs["autofocus"] = True
        return _page(request, submission, decision, filled)
    if step == "change" or not form.is_valid():
        return _page(request, submission, decision, form)
    if step != "send" or not form.is_seen:
        return _preview(request, submission, decision, form)
    try:
        decision.run(request, submission, form.cleaned_data)
    except Refused as refused:
        return _page(request, submission, decision, form, problem=refused.reason)
    _say_it_is_on_its_way(request, submission, decision)
    return None


@require_POST
@may("ask")
def take_back(request: HttpRequest, pk: object) -> HttpResponse:
    """Erase words that aren't sent yet, and undo what they came with."""
    submission = get_object_or_404(Submission.objects.exclude(status=Submission.Status.DRAFT), pk=pk)
    with telling(request):
        asking.take_back(submission, _message(request), by=request.user)
        messages.success(request, _("Taken back. The contributor never saw it."))
    return back_to(submission.pk)


def _message(request: HttpRequest) -> UUID | None:
    given = request.POST.get("message", "")
    try:
        return UUID(given) if given else None
    except ValueError:
        raise Refused(_("It is sent already, or was taken back, so it stays as it is.")) from None


def _say_it_is_on_its_way(request: HttpRequest, submission: Submission, decision: Any) -> None:
    where = f"{reverse('room_read', args=[submission.pk])}#on-its-way"
    ways = [messages.button(where, _("Take it back")), *next_button(request, after=submission)]
    messages.success(request, decision.done, buttons=ways)


def _page(
    request: HttpRequest, submission: Submission, decision: Any, form: WordsForm, *, problem: str = ""
) -> HttpResponse:
    context = _frame(request, submission, decision) | {"form": form, "media": form.media, "problem": problem}
    return TemplateResponse(request, "moderation/asking.html", context)


def _preview(request: HttpRequest, submission: Submission, decision: Any, form: WordsForm) -> HttpResponse:
    fields = {form.words: form.text, "reason": form.cleaned_data.get("reason", ""), "seen": form.digest}
    context = _frame(request, submission, decision) | {
        "page": _as_they_read_it(request, submission, form),
        "fields": fields.items(),
    }
    return TemplateResponse(request, "moderation/asking_preview.html", context)


def _as_they_read_it(request: HttpRequest, submission: Submission, form: WordsForm) -> str:
    if reason := form.cleaned_data.get("reason", ""):
        return contributors_page.with_decline(request, submission, form.text, reason=reason)
    return contributors_page.with_question(request, submission, form.text)


def _frame(request: HttpRequest, submission: Submission, decision: Any) -> dict[str, Any]:
    return {
        "submission": submission,
        "decision": decision,
        "action": request.path,
        **for_words(request),
        **heading(decision.label, decision.icon, under=account(submission)),
    }
