"""The first look's six questions, and findings that block publication: danger, until two people have answered it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict

from django.utils.translation import gettext as _

from moderation.facts import TextFacts
from moderation.models import Agreement, WorkingCopy
from moderation.policies.access import REASONS, reason_if, why_not_allowed, why_not_free
from moderation.team.permissions import Person
from stories.core import tables
from stories.core.lifecycle import CORRECTED, OPEN_TO_WORK, PUT_FORWARD
from stories.intake import other_languages
from stories.models import Submission

LIFE, UNDER_18, CASE, ONLINE, GUILT, SELF_HARM = "life", "under-18", "case", "online", "guilt", "self-harm"
_GRAVEST_FIRST = (LIFE, SELF_HARM, UNDER_18, CASE, ONLINE, GUILT)


@dataclass(frozen=True)
class Risk:
    """One question, and its name where there is little room; risks.toml says what each field is."""

    slug: str
    name: str
    question: str
    what_to_do: str
    message: str
    websites: Sequence[str]
    bears: Sequence[str] = ()
    shows: Sequence[str] = ()
    offers: Sequence[tuple[str, str]] = ()
    writes_first: bool = False
    if_unsure: str = ""
    if_one_no: str = ""
    if_yes: str = ""


_WORDS = tables.read(__file__, "risks.toml")
BY_SLUG = {slug: Risk(slug, **words) for slug, words in _WORDS.items()}
RISKS = tuple(BY_SLUG.values())

ANSWERS = frozenset({"yes", "no", "not-sure"})
# The event of a first look.
FIRST_LOOK = "first look"
# A sentence of fewer words says nothing that a colleague could weigh.
FEWEST_WORDS = 4
# A yes or a doubt can be a slip, and it takes as many people to undo it as to publish a text.
_PEOPLE_TO_ANSWER = 2
# What a contributor ticks of a case that is active, as far as they know.
_THEY_SAY_ACTIVE = frozenset({"arrested", "charged", "court"})
# What a sealed note is about where it goes with a yes.
ABOUT = "danger"
# What a colleague's note is about that says so between first looks.
NOTED = "in-danger"
# Who isn't sure about these is heard as if they were: somebody looks at once.
URGENT_RISKS = (LIFE, UNDER_18)
ALARMS = ("yes", "not-sure")


class Look(TypedDict):
    """One first look, as it was sealed; an old one says less. `dangers`: how many texts spoke of danger by then."""

    by: int
    answers: Mapping[str, str]
    theirs: NotRequired[Mapping[str, object]]
    note: NotRequired[str]
    dangers: NotRequired[int]
    why_no_case: NotRequired[str]


@dataclass(frozen=True)
class Statement:
    """One reader's words about danger with their yes: the answer, and the sentence that goes with a no."""

    now: str = ""
    text: str = ""


@dataclass(frozen=True)
class SealedNo:
    """A no that went with a yes: whose, to which text, and after how many first looks and texts about danger."""

    by: int
    place: str
    digest: str
    looks: int
    dangers: int
    text: str = ""


@dataclass(frozen=True)
class DangerFacts:
    """First looks and noes as they were sealed, oldest first; and what the sealed label says the scanner said of all
    that they sent, and of how many of their texts (`dangers`).
    """

    looks: Sequence[Look] = ()
    noes: Sequence[SealedNo] = ()
    is_label_urgent: bool = False
    dangers: int = 0
    # A colleague wrote a note about danger: nobody says no to it without a sentence.
    is_noted: bool = False
    # The language of words that no scanner reads, empty where nobody named it; None where all of them are read.
    unread_in: str | None = None

    @property
    def wants_a_sentence(self) -> bool:
        return self.is_raised or self.is_noted

    @property
    def is_raised(self) -> bool:
        """True where the scanner, or anybody in a first look, ever said that there may be danger."""
        return self.is_label_urgent or self.looks_until_alarm > 0

    @property
    def looks_until_alarm(self) -> int:
        """The number of first looks when one last said yes or not sure; 0 where none did."""
        alarms = [number for number, look in enumerate(self.looks, start=1) if is_alarm(look["answers"])]
        return alarms[-1] if alarms else 0

    def is_about_now(self, no: SealedNo) -> bool:
        """True of a no that came after the last alarm, and about every text of theirs that speaks of danger."""
        return no.looks >= self.looks_until_alarm and no.dangers == self.dangers

    def who_said_no(self) -> frozenset[int]:
        """Everybody who said no since the last alarm, in a first look or with a yes."""
        later = self.looks[self.looks_until_alarm :]
        seen = (look for look in later if look.get("dangers", 0) == self.dangers)
        in_looks = {look["by"] for look in seen if all(look["answers"].get(slug) == "no" for slug in URGENT_RISKS)}
        return frozenset(in_looks | {no.by for no in self.noes if self.is_about_now(no)})


def is_alarm(answers: Mapping[str, str]) -> bool:
    return any(answers.get(slug) in ALARMS for slug in URGENT_RISKS)


def is_answered(facts: DangerFacts) -> bool:
    """True where nothing ever spoke of danger, or two people have said no to all of it.

    The Urgent list asks this of an account in every state, and keeps what isn't answered. A no is "no" to both danger
    now and under 18 in a first look, or the one that goes with a yes to the text; it counts if it came after the newest
    yes or not sure, and after their last text that the scanner marks (*past?* asks for nothing). A bare tick raises
    nothing here: `Submission.is_urgent` keeps it in the list until one moderator takes it out.
    """
    return not facts.is_raised or len(facts.who_said_no()) >= _PEOPLE_TO_ANSWER


def is_seen_to(facts: DangerFacts) -> bool:
    """True where two people took a first look after all of their texts that speak of danger, whatever they said: for
    what ends without a story that is the answer, since of a child there will never be two noes.
    """
    looked = {look["by"] for look in facts.looks if look.get("dangers", 0) == facts.dangers}
    return len(looked) >= _PEOPLE_TO_ANSWER


def why_not_calm(facts: DangerFacts) -> str | None:
    """Say why it can't leave the urgent lane; `facts` are its own."""
    return reason_if(not is_answered(facts), "one_no" if facts.who_said_no() else "no_noes")


def why_not_no_danger(said: Statement, facts: DangerFacts) -> str | None:
    """Say why a yes to a text can't go with this statement: every one carries a no, and some a sentence with it."""
    return (
        reason_if(said.now not in ANSWERS, "danger_unanswered")
        or reason_if(said.now != "no", "no_story_today")
        or reason_if(facts.wants_a_sentence and not is_sentence(said.text), "danger_unexplained")
    )


def first_no(facts: TextFacts, copy: WorkingCopy, danger: DangerFacts) -> SealedNo | None:
    """The first reader's no to danger with their yes to this version; None where they weren't asked yet."""
    yes = facts.first_yes(copy)
    if yes is None or not yes.no_danger:
        return None
    said = [no for no in danger.noes if no.digest == copy.digest and no.place == Agreement.Place.FIRST]
    return said[-1] if said else None


def why_not_first_no(first: SealedNo | None, facts: DangerFacts) -> str | None:
    """Say why the first reader's no can't have a second one after it; None where it stands."""
    if first is None:
        return REASONS["no_first_no"]
    return reason_if(not facts.is_about_now(first), "first_no_late")


def is_sentence(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS


@dataclass(frozen=True)
class RiskFacts:
    """The facts that rules about a first look judge; `deeds` are its first looks and releases in their order."""

    status: str
    answers: Mapping[str, object]
    danger: DangerFacts = field(default_factory=DangerFacts)
    deeds: Sequence[str] = ()


def why_not_reads(person: Person, facts: DangerFacts, reason: str = "unread_language") -> str | None:
    """Say that it is in a language which this person doesn't read; who reads any other one judges of an unnamed one."""
    code = facts.unread_in
    if code is None or (code in person.languages if code else person.languages):
        return None
    return REASONS[reason] % {"language": other_languages.OURS.get(code) or _("another language")}


def why_not_first_look(
    facts: TextFacts,
    answers: Mapping[str, str],
    *,
    theirs: Mapping[str, object],
    danger: DangerFacts,
    why_no_case: str = "",
) -> str | None:
    """Say why this person can't answer the first look so, in whatever state something of theirs can be read: danger can
    show at any time. `theirs` is what its contributor ticked.
    """
    is_open = any(answers.get(risk.slug) not in ANSWERS for risk in RISKS)
    says_no = any(answers.get(slug) == "no" for slug in URGENT_RISKS)
    return (
        why_not_look(facts)
        or reason_if(is_open, "first_look_incomplete")
        or (why_not_reads(facts.person, danger, "unread_no") if says_no else None)
        or _why_not_against(answers, theirs, why_no_case)
    )


def why_not_look(facts: TextFacts) -> str | None:
    """Say, before six answers are given, why this person can't take a first look: of the first one, that somebody else
    has the account in hand.
    """
    row = facts.submission
    is_gone = row.is_empty or row.status in (Submission.Status.DRAFT, Submission.Status.WITHDRAWN)
    is_first = not any(event.deed == FIRST_LOOK for event in facts.events)
    is_work = row.status in OPEN_TO_WORK and row.status not in PUT_FORWARD
    return (
        why_not_allowed("take a first look", facts)
        or reason_if(is_gone, "withdrawn_or_erased")
        or (why_not_free(facts) if is_first and is_work else None)
    )


def _why_not_against(answers: Mapping[str, str], theirs: Mapping[str, object], why_no_case: str) -> str | None:
    """Say that a no to the case is against what its contributor ticked, and says nothing of why."""
    is_against = answers.get(CASE) == "no" and says_case_is_active(theirs) and not is_sentence(why_no_case)
    return reason_if(is_against, "case_unexplained")


def says_case_is_active(theirs: Mapping[str, object]) -> bool:
    return theirs.get("case") in _THEY_SAY_ACTIVE


def bearing(answers: Mapping[str, object]) -> dict[str, object]:
    return {name: answers[name] for risk in RISKS for name in risk.bears if answers.get(name)}


def why_not_begun(facts: RiskFacts) -> str | None:
    """Say why nothing of it can be put forward, or agreed to."""
    looks = facts.danger.looks
    if facts.status in CORRECTED and not looks:
        # The account had its first look, and may be erased; the story is public, and can be taken down at once.
        return None
    if not looks:
        return REASONS["no_first_look"]
    in_danger = _why_not_undone(LIFE, looks) or _why_not_undone(UNDER_18, looks)
    if facts.status in CORRECTED:
        return in_danger
    newest = looks[-1]
    return (
        # Something came after the newest first look that it couldn't judge.
        reason_if(facts.deeds and facts.deeds[-1] == "release", "let_go_since")
        or reason_if(bearing(facts.answers) != newest.get("theirs", {}), "answer_changed_since")
        or reason_if(newest.get("dangers", 0) != facts.danger.dangers, "sent_since")
        or in_danger
        or _why_not_undone(CASE, looks, deeds=facts.deeds)
        or _why_not_against(newest["answers"], facts.answers, newest.get("why_no_case", ""))
    )


def _why_not_undone(slug: str, looks: Sequence[Look], *, deeds: Sequence[str] = ()) -> str | None:
    """Say that the newest answer to this question is not sure, or that a yes isn't undone by two people's noes."""
    risk, said_no = BY_SLUG[slug], _who_undid_it(slug, looks, deeds)
    if looks[-1]["answers"].get(slug) == "not-sure":
        return risk.if_unsure
    is_undone = said_no is None or len(said_no) >= _PEOPLE_TO_ANSWER
    return None if is_undone else risk.if_one_no if said_no else risk.if_yes


def lone_noes(looks: Sequence[Look], deeds: Iterable[str]) -> dict[str, int]:
    """The questions whose yes one person alone has answered no to since, each with that person's id."""
    deeds, found = list(deeds), {}
    for slug in (LIFE, UNDER_18, CASE):
        said_no = _who_undid_it(slug, looks, deeds if slug == CASE else ())
        if said_no and len(said_no) < _PEOPLE_TO_ANSWER:
            found[slug] = min(said_no)
    return found


def _who_undid_it(slug: str, looks: Sequence[Look], deeds: Sequence[str]) -> set[int] | None:
    """Everybody who said no since the newest yes, or doubt after it; None without a yes, or once two let it go."""
    said_no: set[int] | None = None
    for look in _looks_since_release(looks, deeds):
        answer = look["answers"].get(slug)
        if answer == "yes" or (answer == "not-sure" and said_no is not None):
            said_no = set()
        elif answer == "no" and said_no is not None:
            said_no.add(look["by"])
    return said_no


def _looks_since_release(looks: Sequence[Look], deeds: Sequence[str]) -> Sequence[Look]:
    """The first looks after two people last let it go; all, where they never did."""
    last = max((at for at, deed in enumerate(deeds) if deed == "release"), default=0)
    return looks[sum(deed != "release" for deed in deeds[:last]) :]


def gravest_first(flagged: Iterable[Risk], unsure: Iterable[Risk]) -> list[Risk]:
    """Sort the risks that a first look found as they are to be seen to, a yes before a doubt about the same."""
    return sorted((*flagged, *unsure), key=lambda risk: _GRAVEST_FIRST.index(risk.slug))
