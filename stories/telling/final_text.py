"""The text that was put forward, as its contributor reads it, and their yes to exactly these characters."""

from dataclasses import dataclass

from django.db import transaction

from stories import agreed_text, lifecycle
from stories.models import SealedText, Submission
from stories.telling import coming_back, sealed_store
from stories.telling.coming_back import Opened


class NotThisText(RuntimeError):
    """The text has changed since it was shown, or is no longer waiting for a yes."""


@dataclass(frozen=True)
class FinalText:
    """The public fields of the newest working copy, and the digest that names them."""

    fields: dict[str, str]
    digest: str


def read(opened: Opened) -> FinalText | None:
    """Return the text that waits for its contributor's yes or has it; None if there is none to show."""
    submission = opened.submission
    if submission.status not in (Submission.Status.PREPARED, Submission.Status.AGREED) or not opened.private:
        return None
    if not asked_to_see_it(opened):
        return None
    copy = sealed_store.latest(submission, SealedText.Kind.WORKING_COPY, private=opened.private)
    if not copy:
        return None
    document = agreed_text.canonical(copy["fields"])
    return FinalText(copy["fields"], agreed_text.digest(document, salt=copy["salt"]))


def asked_to_see_it(opened: Opened) -> bool:
    """True if the contributor ticked that they want the final text first."""
    return bool(coming_back.what_i_sent(opened)["answers"].get("consent_ask_again"))


@transaction.atomic
def say_yes(opened: Opened, digest: str) -> None:
    """Record the yes to the text that `digest` names; raises `NotThisText`. Twice is once."""
    # The row first: a moderator who saves another version waits for us, or we see theirs.
    submission = Submission.objects.select_for_update().get(pk=opened.submission.pk)
    text = read(Opened(submission, opened.private)) if not submission.is_erased else None
    if text is None or text.digest != digest:
        raise NotThisText
    if submission.yes_to_digest == digest:
        return
    if submission.status != Submission.Status.PREPARED:
        raise NotThisText
    submission.yes_to_digest = digest
    submission.save(update_fields=["yes_to_digest"])
    lifecycle.record(submission, "say yes")
