"""The parameters of a list of stories, as they are explained: from the same table that makes the filter."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stories.models.story import SLUG_LETTERS
from stories.public import paging
from stories.public.facets import FACETS
from stories.public.figures import in_words
from stories.public.filters import SEARCH
from stories.public.named_lists import NamedLists
from stories.public.search import terms
from stories.public.search.asking import MOST

PLACE = f"^[{SLUG_LETTERS}]{{{paging.LENGTH}}}$"


@dataclass(frozen=True)
class Parameter:
    """One of them; `options` are words by slug where it is chosen from a list, and then it may stand several times."""

    name: str
    about: str | Promise
    options: Mapping[str, str]
    pattern: str = ""
    longest: int = 0


_SEARCHED = _("Words to search for: “words in quotes” together, -word to leave out, evid* for the beginning of a word.")
_NEWEST = _("Of more than %(most)s matches only the newest are listed.")
_PLACES = (
    ("after", _("What is newer than this place. The links of an answer hold it; nobody can make one.")),
    ("before", _("What is older than this place. A CSV takes neither: it holds the whole list.")),
)
BOM = Parameter("bom", _("1 for a CSV that Excel opens with every letter right."), {"1": "1"})


def every(names: NamedLists) -> list[Parameter]:
    """Those of every file, in the order in which an address has them."""
    chosen = [Parameter(facet.name, facet.about, facet.options(names)) for facet in FACETS]
    searched = f"{_SEARCHED} {_NEWEST % {'most': in_words.whole(MOST)}}"
    return [
        *chosen,
        Parameter(SEARCH, searched, {}, longest=terms.LONGEST),
        *(Parameter(name, about, {}, pattern=PLACE) for name, about in _PLACES),
    ]
