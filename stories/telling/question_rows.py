"""The one table of what we ask: words, reasons, answers, limits. `questions` says what is done with it.

A new question is a new row. Slugs never change, because sealed answers hold them; words may. Words are
marked with `_` for translators and put into a language by whoever shows them (`wording`).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_DATA = Path(__file__).resolve().parent.parent / "data"


def _(words: str) -> str:
    """Mark words for translators: this module knows no language."""
    return words


@dataclass(frozen=True)
class Option:
    """One answer: its slug, which is kept, and its words, which are shown."""

    slug: str
    words: str


@dataclass(frozen=True)
class Question:
    """One question. `kind` is one, many, list, year, text or tick; `limit` counts characters of a text."""

    name: str
    section: str
    kind: str
    words: str
    why: str = ""
    options: tuple[Option, ...] = ()
    limit: int = 0
    is_needed: bool = False
    is_asked: bool = True
    with_asides: bool = True


@dataclass(frozen=True)
class Section:
    """A part of the form: its anchor, its title, and a sentence under the title."""

    name: str
    title: str
    lead: str = ""


ASIDES = (Option("not-sure", _("Not sure")), Option("rather-not-say", _("Rather not say")))
BEFORE = Option("before-2015", _("Before 2015"))

SECTIONS = (
    Section("start", _("First")),
    Section("where", _("Where and when"), _("Leave out anything you like.")),
    Section("telling", _("Your account")),
    Section("safe", _("Keeping you safe"), _("These help us protect you. We never publish what you answer here.")),
    Section(
        "choices",
        _("Your choices"),
        _("Nothing is ticked for you. Tick nothing, and we read your words, then erase them."),
    ),
    Section("more", _("One more, if you like")),
)


def _options(*pairs: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(slug, words) for slug, words in pairs)


def _listed(name: str) -> Any:
    return json.loads((_DATA / name).read_text(encoding="utf-8"))


FORCES = tuple(Option(force["id"], force["name"]) for force in _listed("forces.json"))
OUTCOMES = _options(*map(tuple, _listed("lists.json")["outcomes"]))
# Slug, the words of `Force.region`, the nation.
PLACES = (
    ("north-east", "North East", "England"),
    ("north-west", "North West", "England"),
    ("yorkshire-and-the-humber", "Yorkshire and The Humber", "England"),
    ("east-midlands", "East Midlands", "England"),
    ("west-midlands", "West Midlands", "England"),
    ("east-of-england", "East of England", "England"),
    ("london", "London", "England"),
    ("south-east", "South East", "England"),
    ("south-west", "South West", "England"),
    ("wales", "Wales", "Wales"),
    ("scotland", "Scotland", "Scotland"),
    ("northern-ireland", "Northern Ireland", "Northern Ireland"),
)
REGIONS = tuple(Option(slug, name) for slug, name, _nation in PLACES)

QUESTIONS = (
    Question(
        "adult", "start", "one", _("Are you 18 or over now?"),
        _(
            "It is fine if it happened when you were younger. "
            "If you are under 18, we will show you people who can help."
        ),
        _options(("yes", _("Yes")), ("no", _("No"))), is_needed=True, with_asides=False,
    ),
    Question(
        "whose", "start", "one", _("Whose story is this?"), _("So we know whose permission counts."),
        _options(
            ("mine", _("Mine")),
            ("helping", _("Someone I am helping, and they said yes")),
            ("someone-else", _("Someone else’s (please ask them first)")),
        ),
        is_asked=False,
    ),
    Question(
        "force", "where", "list", _("Which police force dealt with it?"),
        _(
            "Forces learn most when they know it was them. Next you choose what we show. "
            "If there were several, choose the one that did most."
        ),
        FORCES,
    ),
    Question(
        "place_shown", "where", "one", _("How much should we show about where?"),
        _("In a small area the force’s name could be a clue to who you are. If you do not choose, we show nothing."),
        _options(
            ("force", _("The force")),
            ("region", _("Only the region")),
            ("nation", _("Only the nation")),
            ("nothing", _("Nothing")),
        ),
    ),
    Question(
        "region", "where", "list", _("If you did not choose a force: which part of the UK was it?"),
        _("So your story still counts where you live, without naming a force."), REGIONS,
    ),
    Question(
        "year", "where", "year", _("Which year did you first tell them?"),
        _("The law has changed. The year shows what they should have known."), (BEFORE,),
    ),
    Question(
        "account", "telling", "text", _("In your own words, how did the police deal with it?"),
        _(
            "There is no right way to tell it. A few lines is fine. "
            "You need not describe the images or what was done to you. No names needed."
        ),
        limit=20_000, is_needed=True,
    ),
    Question(
        "differently", "telling", "text", _("What should they have done differently?"),
        _("We put this in front of people who train officers."), limit=4_000,
    ),
    Question(
        "well", "telling", "text", _("Did anyone do something well?"),
        _("Good work should be copied too."), limit=4_000,
    ),
    Question(
        "recognise", "safe", "many", _("Who might recognise you if they read this?"),
        _("So we change the right details. Tick all that fit."),
        _options(
            ("person", _("The person who did it")),
            ("family", _("Family or friends")),
            ("work", _("People at work, school or college")),
            ("officers", _("Officers I dealt with")),
            ("online", _("People online")),
            ("nobody", _("Nobody, I think")),
        ),
    ),
    Question(
        "giveaways", "safe", "text", _("Which details would give you away?"),
        _("A job, a pet, a street, a way you put things. We take these out with care."), limit=2_000,
    ),
    Question(
        "case", "safe", "one", _("Is a case still going on?"),
        _("Publishing too soon could harm it, so we would wait."),
        _options(
            ("over", _("No, it is over")),
            ("never", _("There never was one")),
            ("looking", _("Police are still looking")),
            ("arrested", _("Someone was arrested")),
            ("charged", _("Someone was charged")),
            ("court", _("There is a court date")),
        ),
    ),
    Question(
        "online", "safe", "one", _("Are the images still online, as far as you know?"),
        _("If so, the next page shows who can help get them down. Please do not send us links or pictures."),
        _options(
            ("yes", _("Yes")),
            ("think-so", _("I think so")),
            ("no", _("No")),
            ("never", _("They were never put online")),
        ),
    ),
    Question(
        "consent_publish", "choices", "tick", _("Publish my story, with what could identify me taken out"),
        _("Anyone can then read or copy it. You can take it down here at any time; we cannot take back copies."),
    ),
    Question(
        "consent_quote", "choices", "tick",
        _("Use short quotes from my published story in the campaign and with the press"),
    ),
    Question("consent_training", "choices", "tick", _("Use my published story to train police")),
    Question(
        "consent_count", "choices", "tick", _("Count my ticked answers in totals"),
        _("Once a total is out, we cannot take one answer back out of it."),
    ),
    Question(
        "consent_ask_again", "choices", "tick", _("Show me the final text first"),
        _(
            "You come back with your code to read it. "
            "If we do not hear from you by the date we give, we do not publish."
        ),
    ),
    Question(
        "outcome", "more", "one", _("What came of it?"), _("So readers can see how reports end."), OUTCOMES,
    ),
)  # fmt: skip
