"""Words that speak of danger: whichever way they come, the answer says whom to call, and the labels tell of them."""

import pytest
from django.apps import apps
from django.core.cache import caches

from stories.core import sealed_store
from stories.intake import coming_back, labels
from stories.models import Submission, TakeDownRequest
from tests import factories
from tests.stories.intake.changes import open_page
from tests.stories.intake.visiting import TOLD, Visitor, WelshVisitor

pytestmark = pytest.mark.django_db
DANGER = "I have the tablets here and I will end it tonight."
HELP = 'id="danger-help"'
ASKS_AGAIN = {"consent_ask_again": True}


@pytest.fixture(params=[Visitor, WelshVisitor], ids=["English", "Welsh"])
def visitor(request):
    return request.param()


def _message(visitor, submission):
    visitor.come_back(submission.code)
    visitor.post("/return/", step="message", message=DANGER)


def _wish(visitor, submission):
    visitor.come_back(submission.code)
    visitor.post("/return/", step="please-change", **{"change-1": DANGER})


def _other_words(visitor, submission):
    open_page(visitor, submission, "edit")
    visitor.post("/return/", step="edit-keep", account=DANGER)


def _words_that_came_too_late(visitor, submission):
    open_page(visitor, submission, "edit")
    visitor.post("/return/", step="edit-message", account=DANGER)


# Each way that words of theirs reach moderators: (what it does, where the submission stands).
WAYS = {
    "a message": (_message, "received"),
    "an answer to our question": (_message, "waiting"),
    "a wish for another text": (_wish, "prepared"),
    "other words": (_other_words, "received"),
    "words that came too late": (_words_that_came_too_late, "received"),
}


@pytest.mark.parametrize("way", WAYS)
def test_whatever_reaches_moderators_is_answered_and_labelled(way, visitor, alice, bob):
    does, status = WAYS[way]
    submission = factories.submission_at(status, **ASKS_AGAIN)
    assert not danger_on(submission).is_urgent

    does(visitor, submission)

    assert visitor.response.status_code == 200
    assert HELP in visitor.page
    assert 'href="tel:116123"' in visitor.page
    assert danger_on(submission).life == "now"
    assert plain_places_that_hold("tablets") == []


def test_saved_draft_is_answered_and_labelled_once_it_is_sent(visitor, queue_key, unhurried):
    visitor.get("/tell/form/")
    visitor.post("/tell/form/", step="later", **TOLD | {"account": DANGER})
    code = visitor.code()
    assert HELP in visitor.page
    assert Submission.objects.get().labels is None

    visitor.come_back(code)
    visitor.post("/return/", step="go-on")
    visitor.post("/tell/form/", step="check", **TOLD | {"account": DANGER})
    visitor.post("/tell/form/", step="send", **TOLD | {"account": DANGER})

    assert danger_on(Submission.objects.get(), code=code).life == "now"
    assert plain_places_that_hold("tablets") == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/take-down/", {"step": "send", "ground": "about-me", "words": DANGER}),
        ("/take-down/", {"step": "send", "story": "nowhere", "words": DANGER}),
        ("/tell/form/", {"step": "check", "account": DANGER}),
        ("/return/", {"step": "message", "message": DANGER, "token": "stale"}),
        ("/return/", {"step": "message", "message": DANGER, "code": "7K3M"}),
    ],
)
def test_take_down_request_and_words_that_could_not_be_taken_are_answered(path, fields, visitor, alice, bob):
    is_taken = "ground" in fields
    if is_taken:
        visitor.get(f"{path}?story={factories.live_story().slug}")
    visitor.post(path, **fields)

    assert HELP in visitor.page
    assert TakeDownRequest.objects.exists() is is_taken
    assert is_taken or DANGER in visitor.text()
    assert plain_places_that_hold("tablets") == []


def test_unsent_words_bring_the_help_along_and_words_without_danger_do_not(visitor, queue_key, monkeypatch):
    submission = factories.submission_at()
    visitor.come_back(submission.code)
    assert HELP not in visitor.page
    visitor.post("/return/", step="message", message="Nobody has called me back.")
    assert HELP not in visitor.page
    assert not danger_on(submission).is_urgent

    for step in ("consents", "answers", "edit", "withdraw"):
        visitor.come_back(submission.code)
        visitor.post("/return/", step=step, message=DANGER)
        assert HELP in visitor.page, step

    # A code that can hold no more.
    monkeypatch.setattr(sealed_store, "MOST_UNDER_ONE_CODE", 1)
    _message(visitor, submission)
    assert DANGER in visitor.text()
    assert HELP in visitor.page


def test_very_long_words_are_looked_at_from_their_beginning_alone(visitor, queue_key):
    visitor.post("/tell/form/", step="check", account=DANGER + " and so on" * 20_000)
    assert HELP in visitor.page

    visitor.post("/tell/form/", step="check", account="and so on " * 20_000 + DANGER)
    assert HELP not in visitor.page


def danger_on(submission, *, code=None):
    opened = coming_back.open_code(code or submission.code)
    return labels.opened_labels(opened.submission, private=opened.private).danger


def plain_places_that_hold(words):
    """Each column of each table, and each cache, in which these words can be read."""
    found = []
    for model in apps.get_models():
        for row in model.objects.all().values():
            found += [f"{model.__name__}.{name}" for name, value in row.items() if words in _read(value)]
    return found + [name for name in caches.settings if words in str(vars(caches[name]))]


def _read(value):
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
