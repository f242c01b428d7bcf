"""P3 Words are never lost: broken forms give them back, and `kill -9` loses nothing that was acknowledged."""

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection

from moderation import decisions, reading, working_copies
from stories.crypto import receipts
from stories.intake import coming_back, drafts, flood_tray, forms, questions, receive
from stories.models import Submission
from tests import at_work, factories, running_site
from tests.moderation import room
from tests.stories.intake.visiting import Visitor

ACCOUNT = "I rang 101 & waited <for hours>; “nobody” rang back, and that’s that."
TOLD = {"adult": "yes", "account": ACCOUNT}
BODY = urlencode({**TOLD, "step": "check"}).encode()
FORM = "application/x-www-form-urlencoded"
KILLED = Path(__file__).with_name("killed_in_mid_answer.py")
ENOUGH = 20


def in_parts():
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{words}\r\n' for name, words in TOLD.items()]
    return ("".join(parts) + "--x--\r\n").encode()


def fields(**words):
    return urlencode(words).encode()


MANY = urlencode([(f"f{number}", number) for number in range(1500)]).encode()
STRANGER = "https://stranger.example/"
BROKEN = {
    "without the age": ("/tell/form/", fields(account=ACCOUNT, step="check"), {}),
    "sent without a check": ("/tell/form/", fields(**TOLD, step="send"), {}),
    "with a token of long ago": ("/tell/form/", BODY + b"&token=from-long-ago", {}),
    "for an unknown step": ("/tell/form/", fields(**TOLD, step="jump"), {}),
    "with fifteen hundred fields": ("/tell/form/", MANY + b"&" + BODY, {}),
    "in parts under the wrong label": ("/tell/form/", in_parts(), {"Content-Type": FORM}),
    "in parts without their fence": ("/tell/form/", in_parts(), {"Content-Type": "multipart/form-data"}),
    "under no label": ("/tell/form/", BODY, {"Content-Type": ""}),
    "from a page of nowhere": ("/tell/form/", BODY, {"Origin": "null"}),
    "from another site": ("/tell/form/", BODY, {"Origin": STRANGER.rstrip("/"), "Referer": STRANGER}),
    "with a cookie from who knows where": ("/tell/form/", BODY, {"Cookie": "heard_admin=x; csrftoken=y"}),
    "too long for anybody": ("/tell/form/", BODY + b"&well=" + b"x" * 21_000_000, {}),
    "to an address that is not there": ("/tell/fom/", BODY, {}),
    "beneath a form that takes none": ("/take-down/there/", BODY, {}),
    "for a host that is not ours": ("/tell/form/", BODY, {"Host": "stranger.example"}),
    "as a message with a token of long ago": ("/return/", fields(message=ACCOUNT, step="message", token="x"), {}),
    "as a message with a wrong code": ("/return/", fields(message=ACCOUNT, step="message", code="7K3M"), {}),
    "as a take-down request without its story": ("/take-down/", fields(words=ACCOUNT, ground="other"), {}),
    **{f"by {way}": ("/tell/form/", BODY, {"method": way}) for way in ("PUT", "PATCH", "DELETE", "OPTIONS")},
}


@pytest.mark.parametrize("way", BROKEN)
def test_words_are_in_the_answer_to_a_form(way, demo_site):
    path, body, headers = BROKEN[way]
    visitor = running_site.Visitor(demo_site.url)

    visitor.send(path, body, **headers)

    assert ACCOUNT in visitor.text()
    assert "Exit this page" in visitor.page
    assert visitor.status < 500


FAILURES = [OperationalError("disk I/O error"), OSError(28, "No space left"), ValueError("a slip of ours")]


@pytest.mark.django_db
@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_words_come_back_from_a_failure_in_saving_and_the_next_press_sends_them(failure, queue_key, monkeypatch):
    visitor = Visitor()
    visitor.check(account=ACCOUNT)

    with monkeypatch.context() as broken:
        broken.setattr(flood_tray, "make_room_for", Mock(side_effect=failure))
        visitor.post("/tell/form/", step="send", **TOLD)
    assert ACCOUNT in visitor.text()
    assert visitor.response.status_code in (500, 503)
    assert visitor.code() == ""

    visitor.check(account=ACCOUNT)
    visitor.post("/tell/form/", step="send", **TOLD)
    code = visitor.code()
    visitor.come_back(code)
    assert ACCOUNT in visitor.text()


END = "And then she rang back, and I slept."
WORST = "He sent it to my mother as well."


@pytest.mark.django_db
def test_end_of_what_was_pasted_into_a_form_comes_back(queue_key):
    visitor, texts = Visitor(), {question.name: question.limit for question in questions.TEXTS}

    visitor.get("/tell/form/")
    _paste(visitor, "/tell/form/", texts, step="check")
    visitor.check()
    _paste(visitor, "/tell/form/", texts, step="send")
    visitor.come_back(factories.submission_at("received").code)
    _paste(visitor, "/return/", {"message": forms.LONGEST_MESSAGE}, step="message")
    visitor.get("/take-down/")
    _paste(visitor, "/take-down/", {"words": forms.LONGEST_REQUEST}, ground="other")


def _paste(visitor, path, boxes, **fields):
    """Paste too much, as a browser does, which cuts what a box has no room for and says nothing; look for the end."""
    pasted = {}
    for name, limit in boxes.items():
        box = re.search(rf'<textarea[^>]*\bname="{name}"[^>]*>', visitor.page)[0]
        most = re.search(r'maxlength="?(\d+)', box)
        pasted[name] = ("It went on for weeks. " * (limit // 20) + END)[: int(most[1]) if most else None]
    visitor.post(path, **{"adult": "yes", **fields, **pasted})
    ends = {name: (visitor.box(name) or "").endswith(END) for name in boxes}
    assert ends == dict.fromkeys(boxes, True)


@pytest.mark.django_db
@pytest.mark.parametrize("box", [question.name for question in questions.TEXTS])
def test_words_added_after_going_back_are_there_for_whoever_added_them_and_for_us(box, alice):
    visitor = Visitor()
    code = visitor.tell()

    visitor.press_send_again(code, **{box: f"{ACCOUNT} {WORST}"})

    assert visitor.code() == code
    visitor.come_back(code)
    assert WORST in visitor.text()
    page = room.see(factories.client_of(alice), "room_read", Submission.objects.get().pk)
    assert WORST in room.text_of(page)


def test_window_from_before_the_first_save_takes_away_no_words_of_another(queue_key):
    code = receipts.new_code()
    for words in ("The heron stood still.", "Then the rain came."):
        drafts.keep_draft(factories.sent(account=words), receive.Arrival(code, began_from=""))

    kept = coming_back.what_i_sent(drafts.opened_draft(code)).account["account"]

    assert "heron" in kept
    assert "rain" in kept


@pytest.mark.django_db
def test_account_that_was_acknowledged_outlives_a_power_cut(queue_key):
    """No test can cut the power. The database that took the account is asked what it waits for before it says yes."""
    assert Visitor().tell()

    # Below 2, SQLite waits for the disk with some transactions alone; without a journal, half of one may stay.
    good = {"PRAGMA synchronous": (2, 3), "PRAGMA journal_mode": ("wal", "delete", "truncate", "persist")}
    if connection.vendor == "postgresql":
        good = {"SHOW synchronous_commit": ("on", "remote_apply")}
    with connection.cursor() as cursor:
        for asked, answers in good.items():
            cursor.execute(asked)
            assert cursor.fetchone()[0] in answers, asked


@pytest.fixture
def sqlite_again(demo_site, tmp_path):
    """How to serve the same folder again, and what a process beside it needs to know."""
    return running_site.copy_of(demo_site, tmp_path / "copy"), {}


@pytest.fixture
def postgresql_again(postgresql_site, postgresql_url):
    return postgresql_site.data_dir, {"DATABASE_URL": postgresql_url}


STORES = ["sqlite_again", pytest.param("postgresql_again", marks=pytest.mark.postgresql)]


@pytest.mark.served
@pytest.mark.parametrize("store", STORES)
def test_what_was_stored_or_shown_with_a_code_outlives_the_killing_of_the_server(store, request):
    folder, changes = request.getfixturevalue(store)

    # The answer to one that was stored never came.
    kept = _send_and_be_killed("after-commit", folder, changes)
    lost = _send_and_be_killed("before-commit", folder, changes)

    with running_site.serve_again(folder, **changes) as site:
        shown = _send_until_killed(site)

    assert len(shown) >= ENOUGH
    with running_site.serve_again(folder, **changes) as site:
        visitor = running_site.Visitor(site.url)
        opened = {code: account for code, account in shown.items() if account in visitor.come_back(code)}
        assert opened == shown
        assert ACCOUNT in visitor.come_back(kept) or ACCOUNT in visitor.text()
        visitor.come_back(lost)
        assert "opens nothing here" in visitor.text()


def _send_and_be_killed(moment, folder, changes):
    environment = running_site.demo_environment(folder) | changes
    command = [sys.executable, str(KILLED), moment, ACCOUNT]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=running_site.LONGEST_START)
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout.strip()


def _send_until_killed(site):
    """Four people send without a pause; once twenty codes were shown, SIGKILL comes whenever it comes."""
    shown = {}
    senders = [threading.Thread(target=_keep_sending, args=(site, shown, name)) for name in "abcd"]
    for sender in senders:
        sender.start()
    while len(shown) < ENOUGH and all(sender.is_alive() for sender in senders):
        time.sleep(0.01)
    time.sleep(random.random() / 2)
    os.killpg(site.process.pid, signal.SIGKILL)
    for sender in senders:
        sender.join()
    return shown


def _keep_sending(site, shown, name):
    """Write down a code only once the whole page that shows it has come."""
    for number in range(1000):
        account = f"The {number}th letter of {name} lies in a drawer."
        try:
            shown[running_site.Visitor(site.url).tell(account)] = account
        except (OSError, http.client.HTTPException):
            return


REWRITTEN = "They waited for hours & nobody rang back."


def test_working_copy_survives_the_killing_of_the_server_and_the_vault_stays_open(sqlite_again):
    folder, _changes = sqlite_again
    with running_site.serve_again(folder) as site:
        alice = at_work.Colleague(site, "alice").unlock()
        _, pk = at_work.tell(site, ACCOUNT)
        alice.claim(pk)
        alice.look_first(pk)
        alice.submit(f"/admin/queue/{pk}/save/", title="Hours", text=REWRITTEN)
        assert "Saved, sealed." in alice.page
        os.killpg(site.process.pid, signal.SIGKILL)

    with running_site.serve_again(folder) as alice.site:  # the same browser, at the port where it answers now
        alice.get(f"/admin/queue/{pk}/")

    assert dict(at_work.form_on(alice.page, f"/admin/queue/{pk}/save/").fields)["text"] == REWRITTEN


@pytest.mark.django_db
def test_working_copy_is_kept_whatever_the_vault_the_log_in_or_a_newer_one_say(alice):
    submission = factories.submission_at("received")
    browser, address = factories.client_of(alice), f"/admin/queue/{submission.pk}/save/"
    browser.post("/admin/logout/")

    given_back = room.text_of(room.save(browser, alice, submission, text=REWRITTEN))
    assert working_copies.newest_copy(submission) is None
    form = dict(at_work.form_on(given_back, address).fields)
    assert form["text"] == REWRITTEN
    factories.log_in(browser, alice)
    browser.post(address, at_work.form_on(given_back, address).as_posted())
    assert _newest(submission, alice) == REWRITTEN

    through_a_locked_vault = factories.client_of(alice, unlocked=False)
    room.save(through_a_locked_vault, alice, submission, version=1, text="The second version.")
    assert _newest(submission, alice) == "The second version."

    page = room.text_of(room.save(factories.client_of(alice), alice, submission, version=0, text=ACCOUNT))
    assert dict(at_work.form_on(page, address).fields)["text"] == ACCOUNT
    assert _newest(submission, alice) == "The second version."


LONG_NOTE = "The second line names her street & the third his job; “near the canal” would do."
TYPED = {
    "a note for the first reader": ("room_send_back", (), {"note": LONG_NOTE}),
    "why something stays": ("room_agree", (), room.CHECKED | {"check-names": "stays", "why-names": LONG_NOTE}),
    "a question": ("room_decide", ("ask",), {"question": LONG_NOTE}),
    "what it waits for": ("room_decide", ("hold",), {"waits_for": LONG_NOTE, "reason": "legal"}),
    "a word with a no": ("room_decide", ("decline",), {"note": LONG_NOTE, "reason": "no-consent"}),
    "a version": ("room_save", (), {"version": 1, "text": LONG_NOTE}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", TYPED)
@pytest.mark.parametrize("quicker", ["rewrote", "declined"])
def test_what_a_moderator_wrote_comes_back_where_a_colleague_was_quicker(what, quicker, alice, bob):
    name, more, typed = TYPED[what]
    submission = factories.submission_at("prepared")
    browser = factories.client_of(bob)
    digest = working_copies.newest_copy(submission).digest
    factories.claim(submission, by=alice)
    if quicker == "rewrote":
        working_copies.save_version(submission, factories.FIELDS | {"text": REWRITTEN}, by=alice)
    else:
        decisions.decline_account(submission, reason="no-consent", by=alice)

    if more in (("ask",), ("decline",)):
        page = room.write_to(browser, bob, submission, *more, **typed)
    else:
        page = room.press(browser, name, submission.pk, *more, digest=digest, **room.token(browser), **typed)

    assert LONG_NOTE in [words for form in at_work.forms_on(room.text_of(page)) for _, words in form.fields]


def _newest(submission, moderator):
    sealed = working_copies.newest_copy(submission).sealed
    return reading.working_copy(sealed, vault=factories.open_vault(moderator))["fields"]["text"]
