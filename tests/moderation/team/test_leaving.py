import pytest
from django.contrib.auth.models import Group

from moderation import claims
from moderation.team import keys, vault
from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS
from tests import factories
from tests.vaults import key_of, opened_by

pytestmark = pytest.mark.django_db


def _deactivate(user):
    user.is_active = False
    user.save()


LEAVING = {
    "deactivated": _deactivate,
    "removed from the group": lambda user: user.groups.remove(Group.objects.get(name=MODERATORS)),
    "given other groups": lambda user: user.groups.set(Group.objects.filter(name=EDITORS)),
    "taken out of all groups": lambda user: user.groups.clear(),
    "removed by the group": lambda user: Group.objects.get(name=MODERATORS).user_set.remove(user),
}


@pytest.mark.parametrize("way", LEAVING)
def test_leaver_loses_their_share_and_what_they_had_in_hand_and_a_notice_asks_to_rotate(alice, bob, way):
    his, hers = (factories.submission_at("received") for _ in range(2))
    claims.take_claim(his, by=bob)
    claims.take_claim(hers, by=alice)

    LEAVING[way](bob)

    assert not keys.is_admitted(key_of(bob))
    assert keys.is_admitted(key_of(alice))
    assert keys.should_rotate()
    claims.take_claim(his, by=alice)
    assert {claim.submission for claim in claims.claims_of(alice)} == {his, hers}
    # Whoever comes back is admitted again before they read.
    bob.is_active = True
    bob.save()
    bob.groups.add(Group.objects.get(name=MODERATORS))
    with pytest.raises(vault.NotShared):
        opened_by(bob)


def test_joining_another_group_costs_a_moderator_nothing(alice):
    alice.groups.add(Group.objects.get(name=COORDINATORS))
    alice.save()

    assert keys.is_admitted(key_of(alice))
    assert not keys.should_rotate()
