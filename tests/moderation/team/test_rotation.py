import pytest

from moderation import reading
from moderation.models import KeyShare, ModeratorKey
from moderation.team import keys, rotation, vault
from moderation.team.permissions import Refused
from stories.core import sealed_store
from stories.crypto import passphrases, sealing
from stories.crypto.sealing import DoesNotOpen
from stories.models import Submission, TakeDownRequest
from tests import factories
from tests.vaults import key_of, opened_by, private_of, with_paper

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def test_rotation_that_was_interrupted_goes_on_where_it_stopped(alice, bob, monkeypatch):
    monkeypatch.setattr(rotation, "AT_ONCE", 2)
    submissions = [factories.submission_at("received") for _ in range(5)]
    queue, story = factories.queue_key(), factories.live_story()
    request = TakeDownRequest(story=story, ground="about-me", week=story.month, queue_epoch=queue)
    request.box = sealed_store.request_sealed({"text": "It is I."}, to=bytes(queue.public), request_id=request.pk)
    request.save()

    opened = rotation.begin_rotation(by=opened_by(alice))
    assert rotation.reseal_some(by=opened) == 5
    for submission in (*submissions, factories.submission_at("received")):
        assert reading.read_account(submission, vault=opened).account == factories.ACCOUNT
    # Here the server is stopped; another moderator goes on the next day.
    opened = opened_by(bob)
    assert rotation.is_unfinished()
    assert rotation.reseal_some(by=opened) == 3
    assert [rotation.reseal_some(by=opened), rotation.reseal_some(by=opened)] == [1, 0]

    opened = opened_by(alice)
    assert list(opened.keys) == [2]
    for submission in Submission.objects.filter(pk__in=[row.pk for row in submissions]):
        assert reading.read_account(submission, vault=opened).account == factories.ACCOUNT
    request.refresh_from_db()
    assert sealed_store.request_opened(request, private=opened.keys[2]) == {"text": "It is I."}


def test_old_share_is_useless_after_a_rotation(alice, bob):
    submission = factories.submission_at("received")
    kept = KeyShare.objects.get(key=key_of(bob))
    keys.stop_key(key_of(bob), by=alice)

    rotation.reseal_some(by=rotation.begin_rotation(by=opened_by(alice)))

    submission.refresh_from_db()
    old_private = vault.open_share(kept, private=private_of(bob))
    for epoch in (1, 2):
        place = sealed_store.queue_place(submission.pk, epoch)
        with pytest.raises(DoesNotOpen):
            sealing.open_key(bytes(submission.key_for_queue), private=old_private, place=place)
    assert set(KeyShare.objects.values_list("epoch", "key")) == {(2, key_of(alice).pk)}


def test_account_that_does_not_open_is_passed_over_and_keeps_the_old_shares(alice):
    broken, whole = factories.submission_at("received"), factories.submission_at("received")
    Submission.objects.filter(pk=broken.pk).update(key_for_queue=bytes(112))

    opened, papers = rotation.begin_rotation(by=opened_by(alice)), KeyShare.objects.filter(key=None).count()
    assert rotation.reseal_some(by=opened) == 1
    with pytest.raises(Refused, match="1 account doesn’t open"):
        rotation.reseal_some(by=opened)

    whole.refresh_from_db()
    assert whole.queue_epoch_id == 2
    assert rotation.is_unfinished()
    # Nor does another begin before it is finished.
    for begin in (rotation.begin_rotation, rotation.begin_with_new_paper):
        with pytest.raises(Refused, match="being changed already"):
            begin(by=opened)
    assert KeyShare.objects.filter(key=None).count() == papers


def test_vault_opened_before_a_rotation_admits_nobody_and_one_within_by_the_new_key(alice):
    factories.submission_at("received")
    before, dora = opened_by(alice), factories.moderator("dora", admitted_days_ago=None)
    opened = rotation.begin_rotation(by=before)

    with pytest.raises(Refused, match="Unlock it again"):
        rotation.reseal_some(by=before)
    rotation.reseal_some(by=opened)
    with pytest.raises(Refused, match="Unlock it again"):
        vault.admit_holder(key_of(dora), by=before)
    assert opened_by(alice).admitted_at == before.admitted_at

    # It still holds the retired key, and shares only the new one.
    assert set(opened.keys) == {1, 2}
    vault.admit_holder(key_of(dora), by=opened)
    assert set(KeyShare.objects.values_list("epoch", flat=True)) == {2}
    assert not rotation.is_unfinished()


def test_rotation_seals_to_no_swapped_key_or_paper_and_hides_neither(alice, bob):
    def refused(why):
        for begin in (rotation.begin_rotation, rotation.begin_with_new_paper):
            with pytest.raises(vault.SwappedKey, match=why):
                begin(by=opened_by(alice))
        assert vault.current_queue_key().epoch == 1

    with_paper()
    KeyShare.objects.filter(key=None).update(paper_public=sealing.new_pair().public)
    refused("the paper")
    KeyShare.objects.filter(key=None).delete()
    ModeratorKey.objects.filter(moderator=bob).update(public=sealing.new_pair().public)
    refused("key of bob")


@pytest.mark.parametrize("is_lost", [False, True])
def test_new_paper_opens_everything_and_the_old_one_nothing_from_the_start(alice, is_lost):
    old = "" if is_lost else with_paper()
    opened, new = rotation.begin_with_new_paper(by=opened_by(alice))

    for moment, epochs in (("in the middle", {1, 2}), ("when it is done", {2})):
        with pytest.raises(Refused, match=None if is_lost else "another vault’s"):
            vault.admit_with_paper(key_of(factories.moderator(f"a {moment}", admitted_days_ago=None)), old)
        eve = factories.moderator(f"b {moment}", admitted_days_ago=None)
        vault.admit_with_paper(key_of(eve), new)
        assert set(opened_by(eve).keys) == epochs
        rotation.reseal_some(by=opened)

    assert KeyShare.objects.filter(key=None).count() == 1
    for share in KeyShare.objects.all() if old else ():
        with pytest.raises(vault.SwappedKey, match="moved or altered"):
            vault.open_share(share, private=passphrases.paper_as_key(old))
