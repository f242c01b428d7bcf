"""Indirect details: what is found of them in texts by strangers, what they say together, and what is quiet."""

import re
from functools import partial

import pytest

from stories.pii import IdentifyingError, find_identifying
from stories.pii.indirect import find_indirect, point_at_one_person
from stories.pii.kinds import INDIRECT, KINDS, merged_findings, words_for
from stories.pii.replacements import group_wordings, replace_wordings
from stories.pii.rule_files import sections_of
from tests.stories.pii import scoring
from tests.stories.pii.hostile import HOSTILE, filled

DIRECT = partial(find_identifying, by_rules_alone=True)
EXAMPLES = sections_of(scoring.DATA / "indirect.txt")
LEAST_FOUND, MOST_FALSE_MARKS, WORDS_OF_AN_ACCOUNT = 0.60, 1.5, 300


def both(text):
    found = DIRECT(text)
    return found, find_indirect(text, found)


def said(text, findings):
    return [(each.kind, text[each.start : each.end]) for each in findings]


def with_first(text):
    """The text with the first neutral words of everything that is found in it."""
    found = merged_findings(both(text))
    chosen = {each.key: each.neutral[0] for each in group_wordings([(text, found)])}
    return replace_wordings(text, found, chosen)


@pytest.mark.parametrize("name", ["tuned_on", "by_strangers"])
def test_indirect_details_are_found_with_few_false_marks(name, capsys):
    score = scoring.indirect(name)

    with capsys.disabled():
        print(f"\n\nIndirect details ({name}): of how many, in per cent, whole\n{scoring.table(score, 'kind')}")
    assert score.recall >= LEAST_FOUND
    assert score.count["accounts",] >= 100
    assert WORDS_OF_AN_ACCOUNT * len(score.alarms) / score.count["words",] <= MOST_FALSE_MARKS
    assert {kind for _, part, kind in (key for key in score.count if len(key) == 3) if part == "kind"} == set(INDIRECT)


def test_no_account_by_strangers_stands_among_ours():
    ours, theirs = (
        {row.text for row in scoring.held_out(name, of="indirect")} for name in ("tuned_on", "by_strangers")
    )

    assert not ours & theirs


def test_each_kind_is_found_as_what_it_is():
    for line in EXAMPLES["found"].splitlines():
        row = scoring.marked_line(line)
        wanted = [(each.kind, row.text[each.start : each.end]) for each in row.details]

        assert said(row.text, both(row.text)[1]) == wanted, line


def test_who_handled_the_report_and_what_only_looks_like_a_detail_is_quiet():
    for line in EXAMPLES["quiet"].splitlines():
        assert said(line, both(line)[1]) == [], line


def test_what_points_at_one_person_is_told_with_what_to_blur_first():
    for line in EXAMPLES["together"].splitlines():
        text, _, wanted = line.partition(" -> ")
        found = point_at_one_person(text, *both(text))

        told = f"{found.words} | {text[found.first.start : found.first.end]} | {found.neutral}" if found else "nothing"
        assert told == wanted, text


def test_first_words_can_be_read_and_accuse_nobody():
    for line in EXAMPLES["first words"].splitlines():
        text, _, wanted = line.partition(" -> ")

        assert with_first(text) == wanted
    for kind in INDIRECT.values():
        assert " my " not in f" {kind.replacements[0].strip('[]')} "


def test_indirect_kinds_have_words_for_people_and_are_none_of_the_direct_ones():
    assert not set(INDIRECT) & set(KINDS)
    for name, kind in INDIRECT.items():
        assert all((kind.contributor, kind.moderator, kind.why, kind.replacements)), name
        assert all(re.fullmatch(r"\[[^\[\]]+\]", words) for words in kind.replacements), name
    text = "I am a nurse."
    assert [words_for(each) for each in both(text)[1]] == [(INDIRECT["JOB"], "")]


def test_neutral_words_are_not_found_again_and_all_that_are_offered_are_on_the_list():
    listed = {words for kind in INDIRECT.values() for words in kind.replacements}
    for words in listed:
        assert both(f"I told them that I am {words} and he is {words} too.")[1] == [], words
    for row in scoring.held_out("tuned_on", of="indirect"):
        for each in group_wordings([(row.text, both(row.text)[1])]):
            places = {
                "[a place of worship]",
                "[a club]",
                "[a college]",
                "[a university]",
                "[a hospital]",
                "[a surgery]",
            }
            assert set(each.neutral) <= listed | places, each.words


def test_none_overlaps_another_or_a_direct_finding():
    for row in scoring.held_out("tuned_on", of="indirect"):
        found, indirect = both(row.text)
        ordered = sorted([*found, *indirect])

        assert all(one.end <= other.start for one, other in zip(ordered, ordered[1:], strict=False))
        assert indirect == sorted(indirect)


def test_places_are_those_of_the_unchanged_text():
    text = "\U0001f600 I’m  a  haridresser \u00adand I am de\u00adaf."

    assert said(text, find_indirect(text, [])) == [("JOB", "haridresser"), ("BODY", "de\u00adaf")]


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_text_is_answered(shape):
    assert isinstance(find_indirect(filled(HOSTILE[shape]), []), list)


def test_too_long_a_text_is_refused():
    with pytest.raises(IdentifyingError):
        find_indirect("a" * 20_001, [])
