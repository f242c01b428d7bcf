"""Words for a contributor: ready ones, who writes and reads those, and a look at what a contributor will read."""

import html
import re

import pytest

from moderation import ready_words
from moderation.models import ReadyWords
from moderation.team.permissions import COORDINATORS
from moderation.views.decorators import TOKEN
from stories.models import SealedText, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

QUESTION = "Did anybody ring you back after that?"


def test_ready_words_go_into_the_box_after_what_stands_there(submission, browser, alice):
    ready = ReadyWords.objects.filter(purpose="question").first()

    page = room.decide(browser, alice, submission, "ask", step="fill", question="Dear you.", ready=ready.pk)

    box = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", room.text_of(page), re.DOTALL)[1]
    assert html.unescape(box) == f"Dear you.\n\n{ready.text}"
    assert not SealedText.objects.filter(kind="message").exists()


def test_each_purpose_offers_its_own_words_in_the_contributors_language(submission, browser, alice):
    question = ReadyWords.objects.create(
        purpose="question", title="A lovely question", text="A", text_cy="Pa flwyddyn?"
    )
    decline = ReadyWords.objects.create(purpose="decline", title="A gentle no", text="We can not.")

    asking_page = room.text_of(room.see(browser, "room_decide", submission.pk, "ask"))
    declining_page = room.text_of(room.see(browser, "room_decide", submission.pk, "decline"))

    assert question.title in asking_page
    assert decline.title not in asking_page
    assert decline.title in declining_page
    assert question.title not in declining_page
    Submission.objects.update(language="cy")
    filled = room.decide(browser, alice, submission, "ask", step="fill", ready=question.pk)
    assert "Pa flwyddyn?" in room.text_of(filled)


@pytest.mark.parametrize(
    ("deed", "data"),
    [("ask", {"question": QUESTION}), ("decline", {"reason": "too-little", "note": "Thank you for beginning."})],
)
def test_preview_shows_what_the_contributor_then_reads_and_stores_nothing(
    submission, browser, alice, visitor, deed, data
):
    preview = room.decide(browser, alice, submission, deed, step="preview", **data)
    page = html.unescape(re.search(r'srcdoc="([^"]*)"', room.text_of(preview))[1])

    assert Submission.objects.get().status == "received"
    assert not SealedText.objects.filter(kind="message").exists()
    room.write_to(browser, alice, submission, deed, **data)
    factories.ten_minutes_pass()
    room.contributor_reads(visitor, submission)
    assert _messages_in(page) == _messages_in(visitor.page) != ""
    assert _heading_of(page) == _heading_of(visitor.page)


def _messages_in(page):
    return re.search(r'<div class="messages">.*?</div>\s*</div>', page, re.DOTALL)[0]


def _heading_of(page):
    return re.search(r"<h1.*?</h1>.*?<p class=\"lead\">.*?</p>\s*<p>.*?</p>", page, re.DOTALL)[0]


def test_nothing_is_sent_that_was_not_seen(submission, browser, alice):
    preview = room.decide(browser, alice, submission, "ask", step="preview", question=QUESTION)
    seen = re.search(r'name="seen" value="(\w+)"', room.text_of(preview))[1]

    room.decide(browser, alice, submission, "ask", step="send", question=QUESTION)
    other = room.decide(browser, alice, submission, "ask", step="send", question="Another one", seen=seen)

    assert "Another one" in room.text_of(other)
    assert Submission.objects.get().status == "received"


def test_markup_in_a_question_is_only_ever_text(submission, browser, alice):
    preview = room.decide(browser, alice, submission, "ask", step="preview", question="<script>alert(1)</script>")

    page = html.unescape(re.search(r'srcdoc="([^"]*)"', room.text_of(preview))[1])
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_words_and_their_token_are_on_every_page_of_the_way_and_come_back_after_a_log_out(submission, browser, alice):
    gone = factories.client_of(alice)
    gone.logout()

    for step in ("fill", "preview", "send", "change"):
        assert QUESTION in room.text_of(room.decide(gone, alice, submission, "ask", step=step, question=QUESTION)), step
        page = room.text_of(room.decide(browser, alice, submission, "ask", step=step, question=QUESTION, seen="x"))
        assert QUESTION in page, step
        assert f'name="{TOKEN}"' in page, step
    assert Submission.objects.get().status == "received"


def test_new_site_has_words_for_contributors_and_they_name_nobody(db):
    by_purpose = {purpose: ReadyWords.objects.filter(purpose=purpose).count() for purpose in ReadyWords.Purpose.values}

    assert by_purpose == {"question": 8, "decline": 8, "care": 0, "safety": 0}
    for words in ReadyWords.objects.all():
        assert len(words.text) < 500
        assert not re.search(r"[\[\]{}!]|unfortunately|please note|victim", words.text, re.IGNORECASE), words.title


def test_words_that_a_coordinator_deleted_stay_deleted(db):

    kept = ReadyWords.objects.first()
    ReadyWords.objects.exclude(pk=kept.pk).delete()

    ready_words.create_defaults()

    assert ReadyWords.objects.get() == kept


def test_coordinators_write_the_library_and_moderators_read_it(alice):

    dora = factories.client_of(factories.person("dora", COORDINATORS), unlocked=False)
    data = {"purpose": "question", "title": "Year", "text": "Which year was it?", "text_cy": "", "order": "5"}

    room.press(dora, "room_ready_words:add", **data)
    made = ReadyWords.objects.get(title="Year")
    reader = factories.client_of(alice, unlocked=False)

    assert "Year" in room.text_of(room.see(reader, "room_ready_words:index"))
    assert "Which year was it?" in room.text_of(room.see(reader, "room_ready_words:inspect", made.pk))
    for name, args in (("add", ()), ("edit", (made.pk,)), ("delete", (made.pk,))):
        room.press(reader, f"room_ready_words:{name}", *args, **data | {"text": "Changed"})
    made.refresh_from_db()
    assert made.text == "Which year was it?"
    assert ReadyWords.objects.filter(title="Year").count() == 1
