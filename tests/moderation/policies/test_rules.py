"""The rules over facts that are made by hand: no page, no vault and no database."""

from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from moderation.facts import Facts, TextFacts
from moderation.models import Agreement, Claim, ReleaseWish, WorkingCopy
from moderation.policies import texts
from moderation.policies.access import approval_is_valid, why_not_claim, why_not_holder, why_not_take_over
from moderation.policies.decisions import who_asked_to_release, why_not_decide, why_not_mark_urgent, why_not_release
from moderation.policies.stories import why_not_put_back
from moderation.policies.texts import why_not_same, why_not_second, why_not_trusted, why_not_unfolded
from moderation.redaction.anonymity_check import Answered, Checks
from moderation.team.permissions import COORDINATORS, MODERATORS, Person
from stories.core import lifecycle
from stories.models import Event, OnItsWay, SealedText, Story, Submission

ALICE = Person(1, "alice", frozenset({MODERATORS}), holds_a_key=True)
BOB = Person(2, "bob", frozenset({MODERATORS}), holds_a_key=True)
CAROL = Person(3, "carol", frozenset({COORDINATORS}))
NEWCOMER = Person(4, "dora", waiting_roles=frozenset({MODERATORS}), roles_count_from=timezone.now())
S = Submission.Status


def submission(**fields):
    whole = {"status": S.RECEIVED, "week": lifecycle.this_week(), "erase_on": lifecycle.today(), "key_under_code": b"k"}
    return Submission(pk=uuid4(), queue_epoch_id=1, **whole | fields)


def facts(person=ALICE, *, row=None, kind=Facts, **known):
    return kind(row or submission(), person, **known)


def claim_of(person, *, lasts=Claim.LASTS):
    holder = User(pk=person.pk, username=person.name)
    return Claim(holder=holder, expires_at=timezone.now() + lasts)


def put_forward(reader=BOB, *, colleagues=None, by=ALICE, happened=(), **known):
    """A text that Alice wrote and put forward, as it stands for `reader`; returns the facts and the version."""
    copy = WorkingCopy(sealed=SealedText(pk=uuid4()), number=1, digest="d", written_by_id=by.pk)
    yes = Agreement(working_copy=copy, place="first", digest="d", by=User(pk=by.pk), no_danger=True)
    whole = {
        "row": submission(status=S.PREPARED),
        "versions": [copy],
        "agreements": [yes],
        "colleagues": {by.pk: by} if colleagues is None else colleagues,
        "events": history(("put forward", by), *happened),
    }
    return facts(reader, kind=TextFacts, **whole | known), copy


def history(*deeds, reason=""):
    today = lifecycle.today()
    return [
        Event(
            number=number, deed=deed, by_id=by.pk if by else None, reason=reason, week=today, day=today if by else None
        )
        for number, (deed, by) in enumerate(deeds, start=1)
    ]


def judge(rule, cases):
    """Each case is named, and holds what the rule takes, and last the words of its reason, or None."""
    for name, (*known, says) in cases.items():
        reason = rule(*known)
        assert (says in reason) if says and reason else reason == says, f"{name}: {reason}"


def test_claiming():
    cases = {
        "free": (facts(), None),
        "in one's own hands": (facts(claim=claim_of(ALICE)), None),
        "in a colleague's hands": (facts(claim=claim_of(BOB)), "bob has this in hand"),
        "a coordinator": (facts(CAROL), "Only moderators"),
        "a right that waits": (facts(NEWCOMER), "dora can do this from"),
        "a conflict of interest": (facts(has_conflict=True), "know this force"),
        "a colleague's exercise": (facts(row=submission(practice_for_id=BOB.pk)), "practice account"),
        **{
            status: (facts(row=submission(status=status)), "nothing left to work on")
            for status in (S.AGREED, S.DECLINED, S.COUNTED, S.PUBLISHED, S.WITHDRAWN)
        },
    }
    judge(why_not_claim, cases)


def test_taking_over():
    away = claim_of(BOB, lasts=timedelta(minutes=10))
    cases = {
        "free": (facts(), "cannot-wait", "Claim it"),
        "a colleague at work": (facts(claim=claim_of(BOB)), "cannot-wait", "Ask them first"),
        "a colleague who is away": (facts(claim=away), "cannot-wait", None),
        "a reason of one's own": (facts(claim=away), "because", "Choose a reason"),
        "a conflict of interest": (facts(claim=away, has_conflict=True), "cannot-wait", "know this force"),
    }
    judge(why_not_take_over, cases)


def test_deciding():
    mine = {"claim": claim_of(ALICE)}
    on_its_way = OnItsWay(deed="ask", sends_at=timezone.now())
    cases = {
        "in hand": (facts(**mine), None),
        "not in hand": (facts(), "Claim it first"),
        "an exercise of one's own": (facts(row=submission(practice_for_id=ALICE.pk), **mine), "practice account"),
        "decided": (facts(row=submission(status=S.DECLINED), **mine), "can't be done while"),
        "not told yet": (facts(on_its_way=on_its_way, **mine), "Take it back first"),
    }
    judge(partial(why_not_decide, "decline"), cases)


def test_letting_go_takes_two_people_whose_wish_is_valid():
    wish, held = ReleaseWish(asked_by=User(pk=ALICE.pk)), submission(status=S.HELD)
    asked = {"row": held, "release_wish": wish, "colleagues": {ALICE.pk: ALICE}}
    lost = asked | {"colleagues": {ALICE.pk: Person(1, "alice", ALICE.roles)}}
    cases = {
        "nobody asked": (facts(row=held), None, None),
        "a second person": (facts(BOB, **asked), None, ALICE.pk),
        "the same person": (facts(ALICE, **asked), "You have asked already", ALICE.pk),
        "whoever asked lost the key": (facts(BOB, **lost), None, None),
        "it isn't held": (facts(BOB), "can't be done while", None),
    }
    judge(why_not_release, {name: (known, says) for name, (known, says, _asked_by) in cases.items()})
    for name, (known, _says, asked_by) in cases.items():
        assert who_asked_to_release(known) == asked_by, name


def test_approval_is_valid():
    of = lambda **changes: facts(BOB, colleagues={1: Person(**{**vars(ALICE), **changes})})  # noqa: E731
    cases = {
        "a moderator with a key": (of(), True),
        "a key that was stopped": (of(holds_a_key=False), False),
        "a role that is gone": (of(roles=frozenset()), False),
        "a conflict of interest since": (of(has_conflict=True), False),
        "somebody unknown": (facts(BOB), False),
    }
    for name, (known, is_valid) in cases.items():
        assert approval_is_valid("put forward", known, ALICE.pk) is is_valid, name


def test_second_reader():
    mine = (("claim", BOB),)
    lost = {ALICE.pk: Person(1, "alice", ALICE.roles)}
    cases = {
        "a colleague": (*put_forward(), None),
        "the writer": (*put_forward(ALICE), "You wrote a version"),
        "a conflict of interest": (*put_forward(has_conflict=True), "know this force"),
        "nobody's first yes": (*put_forward(agreements=[]), "Nobody has put this text forward"),
        "a first yes that isn't valid": (*put_forward(colleagues=lost), "stand by it"),
        "who took it in hand since": (*put_forward(happened=mine), "You took this in hand"),
    }
    judge(why_not_second, cases)


def test_nobody_says_yes_past_what_a_contributor_wrote():
    opened, wrote = ("open", BOB), ("write", None)
    cases = {
        "nothing new": ((opened,), None),
        "a message": ((opened, wrote), "haven’t read it yet"),
        "a message that a colleague opened": ((opened, wrote, ("open", ALICE)), "haven’t read it yet"),
        "a message that they opened": ((wrote, opened), None),
        "another choice": ((opened, ("consents", None)), "Open the account again"),
    }
    judge(lambda deeds: texts.why_not_read_up(facts(BOB, kind=TextFacts, events=history(*deeds))), cases)


def test_account_has_to_be_unfolded_after_all_that_came():
    forward, unfolded = ("put forward", ALICE), ("open", BOB)
    cases = {
        "unfolded": ((forward, unfolded), None),
        "unfolded before it came forward": ((unfolded, forward), "Unfold the account"),
        "they wrote since": ((forward, unfolded, ("write", None)), "Unfold the account"),
        "unfolded by a colleague": ((forward, ("open", ALICE)), "Unfold the account"),
    }
    seen = lambda deeds: facts(BOB, kind=TextFacts, events=history(*deeds, reason="unfolded"))  # noqa: E731
    judge(lambda deeds: why_not_unfolded(seen(deeds)), cases)


def test_new_key_waits_48_hours():
    now = timezone.now()
    keys = {hours: SimpleNamespace(admitted_at=now - timedelta(hours=hours)) for hours in (0, 47, 49)}
    judge(why_not_trusted, {hours: (key, "48 hours" if hours < 48 else None) for hours, key in keys.items()})


def test_readers_who_differ():
    first, same = Answered({"names": "clear"}, place="first", by=1), Answered({"names": "clear"}, place="second", by=2)
    other = Answered({"names": "stays"}, place="second", by=2)
    cases = {
        "no check of the first": (Checks(()), "No anonymity check"),
        "the same": (Checks((first, same)), None),
        "different": (Checks((first, other)), "answered the anonymity check differently"),
    }
    judge(why_not_same, cases)


def test_putting_a_story_back():
    agreed, wish = ("agree", BOB), ("show less", None)
    hidden = {"status": Story.Status.HIDDEN, "may_publish": True, "sequence": 1}
    cases = {
        "taken down": ({}, {}, (agreed,), None),
        "still up": ({"status": Story.Status.LIVE}, {}, (agreed,), "Only a story that was taken down"),
        "their yes taken back": ({"may_publish": False}, {}, (agreed,), "took back their yes"),
        "a wish since": ({}, {}, (agreed, wish), "asked for a change"),
        "a wish before": ({}, {}, (wish, agreed), None),
        "unread": ({}, {"unopened_since": lifecycle.this_week()}, (agreed,), "nobody has opened it"),
        "urgent": ({}, {"is_urgent": True}, (agreed,), "marked urgent"),
    }

    def put_back(story, row, deeds):
        row = submission(status=S.PUBLISHED, **row)
        return why_not_put_back(facts(kind=TextFacts, row=row, story=Story(**hidden | story), events=history(*deeds)))

    judge(put_back, cases)


@pytest.mark.parametrize("rule", [why_not_claim, why_not_mark_urgent, why_not_holder])
def test_conflict_of_interest_comes_before_everything_about_a_submission(rule):
    for status in S.values:
        assert "know this force" in rule(facts(row=submission(status=status), has_conflict=True)), status
