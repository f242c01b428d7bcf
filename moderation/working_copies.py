"""The rewriting of an account: each version sealed, none ever changed, a new one voids every yes.

What is kept while somebody types would be a version for every breath, so of those that one window keeps one in
twenty stays, and any after which something long was taken out. No version is gone that a person saved,
said yes to, looked at or did anything else about.
"""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from moderation.facts import TextFacts, load_text_facts
from moderation.models import Agreement, Claim, WorkingCopy
from moderation.policies.texts import why_not_keep, why_not_write
from moderation.redaction import anonymity_check
from moderation.team.permissions import Refused, refuse_if
from stories.core import agreed_text, journal, lifecycle, publication_gate, retention_days, sealed_store
from stories.core.scanner import Look
from stories.intake import receive
from stories.models import Force, SealedText, Story, Submission
from stories.pii.replacements import group_wordings

# Of so many versions that one window keeps by itself one stays; whoever types on and on sends so many in five minutes.
ONE_STAYS_OF = 20
EMPTY = dict.fromkeys(agreed_text.FIELDS, "")


class NewerVersion(Refused):
    """Somebody saved a newer version since this form was opened."""

    def __init__(self, copy: WorkingCopy, *, by: User) -> None:
        self.copy = copy
        self.said = _("You saved a newer version in another window.")
        if copy.written_by_id != by.pk:
            self.said = _("%(name)s saved a newer version meanwhile.") % {"name": copy.written_by.get_username()}
        super().__init__(f"{self.said} {_('Both stand here; nothing is lost.')}")


def save_version(
    submission: Submission,
    fields: Mapping[str, str],
    *,
    by: User,
    after: int | None = None,
    left: Mapping[str, str] | None = None,
    put: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
    window: str = "",
) -> WorkingCopy:
    """Seal a new version. Sealing needs no open vault, so nothing typed is lost to a lock.

    Every agreement and the contributor's yes were to other characters, so they end here; one
    that was put forward goes back to its first reader. `after` is the version that the writer
    began with (0 for none); raises `NewerVersion` where it isn't the newest, unless the writer's own `window`
    kept that, and `Refused`. By the key of a wording that could identify somebody, `left` says why it stays, and
    `put` what took its place; `said` are sentences for the check that its writer has typed. All are sealed too.
    """
    visible = _visible(fields)
    # Looking takes a while, and inside the transaction every other writer would wait for it.
    still_there = _still_there(anonymity_check.clean_reasons(left or {}), visible)
    with transaction.atomic():
        facts = _locked_facts(submission, by=by, after=after, window=window)
        row = facts.submission
        copy = _seal(row, with_place(visible), left=still_there, put=put or {}, said=said or {}, by=by)
        _let_go(facts, copy, window=window)
        end_agreements(row)
        Submission.objects.filter(pk=row.pk).update(yes_to_digest="")
        if row.status in lifecycle.PUT_FORWARD:
            lifecycle.advance(row, "send back", by=by)
    submission.refresh_from_db()
    return copy


@transaction.atomic
def keep_version(
    submission: Submission,
    fields: Mapping[str, str],
    *,
    by: User,
    after: int,
    left: Mapping[str, str],
    window: str,
    put: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
) -> WorkingCopy:
    """Seal what a window holds while somebody types: quick, so nothing is looked at, and it ends nobody's yes.

    `window` is the window's chance name and how often it has sent. Raises as `save` does. Reasons for words that
    are gone stay until a person saves.
    """
    facts = _locked_facts(submission, by=by, after=after, window=window)
    refuse_if(why_not_keep(facts))
    whole = with_place(_visible(fields))
    left = anonymity_check.clean_reasons(left)
    copy = _seal(facts.submission, whole, left=left, put=put or {}, said=said or {}, by=by, window=window)
    _let_go(facts, copy, window=window)
    return copy


def _locked_facts(submission: Submission, *, by: User, after: int | None, window: str) -> TextFacts:
    """Lock the row and return the facts, with the version that the new one follows."""
    Submission.objects.select_for_update().get(pk=submission.pk)
    facts = load_text_facts(submission, by)
    refuse_if(why_not_write(facts))
    newest = facts.newest
    if newest is None or after in (None, newest.number) or _is_own(newest, by=by, after=after or 0, window=window):
        return facts
    raise NewerVersion(newest, by=by)


def _is_own(newest: WorkingCopy, *, by: User, after: int, window: str) -> bool:
    """True where this window kept the newest version, and sends again before it heard of that, or without hearing."""
    if not (window and newest.window) or newest.written_by_id != by.pk or newest.number < after:
        return False
    (name, sent), (its_name, its_sent) = _parted(window), _parted(newest.window)
    # What was sent first can come last: it holds older words.
    return name == its_name and sent > its_sent


def _parted(window: str) -> tuple[str, int]:
    name, _dot, sent = window.rpartition(".")
    return name, int(sent)


def _let_go(facts: TextFacts, copy: WorkingCopy, *, window: str) -> None:
    """Delete the version before, where this one takes its place; the numbers go on."""
    before = facts.newest
    if before is None or not (window and before.window) or _parted(window)[0] != _parted(before.window)[0]:
        return
    is_moment = before.written_on == copy.written_on and before.number // ONE_STAYS_OF == copy.number // ONE_STAYS_OF
    # Sealed texts are padded to a kilobyte: a shorter one is one from which something long was taken out.
    is_as_long = len(bytes(copy.sealed.box)) >= len(bytes(before.sealed.box))
    if is_moment and is_as_long and before.written_by_id == copy.written_by_id and not _was_touched(facts, before):
        before.sealed.delete()


def _was_touched(facts: TextFacts, copy: WorkingCopy) -> bool:
    """True where somebody said yes to it, or anybody did anything since but its writer claim and open it."""
    by_writer = ("claim", "open")
    since = (event for event in facts.events if event.number > copy.after_event)
    is_wanted = copy.digest == facts.submission.yes_to_digest or any(
        yes.working_copy_id == copy.pk for yes in facts.agreements
    )
    return is_wanted or any(each.by_id != copy.written_by_id or each.deed not in by_writer for each in since)


def _still_there(left: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, str]:
    if not left:
        return {}
    look = Look()
    looked = [(fields[name], look(fields[name])) for name in publication_gate.WORDS_OF_A_STORY]
    there = {each.key for each in group_wordings(looked)}
    # Where the finder fails, words that stand there can look as if they were gone.
    is_whole = not (look.is_blind or look.is_without_names)
    return {key: why for key, why in left.items() if key in there or not is_whole}


def _seal(
    row: Submission,
    whole: dict[str, str],
    *,
    left: Mapping[str, str],
    put: Mapping[str, str],
    said: Mapping[str, str],
    by: User,
    window: str = "",
) -> WorkingCopy:
    salt = agreed_text.new_salt()
    payload = {"fields": whole, "salt": salt, "left": left, "put": anonymity_check.clean_reasons(put)}
    payload["said"] = dict(said)
    sealed = sealed_store.add_sealed(row, SealedText.Kind.WORKING_COPY, payload)
    return WorkingCopy.objects.create(
        sealed=sealed,
        submission=row,
        number=sealed.number,
        digest=agreed_text.text_digest(agreed_text.canonical_text(whole), salt=salt),
        written_by=by,
        written_on=lifecycle.today(),
        after_event=lifecycle.last_number(row.pk),
        window=window or None,
    )


def _visible(fields: Mapping[str, str]) -> dict[str, str]:
    """Leave out what a second reader can't see, and so could not agree to."""
    return {name: receive.cleaned_words(str(words)) for name, words in {**EMPTY, **fields}.items()}


def with_place(fields: Mapping[str, str]) -> dict[str, str]:
    """Return `fields` with no more about where than `place_shown` allows."""
    fields = agreed_text.whole_document(fields)
    whole = {name: str(fields[name]) for name in agreed_text.FIELDS}
    force = Force.objects.filter(pk=whole["force"]).first()
    if force:
        whole["region"], whole["nation"] = force.region, force.nation
    closest_first, shown = ("force", "region", "nation"), whole["place_shown"]
    hidden = closest_first[: closest_first.index(shown)] if shown in closest_first else closest_first
    return whole | dict.fromkeys(hidden, "")


def newest_copy(submission: Submission) -> WorkingCopy | None:
    """The newest version, or None before the first; for who has no facts at hand."""
    return submission.working_copies.order_by("-number").select_related("sealed", "written_by").first()


def send_back_for_danger(row: Submission, *, by: User) -> bool:
    """Take it back because something about danger came after a yes to it; True if there was something to take back.

    In the tables it is a colleague's sending back like any other: what kind of one is sealed. The caller has locked
    the story and the row, in this order.
    """
    if row.status not in (*lifecycle.PUT_FORWARD, Submission.Status.AGREED):
        return False
    note = _(
        "Something that may speak of danger, or of somebody under 18, came after the yes to this text. "
        "Take the first look again; then both of you say anew that nobody is in danger."
    )
    send_back(row, note, by=by)
    return True


def send_back(row: Submission, note: str, *, by: User) -> None:
    """End what was said yes to, seal the note for its first reader, and have it wait with them; the row is locked."""
    copy = newest_copy(row)
    payload = {"by": by.get_username(), "text": note.strip(), "version": copy.number if copy else 0}
    sealed_store.add_sealed(row, SealedText.Kind.NOTE, payload)
    end_agreements(row)
    Claim.objects.filter(submission=row).delete()
    was_agreed = row.status == Submission.Status.AGREED
    lifecycle.advance(row, "send back", by=by)
    if was_agreed:
        # Whoever works on it again has the time that a decision leaves. Its story stays where it is, in no batch.
        row.erase_on = max(row.erase_on, retention_days.erased_after_decision(lifecycle.today()))
        row.save(update_fields=["erase_on"])
        for pk, digest in Story.objects.filter(submission=row).values_list("pk", "digest"):
            journal.note_deed("changed", pk, digest)


def end_agreements(submission: Submission) -> None:
    """End the moderators' yeses; the contributor's own yes stays, because the text does."""
    Agreement.objects.filter(working_copy__submission=submission).delete()
