"""Changing what was sent: more answers, other words, other choices, each on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.core import lifecycle
from stories.intake import changes, coming_back, forms, messages, pages, public_form
from stories.intake.changes import BeingRead, Overtaken, Settled
from stories.intake.coming_back import Opened
from stories.intake.forms import ChangeForm
from stories.intake.views.showing import again, boxes_along
from stories.intake.views.showing import show_standing as show
from stories.models import Story

# --- Choices ----------------------------------------------------------------------------------


def what_would_happen(opened: Opened) -> dict[str, object]:
    """For the page that asks: where the story stands, until when they can go back on it, and what is settled."""
    story = _story(opened)
    return {
        "is_undecided": story is None,
        "is_live": bool(story and story.status == Story.Status.LIVE),
        "is_agreed": bool(story and story.status == Story.Status.AGREED),
        "is_down": bool(story and story.status == Story.Status.HIDDEN),
        "is_refused": bool(story and not story.may_publish),
        "is_stopped": _is_stopped(opened),
        "is_erased": opened.submission.is_erased,
        "erase_on": opened.submission.erase_on,
        "counted": _counted(opened) if story else "",
    }


def what_holds(opened: Opened) -> str:
    """Say what holds from this moment on."""
    story, now = _story(opened), changes.choices_of(opened)
    if story is None:
        return _of_an_account(now)
    if story.status == Story.Status.REMOVED:
        return _("It is done. Your story is off the site for good, and its words are erased.")
    if _is_stopped(opened):
        return _("We have your choices. This text does not go on the site, because you asked for a change.")
    if not now["consent_publish"]:
        day = date_format(opened.submission.erase_on, "j F Y")
        return _(
            "It is done. Your story is not on the site, and nobody can put it there. "
            "You can change your mind until {day}; then we erase all of it."
        ).format(day=day)
    if story.status == Story.Status.HIDDEN:
        return _("We have your choices. Your story is not on the site: two of us have to agree before it comes back.")
    return _("It is done. Your choices hold from now on.")


def _of_an_account(now: dict[str, bool]) -> str:
    if now["consent_publish"]:
        return _("It is done. Your choices hold from now on.")
    if now["consent_count"]:
        return _("It is done. We publish nothing. We read your words, count your ticked answers, then erase it all.")
    return _("It is done. We publish nothing and count nothing. We read your words, then erase them.")


def _counted(opened: Opened) -> str:
    """What became of their wish about totals, which a decision settles."""
    if opened.submission.is_erased:
        return _("Whether your ticked answers are counted was settled when we decided.")
    if coming_back.what_i_sent(opened)["answers"].get("consent_count"):
        return _("Your ticked answers are counted. We cannot take one answer back out of a total.")
    return _("Your ticked answers are not counted, and that stays so.")


def _is_stopped(opened: Opened) -> bool:
    """True if they asked for a change to what two had agreed on, so that nobody can put it back."""
    return lifecycle.wants_a_change(opened.submission, since="agree") and _story(opened) is not None


def _story(opened: Opened) -> Story | None:
    return Story.objects.filter(submission=opened.submission).first()


# --- Answers, words and choices ---------------------------------------------------------------

# A token of each carries the code and names what its form began from.
PURPOSES = ("answers", "edit", "consents")


# --- Answers --------------------------------------------------------------------------------


def answers(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Every question that is not words, filled in as it was answered."""
    if not changes.can_answer(opened.submission):
        return _settled(request, opened, code)
    return _answers_page(request, opened, code, _answers_form(opened))


def keep_answers(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Keep them as the newest answers."""
    form = _answers_form(opened, public_form.words_given(request))
    if not form.is_valid():
        if not changes.can_answer(opened.submission):
            return _settled(request, opened, code)
        return _answers_page(request, opened, code, form)
    try:
        changes.keep_answers(opened, form.answers(), began=_began(request, "answers", code))
    except Overtaken:
        return _answers_page(request, again(opened, code), code, form, notice=_overtaken(request, "answers", code))
    except Settled as settled:
        return _stopped(request, opened, code) if settled.has_stopped else _settled(request, opened, code)
    return show(request, again(opened, code), code, notice=_("We have your answers as you gave them now."))


def _answers_form(opened: Opened, given: MultiValueDict | None = None) -> ChangeForm:
    kept = coming_back.what_i_sent(opened)["answers"]
    return ChangeForm(given, names=forms.ANSWERS, initial=kept)


def _answers_page(
    request: HttpRequest, opened: Opened, code: str, form: ChangeForm, *, notice: str = ""
) -> HttpResponse:
    context = {
        **_typed(request),
        "sections": form.sections(),
        "errors": form.problems(),
        "notice": notice,
        "token": public_form.issue_token("answers", code=code, began=changes.answers_version(opened.submission)),
        "has_text": messages.told_status(opened.submission) == "prepared",
    }
    return pages.render_page(request, "change_answers", context)


# --- Words ----------------------------------------------------------------------------------


def words(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """The account and its other texts, while nobody has begun to read."""
    if not changes.can_edit(opened.submission):
        return show(request, opened, code, opens="messages", notice=_too_late())
    return _words_page(request, opened, code, _words_form(opened))


def keep_words(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Put these words in the place of those before; too late for that, they come back with another way to send them."""
    if opened.submission.is_erased:
        return _nothing_left(request, opened, code)
    form = _words_form(opened, public_form.words_given(request))
    if not form.is_valid():
        return _words_page(request, opened, code, form)
    try:
        changes.keep_words(opened, form.texts(), began=_began(request, "edit", code))
    except Overtaken:
        return _words_page(request, again(opened, code), code, form, notice=_overtaken(request, "edit", code))
    except BeingRead:
        return _words_page(request, again(opened, code), code, form, is_too_late=True)
    notice = _("We have your new words. The old ones are erased.")
    return show(request, again(opened, code), code, notice=notice)


def send_words(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Send as a message what differs from the words that are kept."""
    kept, typed = coming_back.what_i_sent(opened)["account"], public_form.given_back(request)
    new = {
        pages.field_label(name): text for name, text in typed.items() if name in forms.WORDS and text != kept.get(name)
    }
    try:
        changes.send_as_message(opened, new)
    except messages.NothingToWriteTo:
        return _nothing_left(request, opened, code)
    notice = _("We have your words as a message.") if new else _("These are the words that we have already.")
    return show(request, again(opened, code), code, opens="messages", notice=notice)


def _words_form(opened: Opened, given: MultiValueDict | None = None) -> ChangeForm:
    sent = coming_back.what_i_sent(opened)
    return ChangeForm(given, names=forms.WORDS, initial={**sent["answers"], **sent["account"]})


def _words_page(
    request: HttpRequest,
    opened: Opened,
    code: str,
    form: ChangeForm,
    *,
    notice: str = "",
    is_too_late: bool = False,
) -> HttpResponse:
    kept = coming_back.what_i_sent(opened)["account"]
    context = {
        **_typed(request),
        "sections": form.sections(),
        "errors": form.problems(),
        "notice": _too_late() if is_too_late else notice,
        "token": public_form.issue_token("edit", code=code, began=changes.words_version(opened.submission)),
        "is_too_late": is_too_late,
        "is_kept": not form.is_bound,
        # What another page kept meanwhile, so that saving over it is a choice.
        "kept": [(pages.field_label(name), text) for name, text in kept.items() if text] if notice else [],
    }
    return pages.render_page(request, "change_words", context)


def _nothing_left(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    notice = _("What you sent is erased, so there is nothing left to change or to write to.")
    return show(request, again(opened, code), code, words=public_form.words_to_copy(request), notice=notice)


# --- Choices --------------------------------------------------------------------------------


def consents(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """The choices that are still open, ticked as they stand."""
    if not changes.choices_of(opened):
        return _settled(request, opened, code)
    return _choices_page(request, opened, code, _choices_form(opened))


def keep_consents(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Do what was chosen, at once."""
    form = _choices_form(opened, public_form.words_given(request))
    form.is_valid()
    try:
        if _is_of_another(request, "consents", code):
            raise Overtaken
        changes.keep_choices(opened, form.choices(), began=_began(request, "consents", code))
    except Overtaken as overtaken:
        return _ask_again(request, again(opened, code), code, is_part_kept=overtaken.is_part_kept)
    except Settled:
        return _settled(request, opened, code)
    now = again(opened, code)
    return show(request, now, code, notice=what_holds(now))


def _ask_again(request: HttpRequest, now: Opened, code: str, *, is_part_kept: bool) -> HttpResponse:
    """Show the page as it came, over how things stand; what shows less holds already."""
    if not changes.choices_of(now):
        return show(request, now, code, notice=what_holds(now))
    notice = _part_kept() if is_part_kept else _overtaken(request, "consents", code)
    return _choices_page(request, now, code, _choices_form(now, public_form.words_given(request)), notice=notice)


def _choices_form(opened: Opened, given: MultiValueDict | None = None) -> ChangeForm:
    now = changes.choices_of(opened)
    return ChangeForm(given, names=now, initial=now)


def _choices_page(
    request: HttpRequest, opened: Opened, code: str, form: ChangeForm, *, notice: str = ""
) -> HttpResponse:
    context = {
        **_typed(request),
        "fields": form.section("choices"),
        "notice": notice,
        "token": public_form.issue_token("consents", code=code, began=changes.choices_version(opened)),
        **what_would_happen(opened),
    }
    return pages.render_page(request, "change_choices", context)


# --- For all of them ------------------------------------------------------------------------


def _typed(request: HttpRequest) -> dict[str, object]:
    """What comes along from the boxes of the page before, and what typed words speak of."""
    return {"along": boxes_along(request), "danger": public_form.danger_typed(request)}


def _began(request: HttpRequest, purpose: str, code: str) -> str:
    """What the form began from; nothing for a form that another code was for, or that was open for too long."""
    carried = public_form.token_words(request, purpose)
    return carried.get("began", "") if carried.get("code") == code else ""


def _is_of_another(request: HttpRequest, purpose: str, code: str) -> bool:
    """True for a form that was made for another account than the typed code opens."""
    return bool(public_form.token_words(request, purpose).get("code", code) != code)


def _overtaken(request: HttpRequest, purpose: str, code: str) -> str:
    if not _began(request, purpose, code):
        return _("This page was open for a while. Nothing is kept yet: look it over and press the button once more.")
    return _(
        "Something has changed since you opened this page, perhaps in another window. Nothing is kept yet:"
        " look it over and press the button once more."
    )


def _settled(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    notice = _("This is decided or erased, so there is nothing left to change here.")
    return show(request, again(opened, code), code, notice=notice)


def _stopped(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    notice = _(
        "Two of us had agreed on the text just before. You want less shown about where it was, so we stopped it."
    )
    return show(request, again(opened, code), code, notice=notice)


def _part_kept() -> str:
    return _(
        "What shows less than before holds already. The rest is not kept yet:"
        " look it over and press the button once more."
    )


def _too_late() -> str:
    return _(
        "One of us has begun to read, so your words cannot be changed under their eyes."
        " Send us what you want to say as a message instead."
    )
