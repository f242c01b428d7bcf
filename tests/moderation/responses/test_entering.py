"""Entering what a force said: what fits, what is held back, what is sealed, and what a new version ends."""

from datetime import date

import pytest

from moderation import reading
from moderation.errors import Refused
from moderation.models import ResponseEntry, ResponseVersion, ResponseYes
from moderation.responses import agreeing, entering, same_words
from stories import going_down
from stories.identifying.wordings import key_of
from stories.models import Letter, QueueKey, Response
from stories.public import asks
from stories.public.asks import PublicAsk
from tests import factories
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db
WORDS = "We got this wrong."


@pytest.fixture
def carol(queue_key):
    """A coordinator, who holds no key."""
    return factories.person("carol", "Coordinators")


def again(entry, *, by, after=1, **changes):
    words = changes.pop("words", "We got this wrong, and are sorry.")
    fields = factories._response_fields("kent", "apology", words, **changes)
    return entering.enter_again(entry, entering.Entered(fields, "switchboard"), after=after, by=by)


def test_coordinator_enters_without_a_key_and_only_a_vault_opens_it(carol, alice):
    entry = factories.an_entry(by=carol)

    version = entry.versions.get()
    opened = reading.response(version, vault=factories.open_vault(alice))
    assert opened["fields"]["words"] == WORDS
    assert opened["checked"] == "switchboard"
    assert (entry.state, version.written_by) == ("waiting", carol)
    assert ResponseYes.objects.get().place == "first"
    assert not Response.objects.exists()


def test_entering_leaves_a_row_of_the_record_without_a_word(carol):
    entry = factories.an_entry(by=carol)

    row = logged()[-1]
    assert (row.deed, row.item, row.who) == ("enter a response", entry.pk.hex[:12], "carol")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"words": " "}, "exact words"),
        ({"source": ""}, "Write where its words can be found"),
        ({"kind": "praise"}, "what kind of answer"),
        ({"kind": "planned", "owner": ""}, "an office, never a name"),
        ({"kind": "planned", "due_on": None}, "the day by which"),
        ({"kind": "planned", "owner": "DCI Jane Smith"}, "looks like somebody’s name"),
        ({"kind": "made", "evidence_url": ""}, "a link to what shows"),
        ({"month": date(2099, 1, 1)}, "hasn’t come yet"),
        ({"ask": "not-there"}, "isn’t on the site"),
        ({"force": "atlantis"}, "Choose the force"),
    ],
)
def test_answer_that_does_not_fit_is_refused_with_what_to_do(carol, changes, says):
    with pytest.raises(Refused, match=says):
        factories.an_entry(by=carol, **changes)

    assert not ResponseEntry.objects.exists()


def test_only_live_stories_that_name_the_force_are_answered(carol, alice, bob):
    down, live = factories.submission_at("agreed"), factories.live_story(force="essex", fields={"force": "essex"})

    for story, says in ((down.story, "No story stands"), (live, "don’t name that force")):
        with pytest.raises(Refused, match=says):
            factories.an_entry(by=carol, stories=[story])


def test_answer_that_repeats_a_story_answers_that_story_alone(carol, alice, bob):
    told = "I rang 101 from the car park because I could not do it at home. The call taker was kind and slow."
    story, other = factories.live_story(fields={"text": told}), factories.live_story()

    for name in ("words", "context", "source", "owner"):
        for stories in ([], [other], [story, other]):
            with pytest.raises(Refused, match="These words stand in a story: “I rang 101 from the car"):
                factories.an_entry(by=carol, stories=stories, **{name: f"We read this: {told}"})
    assert factories.an_entry(by=carol, stories=[story], words=f"We read this: {told}")


def test_answer_repeats_no_story_that_went_down(carol, alice, bob):
    told = "I rang 101 from the car park because I could not do it at home. The call taker was kind and slow."
    going_down.hide(factories.live_story(fields={"text": told}))

    with pytest.raises(Refused, match="a story that isn’t on the site: “I rang 101 from the car …”"):
        factories.an_entry(by=carol, words=f"We read this: {told}")


def test_ask_of_another_force_is_not_answered(carol, monkeypatch):
    about = {"sentence": "Train.", "whom": "Essex Police", "whom_kind": "force", "state": "asked", "what_it_took": ""}
    ask = PublicAsk("train", force="essex", since=date(2026, 1, 1), due=None, updates=(), **about)
    monkeypatch.setattr(asks, "read", lambda: [ask])

    with pytest.raises(Refused, match="asked of somebody else"):
        factories.an_entry(by=carol, ask="train")
    assert factories.an_entry("essex", by=carol, ask="train")


def test_nothing_answers_a_letter_that_went_out_later(carol):
    letter = factories.a_letter("kent", month=date(2026, 3, 1))

    with pytest.raises(Refused, match="went out after"):
        factories.an_entry("kent", by=carol, letter=letter, month="2026-02-01")
    assert factories.an_entry("kent", by=carol, letter=letter, month="2026-03-01")


def test_answer_to_another_forces_letter_is_refused(carol):
    letter = factories.a_letter("essex")

    with pytest.raises(Refused, match="went to another force"):
        factories.an_entry("kent", by=carol, letter=letter)


def test_unchecked_answer_is_refused(carol):
    fields = factories._response_fields("kent", "apology", WORDS)

    with pytest.raises(Refused, match="how you made sure"):
        entering.enter(entering.Entered(fields, ""), by=carol)


def test_number_is_held_back_until_a_reason_stands(carol, alice):
    fields = factories._response_fields("kent", "apology", "Ring us on 07700 900123.")

    with pytest.raises(Refused, match="phone number"):
        entering.enter(entering.Entered(fields, "switchboard"), by=carol)
    left = {key_of("PHONE", "07700 900123"): "The force’s own front desk."}
    entry = entering.enter(entering.Entered(fields, "switchboard", left), by=carol)

    agreeing.agree(entry, entry.versions.get().digest, vault=factories.open_vault(alice))
    assert Response.objects.get().words == "Ring us on 07700 900123."


@pytest.mark.parametrize("name", ["words", "context", "source"])
@pytest.mark.parametrize(
    ("said", "key", "kind"),
    [
        ("We thank PC Quillfeather.", key_of("OFFICER_NAME", "Quillfeather"), "officer.s name"),
        ("Sarah Jones told us.", key_of("PERSON", "Sarah Jones"), "person.s name"),
    ],
)
def test_name_is_held_back_until_a_reason_stands(carol, alice, name, said, key, kind):
    fields = factories._response_fields("kent", "apology", WORDS) | {name: said}

    with pytest.raises(Refused, match=kind):
        entering.enter(entering.Entered(fields, "switchboard"), by=carol)
    left = {key: "It is a place, and nobody’s name."}
    entry = entering.enter(entering.Entered(fields, "switchboard", left), by=carol)

    agreeing.agree(entry, entry.versions.get().digest, vault=factories.open_vault(alice))
    assert getattr(Response.objects.get(), name) == said


def test_each_finding_has_its_own_reason_and_the_one_of_another_lets_nothing_through(carol, alice):
    fields = factories._response_fields("kent", "apology", "Ring 07700 900123, or PC Quillfeather.")
    left = {key_of("PHONE", "07700 900123"): "The force’s own front desk."}
    gone = {key_of("PHONE", "07700 900456"): "It stands in no answer."}

    with pytest.raises(Refused, match="officer.s name") as refused:
        entering.enter(entering.Entered(fields, "switchboard", left), by=carol)
    assert "phone" not in str(refused.value)
    left[key_of("OFFICER_NAME", "Quillfeather")] = "Named in the judgment."
    entry = entering.enter(entering.Entered(fields, "switchboard", left | gone), by=carol)

    assert reading.response(entry.versions.get(), vault=factories.open_vault(alice))["left"] == left


def test_words_of_a_force_are_never_changed_and_ours_are(carol):
    for name, says in (("words", "ask the force to say it without"), ("context", "Take it out here")):
        with pytest.raises(entering.HeldBack) as refused:
            factories.an_entry(by=carol, **{name: "Ring 07700 900123."})
        assert says in refused.value.beside[name]
        assert "Replace" not in str(refused.value)


@pytest.mark.parametrize("name", ["words", "source_url", "evidence_url"])
def test_name_in_a_link_is_held_back_until_a_reason_stands(carol, alice, name):
    link = "https://force.example/news/jo-brennan-sorry"
    fields = factories._response_fields("kent", "apology", WORDS) | {name: link}

    with pytest.raises(entering.HeldBack, match="person.s name in a link") as refused:
        entering.enter(entering.Entered(fields, "switchboard"), by=carol)
    assert set(refused.value.beside) == {name}
    left = {key_of("PERSON", "jo-brennan"): "An invented name."}
    entry = entering.enter(entering.Entered(fields, "switchboard", left), by=carol)

    agreeing.agree(entry, entry.versions.get().digest, vault=factories.open_vault(alice))
    assert getattr(Response.objects.get(), name) == link


def test_editor_and_superuser_enter_nothing(queue_key):
    for person in (factories.person("edi", "Editors"), factories.person("sue", is_superuser=True)):
        with pytest.raises(Refused, match="Only coordinators and moderators"):
            factories.an_entry(by=person)


def test_without_a_key_of_the_team_nothing_is_kept(carol):
    QueueKey.objects.update(is_current=False)

    with pytest.raises(Refused, match="no key yet"):
        entering.enter(entering.Entered(factories._response_fields("kent", "apology", WORDS), "public"), by=carol)
    assert not ResponseEntry.objects.exists()


def test_characters_that_nobody_sees_are_in_no_version(carol, alice):
    entry = factories.an_entry(by=carol, words="We are\u202e sorry\u200b.")

    words = reading.response(entry.versions.get(), vault=factories.open_vault(alice))["fields"]["words"]
    assert words == "We are sorry."


# --- Again, and dropped ---------------------------------------------------------------------


def test_new_version_ends_the_yes_to_the_one_before(carol, alice):
    entry = factories.an_entry(by=carol)
    old = entry.versions.get().digest

    again(entry, by=carol)

    assert [yes.version.number for yes in ResponseYes.objects.all()] == [2]
    with pytest.raises(Refused, match="text has changed"):
        agreeing.agree(entry, old, vault=factories.open_vault(alice))


def test_stale_form_overwrites_nothing(carol, alice):
    entry = factories.an_entry(by=carol)
    again(entry, by=alice)

    with pytest.raises(Refused, match="newer version"):
        again(entry, by=carol, after=1)
    assert entry.versions.count() == 2


def test_version_of_another_force_is_refused(carol):
    entry = factories.an_entry("essex", by=carol)

    with pytest.raises(Refused, match="same force"):
        again(entry, by=carol)


def test_dropped_answer_leaves_nothing_sealed_and_its_letter_unanswered(carol):
    letter = factories.a_letter()
    entry = factories.an_entry(by=carol, letter=letter)
    assert Letter.objects.get().is_answered

    entering.drop(entry, by=carol)

    assert not ResponseEntry.objects.exists()
    assert not ResponseVersion.objects.exists()
    assert not Letter.objects.get().is_answered


def test_dropped_correction_leaves_what_stands(alice, bob, carol):
    response = factories.a_response()
    entry = ResponseEntry.objects.get()
    again(entry, by=carol)

    entering.drop(ResponseEntry.objects.get(), by=carol)

    entry.refresh_from_db()
    assert (entry.state, entry.versions.count()) == ("agreed", 1)
    assert Response.objects.get().words == response.words
    with pytest.raises(Refused, match="Nothing waits"):
        entering.drop(entry, by=carol)


def test_same_words_elsewhere_are_noticed_whatever_their_case(alice, bob):
    response = factories.a_response(words="We got this wrong.")

    assert same_words.elsewhere("we got  this wrong") == [response]
    assert same_words.elsewhere("we got  this wrong", but=response.pk) == []
    assert same_words.elsewhere("We got that wrong.") == []
