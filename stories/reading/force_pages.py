"""What the pages of forces show: the forces by nation, what people told us of one, and what it was asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.core.named_lists import NamedForce, NamedLists
from stories.models import Story
from stories.reading import excerpts, responses
from stories.reading.excerpts import Opening
from stories.reading.facets import NATIONS
from stories.reading.filters import StoryFilter
from stories.reading.responses import PublicLetter


@dataclass(frozen=True)
class ForceGroup:
    name: str
    forces: list[NamedForce]


@dataclass(frozen=True)
class Asked:
    """What a force was asked by letter: how often, how often without an answer, and each letter."""

    letters: list[PublicLetter]

    @property
    def sentence(self) -> str:
        """How often, in words; nothing where it never was."""
        many = len(self.letters)
        if not many:
            return ""
        asked = ngettext("We have asked it once.", "We have asked it %(many)s times.", many) % {"many": many}
        return f"{asked} {self._waiting(many)}"

    def _waiting(self, many: int) -> str:
        silent = sum(not letter.is_answered for letter in self.letters)
        if silent == 0:
            return _("It answered.") if many == 1 else _("It answered each time.")
        if silent == many:
            return _("It has not answered, as far as we know.")
        said = ngettext("%(silent)s letter has no answer yet.", "%(silent)s letters have no answer yet.", silent)
        return said % {"silent": silent}


def forces_by_nation(names: NamedLists) -> list[ForceGroup]:
    """Every force once, in the order of its name within its nation: never by a number."""
    forces = sorted(names.forces.values(), key=lambda force: force.name)
    groups = [ForceGroup(_(nation), [force for force in forces if force.nation == nation]) for nation in NATIONS]
    wider = [force for force in forces if force.nation not in NATIONS]
    return [group for group in (*groups, ForceGroup(_("In more than one nation"), wider)) if group.forces]


def letters_asked(force: NamedForce) -> Asked:
    """What we asked it by letter, the newest month first, from the edition alone."""
    return Asked(responses.letters_to(force.id))


def force_summary(stories: Iterable[Story], names: NamedLists) -> list[Opening]:
    """The openings of stories that name the force of the page, which so needn't name it once more."""
    return [replace(each, facts=each.facts[1:]) for each in excerpts.make_openings(stories, names)]


def forces_around(force: NamedForce, names: NamedLists) -> str:
    """The address of the stories from its region, whatever force they name; none where there are none."""
    wanted = StoryFilter.of(names, region=slugify(force.region))
    return wanted.url() if wanted.count() else ""
