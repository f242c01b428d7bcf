"""A correction after publication: the same row and address, two people, and the story stays as it is until then."""

import html
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from moderation import publishing, reading, working_copies
from moderation.facts import load_text_facts
from moderation.models import Agreement, PutBack
from moderation.policies.stories import why_not_correct, why_not_put_back
from moderation.team.permissions import Refused
from stories.core import agreed_text, lifecycle, retention_days, snapshot, takedown
from stories.intake import changes, coming_back, final_text, retention, status_page
from stories.models import CountedAnswers, Event, SealedText, Story, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

OLD, NEW = factories.FIELDS["text"], "I rang 101 and waited.\n\nNobody ever rang me back."
# The title says it too, without the full stop.
LINE = "Nobody called me back."


@pytest.fixture
def submission(alice, bob):
    return factories.submission_at("published")


@pytest.fixture
def erased(submission):
    retention.run_retention(today=submission.erase_on)
    a_year_ago = lifecycle.today() - timedelta(days=365)
    Submission.objects.filter(pk=submission.pk).update(erased_on=a_year_ago, erase_on=a_year_ago)
    submission.refresh_from_db()
    assert submission.is_empty
    return submission


def story_of(submission):
    return Story.objects.get(submission=submission)


def begin(submission, by):
    browser = factories.client_of(by)
    response = browser.post(reverse("room_correct", args=[story_of(submission).pk]))
    assert response.url == reverse("room_read", args=[submission.pk])
    submission.refresh_from_db()
    return browser


def write(submission, by, **fields):
    factories.claim(submission, by=by)
    return working_copies.save_version(submission, factories.FIELDS | {"text": NEW} | fields, by=by)


def put_forward(submission, by, **fields):
    browser = begin(submission, by)
    write(submission, by, **fields)
    room.put_forward(browser, submission)
    submission.refresh_from_db()
    return browser


def correct(submission, *, first, second):
    put_forward(submission, first)
    room.agree(factories.client_of(second), submission)
    submission.refresh_from_db()


def page_of(story):
    snapshot.forget_snapshot()
    return html.unescape(room.text_of(room.reader().get(story.get_absolute_url(), secure=True)))


@pytest.mark.parametrize("state", ["submission", "erased"])
def test_second_yes_changes_the_same_story_at_once(request, state, alice, charlie):
    submission = request.getfixturevalue(state)
    before, told = story_of(submission), lifecycle.today() + timedelta(days=5)
    columns = ("text", "title", "agreed", "salt", "digest", "first_reader_id", "second_reader_id")
    old = {name: getattr(before, name) for name in columns}
    assert LINE in page_of(before)
    if state == "submission":
        Submission.objects.filter(pk=submission.pk).update(erase_on=told)

    correct(submission, first=alice, second=charlie)

    is_whole, own_date = state == "submission", retention_days.erased_after_decision(lifecycle.today())
    assert submission.erase_on == (told if is_whole else own_date)
    assert bool(bytes(submission.key_under_code)) is is_whole, "a correction's own key is the team's alone"
    marked = Event.objects.filter(submission=submission, reason=lifecycle.CORRECTION)
    assert list(marked.values_list("deed", flat=True)) == ["put forward", "agree"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM stories_story")
        assert LINE not in str(cursor.fetchall())
    with pytest.raises(DatabaseError), transaction.atomic():
        Story.objects.filter(submission=submission).update(**old)
    after = story_of(submission)
    same = ("pk", "slug", "sequence", "month", "status", "agreed_week", "may_publish", "may_quote", "may_train")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert (after.text, after.first_reader, after.second_reader) == (NEW, alice, charlie)
    assert submission.status == "published"
    page = page_of(after)
    assert "Nobody ever rang me back." in page
    assert LINE not in page
    assert f"edited in {date.today():%B %Y}" in page


def test_page_of_the_story_leads_to_its_correction_and_one_yes_changes_nothing(submission, alice, browser):
    its_page = reverse("room_stories:inspect", args=[story_of(submission).pk])
    before = Story.objects.values().get(submission=submission)
    assert "Correct this" in room.text_of(browser.get(its_page))

    begin(submission, alice)

    assert "A correction of it is under way" in room.text_of(browser.get(its_page))
    page = room.text_of(room.see(browser, "room_read", submission.pk))
    assert "This corrects a story that was published" in page
    assert LINE in page
    assert "This says what the story says already" in room.text_of(room.put_forward(browser, submission))
    assert not Agreement.objects.filter(working_copy=working_copies.newest_copy(submission)).exists()
    write(submission, alice)
    room.put_forward(browser, submission)
    room.agree(browser, submission)
    room.confirm(browser, submission)
    assert Submission.objects.get().status == "rereading"
    assert Story.objects.values().get(submission=submission) == before
    assert "edited in" not in page_of(story_of(submission))


def test_correction_counts_no_answers_again_and_ends_a_wish_for_the_old_words(alice, bob, charlie):
    submission = factories.submission_at("published", consent_count=True, online="yes")
    publishing.take_down(story_of(submission), by=alice)
    publishing.put_back(story_of(submission), vault=factories.open_vault(alice))
    counted = list(CountedAnswers.objects.values())
    assert counted
    assert PutBack.objects.exists()

    correct(submission, first=alice, second=charlie)

    assert list(CountedAnswers.objects.values()) == counted
    assert not PutBack.objects.exists()
    assert (story_of(submission).status, story_of(submission).text) == ("hidden", NEW)


def test_writer_of_the_published_text_is_no_second_reader_of_its_correction(submission, alice, charlie):
    put_forward(submission, charlie)

    response = room.agree(factories.client_of(alice), submission)

    assert "You wrote a version" in room.text_of(response)
    assert story_of(submission).text == OLD


def test_database_refuses_a_correction_with_one_yes_or_none(submission, alice, charlie):
    begin(submission, alice)
    copy = write(submission, alice)
    row = Story.objects.filter(submission=submission)
    fields = working_copies.with_place(working_copies.EMPTY | factories.FIELDS | {"text": NEW})
    document = agreed_text.canonical_text(fields)

    def rewritten(salt):
        digest = agreed_text.text_digest(document, salt=salt)
        changed = {"text": NEW, "agreed": document, "salt": salt, "digest": digest}
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**changed, first_reader=alice, second_reader=charlie)

    opened = reading.working_copy(copy.sealed, vault=factories.open_vault(alice))
    rewritten(opened["salt"])
    factories.say_first_yes(copy, by=alice)
    rewritten(opened["salt"])
    rewritten("s" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(text=NEW)
    assert story_of(submission).text == OLD


@pytest.mark.parametrize("state", ["submission", "erased"])
@pytest.mark.parametrize("way", ["given up", "too late"])
def test_correction_that_ends_leaves_the_story_as_it_is(request, state, way, alice):
    submission = request.getfixturevalue(state)
    erased_on, before = submission.erased_on, Story.objects.values().get(submission=submission)
    browser = begin(submission, alice)
    write(submission, alice)

    if way == "given up":
        room.press(browser, "room_drop", submission.pk)
    else:
        retention.run_retention(today=submission.erase_on)

    submission.refresh_from_db()
    assert submission.status == "published"
    assert Story.objects.values().get(submission=submission) == before
    if state == "erased":
        assert submission.is_empty
        assert submission.erased_on == erased_on
        assert not SealedText.objects.filter(submission=submission).exists()


def test_agreed_correction_is_erased_on_its_date_and_the_story_stays(erased, alice, charlie):
    put_forward(erased, alice)
    told, browser = status_page.standing_of(coming_back.open_code(erased.code)), factories.client_of(charlie)
    assert told.title == "Your story is on the site"
    assert "we erased what you sent" in told.comes_next
    page = room.text_of(room.second(browser, erased))
    assert '<ins><span class="w-sr-only">added: </span>ever rang' in page
    assert "What they sent is erased" in page
    room.agree(browser, erased)

    erased.refresh_from_db()
    retention.run_retention(today=erased.erase_on)

    erased.refresh_from_db()
    assert erased.is_empty
    assert story_of(erased).text == NEW
    assert "we erased what you sent" in status_page.standing_of(coming_back.open_code(erased.code)).comes_next


@pytest.mark.parametrize("state", ["submission", "erased"])
@pytest.mark.parametrize("takes_back", ["all of it", "the yes"])
def test_what_a_code_takes_back_amid_a_correction_is_down(request, state, takes_back, alice, charlie):
    submission = request.getfixturevalue(state)
    put_forward(submission, alice)
    opened = coming_back.open_code(submission.code)

    if takes_back == "all of it":
        retention.withdraw_submission(opened)
        submission.refresh_from_db()
        assert (submission.status, story_of(submission).status) == ("withdrawn", "removed")
        assert submission.is_empty
        assert not SealedText.objects.filter(submission=submission).exists()
        assert room.reader().get(story_of(submission).get_absolute_url(), secure=True).status_code == 410
    else:
        changes.keep_choices(opened, {"consent_quote": True}, began=changes.choices_version(opened))
        room.agree(factories.client_of(charlie), submission)
        assert story_of(submission).status in ("hidden", "removed")
        assert story_of(submission).text != NEW


def test_wish_about_a_correction_sends_it_back_and_leaves_the_story_up(alice, bob, charlie):
    submission = asked_first(alice, bob)
    put_forward(submission, alice)
    opened = coming_back.open_code(submission.code)
    told = status_page.standing_of(opened)
    assert told.title == "A corrected text is ready for you"
    digest = final_text.final_text_of(opened).digest

    assert final_text.ask_for_a_change(opened, digest, "Not so.") == "wish-sent-back"
    again = final_text.ask_for_a_change(coming_back.open_code(submission.code), digest, "Not so.")
    assert again == "wish-sent-back"

    submission.refresh_from_db()
    assert submission.status == "correcting"
    assert story_of(submission).status == "live"
    retention.run_retention(today=submission.erase_on)
    assert story_of(submission).status == "live"


@pytest.mark.parametrize("names", ["nothing", "no text of ours", "a text from before the story"])
def test_wish_that_names_no_text_of_the_correction_takes_the_story_down(alice, bob, names):
    submission = factories.submission_at("received", consent_ask_again=True)
    older = factories.put_forward(submission, by=alice, fields={"text": "Nobody rang."}).digest
    submission = asked_first(alice, bob, submission=submission)
    put_forward(submission, alice)
    digest = {"nothing": "", "no text of ours": "0" * 64}.get(names, older)

    done = final_text.ask_for_a_change(coming_back.open_code(submission.code), digest, "Take this out, it is me.")

    assert done == "wish-taken-off"
    assert story_of(submission).status == "hidden"


def asked_first(alice, bob, *, submission=None):
    """A published story whose contributor asked to see the text, and said yes to it."""
    submission = submission or factories.submission_at("received", consent_ask_again=True)
    code = submission.code
    factories.put_forward(submission, by=alice)
    opened = coming_back.open_code(code)
    final_text.say_yes(opened, final_text.final_text_of(opened).digest)
    factories.agree(submission, by=bob)
    story = story_of(submission)
    story.sequence, story.month, story.status = 1, lifecycle.today().replace(day=1), "live"
    story.save()
    lifecycle.advance(submission, "publish")
    submission.code = code
    return submission


def test_who_asked_to_see_it_first_says_yes_to_the_correction_too_or_there_is_none(alice, bob, charlie):
    submission = asked_first(alice, bob)
    correct(submission, first=alice, second=charlie)
    assert story_of(submission).text == OLD

    opened = coming_back.open_code(submission.code)
    final_text.say_yes(opened, final_text.final_text_of(opened).digest)
    room.agree(factories.client_of(charlie), submission)

    assert story_of(submission).text == NEW
    # Once their code opens nothing, nobody can ask them.
    submission.refresh_from_db()
    retention.run_retention(today=submission.erase_on)
    assert "asked to see every text" in why_not_correct(load_text_facts(submission, alice))
    with pytest.raises(Refused):
        publishing.begin_correction(story_of(submission), by=alice)


def test_correction_shows_no_more_of_the_place_than_the_story_without_answers(alice, bob, charlie):
    submission = factories.submission_at("published", fields={"place_shown": "nation"})
    retention.run_retention(today=submission.erase_on)
    submission.refresh_from_db()
    browser = begin(submission, alice)
    write(submission, alice, place_shown="force")

    response = room.put_forward(browser, submission)

    assert "chose to show less about where" in room.text_of(response)


def test_what_cannot_be_corrected_says_why(alice, bob, queue_key):
    def take_back_the_yes(row):
        opened = coming_back.open_code(row.code)
        changes.keep_choices(opened, {}, began=changes.choices_version(opened))

    def wish_for_less(row):
        takedown.stop_story(story_of(row), wish="show less")
        assert why_not_put_back(load_text_facts(row, alice))

    cases = (
        ("agreed", lambda row: None, "can be corrected"),
        ("published", lambda row: retention.withdraw_submission(coming_back.open_code(row.code)), "can be corrected"),
        ("published", take_back_the_yes, "took back their yes"),
        ("published", wish_for_less, "stays down"),
    )
    for status, happens, says in cases:
        row = factories.submission_at(status)
        happens(row)
        assert says in why_not_correct(load_text_facts(row, alice)), says
    row, dora = factories.submission_at("published"), factories.person("dora", "Coordinators")
    refused = factories.client_of(dora, unlocked=False).post(reverse("room_correct", args=[story_of(row).pk]))
    assert refused.status_code == 403
    begin(row, alice)
    assert all(lifecycle.why_not(deed, status=row.status) for deed in ("decline", "count", "hold", "ask", "lapse"))
