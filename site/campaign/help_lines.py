"""Opening hours and order of help lines: values in, answers out."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from stories.core import dates

# A help line as the site's furniture keeps it: see `HelpLine.for_furniture`, and `site_chrome` for what is added.
Line = dict[str, Any]
UK = ZoneInfo("Europe/London")
ALWAYS = "always"
EMERGENCY = "999"
# How many lines a page shows before it folds the others.
UNFOLDED = 4
# How the others are folded, and which regions each fold has.
UNDER_18, IN_BSL = "under-18", "bsl"
_FOLDS = {
    "uk": ("uk",),
    "england-wales": ("england-wales", "england", "wales"),
    "scotland": ("scotland",),
    "northern-ireland": ("northern-ireland",),
    "islands": ("jersey", "guernsey", "isle-of-man"),
}


def open_now(line: Line, at: datetime) -> bool:
    """True if the line says that it is open at the aware moment `at`.

    `line["opens"]` is "always" or a list of {"days": [0 = Monday …], "from": "10:00", "to": "16:00"}, in UK time; a
    line with an empty list is never called open, nor one with listed hours on a bank holiday.
    """
    if line["opens"] == ALWAYS:
        return True
    here = at.astimezone(UK)
    now, today, yesterday = here.time(), here.date(), here.date() - timedelta(days=1)
    # Hours that end on the next morning begin later than they end.
    is_open = any(begin <= now and (now < end or end <= begin) for begin, end in _spans(line, today))
    return is_open or any(end <= begin and now < end for begin, end in _spans(line, yesterday))


def chosen_help_lines(lines: Sequence[Line], *, may_be_child: bool | str = "") -> list[Line]:
    """Return the lines in the order of who needs them first.

    Those open now come first, and of them those where somebody answers a call or a text. A line that stays while it is
    closed is never folded away. Lines for under 18s come first where somebody may be a child, and last where it was
    said that nobody is, and `may_be_child` is empty where a page can't know; the emergency line stays before them.
    """
    is_known = may_be_child != ""
    found = sorted(
        lines,
        key=lambda line: (
            line["phone"] != EMERGENCY and is_known,
            is_known and (line["audience_code"] == UNDER_18) is not bool(may_be_child),
            not line["open_now"],
            not (line["phone"] or line["text_number"]),
        ),
    )
    staying = [line for line in found if line["stays_when_closed"] and not line["open_now"]]
    others = [line for line in found if line not in staying]
    before = max(0, UNFOLDED - len(staying))
    return [*others[:before], *staying, *others[before:]]


def help_lines_in_folds(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[str, list[Line]]]]:
    """Return the few lines that stand in the open, and all others as [(fold, lines)]: in BSL, under 18s, then by where.

    In the open are those that answer everybody, anywhere in the UK and at any hour, and those that stay while they
    are closed.
    """
    # An edition made before there were any says nothing of them.
    signed = [line for line in lines if line.get("answers_in_bsl")]
    lines = [line for line in lines if line not in signed]
    staying = [line for line in lines if line["stays_when_closed"]]
    for_all = [
        line for line in lines if (line["audience_code"], line["region"], line["opens"]) == ("all", "uk", ALWAYS)
    ]
    always = [line for line in for_all if (line["phone"] or line["text_number"]) and line not in staying]
    shown = [*always[: UNFOLDED - len(staying)], *staying]
    others = [line for line in lines if line not in shown]
    young = [line for line in others if line["audience_code"] == UNDER_18]
    others = [line for line in others if line not in young]
    rest = [(fold, [line for line in others if line["region"] in where]) for fold, where in _FOLDS.items()]
    return shown, [(fold, each) for fold, each in [(IN_BSL, signed), (UNDER_18, young), *rest] if each]


def welsh_first(lines: Sequence[Line]) -> list[Line]:
    """The lines with those that answer in Welsh before the others, and the emergency number before all."""
    return sorted(lines, key=lambda line: (line["phone"] != EMERGENCY, not line["answers_in_welsh"]))


def _spans(line: Line, day: date) -> list[tuple[time, time]]:
    """Its hours on that day: none on a bank holiday, when most lines keep other hours."""
    if dates.is_bank_holiday(day, region=line.get("region", "uk")):
        return []
    spans = (span for span in line["opens"] if day.weekday() in span["days"])
    return [(time.fromisoformat(span["from"]), time.fromisoformat(span["to"])) for span in spans]
