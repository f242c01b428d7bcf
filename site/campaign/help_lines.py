"""Whether a help line is open at a moment: values in, a yes or no out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from stories.core import dates

UK = ZoneInfo("Europe/London")
ALWAYS = "always"
EMERGENCY = "999"
# How many lines a page shows before it folds the others.
UNFOLDED = 4
_COVERED = {"england-wales": ("england", "wales")}
# How the others are folded, and which regions each fold has.
UNDER_18 = "under-18"
_FOLDS = {
    "uk": ("uk",),
    "england-wales": ("england-wales", "england", "wales"),
    "scotland": ("scotland",),
    "northern-ireland": ("northern-ireland",),
    "islands": ("jersey", "guernsey", "isle-of-man"),
}


def open_now(line: Mapping[str, Any], at: datetime) -> bool:
    """True if the line says that it is open at the aware moment `at`.

    `line["opens"]` is "always" or a list of {"days": [0 = Monday …], "from": "10:00", "to": "16:00"}, in UK time; a
    line with an empty list is never called open, nor one with listed hours on a bank holiday.
    """
    opens = line["opens"]
    if opens == ALWAYS:
        return True
    here = at.astimezone(UK)
    region = line.get("region", "uk")
    return _in_hours(opens, here.date(), here.time(), region) or _in_hours_since_yesterday(opens, here, region)


def chosen_help_lines(
    lines: Sequence[dict[str, Any]], *, audience: str, region: str, may_be_child: bool | None = None
) -> list[dict[str, Any]]:
    """Return the lines for an audience and a region; "all" and "uk" leave none out.

    A line for everybody, or for the whole UK, is for each of them. Those open now come first, and of
    them those where somebody answers a call or a text. A line that stays while it is closed is never folded away.
    Lines for under 18s come first where somebody may be a child, and last where it was said that nobody is; the
    emergency line stays before them.
    """
    found = [
        line
        for line in lines
        if audience in ("all", line["audience_code"]) or line["audience_code"] == "all"
        if region == "uk" or region in _COVERED.get(line["region"], (line["region"],)) or line["region"] == "uk"
    ]
    found.sort(
        key=lambda line: (
            line["phone"] != "999" and may_be_child is not None,
            may_be_child is not None and (line["audience_code"] == UNDER_18) is not may_be_child,
            not line["open_now"],
            not (line["phone"] or line["text_number"]),
        )
    )
    staying = [line for line in found if line["stays_when_closed"] and not line["open_now"]]
    others = [line for line in found if line not in staying]
    before = max(0, UNFOLDED - len(staying))
    return [*others[:before], *staying, *others[before:]]


def help_lines_in_folds(
    lines: Sequence[dict[str, object]],
) -> tuple[list[dict[str, object]], list[tuple[str, list[dict[str, object]]]]]:
    """Return the few lines that stand in the open, and all others as [(fold, lines)]: under 18s, then by where.

    In the open are those that answer everybody, anywhere in the UK and at any hour, and those that stay while they
    are closed.
    """
    staying = [line for line in lines if line["stays_when_closed"]]
    always = [line for line in lines if _answers_everybody(line) and line not in staying]
    shown = [*always[: UNFOLDED - len(staying)], *staying]
    others = [line for line in lines if line not in shown]
    young = [line for line in others if line["audience_code"] == UNDER_18]
    folds = [(UNDER_18, young)]
    for fold, regions in _FOLDS.items():
        folds.append((fold, [line for line in others if line["region"] in regions and line not in young]))
    return shown, [(fold, each) for fold, each in folds if each]


def _answers_everybody(line: Mapping[str, object]) -> bool:
    is_for_everybody = line["audience_code"] == "all" and line["region"] == "uk"
    return is_for_everybody and line["opens"] == ALWAYS and bool(line["phone"] or line["text_number"])


def welsh_first(lines: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """The lines with those that answer in Welsh before the others, and the emergency number before all."""
    return sorted(lines, key=lambda line: (line["phone"] != EMERGENCY, not line["answers_in_welsh"]))


def _in_hours(opens: Sequence[Mapping[str, Any]], day: date, now: time, region: str) -> bool:
    return any(_begin(span) <= now and (now < _end(span) or _overnight(span)) for span in _spans(opens, day, region))


def _in_hours_since_yesterday(opens: Sequence[Mapping[str, Any]], here: datetime, region: str) -> bool:
    yesterday = here.date() - timedelta(days=1)
    return any(_overnight(span) and here.time() < _end(span) for span in _spans(opens, yesterday, region))


def _spans(opens: Sequence[Mapping[str, Any]], day: date, region: str) -> list[Mapping[str, Any]]:
    """The opening times of that day: none on a bank holiday, when most lines keep other hours."""
    if dates.is_bank_holiday(day, region=region):
        return []
    return [span for span in opens if day.weekday() in span["days"]]


def _overnight(span: Mapping[str, object]) -> bool:
    return _end(span) <= _begin(span)


def _begin(span: Mapping[str, Any]) -> time:
    return time.fromisoformat(span["from"])


def _end(span: Mapping[str, Any]) -> time:
    return time.fromisoformat(span["to"])
