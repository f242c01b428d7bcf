"""Which letters an answer speaks to: from the day it is entered none of them says that the force is silent."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from moderation.models import ResponseEntry
from stories.models import Letter, Response
from stories.public import edition


def end(entry: ResponseEntry, fields: Mapping[str, str]) -> None:
    """Have every letter that this version speaks to be answered, and no other by an earlier version that waited."""
    spoken = _spoken_to(entry, fields)
    # One that was answered before stays so, whatever becomes of this.
    ended = set(spoken.filter(Q(is_answered=False) | Q(pk__in=_held(ResponseEntry.objects.all()))))
    _begin_again(entry, but=ended)
    entry.speaks_to.add(*ended)
    _say(Letter.objects.filter(pk__in=[letter.pk for letter in ended], is_answered=False), is_answered=True)


def begin_again(entry: ResponseEntry) -> None:
    """Have its letters wait again, as if nobody had entered it."""
    _begin_again(entry, but=set())


def has_ended(entry: ResponseEntry) -> None:
    """Have its letters stay answered, though the entry goes; call it before."""
    ResponseEntry.speaks_to.through.objects.filter(letter__in=entry.speaks_to.all()).delete()


def has_been_answered(entry: ResponseEntry, response: Response) -> None:
    """Have the letters that a response answered stay so, though it goes and what corrects it is dropped later."""
    entry.speaks_to.remove(*Letter.objects.filter(answer=response))


def _begin_again(entry: ResponseEntry, *, but: set[Letter]) -> None:
    letters = [letter for letter in entry.speaks_to.all() if letter not in but]
    entry.speaks_to.remove(*letters)
    others = _held(ResponseEntry.objects.exclude(pk=entry.pk))
    waiting = Letter.objects.filter(pk__in=[letter.pk for letter in letters], answer=None)
    _say(waiting.exclude(pk__in=others), is_answered=False)


def _say(letters: QuerySet[Letter], *, is_answered: bool) -> None:
    """The public reads it at once."""
    if letters.update(is_answered=is_answered):
        edition.bump()


def _spoken_to(entry: ResponseEntry, fields: Mapping[str, str]) -> QuerySet[Letter]:
    """The letter that it was entered to, and each to the same force before it about one of the same stories or the ask.

    An answer whose month nobody knows may have come before a letter; but it speaks of the same, so nobody is silent.
    """
    same = Q(stories__slug__in=fields["stories"].split())
    if fields["ask"]:
        same |= Q(ask=fields["ask"])
    before = Q(month__lte=fields["month"]) if fields["month"] else Q()
    spoken = Letter.objects.filter(Q(pk=entry.letter_id) | (Q(force=entry.force_id) & before & same))
    return Letter.objects.filter(pk__in=spoken.values("pk"))


def _held(rows: QuerySet[ResponseEntry]) -> QuerySet[Any, Any]:
    """The letters that these entries speak to, by id."""
    return rows.filter(speaks_to__isnull=False).values("speaks_to")
