"""The table role × deed, walked through the real addresses: who isn't in it reads why, and changes nothing."""

import hashlib
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from moderation import bulk, claims
from moderation.facts import load_facts
from moderation.models import Claim, Invitation, ModeratorKey, RightGiven
from moderation.policies.access import why_not_claim
from moderation.team import invitations
from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS, PERMISSIONS, why_not
from moderation.views.decorators import TOKEN, words_token
from stories.core import lifecycle, takedown
from stories.models import Event, Letter, Response, SealedText, Story, Submission, TakeDownRequest, UsualWait
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

ROLES = {
    "moderator": MODERATORS,
    "coordinator": COORDINATORS,
    "editor": EDITORS,
    "superuser in no group": None,
}
# Wagtail's own rights over pages and lists, which a superuser has too.
WAGTAILS = ("edit pages", "edit lists")


def _person(role):
    if role == "moderator":
        return factories.moderator("pat")
    if ROLES[role]:
        return factories.person("pat", ROLES[role])
    return factories.person("pat", is_superuser=True, is_staff=True)


def _submission(status="received"):
    return factories.submission_at(status, first="alice", second="bob", consent_count=True)


def _in_hand(user, status="received"):
    submission = _submission(status)
    if why_not_claim(load_facts(submission, user)) is None:
        claims.take_claim(submission, by=user)
    return submission


def _decide(slug, status="received", **data):
    def ask(user):
        submission = _in_hand(user, status)
        return reverse("room_decide", args=[submission.pk, slug]), {TOKEN: words_token(user), **data}

    return ask


def _agree(user):
    submission = _submission("prepared")
    lifecycle.record_event(submission, "open", by=user, reason=lifecycle.UNFOLDED)
    data = {"digest": submission.working_copies.get().digest, TOKEN: words_token(user)}
    return reverse("room_agree", args=[submission.pk]), data | room.CHECKED | room.NO_DANGER


def _send_back(user):
    return reverse("room_send_back", args=[_submission("prepared").pk]), {"note": "Why", TOKEN: words_token(user)}


def _save(user):
    data = factories.FIELDS | {"version": 0, TOKEN: words_token(user), "themes": [], "content_notes": []}
    return reverse("room_save", args=[_in_hand(user).pk]), data


def _first_look(user):
    data = factories.NO_RISK | {TOKEN: words_token(user)}
    return reverse("room_first_look", args=[_in_hand(user).pk]), data


def _write_to(user):
    seen = hashlib.sha256(b"Call 999.").hexdigest()
    data = {"message": "Call 999.", "seen": seen, "step": "send", TOKEN: words_token(user)}
    return reverse("room_first_look_message", args=[_submission().pk, "life"]), data


def _edit_first_look(user):
    data = {"what_to_do": "Ring.", "message": "Call 999.", "message_cy": "", TOKEN: words_token(user)}
    return reverse("room_risk_words_edit", args=["life"]), data


def _hidden_story():
    story = factories.live_story()
    takedown.hide_story(story, by_request=True)
    return story


def _zeds_key():
    return ModeratorKey.objects.get(moderator__username="zed")


def _request():
    return TakeDownRequest.objects.create(
        id=uuid.uuid4(),
        story=factories.live_story(),
        ground="other",
        week=lifecycle.this_week(),
        queue_epoch=factories.queue_key(),
    )


def _take_over(user):
    submission = _submission()
    claims.take_claim(submission, by=User.objects.get(username="alice"))
    Claim.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    return reverse("room_take_over", args=[submission.pk]), {"reason": "no-answer"}


def _give(user):
    address = reverse("wagtail_bulk_action", args=["stories", "submission", "give"])
    return f"{address}?id={_submission().pk}&next=/admin/queue/", {"colleague": User.objects.get(username="alice").pk}


def _decline_flood(user):
    submission = _submission()
    Submission.objects.filter(pk=submission.pk).update(is_flood=True)
    return reverse("room_decline_flood"), {"asked": submission.pk.hex}


def _put_flood_back(user):
    submission = _submission()
    Submission.objects.filter(pk=submission.pk).update(is_flood=True)
    lifecycle.advance(submission, "decline", by=User.objects.get(username="alice"), reason="flood")
    return reverse("room_put_flood_back"), {"click": bulk.newest_click(user).pk}


def _stop_invitation(user):
    carol = factories.person("carol", COORDINATORS)
    invitation, _token = invitations.invite_person(username="dora", role=EDITORS, by=carol)
    return reverse("room_stop_invitation", args=[invitation.pk]), {}


def _stop_right(user):
    right = RightGiven.objects.create(
        person=User.objects.get(username="zed"),
        given_by=User.objects.get(username="bob"),
        given_at=timezone.now(),
        what="set a password",
    )
    return reverse("room_stop_right", args=[right.pk]), {}


def _to_zed(name):
    return lambda user: (reverse(name, args=[User.objects.get(username="zed").pk]), {})


def _object(user):
    data = {"story": factories.live_story().slug, "force": "kent", "ground": "force-law", "words": "A law."}
    return reverse("room_object"), data | {TOKEN: words_token(user)}


def _objection():
    return TakeDownRequest.objects.create(
        story=factories.live_story(),
        force_id="kent",
        ground="force-law",
        week=lifecycle.this_week(),
        written_down_by=User.objects.get(username="alice"),
    )


def _letter(user):
    slug = factories.live_story().slug
    data = {"force": "kent", "month": "2026-03-01", "role": "Head of Public Protection", "stories": f"/stories/{slug}/"}
    return reverse("room_letter_new"), data | {TOKEN: words_token(user)}


def _enter(user):
    data = {"force": "kent", "kind": "apology", "words": "Sorry.", "source": "A letter to us", "action-submit": "1"}
    return reverse("room_answers:add"), data | {"checked": "switchboard"}


def _to_what_waits(action, **data):
    entry = factories.an_entry(by=User.objects.get(username="alice"))
    state = entry.current_workflow_task_state
    address = reverse("room_answers:workflow_action", args=[entry.pk, action, state.pk])
    return address, data | {"revision": state.revision_id}


# The address of each deed, and what is posted to it (None: it is a page to open).
ADDRESSES = {
    "see the queue": lambda user: (reverse("room_lane", args=["new"]), None),
    "claim": lambda user: (reverse("room_claim", args=[_submission().pk]), {}),
    "take over": _take_over,
    "give to a colleague": _give,
    "open an account": lambda user: (reverse("room_read", args=[_submission().pk]), None),
    "take a first look": _first_look,
    "write to the contributor": _write_to,
    "write a working copy": _save,
    "put forward": lambda user: (
        reverse("room_put_forward", args=[_in_hand(user).pk]),
        room.CHECKED | room.NO_DANGER | {TOKEN: words_token(user)},
    ),
    "correct a story": lambda user: (reverse("room_correct", args=[factories.live_story().pk]), {}),
    "agree": _agree,
    "send back": _send_back,
    "decline": _decide("decline", reason="legal"),
    "ask": _decide("ask", question="When?"),
    "stop waiting": _decide("stop-waiting", "waiting"),
    "hold": _decide("hold", reason="legal", look_again_on="2099-01-01"),
    "release": _decide("release", "held"),
    "count": _decide("count"),
    "mark urgent": _decide("urgent"),
    "ring safeguarding": lambda user: (
        reverse("room_rang", args=[factories.submission_at().pk]),
        {"when": "21:40", "who": "Ruth", "agreed": "She looks in tonight.", TOKEN: words_token(user)},
    ),
    "take out of the flood": _decide("not-flood"),
    "decline the flood": _decline_flood,
    "put back in the flood tray": _put_flood_back,
    "take a story down": lambda user: (reverse("room_stories:take_down", args=[factories.live_story().pk]), {}),
    "put a story back": lambda user: (reverse("room_stories:put_back", args=[_hidden_story().pk]), {}),
    "see take-down requests": lambda user: (reverse("room_take_downs"), None),
    "settle a take-down request": lambda user: (
        reverse("room_settle", args=[_request().pk]),
        {TOKEN: words_token(user)},
    ),
    "record an objection": _object,
    "look at an objection": lambda user: (
        reverse("room_objection_look", args=[_objection().pk]),
        {"choice": "stays.nobody"},
    ),
    "see the record": lambda user: (reverse("room_record"), None),
    "see how it goes": lambda user: (reverse("room_how_it_goes"), None),
    "export the record": lambda user: (reverse("room_record_export"), {}),
    "list stories": lambda user: (reverse("room_stories:index"), None),
    "unlock the vault": lambda user: (reverse("vault_unlock"), None),
    "admit a key": lambda user: (reverse("vault_admit", args=[_zeds_key().pk]), None),
    "stop a key": lambda user: (reverse("vault_stop", args=[_zeds_key().pk]), None),
    "stop a right": _stop_right,
    "see the people": lambda user: (reverse("room_people"), None),
    "look after yourself": lambda user: (reverse("room_care"), None),
    "ask for a daily mail": lambda user: (reverse("room_mail"), {"wants_mail": "on"}),
    "learn the room": lambda user: (reverse("room_practice_begin"), {}),
    "read ready words": lambda user: (reverse("room_ready_words:index"), None),
    "edit ready words": lambda user: (
        reverse("room_ready_words:add"),
        {"purpose": "question", "title": "Year", "text": "Which year was it?", "order": 5},
    ),
    "invite": lambda user: (reverse("room_invite"), {"username": "dora", "role": EDITORS}),
    "stop an invitation": _stop_invitation,
    "end sessions": _to_zed("room_end_sessions"),
    "reset a second factor": _to_zed("room_reset_second_factor"),
    "write down a leaver": _to_zed("room_leave"),
    "edit the first look": _edit_first_look,
    "publish a batch": lambda user: (reverse("room_batch"), {}),
    "set the usual wait": lambda user: (reverse("room_usual_wait"), {"pace": "slow"}),
    "see forces’ answers": lambda user: (reverse("room_forces"), None),
    "record a letter": _letter,
    "enter a response": _enter,
    "agree to a response": lambda user: _to_what_waits("approve"),
    "send a response back": lambda user: _to_what_waits("reject", reason="blames"),
    "take a response down": lambda user: (reverse("room_answers:delete", args=[factories.a_response().pk]), {}),
    "edit lists": lambda user: (reverse("wagtailsnippets_stories_theme:list"), None),
    "edit pages": lambda user: (reverse("wagtailadmin_explore_root"), None),
}


def _ask(browser, address, data):
    return browser.get(address) if data is None else browser.post(address, data)


def _was_let_in(response):
    refused_by_us = response.status_code == 403
    refused_by_wagtail = response.status_code == 302 and response.url == reverse("wagtailadmin_home")
    return not refused_by_us and not refused_by_wagtail


@pytest.fixture(autouse=True)
def _others(queue_key):
    for name in ("alice", "bob"):
        factories.moderator(name)
    factories.moderator("zed", admitted_days_ago=None)


def test_table_and_addresses_name_the_same_deeds():
    assert set(ADDRESSES) == set(PERMISSIONS)


@pytest.mark.full
@pytest.mark.parametrize("role", ROLES)
def test_deed_is_for_the_roles_of_the_table_and_nobody_else(role):
    wrong = []
    for deed, response, changed in _answers(role):
        is_allowed = ROLES[role] in PERMISSIONS[deed] or (deed in WAGTAILS and role.startswith("superuser"))
        if _was_let_in(response) != is_allowed or (changed and not is_allowed):
            wrong.append(deed)

    assert not wrong


@pytest.mark.full
def test_whoever_is_not_logged_in_is_led_to_the_log_in():
    for deed, response, changed in _answers("moderator", is_in=False):
        # A form with words gives them back with the way to the log-in, instead of dropping them.
        led = room.text_of(response) if response.status_code == 401 else response.url
        assert reverse("wagtailadmin_login") in led, deed
        assert not changed, deed


def _answers(role, *, is_in=True):
    """What this role is answered at the address of each deed, and whether that changed anything; each is undone."""
    for deed, where in ADDRESSES.items():
        with transaction.atomic():
            user = _person(role)
            address, data = where(user)
            browser = factories.client_of(user, unlocked=role == "moderator")
            if not is_in:
                browser.logout()
            before = _everything()
            response = _ask(browser, address, data)
            yield deed, response, _everything() != before
            transaction.set_rollback(True)


def test_refusal_says_who_may_and_what_a_superuser_can_do():
    browser = factories.client_of(_person("superuser in no group"), unlocked=False)

    page = room.text_of(browser.get(reverse("room_lane", args=["new"])))

    assert "Only" in page
    assert "a coordinator adds you to the group" in page


def test_inactive_moderator_may_do_nothing():
    user = _person("moderator")
    user.is_active = False

    assert all(why_not(deed, user) for deed in PERMISSIONS)


def _everything():
    """What the deeds of the table change."""
    rows = (
        (Submission, "status", "is_urgent", "is_flood"),
        (Story, "status"),
        (TakeDownRequest, "settled_by", "first_outcome"),
        (UsualWait, "pace"),
        (Invitation, "stopped_at"),
        (User, "is_active"),
        (Response, "live", "latest_revision"),
    )
    counted = (Letter, RightGiven, SealedText, Event)
    found = [list(model.objects.order_by("pk").values_list("pk", *fields)) for model, *fields in rows]
    return [*found, *(model.objects.count() for model in counted)]
