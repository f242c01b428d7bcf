"""The questions of the form, their answers and conditions, and what was answered in plain words.

The table itself is `questions.toml`, beside this file. Its words are in English: whoever shows them puts them
into a language, for this module knows no framework.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from stories.core import agreed_text, dates, tables
from stories.figures import table_spec


class Option(NamedTuple):
    """One answer: its slug, which is kept, and its words, which are shown."""

    slug: str
    words: str


@dataclass(frozen=True)
class AskedIf:
    """Another question, and the answers to it that make this one worth asking; an empty slug is no answer.

    With `is_not` they make it worth nothing. `plainly` says so in words where no script runs.
    """

    question: str
    slugs: tuple[str, ...]
    is_not: bool = False
    plainly: str = ""

    def fits(self, answer: object) -> bool:
        return bool(({*slugs_of(answer or "")} or {""}) & {*self.slugs}) is not self.is_not

    def __str__(self) -> str:
        """For scripts: `field=slug slug`, or `field!=slug slug`."""
        return f"{self.question}{'!' if self.is_not else ''}={' '.join(self.slugs)}"


class Instead(NamedTuple):
    """Other words for a question, for whoever answered another one so."""

    asked_if: AskedIf
    words: str
    why: str


@dataclass(frozen=True)
class Question:
    """One question: a row of the table, which says what each column is.

    `alone` are answers of several that go with no other, by slug, each with what we say where it came with one.
    """

    name: str
    section: str
    kind: str
    words: str
    why: str = ""
    options: tuple[Option, ...] = ()
    limit: int = 0
    needed: str = ""
    asked_if: AskedIf | None = None
    instead: Instead | None = None
    alone: Mapping[str, str] = field(default_factory=dict)
    counts: bool = False
    counted_as: str = ""
    with_asides: bool = True
    retired: tuple[Option, ...] = ()
    is_asked: bool = True

    def words_for(self, answers: Mapping[str, object]) -> str:
        if self.instead and self.instead.asked_if.fits(answers.get(self.instead.asked_if.question)):
            return self.instead.words
        return self.words


class Section(NamedTuple):
    """A part of the form: its anchor, its title, a sentence under the title, and whether to offer a way past it."""

    name: str
    title: str
    lead: str = ""
    can_skip: bool = False


def _options(words: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(slug, each) for slug, each in words.items())


_TABLE = tables.read(__file__, "questions.toml")
_FORCES = Path(__file__).resolve().parent.parent / "data" / "forces.json"
VERSION: str = _TABLE["version"]
ASIDES = _options(_TABLE["asides"])
OUTCOMES = _options(_TABLE["outcomes"])
# Slug, the words of `Force.region`, the nation.
PLACES = tuple((slug, region, nation) for slug, (region, nation) in _TABLE["places"].items())
_LISTS = {
    "forces": tuple(Option(force["id"], force["name"]) for force in json.loads(_FORCES.read_text(encoding="utf-8"))),
    "regions": tuple(Option(slug, region) for slug, region, _nation in PLACES),
    "outcomes": OUTCOMES,
}
_CONDITIONS = {name: AskedIf(**row | {"slugs": tuple(row["slugs"])}) for name, row in _TABLE["conditions"].items()}
# Answers that make an account hard to read, by question; and of each label that an account has, its question and the
# answers to that.
HARD: Mapping[str, list[str]] = _TABLE["hard"]
FLAGS: dict[str, tuple[str, list[object]]] = {flag: (name, means) for flag, (name, *means) in _TABLE["flags"].items()}
# Whoever never told the police is asked other things.
NEVER_TOLD = _CONDITIONS["never-told"]


def _question(row: dict[str, Any]) -> Question:
    """One row of the table; where it names a list, a condition or an aside, that one."""
    answers, named = row.pop("answers", {}), row.pop("list", None)
    row["options"] = _LISTS[named] if named else _options(answers)
    row["alone"] = {slug: _TABLE["alone"][slug] for slug in row.get("alone", ())}
    row["retired"] = _options(row.get("retired", {}))
    if "asked_if" in row:
        row["asked_if"] = _CONDITIONS[row["asked_if"]]
    if instead := row.get("instead"):
        row["instead"] = Instead(_CONDITIONS[instead["asked_if"]], instead["words"], instead["why"])
    return Question(**row)


SECTIONS = tuple(Section(**row) for row in _TABLE["sections"])
QUESTIONS = tuple(_question(row) for row in _TABLE["questions"])
ASIDE_SLUGS = frozenset(option.slug for option in ASIDES)
BY_NAME = {question.name: question for question in QUESTIONS}
ASKED = tuple(question for question in QUESTIONS if question.is_asked)
# The words of the account, sealed together; everything else is an answer.
TEXTS = tuple(question for question in QUESTIONS if question.kind == "text")
LONGEST_ACCOUNT = BY_NAME["account"].limit  # characters
CONSENTS = tuple(question.name for question in QUESTIONS if question.section == "choices")
# Of what is asked, the answers that totals are made of; nothing about where, when or who.
COUNTED = tuple(question.name for question in QUESTIONS if question.counts)
# The only two that are also counted across another.
COUNTED_TOGETHER = (("knew_law", "dignity"), ("outcome", "stopped_why"))

# How much about where each choice shows, from the least on.
WHERE = ("nothing", "nation", "region", "force")


def question_options(question: Question, *, this_year: int, chosen: object = ()) -> tuple[Option, ...]:
    """Every answer that can be chosen, the two asides last; one that we retired only to whoever had `chosen` it."""
    own = question.options
    if question.kind == "year":
        own = tuple(Option(str(year), str(year)) for year in dates.years_newest_first(this_year)) + own
    kept = tuple(option for option in question.retired if option.slug in slugs_of(chosen))
    has_asides = question.kind in ("one", "many", "list", "year") and question.with_asides
    return own + kept + (ASIDES if has_asides else ())


def slugs_of(answer: object) -> Collection[str]:
    return [str(slug) for slug in answer] if isinstance(answer, list | tuple) else [str(answer)]


def facets_of_answers(answers: Mapping[str, object]) -> dict[str, str]:
    """Return what a story can show of the answers, as its public fields hold it; empty where nothing was chosen."""
    given = {name: str(answers.get(name) or "") for name in ("place_shown", "force", "region", "year", "outcome")}
    shown = {name: "" if slug in ASIDE_SLUGS else slug for name, slug in given.items()}
    _slug, region, nation = next((row for row in PLACES if row[0] == shown["region"]), ("", "", ""))
    year = dates.year_in_a_row(shown["year"])
    # Of whoever says that the police were never told.
    themes = agreed_text.NEVER_REPORTED if NEVER_TOLD.fits(answers.get("reported")) else ""
    place = shown["place_shown"] or "nothing"
    return {**shown, "region": region, "nation": nation, "year": year, "themes": themes, "place_shown": place}


def may_be_child(answers: Mapping[str, object]) -> bool:
    """True unless the person it happened to was said to be 18 or over."""
    if answers.get("whose") in (None, "", "mine"):
        return answers.get("adult") != "yes"
    return answers.get("adult_other") != "yes"


def answers_at_odds(question: Question, slugs: Collection[str]) -> str:
    """Return our question about answers that do not go together; empty where they do."""
    others = len(set(slugs) - {"not-sure"}) > 1
    return next((says for slug, says in question.alone.items() if slug in slugs and others), "")


def how_much_of_where(place: object) -> int:
    """Return how much a choice of place shows, as its place in `WHERE`; no answer is the least of all."""
    return WHERE.index(place) if place in WHERE else 0


def furnish_figures() -> None:
    """Call it once, while the stories app gets ready."""
    counted = []
    for row in (BY_NAME[name] for name in COUNTED):
        # Every answer that a total can hold: what we asked once, and the two asides, stand last.
        options = (*row.options, *row.retired, *(ASIDES if row.with_asides else ()))
        answers = tuple((option.slug, option.words) for option in options)
        words = row.counted_as or row.words
        counted.append(table_spec.Question(row.name, words, answers, takes_many=row.kind == "many"))
    table_spec.set_questions(counted, COUNTED_TOGETHER)
