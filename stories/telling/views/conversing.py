"""What a contributor answers us with: a message, a yes to a text, or what should change in it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stories.telling import conversation, final_text, on_its_way, public_form, wishes, wording
from stories.telling.coming_back import Opened
from stories.telling.forms import MessageForm
from stories.telling.views import showing
from stories.telling.views.showing import again, show


def message(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Keep one message; it can be the first of several."""
    if not opened.private:
        return _erased(request, opened, code)
    form = MessageForm(public_form.given(request))
    if not form.is_valid():
        return show(request, opened, code, opens="messages", message_form=form, errors=form.problems())
    try:
        conversation.write(opened, form.cleaned_data["message"])
    except conversation.NothingToWriteTo:
        return _erased(request, opened, code)
    notice = _("We have your message. You can write more whenever you like.")
    return show(request, again(opened, code), code, opens="messages", notice=notice, taken={"message"})


def yes(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Take their yes to exactly the text that they were shown; with a wish typed beside it, ask once which it is."""
    if showing.wishes_typed(request):
        return show(request, opened, code, opens="text", asks_before_yes=True)
    return yes_without(request, opened, code)


def yes_without(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Take their yes, whatever is typed beside the text."""
    try:
        final_text.say_yes(opened, public_form.given(request).get("digest", ""))
    except final_text.NotThisText:
        changed = _("The text has changed since you opened this page. Read it again, then decide.")
        return show(request, again(opened, code), code, opens="text", notice=changed)
    return show(request, again(opened, code), code, notice=_("We have your yes to exactly this text."))


def please_change(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Keep what should change as a message, and stop the text from going out as it is."""
    if not opened.private:
        return _erased(request, opened, code)
    given = public_form.given(request)
    digest = given.get("change-of", given.get("digest", ""))
    form = wishes.WishForm(final_text.version(opened, digest), given)
    if not form.is_valid():
        words = _words(request) if final_text.read(on_its_way.as_told(opened)) is None else []
        return show(request, opened, code, opens="text", wish_form=form, errors=form.problems(), words=words)
    try:
        done = wishes.ask_for_a_change(opened, digest, form.as_message())
    except conversation.NothingToWriteTo:
        return _erased(request, opened, code)
    opens = "text" if done == wishes.Done.OTHER_TEXT else "messages"
    words = _words(request) if done == wishes.Done.NO_ROOM else []
    return show(
        request,
        again(opened, code),
        code,
        opens=opens,
        notice=wishes.in_words(done),
        words=words,
        taken=set(form.fields),
    )


def _erased(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    notice = _("What you sent is erased, so there is nothing left to write to.")
    return show(request, again(opened, code), code, words=_words(request), notice=notice)


def _words(request: HttpRequest) -> list[tuple[str, str, str]]:
    """All that was typed, for a page that has no box for it."""
    return [(name, wording.label(name), text) for name, text in public_form.given_back(request).items()]
