"""The rewriting of an account: each version sealed, none ever overwritten, a new one voids every yes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import policies
from moderation.errors import Refused, refuse_if
from moderation.models import Agreement, WorkingCopy
from moderation.versions import current, writers
from stories import agreed_text, going_public, lifecycle
from stories.identifying.wordings import wordings
from stories.looking import Look
from stories.models import Force, SealedText, Submission
from stories.telling import cleaning, sealed_store

__all__ = ["EMPTY", "NewerVersion", "current", "save", "void_agreements", "with_place", "writers"]

LONGEST_REASON = 300
EMPTY = dict.fromkeys(agreed_text.FIELDS, "")


class NewerVersion(Refused):
    """Somebody saved a newer version since this form was opened."""

    def __init__(self, copy: WorkingCopy, *, by: Any) -> None:
        self.copy = copy
        said = _("%(name)s saved a newer version meanwhile. Both stand here; nothing is lost.")
        if copy.written_by_id == by.pk:
            said = _("You saved a newer version in another window. Both stand here; nothing is lost.")
        super().__init__(said % {"name": copy.written_by.get_username()})


def save(
    submission: Submission,
    fields: Mapping[str, str],
    *,
    by: Any,
    after: int | None = None,
    left: Mapping[str, str] | None = None,
) -> WorkingCopy:
    """Seal a new version. Sealing needs no open vault, so nothing typed is lost to a lock.

    Every agreement and the contributor's yes were to other characters, so they end here; one
    that was put forward goes back to its first reader. `after` is the version that the writer
    began with (0 for none); raises `NewerVersion` where it isn't the newest, and `Refused`.
    `left` says, by the key of its wording, why what could identify somebody stays; it is sealed too.
    """
    visible = _visible({**EMPTY, **fields})
    # Looking takes a while, and inside the transaction every other writer would wait for it.
    return _save(submission, visible, left=_still_there(left or {}, visible), by=by, after=after)


@transaction.atomic
def _save(
    submission: Submission, visible: dict[str, str], *, left: dict[str, str], by: Any, after: int | None
) -> WorkingCopy:
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    refuse_if(policies.why_not_write(row, by))
    newest = current(row)
    if after is not None and newest is not None and newest.number != after:
        raise NewerVersion(newest, by=by)
    copy = _seal(row, with_place(visible), left=left, by=by)
    void_agreements(row)
    if row.status == Submission.Status.PREPARED:
        lifecycle.advance(row, "send back", by=by)
    submission.refresh_from_db()
    return copy


def _still_there(left: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, str]:
    """The reasons, cleaned and cut, for words that these fields still hold; blank ones are none."""
    reasons = {key: " ".join(cleaning.clean(why).split())[:LONGEST_REASON] for key, why in left.items()}
    if not any(reasons.values()):
        return {}
    look = Look()
    looked = [(fields[name], look(fields[name])) for name in going_public.WORDS_OF_A_STORY]
    there = {each.key for each in wordings(looked)}
    # Where the finder fails, words that stand there can look as if they were gone.
    is_whole = not (look.is_blind or look.is_without_names)
    return {key: why for key, why in reasons.items() if why and (key in there or not is_whole)}


def _seal(row: Submission, whole: dict[str, str], *, left: dict[str, str], by: Any) -> WorkingCopy:
    salt = agreed_text.new_salt()
    sealed = sealed_store.add(row, SealedText.Kind.WORKING_COPY, {"fields": whole, "salt": salt, "left": left})
    return WorkingCopy.objects.create(
        sealed=sealed,
        submission=row,
        number=sealed.number,
        digest=agreed_text.digest(agreed_text.canonical(whole), salt=salt),
        written_by=by,
        written_at=timezone.now().replace(second=0, microsecond=0),
    )


def _visible(fields: Mapping[str, str]) -> dict[str, str]:
    """Leave out what a second reader can't see, and so could not agree to."""
    return {name: cleaning.clean(str(words)) for name, words in fields.items()}


def void_agreements(submission: Submission) -> None:
    """End every yes to any version of this submission."""
    Agreement.objects.filter(working_copy__submission=submission).delete()
    Submission.objects.filter(pk=submission.pk).update(yes_to_digest="")


def with_place(fields: Mapping[str, str]) -> dict[str, str]:
    """Return `fields` with no more about where than `place_shown` allows."""
    whole = {name: str(fields[name]) for name in agreed_text.FIELDS}
    force = Force.objects.filter(pk=whole["force"]).first()
    if force:
        whole["region"], whole["nation"] = force.region, force.nation
    shown = whole["place_shown"]
    if shown != "force":
        whole["force"] = ""
    if shown not in ("force", "region"):
        whole["region"] = ""
    if shown not in ("force", "region", "nation"):
        whole["nation"] = ""
    return whole
