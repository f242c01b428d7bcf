"""Two forces side by side: what came of the reports in their stories, where both have enough; never a ranking."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from stories.public.figures import in_words, wilson
from stories.public.figures.told import told
from stories.public.named_lists import NamedForce, NamedLists
from stories.public.small_numbers import SMALLEST_SHOWN

# The fewest stories of each force that say anything beside another's.
FEWEST = 30


@dataclass(frozen=True)
class Side:
    """One outcome at one force: how many stories, and where their share may lie, in words and of the width.

    Of fewer than ten there is no share: it would tell how many they are.
    """

    stories: str
    url: str
    share: str = ""
    start: str = ""
    width: str = ""


def chosen(names: NamedLists, ids: list[str]) -> list[NamedForce]:
    """The first two different forces of an address, in the order of their names, whichever was named first."""
    found = [names.forces[each] for each in dict.fromkeys(ids) if each in names.forces][:2]
    return sorted(found, key=lambda force: force.name)


def why_not(names: NamedLists, forces: list[NamedForce]) -> str | None:
    """Say why these can’t be compared, or None."""
    if len(forces) < 2:
        return _("Choose two police forces.")
    few = [force.name for force in forces if not has_enough(names, force)]
    if not few:
        return None
    return _("There are fewer than %(number)d stories about: %(forces)s.") % {
        "number": FEWEST,
        "forces": ", ".join(few),
    }


def has_enough(names: NamedLists, force: NamedForce) -> bool:
    """True where its stories are enough to stand beside another's."""
    return told(names, "", force=force.id).stories >= FEWEST


def rows(names: NamedLists, forces: list[NamedForce]) -> list[dict[str, Any]]:
    """Each outcome in the order of the form, with a side for each force."""
    whole = [told(names, "", force=force.id).stories for force in forces]
    return [
        {"words": words, "sides": [_side(names, force.id, slug, of) for force, of in zip(forces, whole, strict=True)]}
        for slug, words in names.outcomes.items()
    ]


def stories(names: NamedLists, forces: list[NamedForce]) -> list[dict[str, str]]:
    """How many stories each has, with its list."""
    found = [(force, told(names, "", force=force.id)) for force in forces]
    return [{"name": force.name, "stories": in_words.told(each.stories), "url": each.url} for force, each in found]


def _side(names: NamedLists, force: str, outcome: str, of: int) -> Side:
    found = told(names, "", force=force, outcome=outcome)
    number = in_words.told(found.stories)
    if found.stories < SMALLEST_SHOWN:
        return Side(number, found.url)
    low, high = (100 * end for end in wilson.interval(found.stories, of))
    share = _("%(low)d to %(high)d%%") % {"low": round(low), "high": round(high)}
    return Side(number, found.url, share, f"{low:.1f}%", f"{high - low:.1f}%")
