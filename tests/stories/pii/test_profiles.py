"""Links to somebody on a platform are found in every form people paste them, and a platform's own pages are quiet."""

from stories.pii import find_identifying, words_for
from stories.pii.kinds import PROFILE
from stories.pii.rule_files import sections_of
from tests.stories.pii import scoring

LINKS = sections_of(scoring.DATA / "links.txt")


def profiles_in(text):
    return [
        text[each.start : each.end]
        for each in find_identifying(text, by_rules_alone=True)
        if words_for(each)[0] is PROFILE
    ]


def test_link_to_somebody_is_found_whole_and_surely():
    for link in [*LINKS["of somebody"].splitlines(), "face\u200bbook.com/jobrennan"]:
        text = f"It was at {link}, twice."

        assert profiles_in(text) == [link]
        assert all(each.sure for each in find_identifying(text, by_rules_alone=True)), link


def test_platform_s_own_page_leads_to_nobody():
    assert [link for link in LINKS["of nobody"].splitlines() if profiles_in(f"It was at {link}, twice.")] == []


def test_link_within_another_is_found():
    assert profiles_in("See https://archive.example/2020/https://x.com/jobrennan for it.") == [
        "https://x.com/jobrennan"
    ]


def test_platforms_in_a_row_are_no_profile():
    assert profiles_in("He was on instagram.com / facebook, x.com / twitter.com and t.me / his page.") == []
