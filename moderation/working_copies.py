"""The rewriting of an account: each version sealed, none ever overwritten, a new one voids every yes."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from moderation.models import Agreement, WorkingCopy
from stories import agreed_text, lifecycle
from stories.models import Force, SealedText, Submission
from stories.telling import sealed_store

EMPTY = dict.fromkeys(agreed_text.FIELDS, "")


def current(submission: Submission) -> WorkingCopy | None:
    """The newest version, or None before the first."""
    return submission.working_copies.order_by("-number").select_related("sealed", "written_by").first()


@transaction.atomic
def save(submission: Submission, fields: Mapping[str, str], *, by: object) -> WorkingCopy:
    """Seal a new version. Sealing needs no open vault, so nothing typed is lost to a lock.

    Every agreement and the contributor's yes were to other characters, so they end here; one
    that was put forward goes back to its first reader.
    """
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    whole = with_place({**EMPTY, **fields})
    salt = agreed_text.new_salt()
    sealed = sealed_store.add(row, SealedText.Kind.WORKING_COPY, {"fields": whole, "salt": salt})
    copy = WorkingCopy.objects.create(
        sealed=sealed,
        submission=row,
        number=sealed.number,
        digest=agreed_text.digest(agreed_text.canonical(whole), salt=salt),
        written_by=by,
        written_at=timezone.now().replace(second=0, microsecond=0),
    )
    void_agreements(row)
    if row.status == Submission.Status.PREPARED:
        lifecycle.advance(row, "send back", by=by)
    submission.refresh_from_db()
    return copy


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


def writers(submission: Submission) -> set[int]:
    """The ids of everyone who wrote any version."""
    return set(submission.working_copies.values_list("written_by_id", flat=True))
