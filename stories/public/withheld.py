"""What the address of a withheld story says: that it is withheld, and of a force's objection at whose wish and why."""

from typing import Any

from django.conf import settings
from django.utils.formats import date_format

from stories.models import Story, TakeDownRequest
from stories.public import named_lists


def context(story: Story) -> dict[str, Any]:
    """What `withheld.html` reads: nothing of the story, and of a request that nobody signed nothing at all.

    The force is named only where the story named that same force: an objection to one that showed its region alone
    would say after all which force it was.
    """
    found = TakeDownRequest.objects.using(settings.PUBLIC_READS).filter(story=story.pk, is_upheld=True).first()
    if found is None:
        return {"is_objection": False}
    is_named = found.force_id == story.force_id
    force = named_lists.read().forces.get(found.force_id) if found.force_id and is_named else None
    return {
        "is_objection": True,
        "force": force,
        "is_of_law": found.ground == TakeDownRequest.Ground.FORCE_LAW,
        "month": date_format(found.settled_on, "F Y") if found.settled_on else "",
    }
