"""The demo answers to this machine alone, refuses a real site's database, and says everywhere that it is invented."""

import html
import itertools
import json

import pytest
from django.core.checks import Tags, run_checks
from django.test import Client
from django.urls import reverse

from campaign import initial_content
from heard import start
from heard.demo import mark, stories
from moderation.forces import answers
from moderation.team.permissions import COORDINATORS, EDITORS
from stories.core import named_lists, snapshot
from stories.models import Force, Letter, Response
from stories.reading import ask_progress
from tests import factories

pytestmark = pytest.mark.django_db


def reasons(settings):
    """What a process in each mode would make of the database now: the demo, a real site."""
    return [mark.why_not_this_database() for settings.DEMO in (True, False)]


def test_empty_database_suits_both_and_the_demos_the_demo_alone(settings):
    assert reasons(settings) == [None, None]
    mark.mark_as_demo()
    factories.person("anyone")

    assert reasons(settings) == [None, "the demo made this database; a real site begins with an empty one."]
    with pytest.raises(SystemExit, match=r"^Heard can't start: the demo made this database; [^\n]+$"):
        start.stop_unless_ready()


@pytest.mark.parametrize("use", [lambda: factories.person("someone"), lambda: factories.queue_key()])
def test_database_that_somebody_uses_suits_a_real_site_alone(settings, use):
    use()
    demo, real = reasons(settings)
    settings.DEMO = True
    found = run_checks(tags=[Tags.database], databases=["default"])

    assert "wasn't made by the demo" in demo
    assert real is None
    assert "heard.E002" in [message.id for message in found]


@pytest.fixture
def ashmarsh(db):
    stories.add_invented_force()
    snapshot.start_over()
    return Force.objects.get(kind=Force.Kind.EXAMPLE)


def test_apology_has_two_readers_and_of_the_invented_forces_answers_one_goes_back(ashmarsh, alice, bob, monkeypatch):
    charlie, vaults = factories.person("charlie", COORDINATORS), {"alice": factories.open_vault(alice)}
    said = stories.record_the_apology(vaults)
    assert Response.objects.get() == said
    assert (said.first_reader, said.second_reader) == (charlie, alice)
    assert (said.force_id, said.about_year, said.month) == ("derbyshire", 2018, None)
    assert (said.live, said.has_unpublished_changes) == (True, False)
    said.delete()
    told = {name: [row for row in stories._FORCE[name] if "ask" not in row] for name in ("letters", "answers")}
    monkeypatch.setattr(stories, "_FORCE", stories._FORCE | told)
    titles = {title for rows in told.values() for row in rows for title in row["stories"]}
    for title in titles:
        factories.live_story(force=ashmarsh.pk, fields={"force": ashmarsh.pk, "title": title})

    stories.record_what_the_force_said(vaults)

    letter, public, back = Letter.objects.get(), Response.public.get(), Response.objects.get(live=False)
    assert {row.force for row in (letter, public, back)} == {ashmarsh}
    assert "invented for this demo" in answers.letter_text(letter)
    assert public.stories.get().get_absolute_url()
    assert back.current_workflow_state.status == back.current_workflow_state.STATUS_NEEDS_CHANGES
    paths = (f"/forces/{ashmarsh.pk}/", "/forces/")
    its_own, page = (html.unescape(Client().get(path, secure=True).content.decode()) for path in paths)
    assert (public.words in its_own, back.words in its_own) == (True, False)
    # The force is listed apart, and stands on no map.
    listed, on_the_map = page.split('id="on-a-map"')
    assert len(named_lists.get_named_lists().real_forces) == 48
    assert ashmarsh.name in listed.split("Invented for the demo")[1]
    assert page.count(ashmarsh.name) == 1
    assert ashmarsh.pk not in on_the_map


def test_no_real_force_is_told_to_have_promised_or_refused_and_every_state_is_shown():
    asks = json.loads((stories.DATA / "asks.json").read_text())["asks"]
    states = {ask["slug"]: [update["state"] for update in ask["updates"] if update["state"]] for ask in asks}

    for ask in asks:
        if ask["whom"]["kind"] in ("force", "forces") and ask["whom"].get("force_id") != stories._FORCE["force"]["id"]:
            assert set(states[ask["slug"]]) == {"asked"}, ask["slug"]
    assert {each[-1] for each in states.values()} == set(ask_progress.STATE_WORDS)
    promises = [ask["updates"][-1]["due_in"] for ask in asks if states[ask["slug"]][-1] == "promised"]
    assert min(promises) < 0 < max(promises), "one is overdue, and one isn't yet"


def test_every_passage_is_word_for_word_in_a_story_that_may_be_quoted():
    told = {story["title"]: story for story in json.loads((stories.DATA / "stories.json").read_text())}
    patterns, voices = (json.loads((stories.DATA / f"{name}.json").read_text()) for name in ("patterns", "voices"))

    assert patterns.keys() == {row["slug"] for row in initial_content.initial_data("patterns")}
    assert all(3 <= len(passages) <= 7 for passages in patterns.values())
    assert all(len(line) <= 70 for _title, line in voices)
    for title, passage in [*itertools.chain(*patterns.values()), *voices]:
        assert told[title]["consent_quote"], title
        assert any(passage in told[title].get(part, "") for part in ("text", "differently", "well")), passage


def test_every_screen_of_the_demos_admin_says_invented_and_no_real_sites_does(settings):
    invented = "Every account, message and story here is invented"
    factories.queue_key()
    alice = factories.client_of(factories.moderator("alice"))
    carol = factories.client_of(factories.person("carol", COORDINATORS), unlocked=False)
    erin = factories.client_of(factories.person("erin", EDITORS), unlocked=False)
    # The room's, the pages', the people's and Wagtail's own screens, each with somebody who may see it.
    seen = [(alice, reverse(name)) for name in ("wagtailadmin_home", "room_queue", "room_stories:index")]
    seen += [(carol, reverse("wagtailusers_users:index")), (erin, reverse("wagtailadmin_explore_root"))]
    seen += [(Client(), reverse("wagtailadmin_login"))]
    for settings.DEMO in (False, True):
        for browser, address in seen:
            whole = browser.get(address, follow=True).content.decode()

            assert "</html>" in whole, address
            assert whole.count(invented) == settings.DEMO, address
            assert ("css/admin_demo.css" in whole) is settings.DEMO, address
