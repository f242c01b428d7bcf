"""What could identify somebody and stays: with a written reason, or the text isn't put forward."""

import pytest
from django.db import connection

from moderation import reading, working_copies
from moderation.models import Agreement
from moderation.redaction import findings
from moderation.team.permissions import Refused
from stories.core import lifecycle, publication_gate
from stories.core.scanner import Look
from stories.intake import retention
from stories.models import Event, Submission
from stories.pii import replacements
from stories.pii.replacements import key_of
from tests import factories
from tests.moderation import room

PHONE, HANDLE = "07700 900123", "@jamie_oakes99"
TEXT = f"I rang {PHONE} and waited."
KEY = key_of("PHONE", PHONE)
WHY = "It is the number that the force itself prints."

pytestmark = pytest.mark.django_db
put_forward = factories.say_first_yes


@pytest.fixture
def submission(alice, bob):
    return in_hand(alice)


def in_hand(alice, **changes):
    found = factories.submission_at("received", **changes)
    factories.claim(found, by=alice)
    factories.look_first(found, by=alice)
    return found


def saved(submission, by, *, left=None, **fields):
    return working_copies.save_version(submission, factories.FIELDS | {"text": TEXT} | fields, by=by, left=left)


def payload(copy, by):
    return reading.working_copy(copy.sealed, vault=factories.open_vault(by))


def test_reasons_are_kept_cleaned_for_the_words_that_are_there(submission, alice):
    officer, long = key_of("OFFICER_NAME", "Quillfeather"), " The\u202eforce\n\nprints it. " + "x" * 400
    for name, text, left, kept in (
        ("a reason", TEXT, {KEY: WHY}, {KEY: WHY}),
        ("none", TEXT, {}, {}),
        ("a blank one", TEXT, {KEY: " \n "}, {}),
        ("of words that are gone", "I rang and waited.", {KEY: WHY}, {}),
        ("of a name, which needs none", "Officer Quillfeather listened.", {officer: "Judged."}, {officer: "Judged."}),
        ("a long one", TEXT, {KEY: long}, {KEY: f"Theforce prints it. {'x' * 280}"}),
    ):
        assert payload(saved(submission, alice, text=text, left=left), alice)["left"] == kept, name


def test_text_is_looked_at_before_either_transaction_that_locks(submission, alice, bob, monkeypatch):
    """On SQLite the transaction holds the one lock to write: nobody could send while a machine looks."""
    outside, find, seen_at = len(connection.savepoint_ids), replacements.find_identifying, []

    def look(text, **options):
        seen_at.append(len(connection.savepoint_ids))
        return find(text, **options)

    monkeypatch.setattr(replacements, "find_identifying", look)
    copy = saved(submission, alice, left={KEY: WHY})
    put_forward(copy, by=alice)
    assert set(seen_at) == {outside}
    factories.unfold(submission, by=bob)
    seen_at.clear()
    factories.say_second_yes(copy, by=bob)
    assert set(seen_at) == {outside}


def test_text_with_a_phone_number_isnt_put_forward_by_any_way(submission, alice, bob):
    saved(submission, alice, left={KEY: WHY})
    copy = saved(submission, alice)

    with pytest.raises(Refused, match="phone number") as refused:
        put_forward(copy, by=alice)
    crafted = {f"left-{KEY}": "", "left": WHY, "held_back": ""}
    response = room.put_forward(factories.client_of(alice), submission, **crafted)
    room.agree(factories.client_of(bob), submission)

    assert PHONE not in refused.value.reason
    assert "phone number" in room.text_of(response)
    assert Submission.objects.get().status == Submission.Status.RECEIVED
    assert not Agreement.objects.exists()
    assert not Event.objects.filter(deed="put forward").exists()
    room.assert_nowhere(PHONE)


def test_text_is_put_forward_with_a_sealed_reason_that_the_second_reader_is_given(submission, alice, bob):
    copy = saved(submission, alice, left={KEY: WHY})

    put_forward(copy, by=alice)
    factories.unfold(submission, by=bob)

    assert b"force itself prints" not in bytes(copy.sealed.box)
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert "force itself prints" not in str(cursor.fetchall()), table
    assert payload(copy, bob)["left"] == {KEY: WHY}
    story = factories.say_second_yes(copy, by=bob)
    assert story.text == TEXT
    assert WHY not in story.agreed


def test_log_keeps_how_many_of_each_kind_were_replaced_and_left_and_no_word_of_it(alice, bob):
    account = f"I rang {PHONE} and again {PHONE}. Write to jamie@nettle.example or {HANDLE} on instagram."
    submission = in_hand(alice, account=account, differently="Officer Quillfeather should have rung back.")

    put_forward(saved(submission, alice, left={KEY: WHY}), by=alice)

    [counts] = Event.objects.exclude(counts=None).values_list("counts", flat=True)
    assert counts == {"replaced": {"EMAIL": 1, "HANDLE": 1, "OFFICER_NAME": 1}, "left": {"PHONE": 1}}
    retention.erase_submission(submission, on=lifecycle.today())
    assert Event.objects.get(deed="put forward").counts["left"] == {"PHONE": 1}, "counts stay"


def test_words_that_stay_where_a_machine_overlooks_them_arent_counted_as_replaced(monkeypatch):
    monkeypatch.setattr(publication_gate, "looked_at", lambda fields, look, **names: [(fields["text"], [])])

    _held_back, counts = findings.what_is_seen({"text": TEXT}, {"account": TEXT}, look=Look())

    assert counts == {"replaced": {}, "left": {}}
