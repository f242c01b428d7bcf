"""A force objects to a story: a clock, two people, an outcome from a closed list; and what the story's address says."""

from datetime import timedelta

import pytest
from django.urls import reverse

from moderation import publishing, reading
from moderation.forces import objections
from moderation.models import LogEntry
from moderation.queue import lanes as lists
from moderation.team import rotation
from moderation.team.permissions import Refused
from moderation.views.decorators import TOKEN, words_token
from stories.core import dates, lifecycle, snapshot, takedown
from stories.intake import retention
from stories.models import Story, TakeDownRequest
from tests import factories
from tests.moderation import room
from tests.stories.conftest import Visitor
from tests.vaults import opened_by

pytestmark = pytest.mark.django_db
WORDS = "The third paragraph names a street with four houses."


@pytest.fixture
def story(alice, bob):
    return factories.live_story()


def object_to(story, by, *, force="kent", ground="force-who"):
    browser = factories.client_of(by, unlocked=False)
    data = {TOKEN: words_token(by), "story": story.get_absolute_url(), "force": force, "ground": ground, "words": WORDS}
    assert room.press(browser, "room_object", **data).status_code == 302
    return TakeDownRequest.objects.get()


def look(user, objection, choice):
    return room.press(factories.client_of(user), "room_objection_look", objection.pk, choice=choice)


def agree(user, objection, *, shown=None):
    shown = shown or objections.objection_choice(TakeDownRequest.objects.get(pk=objection.pk))
    return room.press(factories.client_of(user), "room_objection_agree", objection.pk, shown=shown)


def settled(user, second, objection, choice):
    """Two people see it the same way."""
    look(user, objection, choice)
    agree(second, objection)
    objection.refresh_from_db()
    return objection


def page_of(user, objection, **options):
    return room.text_of(room.see(factories.client_of(user, **options), "room_objection", objection.pk))


def stub(story):
    snapshot.forget_snapshot()
    return Visitor().words(f"/stories/{story.slug}/", status=451)


def test_objection_is_sealed_has_a_clock_and_hides_nothing(story, carol, alice):
    objection = object_to(story, carol)

    assert Story.objects.get().status == "live"
    assert objection.due_on == dates.due_on(lifecycle.today())
    assert WORDS.encode() not in bytes(objection.box)
    assert reading.open_objection(objection, vault=factories.open_vault(alice)) == {"force": "kent", "text": WORDS}
    start = room.text_of(room.see(factories.client_of(alice), "wagtailadmin_home"))
    assert reverse("room_objection", args=[objection.pk]) in start
    assert [row.is_late for row in lists.due_with_objections()] == [False]
    # Its words are for moderators with an open vault.
    for user, unlocked in ((carol, False), (alice, False), (alice, True)):
        page = page_of(user, objection, unlocked=unlocked)
        assert (WORDS in page) == unlocked, user
        # The story beside it is public.
        assert "I rang 101 and waited." in page, user

    takedown.hide_story(story)
    assert "I rang 101 and waited." not in page_of(carol, objection, unlocked=False)
    rotation.reseal_some(by=rotation.begin_rotation(by=opened_by(alice)))
    objection.refresh_from_db()
    assert objection.queue_epoch_id == 2
    assert reading.open_objection(objection, vault=opened_by(alice)) == {"force": "kent", "text": WORDS}


def test_two_people_withhold_it_and_its_address_says_so_until_two_put_it_back(carol, alice, bob, visitor):
    submission = factories.submission_at("published")
    story = submission.story
    objection = object_to(story, carol, ground="force-law")

    look(alice, objection, "withheld.law")
    for user, status in ((alice, "live"), (bob, "hidden")):
        agree(user, objection)
        assert Story.objects.get().status == status

    said = stub(story)
    assert "This account is withheld at the request of a police force" in said
    assert f"Kent Police objected to it. We withheld it in {lifecycle.today():%B %Y}." in said
    assert "The ground was the law" in said
    assert story.title not in said
    assert "A police force objected to it. Two of us looked" in room.contributor_reads(visitor, submission)
    assert "Somebody asked for it to come down" not in visitor.text()
    objection.refresh_from_db()
    assert (objection.outcome, objection.first_by, objection.settled_by) == ("withheld", alice, bob)
    assert "Decided by alice and bob" in page_of(alice, objection)
    deeds = {"write down an objection", "look at an objection", "settle an objection"}
    assert deeds <= set(LogEntry.objects.values_list("deed", flat=True))

    for person in (alice, bob):
        publishing.put_back(story, vault=factories.open_vault(person))
    snapshot.forget_snapshot()
    assert Visitor().get(f"/stories/{story.slug}/").status_code == 200
    assert not TakeDownRequest.objects.get().is_upheld


def test_force_that_the_story_does_not_show_is_kept_sealed(carol, alice, bob):
    story = factories.live_story(fields={"force": "", "place_shown": "region", "region": "South East"})
    objection = object_to(story, carol)

    def shown(name):
        return room.text_of(room.see(factories.client_of(alice), name))

    assert objection.force is None
    assert b"kent" not in bytes(objection.box)
    assert "kept sealed" in shown("room_take_downs")
    assert "kept sealed" in shown("wagtailadmin_home")
    locked = (page_of(person, objection, unlocked=False) for person in (alice, carol))
    for page in (shown("room_take_downs"), shown("wagtailadmin_home"), *locked):
        assert "Kent" not in page
    assert "Kent Police objects to this story" in page_of(alice, objection)

    # Nor does the address of the story name it.
    settled(alice, bob, objection, "withheld.identifies")
    assert "A police force objected to it." in stub(story)
    assert "Kent" not in stub(story)


def test_force_stands_beside_the_box_no_longer_than_its_story_shows_it(story, carol, alice, bob):
    # Another force than the story shows is sealed from the start.
    assert object_to(story, carol, force="essex").force is None
    TakeDownRequest.objects.all().delete()
    objection = object_to(story, carol)
    assert objection.force_id == "kent"
    settled(alice, bob, objection, "withheld.law")

    takedown.remove_story(story)

    objection.refresh_from_db()
    assert objection.force is None
    assert bytes(objection.box) == b""
    said = page_of(alice, objection)
    assert "A force objected to this story; which one is erased" in said
    assert "doesn’t show" not in said
    assert "kept sealed" not in room.text_of(room.see(factories.client_of(alice), "room_take_downs"))


def test_one_that_is_to_be_corrected_leads_there_and_its_force_goes_with_the_storys(story, carol, alice, bob):
    objection = settled(alice, bob, object_to(story, carol), "corrected.detail")
    assert reverse("room_correct", args=[story.pk]) in page_of(bob, objection)
    assert Story.objects.get().status == "live"
    assert objection.force_id == "kent"

    factories.correct(story, force="", place_shown="region", region="South East")

    objection.refresh_from_db()
    assert objection.force is None


def test_second_person_agrees_to_what_stood_on_their_screen_or_sends_it_back(story, carol, alice, bob):
    objection = object_to(story, carol)
    look(alice, objection, "stays.nobody")
    assert 'name="shown" value="stays.nobody"' in page_of(bob, objection)
    room.press(factories.client_of(bob), "room_objection_send_back", objection.pk)
    look(alice, objection, "withheld.law")

    agree(bob, objection, shown="stays.nobody")

    objection.refresh_from_db()
    assert (objection.outcome, Story.objects.get().status) == ("", "live")
    room.press(factories.client_of(bob), "room_objection_send_back", objection.pk)
    look(bob, objection, "stays.nobody")
    agree(alice, objection)
    objection.refresh_from_db()
    assert (objection.outcome, objection.reason, objection.first_by) == ("stays", "nobody", bob)
    assert Story.objects.get().status == "live"
    assert "Nobody can be told from it" in page_of(carol, objection, unlocked=False)


def test_nobody_settles_with_somebody_who_may_look_no_more(story, carol, alice, bob):
    objection = object_to(story, carol)
    look(alice, objection, "withheld.law")
    alice.is_active = False
    alice.save()

    agree(bob, objection)

    objection.refresh_from_db()
    assert objection.outcome == ""
    objections.send_objection_back(objection, by=bob)


def test_settled_one_is_looked_at_no_more_and_what_it_wrote_goes_thirty_days_later(story, carol, alice, bob):
    objection = object_to(story, carol)
    for outcome, reason in (("withheld", "nobody"), ("gone", "gone"), ("stays", "")):
        with pytest.raises(Refused):
            objections.choose_outcome(objection, outcome, reason, by=alice)
    settled(alice, bob, objection, "stays.no-law")

    for deed in (
        lambda: objections.agree_to_objection(objection, shown="stays.no-law", by=alice),
        lambda: objections.send_objection_back(objection, by=alice),
    ):
        with pytest.raises(Refused):
            deed()

    retention.run_retention(today=objection.settled_on + timedelta(days=30))

    objection.refresh_from_db()
    assert bytes(objection.box) == b""
    assert objection.outcome == "stays"
