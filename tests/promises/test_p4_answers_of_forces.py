"""P4 for forces' answers: only another person's yes to one revision makes it public, at Wagtail's own addresses too."""

import json
from contextlib import nullcontext

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import GroupApprovalTask, Revision, TaskState, Workflow, WorkflowContentType, WorkflowTask

from moderation.forces import answers
from moderation.models import AnswerTask, KeyShare
from moderation.team.permissions import Refused
from stories.models import NotAgreed, Response
from tests import factories
from tests.moderation import room

pytestmark = [pytest.mark.django_db, pytest.mark.store]
EVIL = "The quillfeathers of that bridge moult early."


@pytest.fixture
def root(queue_key):
    """A superuser who is a moderator and a coordinator too: every permission and every role."""
    return factories.moderator("root", is_superuser=True, is_staff=True)


@pytest.fixture
def outsider():
    return factories.person("outsider", is_superuser=True, is_staff=True)


@pytest.fixture
def draft(carol):
    return factories.an_entry(by=carol, words=EVIL)


def press(user, name, *args, client=None, **data):
    has_key = KeyShare.objects.filter(key__moderator=user).exists()
    browser = client or factories.client_of(user, unlocked=has_key)
    return browser.post(reverse(f"room_answers:{name}", args=args), data)


def posted(response, **changes):
    """What the form of an answer sends."""
    row = Response.objects.get(pk=response.pk).get_latest_revision_as_object()
    fields = {name: value if value is not None else "" for name, value in row.public_fields().items()}
    stories = "\n".join(f"/stories/{slug}/" for slug in row.story_slugs.split())
    return fields | {"story_slugs": stories, "checked": "public", "why_it_stays": "", "letter": ""} | changes


def state_of(response):
    return Response.objects.get(pk=response.pk).current_workflow_task_state


def agree(user, response, revision=None, action="approve", **data):
    state = state_of(response)
    data["revision"] = revision or state.revision_id
    return press(user, "workflow_action", response.pk, action, state.pk, **data)


def assert_not_public(words=EVIL):
    assert not Response.public.filter(words=words).exists()
    room.assert_on_no_page(words)


def test_second_person_makes_it_public_by_the_real_page_with_the_open_vault(draft, alice):
    state, locked = state_of(draft), factories.client_of(alice, unlocked=False)

    page = press(alice, "workflow_action", draft.pk, "approve", state.pk, client=locked, revision=state.revision_id)
    assert (page.status_code, "vault is locked" in room.text_of(page)) == (403, True)
    assert_not_public()

    offered = room.see(factories.client_of(alice), "room_answers:inspect", draft.pk)
    assert "Agree to these words" in room.text_of(offered)
    agree(alice, draft)
    response = Response.public.get()
    assert (response.words, response.first_reader.username, response.second_reader) == (EVIL, "carol", alice)


def test_whoever_wrote_or_put_forward_any_version_is_no_second_person(alice, bob):
    draft = factories.an_entry(by=alice, words="First.")
    agree(bob, draft, action="reject", reason="blames")
    press(bob, "edit", draft.pk, **posted(draft, words=EVIL), **{"action-submit": "1"})
    assert state_of(draft).revision.content["words"] == EVIL

    for writer in (alice, bob):
        agree(writer, draft)

    assert_not_public()
    agree(factories.moderator("dora"), draft)
    assert Response.public.get().words == EVIL


@pytest.mark.parametrize("name", ["carol", "outsider", "erin", "outsider, lately"])
def test_who_is_no_moderator_or_became_one_lately_agrees_to_nothing(draft, outsider, name):
    name, _, lately = name.partition(", ")
    user = factories.User.objects.filter(username=name).first() or factories.person(name, "Editors")
    if lately:
        user.rights_given.create(what="Moderators", given_at=timezone.now(), given_by=outsider)
        user.groups.add(factories.Group.objects.get(name="Moderators"))

    agree(user, draft)

    # Their vault is locked; with it open, the rule refuses.
    with pytest.raises(Refused):
        answers.agree_to_answer(draft, by=user)
    assert_not_public()


def test_yes_is_to_the_revision_that_stood_on_the_screen_and_to_no_other(draft, alice, carol):
    agree(alice, draft, revision=state_of(draft).revision_id + 1)
    assert_not_public()
    read = state_of(draft).revision_id
    newer = Response.objects.get(pk=draft.pk)
    newer.words = "Nobody read this."
    newer.save_revision(user=carol)

    agree(alice, draft, revision=read)

    assert_not_public()
    assert_not_public("Nobody read this.")


@pytest.mark.parametrize(
    "action", ["action-publish", "action-submit", "action-restart-workflow", "action-workflow-action"]
)
@pytest.mark.parametrize("who", ["root", "outsider"])
def test_no_button_of_the_form_publishes(root, outsider, who, action):
    user = {"root": root, "outsider": outsider}[who]
    extra = {action: "1", "workflow-action-name": "approve", "workflow-action-extra-data": json.dumps({"revision": 1})}
    data = {"force": "kent", "kind": "apology", "words": EVIL, "source": "A letter", "checked": "public"}
    later = {"go_live_at": "2020-01-01 00:00", "live": "on", "first_reader": root.pk, "second_reader": outsider.pk}

    press(user, "add", **data, **later, **extra)
    draft = Response.objects.first() or factories.an_entry(by=root, words=EVIL)
    press(user, "edit", draft.pk, **posted(draft), **later, **extra)

    assert_not_public()
    call_command("publish_scheduled")
    assert_not_public()


def test_what_was_put_forward_is_locked_and_once_cancelled_published_by_nobody(draft, root, carol, alice):
    waits = state_of(draft).revision
    for user in (root, carol, alice):
        press(user, "edit", draft.pk, **posted(draft, words="Other."))
    assert state_of(draft).revision.is_latest_revision()

    for extra in ({}, {"action-cancel-workflow": "1"}, {}):
        press(carol, "edit", draft.pk, **posted(draft, words="Other."), **extra, overwrite_revision_id=waits.pk)

    waits.refresh_from_db()
    assert waits.content["words"] == EVIL
    assert state_of(draft) is None
    press(root, "edit", draft.pk, **posted(draft), **{"action-publish": "1"})
    assert not Response.public.exists()
    assert_not_public()


@pytest.mark.parametrize("address", ["unpublish", "copy", "lock", "revisions_unschedule"])
def test_other_addresses_of_wagtail_publish_nothing(draft, root, address):
    path = f"/admin/answers/entered/{address}/{draft.pk}/"
    if address == "revisions_unschedule":
        path = reverse(f"room_answers:{address}", args=[draft.pk, draft.latest_revision_id])

    factories.client_of(root, unlocked=False).post(path, {"words": "Other."})

    assert_not_public()
    assert not Response.objects.filter(words="Other.").exists()


def test_older_revision_comes_back_by_nobody_alone(carol, alice, bob, root):
    response = factories.a_response(words="First.")
    older = response.live_revision
    second = Response.objects.get(pk=response.pk)
    second.words = "Second."
    answers.enter_answer(second, by=carol)
    dora = factories.moderator("dora")
    answers.agree_to_answer(Response.objects.get(pk=response.pk), by=dora)

    for extra in ({"action-publish": "1"}, {}):
        press(root, "revisions_revert", response.pk, older.pk, **posted(response, words="First."), **extra)

    assert Response.public.get().words == "Second."


@pytest.mark.parametrize("way", ["disable the task", "delete the task", "disable the workflow", "another workflow"])
def test_settings_of_the_workflow_publish_nothing(draft, root, way):
    browser = factories.client_of(root, unlocked=False)
    task, workflow = AnswerTask.objects.get(), Workflow.objects.get(workflow_tasks__task__answertask__isnull=False)
    if way == "disable the task":
        browser.post(reverse("wagtailadmin_workflows:disable_task", args=[task.pk]))
    elif way == "disable the workflow":
        browser.post(reverse("wagtailadmin_workflows:disable", args=[workflow.pk]))
    elif way == "delete the task":
        WorkflowTask.objects.filter(task=task).delete()
        with pytest.raises(PermissionDenied):
            TaskState.objects.get(task=task).cancel(user=root)
    else:
        other = Workflow.objects.create(name="Quick")
        approval = GroupApprovalTask.objects.create(name="Anybody")
        WorkflowTask.objects.create(workflow=other, task=approval)
        WorkflowContentType.objects.update(workflow=other)
        state_of(draft).workflow_state.cancel(user=root)
        other.start(Response.objects.get(pk=draft.pk), root)
        state = state_of(draft)
        press(root, "workflow_action", draft.pk, "approve", state.pk, revision=state.revision_id)

    assert_not_public()


def test_no_way_in_python_publishes_either(draft, root, alice, clock):
    revision = Response.objects.get(pk=draft.pk).latest_revision
    ways = [
        lambda: revision.publish(user=root, skip_permission_checks=True),
        lambda: PublishRevisionAction(revision, user=root).execute(skip_permission_checks=True),
        lambda: Response.objects.create(force_id="kent", kind="other", words=EVIL, source="x", live=True),
    ]
    for way in ways:
        with pytest.raises((NotAgreed, PermissionDenied)), transaction.atomic():
            way()
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=draft.pk).update(live=True)
    # Nor does its hour, where somebody wrote one down.
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
    clock.shift(1)
    with pytest.raises(PermissionDenied):
        call_command("publish_scheduled")
    assert_not_public()


def test_what_stands_is_changed_by_no_save(alice, bob):
    response = factories.a_response(words="First.")
    for name, value in (("words", EVIL), ("story_slugs", "zzzzzzzzzzzz"), ("second_reader_id", alice.pk)):
        row = Response.objects.get(pk=response.pk)
        setattr(row, name, value)
        with nullcontext() if name == "second_reader_id" else pytest.raises(NotAgreed):
            row.save()

    row = Response.public.get()
    assert (row.words, row.second_reader) == ("First.", bob)


def test_names_keep_it_from_being_put_forward_and_from_being_agreed_to(carol, alice):
    with pytest.raises(Refused, match="lead straight"):
        factories.an_entry(by=carol, words="We thank PC Quillfeather.")
    why = "Quillfeather: in the judgment"
    draft = factories.an_entry(by=carol, words="We thank PC Quillfeather.", why_it_stays=why)
    waits = Response.objects.get(pk=draft.pk).latest_revision
    # As if a release had found less when it was put forward.
    Revision.objects.filter(pk=waits.pk).update(content=waits.content | {"why_it_stays": ""})

    agree(alice, draft)

    assert not Response.public.exists()


def test_nobody_is_offered_a_button_that_publishes_and_no_superuser_reaches_any(draft, root, outsider, bob):
    standing = factories.a_response("essex", first="carol", second="root")
    for pk in (draft.pk, standing.pk):
        page = room.text_of(room.see(factories.client_of(root, unlocked=False), "room_answers:edit", pk))
        assert "action-publish" not in page
        assert "action-unpublish" not in page
    browser = factories.client_of(outsider, unlocked=False)

    for name in ("inspect", "edit", "delete", "history"):
        assert room.see(browser, f"room_answers:{name}", draft.pk).status_code == 302
        browser.post(reverse(f"room_answers:{name}", args=[standing.pk]), {})
    browser.post(f"/admin/bulk/stories/response/delete/?id={standing.pk}&next=/admin/", {})

    assert Response.public.get() == standing
    assert Response.objects.filter(pk=draft.pk).exists()
