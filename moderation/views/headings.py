"""What Wagtail's header says of a page of ours: its name, its icon, and the way to it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from stories.models import Submission

Place = tuple[Any, Any]  # an address and its label
QUEUE: Place = (reverse_lazy("room_queue"), _("Queue"))


def heading(title: Any, icon: str, *, under: Iterable[Place] = ()) -> dict[str, Any]:
    """What a template's context says of the header; `under` are the pages between home and this one."""
    return {"header_title": title, "header_icon": icon, "breadcrumbs_items": crumbs(title, under=under)}


def crumbs(here: Any, *, under: Iterable[Place] = ()) -> list[dict[str, Any]]:
    """The way to a page, from home to itself."""
    way = [(reverse_lazy("wagtailadmin_home"), _("Home")), *under, ("", here)]
    return [{"url": address, "label": label} for address, label in way]


def account(submission: Submission) -> tuple[Place, Place]:
    """The pages over one that is about this submission: the queue, and its account."""
    return QUEUE, (reverse("room_read", args=[submission.pk]), submission.short_name)
