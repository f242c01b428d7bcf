from datetime import timedelta
from itertools import pairwise

import nacl.exceptions
import nacl.pwhash
import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from wagtail.models import ModelLogEntry

from moderation import keys, leaving, passphrases, policies, reading, rotation, vault, vault_log
from moderation.errors import Refused
from moderation.models import KeyShare, ModeratorKey
from stories.models import QueueKey, Submission, TakeDownRequest
from stories.telling import sealed_store, sealing
from stories.telling.errors import DoesNotOpen
from tests import factories

pytestmark = pytest.mark.django_db


def key_of(user):
    return ModeratorKey.objects.get(moderator=user, is_current=True)


def private_of(user):
    """The private half of a moderator's key, as their six words would open it."""
    return factories._locked_pair(user.pk)[0].private


def opened_by(user):
    """The vault as `user` unlocks it from what the database holds at this moment."""
    return vault.open_shares(key_of(user), private_of(user))


def own_fingerprint(user):
    return vault.fingerprint(key_of(user).public)


def take_down_request(words="It is about me."):
    queue, story = factories.queue_key(), factories.live_story()
    request = TakeDownRequest(story=story, ground="about-me", week=story.month, queue_epoch=queue)
    request.box = sealed_store.request_sealed(words, to=bytes(queue.public), request_id=request.pk)
    request.save()
    return request


# Beginning


def test_vault_begins_once_and_keeps_nothing_that_opens_it():
    paper = passphrases.paper_as_key(vault.begin())

    share = KeyShare.objects.get()
    assert sealing.matches(bytes(share.paper_public), paper)
    assert paper not in bytes(share.box)
    with pytest.raises(Refused, match="begun already"):
        vault.begin()


def test_first_moderator_is_admitted_with_the_paper_and_opens_the_vault():
    paper = vault.begin()
    alice = factories.person("alice", policies.MODERATORS)
    words = keys.make(alice)

    keys.recover(alice, paper)

    assert sealing.matches(bytes(vault.current().public), vault.unlock(alice, words).keys[1])


@pytest.mark.slow
def test_six_words_open_the_vault_in_any_case_and_spacing(alice):
    assert vault.unlock(alice, "  Abacus-abdomen ABDOMINAL abide\tabiding ability ").keys == opened_by(alice).keys


# Why it doesn't open


@pytest.mark.slow
def test_wrong_words_are_told_with_a_hint_and_without_the_words(alice):
    with pytest.raises(vault.WrongPassphrase) as refused:
        vault.unlock(alice, "abacus abdomen abdominal abide abiding abilitie")

    assert refused.value.reason.endswith("Look at word 6: it isn't in our list.")
    assert "abilitie" not in str(refused.value)


@pytest.mark.slow
def test_words_of_another_moderator_do_not_open_the_vault(alice):
    keys.make(bob := factories.person("bob", policies.MODERATORS))

    with pytest.raises(vault.WrongPassphrase):
        vault.unlock(bob, factories.WORDS)


def test_vault_that_has_not_begun_says_who_begins_it():
    with pytest.raises(vault.NotBegun, match="vault init"):
        vault.unlock(factories.person("alice", policies.MODERATORS), factories.WORDS)


def test_moderator_without_a_key_is_told_to_make_one(queue_key):
    with pytest.raises(vault.NoKey, match="Make one"):
        vault.unlock(factories.person("alice", policies.MODERATORS), factories.WORDS)


@pytest.mark.slow
def test_moderator_whose_key_nobody_admitted_is_told_whom_to_ask(queue_key):
    alice = factories.moderator("alice", admitted_days_ago=None)

    with pytest.raises(vault.NotShared, match="Ask another moderator"):
        vault.unlock(alice, factories.WORDS)


def test_lack_of_memory_is_never_called_a_wrong_passphrase(alice, monkeypatch):
    def kdf(*args, **limits):
        raise nacl.exceptions.RuntimeError("failed")

    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", kdf)

    with pytest.raises(vault.TooBusy, match="may well be right"):
        vault.unlock(alice, factories.WORDS)


@pytest.mark.parametrize(("made_for_demo", "runs_as_demo"), [(True, False), (False, True)])
def test_demo_and_a_real_site_refuse_each_others_vault(alice, settings, made_for_demo, runs_as_demo):
    QueueKey.objects.update(made_for_demo=made_for_demo)
    settings.DEMO = runs_as_demo

    with pytest.raises(vault.OtherMode):
        vault.unlock(alice, factories.WORDS)


# Swapped and moved


def test_swapped_queue_key_is_noticed(alice):
    QueueKey.objects.update(public=sealing.new_pair().public)

    with pytest.raises(vault.SwappedKey, match="isn't the team's"):
        opened_by(alice)


@pytest.mark.slow
def test_swapped_key_of_a_moderator_is_noticed_when_they_unlock(alice):
    ModeratorKey.objects.filter(moderator=alice).update(public=sealing.new_pair().public)

    with pytest.raises(vault.SwappedKey, match="Your key was changed"):
        vault.unlock(alice, factories.WORDS)


def test_swapped_key_is_not_admitted_because_its_owner_reads_out_another_fingerprint(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    read_out = own_fingerprint(bob)
    ModeratorKey.objects.filter(moderator=bob).update(public=sealing.new_pair().public)

    with pytest.raises(Refused, match="isn't the fingerprint"):
        keys.admit(key_of(bob), by=opened_by(alice), fingerprint=read_out)
    assert not KeyShare.objects.filter(key=key_of(bob)).exists()


def test_rotation_seals_to_no_swapped_key_of_a_moderator(alice, bob):
    ModeratorKey.objects.filter(moderator=bob).update(public=sealing.new_pair().public)

    with pytest.raises(vault.SwappedKey, match="key of bob"):
        rotation.begin(by=opened_by(alice))
    assert vault.current().epoch == 1


def test_rotation_seals_to_no_swapped_paper(alice):
    _with_paper()
    KeyShare.objects.filter(key=None).update(paper_public=sealing.new_pair().public)

    with pytest.raises(vault.SwappedKey, match="the paper"):
        rotation.begin(by=opened_by(alice))
    assert vault.current().epoch == 1


def _with_paper():
    """Put the paper's share beside the queue key that the factories made; returns the paper."""
    pair = sealing.new_pair()
    box = vault.share_box(factories.queue_pair().private, to=pair.public, place=vault.share_place(None, 1))
    KeyShare.objects.create(epoch_id=1, paper_public=pair.public, box=box, admitted_at=timezone.now())
    return passphrases.key_as_paper(pair.private)


def test_share_put_into_another_holders_row_does_not_open(alice, bob):
    theirs = KeyShare.objects.get(key=key_of(bob))
    KeyShare.objects.filter(key=key_of(alice)).update(box=theirs.box)

    with pytest.raises(vault.ChangedShare):
        opened_by(alice)


def test_share_put_under_another_epoch_does_not_open(alice):
    QueueKey.objects.update(is_current=False)
    QueueKey.objects.create(epoch=2, public=factories.queue_pair().public)
    KeyShare.objects.update(epoch_id=2)

    with pytest.raises(vault.ChangedShare):
        opened_by(alice)


def test_share_with_any_byte_changed_does_not_open(alice):
    share = KeyShare.objects.get(key=key_of(alice))
    whole = bytes(share.box)

    for position in (0, 40, 111, 112, 143):
        share.box = whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
        with pytest.raises(vault.ChangedShare):
            vault.open_share(share, private=private_of(alice))


@pytest.mark.parametrize("change", [str.upper, lambda name: name.replace("-", " "), str])
def test_pinned_fingerprint_may_be_written_in_any_case_and_spacing(alice, settings, change):
    settings.QUEUE_KEY_FINGERPRINT = change(vault.fingerprint(factories.queue_pair().public))

    assert opened_by(alice).keys


def test_queue_key_that_is_not_the_pinned_one_is_refused_even_with_its_private_half(alice, settings):
    settings.QUEUE_KEY_FINGERPRINT = vault.fingerprint(sealing.new_pair().public)

    with pytest.raises(vault.OtherFingerprint, match="QUEUE_KEY_FINGERPRINT"):
        opened_by(alice)


# Admitting


def test_admitted_key_reads_at_once_and_agrees_after_48_hours(alice, monkeypatch):
    bob = factories.moderator("bob", admitted_days_ago=None)

    keys.admit(key_of(bob), by=opened_by(alice), fingerprint=own_fingerprint(bob))

    submission, theirs = factories.submission_at("received"), opened_by(bob)
    assert reading.read(submission, vault=theirs).account == factories.ACCOUNT
    assert "48 hours" in policies.why_not_trusted(theirs)
    later = timezone.now() + timedelta(hours=48, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert policies.why_not_trusted(theirs) is None


def test_nobody_admits_their_own_key(alice):
    opened = opened_by(alice)
    KeyShare.objects.all().delete()

    with pytest.raises(Refused, match="Another moderator"):
        keys.admit(key_of(alice), by=opened, fingerprint=own_fingerprint(alice))


def test_key_of_somebody_who_is_no_moderator_is_not_admitted(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    bob.groups.clear()

    with pytest.raises(Refused, match="Only moderators"):
        keys.admit(key_of(bob), by=opened_by(alice), fingerprint=own_fingerprint(bob))


def test_replaced_key_is_not_admitted(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    older = key_of(bob)
    keys.make(bob)

    with pytest.raises(Refused, match="replaced"):
        keys.admit(older, by=opened_by(alice), fingerprint=vault.fingerprint(older.public))


def test_new_key_ends_the_older_one_and_begins_the_48_hours_again(alice, bob):
    keys.make(bob)

    assert not KeyShare.objects.filter(key__moderator=bob).exists()
    keys.admit(key_of(bob), by=opened_by(alice), fingerprint=own_fingerprint(bob))
    assert [share.key.moderator for share in keys.recent_admissions()] == [bob]


def test_admission_is_told_for_48_hours(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    keys.admit(key_of(bob), by=opened_by(alice), fingerprint=own_fingerprint(bob))

    assert [(share.key.moderator, share.shared_by) for share in keys.recent_admissions()] == [(bob, alice)]
    KeyShare.objects.update(admitted_at=timezone.now() - timedelta(hours=49))
    assert not keys.recent_admissions()


# The paper


def test_paper_opens_the_vault_when_every_moderator_is_gone(alice, bob):
    paper, submission = _with_paper(), factories.submission_at("received")
    User.objects.update(is_active=False)
    leaving.stop_leavers()
    dora = factories.moderator("dora", admitted_days_ago=None)

    keys.recover(dora, paper)

    assert reading.read(submission, vault=opened_by(dora)).account == factories.ACCOUNT


def test_paper_still_opens_the_vault_after_a_rotation(alice):
    paper = _with_paper()
    rotation.reseal_some(by=rotation.begin(by=opened_by(alice)))
    dora = factories.moderator("dora", admitted_days_ago=None)

    keys.recover(dora, paper)

    assert opened_by(dora).keys == opened_by(alice).keys


def test_paper_of_another_vault_is_told_kindly(alice):
    _with_paper()

    with pytest.raises(Refused, match="another vault's"):
        keys.recover(alice, passphrases.key_as_paper(sealing.new_pair().private))


def test_recovery_without_a_key_says_to_make_one_first(queue_key):
    paper = _with_paper()

    with pytest.raises(Refused, match="Make one first"):
        keys.recover(factories.person("dora", policies.MODERATORS), paper)


# Stopping and leaving


def test_stopped_key_opens_nothing(alice, bob):
    keys.stop(key_of(bob), by=alice)

    with pytest.raises(vault.NotShared):
        opened_by(bob)


def test_coordinator_may_stop_a_key_and_an_editor_may_not(alice):
    with pytest.raises(Refused, match="Only"):
        keys.stop(key_of(alice), by=factories.person("erin", policies.EDITORS))
    keys.stop(key_of(alice), by=factories.person("charlie", policies.COORDINATORS))

    assert not keys.is_admitted(key_of(alice))


def _deactivate(user):
    user.is_active = False
    user.save()


LEAVING = {
    "deactivated": _deactivate,
    "removed from the group": lambda user: user.groups.remove(Group.objects.get(name=policies.MODERATORS)),
    "given other groups": lambda user: user.groups.set(Group.objects.filter(name=policies.EDITORS)),
    "taken out of all groups": lambda user: user.groups.clear(),
    "removed by the group": lambda user: Group.objects.get(name=policies.MODERATORS).user_set.remove(user),
}


@pytest.mark.parametrize("way", LEAVING)
def test_leaver_loses_their_share_and_a_notice_asks_to_rotate(alice, bob, way):
    LEAVING[way](bob)

    assert not keys.is_admitted(key_of(bob))
    assert keys.is_admitted(key_of(alice))
    assert keys.should_rotate()


def test_leaver_who_comes_back_is_admitted_again_before_they_read(bob):
    _deactivate(bob)
    bob.is_active = True
    bob.save()

    with pytest.raises(vault.NotShared):
        opened_by(bob)


def test_joining_another_group_costs_a_moderator_nothing(alice):
    alice.groups.add(Group.objects.get(name=policies.COORDINATORS))
    alice.save()

    assert keys.is_admitted(key_of(alice))
    assert not keys.should_rotate()


def test_rotation_ends_the_notice(alice, bob):
    _deactivate(bob)

    rotation.reseal_some(by=rotation.begin(by=opened_by(alice)))

    assert not keys.should_rotate()


# Rotating


def test_rotation_that_was_interrupted_goes_on_where_it_stopped(alice, bob, monkeypatch):
    monkeypatch.setattr(rotation, "AT_ONCE", 2)
    submissions = [factories.submission_at("received") for _ in range(5)]
    request = take_down_request()

    assert rotation.reseal_some(by=rotation.begin(by=opened_by(alice))) == 5
    # Here the server is stopped; another moderator goes on the next day.
    opened = opened_by(bob)
    assert rotation.is_unfinished()
    assert rotation.reseal_some(by=opened) == 3
    assert [rotation.reseal_some(by=opened), rotation.reseal_some(by=opened)] == [1, 0]

    opened = opened_by(alice)
    assert list(opened.keys) == [2]
    for submission in Submission.objects.filter(pk__in=[row.pk for row in submissions]):
        assert reading.read(submission, vault=opened).account == factories.ACCOUNT
    request.refresh_from_db()
    assert sealed_store.request_opened(request, private=opened.keys[2]) == "It is about me."


def test_everything_is_readable_in_the_middle_of_a_rotation(alice, monkeypatch):
    monkeypatch.setattr(rotation, "AT_ONCE", 1)
    for _ in range(3):
        factories.submission_at("received")

    opened = rotation.begin(by=opened_by(alice))
    rotation.reseal_some(by=opened)
    factories.submission_at("received")

    for submission in Submission.objects.all():
        assert reading.read(submission, vault=opened).account == factories.ACCOUNT


def test_old_share_is_useless_after_a_rotation(alice, bob):
    submission = factories.submission_at("received")
    kept = KeyShare.objects.get(key=key_of(bob))
    keys.stop(key_of(bob), by=alice)

    rotation.reseal_some(by=rotation.begin(by=opened_by(alice)))

    submission.refresh_from_db()
    old_private = vault.open_share(kept, private=private_of(bob))
    for epoch in (1, 2):
        place = sealed_store.queue_place(submission.pk, epoch)
        with pytest.raises(DoesNotOpen):
            sealing.open_key(bytes(submission.key_for_queue), private=old_private, place=place)
    assert set(KeyShare.objects.values_list("epoch", "key")) == {(2, key_of(alice).pk)}


def test_rotation_does_not_begin_again_before_it_is_finished(alice):
    opened = rotation.begin(by=opened_by(alice))

    with pytest.raises(Refused, match="being changed already"):
        rotation.begin(by=opened)


def test_48_hours_do_not_begin_again_with_a_rotation(alice):
    before = opened_by(alice).admitted_at

    rotation.reseal_some(by=rotation.begin(by=opened_by(alice)))

    assert opened_by(alice).admitted_at == before


def test_vault_that_was_opened_before_a_rotation_cannot_move_anything(alice):
    before = opened_by(alice)
    rotation.begin(by=before)

    with pytest.raises(Refused, match="Unlock it again"):
        rotation.reseal_some(by=before)


def test_account_that_does_not_open_is_passed_over_and_keeps_the_old_shares(alice):
    broken, whole = factories.submission_at("received"), factories.submission_at("received")
    Submission.objects.filter(pk=broken.pk).update(key_for_queue=bytes(112))

    opened = rotation.begin(by=opened_by(alice))
    assert rotation.reseal_some(by=opened) == 1
    with pytest.raises(Refused, match="1 account doesn't open"):
        rotation.reseal_some(by=opened)

    whole.refresh_from_db()
    assert whole.queue_epoch_id == 2
    assert rotation.is_unfinished()


def test_erased_account_does_not_stand_in_the_way_of_a_rotation(alice):
    submission = factories.submission_at("received")
    Submission.objects.filter(pk=submission.pk).update(key_for_queue=b"", queue_epoch=None)

    assert rotation.reseal_some(by=rotation.begin(by=opened_by(alice))) == 0


# Nothing tells


def test_open_vault_shows_no_key_when_it_is_printed(alice):
    opened = opened_by(alice)

    assert opened.keys[1].hex() not in repr(opened)
    assert repr(opened.keys[1]) not in repr(opened)


def test_every_deed_leaves_a_trace_and_none_holds_a_secret(alice, bob):
    paper = _with_paper()
    words = keys.make(dora := factories.person("dora", policies.MODERATORS))
    keys.admit(key_of(dora), by=opened_by(alice), fingerprint=own_fingerprint(dora))
    keys.stop(key_of(dora), by=alice)
    keys.recover(dora, paper)
    rotation.reseal_some(by=rotation.begin(by=opened_by(alice)))

    entries = list(ModelLogEntry.objects.filter(action__startswith="heard.vault.").order_by("id"))

    assert [(entry.action, entry.user_id) for entry in entries] == [
        (vault_log.MAKE, dora.pk),
        (vault_log.ADMIT, alice.pk),
        (vault_log.STOP, alice.pk),
        (vault_log.RECOVER, None),
        (vault_log.ROTATE, alice.pk),
        (vault_log.ROTATED, alice.pk),
    ]
    written = " ".join(f"{entry.label} {entry.data} {entry.message}" for entry in entries)
    assert not [pair for pair in pairwise(words.split()) if " ".join(pair) in written]
    assert paper[:5] not in written
