"""Finding an account by what colleagues say of it: its six letters, its week, or, in an open vault, words about it.

No column in the clear is searched but the id and the week. Titles, forces and labels are opened in memory and dropped.
"""

import re
from contextlib import suppress
from datetime import date
from uuid import UUID

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from moderation import conflict_of_interest, reading
from moderation.queue import rows as queue_rows
from moderation.team.vault import OpenVault
from stories.core import lifecycle, named_lists
from stories.models import Story, Submission, lists

# So many rows are shown, and so many accounts opened: the newest, those of a flood last.
MOST_SHOWN, MOST_OPENED = 40, 500
_DAYS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d/%m %Y", "%Y-%m-%d")
_AROUND_A_DAY = re.compile(r"\b(?:the )?week (?:of|from) (?:the )?|(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_NAME = re.compile(r"[0-9a-f]{6}")


def week_named(words: str) -> date | None:
    """The Monday of a week named by a day of it, such as “11 November” or “week of 2/11/2026”; the last such day."""
    said, today = _AROUND_A_DAY.sub("", words).strip(), lifecycle.today()
    for year in ("", f" {today.year}", f" {today.year - 1}"):
        with suppress(ValidationError):
            day = forms.DateField(input_formats=_DAYS).clean(said + year)
            if day <= today:
                return lifecycle.monday(day)
    return None


def accounts_named(words: str, user: User) -> QuerySet[Submission]:
    """The accounts whose six letters or whose week these words are; none of what this person skipped."""
    is_named, name, week = Q(pk=None), re.sub(r"[\s-]", "", words.casefold()), week_named(words)
    if _NAME.fullmatch(name):
        is_named = Q(pk__range=(UUID(name + "0" * 26), UUID(name + "f" * 26)))
    if week:
        is_named |= Q(week=week)
    found = _seen_by(user).filter(is_named).exclude(status=Submission.Status.DRAFT)
    return found.select_related(*queue_rows.lanes.IN_A_ROW).order_by("week", "id")


def accounts_about(words: str, user: User, vault: OpenVault) -> list[Submission]:
    """The accounts with these words in a text's title, in a force's name or in a label; nothing of them is kept."""
    # What has been erased has no key to be opened by.
    here = _seen_by(user).filter(queue_epoch__isnull=False).select_related(*queue_rows.lanes.IN_A_ROW)
    rows = list(here.order_by("is_flood", "-week", "id")[:MOST_OPENED])
    labels, facets = reading.open_labels(rows, vault), reading.open_facets(rows, vault)
    forces = {slug: force.name for slug, force in named_lists.get_named_lists().forces.items()}
    said = {row.pk: [tag.words for tag in queue_rows.sealed_tags(labels.get(row.pk))] for row in rows}
    for pk, (title, *named) in facets.items():
        said[pk] += [title, *(forces.get(force, "") for force in named)]
    return [row for row in rows if words.casefold() in "\n".join(said[row.pk]).casefold()]


def stories_about(words: str, user: User) -> QuerySet[Story]:
    """The public stories with these words in their title or their force's name, or with this address."""
    is_about = Q(title__icontains=words) | Q(force__name__icontains=words) | Q(slug=words.casefold())
    return Story.live.filter(is_about, submission__in=_seen_by(user)).select_related("force").order_by("-sequence")


def _seen_by(user: User) -> QuerySet[Submission]:
    return Submission.objects.filter(lists.REAL, conflict_of_interest.not_skipped_by(user))
