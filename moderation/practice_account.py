"""The three invented texts to practise on, and what there is to meet in each: no word of them is anybody's."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Detail:
    """Words of the account that a reader should find; each of `pieces` has to be gone, or the words themselves."""

    words: str
    why: Any
    pieces: tuple[str, ...] = ()

    @property
    def told_by(self) -> tuple[str, ...]:
        return self.pieces or (self.words,)


# The numbers are of those that Ofcom keeps free for drama; towns, people and papers are invented.
_TEXTS = json.loads(Path(__file__).with_name("practice_accounts.json").read_text())
ACCOUNT: dict[str, str] = _TEXTS["account"]
ANSWERS: dict[str, Any] = _TEXTS["answers"]
# One that speaks of danger now.
DANGER_ACCOUNT: dict[str, str] = _TEXTS["danger_account"]
DANGER_ANSWERS = ANSWERS | {"case": "no", "online": "yes", "year": "2026"}
# One for a second reading, and what its invented first reader would publish: names and places are gone, and three
# things are not.
SECOND_ACCOUNT: dict[str, str] = _TEXTS["second_account"]
FIRST_READERS_TEXT: str = _TEXTS["first_readers_text"]
DETAILS = (
    Detail(
        "14 March 2024",
        _("An exact day: with it, somebody at the station knows which report it is. The month or the year is enough."),
    ),
    Detail(
        "Callum Reddy",
        _("The name of somebody accused. It identifies the contributor too, and could defame."),
        ("Callum", "Reddy"),
    ),
    Detail("Netherbridge", _("A small town: together with anything else it is one person.")),
    Detail(
        "Hannah Oyelaran",
        _("An officer’s name. We write about what was done, not about who did it."),
        ("Hannah", "Oyelaran"),
    ),
    Detail("5527", _("A collar number is an officer’s name in four digits.")),
    Detail("07700 900418", _("A phone number rings in somebody’s pocket."), ("07700 900418", "07700900418")),
    Detail("CR/20871/24", _("A crime reference opens the whole case to whoever can look it up.")),
    Detail("Dobson’s bakery", _("A workplace, and the nights with it: colleagues know."), ("Dobson",)),
    Detail("Meg", _("The name of somebody in the family, who was not asked.")),
    Detail(
        "the only woman who referees there",
        _("No name in it at all, and yet it is one person. Words like “the only” are worth a second look."),
        ("the only woman who referees", "only woman who referees"),
    ),
)


@dataclass(frozen=True)
class Missed:
    """What the first reader missed: in which line of the anonymity check a second one says so ("" for danger)."""

    words: str
    why: Any
    line: str


MISSED = (
    Missed(
        "She said on Tuesday that she would rather be dead",
        _(
            "Danger now. The text leaves it out, and that doesn’t end it: whoever reads second answers for themselves, "
            "rings safeguarding, and nothing goes out."
        ),
        "",
    ),
    Missed("Shanice", _("A name that came back: it was taken out at the top and stayed at the end."), "names"),
    Missed(
        "the only mobile library in the valley",
        _("No name in it at all, and yet it is one person. Words like “the only” are worth a second look."),
        "facts",
    ),
)
