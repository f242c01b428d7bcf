"""The labels of a row in a few words each, made for a whole page at once: a template for each would cost more."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation.queue import lanes
from stories.core import lifecycle
from stories.danger import NOW
from stories.intake import questions
from stories.intake.labels import AGE_UNKNOWN, NO_STORY, Labels
from stories.models import Submission

# From here on a row says how long it still has.
_SOON = 21  # days
_KINDS = {option.slug: option.words for option in questions.BY_NAME["kinds"].options}
_FLAGS = {
    "case": gettext_lazy("a case is going on"),
    "online": gettext_lazy("images may be online"),
    "not-theirs": gettext_lazy("told for somebody else"),
    AGE_UNKNOWN: gettext_lazy("nobody said that they are 18"),
    "never-told": gettext_lazy("never told the police"),
    "sees-first": gettext_lazy("asked to see it first"),
    NO_STORY: gettext_lazy("no story wanted"),
}
_MISSING = {
    "first": gettext_lazy("nobody is left to read it first"),
    "second": gettext_lazy("nobody is left to read it second"),
}


class Tag(NamedTuple):
    """One label, and the class of its looks."""

    words: str
    looks: str = ""


def tags_of(row: Any, labels: Labels | None) -> list[Tag]:
    """Every label of a row that `row_marks.mark` marked; the sealed ones where they are open."""
    return [*sealed_tags(labels), *_sorted(row), *_written(row), *_standing(row), *_dated(row)]


def sealed_tags(labels: Labels | None) -> Iterator[Tag]:
    """What a list and a reading page say of an account before a word of it is read."""
    if labels is None:
        return
    yield from danger_tags(labels)
    for slug in labels.kinds:
        yield Tag(_(_KINDS.get(slug, slug)), "room-labels__kind")
    yield Tag(ngettext("%(count)d minute", "%(count)d minutes", labels.minutes) % {"count": labels.minutes})
    if labels.is_hard:
        yield Tag(_("hard to read"))
    for slug in labels.flags:
        yield Tag(str(_FLAGS.get(slug, slug)))


def danger_tags(labels: Labels) -> Iterator[Tag]:
    """What the scanner said of danger, as a question wherever it can't be sure."""
    now = "w-status--primary room-labels__urgent"
    if labels.danger.life:
        is_now = labels.danger.life == NOW
        yield Tag(_("life now") if is_now else _("life, past?"), now if is_now else "room-labels__soon")
    if labels.danger.child:
        yield Tag(_("child"), now)


def _sorted(row: Any) -> Iterator[Tag]:
    if language := dict(settings.LANGUAGES[1:]).get(row.language):
        yield Tag(language)
    if row.is_urgent:
        yield Tag(_("urgent"), "w-status--primary room-labels__urgent")
    if row.is_flood:
        yield Tag(_("flood"))


def _written(row: Any) -> Iterator[Tag]:
    looks = "w-status--primary room-labels__wrote"
    if row.wants_change:
        yield Tag(_("they want the text changed"), looks)
    elif row.wrote:
        yield Tag(_("they wrote"), looks)
    if row.said_yes and not row.wants_change:
        yield Tag(_("they said yes"), looks)
    if row.changed:
        yield Tag(_("they changed something"), looks)


def _standing(row: Any) -> Iterator[Tag]:
    """How far the work on it has come."""
    if row.status in lifecycle.PUT_FORWARD:
        yield Tag(_("second reading"), "w-status--primary")
        if row.waits_for_yes:
            yield Tag(_("waits for their yes"))
        if row.is_my_text:
            yield Tag(_("your text"))
    elif row.status not in lifecycle.UNDECIDED:
        yield Tag(row.get_status_display())
        if row.is_down:
            yield Tag(_("taken down"), "room-labels__soon")
    elif row.was_sent_back:
        yield Tag(_("sent back"))
    elif row.has_text:
        yield Tag(_("begun"))
    if second_yes := getattr(row, "second_yes", ""):
        yield Tag(second_yes, "w-status--primary room-labels__wrote")
    if row.missing:
        yield Tag(str(_MISSING[row.missing]), "room-labels__soon")


def _dated(row: Submission) -> Iterator[Tag]:
    if row.look_again_on:
        yield Tag(_("look again on %(day)s") % {"day": date_format(row.look_again_on, "j F")})
    days = lanes.days_left(row)
    if days < _SOON and not row.is_erased:
        says = ngettext("%(count)d day until it is erased", "%(count)d days until it is erased", days)
        yield Tag(says % {"count": days}, "room-labels__soon")
