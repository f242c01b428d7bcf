"""The offences that are shown as the edition carries them, for `stories.public.offences` to read."""

from typing import Any

from campaign.models.offences import Offence
from stories.public.offences import PublicOffence

_AS_DATES = ("since", "until", "last_checked")
_AS_THEY_ARE = tuple(name for name in PublicOffence.__dataclass_fields__ if name not in _AS_DATES)


def make() -> list[dict[str, Any]]:
    """Every offence that is shown, as JSON: a draft never leaves the admin."""
    return [_row(offence) for offence in Offence.objects.filter(stands=Offence.Stands.SHOWN)]


def _row(offence: Offence) -> dict[str, Any]:
    days = {name: day.isoformat() if (day := getattr(offence, name)) else None for name in _AS_DATES}
    return {name: getattr(offence, name) for name in _AS_THEY_ARE} | days
