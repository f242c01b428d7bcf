"""P4 A story that is down stands behind no door: pages, lists, counts, files, two processes within a second."""

import html
import io
import json
import re
import zipfile

import pytest
from django.urls import reverse

from campaign.blocks.body import Body, ReasonsBlock
from campaign.models import ContentPage, HomePage, LearningPage
from moderation import publishing
from moderation.team.permissions import Refused
from stories.core import lifecycle, named_lists, snapshot, takedown
from stories.intake import changes, coming_back, retention
from stories.models import Story, TakeDownRequest
from stories.reading import filters, patterns
from stories.reading.export import requests
from stories.reading.filters import StoryFilter
from tests import at_work, factories, running_site, servers
from tests.site.campaign import asking
from tests.site.heard import addresses
from tests.stories.intake.visiting import Visitor

TITLE, WORDS = "The heron in the canal", "It stood still and nobody rang."
# What its force answered to this story alone, and whom a letter about it was sent to.
ANSWER, OFFICE = "We were wrong about the heron.", "Head of Wading Birds"
SAID = factories.FIELDS["differently"]
# What each parameter of a list can be, so that it still finds the story; a new one that isn't here fails a test.
QUERIES = (
    *("force=kent", "region=south-east", "nation=england", "outcome=closed", "theme=waiting", "demand=ring-when-said"),
    *("says=well", "responded=no", "mentions=threats", "without=racism", "q=heron", "year=2024", "after=9", "before=0"),
)
VARIANTS = {query.partition("=")[0]: f"/stories/?{query}" for query in QUERIES}
# The search over everything, which finds a story by its words too.
SITE_SEARCH = "/search/?q=heron"
FILES = {"/stories.json", "/stories.csv", "/stories.atom", requests.quarter_path(addresses.QUARTER)}
# The blocks of the editors' pages of which none shows a story, and those that do: of each a page is in this walk.
BLOCKS = {
    *("heading", "text", "steps", "notice", "table", "quote", "image", "contents"),
    *("figures", "figure", "ask", "action_button", "help_lines", "help_line", "law"),
    *("picture_line", "language_read", "languages", "criteria"),
}
QUOTING_BLOCKS = {"story_quote"}
QUOTING_PAGE = "/as-somebody-wrote/"
# The blocks of each part of a session for trainers, in the same two lots.
SESSION_BLOCKS = {*("step", "text", "steps", "notice", "question", "figure", "words")}
TRAINING_BLOCKS = {"training_quote"}
TRAINING_PAGE = "/learning/the-first-call/"
WALL = "/wall/"
SAID_PAGE, PATTERN_PAGE = "/patterns/", "/patterns/nobody-rings/"
ASK_PAGE = "/asks/teach-them-all/"
# Of each story a dot, which leads to it and says nothing.
WITH_DOTS = ("/what-we-hear/", "/what-we-hear/forces/", "/forces/")
FORCE_SHEET = "/forces/kent/sheet/"
ANSWER_FEEDS = {"/answers.atom", "/forces/kent/answers.atom"}


def doors(slug):
    """Every public address, from the URL conf, with the story where an address names one."""
    own = (SITE_SEARCH, QUOTING_PAGE, PATTERN_PAGE, TRAINING_PAGE, f"/take-down/?story={addresses.SLUG}")
    paths = [*addresses.public_paths(), *VARIANTS.values(), *own]
    return sorted({path.replace(addresses.SLUG, slug) for path in paths})


def test_every_parameter_of_a_list_is_walked_and_every_block_is_known():
    assert set(VARIANTS) == set(filters.PARAMETERS)
    streams = [field.stream_block for field in LearningPage._meta.concrete_fields if hasattr(field, "stream_block")]

    assert set(Body().child_blocks) == BLOCKS | QUOTING_BLOCKS >= set(ReasonsBlock().child_blocks)
    assert {name for stream in streams for name in stream.child_blocks} == SESSION_BLOCKS | TRAINING_BLOCKS


@pytest.fixture
def told(db):
    may = {"consent_quote": True, "consent_training": True}
    submission = factories.submission_at("published", fields={"title": TITLE, "text": WORDS}, **may)
    _quote(submission.story)
    factories.a_response(words=ANSWER, stories=[submission.story])
    factories.a_letter(stories=[submission.story], role=OFFICE)
    _train_with(submission.story)
    addresses.release()
    snapshot.invalidate()
    addresses.forget()
    return submission


def _quote(story):
    quoted = [{"type": "story_quote", "value": {"story": story.slug, "passage": WORDS}}]
    page = ContentPage(title="As somebody wrote", slug=QUOTING_PAGE.strip("/"), body=json.dumps(quoted))
    HomePage.objects.get().add_child(instance=page)
    asking.ask(why=quoted)
    asking.pattern(slug=PATTERN_PAGE.split("/")[2], passages=quoted)
    home = HomePage.objects.get()
    home.voices = json.dumps(quoted)
    home.save_revision().publish()


def _train_with(story):
    session = LearningPage.objects.get(slug=TRAINING_PAGE.split("/")[2])
    value = {"story": story.slug, "passage": WORDS}
    session.passages = json.dumps([{"type": "training_quote", "value": value}] * 2)
    session.save_revision().publish()


def _by_a_request(told):
    visitor = Visitor()
    visitor.get(f"/take-down/?story={told.story.slug}")
    visitor.post("/take-down/", ground="about-me")


def _for_a_legal_reason(told):
    request = TakeDownRequest(story=told.story, ground="legal")
    publishing.withhold_story(request, by=told.story.first_reader)


def _by_a_no(told, question):
    opened = coming_back.open_code(told.code)
    choices = {**changes.choices_of(opened), question: False}
    changes.keep_choices(opened, choices, began=changes.choices_version(opened))


WAYS = {
    "a request": _by_a_request,
    "a moderator": lambda told: publishing.take_down(told.story, by=told.story.first_reader),
    "a legal reason": _for_a_legal_reason,
    "its contributor": lambda told: retention.withdraw_submission(coming_back.open_code(told.code)),
    "a no to publishing": lambda told: _by_a_no(told, "consent_publish"),
}


@pytest.mark.parametrize("by", WAYS)
def test_story_that_goes_down_is_behind_no_door_and_in_no_count(by, told, django_capture_on_commit_callbacks):
    slug = told.story.slug
    pages = {"/", "/stories/", f"/stories/{slug}/", "/forces/kent/", SAID_PAGE, PATTERN_PAGE}
    pages |= {QUOTING_PAGE, TRAINING_PAGE, ASK_PAGE, FORCE_SHEET, WALL}
    assert {*pages, *WITH_DOTS, VARIANTS["year"], SITE_SEARCH, *FILES, *ANSWER_FEEDS} <= _showing(slug)
    assert _counted() == 1
    assert [addresses.ask(path).status_code for path in _pictures(slug)] == [200] * 3

    with django_capture_on_commit_callbacks(execute=True):
        WAYS[by](told)

    assert _showing(slug) == set()
    assert _counted() == 0
    assert [addresses.ask(path).status_code for path in _pictures(slug)] == [410] * 3


def test_without_a_database_no_door_shows_a_story_for_longer_than_two_seconds(told, away):
    slug = told.story.slug
    assert len(_showing(slug)) > 20

    away(2)

    assert _showing(slug) == set()


def test_hidden_story_whose_contributor_takes_it_back_is_gone_for_good(told):
    _by_a_request(told)
    assert Story.objects.get().status == Story.Status.HIDDEN

    retention.withdraw_submission(coming_back.open_code(told.code))

    story = Story.objects.get()
    assert (story.status, story.title, story.text) == (Story.Status.REMOVED, "", "")
    with pytest.raises(Refused):
        publishing.put_back(story, vault=factories.open_vault(told.story.first_reader))


def _pictures(slug):
    """Those to share, which hold words that no test can read: what they answer tells."""
    name = patterns.passage_name(WORDS)
    return [f"/stories/{slug}/{each}.png" for each in ("share", f"quote-{name}-square", f"quote-{name}-wide")]


def test_words_that_may_not_be_quoted_any_more_leave_the_page_that_quotes_them(
    told, django_capture_on_commit_callbacks
):
    own = f"/stories/{told.story.slug}/"
    quoting = {QUOTING_PAGE: WORDS, SAID_PAGE: SAID, PATTERN_PAGE: WORDS, FORCE_SHEET: WORDS, "/": WORDS}
    quoting |= {WALL: TITLE, own: "<mark>"}
    for page, words in quoting.items():
        assert words.encode() in addresses.ask(page).content, page

    with django_capture_on_commit_callbacks(execute=True):
        _by_a_no(told, "consent_quote")

    for page, words in quoting.items():
        assert words.encode() not in addresses.ask(page).content, page
    assert not [page for page in WITH_DOTS if TITLE.encode() in addresses.ask(page).content]
    assert WORDS.encode() in addresses.ask(own).content
    assert b".png" not in addresses.ask(own).content.partition(b"<body")[2]
    assert [addresses.ask(path).status_code for path in _pictures(told.story.slug)] == [404] * 3


def test_story_agreed_but_not_out_yet_is_quoted_nowhere_and_chosen_by_no_editor(alice, bob, editor):
    submission = factories.submission_at("agreed", consent_quote=True, fields={"title": TITLE, "text": WORDS})
    _quote(submission.story)
    # A batch doesn't wait for more once one has waited so long.
    Story.objects.update(agreed_week=lifecycle.this_week() - publishing.LONGEST_WAIT)

    def quoting():
        chooser = editor.get(reverse("quotable_stories:choose_results"))
        pages = [addresses.ask(QUOTING_PAGE), addresses.ask(ASK_PAGE), chooser]
        return [_holds_it(page.content.decode()) for page in pages]

    assert quoting() == [False, False, False]
    factories.publish_all()
    addresses.forget()
    assert quoting() == [True, True, True]


def test_story_that_is_put_back_is_behind_the_same_doors_again(told, django_capture_on_commit_callbacks):
    before = _showing(told.story.slug)
    takedown.hide_story(told.story, by_request=True)

    with django_capture_on_commit_callbacks(execute=True):
        publishing.put_back(told.story, vault=factories.open_vault(told.story.first_reader))

    assert _showing(told.story.slug) == before
    assert _counted() == 1


def _showing(slug):
    """Where its words stand, or on a page of another thing a dot or a link that leads to it."""
    pages = {path: _read(path).decode(errors="replace") for path in doors(slug)}
    led = {path for path, page in pages.items() if slug not in path and f'href="/stories/{slug}/"' in page}
    return led | {path for path, page in pages.items() if _holds_it(page)}


def _read(path):
    """What stands behind an address; of a zip, all of its files."""
    body = b"".join(addresses.ask(path))
    if not body.startswith(b"PK"):
        return body
    whole = zipfile.ZipFile(io.BytesIO(body))
    return b"".join(map(whole.read, whole.namelist()))


def _holds_it(page):
    return any(words in html.unescape(page) for words in (TITLE, WORDS, ANSWER, OFFICE))


def _counted():
    return StoryFilter.of(named_lists.get_named_lists(), force="kent").count()


@pytest.mark.served
@pytest.mark.parametrize("store", ["demo_site", pytest.param("postgresql_site", marks=pytest.mark.postgresql)])
def test_two_processes_show_a_story_and_show_it_no_more(store, request):
    """Within a second, which `test_edition` shows with a clock; here for as long as a slow machine takes."""
    site = request.getfixturevalue(store)
    alice, bob = _moderators(site, request)
    with running_site.serve_again(site.data_dir, **site.changes) as other:
        slug, title = _newest(site)
        room = _room(alice, title)
        shown = _found(site, title, doors(slug))
        assert shown == _found(other, title, shown) >= {"/", "/stories/", f"/stories/{slug}/"}

        # One press on the story's page.
        alice.get(room)
        alice.submit(f"{room}take-down/")
        servers.until(lambda: [_found(each, title, shown) for each in (site, other)] == [set(), set()])

        for person in (alice, bob):
            person.get(f"{room}put-back/")
            person.submit(f"{room}put-back/")
        servers.until(lambda: [_found(each, title, shown) for each in (site, other)] == [shown, shown])


def _moderators(site, request):
    if "DATABASE_URL" not in site.changes:
        team = request.getfixturevalue("team")
        return team["alice"], team["bob"]
    return [at_work.Colleague(site, name).unlock() for name in ("alice", "bob")]


def _newest(site):
    """The slug and title of the story that home shows as the newest."""
    visitor = running_site.Visitor(site.url)
    newest = visitor.get("/").partition('id="newest-heading"')[2]
    slug = re.search(r'href="/stories/([0-9a-z]{12})/"', newest)[1]
    return slug, html.unescape(re.search(r"<h1[^>]*>(.*?)</h1>", visitor.get(f"/stories/{slug}/"), re.S)[1]).strip()


def _room(moderator, title):
    """The story's page in the moderators' room."""
    listed = html.unescape(moderator.get("/admin/stories/"))
    return re.search(rf'href="(/admin/stories/[0-9a-f-]{{36}}/)"[^>]*>\s*{re.escape(title)}', listed)[1]


def _found(site, title, paths):
    visitor = running_site.Visitor(site.url)
    return {path for path in paths if title in html.unescape(visitor.get(path))}
