"""Forces' answers: entered by one, agreed to by another, public by that alone, and gone when they should be."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from moderation.forces import answers
from moderation.team.permissions import Refused
from stories.core import snapshot, takedown
from stories.intake import coming_back, retention
from stories.models import Edition, Letter, Response
from stories.reading import responses as public
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(alice, bob):
    return factories.live_story()


def correct(response, words, *, by):
    draft = Response.objects.get(pk=response.pk).get_latest_revision_as_object()
    draft.words = words
    answers.enter_answer(draft, by=by)
    return Response.objects.get(pk=response.pk)


def silent():
    """The months of the letters that say so, as the public reads them."""
    snapshot.forget_snapshot()
    return {letter.month for letter in public.get_letters() if not letter.is_answered}


def test_agreed_answer_stands_with_its_stories_its_letter_and_a_new_edition(story, carol, alice):
    letter = factories.a_letter(stories=[story])
    draft = factories.an_entry(by=carol, letter=letter, stories=[story])
    assert not Response.public.exists()
    before = Edition.objects.get().number

    response = answers.agree_to_answer(draft, by=alice)

    story.refresh_from_db()
    assert Response.public.get() == response
    assert (response.first_reader, response.second_reader) == (carol, alice)
    assert (list(response.stories.all()), story.is_answered) == ([story], True)
    assert Letter.objects.get().answer == response
    assert Edition.objects.get().number > before


def test_correction_leaves_what_stands_until_a_second_person_agreed(carol, alice, bob):
    response = correct(factories.a_response(words="First."), "Second.", by=carol)
    assert response.words == "First."

    answers.agree_to_answer(response, by=factories.moderator("dora"))

    response.refresh_from_db()
    assert (response.words, response.first_reader, response.second_reader.username) == ("Second.", carol, "dora")


def test_what_is_not_fit_is_not_put_forward(carol):
    for changes, said in (
        ({"kind": "planned", "owner": "", "due_on": date(2099, 1, 1)}, "whose the change is"),
        ({"kind": "made", "evidence_url": ""}, "link to what shows"),
        ({"month": date(2099, 1, 1)}, "hasn’t come yet"),
        ({"story_slugs": "zzzzzzzzzzzz"}, "No story stands"),
        ({"ask": "no-such-ask"}, "ask isn’t on the site"),
        ({"checked": ""}, "how you made sure"),
        ({"words": "Ring 07700 900123."}, "phone number"),
        ({"context": "Officer Quillfeather said so."}, "officer"),
        ({"source_url": "https://force.example/news/jo-brennan-sorry"}, "link"),
    ):
        with pytest.raises(Refused, match=said):
            factories.an_entry(by=carol, **changes)

    assert not Response.objects.exists()


def test_reason_of_its_own_lets_words_through_and_one_for_others_does_not(carol, alice):
    words = "Ring 07700 900123 or 07700 900456."
    first = "07700 900123: our own desk"
    with pytest.raises(Refused, match="07700 900456"):
        factories.an_entry(by=carol, words=words, why_it_stays=first)

    draft = factories.an_entry(by=carol, words=words, why_it_stays=f"{first}\n“07700 900456”: our own desk")

    assert answers.agree_to_answer(draft, by=alice).live


def test_letters_wait_on_until_an_answer_that_speaks_to_them_is_put_forward(story, carol):
    factories.a_letter(stories=[story], month=date(2025, 6, 1))
    factories.a_letter(stories=[story], month=date(2026, 4, 1))
    factories.a_letter("essex", month=date(2025, 4, 1))
    assert silent() == {date(2025, 6, 1), date(2026, 4, 1), date(2025, 4, 1)}

    draft = factories.an_entry(by=carol, stories=[story])

    assert silent() == {date(2026, 4, 1), date(2025, 4, 1)}
    assert [letter.month for letter in answers.letters_without_answer()] == [date(2025, 4, 1), date(2026, 4, 1)]
    draft.delete()
    assert date(2025, 6, 1) in silent()


def test_force_whose_answer_was_taken_down_is_not_silent(story, alice, bob):
    factories.a_letter(stories=[story])
    response = factories.a_response(stories=[story])

    # Taking its story down erases nothing.
    takedown.hide_story(story)
    assert Response.public.get() == response
    response.delete()

    story.refresh_from_db()
    assert (silent(), story.is_answered) == (set(), False)


def test_what_is_about_a_story_alone_goes_when_that_is_gone_for_good(story, carol):
    other = factories.live_story()
    letter = factories.a_letter(stories=[story])
    factories.a_response(stories=[story], letter=letter)
    factories.an_entry(by=carol, stories=[story])
    stays = factories.an_entry(by=carol, stories=[story, other])

    retention.withdraw_submission(coming_back.Opened(story.submission, b""))

    assert list(Response.objects.all()) == [stays]
    assert not Letter.objects.exists()
    assert Revision.objects.for_instance(stays).count() == 1
    assert Revision.objects.filter(content_type=stays.get_content_type()).count() == 1


def test_answer_to_what_is_gone_is_agreed_to_by_nobody(story, carol, alice, monkeypatch):
    draft = factories.an_entry(by=carol, stories=[story])
    monkeypatch.setattr(answers.policies, "why_not_answered_any_more", lambda slugs, ask: f"gone: {slugs}")

    with pytest.raises(Refused, match=f"gone: .'{story.slug}'"):
        answers.agree_to_answer(draft, by=alice)

    assert not Response.public.exists()


@pytest.mark.parametrize("days", [89, 91])
def test_what_nobody_agreed_to_goes_after_ninety_days(carol, alice, bob, days):
    letter = factories.a_letter()
    factories.an_entry(by=carol, letter=letter)
    standing = correct(factories.a_response("essex", words="First."), "Second.", by=carol)
    Revision.objects.filter(content_type=standing.get_content_type()).exclude(pk=standing.live_revision_id).update(
        created_at=timezone.now() - timedelta(days=days)
    )

    retention.run_retention()

    standing.refresh_from_db()
    assert Response.objects.filter(live=False).exists() == (days < 90)
    assert (standing.words, standing.has_unpublished_changes) == ("First.", days < 90)
    letter.refresh_from_db()
    assert letter.is_answered == (days > 90)


def test_no_log_of_wagtails_holds_a_word_of_it(carol, alice):
    answers.agree_to_answer(factories.an_entry(by=carol, words="The quillfeathers moult."), by=alice)

    assert ModelLogEntry.objects.filter(action="wagtail.publish").exists()
    assert "quillfeathers" not in str(list(ModelLogEntry.objects.values_list()))


def test_same_words_elsewhere_are_found(carol, alice, bob):
    factories.a_response("essex", words="We are sorry.")

    assert answers.same_words_elsewhere(factories.an_entry(by=carol, words="we are  sorry"))
