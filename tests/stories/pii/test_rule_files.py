"""How the files of rules are read: sections, stand-ins, lines that go on, checks."""

import pytest

from stories.pii.rule_files import RuleFile, search

SHARED = """# Ours.
[NAME]
ada|grace
"""
RULES = """[TITLE]
(?:mr|
    ms)

# What is said of somebody.
[told]
<TITLE> <NAME> said
somebody (?:
    told|asked)

[shapes:]
sure <TITLE> (?P<it><NAME>)
unsure (is long, is small) (?P<it>[a-z]+) told
"""


def is_long(match):
    return len(match["it"]) > 3


def is_small(match):
    return match["it"].islower()


@pytest.fixture
def rules(tmp_path):
    (tmp_path / "stand_ins.txt").write_text(SHARED)
    (tmp_path / "told.txt").write_text(RULES)
    return RuleFile("told", tmp_path)


def test_line_that_is_set_in_goes_on_names_are_spelt_out_and_case_is_nothing(rules):
    assert rules["told"].pattern == "(?:mr|ms) ada|grace said|somebody (?:told|asked)"
    assert list(rules) == ["told"]
    assert rules["told"].search("Somebody ASKED")


def test_shape_needs_all_of_its_checks(rules):
    shapes = rules.shapes("shapes", "PERSON", {"_is_long": is_long, "_is_small": is_small})

    found = list(search("mr Grace, then Alfred told, eve told and oscar told", shapes))

    assert [(each.start, each.end, each.sure) for each in found] == [(3, 8, True), (41, 46, False)]
    # A check that nobody hands in.
    with pytest.raises(KeyError):
        rules.shapes("shapes", "PERSON", {"_is_long": is_long})


@pytest.mark.parametrize("line", ["certainly (?P<it>x)", "sure"])
def test_line_that_is_no_shape_is_an_error(tmp_path, line):
    (tmp_path / "stand_ins.txt").write_text("")
    (tmp_path / "bad.txt").write_text(f"[shapes:]\n{line}\n")

    with pytest.raises(ValueError, match=line.split("(")[0]):
        RuleFile("bad", tmp_path).shapes("shapes", "PERSON", {})
