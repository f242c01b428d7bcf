"""What the campaign asks: where it stands follows from its updates, and what is public of it stays true."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from campaign.editing import HeldBack
from campaign.models import Addressee, Ask, AskUpdate
from campaign.quotes import quoting_pages
from campaign.snapshots import ask_row
from stories.core import lifecycle, snapshot, takedown
from stories.models import Edition
from stories.reading import ask_progress
from tests import factories
from tests.site.campaign import asking
from tests.site.campaign.asking import page_at, words_at
from tests.site.heard import addresses

PHONE = "07700 900123"
PROMISE = ("2026-04-01", "promised", {"due": "2026-09-01"})
DONE = ("2026-10-01", "done", {})


@pytest.fixture(autouse=True)
def site(laid):
    snapshot.forget_snapshot()


STATES = [
    ("asked", []),
    # By day and not by order; words alone move nothing; of one day the later counts.
    ("done", [DONE, PROMISE]),
    ("promised", [PROMISE, ("2026-05-01", "", {})]),
    ("promised", [("2026-04-01", "refused", {}), ("2026-04-01", "promised", {"due": "2026-09-01"})]),
]


def test_it_stands_where_its_latest_update_with_a_state_says():
    for number, (state, updates) in enumerate(STATES):
        public = ask_progress.ask_of_row(ask_row(asking.ask(f"ask-{number}", updates=updates)))

        assert (public.state, public.since.isoformat()) == (state, "2026-03-02"), updates
        assert [update.on for update in public.updates] == sorted(update.on for update in public.updates)


def test_a_promise_is_overdue_from_its_day_until_it_is_done(monkeypatch, reader):
    asking.ask(updates=[PROMISE])
    [public] = ask_progress.get_asks()
    due, shown = public.due, {}
    for days in (-1, 0):
        monkeypatch.setattr(lifecycle, "today", lambda days=days: due + timedelta(days=days))
        shown[days] = "Overdue: it was promised by 1 September 2026" in words_at(reader, "/asks/")

    assert shown == {-1: False, 0: True}
    assert not ask_progress.ask_of_row({**ask_row(Ask.objects.get()), "state": "done", "due": None}).is_late


def test_scoreboard_counts_each_ask_once_overdue_first_with_day_source_and_gaps(reader):
    asking.ask("asked")
    asking.ask("kept", updates=[("2026-04-01", "promised", {"due": "2099-01-01"})])
    asking.ask("broken", updates=[("2026-04-02", "promised", {"due": "2026-05-01"})])
    asking.ask("half", updates=[("2026-04-03", "partly", {"missing": "Scotland."})])
    asking.ask("over", updates=[("2026-04-04", "refused", {}), ("2026-05-05", "", {})])

    board = ask_progress.scoreboard()
    page = words_at(reader, "/asks/")

    assert [(words, [ask.slug for ask in asks]) for words, asks in board] == [
        ("Overdue", ["broken"]),
        ("Asked", ["asked"]),
        ("Promised", ["kept"]),
        ("Partly done", ["half"]),
        ("Refused", ["over"]),
    ]
    assert ask_progress.state_line() == "5 asks: 1 overdue, 1 asked, 1 promised, 1 partly done, 1 refused"
    assert ask_progress.scoreboard([]) == []
    for words in (ask_progress.state_line(), "2 April 2026", "3 April 2026", "4 April 2026", "Scotland."):
        assert words in page
    assert "5 May 2026" not in page, "words that moved nothing are on the page of the ask"
    assert page.count('<a href="https://force.example/news" rel="noreferrer">') == 4
    assert "Scotland." in words_at(reader, "/asks/half/").split("history")[0]


UNSAID = ({"state": "done"}, {"state": "checked"}, {"state": "refused"}, {"state": "promised", "due": "2026-09-01"})
WRONG = {"due": (("promised", None), ("done", "2026-09-01")), "missing": (("partly", ""), ("done", "Scotland."))}
LACKING = [(told, {"who_says", "source_url"}) for told in UNSAID]
LACKING += [
    ({"state": state, name: value, **asking.SOURCE}, {name}) for name, told in WRONG.items() for state, value in told
]


def test_update_says_who_by_when_and_what_is_missing_and_of_no_day_to_come():
    ask = asking.ask()
    for told, fields in (*LACKING, ({}, {"who_says", "source_url"})):
        update = AskUpdate(ask=ask, on="2026-04-01", words="So.", **told)

        with pytest.raises(ValidationError) as refused:
            update.full_clean()

        assert fields <= set(refused.value.message_dict), told
        if told:
            with pytest.raises(IntegrityError), transaction.atomic():
                update.save()
    AskUpdate(ask=ask, on="2026-04-01", state="asked", words="We asked once more.").full_clean()
    with pytest.raises(ValidationError, match="hasn’t come"):
        AskUpdate(ask=ask, on=lifecycle.today() + timedelta(days=1), words="It will be.").full_clean()


def test_page_tells_whom_why_what_happened_what_it_took_and_what_a_force_answered(reader, alice, bob):
    ask = asking.ask(updates=[PROMISE, DONE], it_took="Two letters and a meeting.", why=[asking.words("Few know it.")])
    factories.a_response("kent", "review", "We have opened a review.", ask=ask.slug)

    page = words_at(reader, "/asks/teach-them-all/")

    told = (f"We ask {ask.addressee}:", ask.sentence, "Few know it.", ask.it_took, "Kent Police", "opened a review.")

    for words in told:
        assert words in page, words
    assert '<a href="https://force.example/news" rel="noreferrer">The force, on its website</a>' in page
    assert '<time class="dates__when" datetime="2026-10-01">1 October 2026</time>' in page
    assert "Promised by 1 September 2026" in page
    assert "cy/asks/teach-them-all/" in page
    assert "Saesneg" in words_at(reader, "/cy/asks/teach-them-all/")


def test_a_draft_is_nowhere_and_begins_no_edition(reader):
    before = Edition.objects.get(pk=1).number
    draft = asking.ask(live=False)
    draft.save_revision()

    assert Edition.objects.get(pk=1).number == before + 1, "the body that is asked is public at once"
    assert ask_progress.get_asks() == []
    assert reader.get("/asks/teach-them-all/", secure=True).status_code == 404
    assert asking.SENTENCE not in words_at(reader, "/asks/")


def test_both_pages_cost_at_most_two_queries(reader, django_assert_max_num_queries):
    asking.ask()
    reader.get("/asks/", secure=True)
    addresses.forget()
    snapshot.snapshot_number()

    for address, most in (("/asks/", 1), ("/asks/teach-them-all/", 2)):
        with django_assert_max_num_queries(most):
            assert reader.get(address, secure=True).status_code == 200


def test_what_is_asked_of_a_force_and_of_all_stands_on_its_page(reader):
    asking.ask("all")
    asking.ask("kents", sentence="Say sorry.", whom=asking.addressee("Kent Police", "force", "kent"))

    for force, is_asked in (("kent", True), ("essex", False)):
        page = words_at(reader, f"/forces/{force}/")
        assert (asking.SENTENCE in page, "Say sorry." in page) == (True, is_asked), force
    # Who is asked names a force exactly where one force is asked.
    for kind, force in (("force", None), ("parliament", "kent")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Addressee.objects.create(name="Somebody", kind=kind, force_id=force)


def test_address_of_what_was_public_stays_and_no_older_version_brings_another_back():
    asking.ask()
    Ask.objects.get().unpublish()
    ask = Ask.objects.get()
    ask.slug = "another"
    draft = asking.ask("first", live=False)
    older = draft.save_revision()
    draft.slug = "second"
    draft.save_revision().publish()

    with pytest.raises(ValidationError, match="its address stays"):
        ask.full_clean()
    assert older.as_object().slug == "second"


def test_update_with_a_finding_needs_a_reason_and_the_clock_leaves_it_a_draft():
    ask = asking.ask(live=False)
    ask.updates.add(AskUpdate(on=date(2026, 4, 1), words=f"Ring {PHONE}."))
    version = ask.save_revision()

    with pytest.raises(HeldBack, match="phone number"):
        version.publish()
    version.publish(log_action="wagtail.publish.scheduled")
    assert not Ask.objects.get().live
    ask.why_it_stays = "The public number of the office that is asked."
    ask.save_revision().publish()
    assert Ask.objects.get().live


def test_form_refuses_what_leads_to_somebody_and_takes_a_new_update_once(editor, reader):
    ask = asking.ask(updates=[PROMISE], live=False)
    address = reverse("wagtailsnippets_campaign_ask:edit", args=[ask.pk])
    assert editor.get(address).status_code == 200
    with_number, publish = form(ask) | {"updates-0-words": f"Ring {PHONE}."}, {"action-publish": "1"}

    answer = editor.post(address, with_number | publish)
    assert "phone number" in answer.context["form"].errors["why_it_stays"][0]
    assert f"Ring {PHONE}." in answer.content.decode()
    assert not Ask.objects.get().live

    saved = editor.post(address, form(ask) | publish)
    listed = editor.get(reverse("wagtailsnippets_campaign_ask:list")).content.decode()
    assert saved.status_code == 302, saved.context and saved.context["form"].errors
    assert "Promised by 1 September 2026" in words_at(reader, "/asks/teach-them-all/")
    assert "Overdue: promised by 1 September 2026" in listed

    added = {"on": "2026-04-02", "words": "It was done.", "state": "done", "due": "", "ORDER": "3", "id": ""}
    added = {f"updates-2-{name}": value for name, value in (added | asking.SOURCE).items()}
    editor.post(address, form(Ask.objects.get()) | {"updates-TOTAL_FORMS": "3"} | added | publish)
    assert [update.state for update in Ask.objects.get().history()] == ["asked", "promised", "done"]
    draft = form(Ask.objects.get()) | {"updates-0-words": f"Ring {PHONE}."}
    assert editor.post(address, draft).status_code == 302


def test_a_preview_shows_the_draft_and_a_half_written_one_too(editor):
    ask = asking.ask(live=False)
    address = reverse("wagtailsnippets_campaign_ask:preview_on_edit", args=[ask.pk])
    editor.post(address, form(ask) | {"sentence": "Half a sen"})
    whole = editor.get(address).content.decode()
    add = reverse("wagtailsnippets_campaign_ask:preview_on_add")
    editor.post(add, form(ask) | {"updates-TOTAL_FORMS": "0", "updates-INITIAL_FORMS": "0"})

    assert "Half a sen" in whole
    assert "It was asked." in whole
    assert editor.get(add).status_code == 200


def form(ask):
    """What the form of an ask sends when an editor opens it and changes nothing."""
    told = ("id", "on", "words", "state", "due", "who_says", "source_url")
    updates = [{name: str(getattr(update, name) or "") for name in told} for update in ask.history()]
    fields = {"sentence": ask.sentence, "slug": ask.slug, "addressee": ask.addressee_id, "it_took": ask.it_took}
    why = streamfield([("text", rich_text("<p>Few know it.</p>"))])
    listed = inline_formset(updates, initial=len(updates), min=1)
    return nested_form_data({**fields, "why_it_stays": "", "why": why, "updates": listed})


PASSAGE = "I rang 101 and waited."


def test_whoever_takes_a_story_down_is_told_its_asks_and_no_version_keeps_it(story, reader):
    quoted = {"type": "story_quote", "value": {"story": story.slug, "passage": PASSAGE}}
    ask = asking.ask(why=[quoted, asking.words("Beside it.")])
    ask.save_revision()
    before = words_at(reader, "/asks/teach-them-all/")
    places = []
    for live in (False, True):
        Ask.objects.filter(pk=ask.pk).update(live=live)
        places += quoting_pages.quoting_rows(story)

    takedown.remove_story(story)

    assert [place.is_public for place in places] == [False, True]
    assert {place.address for place in places[1:]} == {"https://heard.example/asks/teach-them-all/"}
    after = words_at(reader, "/asks/teach-them-all/")
    assert (PASSAGE in before, PASSAGE in after, "Beside it." in after) == (True, False, True)
    kept = [json.dumps(version.content) for version in Revision.objects.all()]
    assert len(kept) >= 2
    assert not [each for each in [*kept, json.dumps(list(Ask.objects.get().why.raw_data))] if PASSAGE in each]


def test_home_shows_the_ask_of_the_moment_while_it_is_open_with_what_a_reader_can_do(reader):
    home = page_at("heard")
    home.ask = asking.ask()
    home.save_revision().publish()
    asking.action(home.ask)
    open_one = words_at(reader, "/")
    done = Ask.objects.get()
    done.updates.add(AskUpdate(on=date(2026, 4, 2), state="done", words="Done.", **asking.SOURCE))
    done.save_revision().publish()

    assert "What we ask now" in open_one
    assert 'href="/actions/teach-them/"' in open_one
    assert "What we ask now" not in words_at(reader, "/")
