"""What is left to do, and how the site stands: on the first screen, and for `heard status` and `heard doctor`."""

import io
import json

from django.core.management import call_command
from django.urls import reverse

from heard import health, overview
from moderation import ready_words
from moderation.team import permissions
from stories.models import Submission
from tests import factories


def left():
    return "\n".join(each.says for each in overview.what_is_left())


def test_new_site_says_what_is_left_in_the_order_in_which_to_do_it_until_it_is_done(db):
    sentences = left().split("\n")

    for number, word in enumerate(["vault", "coordinator", "moderators"]):
        assert word in sentences[number], sentences
    assert "three agreed stories" in left()
    factories.queue_key()
    factories.person("carol", permissions.COORDINATORS)
    ready_words.ReadyWords.objects.create(title="Lead", text="0300", purpose=ready_words.Purpose.SAFEGUARDING)
    for done in ("vault", "coordinator", "in danger"):
        assert done not in left()


def test_second_key_says_from_when_it_agrees(queue_key):
    factories.moderator("alice")
    factories.moderator("dora", admitted_days_ago=0)
    assert "48 hours after it was admitted" in left()

    factories.moderator("bob")

    assert "48 hours after it was admitted" not in left()


def test_lines_count_what_waits_and_tell_no_account_from_another(queue_key):
    factories.submission_at("received")
    Submission.objects.filter(pk=factories.submission_at("received").pk).update(is_urgent=True)

    lines = overview.lines()

    assert lines["Waiting"].startswith("2, of which 0")
    assert lines["Urgent"] == "1"
    # As facts, they are one line of JSON.
    said = io.StringIO()
    call_command("facts", stdout=said)
    told = json.loads(said.getvalue())
    assert set(told) == {"checks", "left", "lines", "late"}
    assert all(check["level"] in ("wrong", "warning", "OK") and check["says"] for check in told["checks"])


def test_administrators_see_all_coordinators_what_is_left_or_late_and_editors_none(queue_key, monkeypatch):
    root, carol = factories.person("root", is_superuser=True), factories.person("carol", permissions.COORDINATORS)
    erin = factories.person("erin", permissions.EDITORS)

    for late in ([], ["backup"]):
        monkeypatch.setattr(health, "late_signs", lambda late=late: (late, False))
        for person, sees, is_coordinator in ((root, True, False), (carol, bool(late), True), (erin, False, False)):
            page = factories.client_of(person, unlocked=False).get("/admin/").content.decode()
            assert ("How the site stands" in page) is sees, (person, late)
            assert (f'href="{reverse("room_invite")}"' in page) is (is_coordinator or person is root)
            assert ("Flood tray" in page) is (person is root)
