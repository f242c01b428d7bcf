"""Opens an upgraded site with today's code and prints what is there, as JSON: one function for each thing.

python tests/upgrade/what_is_there.py STORE     in the environment of that site; STORE names its part of facts.json
"""

import base64
import hmac
import json
import struct
import sys
import time
from pathlib import Path

import django

django.setup()

from django.contrib.auth import authenticate  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.models import Page  # noqa: E402

from campaign.models import Brand, Exit, Menu  # noqa: E402
from moderation import claims, reading, working_copies  # noqa: E402
from moderation.facts import load_facts  # noqa: E402
from moderation.forces import answers  # noqa: E402
from moderation.models import Agreement, ReadyWords, ResponseEntry, WorkingCopy  # noqa: E402
from moderation.policies.decisions import who_asked_to_release  # noqa: E402
from moderation.team import second_factor, vault  # noqa: E402
from stories import models  # noqa: E402
from stories.crypto import receipts  # noqa: E402
from stories.intake import coming_back, drafts, final_text, messages, receive, take_down_requests  # noqa: E402
from stories.models.take_down import OF_FORCES  # noqa: E402
from tests import factories  # noqa: E402

FACTS = Path(__file__).resolve().parent / "facts.json"


def main(store):
    facts = json.loads(FACTS.read_text())[store]
    opened, sent, people = _vault(facts, "alice"), facts["submissions"], facts["people"]
    found = {
        "counts": counts(),
        "stories": stories(),
        "by code": by_code(facts),
        "drafts": [name for name, told in sent.items() if drafts.opened_draft(told["code"])],
        "by alice": by_alice(facts, opened),
        "by bob": by_alice(facts, _vault(facts, "bob")),
        "claims": {row.submission_id.hex: name for name in ("alice", "bob") for row in claims.claims_of(_person(name))},
        "letters before": letters(facts),
        "log-ins": [name for name in people if authenticate(username=name, password=people[name]["password"])],
        "phones": phones(facts),
        "settings": versions_of_settings(),
        "public answers": sorted(models.Response.objects.filter(live=True).values_list("force", "words")),
        "waiting answers": waiting_answers(opened),
        "objections": objections(opened),
        "take-downs": take_downs(facts, opened),
        "pages": shown_pages(facts),
        "words": sorted(ReadyWords.objects.values_list("title", flat=True)),
        "letters": letters(facts),
        "wish to release": wish_to_release(facts),
        "work goes on": work_goes_on(facts, _vault(facts, "bob")),
    }
    json.dump(found, sys.stdout)


def counts():
    """How many there are of what can be counted."""
    statuses, kept = models.Submission.Status.values, (models.ReleasedAnswers, models.ReleasedFigures)
    by_status = {each: models.Submission.objects.filter(status=each).count() for each in statuses}
    released = [row.pk for model in kept for row in model.objects.order_by("pk")]
    return {
        "live": models.Story.live.count(),
        "stories": models.Story.objects.count(),
        "submissions": by_status,
        "working copies": WorkingCopy.objects.count(),
        "events": models.Event.objects.count(),
        "agreements": Agreement.objects.count(),
        "practice accounts": models.Submission.objects.exclude(practice_for=None).count(),
        "pages": Page.objects.count(),
        "released": released,
    }


def stories():
    """Every story with what two people agreed to and who they were, by its slug."""
    columns = ("title", "text", "differently", "well", "agreed", "salt", "digest", "first_reader", "second_reader")
    return {slug: list(told) for slug, *told in models.Story.objects.values_list("slug", *columns)}


def by_code(facts):
    """What each receipt code opens."""
    found = {}
    for name, told in facts["submissions"].items():
        opened = coming_back.open_code(told["code"])
        story = models.Story.objects.filter(submission=opened.submission).values_list("slug", flat=True).first()
        found[name] = {
            "id": opened.submission.pk.hex,
            "status": opened.submission.status,
            "erase_on": f"{opened.submission.erase_on}",
            "said_yes": opened.submission.yes_to_digest in final_text.final_text_digests(opened),
            **vars(coming_back.what_i_sent(opened)),
            "story": story,
            "messages": [[each["from"], each["text"]] for each in messages.opened_messages(opened)],
        }
    return found


def by_alice(facts, opened):
    """What a moderator's open vault opens; nothing of what stands apart from them."""
    found = {}
    for name, told in facts["submissions"].items():
        if "messages" not in told:
            continue
        submission = models.Submission.objects.get(pk=told["id"])
        try:
            read = reading.read_account(submission, vault=opened)
        except reading.StandsApart:
            continue
        copies = submission.working_copies.order_by("number")
        found[name] = {
            "account": read.account,
            "answers": read.answers,
            "messages": [[each["from"], each["text"]] for each in read.messages],
            "notes": [each.get("text", "") for each in read.notes],
            "working_copies": [_fields(copy, opened)["text"] for copy in copies],
            "newest": (copy := working_copies.newest_copy(submission)) and _fields(copy, opened)["text"],
        }
    return found


def wish_to_release(facts):
    """Who asked to let the held one go, and waits for a second person."""
    held = models.Submission.objects.get(pk=facts["submissions"]["held"]["id"])
    return User.objects.get(pk=who_asked_to_release(load_facts(held, _person("alice")))).username


def work_goes_on(facts, opened):
    """The states after a second reader agrees to what waited, and after somebody sends an account and one message."""
    factories.open_vault = lambda person: opened
    waits = models.Submission.objects.get(pk=facts["submissions"]["prepared-yes"]["id"])
    factories.agree(waits, by=opened.moderator)
    code = receipts.new_code()
    sent = receive.receive_account(factories.sent(), receive.Arrival(code))
    messages.write_message(coming_back.open_code(code), "One more thing.")
    read = reading.read_account(sent, vault=opened)
    agreed = models.Submission.objects.get(pk=waits.pk)
    return [agreed.status, sent.status, read.account, [each["text"] for each in read.messages]]


def take_downs(facts, opened):
    """Each request: what was written, and what its code shows of the answer."""
    found = {}
    for pk, told in facts["requests"].items():
        request = models.TakeDownRequest.objects.get(pk=pk)
        answer = take_down_requests.request_standing(take_down_requests.open_request(told["code"]))["answer"]
        words = reading.take_down_words(request, vault=opened)
        found[pk] = {"words": words, "answer": answer, "ground": request.ground, "story": request.story.slug}
    return found


def shown_pages(facts):
    """The page of a story, a page that quotes it, and a search that finds it, as a visitor gets them."""
    slug = facts["submissions"]["published"]["story"]
    search = "/stories/?q=nobody+called+back+published"
    asked = {"story": f"/stories/{slug}/", "quote": "/news/what-one-story-says/", "search": search, "home": "/"}
    return {name: Client().get(path, secure=True).content.decode() for name, path in asked.items()}


def letters(facts):
    """Of each force that was asked: whether its page says anything but that it hasn't answered since."""
    pages = {force: Client().get(f"/forces/{force}/", secure=True).content.decode() for force, _ in facts["letters"]}
    return [[force, "Asked in" in page and "no answer since" not in page] for force, page in pages.items()]


def phones(facts):
    """Whose phone's code is right."""
    secrets = {name: base64.b32decode(told["totp_secret"]) for name, told in facts["people"].items()}
    return [name for name in secrets if second_factor.is_right_code(_person(name), _code_of_a_phone(secrets[name]))]


def versions_of_settings():
    """Each version of each setting, the oldest first."""
    inner = ("pk", "id", "latest_revision")
    return {
        model.__name__: [
            {name: value for name, value in version.content.items() if name not in inner}
            for version in model.load().revisions.order_by("created_at", "pk")
        ]
        for model in (Brand, Exit, Menu)
    }


def waiting_answers(opened):
    """What forces said and two people have not agreed to yet; a moderator has unlocked the vault by then."""
    answers.move_sealed_answers(opened)
    assert not ResponseEntry.objects.exists()
    drafts = [row for row in models.Response.objects.all() if not row.live or row.has_unpublished_changes]
    states = {True: "waiting", False: "sent-back"}
    waiting = [(row, states[bool(row.current_workflow_state)]) for row in drafts]
    return sorted([row.force_id, state, row.get_latest_revision_as_object().words] for row, state in waiting)


def objections(opened):
    """What forces objected to, and what came of it."""
    found = []
    for row in models.TakeDownRequest.objects.filter(ground__in=OF_FORCES):
        told = {name: getattr(row, name) for name in ("ground", "reason", "first_outcome", "outcome")}
        found.append({"story": row.story.slug, **told, **reading.open_objection(row, vault=opened)})
    return sorted(found, key=lambda each: each["text"])


def _vault(facts, name):
    return vault.unlock_vault(_person(name), facts["people"][name]["words"])


def _person(name):
    return User.objects.get(username=name)


def _fields(copy, opened):
    return reading.working_copy(copy.sealed, vault=opened)["fields"]


def _code_of_a_phone(secret):
    """The six digits that a phone shows now (RFC 6238)."""
    counted = hmac.digest(secret, struct.pack(">Q", int(time.time()) // 30), "sha1")
    number = struct.unpack_from(">I", counted, counted[-1] & 15)[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


if __name__ == "__main__":
    main(sys.argv[1])
