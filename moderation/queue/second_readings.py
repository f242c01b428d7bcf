"""The wishes and answers of one person that need a second one, for everybody who may be that second one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from moderation import conflict_of_interest, reading
from moderation.facts import load_facts, load_text_facts
from moderation.models import PutBack, ReleaseWish
from moderation.policies.danger import CASE, DangerFacts, is_answered, lone_noes
from moderation.policies.decisions import who_asked_to_release, why_not_release
from moderation.policies.stories import who_asked_to_put_back, why_not_put_back
from moderation.queue import urgent
from moderation.team.vault import OpenVault
from stories.core import lifecycle
from stories.models import Event, SealedText, Story, Submission, lists

# First looks are opened one by one.
_MOST_OPENED = 100


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for this person's yes, or no: of which account or story, and what it is."""

    submission: Submission
    words: str
    story: Story | None = None
    is_first_look: bool = False


def second_yes_waiting_for(user: User, vault: OpenVault | None, danger: Mapping[UUID, DangerFacts]) -> list[Waiting]:
    """All of it; `danger` is what is known of the accounts that speak of danger. Sealed answers need an open vault."""
    aside = conflict_of_interest.skipped_ids(user)
    wishes = ReleaseWish.objects.exclude(submission__in=aside).exclude(asked_by=user)
    said = _("%(name)s asked to let it go")
    found = [
        Waiting(wish.submission, said % {"name": wish.asked_by.get_username()})
        for wish in wishes.select_related("submission", "asked_by").order_by("asked_on", "pk")
        if is_for_second_yes(wish.submission, user)
    ]
    found += _to_put_back(user, PutBack.objects.exclude(story__submission__in=aside))
    return [*found, *_second_noes(user, vault, _looked_at(danger).exclude(pk__in=aside))]


def second_readings_in_rows(
    rows: Sequence[Submission], user: User, vault: OpenVault | None, danger: Mapping[UUID, DangerFacts]
) -> dict[UUID, str]:
    """The same in a few words for rows of a list, by id: at most four queries a page, and a few for each wish."""
    yes, no = _("waits for your second yes"), _("waits for your second no")
    found = {row.pk: yes for row in rows if is_for_second_yes(row, user)}
    # What isn't decided has no story that could be put back.
    decided = [row for row in rows if row.status not in lifecycle.UNDECIDED]
    wishes = PutBack.objects.filter(story__submission__in=decided)
    found |= {each.submission.pk: yes for each in _to_put_back(user, wishes)}
    looked_at = _looked_at(danger).filter(pk__in=[row.pk for row in rows])
    return found | {each.submission.pk: no for each in _second_noes(user, vault, looked_at)}


def is_for_second_yes(row: Submission, user: User) -> bool:
    """True where a colleague asked to let this one go and this person may be the second; its wish was read with it."""
    if getattr(row, "release_wish", None) is None:
        return False
    facts = load_facts(row, user)
    return who_asked_to_release(facts) is not None and why_not_release(facts) is None


def _to_put_back(user: User, wishes: QuerySet[PutBack]) -> Iterator[Waiting]:
    wishes = wishes.exclude(asked_by=user).select_related("story__submission", "asked_by")
    for wish in wishes.order_by("asked_on", "pk"):
        story = wish.story
        facts = load_text_facts(story.submission_id, user)
        if who_asked_to_put_back(facts) and why_not_put_back(facts) is None:
            said = _("%(name)s asked to put the story back") % {"name": wish.asked_by.get_username()}
            yield Waiting(story.submission, said, story)


def _second_noes(user: User, vault: OpenVault | None, looked_at: QuerySet[Submission]) -> Iterator[Waiting]:
    if vault is None:
        return
    rows = list(looked_at[:_MOST_OPENED])
    facts, deeds = reading.danger_facts(rows, vault), defaultdict(list)
    done = Event.objects.filter(submission__in=rows, deed__in=("first look", "release")).order_by("number")
    for pk, deed in done.values_list("submission", "deed"):
        deeds[pk].append(deed)
    for row in rows:
        if (known := facts.get(row.pk)) is None:
            continue
        noes = set() if is_answered(known) else known.who_said_no()
        of_case = lone_noes(known.looks, deeds[row.pk]).get(CASE)
        if len(noes) == 1 and user.pk not in noes:
            yield Waiting(row, _("one person said that nobody is in danger now"), is_first_look=True)
        elif of_case not in (None, user.pk):
            yield Waiting(row, _("one person said that no case is active now"), is_first_look=True)


def _looked_at(danger: Mapping[UUID, DangerFacts]) -> QuerySet[Submission]:
    """Undecided ones with two first looks or more, and of those that speak of danger what has one; the oldest first."""
    looks = SealedText.objects.filter(submission=OuterRef("pk"), kind=SealedText.Kind.FIRST_LOOK)
    has_one, has_two = (Exists(looks.filter(number=number)) for number in (1, 2))
    undecided = Q(status__in=lifecycle.UNDECIDED) & lists.REAL & urgent.not_long_erased()
    return Submission.objects.filter(undecided & has_two | Q(pk__in=danger) & has_one).order_by("week", "id")
