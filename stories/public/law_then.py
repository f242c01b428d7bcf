"""The law in the year somebody first told the police, in one careful sentence.

Dates: Criminal Justice and Courts Act 2015 s.33 (13 April 2015), Domestic Abuse Act 2021 s.69
(29 June 2021), Online Safety Act 2023 s.188 (31 January 2024); Abusive Behaviour and Sexual Harm
(Scotland) Act 2016 s.2 (3 July 2017); Justice Act (Northern Ireland) 2016 s.51 (in 2016). Where a
nation or a year is unsure, it says less: `/the-law/` says more. A report can be about something
older, so each sentence speaks of the year and never of the case.
"""

from django.utils.translation import gettext as _


def sentence(year: int | None, nation: str) -> str:
    """Say what the law was in `year` in `nation`, as the columns of a story hold them."""
    said = _BY_NATION.get(nation)
    if said is None or year is None:
        return _("Which law applied depends on where it happened and when.")
    return said(year)


def _in_england_and_wales(year: int) -> str:
    if year < 2015:
        return _("England and Wales had no offence of sharing private sexual images yet. Other laws could apply.")
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
        " under the wider offences in force since 31 January 2024."
    )


def _in_scotland(year: int) -> str:
    if year < 2017:
        return _("Scotland had no offence of sharing intimate images yet. Other laws could apply.")
    if year == 2017:
        return _(
            "From 3 July 2017, sharing intimate images without consent, or threatening to, could be an offence in"
            " Scotland."
        )
    return _("Sharing intimate images without consent, or threatening to, could be an offence in Scotland.")


def _in_northern_ireland(year: int) -> str:
    if year < 2016:
        return _("Northern Ireland had no offence of sharing private sexual images yet. Other laws could apply.")
    if year == 2016:
        return _(
            "In 2016 sharing private sexual images without consent, to cause distress, became an offence in"
            " Northern Ireland."
        )
    return _("Sharing private sexual images without consent, to cause distress, was an offence in Northern Ireland.")


_BY_NATION = {
    "England": _in_england_and_wales,
    "Wales": _in_england_and_wales,
    "Scotland": _in_scotland,
    "Northern Ireland": _in_northern_ireland,
}
