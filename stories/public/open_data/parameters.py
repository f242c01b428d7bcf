"""The parameters of a list of stories, as they are explained: from the same table that makes the filter."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stories.public.facets import FACETS
from stories.public.filters import LONGEST_SEARCH, SEARCH
from stories.public.named_lists import NamedLists

PLACE = r"^[0-9a-z]{1,12}$"


@dataclass(frozen=True)
class Parameter:
    """One of them; `options` are words by slug where it is chosen from a list, and then it may stand several times."""

    name: str
    about: str | Promise
    options: Mapping[str, str]
    pattern: str = ""
    longest: int = 0


_OTHERS = (
    (SEARCH, _("Words to search for: “words in quotes” together, -word to leave out, the beginning of a word.")),
    ("after", _("What is newer than this place. The links of an answer hold it; nobody has to work it out.")),
    ("before", _("What is older than this place.")),
)
BOM = Parameter("bom", _("1 for a CSV that Excel opens with every letter right."), {"1": "1"})


def every(names: NamedLists) -> list[Parameter]:
    """Those of every file, in the order in which an address has them."""
    chosen = [Parameter(facet.name, facet.about, facet.options(names)) for facet in FACETS]
    searched, *places = _OTHERS
    return [
        *chosen,
        Parameter(*searched, {}, longest=LONGEST_SEARCH),
        *(Parameter(name, about, {}, pattern=PLACE) for name, about in places),
    ]
