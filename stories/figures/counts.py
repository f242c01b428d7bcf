"""Published counts of stories: how many are under each choice of the filter, and how a number reads."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _, gettext_lazy

from stories.core import dates, named_lists
from stories.core.named_lists import NamedLists
from stories.figures.disclosure_control import FEW, UNSHOWN, Cell
from stories.reading.facets import BY_NAME
from stories.reading.filters import StoryFilter


def caution_words() -> str:
    """The caution that every figure carries wherever it goes: page, spreadsheet, drawing."""
    return _("From people who chose to write, not a sample.")


def cell_words(shown: Cell) -> str:
    """A number that was rounded or hidden before it came here."""
    if isinstance(shown, str):
        return {FEW: _("fewer than 10"), UNSHOWN: _("not shown")}[shown]
    return whole_number(shown)


def percentage_words(percent: str) -> str:
    """The result of `disclosure_control.publishable_percentage` in words; empty for empty."""
    said = {"<": _("under %(number)s%%"), ">": _("over %(number)s%%")}.get(percent[:1], _("%(number)s%%"))
    return percent and said % {"number": percent.lstrip("<>")}


def whole_number(number: int) -> str:
    return number_format(number, force_grouping=True)


def quarter_months(name: str) -> str:
    year, number = name.split("-Q")
    months = (
        _("January to March %(year)d"),
        _("April to June %(year)d"),
        _("July to September %(year)d"),
        _("October to December %(year)d"),
    )
    return months[int(number) - 1] % {"year": int(year)}


@dataclass(frozen=True)
class StoryCount:
    """One choice in words, how many stories it has, which anybody can count, and the list of exactly those."""

    slug: str
    words: str
    stories: int
    url: str

    @property
    def value(self) -> str:
        return whole_number(self.stories)

    @property
    def caution(self) -> str:
        return caution_words()


def count_stories(names: NamedLists, words: str, **chosen: str) -> StoryCount:
    """The stories of one choice, or of one of each of several facets; of none at all, every story."""
    wanted = StoryFilter.of(names, **chosen)
    return StoryCount(next(iter(chosen.values()), ""), words, wanted.count(), wanted.url())


# How the figures of a facet are called: by machines, and by people.
_WORDING = {
    "nation": ("stories-in-%s", gettext_lazy("stories in %(words)s")),
    "region": ("stories-in-%s", gettext_lazy("stories in the %(words)s region")),
    "outcome": ("stories-with-%s", gettext_lazy("stories with the outcome “%(words)s”")),
    "theme": ("stories-about-%s", gettext_lazy("stories about “%(words)s”")),
    "year": ("stories-of-%s", gettext_lazy("stories about a report made in %(words)s")),
}


def figure_choices() -> list[tuple[str, str]]:
    """Every figure that a page can show, as (key, label), in the order that somebody would look for it."""
    return [(key, words) for key, (words, _chosen) in _figures(named_lists.get_named_lists()).items()]


def named_figure(key: str) -> StoryCount | None:
    """The figure of that name as it stands in this edition, without a query; None where no figure has that name."""
    names = named_lists.get_named_lists()
    words, chosen = _figures(names).get(key, ("", {}))
    return count_stories(names, words, **chosen) if words else None


def _figures(names: NamedLists) -> dict[str, tuple[str, dict[str, str]]]:
    """Each figure's words, and the choices of the filter that it counts, by its key."""
    found: dict[str, tuple[str, dict[str, str]]] = {"stories": (_("stories"), {})}
    earliest = _("stories about a report made before 2015")
    for facet, (key, wording) in _WORDING.items():
        for slug, words in BY_NAME[facet].options(names).items():
            said = earliest if slug == dates.BEFORE_FIRST_YEAR else str(wording) % {"words": words.strip("“”")}
            # Wales is a nation and a region, and one name is enough for both.
            found.setdefault(key % slug, (said, {facet: slug}))
    return found
