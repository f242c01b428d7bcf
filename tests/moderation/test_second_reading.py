import pytest

from moderation import versions
from moderation.models import Agreement
from moderation.views.doors import TOKEN, words_token
from stories.models import SealedText, Story
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(alice):
    found = factories.submission_at("received", account="PC Ravi Holt wrote it down.\n\nNobody rang.")
    factories.put_forward(found, by=alice, fields={"text": "An officer wrote it down.\n\nNobody rang."})
    return found


@pytest.fixture
def browser(bob):
    return factories.client_of(bob)


def test_source_text_and_changes_stand_on_one_page(submission, browser):
    page = room.text_of(room.see(browser, "room_second", submission.pk))

    assert "Ravi Holt" in page
    assert "An officer wrote it down." in page
    assert "Kent Police" in page
    assert '<del><span class="w-sr-only">removed: </span>PC Ravi Holt </del>' in page
    assert '<ins><span class="w-sr-only">added: </span>An officer </ins>' in page


def test_form_carries_the_digest_of_what_is_shown(submission, browser):
    check = room.see(browser, "room_second", submission.pk).context["check"]

    assert check["digest"].value() == versions.current(submission).digest


def test_second_reader_answers_the_check_blind(submission, browser):
    check = room.see(browser, "room_second", submission.pk).context["check"]

    assert all(field.value() is None for field in check.visible_fields())


def test_second_yes_writes_the_story_that_waits_for_its_batch(submission, browser, alice, bob):
    response = room.agree(browser, submission)

    story = Story.objects.get(submission=submission)
    assert response.status_code == 302
    assert (story.status, story.first_reader, story.second_reader) == ("agreed", alice, bob)


def test_sent_back_with_a_sealed_note_that_the_first_reader_reads(submission, browser, alice, bob):
    note = "The second line still names somebody."

    room.press(browser, "room_send_back", submission.pk, note=note, **{TOKEN: words_token(bob)})

    submission.refresh_from_db()
    assert submission.status == "received"
    assert not Agreement.objects.exists()
    assert note.encode() not in bytes(SealedText.objects.get(kind="note").box)
    assert note in room.text_of(room.see(factories.client_of(alice), "room_read", submission.pk))


def test_note_without_words_sends_nothing_back(submission, browser, bob):
    response = room.press(browser, "room_send_back", submission.pk, note="  ", **{TOKEN: words_token(bob)})

    submission.refresh_from_db()
    assert submission.status == "prepared"
    assert "Say in a sentence what should change" in room.text_of(response)


def test_note_is_kept_by_a_lock_and_given_back_by_a_log_out(submission, bob):
    note = "Half a page that I typed."
    data = {"note": note, TOKEN: words_token(bob)}
    address = f"/admin/queue/{submission.pk}/send-back/"

    logged_out = factories.client_of(bob)
    logged_out.logout()
    assert note in room.text_of(logged_out.post(address, data, secure=True))

    assert factories.client_of(bob, unlocked=False).post(address, data, secure=True).status_code == 302
    submission.refresh_from_db()
    assert submission.status == "received"


def test_writer_sees_why_somebody_else_has_to_read_it(submission, alice):
    page = room.text_of(room.see(factories.client_of(alice), "room_second", submission.pk))

    assert "another moderator has to be its second reader" in page


def test_page_of_what_is_not_put_forward_leads_to_reading(alice, browser):
    submission = factories.submission_at("received")

    response = room.see(browser, "room_second", submission.pk)

    assert response.status_code == 302
    assert response.url == f"/admin/queue/{submission.pk}/"
