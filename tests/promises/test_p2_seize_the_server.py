"""P2 Seize the server, learn nothing that was not agreed for publication."""

import base64
import io
import itertools
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import models
from django.test import Client
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from moderation import decisions, working_copies
from moderation.team import second_factor
from moderation.team.permissions import MODERATORS
from stories.core import sealed_store
from stories.crypto import receipts, sealing
from stories.crypto.sealing import SealingError
from stories.intake import coming_back, labels, messages
from stories.models import SealedText, Submission
from tests import factories, vaults
from tests.moderation.team import second_step

pytestmark = pytest.mark.django_db

WORDS = "the heron stood in the canal all winter"


@pytest.fixture
def told(alice):
    """A submission with an account, a message, a note and a working copy, all holding WORDS."""
    submission = factories.submission_at("received", account=WORDS, differently=WORDS)
    factories.claim(submission, by=alice)
    working_copies.save_version(submission, factories.FIELDS | {"text": WORDS}, by=alice)
    messages.write_message(coming_back.open_code(submission.code), WORDS)
    decisions.write_note(submission, WORDS, about="other", by=alice)
    return submission


def test_no_table_holds_a_word_or_the_code(told):
    code = told.code.replace("-", "")

    for value in _every_stored_value():
        for secret in (WORDS, "heron", told.code, code, code.lower()):
            assert secret.encode() not in value


def test_no_stored_value_opens_any_account_message_note_or_working_copy(told):
    keys = {value for value in _every_stored_value() if len(value) == SecretBox.KEY_SIZE}
    keys |= {value[:32] for value in (settings.SECRET_KEY.encode(), settings.RECEIPT_PEPPER)}
    keys |= {
        value[start : start + 32] for value in _every_stored_value() for start in (0, 24, 40, 72) if len(value) > 31
    }

    opened = [key for key, text in itertools.product(keys, SealedText.objects.all()) if _opens(text, key)]

    assert keys
    assert opened == []
    # The code does open it.
    private = coming_back.open_code(told.code).private
    assert all(_opens(text, private) for text in SealedText.objects.filter(submission=told))
    assert sealing.matches(bytes(told.public_key), private)


def test_no_stored_value_and_no_other_code_unlocks_the_key_of_an_account(told):
    values = _every_stored_value() | {settings.SECRET_KEY.encode(), settings.RECEIPT_PEPPER}
    keys = {value[:32] for value in values} | {value[-32:] for value in values}

    assert bytes(told.look_up_id) in keys
    assert [key for key in keys if len(key) == SecretBox.KEY_SIZE and _unlocks(told, key)] == []
    assert _unlocks(told, receipts.wrapping_key(told.code, pepper=settings.RECEIPT_PEPPER))
    assert not _unlocks(told, receipts.wrapping_key(receipts.new_code(), pepper=settings.RECEIPT_PEPPER))


def test_recovery_paper_lies_in_no_file(settings, tmp_path):
    settings.DATA_DIR, said = tmp_path, io.StringIO()
    factories.person("alice", MODERATORS)

    call_command("vault", "init", "--admit", "alice", stdout=said)

    paper = re.search(r"(?:[0-9A-Z]{5}-){12}[0-9A-Z]{5}", said.getvalue())[0]
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and paper.encode() in path.read_bytes()]


def test_codes_are_too_many_to_be_tried():
    # Were there only 2³⁰, some of so many would be the same (but for a chance of one in a million).
    assert len({receipts.new_code() for _ in range(175_000)}) == 175_000


def test_no_private_key_lies_anywhere_in_the_clear_and_six_words_open_a_moderators(told, alice):
    with pytest.raises(SealingError):
        _unlocked(alice, factories.PASSWORD)
    factories.client_of(alice)
    private = {
        "story": coming_back.open_code(told.code).private,
        "queue": factories.queue_pair().private,
        "alice": _unlocked(alice, factories.WORDS),
    }
    assert sealing.matches(bytes(vaults.key_of(alice).public), private["alice"])

    stored = [value.lower() for value in _every_stored_value()]

    for whose, secret in private.items():
        for spelled in (secret, secret.hex().encode(), base64.b64encode(secret), base64.urlsafe_b64encode(secret)):
            assert not any(spelled.lower() in value for value in stored), whose


def test_queue_row_says_neither_force_nor_day(told):
    plain = {field.name for field in Submission._meta.concrete_fields}

    assert plain == {
        *("id", "look_up_id", "status", "week", "language", "is_urgent", "is_flood", "erase_on", "look_again_on"),
        *("erased_on", "yes_to_digest", "public_key", "key_under_code", "key_for_queue", "queue_epoch"),
        # Sealed; a week; and whose turn it is, of the team.
        *("labels", "unopened_since", "waits_for_yes", "meant_for", "practice_for"),
    }
    assert told.week.weekday() == 0
    assert len(told.labels) == labels.SIZE + 48


def test_stolen_session_row_opens_no_vault(told, alice):
    browser, thief = factories.client_of(alice), Client()
    thief.defaults["wsgi.url_scheme"] = "https"
    # The key of the row is the cookie itself, so whoever has the table is logged in.
    thief.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get().session_key

    # First the one who unlocked it: a visit without the second cookie locks the vault.
    assert WORDS in browser.get(f"/admin/queue/{told.pk}/").content.decode()
    page = thief.get(f"/admin/queue/{told.pk}/")

    assert (page.status_code, WORDS in page.content.decode()) == (403, False)
    assert "The vault is locked" in page.content.decode()


def test_database_alone_makes_no_code_of_anybodys_phone(alice):
    """Neither of the one that is set up, nor of the one that a session is setting up."""
    codes = second_step.set_up(alice)
    browser = factories.client_of(alice, unlocked=False)
    pending = browser.get("/admin/login/set-up/").context["letters"].replace(" ", "")
    phone = second_factor.phone_of(alice)
    secret = second_factor.SealedAdapter().decrypt(phone.data["secret"])

    held = b"".join(_every_stored_value()) + repr([each.get_decoded() for each in Session.objects.all()]).encode()

    assert phone.data["secret"].encode() in held
    for marker in (pending, secret, *(code.replace("-", "") for code in codes)):
        assert marker.encode() not in held


def test_no_stored_value_and_no_cookie_of_another_opens_the_box_of_a_session(told, alice, bob):
    own = factories.client_of(alice)
    box = base64.b64decode(own.session["vault_box"])
    assert box == base64.b64decode(Session.objects.get().get_decoded()["vault_box"])

    opened = [key for key in _every_stored_value() if len(key) == SecretBox.KEY_SIZE and _is_key_of(box, key)]
    others = [factories.client_of(person) for person in (alice, bob, bob)]
    keys = [base64.urlsafe_b64decode(client.cookies["heard_vault"].value) for client in (own, *others)]

    assert opened == []
    assert [_is_key_of(box, key) for key in keys] == [True, False, False, False]


def _unlocked(moderator, words):
    key, place = vaults.key_of(moderator), sealing.Place(row=str(moderator.pk), kind="moderator-key", number=0)
    return sealing.unlock_with_passphrase(bytes(key.locked_private), words, place=place)


def _is_key_of(box, key):
    return _succeeds(SecretBox(key).decrypt, box)


def _opens(text, key):
    return _succeeds(sealed_store.open_sealed_text, text, private=key)


def _unlocks(submission, key):
    locked, place = bytes(submission.key_under_code), sealed_store.key_place(submission.pk)
    return _succeeds(sealing.unlock_key, locked, under=key, place=place)


def _succeeds(do, *what, **how):
    try:
        do(*what, **how)
    except (SealingError, CryptoError):
        return False
    return True


def _every_stored_value():
    """Every value of every row of every table, as bytes; a session's as it is unpacked."""
    values = set()
    for model in apps.get_models():
        for row in model._base_manager.all():
            for field in model._meta.concrete_fields:
                values.add(_as_bytes(getattr(row, field.attname), field))
    for session in Session.objects.all():
        values |= {str(value).encode() for value in session.get_decoded().values()}
    return values - {b""}


def _as_bytes(value, field):
    if isinstance(field, models.BinaryField):
        return bytes(value or b"")
    return str(value).encode()
