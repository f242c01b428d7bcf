"""What a contributor changes after sending, by pages that hold at once or the form sent again from an old page."""

import re

import pytest
from django.db import IntegrityError

from moderation import claims, reading, working_copies
from moderation.facts import load_text_facts
from moderation.policies.stories import why_not_put_back
from moderation.team.permissions import Refused
from stories.core import lifecycle
from stories.crypto import receipts
from stories.intake import receive
from stories.models import CountedAnswers, Edition, Event, SealedText, Story
from tests import factories
from tests.moderation import room
from tests.stories.intake.changes import choose, deeds, erase, send_again
from tests.stories.intake.visiting import messages_of, sent

pytestmark = [pytest.mark.django_db, pytest.mark.store]
NEW_WORDS = "I went to the station and was sent home again."


def answer(visitor, submission, **changes):
    """Open the page of answers and send it with these changes, as it is filled in."""
    visitor.press(submission.code, "answers")
    before = sent(submission.code).answers
    shown = {name: before[name] for name in ("force", "place_shown", "year", "outcome")}
    return visitor.post("/return/", step="answers-keep", **{**shown, **changes})


@pytest.mark.parametrize("status", ["received", "waiting", "held", "prepared"])
def test_answers_are_added_while_it_is_undecided(status, queue_key, visitor):
    submission = factories.submission_at(status)

    answer(visitor, submission, again="maybe")

    kept = sent(submission.code).answers
    assert kept["again"] == "maybe"
    assert (kept["force"], kept["adult"], kept["consent_publish"]) == ("kent", "yes", True)
    assert "We have your answers" in visitor.text()
    assert Event.objects.get(submission=submission, deed="answers").day is None


@pytest.mark.parametrize("status", ["agreed", "published", "counted", "declined"])
def test_decision_settles_answers_and_choices_where_nothing_will_be_published(status, queue_key, visitor):
    submission = factories.submission_at(status)
    before = sent(submission.code).answers
    steps = {"answers-keep": {"again": "maybe"}}
    if status in ("counted", "declined"):
        steps["consents-keep"] = {"consent_publish": "on"}

    for step, changes in steps.items():
        visitor.come_back(submission.code)
        assert 'value="answers"' not in visitor.page
        assert ("Change what I sent" in visitor.text()) is (status in ("agreed", "published"))
        visitor.post("/return/", step=step, **changes)

        assert "nothing left to change" in visitor.text()
        assert sent(submission.code).answers == before


def test_moderator_sees_the_newest_answers_and_that_they_changed(alice, visitor):
    submission, browser = factories.submission_at("received"), factories.client_of(alice)
    room.see(browser, "room_read", submission.pk)

    answer(visitor, submission, outcome="charged")

    assert "they changed something" in room.text_of(room.see(browser, "room_lane", "wrote"))
    page = room.text_of(room.see(browser, "room_read", submission.pk))
    assert "Someone charged, or it went to court" in page
    assert "changed their answers" in page
    assert "they changed something" not in room.text_of(room.see(browser, "room_lane", "wrote"))


def send_the_form_again(visitor, submission, **changes):
    send_again(submission, consent_ask_again=True, **changes)


@pytest.mark.parametrize(
    ("way", "changes"),
    [
        *((answer, changes) for changes in ({"place_shown": "nation"}, {"force": "essex"}, {"outcome": ""})),
        *((way, {"year": "2023"}) for way in (answer, send_the_form_again)),
        (send_the_form_again, {"place_shown": "nation"}),
    ],
)
def test_changed_fact_sends_a_text_back_and_ends_every_yes(way, changes, alice, bob, visitor):
    submission = factories.submission_at("prepared", consent_ask_again=True)
    visitor.press(submission.code, "yes")

    way(visitor, submission, **changes)

    submission.refresh_from_db()
    assert (submission.status, submission.yes_to_digest) == ("received", "")
    response = room.agree(factories.client_of(bob), submission)
    assert "Agreed." not in room.text_of(response)
    assert not Story.objects.exists()


WINDOWS = [("answers", {"again": "yes"}, {"again": "no"}), ("consents", {"consent_ask_again": "on"}, {})]


@pytest.mark.parametrize(("page", "first", "then"), WINDOWS)
def test_second_window_never_overwrites_in_silence(page, first, then, queue_key, visitor):
    submission, (name,) = factories.submission_at("received"), first
    old_page = visitor.press(submission.code, page)
    visitor.press(submission.code, page)
    both = {"step": f"{page}-keep", "force": "kent", "consent_publish": "on"}
    visitor.post("/return/", **both, **first)

    visitor.post_from(old_page, "/return/", **both, **then)

    assert sent(submission.code).answers[name] == ("yes" if name in then else True)
    assert "Something has changed since you opened this page" in visitor.text()
    assert re.search(r'value="no"|name="consent_publish"[^>]* checked', visitor.page)
    visitor.post("/return/", **both, **then)
    assert sent(submission.code).answers[name] == then.get(name, False)


@pytest.mark.parametrize("step", ["answers-keep", "edit-keep", "consents-keep"])
def test_page_that_was_open_for_hours_asks_for_the_code_and_then_once_more(step, queue_key, visitor, clock):
    submission = factories.submission_at("received")
    visitor.press(submission.code, step.removesuffix("-keep"))
    clock.shift(3 * 3600)
    chosen = {"again": "yes", "account": NEW_WORDS, "consent_publish": "on", "consent_quote": "on"}

    visitor.post("/return/", step=step, **chosen)
    assert 'name="code"' in visitor.page
    visitor.post("/return/", step=step, code=submission.code, **chosen)

    assert "This page was open for a while" in visitor.text()
    assert deeds(submission) == ["receive"]
    visitor.post("/return/", step=step, **chosen)
    assert deeds(submission)[-1] in ("answers", "edit", "consents")


def test_token_of_another_account_changes_nothing(queue_key, visitor):
    mine, other = factories.submission_at("published"), factories.submission_at("published")
    visitor.press(other.code, "consents")
    visitor.post("/return/", step="consents-keep", code=mine.code)
    assert deeds(mine)[-1] == deeds(other)[-1] == "publish"
    assert Story.objects.filter(may_publish=True, status="live").count() == 2

    mine, other = factories.submission_at("received"), factories.submission_at("received")
    visitor.press(other.code, "edit")
    visitor.post("/return/", step="edit-keep", code=mine.code, account=NEW_WORDS)
    assert deeds(mine) == deeds(other) == ["receive"]
    assert visitor.box("account") == NEW_WORDS


def test_words_that_nobody_has_read_are_changed_and_the_old_ones_are_gone(queue_key, visitor):
    submission = factories.submission_at("received")
    old = bytes(SealedText.objects.get(submission=submission, kind="account").box)
    old_page = visitor.press(submission.code, "edit")
    assert visitor.box("account") == factories.ACCOUNT["account"]
    for words in ("", "   ", "x" * 20_001):
        visitor.post("/return/", step="edit-keep", account=words, well="She was kind.")
        assert (visitor.box("account"), visitor.box("well")) == (words, "She was kind.")
    assert deeds(submission) == ["receive"]

    visitor.post("/return/", step="edit-keep", account=NEW_WORDS, differently="Listen.")

    assert sent(submission.code).account["account"] == NEW_WORDS
    (kept,) = SealedText.objects.filter(submission=submission, kind="account")
    assert bytes(kept.box) != old
    assert "The old ones are erased" in visitor.text()
    assert Event.objects.get(submission=submission, deed="edit").day is None
    # Those of a second window are there beside them, to choose from.
    visitor.post_from(old_page, "/return/", step="edit-keep", account="Other words.")
    assert visitor.box("account") == "Other words."
    assert NEW_WORDS in visitor.text()
    assert sent(submission.code).account["account"] == NEW_WORDS


@pytest.mark.parametrize(("press", "begin"), [(room.press, "room_claim"), (room.see, "room_read")])
def test_words_come_back_once_a_moderator_has_begun_and_go_as_a_message(press, begin, alice, visitor):
    submission = factories.submission_at("received")
    visitor.press(submission.code, "edit")
    press(factories.client_of(alice), begin, submission.pk)

    visitor.post("/return/", step="edit-keep", account=NEW_WORDS, differently=factories.ACCOUNT["differently"])

    assert "One of us has begun to read" in visitor.text()
    assert visitor.box("account") == NEW_WORDS
    assert sent(submission.code).account == factories.ACCOUNT
    visitor.post("/return/", step="edit-message", account=NEW_WORDS, differently=factories.ACCOUNT["differently"])
    (message,) = messages_of(submission.code)
    assert NEW_WORDS in message
    assert "Ring back." not in message
    assert "We have your words as a message" in visitor.text()


LESS = {"place_shown": "nation", "force": "kent", "year": "2024", "outcome": "closed"}


@pytest.mark.parametrize(
    ("page", "changes", "why", "says"),
    [
        ("answers", LESS, "asked for a change", "You want less shown about where it was, so we stopped it"),
        ("consents", {}, "Only they can give it again", "What shows less than before holds already"),
    ],
)
def test_no_or_less_about_where_that_an_agreement_overtook_stops_a_story(page, changes, why, says, alice, bob, visitor):
    submission = factories.submission_at("prepared", consent_count=True)
    visitor.press(submission.code, page)
    factories.agree(submission, by=bob)

    visitor.post("/return/", step=f"{page}-keep", **changes)

    story = Story.objects.get()
    assert (story.status, story.may_publish) == ("hidden", page == "answers")
    assert why in why_not_put_back(load_text_facts(story.submission_id, alice))
    assert says in visitor.text()
    assert page == "answers" or "Your ticked answers are counted" in visitor.text()


CHOICES = ("consent_publish", "consent_quote", "consent_training", "consent_count", "consent_ask_again")


def test_choices_stand_as_they_were_ticked_and_change_at_once(queue_key, visitor):
    submission = factories.submission_at("received", consent_quote=True)

    visitor.press(submission.code, "consents")
    boxes = re.findall(r'<input type="checkbox" name="(consent_\w+)"[^>]* checked', visitor.page)
    choose(visitor, submission, "consent_publish", "consent_count")

    assert boxes == ["consent_publish", "consent_quote"]
    kept = sent(submission.code).answers
    assert [name for name in CHOICES if kept[name]] == ["consent_publish", "consent_count"]
    assert kept["force"] == "kent"
    assert Event.objects.get(submission=submission, deed="consents").day is None


@pytest.mark.parametrize("status", ["agreed", "published"])
@pytest.mark.parametrize("way", ["the page of choices", "the form sent again"])
def test_no_to_publishing_takes_the_story_down_at_once_everywhere(way, status, alice, bob, visitor):
    submission = factories.submission_at(status)
    before = Edition.objects.get().number

    if way == "the form sent again":
        send_again(submission, consent_publish=False)
    else:
        visitor.press(submission.code, "consents")
        assert "Untick “Publish my story”" in visitor.text()
        visitor.post("/return/", step="consents-keep", consent_quote="on")
        assert "nobody can put it there" in visitor.text()

    story = Story.objects.get()
    assert (story.status, story.may_publish, story.hidden_by_request) == ("hidden", False, False)
    assert "Only they can give it again" in why_not_put_back(load_text_facts(story.submission_id, alice))
    # What was on no page has left no sign on any page either.
    assert (Edition.objects.get().number > before) is (status == "published")
    room.assert_on_no_page(story.text[:20])
    assert sent(submission.code).account == factories.ACCOUNT
    assert sent(submission.code).answers["consent_publish"] is False
    assert deeds(submission)[-1] == "consents"

    erase(submission)

    story.refresh_from_db()
    assert (story.status, story.text, story.agreed) == ("removed", "", "")


def test_refused_story_goes_into_no_batch_and_back_for_nobody(alice, bob, visitor):
    submission = factories.submission_at("agreed")
    for _ in range(3):
        factories.submission_at("agreed")
    choose(visitor, submission)
    story = Story.objects.get(submission=submission)

    factories.publish_all()
    for user in (alice, bob):
        room.press(factories.client_of(user), "room_stories:put_back", story.pk)

    assert Story.objects.filter(status="live").count() == 3
    assert Story.objects.get(pk=story.pk).status == "hidden"


def test_yes_given_again_lets_two_moderators_put_it_back(alice, bob, visitor):
    submission = factories.submission_at("published")
    choose(visitor, submission)
    choose(visitor, submission, "consent_publish")
    story = Story.objects.get()
    assert "two of us have to agree before it comes back" in visitor.text()
    # What they changed is opened first.
    reading.read_account(submission, vault=factories.open_vault(alice))

    for user, status in ((alice, "hidden"), (bob, "live")):
        room.press(factories.client_of(user), "room_stories:put_back", story.pk)
        story.refresh_from_db()
        assert story.status == status

    # Nor does the database take one that is live without a yes.
    with pytest.raises(IntegrityError):
        Story.objects.update(may_publish=False)


def test_choices_follow_at_once_after_the_erasing_too_and_a_no_then_erases_the_story(queue_key, visitor):
    submission = factories.submission_at("published", consent_quote=True)
    for ticked, may in (("consent_training", (False, True)), ("consent_quote", (True, False))):
        before = Edition.objects.get().number
        choose(visitor, submission, "consent_publish", ticked)
        story = Story.objects.get()
        assert (story.status, story.may_quote, story.may_train) == ("live", *may)
        assert Edition.objects.get().number > before
        erase(submission)

    visitor.press(submission.code, "consents")
    assert "at once and for good" in visitor.text()
    visitor.post("/return/", step="consents-keep")

    story.refresh_from_db()
    assert (story.status, story.text, story.agreed) == ("removed", "", "")
    assert "off the site for good" in visitor.text()
    assert 'value="consents"' not in visitor.page


def test_no_to_publishing_sends_a_text_back_that_was_put_forward(alice, bob, visitor):
    submission, other = factories.submission_at("prepared"), factories.submission_at("prepared")

    choose(visitor, submission)
    send_again(other, consent_publish=False)

    submission.refresh_from_db()
    assert (submission.status, other.status) == ("received", "received")
    claims.take_claim(submission, by=alice)
    room.see(factories.client_of(alice), "room_read", submission.pk)
    assert "agree to a story" in room.text_of(room.put_forward(factories.client_of(alice), submission))


def test_wish_to_see_the_text_first_holds_for_a_text_that_waits(alice, bob, visitor):
    submission, browser = factories.submission_at("prepared"), factories.client_of(bob)

    choose(visitor, submission, "consent_publish", "consent_ask_again")

    room.second(browser, submission)
    assert "asked to see the final text first" in room.text_of(room.agree(browser, submission))
    visitor.press(submission.code, "yes")
    room.second(browser, submission)
    room.agree(browser, submission)
    assert Story.objects.exists()


def test_no_from_a_second_window_or_an_old_page_holds_and_a_yes_is_asked_again(queue_key, visitor, clock):
    submission = factories.submission_at("published", consent_quote=True)
    old_page = visitor.press(submission.code, "consents")
    choose(visitor, submission, "consent_publish", "consent_quote", "consent_training")
    choose(visitor, submission, "consent_publish", "consent_quote")

    visitor.post_from(old_page, "/return/", step="consents-keep", consent_publish="on", consent_training="on")

    story = Story.objects.get()
    assert (story.status, story.may_quote, story.may_train) == ("live", False, False)
    assert "What shows less than before holds already. The rest is not kept yet" in visitor.text()
    visitor.post("/return/", step="consents-keep", consent_publish="on", consent_training="on")
    assert Story.objects.get().may_train is True
    # From a page that was open for hours it holds once the code is there.
    visitor.press(submission.code, "consents")
    clock.shift(3 * 3600)

    visitor.post("/return/", step="consents-keep", consent_quote="on")
    visitor.post("/return/", step="consents-keep", code=submission.code, consent_quote="on")

    assert (Story.objects.get().status, Story.objects.get().may_publish) == ("hidden", False)


def test_other_answers_leave_an_event_and_have_to_be_read(alice, bob):
    submission = factories.submission_at("prepared")
    factories.unfold(submission, by=bob)

    send_again(submission, again="no")

    assert (submission.status, deeds(submission)[-1]) == ("prepared", "answers")
    with pytest.raises(Refused, match="changed an answer or a choice"):
        factories.say_second_yes(working_copies.newest_copy(submission), by=bob)


def test_old_page_undoes_nothing_that_was_changed_with_the_code(queue_key, visitor):
    submission = factories.submission_at(again="yes")
    # Before that, the last that was sent counts.
    send_again(submission, again="no")
    send_again(submission, again="yes")
    assert sent(submission.code).answers["again"] == "yes"
    choose(visitor, submission, "consent_count")
    visitor.press(submission.code, "answers")
    visitor.post("/return/", step="answers-keep", **factories.ANSWERS | {"place_shown": "nation", "again": "maybe"})

    send_again(submission, again="yes", online="yes")

    kept = sent(submission.code).answers
    assert (kept["consent_publish"], kept["place_shown"], kept["again"]) == (False, "nation", "maybe")
    # What was never said before is new, and kept.
    assert kept["online"] == "yes"


def test_no_on_an_old_page_is_a_no(queue_key, visitor):
    submission = factories.submission_at(consent_publish=False)
    choose(visitor, submission, "consent_publish")
    assert sent(submission.code).answers["consent_publish"] is True

    send_again(submission, consent_publish=False)

    assert sent(submission.code).answers["consent_publish"] is False


def test_yes_to_more_waits_for_the_page_of_choices_and_more_about_where_is_settled(alice, bob):
    submission = factories.submission_at("agreed")
    story = Story.objects.get(submission=submission)

    send_again(submission, consent_quote=True, consent_training=True)
    story.refresh_from_db()
    assert (story.status, story.may_quote, story.may_train) == ("agreed", False, False)

    before = deeds(submission)
    send_again(submission, outcome="", year="2020")
    story.refresh_from_db()
    assert (story.status, deeds(submission)) == ("agreed", before)
    assert sent(submission.code).answers["year"] == "2024"


@pytest.mark.parametrize("status", ["agreed", "published"])
def test_less_about_where_takes_the_story_down_and_nobody_puts_it_back(status, alice, bob, visitor):
    submission = factories.submission_at(status)

    send_again(submission, place_shown="nation")
    send_again(submission, place_shown="nation")

    story = Story.objects.get(submission=submission)
    assert story.status == "hidden"
    assert "asked for a change" in why_not_put_back(load_text_facts(story.submission_id, alice))
    assert deeds(submission).count("show less") == 1
    visitor.come_back(submission.code)
    assert "You asked for a change" in visitor.text()
    assert "wants less shown" in room.text_of(room.see(factories.client_of(alice), "room_stories:inspect", story.pk))


def test_what_was_counted_or_declined_is_settled(alice):
    submission = factories.submission_at()
    lifecycle.advance(submission, "decline", by=alice, reason="spam")

    send_again(submission, again="no", consent_publish=False)

    assert sent(submission.code).answers["consent_publish"] is True
    assert not CountedAnswers.objects.exists()


def test_without_a_code_a_text_that_waits_goes_back_and_a_no_takes_the_story_down(alice, bob):
    waits, agreed = _without_a_code(alice), _without_a_code(alice)
    factories.agree(agreed, by=bob)

    send_again(waits, place_shown="nothing")
    send_again(agreed, consent_publish=False)

    assert waits.status == "received"
    assert {"answers", "consents"} <= set(deeds(waits))
    assert reading.unsealed_texts(waits, vault=factories.open_vault(bob)).answers["place_shown"] == "nothing"
    assert (Story.objects.get().status, Story.objects.get().may_publish) == ("hidden", False)


def _without_a_code(reader):
    code = receipts.new_code()
    submission = receive.receive_account(factories.sent(), receive.Arrival(code, keeps_code=False))
    submission.code = code
    factories.put_forward(submission, by=reader)
    return submission
