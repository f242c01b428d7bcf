"""How what is given away may be used: facts and figures under an open licence, the words of stories under our own."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from stories.public.figures import in_words
from stories.public.open_data import links


@dataclass(frozen=True)
class Licence:
    """`name` is the short one that machines know; empty where there is none."""

    name: str
    title: str
    url: str


# Why this one, and not the Open Government Licence: docs/adr/0011-what-can-be-taken-away.md.
FACTS = Licence(
    "CC-BY-4.0", "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"
)


def words() -> Licence:
    """The terms for a story's own words."""
    return Licence("", _("The words of stories: quote with the link, where the contributor agreed"), links.terms())


def in_a_row() -> str:
    """All of it that the row of one story can carry."""
    said = _("Quote its words only where the story’s page says that you may, and with the link: %(url)s") % {
        "url": links.terms()
    }
    return f"{in_words.caution()} {said}"


def in_a_record() -> str:
    """The same for the row of a response, a letter, an ask or an offence, none of which is about one person."""
    return attribution(_("answers, asks and the law"))


def of_a_figure() -> str:
    """The same for the row of one number."""
    return f"{in_words.caution()} {attribution(_('figures'))}"


def attribution(what: str) -> str:
    """How to name the source of `what`, such as the figures of a quarter."""
    return f"Heard, {what}, {settings.BASE_URL}{links.PAGE}, CC BY 4.0"
