"""The list of design.md's fourth promise: each way round two people and one text, through the real pages.

Each is tried as a moderator and as a superuser; after each, no character that two people didn't
agree on stands in a story's row or on a public page. The database’s own triggers are in
test_triggers.py, two requests at once in test_two_at_once.py.
"""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import URLPattern, get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.snippets.models import get_snippet_models

from moderation import agreements, working_copies
from moderation.models import Agreement, KeyShare, WorkingCopy
from moderation.team.permissions import Refused
from stories.intake import coming_back, retention
from stories.models import Story, Submission
from tests import factories
from tests.moderation import room
from tests.moderation.room import EVIL
from tests.moderation.team.changing import change, logged_in
from tests.moderation.team.second_step import give_password, new_browser

pytestmark = [pytest.mark.django_db, pytest.mark.store, pytest.mark.usefixtures("nothing_unagreed_anywhere")]


@pytest.fixture
def superuser(queue_key):
    """A superuser in no group, as one is after `createsuperuser`."""
    return factories.person("root", is_superuser=True, is_staff=True)


@pytest.fixture(params=["moderator", "superuser who moderates"])
def dora(request, queue_key):
    """Somebody who tries it on: a moderator, or one who is a superuser too."""
    return factories.moderator("dora", is_superuser=request.param != "moderator")


def test_agreed_text_does_come_out_on_the_site(alice, bob):
    factories.live_story(fields={"text": "Agreed by two."})

    with pytest.raises(AssertionError):
        room.assert_on_no_page("Agreed by two.")


@pytest.mark.parametrize("newest_by", ["themself", "a colleague"])
def test_nobody_agrees_to_a_text_of_which_they_wrote_a_version(dora, bob, newest_by):
    submission = factories.submission_at("received")
    factories.claim(submission, by=dora)
    working_copies.save_version(submission, factories.FIELDS | {"text": EVIL}, by=dora)
    factories.put_forward(submission, by=dora if newest_by == "themself" else bob, fields={"text": EVIL})

    response = room.agree(factories.client_of(dora), submission)

    assert "You wrote a version" in room.text_of(response)


def test_who_puts_forward_what_somebody_else_wrote_is_its_writer_from_then_on(dora, bob):
    submission = factories.submission_at("received")
    factories.claim(submission, by=bob)
    working_copies.save_version(submission, factories.FIELDS | {"text": EVIL}, by=bob)
    factories.claim(submission, by=dora)
    factories.look_first(submission, by=dora)

    with pytest.raises(Refused, match="Save this as your own version"):
        factories.say_first_yes(working_copies.newest_copy(submission), by=dora)
    room.put_forward(factories.client_of(dora), submission)

    yes = Agreement.objects.get()
    assert yes.by == yes.working_copy.written_by == dora


def test_superuser_in_no_group_gets_a_clear_refusal_everywhere(superuser, alice):
    submission = factories.submission_at("prepared")
    browser = factories.client_of(superuser, unlocked=False)

    for name in ("room_read", "room_second"):
        assert room.see(browser, name, submission.pk).status_code == 403
    for name in ("room_claim", "room_put_forward", "room_agree"):
        assert room.press(browser, name, submission.pk, **room.CHECKED, **room.token(browser)).status_code == 403
    response = room.save(browser, superuser, submission, text=EVIL)

    assert response.status_code == 403
    assert "Only moderators can do this" in room.text_of(response)
    assert not Story.objects.exists()


def test_new_version_after_an_agreement_ends_it(dora, bob):
    submission = factories.submission_at("received")
    factories.put_forward(submission, by=bob)
    Submission.objects.update(yes_to_digest=working_copies.newest_copy(submission).digest)
    browser = factories.client_of(dora)
    room.press(browser, "room_claim", submission.pk, sure="yes")

    room.save(browser, dora, submission, version=1, text=EVIL)

    submission.refresh_from_db()
    assert (submission.status, submission.yes_to_digest) == ("received", ""), "the contributor's yes ends with it"
    assert not Agreement.objects.exists()
    assert room.agree(factories.client_of(bob), submission).status_code != 302


def test_no_version_is_written_once_it_is_agreed(dora, alice, bob):
    submission = factories.submission_at("agreed")

    response = room.save(factories.client_of(dora), dora, submission, version=1, text=EVIL)

    assert EVIL in room.text_of(response)  # the words come back to who typed them
    assert WorkingCopy.objects.filter(submission=submission).count() == 1
    assert Story.objects.get(submission=submission).text == factories.FIELDS["text"]


def test_old_digest_replayed_agrees_to_nothing(dora, alice):
    submission = factories.submission_at("received")
    old = factories.put_forward(submission, by=alice)
    factories.put_forward(submission, by=alice, fields={"text": EVIL})

    response = room.agree(factories.client_of(dora), submission, digest=old.digest)

    assert "The text has changed" in room.text_of(response)
    assert not Story.objects.exists()


def test_text_that_was_rewritten_sent_back_or_withdrawn_is_agreed_by_nobody(alice, bob):
    for happens in (
        lambda row: factories.put_forward(row, by=alice),
        lambda row: agreements.send_back(row, "Change the second line.", by=bob),
        lambda row: retention.withdraw_submission(coming_back.open_code(row.code)),
    ):
        submission = factories.submission_at("received")
        copy = factories.put_forward(submission, by=alice, fields={"text": EVIL})
        happens(submission)

        with pytest.raises(Refused):
            factories.say_second_yes(copy, by=bob)


def test_story_shows_no_more_about_where_than_its_contributor_chose(alice):
    submission = factories.submission_at("received", place_shown="region")
    factories.look_first(submission, by=alice)
    factories.claim(submission, by=alice)
    copy = working_copies.save_version(submission, factories.FIELDS, by=alice)

    with pytest.raises(Refused, match="show less about where"):
        factories.say_first_yes(copy, by=alice)


def test_key_admitted_yesterday_reads_but_puts_nothing_forward_and_agrees_to_nothing(alice):
    submission, mine = factories.submission_at("received"), factories.submission_at("received")
    factories.put_forward(submission, by=alice, fields={"text": EVIL})
    eve = factories.moderator("eve", admitted_days_ago=1)
    browser = factories.client_of(eve)
    room.press(browser, "room_claim", mine.pk)
    room.save(browser, eve, mine, text=EVIL)
    assert EVIL in room.text_of(room.second(browser, submission))

    assert "less than 48 hours ago" in room.text_of(room.see(browser, "room_read", mine.pk)), "before anything is typed"
    for response in (room.put_forward(browser, mine), room.agree(browser, submission)):
        assert "less than 48 hours ago" in room.text_of(response)
    assert not Story.objects.exists()
    assert Agreement.objects.count() == 1


def test_stopped_key_or_none_agrees_to_nothing_from_the_next_request_on(bob, alice, superuser):
    submission = factories.submission_at("received")
    factories.put_forward(submission, by=alice, fields={"text": EVIL})
    browser = factories.client_of(bob)
    KeyShare.objects.filter(key__moderator=bob).delete()
    superuser.groups.set(Group.objects.filter(name="Moderators"))

    for each in (browser, factories.client_of(superuser, unlocked=False)):
        assert room.agree(each, submission).status_code == 403


def test_password_set_by_a_superuser_opens_no_vault_and_agrees_to_nothing(superuser, alice, bob):
    submission = factories.submission_at("received")
    factories.put_forward(submission, by=alice, fields={"text": EVIL})
    both, as_bob = dict.fromkeys(("password1", "password2"), "another long battery staple"), new_browser()
    change(factories.client_of(superuser, unlocked=False), bob, groups=("Moderators",), **both)
    give_password(as_bob, "bob", both["password1"])

    assert room.see(as_bob, "room_second", submission.pk).url.startswith(reverse("room_code"))
    # Even the second step, which that password sets up where there is none, opens no text.
    as_bob = logged_in("bob", both["password1"])
    assert room.see(as_bob, "vault_unlock").status_code == 403
    factories.two_days_pass()
    response = room.press(as_bob, "room_agree", submission.pk, **room.CHECKED, **room.token(as_bob))

    assert response.status_code == 403
    assert "vault" in room.text_of(response)
    assert not Story.objects.exists()


READ_ONLY = {"index", "index_results", "inspect"}
OUR_DEEDS = {"take_down", "put_back"}
PROTECTED = (
    *("story", "submission", "sealedtext", "event", "workingcopy", "agreement", "claim", "putback"),
    *("responseentry", "responseversion", "responseyes", "letter"),
)


def _addresses(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield namespace, pattern.name or "", pattern
        else:
            yield from _addresses(pattern.url_patterns, pattern.namespace or namespace)


def test_no_view_of_the_admin_makes_changes_copies_or_deletes_a_protected_row(dora):
    every = [*_addresses(get_resolver().url_patterns)]
    found = {(space, name) for space, name, pattern in every if _model_of(pattern.callback) in PROTECTED}
    assert {name for space, name, _ in every if space == "room_stories"} == READ_ONLY | OUR_DEEDS

    # Editors choose a story to quote, and can do nothing else with one.
    windows, does = ("quotable_stories", "training_stories"), ("choose", "choose_results", "chosen")
    chosen = {(window, name) for window in windows for name in does}
    assert found == {("room_stories", name) for name in READ_ONLY} | chosen
    # Wagtail's own of redirects, which are closed.
    imports = {name for _, name, _ in every if re.search("import|upload_stor|loaddata", name)}
    assert imports == {"start_import", "process_import"}
    for address in ("/admin/redirects/import/", "/admin/redirects/import/process/"):
        assert factories.client_of(dora).post(address, {"import_file": "story"}).status_code == 404


def _model_of(callback):
    given = getattr(callback, "view_initkwargs", {}).get("model")
    model = given or getattr(getattr(callback, "view_class", None), "model", None)
    if not isinstance(model, type) or model._meta.app_label not in ("stories", "moderation"):
        return None
    return model._meta.model_name


def test_no_protected_model_is_a_snippet_and_none_is_changed_many_at_once():
    protected = {model for model in apps.get_models() if model._meta.app_label in ("stories", "moderation")} - {
        apps.get_model("stories", name) for name in ("Force", "Outcome", "Theme", "ContentNote", "Demand", "Response")
    }

    assert not apps.is_installed("django.contrib.admin")
    assert not protected & set(get_snippet_models())
    assert not any(map(_many_at_once, protected))


def _many_at_once(model):
    actions = bulk_action_registry.get_bulk_actions_for_model(model._meta.app_label, model._meta.model_name)
    return {action.action_type for action in actions}


def test_crafted_addresses_of_stories_answer_nothing_and_our_deeds_change_no_word(dora, alice, bob):
    story, browser = factories.live_story(), factories.client_of(dora)
    data = {"title": EVIL, "text": EVIL, "status": "live"}

    for deed in ("edit", "add", "new", "copy", "delete", "history", "import", "reorder", "usage"):
        for address, answers in {
            f"/admin/stories/{deed}/": (404,),
            f"/admin/stories/{deed}/{story.pk}/": (404,),
            f"/admin/stories/{story.pk}/{deed}/": (404,),
            f"/admin/snippets/stories/story/{deed}/{story.pk}/": (302, 404),
            f"/admin/bulk/stories/story/{deed}/?id={story.pk}": (302, 404),
        }.items():
            assert browser.post(address, data).status_code in answers, address
    story.refresh_from_db()
    assert (story.text, story.status) == (factories.FIELDS["text"], "live")
    for name in ("put_back", "take_down"):
        browser.post(reverse(f"room_stories:{name}", args=[story.pk]), data)
        story.refresh_from_db()
        assert story.text == factories.FIELDS["text"], name
