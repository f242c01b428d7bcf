"""The text that was put forward, as its contributor reads it, and their yes to exactly these characters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from stories import agreed_text, lifecycle
from stories.models import SealedText, Story, Submission
from stories.public import named_lists, story_page
from stories.telling import coming_back, on_its_way, sealed_store
from stories.telling.coming_back import Opened


class NotThisText(RuntimeError):
    """The text has changed since it was shown, or is no longer waiting for a yes."""


@dataclass(frozen=True)
class FinalText:
    """The public fields of one working copy, and the digest that names them."""

    fields: dict[str, str]
    digest: str


def read(opened: Opened) -> FinalText | None:
    """Return the text that waits for its contributor's yes or has it; None if there is none to show."""
    submission = opened.submission
    if submission.status not in (*lifecycle.PUT_FORWARD, Submission.Status.AGREED) or not opened.private:
        return None
    if not asked_to_see_it(opened):
        return None
    copy = sealed_store.latest(submission, SealedText.Kind.WORKING_COPY, private=opened.private)
    return _named(copy) if copy else None


def version(opened: Opened, digest: str) -> FinalText | None:
    """Return the text that `digest` names, however many came after it; only who was shown it knows its digest."""
    return next((text for text in reversed(_versions(opened)) if text.digest == digest), None)


def digests(opened: Opened) -> list[str]:
    """Return what names each text that was made, the oldest first."""
    return [text.digest for text in _versions(opened)]


def letter(text: FinalText) -> dict[str, Any]:
    """Return it exactly as its page on the site would show it; where it was is named without a link."""
    fields = text.fields
    story = Story(
        title=fields["title"],
        text=fields["text"],
        differently=fields["differently"],
        well=fields["well"],
        force_id=fields["force"] or None,
        region=fields["region"],
        nation=fields["nation"],
        year=int(fields["year"]) if fields["year"] else None,
        outcome_id=fields["outcome"] or None,
        themes=fields["themes"],
        content_notes=fields["content_notes"],
    )
    found = story_page.story_context(story, named_lists.read())
    return found | {"place": replace(found["place"], url="")}


def asked_to_see_it(opened: Opened) -> bool:
    """True if the contributor ticked that they want the final text first."""
    return bool(coming_back.what_i_sent(opened)["answers"].get("consent_ask_again"))


@transaction.atomic
def say_yes(opened: Opened, digest: str) -> None:
    """Record the yes to the text that `digest` names; raises `NotThisText`. Twice is once."""
    # The row first: a moderator who saves another version waits for us, or we see theirs.
    submission = Submission.objects.select_for_update().get(pk=opened.submission.pk)
    told = on_its_way.as_told(Opened(submission, opened.private))
    text = read(told) if not submission.is_erased else None
    if text is None or text.digest != digest:
        raise NotThisText
    if submission.yes_to_digest == digest:
        return
    if told.submission.status not in lifecycle.PUT_FORWARD:
        raise NotThisText
    submission.yes_to_digest, submission.waits_for_yes = digest, False
    submission.save(update_fields=["yes_to_digest", "waits_for_yes"])
    lifecycle.record(submission, "say yes")


def _versions(opened: Opened) -> list[FinalText]:
    if not opened.private:
        return []
    copies = sealed_store.all_opened(opened.submission, SealedText.Kind.WORKING_COPY, private=opened.private)
    return [_named(copy) for copy in copies]


def _named(copy: Mapping[str, Any]) -> FinalText:
    fields = agreed_text.whole(copy["fields"])
    document = agreed_text.canonical(fields)
    return FinalText(fields, agreed_text.digest(document, salt=copy["salt"]))
