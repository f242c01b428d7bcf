"""What somebody took back since the backup is taken back again after a restore, and nothing else is."""

import io
import random
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Page

from moderation import agreements, decisions, publishing, reading, working_copies
from moderation.facts import load_text_facts
from moderation.models import PutBack
from moderation.policies.stories import why_not_put_back
from stories.core import journal, snapshot, takedown
from stories.intake import changes, coming_back, retention, take_down_requests
from stories.models import Edition, Event, Response, SealedText, Story, Submission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    journal._missed.clear()
    return tmp_path / "journal"


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what follows a commit at the end of each of these blocks, and of each replay."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def restore(folder, committed):
    """Go back to a backup, a savepoint, and replay the journal twice; returns what was said the first time."""

    def go_back(backup, **options):
        transaction.savepoint_rollback(backup)
        snapshot.forget_snapshot()
        retention.run_retention()
        said = replay(folder, committed, **options)
        assert all(line.endswith(": 0") for line in replay(folder, committed, **options))
        return said

    return go_back


def replay(place, committed, **options):
    out = io.StringIO()
    with committed():
        call_command("replay_journal", str(place), stdout=out, **options)
    return out.getvalue().splitlines()


def state(story):
    story.refresh_from_db()
    return story.status, story.hidden_by_request


def taken_down(story):
    publishing.take_down(story, by=story.first_reader)


def hidden_by_request(story):
    take_down_requests.ask_to_take_down(take_down_requests.Asked(story, "about-me"), request_id=story.pk)


def withdrawn(story):
    retention.withdraw_submission(coming_back.Opened(story.submission, b""))


def corrected(story):
    factories.correct(story, title="Nobody rang")


def stopped(story):
    takedown.stop_story(story, wish="show less")


def refused(story):
    choose(story.submission, consent_publish=False)


def choose(submission, **names):
    submission = Submission.objects.get(pk=submission.pk)
    opened = coming_back.Opened(submission, private_key(submission))
    before = changes.choices_of(opened)
    changes.keep_choices(opened, before | names, began=changes.choices_version(opened))


def private_key(submission):
    return reading._story_key(submission, factories.open_vault(User.objects.get(username="alice")))


def undone(way, story):
    with suppress(InterruptedError), transaction.atomic():
        way(Story.objects.get(pk=story.pk))
        raise InterruptedError


# Each with what the journal says of it, though one entry may do another's work.
WAYS = {taken_down: {"down"}, hidden_by_request: {"down"}, takedown.withhold_story: {"down"}}
WAYS |= {
    takedown.remove_story: {"removed"},
    withdrawn: {"withdrawn", "removed"},
    corrected: {"changed"},
    stopped: {"stopped", "down"},
}
WAYS |= {refused: {"less"}}


def kinds_of(entries, story):
    ids = {"withdrawn": [story.submission_id], "less": [story.submission_id, "consent_publish"]}
    ids |= {"removed": [story.pk], "down": [story.pk]}
    ids |= dict.fromkeys(("stopped", "changed"), [story.pk, story.digest])
    return {kind for kind, known in ids.items() if journal.entry_of(kind, *known) in entries}


@pytest.mark.store
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_in_which_something_public_was_taken_back_is_undone_by_a_restore(way, bob, committed, folder, restore):
    story, stays = factories.live_story(), factories.live_story()
    before, backup = story.title, transaction.savepoint()
    with committed():
        way(Story.objects.get(pk=story.pk))
    assert kinds_of(only(folder), story) == WAYS[way]
    assert kinds_of(journal._entries_of_rows(), story) >= WAYS[way] - {"changed"}

    restore(backup)

    assert list(Story.live.all()) == [stays]
    # No single person puts it back, whatever had hidden it.
    status, one_puts_back = state(story)
    assert (status, one_puts_back) == ("removed" if way in (withdrawn, takedown.remove_story) else "hidden", False)
    assert before not in str(Edition.objects.get().made)
    if way in (stopped, refused):
        assert why_not_put_back(load_text_facts(story.submission_id, bob))


@pytest.mark.store
def test_what_rolled_back_leaves_no_entry_and_a_broken_journal_refuses_no_withdrawal(alice, bob, committed, folder):
    story = factories.live_story()
    with committed():
        undone(taken_down, story)
    assert not folder.exists()

    folder.write_text("a file in the place of the folder")
    with committed():
        withdrawn(Story.objects.get(pk=story.pk))
    assert state(story)[0] == "removed"

    # What could not be written goes with the next.
    folder.unlink()
    journal.renew_journal()
    assert journal.entry_of("withdrawn", story.submission_id) in only(folder)


def only(folder):
    return set().union(*journal.read_folder(folder).values())


def test_entry_that_a_killed_process_never_wrote_is_made_good_by_the_clock(alice, bob, folder, restore):
    gone, down, declined = factories.live_story(), factories.live_story(), factories.submission_at("declined")
    backup = transaction.savepoint()
    withdrawn(gone)
    taken_down(down)
    Submission.objects.filter(pk=declined.pk).update(erase_on="2026-01-01")

    retention.run_retention()
    restore(backup)

    assert (state(gone)[0], state(down)[0]) == ("removed", "hidden")
    assert Submission.objects.get(pk=declined.pk).is_erased


@pytest.mark.parametrize("name", coming_back.LEAST)
def test_choice_that_was_taken_back_before_any_decision_counts_after_a_restore(name, alice, bob, committed, restore):
    everything = {"consent_publish": True, "consent_quote": True, "consent_training": True, "consent_count": True}
    submission = factories.submission_at("prepared", **everything)
    backup = transaction.savepoint()
    with committed():
        if name == "place_shown":
            opened = coming_back.Opened(submission, private_key(submission))
            began = changes.newest_version(submission, "answers")
            changes.keep_answers(opened, {name: "nothing"}, began=began)
        else:
            choose(submission, **{name: coming_back.LEAST[name]})

    restore(backup)

    seen = reading.unsealed_texts(submission, vault=factories.open_vault(bob))
    assert {**seen.answers, name: None} == {**factories.ANSWERS, **everything, name: None}
    assert seen.answers[name] == coming_back.LEAST[name]
    with pytest.raises(agreements.Refused):
        factories.agree(Submission.objects.get(pk=submission.pk), by=bob)
    # Chosen anew by its contributor, it is theirs again.
    if name.startswith("consent_"):
        choose(submission, **{name: not coming_back.LEAST[name]})
        seen = reading.unsealed_texts(submission, vault=factories.open_vault(bob))
        assert seen.answers[name] != coming_back.LEAST[name]


def test_consent_taken_back_and_a_text_out_of_the_batch_stay_so_after_a_restore(charlie, committed, restore):
    story, agreed = factories.live_story(consent_quote=True, consent_training=True), factories.submission_at("agreed")
    backup = transaction.savepoint()
    with committed():
        choose(story.submission, consent_quote=False)
        working_copies.send_back_for_danger(Submission.objects.get(pk=agreed.pk), by=charlie)

    restore(backup)

    story.refresh_from_db()
    assert (story.status, story.may_publish, story.may_quote, story.may_train) == ("live", True, False, True)
    assert publishing.waiting_stories() == []


def test_corrected_story_comes_back_only_with_two_more_yeses(alice, bob, charlie, committed, restore):
    story = factories.live_story()
    with committed():
        taken_down(Story.objects.get(pk=story.pk))
    PutBack.objects.create(story=story, asked_by=alice, asked_on="2026-01-01")
    Story.objects.filter(pk=story.pk).update(hidden_by_request=True)
    backup = transaction.savepoint()
    with committed():
        factories.correct(Story.objects.get(pk=story.pk), title="Nobody rang")

    restore(backup)

    assert not publishing.put_back(story, vault=factories.open_vault(bob))
    assert "restored" in Event.objects.filter(submission=story.submission).values_list("reason", flat=True)
    assert publishing.put_back(story, vault=factories.open_vault(charlie))


def test_changed_words_message_taken_back_answer_and_page_taken_off(alice, bob, committed, restore):
    submission, told = factories.submission_at(), factories.submission_at()
    answer, deleted = factories.a_response(), factories.a_response()
    page = Page.objects.live().get(slug="about").specific
    message = decisions.send_message(told, "This went to the wrong person.", by=alice)
    backup = transaction.savepoint()
    with committed():
        opened = coming_back.open_code(submission.code)
        changes.keep_words(opened, {"account": "Less."}, began=changes.newest_version(submission, "account"))
        decisions.take_back(told, message.pk, by=alice)
        answer.unpublish()
        deleted.delete()
        page.unpublish()

    said = restore(backup)

    assert said == ["answer: 2", "page: 1", "replaced: 2"]
    assert not SealedText.objects.filter(pk=message.pk).exists()
    assert Submission.objects.get(pk=submission.pk).unopened_since
    assert not Response.public.exists()
    assert not Page.objects.live().filter(slug="about").exists()


def test_put_back_story_is_hidden_again_at_most_and_stays_where_the_backup_is_newer(bob, charlie, committed, restore):
    story = factories.live_story()
    with committed():
        taken_down(story)
        publishing.put_back(story, vault=factories.open_vault(bob))
        publishing.put_back(story, vault=factories.open_vault(charlie))
    backup = transaction.savepoint()

    assert restore(backup, since=journal.date.max) == []
    assert state(story)[0] == "live"
    restore(transaction.savepoint())
    assert state(story)[0] == "hidden"


def test_nothing_taken_back_is_public_after_a_restore_whatever_was_done_before(alice, bob, committed, restore):
    chance = random.Random(19)
    stories = [factories.live_story() for _ in range(9)]
    backup, gone = transaction.savepoint(), set()
    for _ in range(20):
        story = Story.objects.get(pk=chance.choice(stories).pk)
        way, is_undone = chance.choice(list(WAYS)), chance.random() < 0.3
        if story.status != "live" or (way is corrected and story.edited_month):
            continue
        with committed():
            undone(way, story) if is_undone else way(story)
        # Past three a day a stranger's request hides nothing.
        if not is_undone and (way is corrected or state(story)[0] != "live"):
            gone.add(story.pk)

    restore(backup)

    assert set(Story.live.values_list("pk", flat=True)) == {story.pk for story in stories} - gone
    assert gone


def test_copy_has_one_size_and_what_is_torn_or_no_journal_is_told(committed, folder, monkeypatch, capfdbinary):
    story, backup = factories.live_story(), transaction.savepoint()
    sizes = set()
    for _ in range(2):
        sizes.add(len(journal.padded_copy()))
        with committed():
            takedown.hide_story(story)
    call_command("journal_copy")
    copy = capfdbinary.readouterr().out
    assert sizes == {len(copy)} == {256 * 1024}
    transaction.savepoint_rollback(backup)

    for given in (copy[:700], b"", b"no tar at all" * 99):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(given)))
        with pytest.raises(CommandError, match="This is no journal"):
            replay("-", committed)
    for nowhere in (folder.parent / "elsewhere", Path("/dev/null")):
        with pytest.raises(CommandError, match="This is no journal"):
            replay(nowhere, committed)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(copy)))
    assert replay("-", committed) == ["down: 1"]
    assert state(story)[0] == "hidden"
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes() + bytes(32) + b"torn")
    assert only(folder) == {journal.entry_of("down", story.pk)}


@pytest.mark.store
def test_without_a_journal_one_statement_holds_back_all(alice, bob, django_assert_max_num_queries):
    live, agreed = factories.live_story(), factories.submission_at("agreed").story
    hidden = factories.live_story()
    hidden_by_request(hidden)
    PutBack.objects.create(story=live, asked_by=alice, asked_on="2026-01-01")
    number, out = Edition.objects.get().number, io.StringIO()

    with django_assert_max_num_queries(99) as asked:
        call_command("hold_back_stories", stdout=out)

    assert sum('UPDATE "stories_story"' in each["sql"] for each in asked) == 1
    assert Edition.objects.get().number == number + 1
    assert {state(each) for each in (live, agreed, hidden)} == {("hidden", False)}
    assert not publishing.put_back(live, vault=factories.open_vault(bob))
    assert "3 stories" in out.getvalue()
