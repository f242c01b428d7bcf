"""Changing what was sent: more answers, other words, other choices, each on a page of its own."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format

from stories.core import lifecycle
from stories.intake import changes, coming_back, forms, messages, pages, public_form
from stories.intake.changes import BeingRead, Overtaken, PartKept, Settled, Stopped
from stories.intake.coming_back import Opened
from stories.intake.forms import ChangeForm
from stories.intake.pages import notice
from stories.intake.status_page import story_of
from stories.intake.views.showing import again, boxes_along, show_after
from stories.intake.views.showing import show_standing as show
from stories.models import SealedText, Story

# By the purpose of its token, which carries the code and what the form began from: the page's template, and the kind
# of text that it changes. Choices can be a story's instead.
PAGES = {
    "answers": ("change_answers", SealedText.Kind.ANSWERS),
    "edit": ("change_words", SealedText.Kind.ACCOUNT),
    "consents": ("change_choices", None),
}


def _page(
    request: HttpRequest, opened: Opened, code: str, purpose: str, form: ChangeForm, **more: object
) -> HttpResponse:
    template, kind = PAGES[purpose]
    began = changes.newest_version(opened.submission, kind) if kind else changes.choices_version(opened)
    context = {
        # What comes along from the boxes of the page before, and what typed words speak of.
        "along": boxes_along(request),
        "danger": public_form.danger_typed(request),
        "sections": form.sections(),
        "errors": form.problems(),
        "token": public_form.issue_token(purpose, code=code, began=began),
        **more,
    }
    return pages.render_page(request, template, context)


def _form(opened: Opened, names: Collection[str], given: MultiValueDict | None = None) -> ChangeForm:
    sent = coming_back.what_i_sent(opened)
    return ChangeForm(given, names=names, initial={**sent["answers"], **sent["account"]})


def _began(request: HttpRequest, purpose: str, code: str) -> str:
    """Name the version that the form began from; nothing for one of another code, or that was open for too long."""
    carried = public_form.token_words(request, purpose)
    return carried.get("began", "") if carried.get("code") == code else ""


def _overtaken(request: HttpRequest, purpose: str, code: str) -> str:
    return notice("overtaken" if _began(request, purpose, code) else "open-for-a-while")


def answers_page(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Show every question that is not words, filled in as it was answered."""
    if not changes.can_answer(opened.submission):
        return show_after(request, opened, code, "settled")
    return _answers_page(request, opened, code, _form(opened, forms.ANSWERS))


def keep_answers(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Keep them as the newest answers."""
    form = _form(opened, forms.ANSWERS, public_form.words_given(request))
    if not form.is_valid():
        if not changes.can_answer(opened.submission):
            return show_after(request, opened, code, "settled")
        return _answers_page(request, opened, code, form)
    try:
        changes.keep_answers(opened, form.answers(), began=_began(request, "answers", code))
    except Overtaken:
        return _answers_page(request, again(opened, code), code, form, _overtaken(request, "answers", code))
    except Stopped:
        return show_after(request, opened, code, "story-stopped")
    except Settled:
        return show_after(request, opened, code, "settled")
    return show_after(request, opened, code, "answers-kept")


def _answers_page(request: HttpRequest, opened: Opened, code: str, form: ChangeForm, says: str = "") -> HttpResponse:
    has_text = messages.told_status(opened.submission) == "prepared"
    return _page(request, opened, code, "answers", form, notice=says, has_text=has_text)


def words_page(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Show the account and its other texts, while nobody has begun to read."""
    if not changes.can_edit(opened.submission):
        return show_after(request, opened, code, "too-late", opens="messages")
    return _words_page(request, opened, code, _form(opened, forms.WORDS))


def keep_words(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Put these words in the place of those before; too late for that, they come back with another way to send them."""
    if opened.submission.is_erased:
        return _nothing_left(request, opened, code)
    form = _form(opened, forms.WORDS, public_form.words_given(request))
    if not form.is_valid():
        return _words_page(request, opened, code, form)
    try:
        changes.keep_words(opened, form.texts(), began=_began(request, "edit", code))
    except Overtaken:
        return _words_page(request, again(opened, code), code, form, _overtaken(request, "edit", code))
    except BeingRead:
        return _words_page(request, again(opened, code), code, form, notice("too-late"), is_too_late=True)
    return show_after(request, opened, code, "words-kept")


def send_words(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Send as a message, each under its question, the words that differ from those that are kept."""
    kept, typed = coming_back.what_i_sent(opened)["account"], public_form.given_back(request)
    new = {name: text for name, text in typed.items() if name in forms.WORDS and text != kept.get(name)}
    parts = [f"{pages.field_label(name)}\n{text.strip()}" for name, text in new.items() if text.strip()]
    try:
        if parts:
            messages.write_message(opened, "\n\n".join(parts))
    except messages.NothingToWriteTo:
        return _nothing_left(request, opened, code)
    return show_after(request, opened, code, "words-sent" if new else "words-known", opens="messages")


def _words_page(
    request: HttpRequest, opened: Opened, code: str, form: ChangeForm, says: str = "", *, is_too_late: bool = False
) -> HttpResponse:
    # What another page kept meanwhile, so that saving over it is a choice.
    kept = coming_back.what_i_sent(opened)["account"] if says and not is_too_late else {}
    about = {
        "notice": says,
        "is_too_late": is_too_late,
        "is_kept": not form.is_bound,
        "kept": [(pages.field_label(name), text) for name, text in kept.items() if text],
    }
    return _page(request, opened, code, "edit", form, **about)


def _nothing_left(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    return show_after(request, opened, code, "nothing-left", words=public_form.words_to_copy(request))


def choices_page(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Show the choices that are still open, ticked as they stand."""
    if not changes.choices_of(opened):
        return show_after(request, opened, code, "settled")
    return _choices_page(request, opened, code, _choices_form(opened))


def keep_consents(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Do what was chosen, at once."""
    form = _choices_form(opened, public_form.words_given(request))
    form.is_valid()
    try:
        if public_form.token_words(request, "consents").get("code", code) != code:
            # The form was made for another account than the typed code opens.
            raise Overtaken
        changes.keep_choices(opened, form.choices(), began=_began(request, "consents", code))
    except Overtaken as overtaken:
        return _ask_again(request, again(opened, code), code, is_part_kept=isinstance(overtaken, PartKept))
    except Settled:
        return show_after(request, opened, code, "settled")
    now = again(opened, code)
    return show(request, now, code, notice=what_holds(now))


def _ask_again(request: HttpRequest, now: Opened, code: str, *, is_part_kept: bool) -> HttpResponse:
    """Show the page as it came, over how things stand; what shows less holds already."""
    if not changes.choices_of(now):
        return show(request, now, code, notice=what_holds(now))
    says = notice("part-kept") if is_part_kept else _overtaken(request, "consents", code)
    return _choices_page(request, now, code, _choices_form(now, public_form.words_given(request)), says)


def _choices_form(opened: Opened, given: MultiValueDict | None = None) -> ChangeForm:
    now = changes.choices_of(opened)
    return ChangeForm(given, names=now, initial=now)


def _choices_page(request: HttpRequest, opened: Opened, code: str, form: ChangeForm, says: str = "") -> HttpResponse:
    """Ask, and say where the story stands, until when they can go back on it, and what is settled."""
    story, submission = story_of(opened), opened.submission
    status = story.status if story else None
    about = {
        "notice": says,
        "fields": form.section("choices"),
        "is_undecided": story is None,
        "is_live": status == Story.Status.LIVE,
        "is_agreed": status == Story.Status.AGREED,
        "is_down": status == Story.Status.HIDDEN,
        "is_refused": bool(story and not story.may_publish),
        "is_stopped": _is_stopped(opened, story),
        "is_erased": submission.is_erased,
        "erase_on": submission.erase_on,
        "counted": _counted(opened) if story else "",
    }
    return _page(request, opened, code, "consents", form, **about)


def what_holds(opened: Opened) -> str:
    """Say what holds from this moment on."""
    story, now = story_of(opened), changes.choices_of(opened)
    if story is None and not now["consent_publish"]:
        return notice("choices-counted" if now["consent_count"] else "choices-nothing")
    if story is None:
        return notice("choices-hold")
    if story.status == Story.Status.REMOVED:
        return notice("choices-gone")
    if _is_stopped(opened, story):
        return notice("choices-stopped")
    if not now["consent_publish"]:
        return notice("choices-refused", day=date_format(opened.submission.erase_on, "j F Y"))
    return notice("choices-hidden" if story.status == Story.Status.HIDDEN else "choices-hold")


def _counted(opened: Opened) -> str:
    """Tell of their wish about totals, which a decision settles."""
    if opened.submission.is_erased:
        return notice("count-settled")
    is_counted = coming_back.what_i_sent(opened)["answers"].get("consent_count")
    return notice("is-counted" if is_counted else "is-not-counted")


def _is_stopped(opened: Opened, story: Story | None) -> bool:
    """True if they asked for a change to what two had agreed on, so that nobody can put it back."""
    return story is not None and lifecycle.wants_a_change(opened.submission, since="agree")
