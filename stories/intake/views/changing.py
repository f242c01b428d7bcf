"""Changing what was sent: more answers, other words, other choices, each on a page of its own."""

from collections.abc import Collection

from django.http import HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format

from stories.core import lifecycle
from stories.intake import changes, coming_back, forms, messages, pages, public_form
from stories.intake.changes import Overtaken
from stories.intake.coming_back import Opened, Settled
from stories.intake.forms import ChangeForm
from stories.intake.pages import notice
from stories.intake.status_page import story_of
from stories.intake.views.showing import Back, boxes_along, show_standing as show
from stories.models import SealedText, Story

# By the purpose of its token, which carries the code and what the form began from: the page's template, and the kind
# of text that it changes. Choices can be a story's instead.
PAGES = {
    "answers": ("change_answers", SealedText.Kind.ANSWERS),
    "edit": ("change_words", SealedText.Kind.ACCOUNT),
    "consents": ("change_choices", None),
}


def _page(back: Back, purpose: str, form: ChangeForm, **more: object) -> HttpResponse:
    template, kind = PAGES[purpose]
    began = changes.newest_version(back.opened.submission, kind) if kind else changes.choices_version(back.opened)
    # What comes along from the boxes of the page before.
    about = {"along": boxes_along(back), "sections": form.sections(), "errors": form.problems()}
    return back.page(template, about | more, purpose=purpose, began=began)


def _form(back: Back, names: Collection[str], given: MultiValueDict | None = None) -> ChangeForm:
    sent = coming_back.what_i_sent(back.opened)
    return ChangeForm(given, names=names, initial={**sent.answers, **sent.account})


def _began(back: Back, purpose: str) -> str:
    """Name the version that the form began from; nothing for one of another code, or that was open for too long."""
    carried = public_form.token_words(back.request, purpose)
    return carried.get("began", "") if carried.get("code") == back.code else ""


def _overtaken(back: Back, purpose: str, overtaken: Overtaken) -> str:
    return notice(str(overtaken) or ("overtaken" if _began(back, purpose) else "open-for-a-while"))


def answers_page(back: Back, form: ChangeForm | None = None, says: str = "") -> HttpResponse:
    """Show every question that is not words, filled in as it was answered."""
    submission = back.opened.submission
    if not changes.can_answer(submission):
        return show(back, "settled")
    has_text = messages.told_status(submission) == "prepared"
    return _page(back, "answers", form or _form(back, forms.ANSWERS), notice=says, has_text=has_text)


def keep_answers(back: Back) -> HttpResponse:
    form = _form(back, forms.ANSWERS, back.given)
    if not form.is_valid():
        return answers_page(back, form)
    try:
        changes.keep_answers(back.opened, form.answers(), began=_began(back, "answers"))
    except Overtaken as overtaken:
        return answers_page(back.again(), form, _overtaken(back, "answers", overtaken))
    return show(back, "answers-kept")


def words_page(
    back: Back, form: ChangeForm | None = None, says: str = "", *, is_too_late: bool = False
) -> HttpResponse:
    """Show the account and its other texts, while nobody has begun to read; too late for that, as they came."""
    if form is None and not changes.can_edit(back.opened.submission):
        return show(back, "too-late", opens="messages")
    # What another page kept meanwhile, so that saving over it is a choice.
    kept = coming_back.what_i_sent(back.opened).account if says and not is_too_late else {}
    about = {
        "notice": says,
        "is_too_late": is_too_late,
        "is_kept": form is None,
        "kept": [(pages.field_label(name), text) for name, text in kept.items() if text],
    }
    return _page(back, "edit", form or _form(back, forms.WORDS), **about)


def keep_words(back: Back) -> HttpResponse:
    """Put these words in the place of those before; too late for that, they come back with another way to send them."""
    if back.opened.submission.is_erased:
        raise Settled("nothing-left")
    form = _form(back, forms.WORDS, back.given)
    if not form.is_valid():
        return words_page(back, form)
    try:
        changes.keep_words(back.opened, form.texts(), began=_began(back, "edit"))
    except Overtaken as overtaken:
        is_too_late = str(overtaken) == "too-late"
        return words_page(back.again(), form, _overtaken(back, "edit", overtaken), is_too_late=is_too_late)
    return show(back, "words-kept")


def send_words(back: Back) -> HttpResponse:
    """Send as a message, each under its question, the words that differ from those that are kept."""
    if back.opened.submission.is_erased:
        raise Settled("nothing-left")
    kept, typed = coming_back.what_i_sent(back.opened).account, public_form.given_back(back.request)
    new = {name: text for name, text in typed.items() if name in forms.WORDS and text != kept.get(name)}
    parts = [f"{pages.field_label(name)}\n{text.strip()}" for name, text in new.items() if text.strip()]
    if parts:
        messages.write_message(back.opened, "\n\n".join(parts))
    return show(back, "words-sent" if new else "words-known", opens="messages")


def keep_consents(back: Back) -> HttpResponse:
    """Do what was chosen, at once; overtaken, what shows less holds already, and the page comes again as it came."""
    form = _choices_form(back.opened, back.given)
    form.is_valid()
    says = ""
    try:
        if public_form.token_words(back.request, "consents").get("code", back.code) != back.code:
            # The form was made for another account than the typed code opens.
            raise Overtaken
        changes.keep_choices(back.opened, form.choices(), began=_began(back, "consents"))
    except Overtaken as overtaken:
        says = _overtaken(back, "consents", overtaken)
    now = back.again()
    if says and changes.choices_of(now.opened):
        return choices_page(now, says)
    return show(now, notice=what_holds(now.opened))


def _choices_form(opened: Opened, given: MultiValueDict | None = None) -> ChangeForm:
    now = changes.choices_of(opened)
    return ChangeForm(given, names=now, initial=now)


def choices_page(back: Back, says: str = "") -> HttpResponse:
    """Show the choices that are still open, ticked as they stand or as they came, and say where the story stands."""
    if not changes.choices_of(back.opened):
        return show(back, "settled")
    form = _choices_form(back.opened, back.given if says else None)
    opened, story = back.opened, story_of(back.opened)
    about = {
        "notice": says,
        "fields": form.section("choices"),
        "submission": opened.submission,
        "story": story,
        "is_stopped": _is_stopped(opened, story),
        "counted": _counted(opened) if story else "",
    }
    return _page(back, "consents", form, **about)


def what_holds(opened: Opened) -> str:
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
    is_counted = coming_back.what_i_sent(opened).answers.get("consent_count")
    return notice("is-counted" if is_counted else "is-not-counted")


def _is_stopped(opened: Opened, story: Story | None) -> bool:
    """True if they asked for a change to what two had agreed on, so that nobody can put it back."""
    return story is not None and lifecycle.wants_a_change(opened.submission, since="agree")
