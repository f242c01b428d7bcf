"""The law in the year somebody first told the police, in one careful sentence.

Dates: Criminal Justice and Courts Act 2015 s.33 (13 April 2015), Domestic Abuse Act 2021 s.69
(29 June 2021), Online Safety Act 2023 s.188 (31 January 2024). Where a nation or a year is
unsure, it says less: `/the-law/` says more. A report can be about something older, so each
sentence speaks of the year and never of the case.
"""

from django.utils.translation import gettext as _

_ENGLAND_AND_WALES = ("England", "Wales")


def sentence(year: int | None, nation: str) -> str:
    """Say what the law was in `year` in `nation`, as the columns of a story hold them."""
    if nation == "Scotland":
        return _("Scotland has its own law on sharing intimate images, with its own dates.")
    if nation == "Northern Ireland":
        return _("Northern Ireland has its own law on sharing intimate images, with its own dates.")
    if nation not in _ENGLAND_AND_WALES or year is None:
        return _("Which law applied depends on where it happened and when.")
    return _in_england_and_wales(year)


def _in_england_and_wales(year: int) -> str:
    if year < 2015:
        return _("In England and Wales there was no offence of that name yet. Other laws could apply.")
    if year == 2015:
        return _(
            "From 13 April 2015, sharing private sexual images without consent, to cause distress,"
            " was an offence in England and Wales."
        )
    if year < 2021:
        return _(
            "Sharing private sexual images without consent, to cause distress, was an offence in England and Wales."
        )
    if year == 2021:
        return _(
            "Sharing private sexual images without consent, to cause distress, was an offence in England and Wales."
            " From 29 June, so was threatening to."
        )
    if year < 2024:
        return _(
            "Sharing private sexual images without consent, to cause distress, or threatening to,"
            " was an offence in England and Wales."
        )
    if year == 2024:
        return _(
            "Sharing intimate images without consent, or threatening to, could be an offence in England and Wales."
            " From 31 January 2024 new, wider offences applied."
        )
    return _(
        "Sharing intimate images without consent, or threatening to, could be an offence in England and Wales,"
        " under the new offences in force since 31 January 2024."
    )
