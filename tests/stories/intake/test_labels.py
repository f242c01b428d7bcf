"""Labels, sealed and made anew: what a list may say; and danger, answered whichever way it comes and labelled."""

import pytest
from django.apps import apps
from django.core.cache import caches

from moderation import reading
from moderation.queue import rows
from stories.core import sealed_store
from stories.crypto import receipts
from stories.crypto.sealing import DoesNotOpen
from stories.intake import changes, coming_back, labels, questions, receive, retention
from stories.models import Submission, TakeDownRequest
from tests import factories
from tests.stories.intake.visiting import TOLD, Visitor, WelshVisitor

pytestmark = pytest.mark.django_db
DANGER = "I have the tablets here and I will end it tonight."


def _read_by(user, submission):
    row = Submission.objects.get(pk=submission.pk)
    return reading.open_labels([row], factories.open_vault(user)).get(submission.pk)


def test_labels_tell_kinds_minutes_and_flags_to_an_open_vault(alice):
    told = {"kinds": ["outed", "shared"], "case": "court", "online": "think-so", "consent_ask_again": True}
    read = _read_by(alice, factories.submission_at(account="word " * 361, **told))
    assert (read.kinds, read.minutes) == (("shared", "outed"), 3)
    assert read.is_hard
    assert read.flags == ("case", "online", "sees-first")

    # So they do of whom nobody said that they are 18.
    unknown = factories.submission_at(whose="helping", adult_other="not-sure", reported=["did-not-tell"])
    grown_up = factories.submission_at(whose="helping", adult_other="yes", reported=["999"])
    assert _read_by(alice, unknown).flags == ("not-theirs", "never-told", labels.AGE_UNKNOWN)
    assert _read_by(alice, grown_up).flags == ("not-theirs",)
    words = [tag.words for tag in rows.sealed_tags(_read_by(alice, unknown))]
    assert words[-2:] == ["never told the police", "nobody said that they are 18"]


def test_labels_open_with_no_other_key_and_in_no_other_row(alice):
    mine, other = factories.submission_at(), factories.submission_at()
    # A row from before there were labels shows none either.
    for moved in (mine.labels, None):
        Submission.objects.filter(pk=other.pk).update(labels=moved)
        assert _read_by(alice, other) is None
    with pytest.raises(DoesNotOpen):
        labels.opened_labels(mine, private=factories.queue_pair().private)


def test_fullest_and_emptiest_labels_are_sealed_to_the_same_length(queue_key):
    every = [option.slug for option in questions.BY_NAME["kinds"].options]
    told = {"case": "court", "online": "think-so", "whose": "helping", "consent_ask_again": True}
    told |= {"reported": ["did-not-tell"]}
    full = factories.submission_at(
        account=f"{'word ' * 4_000} Boję się wracać do domu, on wie, gdzie mieszkam.",
        language="pl",
        kinds=[*every, *["made-up"] * 99],
        consent_publish=False,
        **told,
    )
    empty = factories.submission_at(kinds=[])

    assert len(full.labels) == len(empty.labels) == labels.SIZE + 48


def test_changed_answers_words_and_choices_change_the_labels(alice):
    submission = factories.submission_at(consent_ask_again=False)
    opened, newest = coming_back.open_code(submission.code), changes.newest_version

    changes.keep_answers(opened, {"kinds": ["money"]}, began=newest(submission, "answers"))
    changes.keep_words(opened, {"account": "word " * 400}, began=newest(submission, "account"))
    chosen = changes.choices_of(opened) | {"consent_ask_again": True}
    changes.keep_choices(opened, chosen, began=changes.choices_version(opened))

    read = _read_by(alice, submission)
    assert (read.kinds, read.minutes) == (("money",), 3)


@pytest.mark.parametrize("keeps_code", [True, False])
def test_form_sent_again_never_takes_danger_off_the_labels_and_counts_each(alice, keeps_code):
    """A no is to what was there: two that were said before it answer nothing of what comes later."""
    for words in ((DANGER, "I am better."), ("I am well.", DANGER), (DANGER, f"{DANGER} Really.", f"{DANGER} Yes.")):
        code, counted = receipts.new_code(), []
        for account in words:
            arrival = receive.Arrival(code, keeps_code=keeps_code)
            submission = receive.receive_account(factories.sent(account=account), arrival)
            counted.append(_read_by(alice, submission).dangers)

        assert _read_by(alice, submission).danger.life == "now", words
        assert len(words) == 2 or counted == sorted(set(counted))


def test_nothing_of_the_labels_outlives_the_account(alice):
    submission, other = factories.submission_at(), factories.submission_at()

    retention.withdraw_submission(coming_back.open_code(submission.code))
    retention.take_out([other.pk], on=other.week)

    assert not Submission.objects.exclude(labels=None).exists()


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
