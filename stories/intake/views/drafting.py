"""Save for later: keeping a draft, and with its code going on with it or erasing it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format

from stories.crypto import receipts
from stories.intake import coming_back, highlights, pages, public_form, questions, receive, retention, status_page
from stories.intake.coming_back import Sent
from stories.intake.forms import TellForm
from stories.intake.pages import notice
from stories.intake.public_form import Visit
from stories.intake.receive import Arrival, put_together, question_version
from stories.intake.views import showing
from stories.intake.views.showing import Back


def form_page(
    request: HttpRequest,
    filled: TellForm,
    visit: Visit,
    *,
    says: str = "",
    own: Sequence[highlights.Own] = (),
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
        "notices": notices(request, says),
        "danger": public_form.danger_typed(request),
        "not_put_in": own,
        "longest_own": highlights.LONGEST_OWN,
        "stopped_at": stopped_at,
        "is_kept": not filled.is_bound,
        "honeypot": public_form.HONEYPOT,
    }
    return pages.render_page(request, "form", context)


def notices(request: HttpRequest, says: str = "") -> list[str]:
    """Return what a page has to say at its top: `says`, and a word on a file that was left out."""
    return [each for each in (notice("file-left-out") if public_form.had_file(request) else "", says) if each]


_PARTS = tuple(section.name for section in questions.SECTIONS)


def save_for_later(request: HttpRequest, given: MultiValueDict, visit: Visit) -> HttpResponse:
    """Keep the form as it stands, finished or not, and show the code that opens it."""
    own, sent = highlights.not_put_in(given), _as_it_stands(given)
    arrival = Arrival(
        code=visit.code or receipts.new_code(),
        is_flood=public_form.is_flood(request),
        language=(translation.get_language() or "en")[:5],
        began_from=visit.began_from,
    )
    says = "" if visit.code else notice("draft-new-code")
    try:
        try:
            draft, has_both = receive.keep_draft(sent, arrival)
        except receive.NotADraft:
            arrival, says = replace(arrival, code=receipts.new_code()), notice("draft-beside-sent")
            draft, has_both = receive.keep_draft(sent, arrival)
    except receive.DraftTooLong:
        says = notice("draft-too-long")
        return form_page(request, TellForm(given), visit, says=says, own=own, stopped_at=_part(given))
    context = {
        "not_put_in": own,
        "code": arrival.code,
        "groups": arrival.code.split("-"),
        "last_day": status_page.last_day(draft),
        "stopped_at": _stopped_at(sent),
        "token": public_form.issue_token("return", code=arrival.code),
        "notices": notices(request, notice("draft-from-both") if has_both else says),
        "danger": public_form.danger_typed(request),
    }
    return pages.render_page(request, "draft_code", context)


def _as_it_stands(given: MultiValueDict) -> Sent:
    """Take every word, and every choice that is one of ours, whether or not the form could be sent like this."""
    form = TellForm(initial={name: given.getlist(name) for name in given})
    asked = {name: field for name, field in form.fields.items() if name in questions.BY_NAME}
    texts = [question.name for question in questions.TEXTS]
    chosen = {name: _chosen(field, given, name) for name, field in asked.items() if name not in texts}
    answers = {"version": questions.VERSION, **chosen, "part": _part(given)}
    return Sent({name: given.get(name, "") for name in texts}, answers)


def _part(given: MultiValueDict) -> str:
    """The part of the form that somebody was on, as their browser says; nothing for what is no part of it."""
    part: str = given.get("part", "")
    return part if part in _PARTS else ""


def _stopped_at(sent: Sent) -> str:
    """Return the part to go on with: that one, or the last in which something was answered."""
    if sent.answers.get("part") in _PARTS:
        return str(sent.answers["part"])
    told = {name for name, answer in {**sent.account, **sent.answers}.items() if answer}
    answered = {question.section for question in questions.ASKED if question.name in told}
    return next((part for part in reversed(_PARTS) if part in answered), "")


def _chosen(field: forms.Field, given: MultiValueDict, name: str) -> object:
    if isinstance(field, forms.BooleanField):
        return bool(field.widget.value_from_datadict(given, MultiValueDict(), name))
    known = [slug for slug in given.getlist(name) if isinstance(field, forms.ChoiceField) and field.valid_value(slug)]
    if isinstance(field, forms.MultipleChoiceField):
        return list(dict.fromkeys(known))
    return known[-1] if known else ""


def both_windows(given: MultiValueDict, sent: Sent, visit: Visit) -> tuple[MultiValueDict, Visit]:
    """Put what was saved from another window under what this form holds; the visit goes on from there."""
    opened = receive.opened_draft(visit.code)
    if opened is None:
        return given, visit
    both, filled = put_together(sent, coming_back.what_i_sent(opened)), given.copy()
    for name, value in {**both.account, **both.answers}.items():
        if not isinstance(value, bool):
            filled.setlist(name, value if isinstance(value, list) else [value])
    return filled, Visit(visit.since, visit.code, question_version(opened.submission))


def do_step(back: Back, step: str) -> HttpResponse:
    """Do what was asked with a draft; of all the steps there are, only these fit something that was never sent."""
    # As we write codes, however it was typed: it is shown again when the draft is saved or sent.
    return _STEPS.get(step, show_draft)(replace(back, code=receipts.read_code(back.code)))


def show_draft(back: Back) -> HttpResponse:
    """Say that it is a draft and until when; with it comes back whatever was typed for another step."""
    sent = coming_back.what_i_sent(back.opened)
    context = {
        "standing": status_page.standing_of(back.opened),
        "stopped_at": _stopped_at(sent),
        "texts": [(pages.field_label(name, sent.answers), text) for name, text in sent.account.items() if text],
        "summary": pages.answers_in_words(sent.answers),
        "words": back.words(),
    }
    return back.page("draft", context)


def _go_on(back: Back) -> HttpResponse:
    submission, sent = back.opened.submission, coming_back.what_i_sent(back.opened)
    visit = Visit(public_form.UNCOUNTED, back.code, question_version(submission))
    filled = TellForm(initial={**sent.account, **sent.answers})
    says = notice("draft-opened", day=date_format(status_page.last_day(submission), "j F Y"))
    return form_page(back.request, filled, visit, says=says, stopped_at=_stopped_at(sent))


def _before_erasing(back: Back) -> HttpResponse:
    return back.page("withdraw", {"is_draft": True}, purpose="withdraw")


def _erase(back: Back) -> HttpResponse:
    """Only the page that asks once more leads here."""
    if public_form.token_words(back.request, "withdraw").get("code") != back.code:
        return _before_erasing(back)
    retention.withdraw_submission(back.opened)
    return showing.show_standing(back.again())


_STEPS: dict[str, Callable[[Back], HttpResponse]] = {
    "go-on": _go_on,
    "withdraw": _before_erasing,
    "withdraw-now": _erase,
}
