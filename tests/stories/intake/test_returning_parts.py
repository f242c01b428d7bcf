"""Coming back: what a wrong code gets, what stands open, and what can still be done."""

import re

import pytest

from stories.crypto import receipts
from stories.intake import coming_back
from stories.intake.views import returning
from tests import factories

pytestmark = pytest.mark.django_db


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
    receive.receive_account(factories.sent(), receive.Arrival(codeless, keeps_code=False))
    codes = [known.code, erased.code, codeless, receipts.new_code(), "7K3M", "not a code", "x" * 5000]

    assert {str(cost(code, work)) for code in codes} == {str(({"_derived": 2, "unlock_key": 1}, 1))}


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


@pytest.mark.parametrize(
    ("status", "open_part"), [("received", None), ("waiting", "Our question, and your answer"), ("held", None)]
)
def test_only_what_comes_next_stands_open(status, open_part, alice, visitor):
    submission = factories.submission_at(status)

    visitor.come_back(submission.code)

    opened = re.findall(r'<details class="disclosure" open>\s*<summary[^>]*>([^<]*)', visitor.page)
    assert opened == ([open_part] if open_part else [])


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
