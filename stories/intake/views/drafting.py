"""Save for later: keeping a draft, and with its code going on with it or erasing it."""

from collections.abc import Callable, Mapping, Sequence

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.crypto import receipts
from stories.intake import (
    coming_back,
    drafts,
    highlights,
    pages,
    public_form,
    questions,
    receive,
    retention,
    status_page,
)
from stories.intake.coming_back import Opened
from stories.intake.forms import TellForm
from stories.intake.highlights import LONGEST_OWN, Own
from stories.intake.receive import Sent
from stories.intake.views import showing

# --- The form ---------------------------------------------------------------------------------


def form_page(
    request: HttpRequest,
    filled: TellForm,
    visit: public_form.Visit,
    *,
    notice: str = "",
    own: Sequence[Own] = (),
    stopped_at: str = "",
) -> HttpResponse:
    """Show the form: empty, with what is wrong with it, or as it was saved; `own` are words still to be put in.

    `stopped_at` names the part that it opens at.
    """
    context = {
        "sections": list(filled.sections()),
        "errors": filled.problems(),
        "token": public_form.visit_token(visit, purpose="form"),
        # Ticked on the check page, which this one came back from.
        "ticked_later": [name for name in ("no_code", "urgent") if filled[name].value()],
        "notices": notices(request, notice),
        "danger": public_form.danger_typed(request),
        "not_put_in": own,
        "longest_own": LONGEST_OWN,
        "stopped_at": stopped_at,
        "is_kept": not filled.is_bound,
        "honeypot": public_form.HONEYPOT,
    }
    return pages.render_page(request, "form", context)


def notices(request: HttpRequest, notice: str = "") -> list[str]:
    """Return what a page has to say at its top: `notice`, and a word on a file that was left out."""
    left_out = _("We left out the file: Heard takes words only. Your words are all here.")
    return [says for says in (left_out if public_form.had_file(request) else "", notice) if says]


# --- Saving for later -------------------------------------------------------------------------

_PARTS = tuple(section.name for section in questions.SECTIONS)


def later(request: HttpRequest, given: MultiValueDict, visit: public_form.Visit) -> HttpResponse:
    """Keep the form as it stands, finished or not, and show the code that opens it."""
    own = highlights.not_put_in(given)
    try:
        kept, code, notice = _keep_under_a_code(request, given, visit)
    except drafts.TooLong:
        return form_page(request, TellForm(given), visit, notice=_too_long(), own=own, stopped_at=_part(given))
    return _code_page(request, kept, code, notice=from_both() if kept.has_both else notice, own=own)


def _keep_under_a_code(
    request: HttpRequest, given: MultiValueDict, visit: public_form.Visit
) -> tuple[drafts.Kept, str, str]:
    """Keep it under the code of this visit if it can be; return the code that it is under, and what to say of that."""
    code, notice = visit.code or receipts.new_code(), "" if visit.code else _new_code_for_an_old_page()
    try:
        return _keep(request, given, code, began_from=visit.began_from), code, notice
    except drafts.NotADraft:
        code = receipts.new_code()
        return _keep(request, given, code), code, _new_code_beside_what_was_sent()


def _keep(request: HttpRequest, given: MultiValueDict, code: str, *, began_from: str = "") -> drafts.Kept:
    return drafts.keep_draft(
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


def _stopped_at(account: Mapping[str, str], answers: Mapping[str, object]) -> str:
    """Where to go on: on that part, or on the last one in which something was answered."""
    if answers.get("part") in _PARTS:
        return str(answers["part"])
    told = {name for name, answer in {**account, **answers}.items() if answer}
    answered = {question.section for question in questions.ASKED if question.name in told}
    return next((part for part in reversed(_PARTS) if part in answered), "")


def _chosen(field: forms.Field, given: MultiValueDict, name: str) -> object:
    if isinstance(field, forms.BooleanField):
        return bool(field.widget.value_from_datadict(given, MultiValueDict(), name))
    known = [slug for slug in given.getlist(name) if isinstance(field, forms.ChoiceField) and field.valid_value(slug)]
    if isinstance(field, forms.MultipleChoiceField):
        return list(dict.fromkeys(known))
    return known[-1] if known else ""


def _code_page(
    request: HttpRequest, kept: drafts.Kept, code: str, *, notice: str, own: list[highlights.Own]
) -> HttpResponse:
    saved = _as_it_stands(public_form.words_given(request))
    context = {
        "not_put_in": own,
        "code": code,
        "groups": code.split("-"),
        "last_day": status_page.last_day(kept.draft),
        "stopped_at": _stopped_at(saved.account, saved.answers),
        "token": public_form.issue_token("return", code=code),
        "notices": notices(request, notice),
        "danger": public_form.danger_typed(request),
    }
    return pages.render_page(request, "draft_code", context)


# --- With two windows -------------------------------------------------------------------------


def both_windows(
    given: MultiValueDict, sent: Sent, visit: public_form.Visit
) -> tuple[MultiValueDict, public_form.Visit]:
    """Put what was saved from another window under what this form holds; the visit goes on from there."""
    opened = drafts.opened_draft(visit.code)
    if opened is None:
        return given, visit
    both, filled = drafts.put_together(sent, coming_back.what_i_sent(opened)), given.copy()
    for name, value in {**both.account, **both.answers}.items():
        if not isinstance(value, bool):
            filled.setlist(name, value if isinstance(value, list) else [value])
    return filled, public_form.Visit(visit.since, visit.code, receive.question_version(opened.submission))


def from_both() -> str:
    return _(
        "You saved this from another window as well. So that nothing is lost we kept the words of both, one under the "
        "other. Look them over, and take out what stands there twice."
    )


# --- With the code ----------------------------------------------------------------------------


def do_step(request: HttpRequest, opened: Opened, code: str, step: str) -> HttpResponse:
    """Do what was asked with a draft; of all the steps there are, only these fit something that was never sent."""
    # As we write codes, however it was typed: it is shown again when the draft is saved or sent.
    return _STEPS.get(step, show_draft)(request, opened, receipts.read_code(code))


def show_draft(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Say that it is a draft and until when; with it comes back whatever was typed for another step."""
    sent = coming_back.what_i_sent(opened)
    context = {
        "standing": status_page.standing_of(opened),
        "stopped_at": _stopped_at(**sent),
        "token": public_form.issue_token("return", code=code),
        "texts": [(pages.field_label(name, sent["answers"]), text) for name, text in sent["account"].items() if text],
        "summary": pages.answers_in_words(sent["answers"]),
        "words": public_form.words_to_copy(request),
        "danger": public_form.danger_typed(request),
    }
    return pages.render_page(request, "draft", context)


def _go_on(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    sent, day = coming_back.what_i_sent(opened), date_format(status_page.last_day(opened.submission), "j F Y")
    visit = public_form.Visit(public_form.UNCOUNTED, code, receive.question_version(opened.submission))
    says = _("Here is what you saved. Come back to it by {day}. If you save it again, you have 30 days more.")
    filled = TellForm(initial={**sent["account"], **sent["answers"]})
    return form_page(request, filled, visit, notice=says.format(day=day), stopped_at=_stopped_at(**sent))


def _before_erasing(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    return pages.render_page(
        request, "withdraw", {"is_draft": True, "token": public_form.issue_token("withdraw", code=code)}
    )


def _erase(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Only the page that asks once more leads here."""
    if public_form.token_words(request, "withdraw").get("code") != code:
        return _before_erasing(request, opened, code)
    retention.withdraw_submission(opened)
    return showing.show_standing(request, showing.again(opened, code), code)


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
