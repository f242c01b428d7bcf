"""Coming back: what a wrong code gets, what stands open, and what can still be done."""

import re
from datetime import timedelta

import pytest

from moderation.team.permissions import Refused
from stories.core import lifecycle
from stories.crypto import receipts
from stories.intake import coming_back, messages, retention
from stories.intake.views import returning
from stories.models import Story, Submission
from tests import factories

pytestmark = pytest.mark.django_db

# --- A wrong code ---------------------------------------------------------------------------


@pytest.fixture
def work(monkeypatch):
    """Counts what looking for a code costs: derivations, and tries of a key."""
    from collections import Counter

    done = Counter()
    for module, name in ((receipts, "_derived"), (coming_back.sealing, "unlock_key")):
        real = getattr(module, name)

        def counted(*args, _name=name, _real=real, **named):
            done[_name] += 1
            return _real(*args, **named)

        monkeypatch.setattr(module, name, counted)
    return done


def cost(code, work):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    work.clear()
    with CaptureQueriesContext(connection) as queries:
        returning._open(code)
    return dict(work), len(queries)


def test_every_code_costs_the_same_to_look_for(queue_key, work):
    from stories.intake import receive, retention

    known, erased, codeless = (
        factories.submission_at("received"),
        factories.submission_at("received"),
        receipts.new_code(),
    )
    retention.withdraw_submission(coming_back.open_code(erased.code))
    receive.receive_account(factories.sent(), code=codeless, keeps_code=False)
    codes = [known.code, erased.code, codeless, receipts.new_code(), "7K3M", "not a code", "x" * 5000]

    assert {str(cost(code, work)) for code in codes} == {str(({"_derived": 2, "unlock_key": 1}, 1))}


def test_wrong_code_gives_the_same_page_whatever_is_wrong_with_it(queue_key, visitor):
    from stories.intake import receive

    codeless = receipts.new_code()
    receive.receive_account(factories.sent(), code=codeless, keeps_code=False)
    pages = []
    for code in (codeless, receipts.new_code(), "7K3M-9QZX-0TVA-W2HU"):
        visitor.come_back(code)
        pages.append(visitor.page.replace(code, ""))

    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("abc", "You typed 3. A code has 16"),
        (" 7k3m - 9qzx. ", "You typed 8. A code has 16"),
        ("7K3M-9QZX-0TVA-W2HE-7", "You typed 17. A code has 16"),
        ("7K3M-9QZX-0TVA-W2HE", None),
        ("7K3M 9QZX 0TVA W2HU", None),
    ],
)
def test_wrong_code_page_says_how_much_of_a_code_was_typed(typed, says, queue_key, visitor):
    visitor.come_back(typed)

    assert "opens nothing here" in visitor.text()
    assert ("You typed" in visitor.text()) == bool(says)
    assert not says or says in visitor.text()


def test_without_the_code_a_text_that_waits_for_a_yes_is_not_published_as_the_page_says(alice, bob, visitor):
    submission = factories.submission_at("prepared", consent_ask_again=True)
    visitor.get("/return/")
    assert "without the code your story cannot be published" in visitor.text()

    with pytest.raises(Refused):
        factories.agree(submission, by=bob)
    retention.run_retention(today=submission.erase_on + timedelta(days=1))

    assert not Story.objects.exists()
    assert Submission.objects.get(pk=submission.pk).is_erased


def test_wrong_code_page_leads_on_without_one(queue_key, visitor):
    visitor.come_back("7K3M-9QZX-0TVA-W2HE")

    assert "S and 5" in visitor.text()
    assert 'href="/take-down/"' in visitor.page
    assert 'href="/tell/"' in visitor.page
    assert "help lines at the end of this page" in visitor.text()


# --- When the time ran out ------------------------------------------------------------------


def test_after_ninety_days_it_is_our_failing_and_there_is_a_way_on(queue_key, visitor):
    submission = factories.submission_at("received")
    retention.run_retention(today=lifecycle.today() + timedelta(days=97))

    visitor.come_back(submission.code)

    assert "We ran out of time" in visitor.text()
    assert "That is our failing, not yours." in visitor.text()
    assert 'href="/tell/"' in visitor.page
    assert 'href="/tell/somewhere-else/#police"' in visitor.page
    assert 'href="/privacy/"' in visitor.page


# --- One next thing -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "open_part"), [("received", None), ("waiting", "Our question, and your answer"), ("held", None)]
)
def test_only_what_comes_next_stands_open(status, open_part, alice, visitor):
    submission = factories.submission_at(status)

    visitor.come_back(submission.code)

    opened = re.findall(r'<details class="disclosure" open>\s*<summary[^>]*>([^<]*)', visitor.page)
    assert opened == ([open_part] if open_part else [])


def test_text_that_waits_for_a_yes_stands_open_and_folds_after_it(alice, visitor):
    submission = factories.submission_at("prepared", consent_ask_again=True)
    visitor.come_back(submission.code)
    assert '<details class="disclosure" open>' in visitor.page

    visitor.post("/return/", step="yes")

    assert '<details class="disclosure" open>' not in visitor.page


def test_reply_can_be_sent_in_pieces(alice, visitor):
    submission = factories.submission_at("waiting")
    visitor.come_back(submission.code)

    for piece in ("The first half.", "And the second."):
        visitor.post("/return/", step="message", message=piece)

    assert [m["text"] for m in messages.opened_messages(coming_back.open_code(submission.code))] == [
        "The first half.",
        "And the second.",
    ]


def test_message_over_the_limit_is_kept_like_any_other(queue_key, visitor, monkeypatch):
    from heard.middleware import limits

    submission = factories.submission_at("received")
    visitor.come_back(submission.code)
    monkeypatch.setattr(limits, "is_over", lambda request, kind: True)

    visitor.post("/return/", step="message", message="Do not lose me.")

    assert "We have your message" in visitor.text()


def test_no_link_leads_away_from_words_that_wait_for_a_code(queue_key, visitor):
    visitor.page = ""
    visitor.post("/return/", step="message", message="Do not lose me.")

    # What opens in a new tab leaves this page where it is.
    leads = set(re.findall(r'<a\b[^>]*\bhref="([^"]*)"(?! target="_blank" rel="noopener noreferrer")', visitor.page))
    assert {link for link in leads if not re.match("#|tel:|sms:", link)} == {"/leave/"}


def test_choices_from_a_page_left_open_wait_for_the_code_too(queue_key, visitor):
    visitor.page = ""
    visitor.post("/return/", step="consents-keep", consent_publish="on")

    assert visitor.hidden() == {"consent_publish": "on"}
    assert 'name="step" value="consents-keep"' in visitor.page
