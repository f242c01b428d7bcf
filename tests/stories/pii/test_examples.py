"""Named examples: what is found whole and what only looks like it; numbers, profiles, and names in links."""

from functools import partial
from pathlib import Path

import pytest

from stories.pii import find_identifying, url_names, words_for
from stories.pii.context import places
from stories.pii.kinds import PROFILE, Finding
from stories.pii.rule_files import sections_of
from tests.stories.pii import scoring

EXAMPLES = sections_of(scoring.DATA / "examples.txt")
BY_RULES = partial(find_identifying, by_rules_alone=True)


def is_found(line, find):
    row = scoring.marked_line(line.removeprefix("= "))
    wanted = {(each.kind, each.start, each.end) for each in row.details}
    found = {(each.kind, each.start, each.end) for each in find(row.text)}
    return found == wanted if line.startswith("= ") or not wanted else wanted <= found


@pytest.mark.parametrize("section", EXAMPLES)
def test_what_is_marked_is_found_whole_and_nothing_where_nothing_is(section):
    assert [line for line in EXAMPLES[section].splitlines() if not is_found(line, find_identifying)] == []


def test_examples_are_there():
    assert sum(len(lines.splitlines()) for lines in EXAMPLES.values()) > 490


@pytest.mark.parametrize("section", ["welsh", "shapes"])
def test_rules_alone_find_it_too(section):
    assert [line for line in EXAMPLES[section].splitlines() if not is_found(line, BY_RULES)] == []


def test_welsh_town_is_known_by_any_first_letter_and_english_has_none():
    for town in ("caernarfon", "nghaernarfon", "gaernarfon", "mangor", "fangor", "ddinbych", "lanrwst"):
        assert places.is_a_town(town), town
    for text in ("I met Paula in the pub", "i Gave up", "we met at Gate 4"):
        assert not [each for each in BY_RULES(text) if each.kind == "PLACE"], text


SETS = ["tuned_on", "kept_apart"]
LEAST = {"BANK": 0.95, "COLLAR_NUMBER": 0.85}
MOST_FALSE_MARKS = 0.02


@pytest.mark.parametrize("name", SETS)
def test_number_is_found_without_its_word(name):
    counted = scoring.score(scoring.held_out(name, of="numbers"), BY_RULES)

    for kind, least in LEAST.items():
        assert counted.count["gold", "kind", kind] >= 30
        assert counted.share("found", "gold", "kind", kind) >= least, kind


@pytest.mark.parametrize("name", SETS)
def test_count_duration_law_sum_or_room_is_no_such_number(name):
    clean = [row for row in scoring.held_out(name, of="numbers") if not row.details]

    alarms = [words for kind, words, _text in scoring.score(clean, BY_RULES).alarms if kind in LEAST]

    assert len(clean) >= 50
    assert len(alarms) <= MOST_FALSE_MARKS * len(clean), alarms


def test_international_account_is_told_by_its_check_digits():
    for text, is_one in (("IE29 AIBK 9311 5212 3456 78", True), ("IE29 AIBK 9311 5212 3456 87", False)):
        kinds = [each.kind for each in BY_RULES(f"It went to {text} and that was that.")]
        assert (kinds == ["BANK"]) is is_one, text


def test_help_line_and_emergency_number_are_no_officers():
    for number in ("101", "999", "111", "105"):
        assert BY_RULES(f"I called {number}, then I rang {number} again and {number} told me to wait.") == []


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


FORCE = "https://force.example"
ORDINARY = sections_of(scoring.DATA / "links.txt")["ordinary"].splitlines()
# Files with addresses that the site itself gives, as sources or to follow.
ROOT = Path(__file__).resolve().parent.parent.parent.parent
OURS = ["site/campaign/starting", "site/heard/demo", "stories/data", "moderation/invented"]


def found(text):
    return [(text[each.start : each.end], each.kind) for each in url_names.find_in_links(text)]


def test_name_is_found_whatever_stands_between_its_words():
    for path, name in [
        ("/news/jo-brennan-sorry", "jo-brennan"),
        ("/news/jo_brennan_sorry.html", "jo_brennan"),
        ("/news/jane-smith-sorry", "jane-smith"),
        ("/news/2024/anna-brown-statement/", "anna-brown"),
        ("/news/Jo%20Brennan%20sorry", "Jo%20Brennan"),
        ("/news?title=jo+brennan+sorry", "jo+brennan"),
        ("/news/JoBrennanSorry", "JoBrennan"),
        ("/people/jo.brennan", "jo.brennan"),
        ("/news#jo-brennan", "jo-brennan"),
        ("/news?title=jo%2520brennan%252Dsorry", "jo%2520brennan"),
        ("/news/jo–brennan–sorry", "jo–brennan"),
        ("/news/si%C3%A2n-brennan-sorry", "si%C3%A2n-brennan"),
    ]:
        assert found(f"We said so at {FORCE}{path}, twice.") == [(name, "PERSON")], path


def test_officer_is_found_by_rank_or_number():
    for path, kind in (("/pc-quillfeather-dismissed", "OFFICER_NAME"), ("/pc-4521-misconduct", "COLLAR_NUMBER")):
        assert [each for _words, each in found(FORCE + path)] == [kind]


def test_what_names_a_film_or_a_file_is_nobodys_name():
    for path in [
        "/watch?v=poNI7J_oKuT",
        "/watch?v=L3kJYgbFeDW",
        "/d/p8gPOWlCuLbl6amLpSQ8Xr0Lo_H-AGnq/view",
        "/a/dc233ecd-2f56-4f1d-82df-e916dfbc2bc2/",
        "/a/9c702025-9601-44ff-bbec-71fcd6327df7/",
    ]:
        assert found(FORCE + path) == []
        assert found(f"{FORCE}/jo-brennan{path}") == [("jo-brennan", "PERSON")]


def test_rank_initial_or_title_in_capitals_hides_no_name():
    for name in [
        *("PCBrennan-Smith", "PCMcDonald", "PCSarahDavies", "BBCMaryBrown", "JoBrennanUK", "JoBrennanX", "joJBrennan"),
        *("MaryONeill", "MaryO'Neill", "Mary-ONeill", "mary-smithPhD", "sarahdeSouza", "JoséGarcía", "JOSÉGarcía"),
        *("EdLi", "J-Brennan", "Jo-O’Brien", "sarah-MacDonald-Smith"),
        *("PCSarahDaviesPart2Final", "JoBrennanStatement2024"),
    ]:
        assert [kind for _words, kind in found(f"{FORCE}/news/{name}")] == ["PERSON"], name
        assert [kind for _words, kind in found(f"{FORCE}/{name}/4aF3kQ")] == ["PERSON"], name


def test_ordinary_addresses_are_quiet_of_others_and_of_ours():
    named = {"PERSON", "OFFICER_NAME", "COLLAR_NUMBER", "PHONE"}

    assert [(path, found(FORCE + path)) for path in ORDINARY if found(FORCE + path)] == []
    assert [path for path in ORDINARY if named & {each.kind for each in url_names.find_in_path(path)}] == []


def test_addresses_that_the_site_gives_are_quiet():
    files = [path for folder in OURS for path in sorted((ROOT / folder).rglob("*")) if path.suffix in (".py", ".json")]
    text = "\n".join(path.read_text() for path in files)

    assert "https://www.legislation.gov.uk/" in text
    assert found(text) == []


def test_name_takes_the_place_of_the_link_and_leaves_what_else_was_found():
    text = f"{FORCE}/jo-brennan and 07700 900123"
    link, phone = Finding(0, 32, "URL", "", True), Finding(37, 49, "PHONE", "", True)

    both = url_names.add_link_names(text, [link, phone])

    assert [each.kind for each in both] == ["PERSON", "PHONE"]
    assert url_names.add_link_names(f"{FORCE}/news", [link]) == [link]


def test_name_in_a_link_without_its_scheme_is_found_and_no_host_or_near_link_is():
    assert found("Jo Brennan wrote at https://jo-brennan.example/ and at jo-brennan.") == []
    assert found("See force.example/news/jo-brennan-sorry for it.") == [("jo-brennan", "PERSON")]
    assert found("Have you and/or he seen force.example? Yes. At 9.30/10.30 a.m.") == []


def test_address_of_a_page_is_read_as_words():
    for path, kind in [
        ("jo-brennan-of-otley-lied", "PERSON"),
        ("/news/pc-quillfeather-dismissed/", "OFFICER_NAME"),
        ("ring-07700-900123", "PHONE"),
        ("sw1a-1aa", "POSTCODE"),
        ("car-ab12-cde-seen", "VRM"),
    ]:
        assert kind in [each.kind for each in url_names.find_in_path(path)]
        assert {each.why for each in url_names.find_in_path(path)} == {url_names.WHY_IN_OURS}
