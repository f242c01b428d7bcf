"""Save for later: keeping a draft, and with its code going on with it or erasing it."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.telling import (
    answering,
    coming_back,
    drafts,
    intake,
    public_form,
    put_in,
    questions,
    receipts,
    standing,
    tokens,
    withdrawal,
    wording,
)
from stories.telling.coming_back import Opened
from stories.telling.forms import TellForm
from stories.telling.intake import Sent
from stories.telling.views import showing, writing
from stories.telling.views.writing import Visit

_PARTS = tuple(section.name for section in questions.SECTIONS)


def later(request: HttpRequest, given: MultiValueDict, visit: Visit) -> HttpResponse:
    """Keep the form as it stands, finished or not, and show the code that opens it."""
    own = put_in.not_put_in(given)
    try:
        kept, code, notice = _keep_under_a_code(request, given, visit)
    except drafts.TooLong:
        return writing.form_page(request, TellForm(given), visit, notice=_too_long(), own=own, stopped_at=_part(given))
    return _code_page(request, kept, code, notice=from_both() if kept.has_both else notice, own=own)


def _keep_under_a_code(request: HttpRequest, given: MultiValueDict, visit: Visit) -> tuple[drafts.Kept, str, str]:
    """Keep it under the code of this visit if it can be; return the code that it is under, and what to say of that."""
    code, notice = visit.code or receipts.new_code(), "" if visit.code else _new_code_for_an_old_page()
    try:
        return _keep(request, given, code, began_from=visit.began_from), code, notice
    except drafts.NotADraft:
        code = receipts.new_code()
        return _keep(request, given, code), code, _new_code_beside_what_was_sent()


def _keep(request: HttpRequest, given: MultiValueDict, code: str, *, began_from: str = "") -> drafts.Kept:
    return drafts.keep(
        _as_it_stands(given),
        code=code,
        began_from=began_from,
        is_flood=public_form.is_flood(request),
        language=(translation.get_language() or "en")[:5],
    )


def _as_it_stands(given: MultiValueDict) -> Sent:
    """Take every word, and every choice that is one of ours, whether or not the form could be sent like this."""
    form = TellForm(initial={name: given.getlist(name) for name in given})
    asked = {name: field for name, field in form.fields.items() if name in questions.BY_NAME}
    texts = [question.name for question in questions.TEXTS]
    chosen = {name: _chosen(field, given, name) for name, field in asked.items() if name not in texts}
    return Sent(
        {name: given.get(name, "") for name in texts}, {"version": questions.VERSION, **chosen, "part": _part(given)}
    )


def _part(given: MultiValueDict) -> str:
    """The part of the form that somebody was on, as their browser says; nothing for what is no part of it."""
    part: str = given.get("part", "")
    return part if part in _PARTS else ""


def _stopped_at(account: Mapping[str, str], answers: Mapping[str, Any]) -> str:
    """Where to go on: on that part, or on the last one in which something was answered."""
    if answers.get("part") in _PARTS:
        return str(answers["part"])
    told = {name for name, answer in {**account, **answers}.items() if answer}
    answered = {question.section for question in questions.ASKED if question.name in told}
    return next((part for part in reversed(_PARTS) if part in answered), "")


def _chosen(field: forms.Field, given: MultiValueDict, name: str) -> Any:
    if isinstance(field, forms.BooleanField):
        return bool(field.widget.value_from_datadict(given, MultiValueDict(), name))
    known = [slug for slug in given.getlist(name) if isinstance(field, forms.ChoiceField) and field.valid_value(slug)]
    if isinstance(field, forms.MultipleChoiceField):
        return list(dict.fromkeys(known))
    return known[-1] if known else ""


def _code_page(
    request: HttpRequest, kept: drafts.Kept, code: str, *, notice: str, own: list[put_in.Own]
) -> HttpResponse:
    saved = _as_it_stands(public_form.given(request))
    context = {
        "not_put_in": own,
        "code": code,
        "groups": code.split("-"),
        "last_day": standing.last_day(kept.draft),
        "stopped_at": _stopped_at(saved.account, saved.answers),
        "token": tokens.issue("return", code=code),
        "notices": writing.notices(request, notice),
        "danger": public_form.spoken_of(request),
    }
    return answering.page(request, "draft_code", context)


# --- With two windows -------------------------------------------------------------------------


def both_windows(given: MultiValueDict, sent: Sent, visit: Visit) -> tuple[MultiValueDict, Visit]:
    """Put what was saved from another window under what this form holds; the visit goes on from there."""
    opened = drafts.opened(visit.code)
    if opened is None:
        return given, visit
    both, filled = drafts.put_together(sent, coming_back.what_i_sent(opened)), given.copy()
    for name, value in {**both.account, **both.answers}.items():
        if not isinstance(value, bool):
            filled.setlist(name, value if isinstance(value, list) else [value])
    return filled, Visit(visit.since, visit.code, intake.version(opened.submission))


def from_both() -> str:
    return _(
        "You saved this from another window as well. So that nothing is lost we kept the words of both, one under the "
        "other. Look them over, and take out what stands there twice."
    )


# --- With the code ----------------------------------------------------------------------------


def do(request: HttpRequest, opened: Opened, code: str, step: str) -> HttpResponse:
    """Do what was asked with a draft; of all the steps there are, only these fit something that was never sent."""
    # As we write codes, however it was typed: it is shown again when the draft is saved or sent.
    return _STEPS.get(step, show)(request, opened, receipts.read_code(code))


def show(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Say that it is a draft and until when; with it comes back whatever was typed for another step."""
    sent = coming_back.what_i_sent(opened)
    context = {
        "standing": standing.of(opened),
        "stopped_at": _stopped_at(**sent),
        "token": tokens.issue("return", code=code),
        "texts": [(wording.label(name, sent["answers"]), text) for name, text in sent["account"].items() if text],
        "summary": wording.in_words(sent["answers"]),
        "words": [(name, wording.label(name), text) for name, text in public_form.given_back(request).items()],
        "danger": public_form.spoken_of(request),
    }
    return answering.page(request, "draft", context)


def _go_on(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    sent, day = coming_back.what_i_sent(opened), date_format(standing.last_day(opened.submission), "j F Y")
    visit = Visit(writing.UNCOUNTED, code, intake.version(opened.submission))
    says = _("Here is what you saved. Come back to it by {day}. If you save it again, you have 30 days more.")
    filled = TellForm(initial={**sent["account"], **sent["answers"]})
    return writing.form_page(request, filled, visit, notice=says.format(day=day), stopped_at=_stopped_at(**sent))


def _before_erasing(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    return answering.page(request, "draft_erase", {"token": tokens.issue("withdraw", code=code)})


def _erase(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Only the page that asks once more leads here."""
    if tokens.read(request, "withdraw").get("code") != code:
        return _before_erasing(request, opened, code)
    withdrawal.withdraw(opened)
    return showing.show(request, showing.again(opened, code), code)


_STEPS: dict[str, Callable[[HttpRequest, Opened, str], HttpResponse]] = {
    "go-on": _go_on,
    "withdraw": _before_erasing,
    "withdraw-now": _erase,
}

# --- In words ---------------------------------------------------------------------------------


def _new_code_for_an_old_page() -> str:
    return _(
        "The page was open so long that it had forgotten your code. So this is a new one. If you saved something "
        "before, that is still there under its own code, until its own date."
    )


def _new_code_beside_what_was_sent() -> str:
    return _(
        "What you sent or took back before stays as it is. This is a draft of its own, so it has a code of its own."
    )


def _too_long() -> str:
    return _(
        "This is more than we can keep at once, so it is not saved yet. All your words are here, and what you saved "
        "before is as it was. Make it shorter, then save it again."
    )
