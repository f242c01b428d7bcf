"""Names within links are found whatever stands between their words, and ordinary addresses stay quiet."""

from pathlib import Path

from stories.pii import url_names
from stories.pii.kinds import Finding
from stories.pii.rule_files import sections_of
from tests.stories.pii import scoring

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
