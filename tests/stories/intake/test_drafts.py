"""Save and finish later, through the real pages: kept, picked up, changed, sent, erased."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import OperationalError

from heard.middleware import limits
from stories.core import lifecycle, sealed_store
from stories.crypto import receipts, sealing
from stories.intake import coming_back, drafts, flood_tray, questions, receive, retention
from stories.models import Event, SealedText, Submission
from tests import at_work, factories
from tests.stories.intake.visiting import ACCOUNT, TOLD, Visitor, messages_of, raising, sent

pytestmark = pytest.mark.django_db
HALF = "I rang 101 and then"
TEXTS = [question.name for question in questions.TEXTS]


def save(visitor, **fields):
    """Open the form, write and save it; returns the code as it stands on the page."""
    visitor.get("/tell/form/")
    return save_here(visitor, **fields)


def save_here(visitor, **fields):
    """Save from the page that the visitor stands on."""
    visitor.post("/tell/form/", step="later", **fields)
    return visitor.code()


def send_here(visitor, **fields):
    """From the form to the check page and on."""
    visitor.post("/tell/form/", step="check", **TOLD | fields)
    visitor.post("/tell/form/", step="send", **TOLD | fields)


@pytest.fixture
def code(queue_key, visitor):
    """The code of a draft that its contributor goes on with."""
    code = save(visitor, account=HALF)
    visitor.press(code, "go-on")
    return code


def test_every_answer_to_every_question_is_kept_and_stands_in_the_form_again(queue_key, visitor):
    ticked = [question.name for question in questions.ASKED if question.kind != "text"]
    fields = {name: f"Words for {name}." for name in TEXTS} | {name: every_answer(name) for name in ticked}

    code = save(visitor, **fields | dict.fromkeys(questions.CONSENTS, "on"))
    visitor.press(code, "go-on")

    posted = at_work.form_on(visitor.page, "/tell/form/").as_posted()
    assert sent(code).account == {name: fields[name] for name in TEXTS}
    assert sent(code).answers == {"version": questions.VERSION, "part": ""} | {name: fields[name] for name in ticked}
    for name, given in fields.items():
        assert name in posted if given is True else posted[name] == ([given] if isinstance(given, str) else given), name


def every_answer(name):
    question = questions.BY_NAME[name]
    slugs = [option.slug for option in questions.question_options(question, this_year=lifecycle.today().year)]
    return slugs if question.kind == "many" else True if question.kind == "tick" else slugs[0]


def test_row_holds_no_key_but_the_codes_and_no_time_but_week_and_date_of_erasing(queue_key, visitor):
    code = save(visitor, account=HALF, part="safe")

    row = Submission.objects.get(status="draft")
    assert (bytes(row.key_for_queue), row.queue_epoch) == (b"", None)
    assert (row.week, row.erase_on) == (lifecycle.this_week(), lifecycle.today() + timedelta(days=30))
    assert not Event.objects.exists()
    assert not any(HALF.encode() in bytes(text.box) for text in SealedText.objects.all())
    assert coming_back.open_code(code).private not in (bytes(row.public_key), bytes(row.key_under_code))
    assert sent(code).answers["part"] == "safe"
    rows = [*Submission.objects.values(), *SealedText.objects.values()]
    assert "safe" not in str([{**row, "box": b"", "public_key": b""} for row in rows])


def test_neither_too_much_to_send_nor_a_site_without_a_queue_key_loses_it(visitor):
    long = "word " * 4_500

    code = save(visitor, account=long)
    visitor.press(code, "go-on")

    assert visitor.box("account") == long


def test_endless_words_come_back_and_leave_what_was_saved_before_as_it_was(code, visitor):
    endless = "x" * (drafts.LONGEST + 1)

    assert save_here(visitor, account=endless) == ""

    assert visitor.box("account") == endless
    assert "not saved yet" in visitor.text()
    assert sent(code).account["account"] == HALF
    # Under the code of something that was sent, too.
    visitor.hold_check_page(visitor.tell())
    save_here(visitor, account=endless)
    assert (visitor.response.status_code, visitor.box("account")) == (200, endless)


def test_saved_again_it_keeps_its_code_and_only_the_new_words_for_thirty_more_days(queue_key, visitor, monkeypatch):
    code = save(visitor, account=HALF)
    later = lifecycle.today() + timedelta(days=5)
    monkeypatch.setattr(lifecycle, "today", lambda: later)

    visitor.press(code, "go-on")
    assert save_here(visitor, account="Quite another text.") == code

    assert sent(code).account["account"] == "Quite another text."
    assert SealedText.objects.count() == 2
    row = Submission.objects.get(status="draft")
    assert (row.erase_on, row.week) == (later + timedelta(days=30), lifecycle.monday(later))
    retention.run_retention(today=later + timedelta(days=30))
    assert not Submission.objects.exists()
    assert not SealedText.objects.exists()
    visitor.come_back(code)
    assert "opens nothing here" in visitor.text()


def test_sent_draft_is_like_any_other_and_keeps_its_code(queue_key, visitor):
    code = save(visitor, account=HALF, consent_publish="on", part="safe")
    Submission.objects.update(week=lifecycle.this_week() - timedelta(weeks=1))
    visitor.press(code, "go-on")

    send_here(visitor, consent_count="on")

    row = Submission.objects.get()
    assert visitor.code() == code
    # It was sent at once, and no flood: it was written before, and nothing says how long that took.
    assert (row.status, row.is_flood, row.queue_epoch) == ("received", False, queue_key)
    assert (row.week, row.erase_on) == (lifecycle.this_week(), lifecycle.this_week() + timedelta(days=90))
    assert sent(code).account["account"] == ACCOUNT
    assert (sent(code).answers["consent_publish"], sent(code).answers["consent_count"]) == (False, True)
    assert "part" not in sent(code).answers
    assert SealedText.objects.count() == 2
    assert [(event.deed, event.day, event.by) for event in Event.objects.all()] == [("send", None, None)]


def test_draft_stays_one_when_sending_fails_and_sent_twice_it_is_sent_once(code, visitor, monkeypatch):
    check = visitor.post("/tell/form/", step="check", **TOLD)
    with monkeypatch.context() as broken:
        broken.setattr(receive, "both_texts", raising(OperationalError))
        visitor.post("/tell/form/", step="send", **TOLD)
    assert visitor.response.status_code == 503
    assert ACCOUNT in visitor.text()
    assert bytes(Submission.objects.get(status="draft").key_for_queue) == b""
    assert sent(code).account["account"] == HALF

    for account in (ACCOUNT, ACCOUNT, "And this.", "And this."):
        visitor.post_from(check, "/tell/form/", step="send", **TOLD | {"account": account})
        assert visitor.code() == code

    assert Event.objects.filter(deed="send").count() == 1
    assert messages_of(code) == ["And this."]
    assert sent(code).account["account"] == ACCOUNT


def test_sent_without_a_code_the_one_of_the_draft_opens_nothing_any_more(code, visitor):
    send_here(visitor, no_code="on")

    row = Submission.objects.get()
    assert not visitor.code()
    assert "The code that you had for saving opens nothing any more" in visitor.text()
    assert (bytes(row.key_under_code), row.status) == (b"", "received")
    place = sealed_store.queue_place(row.pk, row.queue_epoch_id)
    private = sealing.open_key(bytes(row.key_for_queue), private=factories.queue_pair().private, place=place)
    assert sealed_store.latest_opened(row, "account", private=private)["account"] == ACCOUNT
    visitor.come_back(code)
    assert "opens nothing here" in visitor.text()


def test_draft_within_the_limits_is_no_flood_when_saved_again_or_sent_over_them(code, visitor, unhurried, monkeypatch):
    """In the flood tray chance could let go of what was safe."""
    monkeypatch.setattr(limits, "is_over", lambda request, kind: kind == "send")
    monkeypatch.setattr(flood_tray, "MOST_KEPT", 0)

    assert save_here(visitor, account=HALF + " more") == code
    assert sent(code).account["account"] == HALF + " more"
    visitor.press(code, "go-on")
    send_here(visitor)

    assert visitor.code() == code
    assert not Submission.objects.get().is_flood
    assert sent(code).account["account"] == ACCOUNT


def lands_on(visitor, code):
    """The part that the form opens at, with a script and without one."""
    visitor.come_back(code)
    without_script = re.search(r'<form method="post" action="/return/#?([a-z]*)"', visitor.page)[1]
    visitor.post("/return/", step="go-on")
    with_script = re.search(r'data-stopped-at="([^"]*)"', visitor.page)
    assert (with_script[1] if with_script else "") == without_script
    return without_script


@pytest.mark.parametrize(
    ("saved", "part"),
    [
        ({"account": HALF, "part": "where"}, "where"),
        # A part that there is not counts as none, and without a script it is the last one that holds anything.
        *(({"account": HALF, "part": part}, "telling") for part in ("finish", "nowhere", "<script>", "telling\x00")),
        *(({"account": HALF, "force": "kent", "part": part}, "telling") for part in ('"x', "x" * 5_000, "")),
        ({"force": "kent"}, "where"),
        ({"account": HALF, "consent_publish": "on"}, "choices"),
        ({}, ""),
    ],
)
def test_going_on_lands_on_the_part_where_somebody_stopped(saved, part, queue_key, visitor):
    code = save(visitor, **saved)
    assert lands_on(visitor, code) == part
    assert visitor.box("account") == saved.get("account", "")
    assert "<script>" not in visitor.page

    save_here(visitor, account=HALF, part="safe")
    assert 'action="/return/#safe"' in visitor.page
    assert lands_on(visitor, code) == "safe"


def test_draft_that_lapses_in_an_open_tab_is_saved_or_sent_under_the_same_code(code, visitor):
    form = visitor.page
    Submission.objects.all().delete()

    assert save_here(visitor, account=HALF) == code
    assert sent(code).account["account"] == HALF
    Submission.objects.all().delete()
    visitor.page = form
    send_here(visitor)

    assert visitor.code() == code
    assert Submission.objects.get().status == "received"


def test_draft_that_lapses_while_it_is_being_sent_is_stored_as_a_new_one(queue_key, monkeypatch):
    code = receipts.new_code()
    drafts.keep_draft(factories.sent(), receive.Arrival(code))
    find = receive.sent_before

    def find_and_lapse(code):
        found = find(code)
        Submission.objects.filter(pk=found.pk).delete()
        return found

    monkeypatch.setattr(receive, "sent_before", find_and_lapse)
    receive.receive_account(factories.sent(), receive.Arrival(code))

    assert Submission.objects.get().status == "received"


@pytest.mark.parametrize("how", ["erased", "gave way"])
def test_what_is_left_of_a_draft_is_a_row_without_a_day_and_its_code_says_so(queue_key, visitor, monkeypatch, how):
    """The date of erasing was the day of saving and seven more."""
    monkeypatch.setattr(lifecycle, "today", lambda: date(2026, 5, 7))
    code = save(visitor, account=HALF, leave_empty="https://spam.example")
    if how == "erased":
        visitor.press(code, "withdraw")
        assert "Erase what you saved?" in visitor.text()
        visitor.post("/return/", step="withdraw-now")
        assert "You erased it" in visitor.text()
    else:
        monkeypatch.setattr(flood_tray, "MOST_KEPT", 0)
        flood_tray.make_room_for(Submission(is_flood=True))

    row = Submission.objects.get(look_up_id=receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER))
    assert {row.week, row.erase_on, row.erased_on} == {date(2026, 5, 4)}
    assert not SealedText.objects.exists()
    assert bytes(row.key_under_code) == b""
    visitor.come_back(code)
    assert ("You erased it" in visitor.text()) is (how == "erased")


@pytest.mark.parametrize("became", ["sent", "erased"])
def test_saving_under_a_code_that_is_no_draft_any_more_makes_another_and_says_so(code, visitor, became):
    form = visitor.page
    if became == "sent":
        send_here(visitor)
    else:
        retention.withdraw_submission(coming_back.open_code(code))
    visitor.page = form

    other = save_here(visitor, account="One more thing.")

    assert other not in ("", code)
    assert "a code of its own" in visitor.text()
    assert sent(other).account["account"] == "One more thing."
    assert sent(code).account.get("account", "") == (ACCOUNT if became == "sent" else "")


@pytest.fixture
def windows(queue_key, visitor):
    """A draft's code, and two windows in which somebody goes on with it."""
    code, one, other = save(visitor, account=HALF), Visitor(), Visitor()
    one.press(code, "go-on")
    other.press(code, "go-on")
    return code, one, other


def test_saved_from_two_windows_words_of_both_are_kept_and_choices_of_none(windows):
    code, one, other = windows
    words = "He said that it was not a crime."

    save_here(one, account=words, force="kent", recognise=["work"], consent_publish="on")
    assert "another window" not in one.text()
    save_here(other, account="She wrote it down.", well="The desk officer.", recognise=["family"])

    assert "another window" in other.text()
    kept = sent(code)
    assert kept.account["account"] == f"She wrote it down.\n\n{words}"
    assert kept.account["well"] == "The desk officer."
    assert (kept.answers["force"], kept.answers["consent_publish"]) == ("kent", False)
    assert sorted(kept.answers["recognise"]) == ["family", "work"]


def test_sending_what_lacks_words_from_another_window_shows_both_first(windows):
    code, one, other = windows
    save_here(one, account="He said that it was not a crime.", force="kent")

    send_here(other)

    both = f"{ACCOUNT}\n\nHe said that it was not a crime."
    assert Submission.objects.get(status="draft")
    assert "another window" in other.text()
    assert other.box("account") == both
    other.post("/tell/form/", step="send", **TOLD | {"account": both, "force": other.hidden().get("force", "kent")})
    assert other.code() == code
    assert sent(code).account["account"] == both
    assert sent(code).answers["force"] == "kent"


def test_words_from_two_windows_that_are_too_long_together_come_back_in_the_form(windows):
    code, one, other = windows
    save_here(one, account="a" * 15_000)

    send_here(other, account="b" * 15_000)

    assert other.box("account") == "b" * 15_000 + "\n\n" + "a" * 15_000
    assert "longer than we can take" in other.text()
    assert Submission.objects.get(status="draft")


@pytest.mark.parametrize(
    "step", ["message", "yes", "please-change", "download", "answers-keep", "edit-keep", "consents-keep"]
)
def test_step_for_what_was_sent_does_nothing_to_a_draft_and_gives_the_words_back(queue_key, visitor, step):
    code = save(visitor, account=HALF)
    visitor.come_back(code)

    visitor.post("/return/", step=step, message="Hello?", consent_publish="on")

    assert "Hello?" in visitor.text()
    assert "You saved this for later" in visitor.text()
    assert not Event.objects.exists()
    assert SealedText.objects.count() == 2
    assert sent(code).answers["consent_publish"] is False


def test_window_that_knew_nothing_of_the_sending_goes_on_to_what_was_sent(code, visitor):
    window = Visitor()
    window.come_back(code)
    send_here(visitor)

    window.post("/return/", step="go-on")

    assert "We have what you sent" in window.text()
    assert ACCOUNT in window.text()
    assert window.box("account") is None
    assert Submission.objects.get().status == "received"
