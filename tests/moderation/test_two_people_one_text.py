"""The list of design.md's fourth promise: each way round two people and one text, tried for real.

Each is tried as a moderator and, where an address is involved, as a superuser; after each, no
character that two people didn't agree on stands in a story's row or on a public page.
"""

import io
import json
import re
import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.snippets.models import get_snippet_models

from moderation import agreements, publishing, versions, working_copies
from moderation.errors import Refused
from moderation.models import Agreement, KeyShare, WorkingCopy
from stories import agreed_text
from stories.models import NotAgreed, SealedText, Story, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

EVIL = "Officer Quillfeather of Nettlebridge Road"
AGREED = "Nobody called me back."


@pytest.fixture(autouse=True)
def _nothing_unagreed_anywhere():
    yield
    assert_nowhere(EVIL)


@pytest.fixture
def superuser(queue_key):
    """A superuser in no group, as one is after `createsuperuser`."""
    return factories.person("root", is_superuser=True, is_staff=True)


@pytest.fixture(params=["moderator", "superuser who moderates"])
def dora(request, queue_key):
    """Somebody who tries it on: a moderator, or one who is a superuser too."""
    return factories.moderator("dora", is_superuser=request.param != "moderator")


def assert_nowhere(words):
    """No story's row, and no page that anybody can read, holds these words."""
    for row in Story.objects.values():
        assert words not in json.dumps(row, default=str)
    for address in _public_addresses():
        response = room.reader().get(address, secure=True)
        assert words not in b"".join(response).decode(errors="replace"), address


def _public_addresses():
    yield from ("/", "/stories/", "/stories.json", "/stories.csv", "/stories.atom", "/forces/", "/forces/kent/")
    yield from (f"/stories/{slug}/" for slug in Story.objects.values_list("slug", flat=True))


def refused_by_the_database(do):
    with pytest.raises(DatabaseError), transaction.atomic():
        do()


def whole(fields, *, salt="s" * 64):
    """Columns, document, salt and digest that all fit each other, for words that nobody agreed on."""
    fields = working_copies.with_place(working_copies.EMPTY | fields)
    document = agreed_text.canonical(fields)
    return {
        "title": fields["title"],
        "text": fields["text"],
        "place_shown": fields["place_shown"],
        "force_id": fields["force"] or None,
        "region": fields["region"],
        "nation": fields["nation"],
        "year": int(fields["year"]) if fields["year"] else None,
        "outcome_id": fields["outcome"] or None,
        "themes": fields["themes"],
        "content_notes": fields["content_notes"],
        "agreed": document,
        "salt": salt,
        "digest": agreed_text.digest(document, salt=salt),
    }


def evil():
    return whole(factories.FIELDS | {"text": EVIL})


# --- What shall work, so that the rest means something --------------------------------------


def test_agreed_text_does_come_out_on_the_site(alice, bob):
    factories.live_story()

    with pytest.raises(AssertionError):
        assert_nowhere(AGREED)


def test_whole_way_through_the_real_pages(alice, bob):
    submission = factories.submission_at("received")
    of_alice, of_bob = factories.client_of(alice), factories.client_of(bob)

    room.press(of_alice, "room_claim", submission.pk)
    room.save(of_alice, alice, submission)
    room.put_forward(of_alice, submission)
    response = room.agree(of_bob, submission)

    assert response.status_code == 302
    story = Story.objects.get(submission=submission)
    assert (story.text, story.first_reader, story.second_reader) == (factories.FIELDS["text"], alice, bob)


# --- Alone ----------------------------------------------------------------------------------


def test_nobody_agrees_to_their_own_text(dora):
    submission = factories.submission_at("received")
    browser = factories.client_of(dora)
    room.press(browser, "room_claim", submission.pk)
    room.save(browser, dora, submission, text=EVIL)
    room.put_forward(browser, submission)

    response = room.agree(browser, submission)

    assert "You wrote a version" in room.text_of(response)
    assert not Story.objects.exists()


def test_writer_of_an_older_version_does_not_agree_to_a_newer_one(dora, bob):
    submission = factories.submission_at("received")
    factories.claim(submission, by=dora)
    working_copies.save(submission, factories.FIELDS | {"text": EVIL}, by=dora)
    factories.put_forward(submission, by=bob, fields={"text": EVIL})

    response = room.agree(factories.client_of(dora), submission)

    assert "You wrote a version" in room.text_of(response)
    assert not Story.objects.exists()


def test_who_put_it_forward_is_not_its_second_reader_even_by_the_function(alice, bob):
    submission = factories.submission_at("received")
    copy = factories.put_forward(submission, by=alice, fields={"text": EVIL})

    with pytest.raises(Refused, match="You wrote a version"):
        agreements.agree(copy, copy.digest, vault=factories.open_vault(alice), check=factories.CLEAR)


def test_nobody_puts_forward_what_somebody_else_wrote(dora, bob):
    submission = factories.submission_at("received")
    factories.claim(submission, by=bob)
    working_copies.save(submission, factories.FIELDS | {"text": EVIL}, by=bob)
    factories.claim(submission, by=dora)

    response = room.put_forward(factories.client_of(dora), submission)

    assert "Save this as your own version" in room.text_of(response)
    assert not Agreement.objects.exists()


def test_superuser_in_no_group_gets_a_clear_refusal_everywhere(superuser, alice):
    submission = factories.submission_at("prepared")
    browser = factories.client_of(superuser, unlocked=False)

    for name in ("room_read", "room_second"):
        assert room.see(browser, name, submission.pk).status_code == 403
    for name in ("room_claim", "room_put_forward", "room_agree"):
        assert room.press(browser, name, submission.pk, **room.CHECKED).status_code == 403
    response = room.save(browser, superuser, submission, text=EVIL)

    assert response.status_code == 403
    assert "Only moderators can do this" in room.text_of(response)
    assert not Story.objects.exists()


# --- Another text, another time -------------------------------------------------------------


def test_new_version_after_an_agreement_ends_it(dora, bob):
    submission = factories.submission_at("received")
    factories.put_forward(submission, by=bob)
    browser = factories.client_of(dora)
    room.press(browser, "room_claim", submission.pk)

    room.save(browser, dora, submission, version=1, text=EVIL)

    submission.refresh_from_db()
    assert submission.status == "received"
    assert not Agreement.objects.exists()
    assert room.agree(factories.client_of(bob), submission).status_code != 302


def test_new_version_ends_the_contributors_yes_too(alice):
    submission = factories.submission_at("received")
    factories.put_forward(submission, by=alice)
    Submission.objects.filter(pk=submission.pk).update(yes_to_digest=versions.current(submission).digest)
    factories.claim(submission, by=alice)

    working_copies.save(submission, factories.FIELDS | {"text": EVIL}, by=alice)

    submission.refresh_from_db()
    assert submission.yes_to_digest == ""


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


def test_text_that_went_back_and_came_again_needs_both_yeses_again(alice, bob):
    submission = factories.submission_at("received")
    copy = factories.put_forward(submission, by=alice)
    agreements.send_back(copy, "Change the second line.", by=bob)

    with pytest.raises(Refused):
        agreements.agree(copy, copy.digest, vault=factories.open_vault(bob), check=factories.CLEAR)


def test_withdrawn_text_is_agreed_by_nobody(alice, bob):
    from stories.telling import coming_back, withdrawal

    submission = factories.submission_at("received")
    copy = factories.put_forward(submission, by=alice, fields={"text": EVIL})
    withdrawal.withdraw(coming_back.find(submission.code))

    with pytest.raises(Refused):
        agreements.agree(copy, copy.digest, vault=factories.open_vault(bob), check=factories.CLEAR)


@pytest.mark.parametrize("answer", ["", "left"])
def test_check_that_is_not_clear_agrees_to_nothing(dora, alice, answer):
    submission = factories.submission_at("received")
    factories.put_forward(submission, by=alice, fields={"text": EVIL})

    response = room.agree(factories.client_of(dora), submission, **{"check-names": answer})

    assert "anonymity check" in room.text_of(response)
    assert not Story.objects.exists()


def test_contributor_who_wants_to_see_it_first_is_waited_for(dora, alice):
    submission = factories.submission_at("received", consent_ask_again=True)
    factories.put_forward(submission, by=alice, fields={"text": EVIL})

    response = room.agree(factories.client_of(dora), submission)

    assert "asked to see the final text first" in room.text_of(response)
    assert not Story.objects.exists()


def test_story_shows_no_more_about_where_than_its_contributor_chose(alice):
    submission = factories.submission_at("received", place_shown="region")
    factories.claim(submission, by=alice)
    copy = working_copies.save(submission, factories.FIELDS, by=alice)

    with pytest.raises(Refused, match="show less about where"):
        agreements.put_forward(copy, copy.digest, vault=factories.open_vault(alice), check=factories.CLEAR)


# --- Keys -----------------------------------------------------------------------------------


def test_locked_vault_agrees_to_nothing(dora, alice):
    submission = factories.submission_at("received")
    factories.put_forward(submission, by=alice, fields={"text": EVIL})

    response = room.agree(factories.client_of(dora, unlocked=False), submission)

    assert response.status_code == 403
    assert not Story.objects.exists()


def test_key_admitted_yesterday_reads_but_agrees_to_nothing(alice):
    submission = factories.submission_at("received")
    factories.put_forward(submission, by=alice, fields={"text": EVIL})
    eve = factories.moderator("eve", admitted_days_ago=1)
    browser = factories.client_of(eve)

    assert EVIL in room.text_of(room.see(browser, "room_second", submission.pk))
    response = room.agree(browser, submission)

    assert "less than 48 hours ago" in room.text_of(response)
    assert not Story.objects.exists()


def test_key_admitted_yesterday_puts_nothing_forward(queue_key):
    eve = factories.moderator("eve", admitted_days_ago=1)
    submission = factories.submission_at("received")
    browser = factories.client_of(eve)
    room.press(browser, "room_claim", submission.pk)
    room.save(browser, eve, submission, text=EVIL)

    response = room.put_forward(browser, submission)

    assert "less than 48 hours ago" in room.text_of(response)
    assert not Agreement.objects.exists()


def test_stopped_key_agrees_to_nothing_from_the_next_request_on(bob, alice):
    submission = factories.submission_at("received")
    factories.put_forward(submission, by=alice, fields={"text": EVIL})
    browser = factories.client_of(bob)
    KeyShare.objects.filter(key__moderator=bob).delete()

    assert room.agree(browser, submission).status_code == 403
    assert not Story.objects.exists()


def test_password_set_by_a_superuser_opens_no_vault_and_agrees_to_nothing(superuser, alice, bob):
    submission = factories.submission_at("received")
    factories.put_forward(submission, by=alice, fields={"text": EVIL})
    new = "another long battery staple"
    form = {"username": "bob", "email": "bob@heard.example", "first_name": "B", "last_name": "B", "is_active": "on"}
    form |= {"groups": [group.pk for group in bob.groups.all()], "password1": new, "password2": new}
    changed = factories.client_of(superuser, unlocked=False).post(
        reverse("wagtailusers_users:edit", args=[bob.pk]), form
    )
    bob.refresh_from_db()
    assert changed.status_code == 302
    assert bob.check_password(new)

    as_bob = Client(headers={"origin": "https://testserver"})
    as_bob.post(reverse("wagtailadmin_login"), {"username": "bob", "password": new}, secure=True)
    response = as_bob.post(reverse("room_agree", args=[submission.pk]), room.CHECKED, secure=True)

    assert response.status_code == 403
    assert "vault" in room.text_of(response)
    assert not Story.objects.exists()


def test_superuser_who_joins_the_group_still_has_no_key(superuser, alice):
    from django.contrib.auth.models import Group

    submission = factories.submission_at("received")
    factories.put_forward(submission, by=alice, fields={"text": EVIL})
    superuser.groups.set(Group.objects.filter(name="Moderators"))

    response = room.agree(factories.client_of(superuser, unlocked=False), submission)

    assert response.status_code == 403
    assert not Story.objects.exists()


# --- The admin ------------------------------------------------------------------------------

READ_ONLY = {"index", "index_results", "inspect"}
OUR_DEEDS = {"take_down", "put_back"}
PROTECTED = ("story", "submission", "sealedtext", "event", "workingcopy", "agreement", "claim", "putback")


def _addresses(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield namespace, pattern.name or "", pattern
        else:
            yield from _addresses(pattern.url_patterns, pattern.namespace or namespace)


def test_stories_have_only_addresses_that_read_take_down_and_put_back():
    ours = [name for namespace, name, _ in _addresses(get_resolver().url_patterns) if namespace == "room_stories"]

    assert set(ours) == READ_ONLY | OUR_DEEDS


def test_no_view_of_the_admin_makes_changes_copies_or_deletes_a_protected_row():
    found = {
        (namespace, name)
        for namespace, name, pattern in _addresses(get_resolver().url_patterns)
        if _model_of(pattern.callback) in PROTECTED
    }

    assert found == {("room_stories", name) for name in READ_ONLY}


def _model_of(callback):
    given = getattr(callback, "view_initkwargs", {}).get("model")
    model = given or getattr(getattr(callback, "view_class", None), "model", None)
    if not isinstance(model, type) or model._meta.app_label not in ("stories", "moderation"):
        return None
    return model._meta.model_name


def test_no_protected_model_is_a_snippet_or_has_bulk_actions():
    protected = {
        model for model in apps.get_models() if model._meta.app_label in ("stories", "moderation")
    } - {apps.get_model("stories", name) for name in ("Force", "Outcome", "Theme", "ContentNote", "Response")}

    assert not protected & set(get_snippet_models())
    for model in protected:
        assert not bulk_action_registry.get_bulk_actions_for_model(model._meta.app_label, model._meta.model_name)


def test_django_own_admin_is_not_there():
    assert not apps.is_installed("django.contrib.admin")


@pytest.mark.parametrize("deed", ["edit", "add", "new", "copy", "delete", "history", "import", "reorder", "usage"])
def test_crafted_addresses_of_stories_answer_nothing(dora, alice, bob, deed):
    story = factories.live_story()
    browser = factories.client_of(dora)
    data = {"title": EVIL, "text": EVIL, "status": "live"}

    for address in (f"/admin/stories/{deed}/", f"/admin/stories/{deed}/{story.pk}/", f"/admin/stories/{story.pk}/{deed}/"):
        assert browser.post(address, data).status_code == 404
    for address in (f"/admin/snippets/stories/story/{deed}/{story.pk}/", f"/admin/bulk/stories/story/{deed}/?id={story.pk}"):
        assert browser.post(address, data).status_code in (302, 404)
    story.refresh_from_db()
    assert (story.text, story.status) == (factories.FIELDS["text"], "live")


@pytest.mark.parametrize("name", ["take_down", "put_back"])
def test_deeds_on_stories_change_no_word_whatever_is_posted(dora, alice, bob, name):
    story = factories.live_story()

    factories.client_of(dora).post(reverse(f"room_stories:{name}", args=[story.pk]), {"text": EVIL, "title": EVIL})

    story.refresh_from_db()
    assert story.text == factories.FIELDS["text"]


def test_import_of_a_list_brings_no_story(dora):
    names = {name for _, name, _ in _addresses(get_resolver().url_patterns)}

    assert not [name for name in names if re.search("import|upload_stor|loaddata", name)]


# --- Below the pages: the model, the query, the fixture -------------------------------------


def _story(submission, first, second, **columns):
    return Story(
        submission=submission,
        first_reader=first,
        second_reader=second,
        agreed_week=timezone.localdate() - timedelta(days=timezone.localdate().weekday()),
        **columns,
    )


def test_model_refuses_words_that_differ_from_the_agreed_ones(alice, bob):
    story = factories.live_story()

    for column in ("title", "text", "region", "nation", "themes", "content_notes"):
        fresh = Story.objects.get(pk=story.pk)
        setattr(fresh, column, EVIL[:40])
        with pytest.raises(NotAgreed):
            fresh.save()


def test_model_with_a_digest_of_its_own_is_refused_by_the_database(alice, bob):
    submission = factories.submission_at("received")

    refused_by_the_database(lambda: _story(submission, alice, bob, **evil()).save())


def test_new_row_without_two_yeses_is_refused_in_every_way_of_writing_one(alice, bob):
    submission = factories.submission_at("prepared", fields={"text": EVIL})
    copy = versions.current(submission)
    from moderation import reading

    opened = reading.working_copy(copy.sealed, vault=factories.open_vault(bob))
    columns = whole(opened["fields"], salt=opened["salt"])
    assert columns["digest"] == copy.digest

    make = lambda: _story(submission, alice, bob, **columns)  # noqa: E731
    refused_by_the_database(lambda: make().save())
    refused_by_the_database(lambda: Story.objects.bulk_create([make()]))
    refused_by_the_database(lambda: Story.objects.bulk_create([make()], ignore_conflicts=True))
    refused_by_the_database(lambda: Story.objects.create(**{"status": "live", "sequence": 1}, **_kwargs(make())))


def _kwargs(story):
    fields = {field.attname: getattr(story, field.attname) for field in Story._meta.concrete_fields}
    return {name: value for name, value in fields.items() if name not in ("status", "sequence")}


def test_bulk_create_refuses_words_nobody_agreed_on(alice, bob):
    story = factories.live_story()
    submission = factories.submission_at("received")
    fresh = _story(submission, alice, bob, **evil())

    refused_by_the_database(lambda: Story.objects.bulk_create([fresh]))
    refused_by_the_database(
        lambda: Story.objects.bulk_create(
            [_story(story.submission, alice, bob, pk=story.pk, slug=story.slug, **evil())],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["text", "agreed", "digest", "salt"],
        )
    )


def test_update_refuses_other_words_with_and_without_a_digest_of_their_own(alice, bob):
    story = factories.live_story()
    row = Story.objects.filter(pk=story.pk)

    for column in ("title", "text", "region", "nation", "themes", "content_notes", "agreed", "place_shown"):
        refused_by_the_database(lambda column=column: row.update(**{column: EVIL[:7]}))
    refused_by_the_database(lambda: row.update(year=1999))
    refused_by_the_database(lambda: row.update(force_id="essex"))
    refused_by_the_database(lambda: row.update(outcome_id="charged"))
    refused_by_the_database(lambda: row.update(text=factories.FIELDS["text"] + "\0" + EVIL))
    refused_by_the_database(lambda: row.update(**evil()))


def test_bulk_update_refuses_other_words(alice, bob):
    story = factories.live_story()
    story.text = EVIL

    refused_by_the_database(lambda: Story.objects.bulk_update([story], ["text"]))


def test_address_of_a_story_carries_no_words_either(alice, bob):
    story = factories.live_story()

    refused_by_the_database(lambda: Story.objects.filter(pk=story.pk).update(slug="quillfeather"))


def test_another_storys_agreed_text_does_not_fit(alice, bob):
    mine, other = factories.live_story(), factories.live_story(fields={"text": "Another agreed text."})
    swapped = {field.attname: getattr(other, field.attname) for field in Story._meta.concrete_fields}
    for name in ("id", "slug", "submission_id", "sequence", "month", "status"):
        del swapped[name]

    refused_by_the_database(lambda: Story.objects.filter(pk=mine.pk).update(**swapped))


def test_story_stays_with_the_submission_whose_withdrawal_takes_it_down(alice, bob):
    mine, fresh = factories.live_story(), factories.submission_at("received")

    refused_by_the_database(lambda: Story.objects.filter(pk=mine.pk).update(submission=fresh))


def test_agreed_text_does_not_come_back_once_its_story_is_removed(alice, bob):
    from stories import going_down

    story = factories.live_story()
    before = {field.attname: getattr(story, field.attname) for field in Story._meta.concrete_fields}
    going_down.remove(story)
    Submission.objects.get(pk=story.submission_id).texts.all().delete()

    del before["id"]
    refused_by_the_database(lambda: Story.objects.filter(pk=story.pk).update(**before))


def test_words_do_not_hide_in_a_row_called_removed(alice, bob):
    story = factories.live_story()
    empty = {"status": "removed", "title": "", "text": "", "agreed": ""}

    refused_by_the_database(lambda: Story.objects.filter(pk=story.pk).update(**empty, region=EVIL))
    refused_by_the_database(lambda: Story.objects.filter(pk=story.pk).update(**empty, salt=EVIL))
    refused_by_the_database(
        lambda: _story(factories.submission_at("received"), alice, bob, status="removed", text=EVIL).save()
    )


def test_story_of_one_person_twice_is_refused(alice, bob):
    story = factories.live_story()

    refused_by_the_database(lambda: Story.objects.filter(pk=story.pk).update(second_reader=alice))


def test_reader_who_said_no_yes_stands_in_no_row(alice, bob, charlie):
    story = factories.live_story()

    refused_by_the_database(lambda: Story.objects.filter(pk=story.pk).update(second_reader=charlie))


def test_deserialised_story_is_saved_no_more_than_any_other(alice, bob):
    story = factories.live_story()
    document = json.loads(serializers.serialize("json", [story]))
    for fields in ({"text": EVIL}, {key.removesuffix("_id"): value for key, value in evil().items()}):
        changed = [document[0] | {"fields": document[0]["fields"] | fields}]
        [loaded] = serializers.deserialize("json", json.dumps(changed))

        refused_by_the_database(loaded.save)


def test_loaddata_refuses_other_words_and_new_stories(alice, bob, tmp_path):
    story, submission = factories.live_story(), factories.submission_at("received")
    document = json.loads(serializers.serialize("json", [story]))[0]
    unagreed = {key.removesuffix("_id"): value for key, value in evil().items()}
    changed = document | {"fields": document["fields"] | unagreed}
    fresh = {"slug": "0123456789ab", "submission": str(submission.pk), "sequence": 99}
    new = document | {"pk": str(submission.pk), "fields": document["fields"] | unagreed | fresh}

    for row in (changed, new):
        path = tmp_path / "stories.json"
        path.write_text(json.dumps([row]))
        with pytest.raises((DatabaseError, CommandError)), transaction.atomic():
            call_command("loaddata", str(path), stdout=io.StringIO(), verbosity=0)


# --- Forged yeses ---------------------------------------------------------------------------


def _prepared(alice):
    submission = factories.submission_at("received")
    return factories.put_forward(submission, by=alice, fields={"text": EVIL})


def _yes(copy, by, place="second", **changes):
    values = {"working_copy": copy, "digest": copy.digest, "place": place, "by": by, "at": timezone.now()}
    return Agreement(**(values | changes))


def test_yes_with_a_wrong_digest_is_refused(alice, bob):
    copy = _prepared(alice)

    refused_by_the_database(lambda: _yes(copy, bob, digest="0" * 64).save())
    refused_by_the_database(lambda: Agreement.objects.bulk_create([_yes(copy, bob, digest="0" * 64)]))


def test_second_yes_of_the_writer_is_refused(alice, bob):
    copy = _prepared(alice)

    refused_by_the_database(lambda: _yes(copy, alice).save())
    Agreement.objects.all().delete()
    refused_by_the_database(lambda: Agreement.objects.bulk_create([_yes(copy, alice)]))


def test_first_yes_of_somebody_who_did_not_write_it_is_refused(alice, bob):
    copy = _prepared(alice)
    Agreement.objects.all().delete()

    refused_by_the_database(lambda: _yes(copy, bob, place="first").save())
    refused_by_the_database(lambda: _yes(copy, bob, place="third").save())


def test_yes_is_never_changed(alice, bob):
    copy = _prepared(alice)
    other = factories.put_forward(factories.submission_at("received"), by=alice)

    for change in ({"digest": other.digest}, {"by": bob}, {"place": "second"}, {"working_copy": other}):
        refused_by_the_database(lambda change=change: Agreement.objects.filter(working_copy=copy).update(**change))


def test_version_is_never_changed(alice, bob):
    copy = _prepared(alice)

    for change in ({"digest": "0" * 64}, {"written_by": bob}, {"number": 7}):
        refused_by_the_database(lambda change=change: WorkingCopy.objects.filter(pk=copy.pk).update(**change))


def test_sealed_text_swapped_under_an_agreement_is_noticed_before_it_is_a_story(alice, bob):
    copy = _prepared(alice)
    other = factories.submission_at("received")
    factories.claim(other, by=alice)
    swapped = working_copies.save(other, factories.FIELDS | {"text": EVIL}, by=alice)
    SealedText.objects.filter(pk=copy.sealed_id).update(box=bytes(SealedText.objects.get(pk=swapped.sealed_id).box))

    with pytest.raises(Refused):
        agreements.agree(copy, copy.digest, vault=factories.open_vault(bob), check=factories.CLEAR)


# --- Tricks with status and HTML ------------------------------------------------------------


@pytest.mark.parametrize("status", ["live", "LIVE", "live ", "published", ""])
def test_status_alone_brings_no_agreed_story_out_before_its_batch(alice, bob, status):
    story = Story.objects.get(submission=factories.submission_at("agreed", fields={"text": "Not out yet, not for you."}))

    refused_by_the_database(lambda: Story.objects.filter(pk=story.pk).update(status=status))
    assert_nowhere_public("Not out yet")


def assert_nowhere_public(words):
    for address in _public_addresses():
        response = room.reader().get(address, secure=True)
        assert words not in b"".join(response).decode(errors="replace"), address


def test_story_that_is_down_is_on_no_page(alice, bob):
    story = factories.live_story(fields={"text": "Here and gone."})
    publishing.take_down(story, by=alice)

    assert_nowhere_public("Here and gone")


def test_markup_in_an_agreed_text_stays_text(alice, bob):
    story = factories.live_story(fields={"title": "<b>Loud</b>", "text": "<script>alert(1)</script> {{ settings }} {% now %}"})

    page = room.text_of(room.reader().get(f"/stories/{story.slug}/", secure=True))

    assert "<script>alert" not in page
    assert "<b>Loud" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ settings }}" in page


def test_characters_nobody_can_see_are_in_no_version(alice):
    submission = factories.submission_at("received")
    factories.claim(submission, by=alice)
    hidden = "plain\u202etxet neddih\u202c and\u200b\u2060 zero\x00 width"
    copy = working_copies.save(submission, factories.FIELDS | {"text": hidden}, by=alice)

    from moderation import reading

    text = reading.working_copy(copy.sealed, vault=factories.open_vault(alice))["fields"]["text"]

    assert text == "plaintxet neddih and zero width"


# --- Both at once: real threads, real commits -----------------------------------------------
# They need commits that other connections see, which a test inside one transaction never makes.


def _at_once(*deeds):
    """Run each deed in a thread of its own, all let go together; returns what each gave or raised."""
    gate, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        gate.wait()
        try:
            results[place] = deed()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_two_second_readers_at_once_make_one_story():
    _begin_again()
    alice, bob, charlie = (factories.moderator(name) for name in ("alice", "bob", "charlie"))
    submission = factories.submission_at("received")
    copy = factories.put_forward(submission, by=alice)
    vaults = [factories.open_vault(bob), factories.open_vault(charlie)]

    results = _at_once(
        *(lambda v=v: agreements.agree(copy, copy.digest, vault=v, check=factories.CLEAR) for v in vaults)
    )

    assert sorted(type(result).__name__ for result in results) in (["NotPossible", "Story"], ["Refused", "Story"])
    assert Story.objects.count() == 1
    assert Agreement.objects.filter(place="second").count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_yes_and_a_new_version_at_once_never_publish_the_new_one():
    _begin_again()
    alice, bob = factories.moderator("alice"), factories.moderator("bob")
    submission = factories.submission_at("received")
    copy = factories.put_forward(submission, by=alice)
    factories.claim(submission, by=alice)
    vault = factories.open_vault(bob)

    results = _at_once(
        lambda: agreements.agree(copy, copy.digest, vault=vault, check=factories.CLEAR),
        lambda: working_copies.save(submission, factories.FIELDS | {"text": EVIL}, by=alice),
    )

    assert sum(isinstance(result, Exception) for result in results) == 1
    assert Story.objects.filter(text=factories.FIELDS["text"]).count() + WorkingCopy.objects.filter(number=2).count() == 1


def _begin_again():
    """Lay what a flushed database lacks: forces, groups, the edition."""
    from moderation import roles
    from stories import starting

    starting.lay()
    roles.lay()
    assert connection.vendor in ("sqlite", "postgresql")
