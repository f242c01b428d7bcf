"""The page that a code opens: where it stands first, then everything that can be done, each part folded."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict

from stories.core import lifecycle, rendering
from stories.intake import changes, coming_back, final_text, messages, pages, public_form, status_page
from stories.intake.coming_back import Opened, Settled
from stories.intake.final_text import WishForm
from stories.intake.forms import MessageForm
from stories.intake.questions import may_be_child
from stories.models import Story, Submission
from stories.reading import responses
from stories.reading.responses import PublicResponse

# Words that are given back to be copied: the name of their box, what it is called, and the words.
Words = Iterable[tuple[str, str, str]]


@dataclass(frozen=True)
class Back:
    request: HttpRequest
    opened: Opened
    code: str

    @property
    def given(self) -> MultiValueDict:
        return public_form.words_given(self.request)

    def words(self) -> Words:
        return public_form.words_to_copy(self.request)

    def again(self) -> "Back":
        """The same, opened once more, as it stands after a step."""
        return replace(self, opened=coming_back.open_code(self.code) or self.opened)

    def page(
        self, name: str, context: Mapping[str, object], *, purpose: str = "return", **carried: str
    ) -> HttpResponse:
        """Render a page whose form carries the code for this purpose; it says whom to call where words need it."""
        token = public_form.issue_token(purpose, code=self.code, **carried)
        about = {"danger": public_form.danger_typed(self.request), "token": token}
        return pages.render_page(self.request, name, {**about, **context})


def show_standing(
    back: Back, after: str = "", *, taken: Collection[str] = (), words: Words = (), **more: object
) -> HttpResponse:
    """Show where it stands, opened once more `after` a step, with that notice of `words.toml` on top.

    `more` is what the step before has to say: `notice`, `errors`, a form as it came.
    `opens` names the part that stands open: what comes next or what we wrote last, unless the step before asks for
    another. What stood in a box stands there again, unless the step before has `taken` it; words that have no box
    here, and those of `words`, are given back to be copied.
    """
    if after:
        back, more = back.again(), {"notice": pages.notice(after), **more}
    opened, unsent = messages.as_told(back.opened), _unsent(back, taken)
    where, said, text = status_page.standing_of(opened), _messages(opened, unsent), _text(back, opened, unsent)
    answers, words_open = changes.can_answer(opened.submission), changes.can_edit(opened.submission)
    context = {
        "standing": where,
        "opens": where.opens or ("messages" if said["is_ours_last"] else ""),
        **text,
        **said,
        **_sent(opened),
        "answers": _answers(opened),
        "change": {
            "answers": answers,
            "words": words_open,
            "choices": bool(changes.choices_of(opened)),
            "is_being_read": answers and not words_open,
        },
        "reminder_titles": status_page.reminder_titles(),
        "reminder_days": status_page.reminder_days(where.look_on, status_page.last_day(opened.submission)),
        "can_withdraw": opened.submission.status != Submission.Status.WITHDRAWN,
        "words": _without_a_box(words, unsent, said, text),
        **more,
    }
    return back.page("standing", context)


def _answers(opened: Opened) -> list[PublicResponse]:
    story = Story.live.filter(submission=opened.submission.pk).only("slug", "force_id").first()
    return responses.responses_to_story(story.slug, story.force_id) if story and story.force_id else []


def boxes_along(back: Back) -> list[tuple[str, str]]:
    """Return what stands unsent in boxes of this page, for a page between that leads back to it."""
    unsent, digest = _unsent(back), back.given.get("change-of", "")
    return [*unsent.items(), *([("change-of", digest)] if digest and unsent else [])]


def _unsent(back: Back, taken: Collection[str] = ()) -> dict[str, str]:
    """Return what was typed into boxes of this page and not sent from them, by field name."""
    names, typed = f"message|{public_form.BESIDE}", public_form.given_back(back.request)
    boxes = {name: words for name, words in typed.items() if re.fullmatch(names, name) and name not in taken}
    return {name: words for name, words in boxes.items() if words.strip()}


def _without_a_box(
    words: Words, unsent: Mapping[str, str], said: Mapping[str, object], text: Mapping[str, object]
) -> list[tuple[str, str, str]]:
    form = text["wish_form"] if text["can_change"] else None
    boxed = {*(["message"] if said["can_write"] else []), *(form.fields if isinstance(form, WishForm) else [])}
    given = {name: (name, label, typed) for name, label, typed in words}
    given |= {name: (name, pages.field_label(name), typed) for name, typed in unsent.items()}
    return [given[name] for name in given if name not in boxed or name not in unsent]


def _text(back: Back, opened: Opened, unsent: Mapping[str, str]) -> dict[str, object]:
    final = final_text.final_text_of(opened)
    if final is None:
        return {"final": None, "can_change": False}
    can_decide = opened.submission.status in lifecycle.PUT_FORWARD
    account = coming_back.what_i_sent(opened).account.get("account", "")
    asked = [message["text"] for message in messages.opened_messages(opened) if message.get("about") == "text"]
    wished = {name: words for name, words in unsent.items() if name != "message"}
    # Words that stood beside another text stand beside that one still.
    about = final_text.final_text_named(opened, back.given.get("change-of", "")) if wished else None
    return {
        "final": final,
        "letter": final_text.letter_of(final),
        # Their own words beside the text, piece by piece, and what they last asked to have changed in it.
        "changes": rendering.compare_words(account, final.fields["text"]),
        "wish": asked[-1] if asked else "",
        "can_change": can_decide,
        "can_say_yes": can_decide and opened.submission.yes_to_digest != final.digest,
        "wish_form": WishForm(about or final, initial=wished),
        "has_wishes": can_decide and bool(wished),
    }


def _messages(opened: Opened, unsent: Mapping[str, str]) -> dict[str, object]:
    found = messages.opened_messages(opened)
    return {
        "messages": [{**message, "monday": date.fromisoformat(message["week"])} for message in found],
        # Help lines that somebody needs tonight may stand in it.
        "is_ours_last": bool(found) and found[-1]["from"] == messages.MODERATOR,
        "message_form": MessageForm(initial={"message": unsent.get("message", "")}),
        "can_write": bool(opened.private),
        "is_asked": opened.submission.status == Submission.Status.WAITING,
    }


def _sent(opened: Opened) -> dict[str, object]:
    sent = coming_back.what_i_sent(opened)
    return {
        "texts": [(pages.field_label(name, sent.answers), text) for name, text in sent.account.items() if text],
        "summary": pages.answers_in_words(sent.answers),
        **({"may_be_child": may_be_child(sent.answers)} if sent.answers else {}),
    }


def send_message(back: Back) -> HttpResponse:
    if not back.opened.private:
        raise Settled("no-message")
    form = MessageForm(back.given)
    if not form.is_valid():
        return show_standing(back, opens="messages", message_form=form, errors=form.problems())
    messages.write_message(back.opened, form.cleaned_data["message"])
    return show_standing(back, "message-kept", opens="messages", taken={"message"})


def say_yes(back: Back) -> HttpResponse:
    """Take their yes to exactly the text that they were shown; with a wish typed beside it, ask once which it is."""
    if back.given.get("step") != "yes-without" and _unsent(back, taken={"message"}):
        return show_standing(back, opens="text", asks_before_yes=True)
    final_text.say_yes(back.opened, back.given.get("digest", ""))
    return show_standing(back, "said-yes")


def ask_for_a_change(back: Back) -> HttpResponse:
    """Keep what should change as a message, and stop the text from going out as it is."""
    opened, given = back.opened, back.given
    if not opened.private:
        raise Settled("no-message")
    digest = given.get("change-of", given.get("digest", ""))
    form = WishForm(final_text.final_text_named(opened, digest), given)
    if not form.is_valid():
        words = back.words() if final_text.final_text_of(messages.as_told(opened)) is None else []
        return show_standing(back, opens="text", wish_form=form, errors=form.problems(), words=words)
    done = final_text.ask_for_a_change(opened, digest, form.as_message())
    opens = "text" if done == "wish-other-text" else "messages"
    words = back.words() if done == "wish-no-room" else []
    return show_standing(back, done, opens=opens, words=words, taken=set(form.fields))
