"""The three invented texts to practise on, and what there is to meet in each: no word of them is anybody's."""

from dataclasses import dataclass
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


# The number is one of those that Ofcom keeps free for drama; town, people and papers are invented.
ACCOUNT = {
    "account": (
        "On 14 March 2024 I told the police that my ex, Callum Reddy, had put pictures of me online. I live in "
        "Netherbridge, where everybody knows everybody, so it took me a while to go.\n\n"
        "PC Hannah Oyelaran came to see me. Her collar number is 5527; I wrote it down because she was kind. She took "
        "my number, 07700 900418, and said that somebody would ring within a week. The crime reference is "
        "CR/20871/24.\n\n"
        "Nobody rang. I work nights at Dobson’s bakery, so I slept by day with the phone in my hand. After a month I "
        "rang 101, and a man said that the officer was on leave. My sister Meg rang as well, and got no further.\n\n"
        "In June a letter came: closed, because they could not prove that it was him. By then he had told half of the "
        "football club. They knew at once who was meant: I am the only woman who referees there."
    ),
    "differently": "Ring when you said that you would, even with no news.",
    "well": "The first officer believed me.",
}
ANSWERS: dict[str, Any] = {
    "adult": "yes",
    "whose": "mine",
    "place_shown": "nothing",
    "year": "2024",
    "outcome": "closed",
    "case": "over",
    "online": "no",
    "consent_publish": True,
    "consent_quote": False,
    "consent_count": False,
    "consent_training": False,
    "consent_ask_again": False,
}
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


# --- One that speaks of danger now ----------------------------------------------------------

DANGER_ACCOUNT = {
    "account": (
        "I went to the front desk at the start of the month because he keeps sending the pictures to my work. They "
        "said it is a civil matter and that I should block him.\n\n"
        "He was outside again last night, in the car, with the lights off. I counted: four times since Sunday. He "
        "wrote that he will come in the next time.\n\n"
        "I don’t see a way out of it any more. I have the tablets here, I counted them as well. I have written a "
        "letter for my mum. I just wanted somebody to know what it was like before I go to bed tonight."
    ),
    "differently": "",
    "well": "",
}
DANGER_ANSWERS = ANSWERS | {"case": "no", "online": "yes", "year": "2026"}


# --- One for a second reading, whose first reader missed something ---------------------------

SECOND_ACCOUNT = {
    "account": (
        "My daughter Shanice told me in May that a boy from her course had filmed her. She is grown up, she is "
        "twenty-three, and she asked me to write this down for her.\n\n"
        "The officer at Netherbridge was kind, and then he went off sick, and nobody took it over. We rang eleven "
        "times. I drive the only mobile library in the valley, so I rang from the lay-by at the top, where there is "
        "a signal.\n\n"
        "In October they sent her phone back in the wrong envelope. She doesn’t sleep. She said on Tuesday that she "
        "would rather be dead, and she has not answered since this morning. I don’t know what to do."
    ),
    "differently": "Tell us who has it now.",
    "well": "",
}
# What the invented first reader would publish: names and places are gone, and three things are not.
FIRST_READERS_TEXT = (
    "My daughter told me that somebody from her course had filmed her. She is grown up, and she asked me to write this "
    "down for her.\n\n"
    "The officer was kind, and then he went off sick, and nobody took it over. We rang eleven times. I drive the only "
    "mobile library in the valley, so I rang from the lay-by at the top, where there is a signal.\n\n"
    "In October they sent Shanice’s phone back in the wrong envelope."
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
