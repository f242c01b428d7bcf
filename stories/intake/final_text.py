"""The final text as its contributor is shown it: their yes to it, what they want changed, and what a wish stops."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from django.db import transaction
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict

from stories.core import agreed_text, lifecycle, named_lists, rendering, sealed_store, story_sections, takedown
from stories.intake import coming_back, labels, messages, pages, public_form
from stories.intake.coming_back import Opened, Settled
from stories.intake.forms import PublicForm, WordsField
from stories.intake.questions import LONGEST_ACCOUNT
from stories.models import SealedText, Story, Submission
from stories.reading import story_page


class FinalText(NamedTuple):
    """The public fields of one working copy, and the digest that names them."""

    fields: dict[str, str]
    digest: str


def final_text_of(opened: Opened) -> FinalText | None:
    """Return the text that waits for its contributor's yes or has it; None if there is none to show."""
    submission = opened.submission
    is_shown = submission.status in (*lifecycle.PUT_FORWARD, Submission.Status.AGREED)
    if not (is_shown and opened.private and asked_to_see_it(opened)):
        return None
    copy = sealed_store.latest_opened(submission, SealedText.Kind.WORKING_COPY, private=opened.private)
    return _named(copy) if copy else None


def final_text_named(opened: Opened, digest: str) -> FinalText | None:
    """Return the text that `digest` names, however many came after it; only who was shown it knows its digest."""
    return next((text for text in reversed(_versions(opened)) if text.digest == digest), None)


def final_text_digests(opened: Opened) -> list[str]:
    """Return what names each text that was made, the oldest first."""
    return [text.digest for text in _versions(opened)]


def letter_of(text: FinalText) -> dict[str, object]:
    """Return it exactly as its page on the site would show it; where it was is named without a link."""
    fields = text.fields
    story = Story(
        **{name: fields[name] for name in agreed_text.TEXT_COLUMNS},
        force_id=fields["force"] or None,
        year=int(fields["year"]) if fields["year"] else None,
        outcome_id=fields["outcome"] or None,
    )
    found = story_page.story_context(story, named_lists.get_named_lists())
    return found | {"place": replace(found["place"], url="")}


def asked_to_see_it(opened: Opened) -> bool:
    return bool(coming_back.what_i_sent(opened).answers.get("consent_ask_again"))


@transaction.atomic
def say_yes(opened: Opened, digest: str) -> None:
    """Record the yes to the text that `digest` names; raises `Settled` if another waits now, or none. Twice is once."""
    # The row first: a moderator who saves another version waits for us, or we see theirs.
    submission = Submission.objects.select_for_update().get(pk=opened.submission.pk)
    told = messages.as_told(Opened(submission, opened.private))
    text = final_text_of(told) if not submission.is_erased else None
    if text is None or text.digest != digest:
        raise Settled("text-changed")
    if submission.yes_to_digest == digest:
        return
    if told.submission.status not in lifecycle.PUT_FORWARD:
        raise Settled("text-changed")
    submission.yes_to_digest, submission.waits_for_yes = digest, False
    submission.save(update_fields=["yes_to_digest", "waits_for_yes"])
    lifecycle.record_event(submission, "say yes")


def _versions(opened: Opened) -> list[FinalText]:
    if not opened.private:
        return []
    copies = sealed_store.all_opened(opened.submission, SealedText.Kind.WORKING_COPY, private=opened.private)
    return [_named(copy) for copy in copies]


def _named(copy: sealed_store.Payload) -> FinalText:
    fields = agreed_text.whole_document(copy["fields"])
    document = agreed_text.canonical_text(fields)
    return FinalText(fields, agreed_text.text_digest(document, salt=copy["salt"]))


# In characters: what one box takes, and how much of a paragraph is quoted back. Together they are an account at most.
LONGEST_WISH = 2_000
_QUOTED = 80
# The box for all that stands in no paragraph.
_ELSE = "change-0"


class WishForm(PublicForm):
    """A box beside each paragraph of the text that was read, and one for everything else."""

    def __init__(
        self, text: FinalText | None, given: MultiValueDict | None = None, *, initial: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(given, initial=initial)
        self.digest: str = text.digest if text else (given or MultiValueDict()).get("digest", "")
        shown = [text.fields[name] for name in ("text", *story_sections.NAMES)] if text else []
        self.paragraphs = [part for each in shown for part in rendering.split_paragraphs(each)]
        self._beside = [f"change-{number}" for number in range(1, len(self.paragraphs) + 1)]
        # Words beside a paragraph that we can't find any more are words all the same.
        strays = sorted((name for name in given or self.initial if re.fullmatch(public_form.BESIDE, name)), key=_number)
        for name in dict.fromkeys((*self._beside, *strays, _ELSE)):
            self.fields[name] = WordsField(most=LONGEST_WISH, rows=2, required=False, label=pages.field_label(name))
        self.fields.update({_ELSE: self.fields.pop(_ELSE)})

    def clean(self) -> None:
        """One word in one box is enough; all of them have to fit into one message."""
        if self.errors:
            return
        if not self._wishes():
            self.add_error(_ELSE, pages.notice("wish-empty"))
        elif len(self.as_message()) > LONGEST_ACCOUNT:
            self.add_error(_ELSE, pages.notice("wish-too-long"))

    def boxes(self) -> list[tuple[str, BoundField]]:
        """Return each box with the paragraph that it stands beside, as safe HTML; empty where it stands beside none."""
        beside = dict(zip(self._beside, map(rendering.text_as_html, self.paragraphs), strict=True))
        return [(beside.get(name, ""), self[name]) for name in self.fields]

    def as_message(self) -> str:
        """Put it together as moderators read it: each wish under the beginning of its paragraph."""
        wishes = [f"{self._where(name)}\n{words}" for name, words in self._wishes().items()]
        return "\n\n".join([pages.notice("wish-begins"), *wishes])

    def _wishes(self) -> dict[str, str]:
        return {name: words.strip() for name, words in self.cleaned_data.items() if words.strip()}

    def _where(self, name: str) -> str:
        number = _number(name)
        if 0 < number <= len(self.paragraphs):
            beginning = rendering.text_opening(self.paragraphs[number - 1], length=_QUOTED)
            return pages.notice("wish-beside", number=number, beginning=beginning)
        return pages.field_label(name)


@transaction.atomic
def ask_for_a_change(opened: Opened, digest: str, wish: str) -> str:
    """Let the text that `digest` names not go out as it is, keep `wish` as a message, and name the notice of its end.

    Whatever it was about, no yes of before outlives it, and no story of before stays up. The form again, from
    a second press or a reload, keeps nothing twice. Raises `Settled`.
    """
    submission, story = lifecycle.lock_both(opened.submission.pk)
    if submission.is_erased:
        raise Settled("no-message")
    now = Opened(submission, opened.private)
    is_repeat = messages.was_just_said(now, wish)
    has_room = is_repeat or sealed_store.has_room(submission, more=wish)
    done = _end_what_was_agreed(now, story, digest, is_repeat=is_repeat)
    if has_room and not is_repeat:
        messages.seal_message(submission, wish, sender=messages.CONTRIBUTOR, is_wish=True)
        labels.renew_labels(submission, private=opened.private)
    return done if has_room else "wish-no-room"


def _end_what_was_agreed(now: Opened, story: Story | None, digest: str, *, is_repeat: bool) -> str:
    submission, text = now.submission, final_text_of(messages.as_told(now))
    submission.yes_to_digest, submission.waits_for_yes = "", text is not None
    submission.save(update_fields=["yes_to_digest", "waits_for_yes"])
    if story is not None and not _is_of_a_correction(now, story, digest):
        takedown.stop_story(story, wish="ask for a change")
        return "wish-taken-off" if story.sequence else "wish-stopped"
    if text is not None and text.digest == digest:
        if submission.status in lifecycle.PUT_FORWARD:
            lifecycle.advance(submission, "ask for a change")
        else:
            # They aren't told yet what was decided meanwhile: taken back, the text doesn't stand any more.
            messages.stands_as_received(submission)
            lifecycle.record_event(submission, "ask for a change")
        return "wish-sent-back"
    if not is_repeat and messages.is_asked(submission):
        lifecycle.advance(submission, "reply")
    elif not is_repeat:
        about = lifecycle.CORRECTION if submission.status in lifecycle.CORRECTED else ""
        lifecycle.record_event(submission, "ask for a change", reason=about)
    if text is not None:
        return "wish-other-text"
    is_back = messages.told_status(submission) in (Submission.Status.RECEIVED, Submission.Status.CORRECTING)
    return "wish-sent-back" if is_repeat and is_back else "wish-kept"


def _is_of_a_correction(now: Opened, story: Story, digest: str) -> bool:
    """True where they read a text that was to take the place of the one on the site, so one that was made since.

    A wish that names no such text could be about the one on the site.
    """
    if now.submission.status not in lifecycle.CORRECTED:
        return False
    made = final_text_digests(now)
    return digest in (made[made.index(story.digest) + 1 :] if story.digest in made else made)


def _number(name: str) -> int:
    return int(name.partition("-")[2])
