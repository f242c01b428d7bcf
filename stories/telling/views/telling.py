"""Before you start, the form, the check, the code: one visit, carried in the form and nowhere else."""

import time
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories import danger
from stories.telling import (
    answering,
    expected,
    intake,
    public_form,
    put_in,
    questions,
    room,
    spotted,
    wording,
)
from stories.telling.forms import TellForm
from stories.telling.views import code_page, drafting, writing
from stories.telling.views.writing import Visit

# Nobody reads the form, writes and sends in less; what does is a machine, and goes to the flood tray.
LEAST_SECONDS = 3
ONLINE, NOT_ONLINE = ("yes", "think-so"), ("no", "never")
CASE_OPEN = ("looking", "arrested", "charged", "court")


@dataclass(frozen=True)
class Asked:
    """One POST of the form: what was given, with `put_in` choices of the check page in place."""

    given: MultiValueDict
    look: spotted.Look
    standing: dict[str, str]
    put_in: int


@public_form.public_form()
def before(request: HttpRequest) -> HttpResponse:
    """What somebody should know before they begin."""
    context = {"is_open": intake.is_open(), "is_short": room.is_short(), "wait": expected.usual_wait()}
    return answering.page(request, "before", context)


@public_form.public_form()
def under_18(request: HttpRequest) -> HttpResponse:
    """Who can help somebody under 18; no form."""
    return answering.page(request, "under_18", {"may_be_child": True})


@public_form.public_form()
def for_a_child(request: HttpRequest) -> HttpResponse:
    """What a parent or helper of somebody under 18 can do tonight; no form."""
    return answering.page(request, "for_a_child", {"may_be_child": True})


@public_form.public_form(counts_against="send")
def form(request: HttpRequest) -> HttpResponse:
    """The form; posted, the check page; posted from there, the code."""
    if request.method != "POST":
        return writing.form_page(request, TellForm(), writing.new_visit()) if intake.is_open() else before(request)
    asked = _asked(request)
    given = asked.given
    # Of one's own story the question of the other's age isn't asked, whatever stands there from before.
    is_of_a_child = given.get("adult_other") == "no" and given.get("whose") != "mine"
    if given.get("adult") == "no" or is_of_a_child:
        answers = dict(given.lists())
        words = [(name, wording.label(name, answers), text) for name, text in public_form.given_back(request).items()]
        page = "under_18" if given.get("adult") == "no" else "for_a_child"
        context = {"words": words, "may_be_child": True, "danger": _but_for_a_child(public_form.spoken_of(request))}
        return answering.page(request, page, context)
    if given.get("step") == "later":
        return drafting.later(request, given, writing.visit(request, "form", "send"))
    filled = TellForm(given)
    if not filled.is_valid():
        own = put_in.not_put_in(given)
        return writing.form_page(request, filled, writing.visit(request, "form", "send"), own=own)
    if given.get("step") != "send":
        return _check_page(request, asked, filled, writing.visit(request, "form", "send"))
    return _send(request, asked, filled, writing.visit(request, "send"))


def _but_for_a_child(found: danger.Danger) -> danger.Danger:
    """What is said of danger on a page that is all about who is there for a child: nothing stands on it twice."""
    return replace(found, child=False)


def _send(request: HttpRequest, asked: Asked, filled: TellForm, visit: Visit) -> HttpResponse:
    if not visit.code:
        return _check_page(request, asked, filled, visit, notice=_stale())
    if filled.wants_both() or put_in.not_put_in(asked.given):
        # Such words are shown to be copied, in boxes that send nothing: the next press is not held up.
        return _check_page(request, asked, filled, visit)
    try:
        submission = intake.receive(
            filled.sent(),
            code=visit.code,
            keeps_code=not filled.cleaned_data["no_code"],
            is_urgent=filled.cleaned_data["urgent"],
            is_flood=public_form.is_flood(request) or time.time() - visit.since < LEAST_SECONDS,
            language=(translation.get_language() or "en")[:5],
            began_from=visit.began_from,
        )
    except intake.SavedMeanwhile:
        return _look_over_both(request, asked, filled, visit)
    except intake.TakenBack:
        return _check_page(request, asked, filled, Visit(visit.since), notice=_taken_back())
    except intake.GaveWay:
        return _gave_way(request, asked.given, visit)
    about, found = _about(filled.answers()), danger.scan_all(filled.texts().values())
    was_saved = bool(visit.began_from)
    return code_page.page(request, submission, visit.code, was_saved=was_saved, about=about, found=found)


def _look_over_both(request: HttpRequest, asked: Asked, filled: TellForm, visit: Visit) -> HttpResponse:
    """Nothing goes to us that they have not seen together."""
    given, visit = drafting.both_windows(asked.given, filled.sent(), visit)
    both = TellForm(given)
    if not both.is_valid():
        own = put_in.not_put_in(given)
        return writing.form_page(request, both, visit, notice=drafting.from_both(), own=own)
    return _check_page(request, asked, both, visit, notice=drafting.from_both())


def _check_page(
    request: HttpRequest, asked: Asked, filled: TellForm, visit: Visit, *, notice: str = ""
) -> HttpResponse:
    texts, answers, own = filled.texts(), filled.answers(), put_in.not_put_in(asked.given)
    found = spotted.Spotted(texts, asked.look, standing=asked.standing)
    context = {
        "form": filled,
        "danger": danger.scan_all([*texts.values(), *(each.words for each in own)]),
        "marked": [(filled[name], found.marked(name)) for name in found.looked],
        "spotted": found,
        "longest_own": put_in.LONGEST_OWN,
        "not_put_in": own,
        "summary": wording.in_words(answers),
        "own_words": filled.section("telling"),
        "other_words": [filled[name] for name, text in texts.items() if text and name not in spotted.FIELDS],
        "sections": [section for section in filled.sections() if section["name"] != "telling"],
        "token": writing.token(visit, purpose="send"),
        "notices": [*writing.notices(request, notice), *_put_in(asked.put_in)],
        "both": filled.wants_both(),
        "honeypot": public_form.HONEYPOT,
        **_about(answers),
    }
    return answering.page(request, "check", context)


def _gave_way(request: HttpRequest, given: MultiValueDict, visit: Visit) -> HttpResponse:
    """Give the whole form back under a new code; without a look at the words, for this happens in a flood."""
    given.setlist("token", [writing.token(Visit(visit.since), purpose="send")])
    given.pop(public_form.HONEYPOT, None)
    words = {name: given.get(name, "") for name in public_form.WORDS if given.get(name)}
    return answering.trouble(request, "gave way", given, words, status=200)


def _about(answers: dict[str, Any]) -> dict[str, Any]:
    """The few answers on which what we say depends."""
    return {
        "whose": answers["whose"],
        "is_online": answers["online"] in ONLINE,
        "may_be_online": answers["online"] not in NOT_ONLINE,
        "case_is_open": answers["case"] in CASE_OPEN,
        "publish": answers["consent_publish"],
        "count": answers["consent_count"],
        "ask_again": answers["consent_ask_again"],
        # Of the person in the images, who may be another than the one who writes.
        "may_be_child": questions.may_be_child(answers),
    }


def _asked(request: HttpRequest) -> Asked:
    """Put in what was chosen on the check page; only a choice that was carried out is taken out of the form."""
    given, words = public_form.given(request), public_form.given_back(request)
    look = spotted.Look(is_quick=lambda: public_form.looks_often(request))
    chosen = put_in.choices(given)
    texts = {name: words.get(name, "") for name in public_form.WORDS}
    changed, gone = put_in.put_in(texts, chosen, look)
    for name, text in changed.items():
        given.setlist(name, [text])
    for name in [name for key in gone for name in (f"swap-{key}", f"own-{key}")]:
        given.pop(name, None)
    return Asked(given, look, chosen.standing, len(gone))


def _put_in(how_many: int) -> list[str]:
    says = ngettext("We put in {number} of your choices.", "We put in {number} of your choices.", how_many)
    return [says.format(number=how_many)] if how_many else []


def _stale() -> str:
    return _(
        "This page was open for a while, so we made it fresh. Nothing is lost. Look it over and press Send once more."
    )


def _taken_back() -> str:
    return _(
        "You sent this before and then took it back. If you want to send it again, press Send: you get a new code."
    )
