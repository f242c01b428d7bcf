"""`manage.py vault`, as whoever runs the server types it."""

import io
import re
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from moderation import reading
from moderation.management.commands import vault as vault_command
from moderation.models import KeyShare
from moderation.policies.texts import why_not_trusted
from moderation.team import audit_log, rotation, vault
from moderation.team.permissions import EDITORS, MODERATORS, Refused
from stories.crypto import passphrases, sealing
from stories.models import QueueKey, Submission
from tests import factories
from tests.vaults import key_of, own_fingerprint

pytestmark = pytest.mark.django_db
PAPER = re.compile(r"(?:[0-9A-Z]{5}-){12}[0-9A-Z]{5}")


def run(*arguments, typed=""):
    """Return what the command says, with `typed` on standard input."""
    out = io.StringIO()
    with patch("sys.stdin", io.StringIO(typed)):
        call_command("vault", *arguments, stdout=out)
    return out.getvalue()


def six_words_in(said):
    words = set(passphrases.word_list())
    return next(line.strip() for line in said.splitlines() if len(line.split()) == 6 and set(line.split()) <= words)


@pytest.fixture
def begun(db):
    """A vault with alice in it: what `init` said, the paper, and her words."""
    factories.person("alice", MODERATORS)
    said = run("init", "--admit", "alice")
    return {"said": said, "paper": PAPER.search(said)[0], "words": six_words_in(said)}


def test_init_prints_the_paper_once_admits_the_first_and_refuses_the_second_time(begun):
    paper = passphrases.paper_as_key(PAPER.search(begun["said"])[0])
    queue, alice = vault.current_queue_key(), User.objects.get(username="alice")

    share = KeyShare.objects.get(key=None)
    assert sealing.matches(bytes(share.paper_public), paper)
    assert paper not in bytes(share.box)
    assert vault.key_fingerprint(queue.public) in begun["said"]
    assert ModelLogEntry.objects.get(action=audit_log.action_name(audit_log.BEGIN)).user is None
    opened = vault.unlock_vault(alice, begun["words"])
    assert sealing.matches(bytes(queue.public), opened.keys[1])
    assert "48 hours" in why_not_trusted(opened)
    with pytest.raises(CommandError, match="begun already"):
        run("init")
    # Nor where another began it while this one waited for the paper.
    with pytest.raises(Refused, match="begun already"):
        vault.begin_vault()


def test_init_begins_nothing_for_no_moderator_nor_before_the_paper_is_written_down():
    typed = io.StringIO()
    factories.person("erin", EDITORS)
    for name in ("nobody", "erin"):
        with pytest.raises(CommandError, match=name):
            run("init", "--admit", name)
    with pytest.raises(CommandError, match="Nothing was made"):
        run("init", "--ask-back", typed="WRONG\n")
    assert not QueueKey.objects.exists()

    with patch.object(vault_command, "_read", lambda prompt: PAPER.search(typed.getvalue())[0][-5:].lower()):
        call_command("vault", "init", "--ask-back", stdout=typed)

    assert vault.key_fingerprint(vault.current_queue_key().public) in typed.getvalue()
    paper = passphrases.paper_as_key(PAPER.search(typed.getvalue())[0])
    assert sealing.matches(bytes(KeyShare.objects.get(key=None).paper_public), paper)


def test_status_tells_holders_and_what_is_left_and_the_next_command_goes_on_with_it(begun, monkeypatch):
    monkeypatch.setattr(rotation, "AT_ONCE", 1)
    factories.moderator("bob", admitted_days_ago=None)
    factories.person("dora", MODERATORS)
    for _ in range(3):
        factories.submission_at("received")
    opened = vault.unlock_vault(User.objects.get(username="alice"), begun["words"])
    assert rotation.reseal_some(by=rotation.begin_rotation(by=opened)) == 2

    said = run("status")

    for words in (
        "Epoch 2, made for a real site.",
        vault.key_fingerprint(vault.current_queue_key().public),
        "alice: opens the vault, and agrees to texts from",
        "bob: waits to be admitted",
        "dora: no key yet",
        "older epochs: 2",
        "unfinished",
    ):
        assert words in said
    assert begun["words"] not in said
    assert not PAPER.search(said)

    done = run("rotate", "alice", typed=begun["words"])

    assert "1 left" in done
    assert "Done." in done
    assert vault.current_queue_key().epoch == 2
    assert not Submission.objects.filter(queue_epoch=1).exists()


def test_status_tells_what_a_pinned_fingerprint_locks_out(alice, settings):
    whole = vault.key_fingerprint(vault.current_queue_key().public)

    for pin, says in (("0000-0000-0000-0000", "nobody can unlock"), (whole[:19], "only the first half"), (whole, "")):
        settings.QUEUE_KEY_FINGERPRINT = pin
        said = run("status")
        assert says in said
        assert ("QUEUE_KEY_FINGERPRINT" in said) is bool(says)

    # Nor does the command of a real site open the demo's vault.
    QueueKey.objects.update(made_for_demo=True)
    for deed in (["status"], ["rotate", "alice"], ["recover", "alice"]):
        with pytest.raises(CommandError, match="The demo made this vault"):
            run(*deed, typed=factories.WORDS)


def test_moderator_is_admitted_by_another_ones_words_or_by_the_paper_once_all_left(begun):
    submission = factories.submission_at()
    bob, dora = (factories.person(name, MODERATORS) for name in ("bob", "dora"))
    said = run("make-key", "bob")
    fingerprint = own_fingerprint(bob)
    assert fingerprint in said
    run("admit", "bob", "--by", "alice", "--fingerprint", fingerprint, typed=begun["words"])
    assert KeyShare.objects.get(key=key_of(bob)).shared_by.username == "alice"

    User.objects.exclude(username="dora").update(is_active=False)
    words = six_words_in(run("make-key", "dora"))
    said = run("recover", "dora", typed=begun["paper"].lower().replace("-", " ") + "\n")

    assert "dora’s key is admitted" in said
    opened = vault.unlock_vault(dora, words)
    assert reading.read_account(submission, vault=opened).account == factories.ACCOUNT


def test_rotation_with_a_new_paper_prints_it_once_and_the_old_one_lets_nobody_in(begun, settings):
    factories.person("dora", MODERATORS)
    settings.QUEUE_KEY_FINGERPRINT = vault.key_fingerprint(vault.current_queue_key().public)

    said = run("rotate", "alice", "--new-paper", typed=begun["words"])

    [paper] = PAPER.findall(said)
    assert paper != begun["paper"]
    assert "Set QUEUE_KEY_FINGERPRINT to it" in said
    settings.QUEUE_KEY_FINGERPRINT = ""
    run("make-key", "dora")
    with pytest.raises(CommandError, match="another vault’s"):
        run("recover", "dora", typed=begun["paper"])
    assert "dora’s key is admitted" in run("recover", "dora", typed=paper)
    assert ModelLogEntry.objects.get(action=audit_log.action_name(audit_log.NEW_PAPER)).user.username == "alice"
