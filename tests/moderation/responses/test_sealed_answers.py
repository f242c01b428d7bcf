"""Answers that an earlier release sealed: the first vault that opens makes drafts of them, and none is dropped."""

import pytest

from moderation.forces import answers
from moderation.models import ResponseEntry, ResponseVersion
from moderation.team import rotation
from stories.core import sealed_store
from stories.crypto import sealing
from stories.intake import retention
from stories.models import Letter, QueueKey, Response
from tests import factories

pytestmark = pytest.mark.django_db
FIELDS = dict.fromkeys(
    ("force", "kind", "words", "context", "about_year", "month", "source", "source_url", "owner", "due_on"), ""
) | {"evidence_url": "", "stories": "", "ask": ""}


def seal(by, *versions, pk=None, state="waiting", letter=None):
    """An entry as the earlier release kept it, each version sealed to the queue key of its day."""
    entry = ResponseEntry.objects.create(force_id="kent", state=state, letter=letter, **({"pk": pk} if pk else {}))
    queue = QueueKey.objects.get(is_current=True)
    for number, words in enumerate(versions, 1):
        fields = FIELDS | {"force": "kent", "kind": "apology", "words": words, "month": "2026-03-01"}
        payload = {"fields": fields, "salt": "x", "checked": "switchboard", "left": {}}
        box = sealing.seal_payload(payload, to=bytes(queue.public), place=sealed_store.response_place(entry.pk, number))
        ResponseVersion.objects.create(entry=entry, number=number, box=box, queue_epoch=queue, written_by=by)
    return entry


def test_first_unlocking_carries_what_waited_to_its_second_person(carol, alice, bob):
    entry = seal(carol, "First.", "We are sorry.")
    retention.run_retention()
    assert ResponseEntry.objects.exists()
    of_alice = factories.client_of(alice, unlocked=False)

    of_alice.post("/admin/vault/unlock/", {"words": factories.WORDS})

    draft = Response.objects.get(pk=entry.pk)
    assert (draft.words, draft.live, draft.is_entered) == ("We are sorry.", False, True)
    assert [each.content["words"] for each in draft.revisions.order_by("pk")] == ["First.", "We are sorry."]
    assert draft.author_ids() == {carol.pk}
    assert not ResponseEntry.objects.exists()
    assert answers.agree_to_answer(draft, by=bob).words == "We are sorry."


def test_correction_of_what_stands_and_what_was_sent_back_come_along(carol, alice, bob):
    standing = factories.a_response(words="Stands.")
    seal(carol, "Corrected.", pk=standing.pk)
    back = seal(carol, "Came back.", state="sent-back")

    assert answers.move_sealed_answers(factories.open_vault(alice)) == 2

    standing.refresh_from_db()
    assert (standing.words, standing.get_latest_revision_as_object().words) == ("Stands.", "Corrected.")
    assert standing.workflow_in_progress
    assert not Response.objects.get(pk=back.pk).workflow_in_progress


def test_one_that_this_vault_does_not_open_waits_for_another(carol, alice):
    entry = seal(carol, "We are sorry.")
    ResponseVersion.objects.update(box=b"not a box of ours")

    assert answers.move_sealed_answers(factories.open_vault(alice)) == 0

    assert ResponseEntry.objects.get() == entry


def test_one_that_waits_moves_with_the_teams_key(carol, alice, bob):
    seal(carol, "We are sorry.")
    opened = rotation.begin_rotation(by=factories.open_vault(bob))
    assert rotation.reseal_some(by=opened) == 0

    assert answers.move_sealed_answers(opened) == 1


def test_its_letter_is_answered_by_the_draft_from_here_on(carol, alice):
    letter = factories.a_letter()
    Letter.objects.update(is_answered=True)
    entry = seal(carol, "We are sorry.", letter=letter)
    entry.speaks_to.add(letter)

    answers.move_sealed_answers(factories.open_vault(alice))

    letter.refresh_from_db()
    assert (letter.is_answered, answers.draft_in_hand(letter).pk) == (False, entry.pk)
