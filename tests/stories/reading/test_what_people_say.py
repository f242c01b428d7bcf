"""What people say should change: their words where they allow quotes, and numbers that are those of the lists."""

import html
import re

import pytest

from bench.seeding import stories as seeding
from stories.core import snapshot
from stories.models import Story
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/what-should-change/"
NOTHING = {"differently": "", "well": ""}


def live(*, may_quote=True, **fields):
    return factories.live_story(fields={**NOTHING, "themes": "waiting", **fields}, consent_quote=may_quote)


def halves(visitor):
    """What the page says of what should change, and of what was done well."""
    _top, change, well = visitor.read(PAGE).split('<section class="section"')
    return [" ".join(html.unescape(re.sub(r"<[^>]*>", " ", half)).split()) for half in (change, well)]


@pytest.mark.full
def test_every_number_is_that_of_the_list_that_it_leads_to(visitor):
    seeding.seed(60, chance=1)
    snapshot.forget_snapshot()

    said = re.findall(r'<a href="(/stories/\?[^"]*says=[^"]*)">(?:All )?(\d+) stor', visitor.read(PAGE))

    assert len(said) > 10
    assert {link.partition("says=")[2][:4] for link, _ in said} == {"chan", "well"}
    for link, number in said:
        listed = visitor.words(link.replace("&amp;", "&"))
        assert re.search(rf"\b{number} stor(y matches|ies match)\b", listed), link


def test_words_stand_with_a_link_to_their_story_under_what_they_say(visitor):
    asks, praises = live(differently="Ring <back>."), live(well="She listened.")

    change, well = halves(visitor)

    page = visitor.read(PAGE)
    assert "“Ring <back>.” Nobody called me back Kent Police" in change
    assert "“She listened.” Nobody called me back Kent Police" in well
    assert "She listened" not in change
    for story in (asks, praises):
        assert f'<a href="/stories/{story.slug}/"' in page
        assert f"https://heard.example/stories/{story.slug}/" in page


def test_words_of_who_wants_no_quotes_are_counted_and_not_shown_even_before_the_next_edition(visitor):
    story = live(differently="Ring back.", may_quote=False)
    alone, _well = halves(visitor)
    live(differently="Ring me.", title="Quote me")

    change, _well = halves(visitor)

    assert "Its writer would rather not be quoted" in alone
    assert "1 story about this says so" in alone
    assert "All 2 stories about this that say so" in change
    assert "Ring me." in change
    assert "Ring back." not in change
    Story.objects.exclude(pk=story.pk).update(may_quote=False)
    assert "Ring me." not in visitor.get(PAGE, {"without": "threats"}).content.decode()


def test_story_of_two_themes_stands_once_where_each_has_more(visitor):
    live(differently="Both.", themes="waiting kindness", title="Both")
    live(differently="One.", themes="waiting")

    assert halves(visitor)[0].count("“Both.”") == 2
    live(differently="Other.", themes="kindness")
    assert halves(visitor)[0].count("“Both.”") == 1


def test_words_are_cut_and_the_place_is_shown_as_far_as_the_story_shows_it(visitor):
    live()
    change, well = halves(visitor)
    assert "No published story says yet what should have been done differently." in change
    assert "No published story says yet what was done well." in well
    live(differently="Ring back. " * 100, place_shown="region")

    change, _well = halves(visitor)

    assert re.search(r"“(Ring back\. ){20,30}Ring( back)?…”", change)
    assert "Kent" not in change
    assert "South East" in change
