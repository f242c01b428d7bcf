"""Keys and vaults, for the tests that look inside them."""

from moderation.models import KeyShare, ModeratorKey
from moderation.team import vault
from stories.crypto import passphrases, sealing
from tests import factories


def key_of(user):
    return ModeratorKey.objects.get(moderator=user, is_current=True)


def private_of(user):
    """The private half of a moderator's key, as their six words would open it."""
    return factories._locked_pair(user.pk)[0].private


def opened_by(user):
    """The vault as `user` unlocks it from what the database holds at this moment."""
    return vault.open_shares(key_of(user), private_of(user))


def own_fingerprint(user):
    return vault.key_fingerprint(key_of(user).public)


def with_paper():
    """Put the paper's share beside the queue key that the factories made; returns the paper."""
    pair = sealing.new_pair()
    vault.seal_share(KeyShare(epoch_id=1, paper_public=pair.public), factories.queue_pair().private)
    return passphrases.key_as_paper(pair.private)
