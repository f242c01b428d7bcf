"""P9 Danger is met: words of danger, or of a child, are answered at once with whom to call, and are read first."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

from moderation import decisions
from stories.core import snapshot
from stories.intake import coming_back, labels
from stories.intake.views import telling
from stories.models import Submission
from tests import factories
from tests.moderation import room
from tests.promises.test_p2_seize_the_server import _every_stored_value
from tests.stories.intake.visiting import TOLD, Visitor, WelshVisitor

pytestmark = pytest.mark.django_db

LIFE = "I rang 101 and nobody came. I have the tablets here and I will end it tonight."
CHILD = "My son is 14. A girl online asked him for pictures and the officer laughed."
PLAIN = "I rang 101 on a wet evening and the officer said that it was not a crime."
NEAR = "He is outside my house now and says he will kill me tonight."


@pytest.fixture(params=[Visitor, WelshVisitor], ids=["English", "Welsh"])
def contributor(request, queue_key):
    """Somebody without JavaScript, at the forms of either language."""
    return request.param()


@pytest.fixture
def visitor():
    return Visitor()


def section(page):
    """The help, with whatever stands before it in the main part of the page; None without help."""
    main = page[page.index('class="page__body"') :]
    found = re.search(r'^[^>]*>\s*<section class="danger" id="danger-now".*?</section>', main, re.S)
    return found[0] if found else None


def send(visitor, account, **told):
    visitor.check(account=account, **told)
    visitor.post("/tell/form/", step="send", **TOLD | {"account": account} | told)
    return visitor.page


@pytest.mark.parametrize(
    ("words", "links", "for_others"),
    [
        (LIFE, ("<h2", 'href="tel:999"', 'href="tel:116123"', 'href="sms:85258', "18000"), "0800 1111"),
        (CHILD, ('href="tel:08001111"', "report-remove", "ceop.police.uk"), "116123"),
    ],
    ids=["life", "child"],
)
def test_danger_is_answered_first_thing_on_the_check_page_and_on_the_code_page(words, links, for_others, contributor):
    contributor.check(account=words)
    on_check = section(contributor.page)
    contributor.post("/tell/form/", step="send", **TOLD | {"account": words})
    on_code = section(contributor.page)

    for shown in (on_check, on_code):
        assert [link for link in links if link not in shown] == []
        assert for_others not in shown
    # Never a wall.
    assert coming_back.what_i_sent(coming_back.open_code(contributor.code())).account["account"] == words


LONGEST = f"{PLAIN} " * 300
DANGER_IN = {field: {field: f"{PLAIN} {LIFE}"} for field in ("account", "differently", "well", "giveaways")}
DANGER_IN["the end of the longest account"] = {"account": f"{LONGEST[: 20_000 - len(LIFE)]}{LIFE}"}


@pytest.mark.parametrize("place", DANGER_IN)
def test_danger_is_seen_in_whatever_box_it_was_typed_and_at_its_end(place, queue_key, visitor):
    visitor.check(**DANGER_IN[place])

    assert section(visitor.page)


def test_words_without_danger_bring_one_line_of_help_and_its_id_stands_nowhere(contributor):
    before, form = contributor.get("/tell/"), contributor.get("/tell/form/")
    contributor.check(account=PLAIN)
    check = contributor.page
    code = send(contributor, PLAIN)

    assert contributor.code()
    assert not any("danger-now" in page for page in (before, form, check, code))
    assert check.index('class="danger-line"') < check.index('value="send"')
    for page in (before, check, code):
        line = re.search(r'<p class="danger-line">.*?</p>', page, re.S)[0]
        for link in ('href="tel:999"', 'href="tel:116123"', 'href="sms:85258'):
            assert link in line


@pytest.mark.parametrize("told", [{"account": LIFE, "adult": "no"}, {"account": LIFE, "step": "later"}])
def test_id_is_on_those_two_pages_alone(told, queue_key, visitor):
    visitor.get("/tell/form/")

    visitor.post("/tell/form/", **{"step": "check"} | TOLD | told)

    assert "danger-now" not in visitor.page


@pytest.mark.parametrize("told", [{"adult": "no"}, {"whose": "helping", "adult_other": "no"}])
def test_words_given_back_on_childrens_pages_are_answered_and_no_help_is_there_twice(told, queue_key, visitor):
    visitor.get("/tell/form/")

    visitor.post("/tell/form/", step="check", **TOLD | {"account": f"{CHILD} {LIFE}"} | told)
    found = re.search(r'<section class="danger" id="danger-help".*?</section>(.*)', visitor.page, re.S)
    answer, rest = found.group(0, 1)
    assert 'href="tel:116123"' in answer
    assert rest.count('href="tel:08001111"') == visitor.page.count('href="tel:08001111"')

    visitor.post("/tell/form/", step="check", **TOLD | {"account": CHILD} | told)
    assert "danger-help" not in visitor.page
    assert 'href="tel:08001111"' in visitor.page


def test_nobody_meets_the_danger_of_another(queue_key, visitor):
    assert section(send(visitor, LIFE))

    assert section(send(Visitor(), PLAIN)) is None
    assert section(send(Visitor(), LIFE))


def test_child_stays_a_child_once_the_age_gave_way_to_our_own_words(queue_key, visitor):
    """What the page itself suggests in the place of an age must not take the child out of the label."""
    visitor.check(account=CHILD)
    listed = dict(re.findall(r'name="(was-[0-9a-f]{32})" value="([^"]*)"', visitor.page))
    assert "14" in listed.values()

    visitor.post("/tell/form/", step="first-for-all", **TOLD | {"account": CHILD} | listed)
    assert "14" not in visitor.box("account")
    assert section(visitor.page)
    visitor.post("/tell/form/", step="send", **TOLD | {"account": visitor.box("account")})

    submission = Submission.objects.get()
    assert labels.opened_labels(submission, private=coming_back.open_code(visitor.code()).private).danger.child is True


def the_tick(visitor):
    return re.search(r'<input type="checkbox" name="urgent"[^>]*>', visitor.page)[0]


def test_urgent_is_ticked_by_the_person_and_never_for_them_in_the_flood_tray_too(contributor):
    contributor.check(account=LIFE)
    assert "checked" not in the_tick(contributor)
    contributor.post("/tell/form/", step="send", **TOLD | {"account": LIFE})

    untold = Submission.objects.get()
    assert untold.is_urgent is False

    send(contributor, PLAIN, urgent="on", leave_empty="a machine")

    sent = Submission.objects.exclude(pk=untold.pk).get()
    assert (sent.is_urgent, sent.is_flood) == (True, True)


def test_urgent_tick_is_kept_till_it_is_sent_and_counts_in_a_draft_too(queue_key, visitor):
    visitor.check(urgent="on")
    assert "checked" in the_tick(visitor)
    visitor.post("/tell/form/", step="check", **TOLD | {"urgent": "on", "account": ""})
    visitor.post("/tell/form/", step="check", **TOLD)
    assert "checked" in the_tick(visitor)

    visitor.get("/tell/form/")
    visitor.post("/tell/form/", step="later", **TOLD)
    visitor.come_back(visitor.code())
    visitor.post("/return/", step="go-on")
    assert Submission.objects.get().is_urgent is False

    visitor.post("/tell/form/", step="check", **TOLD)
    visitor.post("/tell/form/", step="send", **TOLD | {"urgent": "on"})

    draft = Submission.objects.get()
    assert (draft.status, draft.is_urgent) == ("received", True)


def test_urgent_tick_that_comes_with_a_second_press_counts_until_one_of_us_said_no(queue_key, visitor, alice):
    code = visitor.tell()
    visitor.press_send_again(code, urgent="on")
    sent = Submission.objects.get()
    assert sent.is_urgent is True

    decisions.mark_not_urgent(sent, vault=factories.open_vault(alice))
    visitor.press_send_again(code, urgent="on")

    sent.refresh_from_db()
    assert sent.is_urgent is False


@pytest.mark.parametrize("words", [LIFE, CHILD, NEAR])
@pytest.mark.parametrize("is_later", [False, True], ids=["in the account", "in a message"])
def test_who_speaks_of_danger_or_of_a_child_is_read_before_the_others(
    words, is_later, alice, bob, visitor, monkeypatch
):
    # A test writes as fast as a machine, whose words go to the flood tray.
    monkeypatch.setattr(telling, "LEAST_SECONDS", 0)
    factories.submission_at("received", account=PLAIN)
    code = visitor.tell(account=PLAIN if is_later else words)
    factories.submission_at("received", account=PLAIN)
    told = coming_back.open_code(code).submission
    if is_later:
        assert in_lane("urgent", alice) == []
        visitor.come_back(code)
        visitor.post("/return/", step="message", message=words)

    assert in_lane("urgent", alice) == [told.short_name]
    assert told.short_name not in in_lane("new", alice)
    assert len(in_lane("new", alice)) == 2
    # What a machine made of sealed words is for who opens them.
    assert in_lane("urgent", bob, unlocked=False) == []


def in_lane(lane, user, **how):
    return [
        row.short_name for row in room.see(factories.client_of(user, **how), "room_lane", lane).context["object_list"]
    ]


def test_nothing_plain_says_what_was_spotted(queue_key, visitor, caplog):
    """No column differs, nothing is kept or said: but for the seal, danger and none look alike."""
    rows = []
    for account in (PLAIN, LIFE):
        send(visitor, account)
        submission = Submission.objects.exclude(pk__in=[row.pk for row in rows]).get()
        rows.append(submission)

    assert labels.opened_labels(rows[1], private=coming_back.open_code(visitor.code()).private).danger.life == "now"
    names = {field.name for field in Submission._meta.concrete_fields}
    same = names - {"id", "look_up_id", "public_key", "key_under_code", "key_for_queue", "labels"}
    assert [getattr(rows[0], name) for name in sorted(same)] == [getattr(rows[1], name) for name in sorted(same)]
    assert len(rows[0].labels) == len(rows[1].labels)
    for secret in (b"tablets", b"end it tonight"):
        assert not any(secret in value for value in _every_stored_value())
    assert mail.outbox == []
    assert caplog.text == ""


def test_page_with_danger_is_kept_in_no_memory(queue_key, visitor, monkeypatch):
    kept = []
    monkeypatch.setattr(telling.snapshot, "cached", lambda key, make: kept.append((key, made := make())) or made)

    send(visitor, LIFE)

    assert visitor.code()
    assert [page for key, page in kept if "code page" in key] == []
    send(Visitor(), PLAIN)
    assert ["danger-now" in page for key, page in kept if "code page" in key] == [False]
    assert not any("danger-now" in str(value) for value in snapshot._seen.kept.values())
    assert not any(b"tablets" in str(value).encode() for value in getattr(cache, "_cache", {}).values())


def test_code_page_promises_no_turn_in_a_flood(queue_key, visitor, monkeypatch):
    monkeypatch.setattr("stories.intake.public_form.is_flood", lambda request: True)
    visitor.tell(account=LIFE)

    assert 'id="danger-now"' in visitor.page
    assert "before the others" not in visitor.page
