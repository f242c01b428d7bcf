"""Before you start, the form, saved for later, the check, the code: one visit, carried in the form and nowhere else."""

import time
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.template import engines
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.translation import ngettext

from stories import danger
from stories.core import addresses, disk_space, snapshot
from stories.crypto import receipts
from stories.danger import Danger
from stories.intake import (
    changes,
    coming_back,
    drafts,
    highlights,
    labels,
    pages,
    public_form,
    questions,
    receive,
    status_page,
)
from stories.intake.coming_back import Sent
from stories.intake.forms import TellForm
from stories.intake.pages import notice
from stories.intake.public_form import Visit
from stories.intake.receive import Arrival, put_together
from stories.intake.views.showing import Back
from stories.models import SealedText, Submission

# Nobody reads the form, writes and sends in less; what does is a machine, and goes to the flood tray.
LEAST_SECONDS = 3


@dataclass(frozen=True)
class Asked:
    """One POST of the form: what was given, choices of the check page put in; `own` words have yet to go in."""

    given: MultiValueDict
    look: highlights.Look | None = None
    standing: Mapping[str, str] = field(default_factory=dict)
    put_in: int = 0
    own: Sequence[highlights.Own] = ()


@public_form.public_form()
def before_page(request: HttpRequest) -> HttpResponse:
    is_open, is_short = receive.is_open(), disk_space.is_short()
    context = {"is_open": is_open, "disk_is_short": is_short, "wait": status_page.usual_wait()}
    return pages.render_page(request, "before", context)


@public_form.public_form()
def page_without_form(request: HttpRequest, *, name: str, **context: object) -> HttpResponse:
    """One of the pages that take nothing: who helps somebody under 18 or a parent, and what the exit cannot do."""
    return pages.render_page(request, name, context)


@public_form.public_form(counts_against="send")
def form(request: HttpRequest) -> HttpResponse:
    """The form; posted, the check page; posted from there, the code."""
    if request.method != "POST":
        new = Visit(int(time.time()))
        return form_page(request, TellForm(), new, is_new=True) if receive.is_open() else before_page(request)
    asked = _asked(request)
    given = asked.given
    # Of one's own story the question of the other's age isn't asked, whatever stands there from before.
    is_of_a_child = given.get("adult_other") == "no" and given.get("whose") != "mine"
    if given.get("adult") == "no" or is_of_a_child:
        return _help_for_a_child(request, is_helping=given.get("adult") != "no")
    visit = public_form.visit_of(request, "form", "send")
    if given.get("step") == "later":
        return save_for_later(request, given, visit)
    filled = TellForm(given)
    if not filled.is_valid():
        return form_page(request, filled, visit, own=asked.own)
    if given.get("step") != "send":
        return _check_page(request, asked, filled, visit)
    return _send(request, asked, filled, public_form.visit_of(request, "send"))


def _help_for_a_child(request: HttpRequest, *, is_helping: bool) -> HttpResponse:
    """Name the people who help a child, with the words given back: the page is about that, so danger says it once."""
    context = {
        "words": public_form.words_to_copy(request, dict(public_form.words_given(request).lists())),
        "may_be_child": True,
        "is_helping": is_helping,
        "danger": replace(public_form.danger_typed(request), child=False),
    }
    return pages.render_page(request, "under_18", context)


def _send(request: HttpRequest, asked: Asked, filled: TellForm, visit: Visit) -> HttpResponse:
    if not visit.code:
        return _check_page(request, asked, filled, visit, says=notice("send-stale"))
    if filled.wants_both() or asked.own:
        # Such words are shown to be copied, in boxes that send nothing: the next press is not held up.
        return _check_page(request, asked, filled, visit)
    sent = receive.cleaned_account(filled.sent())
    made = labels.labels_from(sent.account, sent.answers)
    try:
        arrival = receive.Arrival(
            code=visit.code,
            keeps_code=not filled.cleaned_data["no_code"],
            is_urgent=filled.cleaned_data["urgent"],
            is_flood=public_form.is_flood(request) or time.time() - visit.since < LEAST_SECONDS,
            language=(translation.get_language() or "en")[:5],
            began_from=visit.began_from,
            labels=made,
        )
        submission = receive.receive_account(sent, arrival)
    except receive.SavedMeanwhile:
        return _look_over_both(request, asked, filled, visit)
    except receive.TakenBack:
        return _check_page(request, asked, filled, Visit(visit.since), says=notice("send-taken-back"))
    except receive.GaveWay:
        return _gave_way(request, asked.given, visit)
    about = {**_about(filled.answers()), "was_saved": bool(visit.began_from)}
    return _code_page(request, submission, visit.code, about=about, found=made.danger)


def _look_over_both(request: HttpRequest, asked: Asked, filled: TellForm, visit: Visit) -> HttpResponse:
    """Put what was saved from another window under what this form holds: nothing goes to us that they have not seen."""
    given, opened = asked.given.copy(), drafts.opened_draft(visit.code)
    if opened is not None:
        both = put_together(filled.sent(), coming_back.what_i_sent(opened))
        for name, value in {**both.account, **both.answers}.items():
            if not isinstance(value, bool):
                given.setlist(name, value if isinstance(value, list) else [value])
        began_from = changes.newest_version(opened.submission, SealedText.Kind.ACCOUNT)
        visit = visit._replace(began_from=began_from)
    form, says = TellForm(given), notice("draft-from-both")
    if not form.is_valid():
        return form_page(request, form, visit, says=says, own=asked.own)
    return _check_page(request, asked, form, visit, says=says)


def _check_page(request: HttpRequest, asked: Asked, filled: TellForm, visit: Visit, *, says: str = "") -> HttpResponse:
    texts, answers, own = filled.texts(), filled.answers(), asked.own
    put_in = ngettext("We put in {number} of your choices.", "We put in {number} of your choices.", asked.put_in)
    found = highlights.Spotted(texts, asked.look or _look(request), standing=asked.standing)
    context = {
        "form": filled,
        "danger": danger.scan_all([*texts.values(), *(each.words for each in own)]),
        "marked": [(filled[name], found.marked(name)) for name in found.looked],
        "spotted": found,
        "longest_own": highlights.LONGEST_OWN,
        "not_put_in": own,
        "summary": pages.answers_in_words(answers),
        "own_words": filled.section("telling"),
        "other_words": [filled[name] for name, text in texts.items() if text and name not in highlights.FIELDS],
        "sections": [section for section in filled.sections() if section["name"] != "telling"],
        "token": public_form.visit_token(visit, purpose="send"),
        "notices": [*notices(request, says), *([put_in.format(number=asked.put_in)] if asked.put_in else [])],
        "both": filled.wants_both(),
        **_about(answers),
    }
    return pages.render_page(request, "check", context)


def _gave_way(request: HttpRequest, given: MultiValueDict, visit: Visit) -> HttpResponse:
    """Give the whole form back under a new code; without a look at the words, for this happens in a flood."""
    given.setlist("token", [public_form.visit_token(Visit(visit.since), purpose="send")])
    given.pop(public_form.HONEYPOT, None)
    return public_form.trouble_page(request, "gave-way", status=200, given=given)


def _about(answers: dict[str, object]) -> dict[str, object]:
    """The few answers on which what we say depends."""
    return {
        "whose": answers["whose"],
        "is_online": answers["online"] in ("yes", "think-so"),
        "may_be_online": answers["online"] not in ("no", "never"),
        "case_is_open": answers["case"] in ("looking", "arrested", "charged", "court"),
        "publish": answers["consent_publish"],
        "count": answers["consent_count"],
        "ask_again": answers["consent_ask_again"],
        # Of the person in the images, who may be another than the one who writes.
        "may_be_child": questions.may_be_child(answers),
    }


def _look(request: HttpRequest) -> highlights.Look:
    return highlights.look_once(is_quick=partial(public_form.looks_often, request))


def _asked(request: HttpRequest) -> Asked:
    """Put in what was chosen on the check page; only a choice that was carried out is taken out of the form."""
    given, words = public_form.words_given(request), public_form.given_back(request)
    texts = {name: words.get(name, "") for name in public_form.WORDS}
    for name, text in texts.items():
        given.setlist(name, [text])
    if not any(name.startswith(highlights.OF_A_CHOICE) for name in given):
        return Asked(given)
    look, chosen = _look(request), highlights.choice_fields(given)
    changed, gone = highlights.put_in(texts, chosen, look)
    for name, text in changed.items():
        given.setlist(name, [text])
    for name in [name for key in gone for name in (f"swap-{key}", f"own-{key}")]:
        given.pop(name, None)
    return Asked(given, look, chosen.standing, len(gone), highlights.not_put_in(given))


# What stands for the code and the token while the page is made: no code has a U in it.
_GROUPS = ("UUU1", "UUU2", "UUU3", "UUU4")
_TOKEN = "UUU-token"  # noqa: S105


def _code_page(
    request: HttpRequest, submission: Submission, code: str, *, about: Mapping[str, Hashable], found: Danger
) -> HttpResponse:
    """Show the code, unless it opens nothing: sent once without one and then again with one, it still doesn't.

    `found` is what their words speak of: then the page begins with whom to call.
    """
    has_code = bool(submission.key_under_code)

    def make() -> str:
        read_by = status_page.read_by(submission)
        context = {
            "code": "-".join(_GROUPS) if has_code else "",
            "groups": _GROUPS,
            "wait": status_page.usual_wait(),
            "read_by": read_by,
            "erase_on": submission.erase_on,
            "is_flood": submission.is_flood,
            "token": _TOKEN if has_code else "",
            "reminder_titles": status_page.reminder_titles(),
            "reminder_days": status_page.reminder_days(read_by, status_page.last_day(submission)),
            **about,
            "danger": found,
        }
        return pages.render_page(request, "code", context).content.decode()

    # A help line opens or closes on the minute.
    key = (translation.get_language(), int(time.time() // 60), has_code, *about.values())
    # With danger in it the page is made for them alone: kept, it would say in the server's memory, beside a week and a
    # minute, what somebody's words speak of, and that stands nowhere outside the seal.
    text = make() if found else snapshot.cached(("code page", submission.week, submission.erase_on, *key), make)
    for mark, real in zip(_GROUPS, code.split("-"), strict=True):
        text = text.replace(mark, real).replace(" ".join(mark), " ".join(real))
    # For the reminder, which only the code can ask for.
    return HttpResponse(text.replace(_TOKEN, public_form.issue_token("return", code=code)) if has_code else text)


@public_form.public_form()
def help_elsewhere(request: HttpRequest) -> HttpResponse:
    """Lead on to the page of help, of which this was once the other half."""
    return HttpResponsePermanentRedirect(addresses.path_in_language("/get-help/"))


_EXIT = "{% autoescape off %}{{ furniture.exit_url }}{% endautoescape %}"


@public_form.public_form()
def leave_site(request: HttpRequest) -> HttpResponse:
    """Go to the site that a coordinator chose for the exit; the browser forgets what it cached of ours.

    Without a script the way leads over an empty page (`?blank`): a browser forgets only pages that it has left.
    """
    if "blank" in request.GET:
        return pages.render_page(request, "leave", {})
    # Only templates know the site's chrome: the house's imports run the other way.
    chosen = engines["django"].from_string(_EXIT).render({}, request).strip()
    # 303: a GET follows, whatever came before it.
    return HttpResponseRedirect(chosen, status=303, headers={"Clear-Site-Data": '"cache"'})


def form_page(
    request: HttpRequest,
    filled: TellForm,
    visit: Visit,
    *,
    says: str = "",
    own: Sequence[highlights.Own] = (),
    stopped_at: str = "",
    is_new: bool = False,
) -> HttpResponse:
    """Show the form: empty, with what is wrong with it, or as it was saved; `own` are words still to be put in.

    `stopped_at` names the part that it opens at; `is_new` is a form that nobody has written on.
    """
    context = {
        "sections": filled.sections(),
        "errors": filled.problems(),
        "token": public_form.visit_token(visit, purpose="form"),
        # Chosen on the check page, which this one came back from.
        "chosen_later": [
            (name, value) for name in ("no_code", "urgent", "language") if (value := filled[name].value())
        ],
        "notices": notices(request, says),
        "danger": public_form.danger_typed(request),
        "not_put_in": own,
        "longest_own": highlights.LONGEST_OWN,
        "stopped_at": stopped_at,
        "is_kept": not filled.is_bound,
        "is_new": is_new,
    }
    return pages.render_page(request, "form", context)


def notices(request: HttpRequest, says: str = "") -> list[str]:
    """Return what a page has to say at its top: `says`, and a word on a file that was left out."""
    return [each for each in (notice("file-left-out") if public_form.had_file(request) else "", says) if each]


_PARTS = tuple(section.name for section in questions.SECTIONS)


def save_for_later(request: HttpRequest, given: MultiValueDict, visit: Visit, says: str = "") -> HttpResponse:
    """Keep the form as it stands, finished or not, and show the code that opens it; `says` names a notice."""
    own, sent = highlights.not_put_in(given), _as_it_stands(given)
    arrival = Arrival(
        code=visit.code or receipts.new_code(),
        is_flood=public_form.is_flood(request),
        language=(translation.get_language() or "en")[:5],
        began_from=visit.began_from,
    )
    says = says or ("" if visit.code else "draft-new-code")
    try:
        draft, has_both = drafts.keep_draft(sent, arrival)
    except drafts.NotADraft:
        return save_for_later(request, given, Visit(visit.since), "draft-beside-sent")
    except drafts.TooLong:
        too_long = notice("draft-too-long")
        return form_page(request, TellForm(given), visit, says=too_long, own=own, stopped_at=_part(given))
    says = "draft-from-both" if has_both else says
    context = {
        "not_put_in": own,
        "code": arrival.code,
        "groups": arrival.code.split("-"),
        "last_day": status_page.last_day(draft),
        "stopped_at": _stopped_at(sent),
        "token": public_form.issue_token("return", code=arrival.code),
        "notices": notices(request, notice(says) if says else ""),
        "danger": public_form.danger_typed(request),
    }
    return pages.render_page(request, "draft_code", context)


def _as_it_stands(given: MultiValueDict) -> Sent:
    """Take every word, and every choice that is one of ours, whether or not the form could be sent like this."""
    form = TellForm(initial={name: given.getlist(name) for name in given})
    asked = {name: field for name, field in form.fields.items() if name in questions.BY_NAME}
    texts = [question.name for question in questions.TEXTS]
    chosen = {name: _chosen(field, given, name) for name, field in asked.items() if name not in texts}
    language = _chosen(form.fields["language"], given, "language")
    answers = {
        "version": questions.VERSION,
        **chosen,
        **({"language": language} if language else {}),
        "part": _part(given),
    }
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


def go_on(back: Back) -> HttpResponse:
    submission, sent = back.opened.submission, coming_back.what_i_sent(back.opened)
    began_from = changes.newest_version(submission, SealedText.Kind.ACCOUNT)
    visit = Visit(code=back.code, began_from=began_from)
    filled = TellForm(initial={**sent.account, **sent.answers})
    says = notice("draft-opened", day=date_format(status_page.last_day(submission), "j F Y"))
    return form_page(back.request, filled, visit, says=says, stopped_at=_stopped_at(sent))
