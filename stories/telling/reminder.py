"""A day for the calendar of somebody's own phone: a dull title, and nothing that leads to us (RFC 5545)."""

import uuid
from datetime import date, timedelta

from django.utils.translation import gettext as _

# In bytes: a line of a calendar file is folded past this.
_LONGEST_LINE = 75
# From one day that is offered to the next.
_APART = timedelta(weeks=6)


def titles() -> dict[str, str]:
    """What the entry may be called, by slug: things that stand in anybody's calendar."""
    return {
        "call-back": _("Call back"),
        "parcel": _("Pick up parcel"),
        "library": _("Library books"),
        "bill": _("Check the bill"),
    }


def days(first: date, last: date) -> list[date]:
    """The days to choose from: the first on which something may have happened, every six weeks, and the last."""
    later = [first + timedelta(days=at) for at in range(0, max((last - first).days, 1), _APART.days)]
    return list(dict.fromkeys([*later, max(first, last)]))


def file(day: date, *, title: str) -> str:
    """Return a calendar with one whole day in it; a title that isn't on the list counts as the first."""
    named = titles()
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Calendar//EN",
        "BEGIN:VEVENT",
        f"UID:{uuid.uuid4()}",
        # The standard wants a moment; this one tells only which day the entry is for.
        f"DTSTAMP:{day:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{_escaped(named.get(title) or next(iter(named.values())))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Break before the character that would not fit; a letter of several bytes stays whole."""
    folded, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LONGEST_LINE:
            folded, size = f"{folded}\r\n ", 1
        folded, size = folded + letter, size + width
    return folded
