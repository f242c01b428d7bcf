"""What a screen reader says on the six journeys, by its structure; docs/heard-aloud/ has it in words."""

import re
from collections import Counter

import pytest

from docs import write_heard_aloud
from tests.journeys import heard_aloud, hearing
from tests.journeys.watching import DESK

# 90 seconds at 180 words a minute.
MOST_WORDS = 270
FIELDS = {*hearing.FIELDS.values()}
# Drawn between two things, and no word.
NOISE = re.compile("[·→←•]")


@pytest.fixture(scope="module")
def walked(open_axe, demo_site, team):
    """name → the steps of that journey."""

    def open_window(device=DESK, **options):
        return open_axe(demo_site.url, **{"locale": "en-GB", "reduced_motion": "reduce", **device, **options})

    return heard_aloud.walk_all(open_window, demo_site, team)


@pytest.fixture
def pages(walked):
    """(journey, step) of every page that is heard, but for Wagtail's frame around the room."""
    return [(f"{name}: {step.did}", step) for name, steps in walked.items() for step in steps]


def test_transcripts_say_what_is_heard(walked):
    for name, steps in walked.items():
        written = (write_heard_aloud.FOLDER / f"{name}.md").read_text(encoding="utf-8")
        heard = write_heard_aloud.as_markdown(name, steps)
        # Which stories are found, and which account comes next, other tests change.
        wanted = _TITLES if name in ("read-and-search", heard_aloud.IN_THE_ROOM) else _KINDS
        assert shape(written, wanted) == shape(heard, wanted), f"{name}: run docs/write_heard_aloud.py"


def test_each_page_has_its_landmarks_and_its_headings_in_order(pages):
    for where, step in pages:
        main = hearing.main_part(step.said)
        levels = [each.level for each in main if each.kind == "heading"]
        assert Counter(each.kind for each in step.said)["main"] == 1, where
        assert levels.count(1) == 1, (where, levels)
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), (where, levels)
        if is_public(step):
            kinds = [each.kind for each in step.said if each.kind in ("banner", "main", "contentinfo")]
            assert kinds == ["banner", "main", "contentinfo"], where


def test_each_field_has_a_name_and_its_hint_and_error_are_said_with_it(walked, pages):
    for where, step in pages:
        assert [each for each in step.said if each.kind in FIELDS | {"button", "link"} and not each.name] == [], where
    [opened, refused] = [{each.name: each for each in step.said} for step in walked["telling-without-scripts"][:2]]
    for each in refused.values():
        before = opened.get(each.name)
        # A hint that was there stays; an error comes beside it.
        assert not (before and before.hint) or before.hint in each.hint
    wrong = [each for each in refused.values() if opened.get(each.name) and each.hint != opened[each.name].hint]
    assert [each.name for each in wrong if each.kind != "group" and not each.is_wrong] == []
    said = walked["telling-without-scripts"][1].said
    kinds = [each.kind for each in said]
    # The part of the page that says what there is to look at.
    assert len(wrong) == kinds[kinds.index("alert") : kinds.index("navigation")].count("inline link")


def test_each_change_is_heard_once(walked):
    for name, steps in walked.items():
        for before, step in zip(steps, steps[1:], strict=False):
            where = f"{name}: {step.did}"
            heard = step.announced + [step.focus.name] * (step.focus.name != before.focus.name)
            assert len(step.announced) == len(set(step.announced)) <= 1, (where, step.announced)
            # What has the focus is said anyway.
            assert not any(step.focus.name and step.focus.name in words for words in step.announced), (where, heard)
    assert [len(step.announced) for step in walked["exit"]] == [0, 1, 1, 1]


def test_next_and_an_error_move_the_focus_to_what_is_new(walked):
    first, refused, *parts = walked["telling"][1:7]
    assert refused.focus.kind == "group"
    assert refused.focus.hint.endswith(hint_of(first, refused.focus.name))
    assert len(refused.focus.hint) > len(hint_of(first, refused.focus.name))
    assert [step.focus.level for step in parts] == [2, 2, 2, 2]
    assert [step.focus.level for step in walked["telling"][7:]] == [1, 1]
    [wrong_code] = [step for step in walked["save-and-come-back"] if step.focus.kind == "group"]
    assert wrong_code.focus.name in [each.name for each in wrong_code.said if each.kind == "heading"]


def test_code_is_read_out_letter_by_letter_in_groups_with_what_is_never_in_it(walked):
    for name in ("telling", "telling-without-scripts"):
        said = hearing.main_part(walked[name][-1].said)
        groups = [at for at, each in enumerate(said) if each.kind == "picture"]
        assert len(groups) == 4
        assert all(re.fullmatch(r"(\w ){3}\w", said[at].name) for at in groups)
        # Its letters stand alone once more, in the one line after it.
        assert {"O", "I", "L", "U"} <= set(re.findall(r"\b[A-Z]\b", said[groups[-1] + 1].line))


def test_chart_is_its_title_its_sentence_and_then_its_numbers(walked):
    said = walked["read-and-search"][-1].said
    for at, each in enumerate(said):
        if each.kind == "figure" and each.node:
            title, sentence, numbers = said[at + 1], said[at + 2], said[at + 2 : at + 5]
            assert (title.kind, sentence.kind) == ("heading", "text"), title
            assert "list" in [one.kind for one in numbers], title
    assert Counter(each.kind for each in said)["figure"] >= 3


def test_story_is_heard_from_its_title_to_its_end_without_noise(walked, pages):
    story = hearing.main_part(walked["read-and-search"][-2].said)
    kinds = [each.kind for each in story]
    words = [at for at, each in enumerate(story) if each.kind == "text" and len(each.line) > 100]
    assert kinds.index("heading") < words[0] < kinds.index("complementary") < kinds.index("navigation")
    for where, step in pages:
        if is_public(step):
            assert [each.line for each in step.said if NOISE.search(each.line)] == [], where
            regions = {each.name for each in step.said if each.kind == "region"}
            # The name of a region is read before the same words of its heading.
            assert regions & {each.name for each in step.said if each.kind == "heading"} == set(), where


def test_first_question_comes_within_ninety_seconds(walked):
    before, form = walked["telling"][:2]
    start = [each.name for each in before.said].index("Start", 1)
    question = [each.kind for each in form.said].index("group")
    asked = form.said[question]._replace(line=f"group, {form.said[question].name}")

    heard = [*before.said[: start + 1], *form.said[:question], asked]
    demo = [at for at, each in enumerate(heard) if each.kind == "complementary"]
    words = sum(each.words for at, each in enumerate(heard) if at not in demo and at - 1 not in demo)
    assert words <= MOST_WORDS, words


def test_language_of_words_in_another_language_is_marked(visit):
    page = visit(at="/cy/stories/").page
    page.locator("article a").first.click()
    assert page.locator("html").get_attribute("lang") == "cy"
    assert {each.get_attribute("lang") for each in page.locator(".story__text, main h1").all()} == {"en-GB"}
    page.goto("/")
    assert page.locator("a[hreflang=cy]").get_attribute("lang") == "cy"


def shape(text, wanted):
    """Of a transcript, what is on each page: the kinds of what is said, without words."""
    return [found[0] for line in text.splitlines() if (found := wanted.match(line))]


_TITLES = re.compile(r"- heading level 1|## ")
_KINDS = re.compile(rf"- (heading level \d|{'|'.join([*FIELDS, 'group', 'button', 'alert', '[*]{2}announced'])})|## ")


def is_public(step):
    is_page = step.said[0].line.startswith("page") and "admin" not in step.did
    return is_page and any(each.kind == "banner" for each in step.said)


def hint_of(step, name):
    return next(each.hint for each in step.said if each.name == name)
