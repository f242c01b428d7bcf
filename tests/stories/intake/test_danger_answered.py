"""Words that speak of danger: whichever way they come, the answer says whom to call, and the labels tell of them."""

import pytest
from django.apps import apps
from django.core.cache import caches

from stories.core import sealed_store
from stories.intake import coming_back, labels
from stories.models import Submission, TakeDownRequest
from tests import factories
from tests.stories.intake.visiting import TOLD, Visitor, WelshVisitor

pytestmark = pytest.mark.django_db
DANGER = "I have the tablets here and I will end it tonight."
HELP = 'id="danger-help"'


@pytest.fixture(params=[Visitor, WelshVisitor], ids=["English", "Welsh"])
def visitor(request):
    return request.param()


# Each way that words of theirs reach moderators: where the submission stands, and each press.
WAYS = {
    "a message": ("received", {"message": {"message": DANGER}}),
    "an answer to our question": ("waiting", {"message": {"message": DANGER}}),
    "a wish for another text": ("prepared", {"please-change": {"change-1": DANGER}}),
    "other words": ("received", {"edit": {}, "edit-keep": {"account": DANGER}}),
    "words that came too late": ("received", {"edit": {}, "edit-message": {"account": DANGER}}),
}


@pytest.mark.parametrize("way", WAYS)
def test_whatever_reaches_moderators_is_answered_and_labelled(way, visitor, alice, bob):
    status, presses = WAYS[way]
    submission = factories.submission_at(status, consent_ask_again=True)
    assert not danger_on(submission).is_urgent

    visitor.come_back(submission.code)
    for step, boxes in presses.items():
        visitor.post("/return/", step=step, **boxes)

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

    visitor.press(code, "go-on")
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
        visitor.press(submission.code, step, message=DANGER)
        assert HELP in visitor.page, step

    # A code that can hold no more.
    monkeypatch.setattr(sealed_store, "MOST_UNDER_ONE_CODE", 1)
    visitor.press(submission.code, "message", message=DANGER)
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
