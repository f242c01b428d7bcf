"""Coming back with a code: opens what it opens, and does the step that was asked for."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stories.core import lifecycle
from stories.crypto import receipts
from stories.crypto.sealing import DoesNotOpen, UnreadableCode
from stories.intake import coming_back, messages, pages, public_form, questions, retention, status_page
from stories.intake.coming_back import Opened, Settled
from stories.intake.take_down_requests import open_request, request_standing
from stories.intake.views import changing, showing, telling
from stories.intake.views.showing import Back, boxes_along, show_standing as show
from stories.models import Submission


def before_withdrawing(back: Back) -> HttpResponse:
    """Say what will happen, and ask once more."""
    submission = back.opened.submission
    if submission.status == "withdrawn":
        return show(back)
    context = {
        "along": boxes_along(back),
        "is_draft": submission.status == Submission.Status.DRAFT,
        "is_public": submission.status in ("published", *lifecycle.CORRECTED),
        "is_erased": submission.is_erased,
    }
    return back.page("withdraw", context, purpose="withdraw")


def withdraw_account(back: Back) -> HttpResponse:
    """Only the page that says what will happen leads here, and only to the submission that it was about."""
    if public_form.token_words(back.request, "withdraw").get("code") != back.code:
        return before_withdrawing(back)
    retention.withdraw_submission(back.opened)
    return show(back.again())


def download_notes(back: Back) -> HttpResponse:
    """Hand over what they sent and our messages as plain text, under a name that says nothing."""
    if not back.opened.private:
        return show(back, "no-download")
    return _file(status_page.notes_text(back.opened), kind="text/plain", name="notes.txt")


def download_reminder(back: Back) -> HttpResponse:
    """Hand over a day for a calendar: a dull title, and nothing about us."""
    told = messages.as_told(back.opened)
    days = status_page.reminder_days(status_page.standing_of(told).look_on, status_page.last_day(told.submission))
    if not days:
        return show(back, "no-reminder")
    # A day that isn't offered counts as the first.
    day = next((day for day in days if day.isoformat() == back.given.get("reminder-day")), days[0])
    words = status_page.reminder_file(day, title=back.given.get("reminder", ""))
    return _file(words, kind="text/calendar", name="event.ics")


def _file(words: str, *, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(words, content_type=f"{kind}; charset=utf-8", headers=headers)


# Somebody who guesses waits a little; nobody with a right code ever does, and guessers can't use up the threads.
_PAUSE_SECONDS = 1.0
_PAUSING = threading.BoundedSemaphore(2)
# What a form here can carry besides words; it goes along when the code has to be typed once more.
_CHOSEN = "|".join(("digest", "change-of", *questions.BY_NAME))


@public_form.public_form(counts_against="return")
def come_back(request: HttpRequest) -> HttpResponse:
    """Ask for the code; with a right one, show where it stands or do what was asked."""
    if request.method != "POST":
        return pages.render_page(request, "return", {})
    typed: str = public_form.words_given(request).get("code", "").strip()
    code = typed or public_form.token_words(request, "return", "withdraw", *changing.PAGES).get("code", "")
    opened = _open(code)
    if opened is None:
        asked = open_request(code)
        if asked is None:
            return _ask_for_the_code(request, code)
        # Nothing can be written to a take-down request, so words that came along are given back.
        about = {"standing": request_standing(asked), "words": public_form.words_to_copy(request)}
        return pages.render_page(request, "request_standing", about | {"danger": public_form.danger_typed(request)})
    back = Back(request, opened, code)
    step = back.given.get("step", "")
    if opened.submission.status == Submission.Status.DRAFT:
        # As we write codes, however it was typed: it is shown again when the draft is saved or sent.
        return _DRAFT_STEPS.get(step, telling.show_draft)(replace(back, code=receipts.read_code(code)))
    try:
        # Whatever words came with a step that there is not are given back.
        return _STEPS[step](back) if step in _STEPS else show(back, words=back.words())
    except Settled as settled:
        return show(back, str(settled), words=back.words())


def _open(code: str) -> Opened | None:
    try:
        return coming_back.open_code(code) if code else None
    except (UnreadableCode, DoesNotOpen):
        return None


def _ask_for_the_code(request: HttpRequest, code: str) -> HttpResponse:
    given = public_form.words_given(request)
    if code and getattr(request, "over_limit", False):
        _pause()
    context = {
        "was_wrong": bool(code),
        "lost": coming_back.days_of_lost_codes() if code else None,
        "was_stale": not code and bool(given.get("token")),
        "errors": [] if code or given.get("token") else [{"field": "code", "message": _("Type your code here first.")}],
        "typed": given.get("code", "")[:200],
        "letters": receipts.code_length(given.get("code", "")[:200]),
        "danger": public_form.danger_typed(request),
        **_carried(request),
    }
    return pages.render_page(request, "return", context)


def _carried(request: HttpRequest) -> dict[str, object]:
    """All that was typed or chosen, so that the step goes on once the code is there; nothing, where it held neither."""
    given, words = public_form.words_given(request), public_form.given_back(request)
    step = given.get("step", "")
    if not words and not step.endswith(_KEEPS):
        return {}
    names = [name for name in given if re.fullmatch(_CHOSEN, name) and name not in words]
    chosen = [(name, value) for name in names for value in given.getlist(name)]
    step = step if step in _STEPS else "message"
    return {"words": public_form.words_to_copy(request), "hidden": chosen, "step": step}


def _pause() -> None:
    if _PAUSING.acquire(blocking=False):
        try:
            time.sleep(_PAUSE_SECONDS)
        finally:
            _PAUSING.release()


# A step of this ending stores choices: with no word among them they go along too.
_KEEPS = "-keep"
_STEPS: dict[str, Callable[[Back], HttpResponse]] = {
    "show": show,
    "message": showing.send_message,
    "yes": showing.say_yes,
    "yes-without": showing.say_yes,
    "please-change": showing.ask_for_a_change,
    "download": download_notes,
    "reminder": download_reminder,
    "answers": changing.answers_page,
    "answers-keep": changing.keep_answers,
    "edit": changing.words_page,
    "edit-keep": changing.keep_words,
    "edit-message": changing.send_words,
    "consents": changing.choices_page,
    "consents-keep": changing.keep_consents,
    "withdraw": before_withdrawing,
    "withdraw-now": withdraw_account,
}
# Of all the steps there are, those that fit something that was never sent.
_DRAFT_STEPS = {"go-on": telling.go_on, "withdraw": before_withdrawing, "withdraw-now": withdraw_account}
