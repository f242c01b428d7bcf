"""What is known of danger in one account, opened once: its first looks, the noes said with yeses, and its sealed label.

Pure: facts in, facts out. The rules about them stand in `moderation.policies.danger`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moderation.risk.risks import LIFE, UNDER_18

# What a sealed note is about where it goes with a yes.
ABOUT = "danger"
# Who isn't sure about these is heard as if they were: somebody looks at once.
URGENT_RISKS = (LIFE, UNDER_18)
ALARMS = ("yes", "not-sure")


@dataclass(frozen=True)
class Statement:
    """What one reader said of danger with their yes: `now` is their answer, `text` the sentence that goes with a no."""

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
    """`looks` are the first looks as they were sealed, oldest first, and so are `noes`.

    `is_label_urgent` and `dangers` come from the sealed label: what the scanner said of all that they sent, and of
    how many of their texts.
    """

    looks: Sequence[Mapping[str, Any]] = ()
    noes: Sequence[SealedNo] = ()
    is_label_urgent: bool = False
    dangers: int = 0

    @property
    def is_raised(self) -> bool:
        """True where the scanner, or anybody in a first look, ever said that there may be danger."""
        return self.is_label_urgent or self.looks_until_alarm > 0

    @property
    def looks_until_alarm(self) -> int:
        """How many first looks there were when one last said yes or not sure; 0 where none did."""
        alarms = [number for number, look in enumerate(self.looks, start=1) if is_alarm(look["answers"])]
        return alarms[-1] if alarms else 0

    def is_about_now(self, no: SealedNo) -> bool:
        """True of a no that came after the last alarm, and about every text of theirs that speaks of danger."""
        return no.looks >= self.looks_until_alarm and no.dangers == self.dangers

    def who_said_no(self) -> frozenset[int]:
        """Everybody who said no since the last alarm, in a first look or with a yes."""
        later = self.looks[self.looks_until_alarm :]
        in_looks = {look["by"] for look in later if is_no(look["answers"]) and dangers_seen(look) == self.dangers}
        return frozenset(in_looks | {no.by for no in self.noes if self.is_about_now(no)})


def is_alarm(answers: Mapping[str, str]) -> bool:
    """True of a first look that says yes, or not sure, to danger now or to somebody under 18."""
    return any(answers.get(slug) in ALARMS for slug in URGENT_RISKS)


def is_no(answers: Mapping[str, str]) -> bool:
    """True of a first look that says no to both."""
    return all(answers.get(slug) == "no" for slug in URGENT_RISKS)


def dangers_seen(look: Mapping[str, Any]) -> int:
    """How many texts about danger there were when this first look was taken."""
    return int(look.get("dangers", 0))
