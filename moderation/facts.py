"""The facts that rules judge: one submission as it stands for one person at one moment, loaded once.

Rules (`moderation.policies`) take them and ask the database nothing. A deed locks the submission's row first and
loads its facts after that, so that no rule judges what a colleague changed meanwhile: of a query that waits for a
lock, PostgreSQL gives joined rows as they were before the wait.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.models import Agreement, Aside, Claim, ReleaseWish, WorkingCopy
from moderation.team.permissions import Person, people_by_id, person_of
from stories.core import lifecycle
from stories.core.lifecycle import CHANGES, MESSAGES, OF_A_TEXT, UNFOLDED, WISH, YES
from stories.intake import flood_tray
from stories.models import Event, OnItsWay, SealedText, Story, Submission

# What a list marks of that which its contributor did since the team last opened the account.
_MARKS = {"wrote": MESSAGES, "wants_change": WISH, "said_yes": YES, "changed": CHANGES}
_BESIDE_THE_ROW = ("claim__holder", "on_its_way", "release_wish__asked_by", "story__put_back")


@dataclass(frozen=True)
class Facts:
    """One submission for one person, without its history: what claiming it, sorting it and deciding about it takes."""

    submission: Submission
    person: Person
    # True where this person said that they know the force or somebody in it.
    has_conflict: bool = False
    # True of what was declined with a whole flood and can go back into the tray.
    was_declined_with_flood: bool = False
    # The claim of whoever has it in hand now.
    claim: Claim | None = None
    # What was decided last, as long as its contributor isn't told.
    on_its_way: OnItsWay | None = None
    story: Story | None = None
    release_wish: ReleaseWish | None = None
    # Those who gave a yes, or asked for something that takes two, by id.
    colleagues: Mapping[int, Person] = field(default_factory=dict)

    @property
    def status(self) -> str:
        return self.submission.status

    @property
    def is_mine(self) -> bool:
        return self.claim is not None and self.claim.holder_id == self.person.pk


@dataclass(frozen=True)
class TextFacts(Facts):
    """The same with its history and its texts, still sealed: what a page shows, and what a yes to a text takes."""

    # First to last.
    events: Sequence[Event] = ()
    # Newest first; the boxes of older ones aren't read.
    versions: Sequence[WorkingCopy] = ()
    agreements: Sequence[Agreement] = ()
    # Every sealed text but the older versions, in the order of their numbers.
    texts: Sequence[SealedText] = ()

    @property
    def newest(self) -> WorkingCopy | None:
        return self.versions[0] if self.versions else None

    @property
    def writers(self) -> frozenset[int]:
        return frozenset(copy.written_by_id for copy in self.versions)

    def first_yes(self, copy: WorkingCopy) -> Agreement | None:
        first = (yes for yes in self.agreements if yes.place == Agreement.Place.FIRST)
        return next((yes for yes in first if yes.working_copy_id == copy.pk), None)

    @cached_property
    def marks(self) -> dict[str, bool]:
        """Its contributor's deeds since anybody last opened it, as `moderation/parts/wrote.html` reads them."""
        return unread_marks(event.deed for event in self.events if event.reason != OF_A_TEXT)

    def done_since_opened(self, deeds: Collection[str]) -> int:
        """The number of these deeds since this person last opened the account; of all, if they never did."""
        last = max((event.number for event in self.my_openings), default=0)
        return sum(event.deed in deeds for event in self.events if event.number > last)

    @cached_property
    def my_openings(self) -> list[Event]:
        return [event for event in self._opened_by_me if event.reason != OF_A_TEXT]

    def was_opened_today(self, *, or_a_text: bool = False) -> bool:
        """True where this person opened the account today already, or, where asked, a colleague's text alone."""
        opened = self._opened_by_me if or_a_text else self.my_openings
        return any(event.day == lifecycle.today() for event in opened)

    @cached_property
    def _opened_by_me(self) -> list[Event]:
        return [event for event in self.events if event.deed == "open" and event.by_id == self.person.pk]

    @property
    def is_unfolded(self) -> bool:
        """True where this person unfolded the account since its text came forward and its contributor last wrote."""
        last = self._last_of("put forward", *MESSAGES, *CHANGES)
        return any(each.reason == UNFOLDED for each in self.my_openings if each.number > last)

    @property
    def was_mine_since_put_forward(self) -> bool:
        """True where this person took it in hand since it came forward, and so could see its first reader's reasons."""
        last, taken = self._last_of("put forward"), ("claim", "take over")
        later = (event for event in self.events if last and event.number > last)
        return any(event.deed in taken and event.by_id == self.person.pk for event in later)

    @property
    def wants_a_change(self) -> bool:
        """True if the contributor's wish for another text is newer than the second yes to a story."""
        told = [
            event
            for event in self.events
            if event.deed == "agree" or (event.deed in lifecycle.WISHES and event.reason != lifecycle.CORRECTION)
        ]
        return bool(told) and told[-1].deed != "agree"

    def _last_of(self, *deeds: str) -> int:
        return max((event.number for event in self.events if event.deed in deeds), default=0)


def unread_marks(deeds: Iterable[str]) -> dict[str, bool]:
    """The marks of a contributor's deeds after the last opening among these, first to last."""
    came: set[str] = set()
    for deed in deeds:
        came = set() if deed == "open" else came | {deed}
    return {name: bool(came & set(told)) for name, told in _MARKS.items()}


def load_facts(submission: Submission | UUID, user: User) -> Facts:
    """Load what is known of a submission for this person, in one query, and one more each for a wish and a flood."""
    row = _rows(user).get(pk=getattr(submission, "pk", submission))
    return Facts(**_basics(row, person_of(user)))


def load_text_facts(submission: Submission | UUID, user: User) -> TextFacts:
    """Load the submission for this person with its history and its sealed texts; seven queries at the most."""
    row = _rows(user).get(pk=getattr(submission, "pk", submission))
    # First the versions: one that is kept at this very moment has no words here yet, and is met the next time.
    versions = list(row.working_copies.select_related("written_by").order_by("-number"))
    wanted = ~Q(kind=SealedText.Kind.WORKING_COPY) | Q(pk__in=[copy.pk for copy in versions[:1]])
    texts = list(row.texts.filter(wanted).order_by("number"))
    for copy in versions[:1]:
        copy.sealed = next(text for text in texts if text.pk == copy.pk)
        copy.submission = row
        copy.sealed.working_copy = copy
    events = list(row.events.select_related("by").order_by("number"))
    _number_versions(versions, [event.number for event in events if event.deed == "put forward"])
    agreements = list(Agreement.objects.filter(working_copy__submission=row).select_related("by")) if versions else []
    return TextFacts(
        **_basics(row, person_of(user), gave_a_yes=[yes.by_id for yes in agreements]),
        events=events,
        versions=versions,
        agreements=agreements,
        texts=texts,
    )


def _number_versions(versions: Sequence[WorkingCopy], forward: Iterable[int]) -> None:
    """Count what was put forward, by the numbers of these events; the others are drafts on the way to the next."""
    done = {next((copy.pk for copy in versions if copy.after_event < event), None) for event in forward}
    version, draft = 1, 0
    for copy in reversed(versions):
        is_draft = copy.pk not in done
        draft = draft + 1 if is_draft else 0
        copy.shown = _("%(version)d, draft %(draft)d") % {"version": version, "draft": draft} if draft else str(version)
        version += not is_draft


def _rows(user: User) -> QuerySet[Submission]:
    mine = Aside.objects.filter(submission=OuterRef("pk"), person=user.pk, is_conflict=True)
    return Submission.objects.select_related(*_BESIDE_THE_ROW).annotate(has_conflict=Exists(mine))


def _basics(row: Any, person: Person, *, gave_a_yes: Iterable[int] = ()) -> dict[str, Any]:
    # Django's error for a row that isn't there is an `AttributeError`, too.
    claim, wish, story, told = (getattr(row, name, None) for name in ("claim", "release_wish", "story", "on_its_way"))
    back, now = getattr(story, "put_back", None), timezone.now()
    asked = {each.asked_by_id for each in (wish, back) if each}
    if told and (row.is_erased or told.sends_at <= now or row.status != lifecycle.MOVES[told.deed].target):
        told = None
    # Asks nothing where it can't have gone with a flood.
    may_have = row.is_flood and row.status == Submission.Status.DECLINED
    return {
        "submission": row,
        "person": person,
        "has_conflict": row.has_conflict,
        "was_declined_with_flood": may_have and flood_tray.declined_flood().filter(pk=row.pk).exists(),
        "claim": claim if claim and claim.expires_at > now else None,
        "on_its_way": told,
        "story": story,
        "release_wish": wish,
        "colleagues": people_by_id({*asked, *gave_a_yes}, about=row),
    }
