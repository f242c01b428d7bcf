"""Labels: what a list may say of an account, sealed with it and made anew whenever it changes."""

import pytest

from moderation import reading
from moderation.queue import rows
from stories.crypto import receipts
from stories.crypto.sealing import DoesNotOpen
from stories.intake import changes, coming_back, labels, questions, receive, retention
from stories.models import Submission
from tests import factories

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
