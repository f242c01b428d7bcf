from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from moderation.models import KeyShare, ModeratorKey
from moderation.team import audit_log, keys, rotation, vault
from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS, Refused
from stories.crypto import passphrases, sealing
from tests import factories
from tests.vaults import key_of, opened_by, own_fingerprint, with_paper

pytestmark = pytest.mark.django_db


def test_new_key_ends_the_older_one_and_its_admission_is_told_for_48_hours(alice, bob):
    keys.make_key(bob)
    assert not KeyShare.objects.filter(key__moderator=bob).exists()

    keys.admit_key(key_of(bob), by=opened_by(alice), fingerprint=own_fingerprint(bob))

    assert [(share.key.moderator, share.shared_by) for share in keys.recent_admissions()] == [(bob, alice)]
    KeyShare.objects.update(admitted_at=timezone.now() - timedelta(hours=49))
    assert not keys.recent_admissions()


def test_key_is_not_admitted_that_is_own_replaced_swapped_or_half_read_out(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    older, read_out = key_of(bob), own_fingerprint(bob)

    def refused(key, fingerprint, why):
        with pytest.raises(Refused, match=why):
            keys.admit_key(key, by=opened_by(alice), fingerprint=fingerprint)

    refused(key_of(alice), own_fingerprint(alice), "Another moderator")
    refused(older, read_out[:19], "only the first half.*make a new key")
    ModeratorKey.objects.filter(moderator=bob).update(public=sealing.new_pair().public)
    refused(older, read_out, "isn’t the fingerprint")
    keys.make_key(bob)
    refused(older, own_fingerprint(bob), "isn’t the fingerprint")
    refused(older, vault.key_fingerprint(ModeratorKey.objects.get(pk=older.pk).public), "replaced")
    bob.groups.clear()
    refused(key_of(bob), own_fingerprint(bob), "Only moderators")
    assert not KeyShare.objects.filter(key__moderator=bob).exists()


def test_paper_still_opens_the_vault_after_a_rotation_and_a_wrong_one_is_told_kindly(alice):
    paper = with_paper()
    with pytest.raises(Refused, match="another vault’s"):
        keys.recover_key(alice, passphrases.key_as_paper(sealing.new_pair().private))
    with pytest.raises(Refused, match="Make one first"):
        keys.recover_key(factories.person("erin", MODERATORS), paper)
    rotation.reseal_some(by=rotation.begin_rotation(by=opened_by(alice)))
    dora = factories.moderator("dora", admitted_days_ago=None)

    keys.recover_key(dora, paper)

    assert opened_by(dora).keys == opened_by(alice).keys


def test_coordinator_stops_a_key_which_opens_nothing_then_and_an_editor_does_not(alice):
    with pytest.raises(Refused, match="Only"):
        keys.stop_key(key_of(alice), by=factories.person("erin", EDITORS))
    keys.stop_key(key_of(alice), by=factories.person("charlie", COORDINATORS))

    with pytest.raises(vault.NotShared):
        opened_by(alice)


def test_every_deed_leaves_a_trace_and_none_holds_a_secret(alice, bob):
    paper = with_paper()
    words = keys.make_key(dora := factories.person("dora", MODERATORS))
    keys.admit_key(key_of(dora), by=opened_by(alice), fingerprint=own_fingerprint(dora))
    keys.stop_key(key_of(dora), by=alice)
    keys.recover_key(dora, paper)
    rotation.reseal_some(by=rotation.begin_rotation(by=opened_by(alice)))

    entries = list(ModelLogEntry.objects.filter(action__startswith="heard.vault.").order_by("id"))

    assert [(entry.action, entry.user_id) for entry in entries] == [
        (audit_log.action_name(audit_log.MAKE), dora.pk),
        (audit_log.action_name(audit_log.ADMIT), alice.pk),
        (audit_log.action_name(audit_log.STOP), alice.pk),
        (audit_log.action_name(audit_log.RECOVER), None),
        (audit_log.action_name(audit_log.ROTATE), alice.pk),
        (audit_log.action_name(audit_log.ROTATED), alice.pk),
    ]
    written = " ".join(f"{entry.label} {entry.data} {entry.message}" for entry in entries)
    assert not [pair for pair in pairwise(words.split()) if " ".join(pair) in written]
    assert paper[:5] not in written
