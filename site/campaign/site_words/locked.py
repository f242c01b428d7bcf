"""Which words no editor changes: somebody agreed to them, or relies on them, and they change with a release.

`RULES` is the whole list. It is by file and by what a string says, so that a new string of these kinds is locked from
the day it is written; docs/adr/0014 says why each is here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaign.site_words.catalogued import Catalogued
from stories.identifying import kinds
from stories.telling import questions
from stories.telling.question_lists import FORCES

_TELLING = ("stories/telling/*", "templates/stories/telling/*", "templates/base_quiet.html")
_ON_THE_WAY = (*_TELLING, "stories/decline_reasons.py", "templates/errors/words.html")
# What stands around it on that way too.
_AROUND_IT = (
    *("templates/base.html", "templates/includes/*", "templates/errors/*", "site/heard/errors.py"),
    *("stories/identifying/kinds.py", "stories/models/take_down.py"),
)
# What a sentence of the contributor's way speaks of when something hangs on it.
_A_PROMISE = re.compile(
    r"""\b(?: eras\w+ | delet\w+ | ke[ep]\w* | kept | stor(?:e|ed) | publish\w* | public | quot\w+ | train | agree\w*
    | take\ (?:it|this|something|one|back)\w* | cop(?:y|ies) | codes? | anonym\w+ | identif\w+ | never | nobody
    | open\ it | only\ (?:you|our|here|on) | sealed | locked | who\ you\ are | days? | withdr[ae]w\w* | total(?:s|led)?
    | counted | your\ name | until\ you | reaches\ us | go(?:es)?\ (?:out|to\ us) | say\ yes | your\ yes | hides?
    | history | exit | nothing\ (?:of|about|on) | not\ know | cookies? | 18\ or\ over | under\ 18 | then\ send
    | press\ Send | send\ (?:only|the\ boxes) | safe\ moment | pass\ nothing | then\ decide | nothing\ can\ be
    | your\ device | take\ these\ out | second\ reader | saved? | still\ here
    | download | calendar | no\ names | do\ not\ send | need\ not )\b | ^Send$""",
    re.IGNORECASE | re.VERBOSE,
)
# What would have somebody give themselves away, in English and in Welsh.
_ASKS_WHO = re.compile(
    r"\b(?:(?:sur)?names?|address(?:es)?|postcodes?|numbers?|e-?mails?|birth\w*|pictures?|photos?|links?"
    r"|(?:gyf|cyf|chyf)enw\w*|enwau?|[gc]h?yfeiriad\w*|e-bost|rhif\w*|lluniau?|dolen\w*)\b",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"two (?:moderators|of us|trained people)|a reply is not a change|not a sample|cookies?\b|keeps? nothing"
    r"|without (?:their|your) names?|don’t keep",
    re.IGNORECASE,
)
# What somebody does whose life may hang on it.
_IN_DANGER = re.compile(r"\b(?:999|18000)\b")
# The same as _A_PROMISE as far as a Welsh sentence can be asked, with what Welsh does to a beginning.
_A_PROMISE_IN_WELSH = re.compile(
    r"\b(?:dd?ile\w+|[gc]h?adw(?!yn)\w*|[gc]h?edwir|[gc]h?yhoedd\w*|dd?ienw\w*|byth|neb|[gc]h?od|[gc]h?odau|[gc]h?ytun\w*)\b",
    re.IGNORECASE,
)
# The title of a page of telling, which stays in the browser's history.
_BLAND = re.compile(r"^(?:(?:Form|Return|Request)(?:: .+)?|Browser help|Help|More|Start|Page)$")


@dataclass(frozen=True)
class Rule:
    """What it locks: strings of these files, or these very strings; where given, only those that say something."""

    why: Any
    places: tuple[str, ...] = ()
    words: Callable[[], frozenset[str]] | None = None
    says: re.Pattern[str] | None = None

    def locks(self, string: Catalogued) -> bool:
        is_here = any(fnmatch(place, pattern) for place in string.places for pattern in self.places)
        is_one = self.words is not None and not self.words().isdisjoint(string.words)
        says_so = self.says is None or any(self.says.search(words) for words in string.words)
        return (is_here or is_one) and says_so


@cache
def _of_decisions() -> frozenset[str]:
    return frozenset(_of_questions())


def _of_questions() -> Iterator[str]:
    for section in questions.SECTIONS:
        yield from (section.title, section.lead) if section.name == "choices" else ()
    for question in (questions.BY_NAME[name] for name in questions.DECIDING):
        yield from (question.words, question.why, question.needed)
        yield from (option.words for option in question.options)


@cache
def _names_of_forces() -> frozenset[str]:
    return frozenset(force.words for force in FORCES)


_AGREED = _("Contributors agree to these words, or decide by them.")
_QUIET = _("They stay on somebody’s device, and tell nothing of us.")
_HONEST = _("They keep us honest about ourselves.")
RULES: tuple[Rule, ...] = (
    Rule(_AGREED, words=_of_decisions),
    Rule(
        _AGREED,
        places=(
            *("templates/stories/telling/what_happens.html", "templates/stories/telling/standing_text.html"),
            *("templates/stories/telling/change_choices*.html", "templates/stories/telling/check_whose.html"),
            *("stories/telling/choices.py", "stories/telling/views/choosing.py", "stories/telling/opinions.py"),
        ),
    ),
    Rule(
        _("They say what becomes of what somebody sent, and by when."),
        places=(
            *("stories/telling/standing.py", "templates/stories/telling/withdraw.html"),
            *("templates/stories/telling/take_down*.html", "templates/stories/telling/request_standing.html"),
            *("templates/stories/telling/*code.html", "templates/stories/telling/draft*.html"),
        ),
    ),
    Rule(_("They tell somebody what we promise them."), places=_ON_THE_WAY, says=_A_PROMISE),
    Rule(
        _("Somebody who may be watched relies on them."),
        places=(
            *("templates/includes/exit*.html", "templates/stories/telling/leaving_safely.html"),
            "templates/stories/telling/private_windows.html",
        ),
    ),
    Rule(_("Somebody in danger acts by them."), places=("*",), says=_IN_DANGER),
    Rule(
        _("Somebody in danger acts by them."),
        places=(
            *("templates/stories/telling/danger*.html", "templates/stories/telling/for_a_child.html"),
            *("templates/stories/telling/under_18.html", "templates/stories/telling/court.html"),
        ),
    ),
    Rule(_("They are the name of a police force, which stories and its own page go by."), words=_names_of_forces),
    Rule(_QUIET, places=("stories/telling/notes_file.py", "stories/telling/reminder.py")),
    Rule(_QUIET, places=_TELLING, says=_BLAND),
    Rule(_("They go into somebody’s own account, in their name."), words=lambda: kinds.NEUTRAL_WORDS),
    Rule(
        _("They say how far a number can be trusted, and that it singles nobody out."),
        places=("stories/public/figures/counts.py", "templates/stories/public/figures/legend.html"),
    ),
    Rule(
        _("They are the terms under which others use what we publish."),
        places=(
            *("stories/public/open_data/terms.py", "templates/stories/public/open_data/licence.html"),
            *("stories/public/facts.py", "templates/campaign/learning/licence.html"),
        ),
    ),
    Rule(
        _HONEST,
        places=(
            *("templates/includes/unchecked.html", "templates/includes/demo_banner.html"),
            "templates/stories/public/withheld.html",
        ),
    ),
    Rule(_HONEST, places=("*",), says=_ANYWHERE),
)


def why_locked(string: Catalogued) -> str | None:
    """Say why nobody changes it here, or None."""
    rule = _rule(string)
    return str(rule.why) if rule else None


def new_promise(string: Catalogued, words: str, *, shipped: str) -> str | None:
    """Find what would promise something, or ask who somebody is, where the original doesn't.

    Who isn't let change a promise may not make one either.
    """
    speaks_of = [_ANYWHERE]
    if any(fnmatch(place, pattern) for place in string.places for pattern in (*_ON_THE_WAY, *_AROUND_IT)):
        speaks_of += [_A_PROMISE, _A_PROMISE_IN_WELSH, _ASKS_WHO]
    there = {found.casefold() for says in speaks_of for found in says.findall(shipped)}
    new = (found for says in speaks_of for found in says.findall(words) if found.casefold() not in there)
    return next(new, None)


@cache
def _rule(string: Catalogued) -> Rule | None:
    return next((rule for rule in RULES if rule.locks(string)), None)
