"""The look of the public side reads from either side: no rule of it knows left from right."""

import re
from pathlib import Path

from django.conf import settings

CSS = Path(settings.ROOT) / "site" / "static" / "css"
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
    r"|clear:\s*(?:left|right))\s*[:;}]"
)


def physical(css):
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return {line.strip() for line in plain.splitlines() if PHYSICAL.search(line)}


def test_no_rule_knows_left_from_right():
    for name in ("tokens", "base", "reading", "telling"):
        assert physical((CSS / f"{name}.css").read_text()) == set(), name


def test_rule_that_knows_left_from_right_is_found_and_no_other():
    for rule in ("margin-left: 1px;", "left: 0;", "text-align: right;", "a { padding-right: 0 }", "float: left;"):
        assert physical(rule), rule
    for rule in ("margin-inline-start: 1px;", "inset-inline-end: 0;", "text-align: start;", "--left: 1;"):
        assert not physical(rule), rule
