"""The look of the public side reads from either side: no rule of it knows left from right."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.ROOT) / "site" / "static" / "css"
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
    r"|clear:\s*(?:left|right))\s*[:;}]"
)
# A browser of 2018 reads no logical one of these; each stands beside the logical one that overrules it.
FOR_OLD_BROWSERS: set[str] = set()


def physical(css):
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return {line.strip() for line in plain.splitlines() if PHYSICAL.search(line)}


@pytest.mark.parametrize("name", ["tokens.css", "base.css", "reading.css", "telling.css"])
def test_no_rule_knows_left_from_right(name):
    assert physical((CSS / name).read_text()) - FOR_OLD_BROWSERS == set()


@pytest.mark.parametrize(
    "rule", ["margin-left: 1px;", "left: 0;", "text-align: right;", "a { padding-right: 0 }", "float: left;"]
)
def test_rule_that_knows_left_from_right_is_found(rule):
    assert physical(rule)


@pytest.mark.parametrize(
    "rule", ["margin-inline-start: 1px;", "inset-inline-end: 0;", "text-align: start;", "--left: 1;"]
)
def test_rule_for_both_directions_is_not(rule):
    assert not physical(rule)
