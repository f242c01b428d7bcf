"""Feeds of what forces and those who are asked did in public: each act once, for good, with the day its page tells."""

from xml.etree import ElementTree

import pytest

from stories.core import snapshot
from tests import factories
from tests.site.campaign import asking
from tests.site.heard import addresses
from tests.stories.reading.export.conftest import ATOM, HERE

pytestmark = pytest.mark.django_db


def entries(path):
    addresses.forget()
    feed = ElementTree.fromstring(addresses.ask(path).content)
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == f"{HERE}{path}"
    return feed.findall("a:entry", ATOM)


def told(entry):
    at = {name: entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("title", "summary", "updated")}
    return at["title"], at["summary"], at["updated"][:10], entry.find("a:link", ATOM).get("href")


def test_answers_and_letters_of_one_force_and_of_all_have_their_month_and_a_link():
    factories.a_response("kent", "review", "We have opened a review.")
    factories.a_response("essex", "apology", "We are sorry.")
    factories.a_letter("kent", role="Chief constable")
    snapshot.start_over()

    kents = [told(entry) for entry in entries("/forces/kent/answers.atom")]

    assert {title: (words, link.removeprefix(f"{HERE}/forces/kent/")) for title, words, _day, link in kents} == {
        "Kent Police: Review opened": ("We have opened a review.", "#said"),
        "A letter to Kent Police": ("Chief constable. “Nobody called me back”", "#asked"),
    }
    assert all(day.endswith("-01") for _title, _words, day, _link in kents)
    every = entries("/answers.atom")
    assert len(every) == len({entry.findtext("a:id", namespaces=ATOM) for entry in every}) == 3
    assert addresses.ask("/forces/atlantis/answers.atom").status_code == 404


def test_all_that_happened_to_an_ask_is_in_its_feed_newest_first_by_its_own_name():
    half = ("2026-04-03", "partly", {"missing": "Scotland."})
    asking.ask(updates=[("2026-04-03", "", {}), half])
    asking.ask("others", sentence="Say why in writing.")

    one = entries("/asks/teach-them-all.atom")

    assert [told(entry)[:3] for entry in one] == [
        ("News: Teach every officer the law of 2024", "It was written of.", "2026-04-03"),
        ("Partly done: Teach every officer the law of 2024", "It was partly. Still missing: Scotland.", "2026-04-03"),
        ("Asked: Teach every officer the law of 2024", "It was asked.", "2026-03-02"),
    ]
    every = entries("/asks.atom")
    assert len(every) == len({entry.findtext("a:id", namespaces=ATOM) for entry in every}) == 4
    assert addresses.ask("/asks/nothing.atom").status_code == 404


def test_where_one_reads_one_can_follow():
    asking.action()
    addresses.forget()
    feeds = {
        "/asks/": {"/asks.atom", "/answers.atom"},
        "/asks/teach-them-all/": {"/asks/teach-them-all.atom"},
        "/forces/kent/": {"/forces/kent/answers.atom", "/stories.atom?force=kent", "/stories.csv?force=kent"},
    }
    for page, links in feeds.items():
        words = addresses.ask(page).content.decode()
        assert 'rel="alternate" type="application/atom+xml"' in words
        for link in links:
            assert f'<a href="{link}">' in words, (page, link)
