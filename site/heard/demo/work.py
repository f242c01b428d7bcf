"""The demo's figures about our own work: one invented quarter, rounded and hidden as a real one is."""

from stories import lifecycle
from stories.models import ReleasedFigures
from stories.public import small_numbers, transparency
from stories.quarter import Quarter

# How many accounts came to each end, and what else happened; what isn't named is none.
_DECIDED = {"agreed": 61, "counted": 14, "not-ours": 12, "no-yes": 11, "no-account": 23, "withdrawn": 16}
_BESIDE = {"published": 54, "changed": 18, "take-downs": 4}


def release() -> None:
    """Release the last quarter that is over."""
    quarter = str(Quarter.of(lifecycle.today()).later(-1))
    figures = {
        "received": small_numbers.count(sum(_DECIDED.values()) + 9),
        "decided": transparency.row(_DECIDED),
        "beside": transparency.beside(_BESIDE),
        "weeks": 3,
        "alike": small_numbers.capped(88),
    }
    ReleasedFigures.objects.create(quarter=quarter, figures=figures)
