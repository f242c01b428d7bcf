"""Data that tells its state: `submission_at("prepared")`, `live_story(...)`, `moderator("alice")`."""

import functools
from dataclasses import replace
from datetime import date, timedelta
from math import inf

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from moderation import agreements, first_look, publishing, reading, working_copies
from moderation.forces import answers
from moderation.models import RIGHT_WAITS, Claim, KeyShare, ModeratorKey, RightGiven
from moderation.policies import danger
from moderation.redaction.anonymity_check import ANONYMITY_CHECK, Answered
from moderation.team import second_factor, vault, vault_session
from moderation.team.permissions import COORDINATORS, MODERATORS
from stories.core import lifecycle, snapshot
from stories.crypto import receipts, sealing
from stories.intake import coming_back, receive
from stories.models import OnItsWay, QueueKey, Response, SealedText, Story, Submission

PASSWORD = "correct horse battery"
WORDS = "abacus abdomen abdominal abide abiding ability"
CLEAR = Answered(dict.fromkeys(ANONYMITY_CHECK, "clear"))
NO_RISK = dict.fromkeys(danger.BY_SLUG, "no")
NO_DANGER = danger.Statement("no")
ACCOUNT = {"account": "I rang 101 and waited. Nobody called me back.", "differently": "Ring back.", "well": ""}
ANSWERS = {"adult": "yes", "force": "kent", "place_shown": "force", "year": "2024", "outcome": "closed"}
FIELDS = {
    "title": "Nobody called me back",
    "text": "I rang 101 and waited.\n\nNobody called me back.",
    "differently": "Ring back, even with no news.",
    "well": "The call taker let me finish.",
    "demand": "ring-when-said",
    "place_shown": "force",
    "force": "kent",
    "year": "2024",
    "outcome": "closed",
    "themes": "waiting",
    "content_notes": "threats",
}


@functools.cache
def queue_pair():
    return sealing.new_pair()


def queue_key():
    """The current queue key, whose private half the tests know."""
    key, _ = QueueKey.objects.get_or_create(epoch=1, defaults={"public": queue_pair().public})
    return key


def person(name, *groups, **fields):
    """Somebody who has been in these groups for long: past the signals, so that the record begins empty."""
    user = User(username=name, email=f"{name}@heard.example", password=make_password(PASSWORD), **fields)
    User.objects.bulk_create([user])
    in_groups = [User.groups.through(user=user, group=group) for group in Group.objects.filter(name__in=groups)]
    User.groups.through.objects.bulk_create(in_groups)
    return user


@functools.cache
def _locked_pair(moderator_id):
    """Argon2id takes a tenth of a second, so each id's pair is locked once a run."""
    pair = sealing.new_pair()
    return pair, sealing.lock_with_passphrase(pair.private, WORDS, place=vault._key_place(User(pk=moderator_id)))


def moderator(name, *, admitted_days_ago=3, **fields):
    """A moderator with a key under WORDS, admitted that many days ago (None: not admitted)."""
    user = person(name, MODERATORS, **fields)
    pair, locked = _locked_pair(user.pk)
    key = ModeratorKey.objects.create(moderator=user, public=pair.public, locked_private=locked, made_at=timezone.now())
    if admitted_days_ago is not None:
        queue_key()
        share = vault._share(key, 1, queue_pair().private, by=None)
        KeyShare.objects.filter(pk=share.pk).update(admitted_at=timezone.now() - timedelta(days=admitted_days_ago))
    return user


def ten_minutes_pass():
    """As if everything on its way to a contributor had been written ten minutes earlier."""
    for sent in (SealedText, OnItsWay):
        sent.objects.exclude(sends_at=None).update(sends_at=timezone.now())


def two_days_pass():
    """As if every right that colleagues gave had been given 48 hours earlier."""
    RightGiven.objects.update(given_at=timezone.now() - RIGHT_WAITS)


def a_second_passes():
    """As if the edition had been read a second ago."""
    snapshot._seen = replace(snapshot.last_seen(), asked_at=-inf)
    if snapshot._seen_alone():
        snapshot.see_alone()


def forget():
    """As in a process that begins: nothing of the edition, nor of what was asked for, is remembered."""
    snapshot.forget_snapshot()
    for cache in caches.all():
        cache.clear()


def open_vault(user):
    """The vault as `user` would have it after unlocking, without the cost of the passphrase."""
    admitted = KeyShare.objects.filter(key__moderator=user).values_list("admitted_at", flat=True)
    return vault.OpenVault(user, admitted_at=min(admitted), keys={1: queue_pair().private})


def client_of(user, *, unlocked=True):
    """A logged-in browser on https; with the vault open where asked."""
    client = Client(headers={"origin": "https://testserver"})
    client.defaults["wsgi.url_scheme"] = "https"
    log_in(client, user)
    if unlocked:
        unlock(client, user)
    return client


def log_in(client, user):
    """Log in as somebody does who gave their password and their second factor."""
    client.force_login(user)
    phone = second_factor.phone_of(user) or TOTP.activate(user, generate_totp_secret()).instance
    session = client.session
    session[second_factor.PASSED] = phone.pk
    session.save()


def unlock(client, user, opened=None):
    """Unlock the vault in this browser; `opened` is a vault of more than the first epoch."""
    request, response = RequestFactory().get("/admin/"), HttpResponse()
    request.session, request.user = client.session, user
    vault_session.keep_open(request, response, opened or open_vault(user))
    request.session.save()
    client.cookies[vault_session.COOKIE] = response.cookies[vault_session.COOKIE].value


def sent(**changes):
    """What one contributor sends; keyword arguments change account texts or answers."""
    account = {name: changes.pop(name, words) for name, words in ACCOUNT.items()}
    answers = ANSWERS | {"consent_publish": True} | changes
    return coming_back.Sent(account=account, answers=answers)


def submission_at(status="received", *, code=None, first="alice", second="bob", fields=None, **changes):
    """A submission brought to `status` by the real deeds; its receipt code is `submission.code`."""
    queue_key()
    code = code or receipts.new_code()
    submission = receive.receive_account(sent(**changes), receive.Arrival(code))
    submission.code = code
    if status in ("prepared", "agreed", "published"):
        put_forward(submission, by=_somebody(first), fields=fields)
    if status in ("agreed", "published"):
        agree(submission, by=_somebody(second))
    if status == "published":
        story = Story.objects.get(submission=submission)
        last = Story.objects.exclude(sequence=None).count()
        story.sequence, story.month, story.status = last + 1, lifecycle.today().replace(day=1), "live"
        story.save()
        lifecycle.advance(submission, "publish")
        # As a batch does; whoever reads first makes what stands in it.
        snapshot.start_over()
        snapshot.forget_snapshot()
    if status in ("waiting", "held", "declined", "counted"):
        deed = {"waiting": "ask", "held": "hold", "declined": "decline", "counted": "count"}[status]
        lifecycle.advance(submission, deed, by=_somebody(first))
    submission.refresh_from_db()
    submission.code = code
    return submission


def live_story(**changes):
    return Story.objects.get(submission=submission_at("published", **changes))


def publish_all():
    """Publish whatever is agreed, however few."""
    return publishing.publish_batch()


def put_forward(submission, *, by, fields=None, no_danger=NO_DANGER):
    claim(submission, by=by)
    if not was_looked_at(submission):
        look_first(submission, by=by)
    copy = working_copies.save_version(submission, FIELDS | (fields or {}), by=by)
    say_first_yes(copy, by=by, no_danger=no_danger)
    submission.refresh_from_db()
    return copy


def say_first_yes(copy, *, by, no_danger=NO_DANGER):
    return agreements.put_forward(copy, copy.digest, vault=open_vault(by), check=CLEAR, danger=no_danger)


def say_second_yes(copy, *, by, no_danger=NO_DANGER):
    return agreements.agree_to_text(copy, copy.digest, vault=open_vault(by), check=CLEAR, danger=no_danger)


def was_looked_at(submission):
    return submission.texts.filter(kind="first-look").exists()


def look_first(submission, *, by, **answers):
    """Take the first look, with no risk but `answers` (slugs with underlines); whoever has it in hand keeps it."""
    answers = NO_RISK | {slug.replace("_", "-"): answer for slug, answer in answers.items()}
    seen = reading.unsealed_texts(submission, vault=open_vault(by))
    first_look.keep_first_look(seen, answers, why_no_case="The charity's solicitor rang the court on Monday.")
    submission.refresh_from_db()


def unfold(submission, *, by):
    """Open the account as its second reader does; answers with the submission."""
    reading.read_account(submission, vault=open_vault(by), unfolds=True)
    return submission


def agree(submission, *, by, no_danger=NO_DANGER):
    return say_second_yes(working_copies.newest_copy(unfold(submission, by=by)), by=by, no_danger=no_danger)


def correct(story, **fields):
    """Correct a live story by the real deeds; the two who read it read it again."""
    submission = Submission.objects.get(pk=story.submission_id)
    publishing.begin_correction(story, by=story.first_reader)
    put_forward(submission, by=story.first_reader, fields=fields)
    agree(submission, by=story.second_reader)


def an_entry(force="kent", kind="apology", words="We got this wrong.", *, by=None, stories=(), **more):
    """What a force answered, put forward and waiting for its second person; `more` are columns of the response."""
    fields = {"force_id": force, "kind": kind, "words": words, "source": "A letter to us", "checked": "switchboard"}
    fields |= {"planned": {"owner": "Head of Training", "due_on": date(2099, 1, 1)}}.get(kind, {})
    fields |= {"made": {"evidence_url": "https://www.police.uk/"}}.get(kind, {})
    slugs = " ".join(sorted(story.slug for story in stories))
    response = Response(live=False, **fields | {"month": date(2026, 3, 1), "story_slugs": slugs} | more)
    answers.enter_answer(response, by=by or _somebody("alice"))
    return response


def a_response(*said, first="alice", second="bob", **more):
    """A response that stands on the site, entered as `an_entry` takes it and agreed to by the real deeds."""
    return answers.agree_to_answer(an_entry(*said, by=_somebody(first), **more), by=_somebody(second))


def a_letter(force="kent", role="Head of Public Protection", month=date(2026, 3, 1), stories=()):
    """A letter to a force, recorded by a coordinator; where no story is given, one is told."""
    stories = list(stories) or [live_story(force=force, fields={"force": force})]
    slugs, by = [story.slug for story in stories], _somebody("carol", person, COORDINATORS)
    return answers.record_letter(force, month=month, role=role, stories=slugs, ask="", by=by)


def claim(submission, *, by):
    expires = timezone.now() + timedelta(minutes=30)
    Claim.objects.update_or_create(submission=submission, defaults={"holder": by, "expires_at": expires})
    return Submission.objects.get(pk=submission.pk)


def _somebody(name, make=moderator, *groups):
    return User.objects.filter(username=name).first() or make(name, *groups)
