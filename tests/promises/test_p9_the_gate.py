"""Nothing becomes public before two people have said that nobody is in danger: by POST, and below every page."""

import html
import itertools
from datetime import timedelta

import pytest
from django.core import serializers
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from moderation import decisions, publishing, reading, triggers, working_copies
from moderation.models import Agreement, WorkingCopy
from moderation.policies.danger import Statement, is_answered
from moderation.team.permissions import Refused
from moderation.views.decorators import TOKEN, words_token
from stories import danger as scanner
from stories.core import lifecycle
from stories.intake import coming_back, messages
from stories.models import Event, SealedText, Story, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db
# Heard when somebody writes it, and nowhere to be found in plain words afterwards.
IN_DANGER = "I have the tablets here and I will end it tonight."
OF_A_CHILD = "My son is 14 and they shared it."
FIRST_SENTENCE = "Her quillfeather sister has been with her since Monday."
SECOND_SENTENCE = "I asked the safeguarding lead, who nettlebridge confirms it."
NO = {"danger-now": "no"}
by = factories.client_of


@pytest.fixture(autouse=True)
def _every_batch_is_large_enough(monkeypatch):
    monkeypatch.setattr(publishing, "SMALLEST_BATCH", 1)


@pytest.fixture
def in_danger(alice, bob):
    return factories.submission_at("received", account=f"They sent me home. {IN_DANGER}")


def take_first_look(user, submission, **answers):
    slugs = {slug.replace("-", "_"): slug for slug in factories.NO_RISK}
    data = factories.NO_RISK | {slugs[name]: answer for name, answer in answers.items()}
    return room.press(by(user), "room_first_look", submission.pk, **data, note="", **{TOKEN: words_token(user)})


def begin(user, submission, **fields):
    """Claim it, take a first look that finds nothing, and save a version."""
    room.press(by(user), "room_claim", submission.pk)
    take_first_look(user, submission)
    room.save(by(user), user, submission, **fields)


def write(submission, text):
    messages.write_message(coming_back.open_code(submission.code), text)
    submission.refresh_from_db()


def agreed(**changes):
    submission = factories.submission_at("agreed", **changes)
    return submission, Story.objects.get(submission=submission)


def published():
    publishing.publish_batch()
    return Story.objects.filter(status="live").count()


def status_of(submission):
    return Submission.objects.get(pk=submission.pk).status


def refused_by_the_database(do):
    with pytest.raises(DatabaseError), transaction.atomic():
        do()


@pytest.mark.parametrize("words", [IN_DANGER, OF_A_CHILD])
def test_words_of_danger_take_two_noes_each_with_its_sentence(words, alice, bob):
    in_danger = factories.submission_at("received", account=f"They sent me home. {words}")
    begin(alice, in_danger)
    page = room.text_of(room.see(by(alice), "room_read", in_danger.pk))
    assert 'name="danger-now"' in page
    assert 'name="danger-now" value="no" checked' not in page.replace(' id="id_danger-now_1"', "")

    unanswered = room.put_forward(by(alice), in_danger, **{"danger-now": "", "danger-text": FIRST_SENTENCE})
    assert FIRST_SENTENCE in room.text_of(unanswered)
    without = room.put_forward(by(alice), in_danger)
    assert "Write in a sentence why that is over" in room.text_of(without)
    room.put_forward(by(alice), in_danger, **{"danger-text": FIRST_SENTENCE})
    assert status_of(in_danger) == "prepared"
    assert FIRST_SENTENCE in room.text_of(room.see(by(bob), "room_second", in_danger.pk))

    without = room.agree(by(bob), in_danger)
    assert "Write in a sentence why that is over" in room.text_of(without)
    assert not Story.objects.exists()
    room.agree(by(bob), in_danger, **{"danger-text": SECOND_SENTENCE})

    assert published() == 1
    assert status_of(in_danger) == "published"


@pytest.mark.parametrize("now", ["", "yes", "not-sure", "NO", "0"])
def test_plain_story_takes_a_no_of_each_of_the_two_as_well(alice, bob, now):
    submission = factories.submission_at("received")
    begin(alice, submission)

    refused = room.put_forward(by(alice), submission, **{"danger-now": now})
    assert refused.status_code == 200
    assert reverse("room_first_look", args=[submission.pk]) in room.text_of(refused)
    assert status_of(submission) == "received"

    room.put_forward(by(alice), submission)
    refused = room.agree(by(bob), submission, **{"danger-now": now})

    assert refused.status_code == 200
    assert not Story.objects.exists()
    assert status_of(submission) == "prepared"


@pytest.mark.parametrize("answer", ["yes", "not-sure"])
@pytest.mark.parametrize("slug", ["life", "under_18"])
def test_danger_in_a_first_look_takes_two_people_and_a_sentence_with_each_yes(alice, bob, slug, answer):
    submission = factories.submission_at("received")
    room.press(by(alice), "room_claim", submission.pk)
    take_first_look(alice, submission, **{slug: answer})
    room.save(by(alice), alice, submission)

    room.put_forward(by(alice), submission, **{"danger-text": FIRST_SENTENCE})
    assert status_of(submission) == "received"
    take_first_look(alice, submission)
    factories.look_first(submission, by=bob)

    assert "in a sentence" in room.text_of(room.put_forward(by(alice), submission))
    room.put_forward(by(alice), submission, **{"danger-text": FIRST_SENTENCE})
    assert status_of(submission) == "prepared"


def test_past_danger_locks_nothing_unless_a_reader_doubts(alice, bob, monkeypatch):
    monkeypatch.setattr(scanner, "scan_for_danger", lambda text: scanner.Danger(scanner.PAST))
    submission = factories.submission_at("agreed")

    assert is_answered(reading.unsealed_texts(submission, vault=factories.open_vault(alice)).danger)
    assert published() == 1


def test_second_readers_page_begins_with_the_first_look_and_says_what_changed(in_danger, alice, bob):
    room.press(by(alice), "room_claim", in_danger.pk)
    note = "I rang Farida on Tuesday."
    data = factories.NO_RISK | {"self-harm": "yes", "note": note, TOKEN: words_token(alice)}
    room.press(by(alice), "room_first_look", in_danger.pk, **data)
    room.save(by(alice), alice, in_danger)
    room.put_forward(by(alice), in_danger, **{"danger-text": FIRST_SENTENCE})

    folded = html.unescape(room.text_of(room.see(by(bob), "room_second", in_danger.pk)))

    said = ("yes: self-harm", note, FIRST_SENTENCE, "Since the first look:", "Nothing came from the contributor")
    assert [words for words in said if words not in folded] == []
    assert "They sent me home." not in folded
    for decision in ("hold", "decline"):
        assert reverse("room_decide", args=[in_danger.pk, decision]) in folded
    write(in_danger, "Thank you for reading.")
    assert "wrote a message" in room.text_of(room.see(by(bob), "room_second", in_danger.pk))


def test_second_reader_can_hold_it_and_says_what_it_waits_for(alice, bob):
    submission = factories.submission_at("prepared")
    day = (lifecycle.today() + timedelta(days=40)).isoformat()
    hearing = "Kettlewick Crown Court, the plea hearing in May"

    room.decide(by(bob), bob, submission, "hold", reason="legal", look_again_on=day, waits_for=hearing)

    assert status_of(submission) == "held"
    assert hearing in room.text_of(room.see(by(alice), "room_read", submission.pk))
    assert "Kettlewick" not in serializers.serialize("json", SealedText.objects.all())


def test_yes_without_unfolding_this_version_is_refused_by_a_crafted_post_too(alice, bob):
    submission = factories.submission_at("prepared")

    room.see(by(bob), "room_second", submission.pk)
    assert not Event.objects.filter(submission=submission, deed="open", by=bob).exists()
    refused = room.agree(by(bob), submission, unfolds=False)
    assert "Unfold the account" in room.text_of(refused)
    assert not Story.objects.exists()

    room.unfold(by(bob), submission)
    assert Event.objects.filter(submission=submission, deed="open", by=bob, reason="unfolded").exists()
    copy = working_copies.newest_copy(submission)
    room.press(by(bob), "room_send_back", submission.pk, note="Take the town out.", **{TOKEN: words_token(bob)})
    factories.put_forward(submission, by=alice, fields={"text": "Another text altogether."})
    assert working_copies.newest_copy(submission) != copy
    refused = room.agree(by(bob), submission, unfolds=False)

    assert "Unfold the account" in room.text_of(refused)
    assert not Story.objects.exists()


def test_answers_given_before_they_wrote_again_outlive_the_second_unfolding(alice, bob):
    submission, browser = factories.submission_at("prepared"), by(bob)
    room.unfold(browser, submission)
    write(submission, "One more thing.")
    answers = {"check-names": "stays", "why-names": "It is the force's own name."}

    refused = room.agree(browser, submission, unfolds=False, **answers)
    again = room.agree(browser, submission, unfolds=False, unfold="again", **answers)

    for page in (refused, again):
        assert "the force&#x27;s own name." in room.text_of(page)
    assert "One more thing." in room.text_of(again)


def test_yes_without_a_no_is_refused_in_a_shell_and_has_no_row_however_it_is_written(alice, bob):
    copy = working_copies.newest_copy(factories.unfold(factories.submission_at("prepared"), by=bob))
    values = {"working_copy": copy, "digest": copy.digest, "place": "second", "by": bob, "day": lifecycle.today()}

    for said in itertools.product(("", "yes", "not-sure"), ("", FIRST_SENTENCE)):
        with pytest.raises(Refused):
            factories.say_second_yes(copy, by=bob, no_danger=Statement(*said))
        assert not Story.objects.exists(), said
    refused_by_the_database(lambda: Agreement(**values).save())
    refused_by_the_database(lambda: Agreement.objects.create(no_danger=False, **values))
    refused_by_the_database(lambda: Agreement.objects.bulk_create([Agreement(**values)]))
    refused_by_the_database(lambda: Agreement.objects.bulk_create([Agreement(**values)], ignore_conflicts=True))
    refused_by_the_database(lambda: Agreement.objects.update(no_danger=False))


def _as_before_anybody_was_asked(submission):
    """Yeses as they stood before there was a question: without a no, past the trigger that takes none such."""
    with connection.cursor() as cursor:
        of_it = " ON moderation_agreement" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER heard_agreement_update{of_it}")
    Agreement.objects.filter(working_copy__submission=submission).update(no_danger=False)
    triggers.create_triggers()


def _ways_out(story):
    """Every way of making an agreed row public below the pages."""
    out = {"status": "live", "sequence": 7, "month": lifecycle.today().replace(day=1)}

    row = Story.objects.filter(pk=story.pk)
    again = {"update_conflicts": True, "unique_fields": ["id"], "update_fields": list(out)}
    yield lambda: changed(row, **out)[0].save()
    yield lambda: row.update(**out)
    yield lambda: row.update(sequence=7)
    yield lambda: Story.objects.bulk_update(changed(row, **out), list(out))
    yield lambda: Story.objects.bulk_create(changed(row, **out), **again)


def changed(rows, **values):
    """These rows with other values, not saved."""
    found = list(rows.all())
    for row, (name, value) in itertools.product(found, values.items()):
        setattr(row, name, value)
    return found


@pytest.mark.parametrize(
    "ends", [_as_before_anybody_was_asked, lambda of: Agreement.objects.filter(working_copy__submission=of).delete()]
)
def test_no_row_goes_out_without_the_no_of_both_its_readers(ends, alice, bob):
    submission, story = agreed()
    ends(submission)

    for way in _ways_out(story):
        refused_by_the_database(way)

    assert not Story.objects.exclude(sequence=None).exists()
    assert published() == 0


def test_story_agreed_before_anybody_was_asked_waits_for_two_noes_and_batch_says_so(alice, bob, carol):
    submission, story = agreed()
    live = factories.live_story(fields={"text": "A text that stands."})
    _as_before_anybody_was_asked(submission)
    fields = {field.attname: getattr(story, field.attname) for field in Story._meta.concrete_fields}
    columns = {name: value for name, value in fields.items() if name not in ("id", "slug", "submission_id", "status")}

    refused_by_the_database(lambda: Story.objects.filter(pk=live.pk).update(**columns | {"sequence": live.sequence}))
    refused_by_the_database(lambda: Story.objects.bulk_create([Story(submission=submission, **columns)]))
    _as_before_anybody_was_asked(live.submission)
    assert publishing.publish_batch() == []
    page = room.text_of(room.see(factories.client_of(carol, unlocked=False), "room_batch"))
    assert "its readers, alice and bob, weren’t asked whether anybody is in danger" in page
    assert Story.objects.get(pk=live.pk).status == "live"

    note = "Nobody was asked about danger."
    room.decide(by(alice), alice, submission, "send-back", note=note)
    assert status_of(submission) == "received"
    factories.put_forward(submission, by=alice)
    factories.agree(submission, by=bob)

    assert publishing.publish_batch() == [Story.objects.get(pk=story.pk)]


def test_message_of_danger_takes_a_story_out_of_the_batch_and_the_count_starts_anew(alice, bob):
    submission, story = agreed()
    write(submission, IN_DANGER)

    assert publishing.publish_batch() == []
    for way in _ways_out(story):
        refused_by_the_database(way)
    page = room.text_of(room.see(by(alice), "room_read", submission.pk))

    assert status_of(submission) == "received"
    assert not Agreement.objects.exists()
    # In the history it is a colleague who opens it and then sends it back, as any other.
    events = list(Event.objects.filter(submission=submission).order_by("number"))
    assert [each.deed for each in events][-3:] == ["write", "open", "send back"]
    assert "Take it again" in html.unescape(page)
    assert (events[-1].by, events[-1].reason) == (alice, "")
    assert published() == 0

    reading.read_account(submission, vault=factories.open_vault(bob))
    with pytest.raises(Refused, match="Take it again"):
        factories.put_forward(submission, by=alice)
    factories.look_first(submission, by=alice)
    with pytest.raises(Refused, match="in a sentence"):
        factories.put_forward(submission, by=alice)
    factories.put_forward(submission, by=alice, no_danger=Statement("no", FIRST_SENTENCE))
    with pytest.raises(Refused, match="in a sentence"):
        factories.agree(submission, by=bob)
    factories.agree(submission, by=bob, no_danger=Statement("no", SECOND_SENTENCE))

    assert publishing.publish_batch() == [Story.objects.get(pk=story.pk)]
    assert Story.objects.get(pk=story.pk).edited_month is None


def test_ordinary_message_keeps_it_out_until_somebody_opens_it(alice, bob, carol):
    submission, _story = agreed()
    write(submission, "Thank you, all of you.")

    assert publishing.publish_batch() == []
    page = room.text_of(room.see(factories.client_of(carol, unlocked=False), "room_batch"))
    assert "a moderator opens what its contributor sent since" in page
    room.see(by(alice), "room_read", submission.pk)

    assert status_of(submission) == "agreed"
    assert published() == 1


def test_colleagues_text_that_somebody_sees_opens_no_message(alice, bob, charlie):
    submission, _story = agreed()
    write(submission, IN_DANGER)
    lifecycle.record_event(submission, "open", by=charlie, reason=lifecycle.OF_A_TEXT)

    assert publishing.publish_batch() == []
    assert Submission.objects.get(pk=submission.pk).unopened_since is not None


def test_message_of_danger_takes_a_text_back_that_was_put_forward(alice, bob):
    submission = factories.submission_at("prepared")
    write(submission, IN_DANGER)

    response = room.unfold(by(bob), submission)

    assert response.url == reverse("room_read", args=[submission.pk])
    assert status_of(submission) == "received"
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("state", ["prepared", "agreed", "taken down"])
@pytest.mark.parametrize("answer", ["yes", "not-sure"])
def test_later_doubt_in_a_first_look_takes_it_back(alice, bob, charlie, state, answer):
    submission = factories.submission_at(state.replace("taken down", "agreed"))
    if state == "taken down":
        publishing.take_down(submission.story, by=alice)

    take_first_look(charlie, submission, life=answer)

    assert status_of(submission) == "received"
    assert not Agreement.objects.exists()
    assert Submission.objects.get(pk=submission.pk).is_urgent
    assert published() == 0
    with pytest.raises(Refused):
        factories.put_forward(submission, by=alice, no_danger=Statement("no", FIRST_SENTENCE))
    if state == "taken down":
        with pytest.raises(Refused, match="two people say yes to it anew"):
            publishing.put_back(Story.objects.get(), vault=factories.open_vault(bob))


def test_story_comes_back_only_once_its_account_is_read_and_calm(alice, bob, charlie):
    story = factories.live_story()
    submission = Submission.objects.get(pk=story.submission_id)
    publishing.take_down(story, by=alice)
    publishing.put_back(story, vault=factories.open_vault(alice))
    take_first_look(charlie, submission, life="yes")

    for change, why in (
        ({}, "marked urgent"),
        ({"is_urgent": False, "unopened_since": lifecycle.this_week()}, "nobody has opened it"),
        ({"unopened_since": None}, "Two people have to say no"),
    ):
        Submission.objects.update(**change)
        with pytest.raises(Refused, match=why):
            publishing.put_back(Story.objects.get(pk=story.pk), vault=factories.open_vault(bob))
    for reader in (alice, bob):
        take_first_look(reader, submission)

    assert publishing.put_back(Story.objects.get(pk=story.pk), vault=factories.open_vault(bob))


def test_story_comes_back_only_after_two_answered_what_its_contributor_wrote(alice, bob):
    submission = factories.submission_at("published")
    story = Story.objects.get(submission=submission)
    publishing.take_down(story, by=alice)
    write(submission, IN_DANGER)
    room.see(by(bob), "room_read", submission.pk)
    for reader in (alice, bob):
        assert "Two people have to say no" in room.text_of(put_back(reader, story))
    for reader in (alice, bob):
        take_first_look(reader, submission)

    for reader in (alice, bob):
        put_back(reader, story)

    assert Story.objects.get(pk=story.pk).status == "live"


@pytest.mark.parametrize("change", [{"is_urgent": True}, {"unopened_since": lifecycle.this_week()}])
def test_no_write_below_the_admin_brings_a_story_back_past_what_a_row_can_tell(alice, change):
    story = factories.live_story()
    publishing.take_down(story, by=alice)
    row = Story.objects.filter(pk=story.pk)
    Submission.objects.filter(pk=story.submission_id).update(**change)

    def go_round():
        row.update(status="agreed")
        row.update(status="live")

    refused_by_the_database(lambda: row.update(status="live"))
    refused_by_the_database(lambda: Story.objects.bulk_update(changed(row, status="live"), ["status"]))
    refused_by_the_database(go_round)
    Submission.objects.filter(pk=story.submission_id).update(is_urgent=False, unopened_since=None)

    assert row.update(status="live") == 1


def put_back(user, story):
    return by(user).post(reverse("room_stories:put_back", args=[story.pk]), follow=True)


def test_yes_to_a_correction_carries_the_no_as_well(alice, bob):
    story = factories.live_story()
    submission, corrected = Submission.objects.get(pk=story.submission_id), {"text": "I rang, and waited."}
    publishing.begin_correction(story, by=alice)

    with pytest.raises(Refused, match="Answer whether"):
        factories.put_forward(submission, by=alice, fields=corrected, no_danger=Statement())
    factories.put_forward(submission, by=alice, fields=corrected)
    with pytest.raises(Refused, match="isn’t a story today"):
        factories.agree(submission, by=bob, no_danger=Statement("yes"))
    factories.agree(submission, by=bob)

    assert Story.objects.get(pk=story.pk).text == "I rang, and waited."


def test_one_no_clears_a_bare_tick(alice):
    submission = factories.submission_at("received")
    Submission.objects.update(is_urgent=True)

    room.decide(by(alice), alice, submission, "not-urgent")

    assert not Submission.objects.get().is_urgent


def test_label_and_doubt_stay_urgent_until_two_have_said_no(in_danger, alice, bob):
    decisions.mark_urgent(in_danger, by=alice)
    locked = room.decide(factories.client_of(alice, unlocked=False), alice, in_danger, "not-urgent")
    assert locked.status_code in (302, 403)
    for user, says in ((alice, "Two people have to say no"), (bob, "until a second one has said so too")):
        refused = room.decide(by(alice), alice, in_danger, "not-urgent")
        assert says in html.unescape(room.text_of(refused))
        assert Submission.objects.get(pk=in_danger.pk).is_urgent
        factories.look_first(in_danger, by=user)

    room.decide(by(alice), alice, in_danger, "not-urgent")

    assert not Submission.objects.get(pk=in_danger.pk).is_urgent


def test_danger_of_a_published_account_is_answered_in_first_looks(alice, bob):
    submission = Submission.objects.get(pk=factories.live_story().submission_id)
    submission.code = None
    factories.look_first(submission, by=alice, life="yes")
    facts = lambda: reading.danger_facts([submission], factories.open_vault(alice))[submission.pk]  # noqa: E731
    assert not is_answered(facts())

    take_first_look(alice, submission)
    take_first_look(bob, submission)

    assert is_answered(facts())


@pytest.mark.parametrize("more", ["", " Mae hi’n ddiogel â’i chwaer." * 130], ids=["a sentence", "many"])
def test_what_was_said_of_danger_stands_nowhere_in_plain_words_and_shows_in_no_size(more, in_danger, alice, bob):
    calm = factories.submission_at("agreed")
    factories.look_first(in_danger, by=alice)
    factories.put_forward(in_danger, by=alice, no_danger=Statement("no", FIRST_SENTENCE + more))
    factories.agree(in_danger, by=bob, no_danger=Statement("no", SECOND_SENTENCE + more))

    rows = [Submission, SealedText, WorkingCopy, Agreement, Event, Story]
    dump = "".join(serializers.serialize("json", model.objects.all()) for model in rows)
    for words in ("quillfeather sister", "nettlebridge confirms", "tablets"):
        assert words not in dump
    # A row, and a size, that only danger brought about would tell of it.
    kept = [SealedText.objects.filter(submission=row).exclude(kind="account") for row in (calm, in_danger)]
    kinds = [sorted((text.kind, len(text.box)) for text in texts) for texts in kept]
    assert kinds[0] == kinds[1]
    labels = [bytes(Submission.objects.get(pk=row.pk).labels) for row in (calm, in_danger)]
    assert len(labels[0]) == len(labels[1])
    for plain in (b"danger", b"now", b"child"):
        assert plain not in labels[1]
