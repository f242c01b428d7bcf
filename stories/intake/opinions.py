"""A contributor's opinion of a response to their story: kept so that only their code finds it, and counted.

A mark is named by a keyed hash of the response's name under the code's wrapping key, and holds the choice sealed under
another such hash. So a copy of the database joins no story to an opinion; docs/adr/0013 says what is left.
"""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from stories.crypto import receipts, sealing
from stories.crypto.sealing import Place
from stories.intake.coming_back import Opened, Settled
from stories.models import OpinionTally, Response, ResponseMark, Story
from stories.reading import responses
from stories.reading.responses import PublicResponse

CHOICES: Mapping[str, str | Promise] = {
    "helps": gettext_lazy("This helps"),
    "not-yet": gettext_lazy("Not yet"),
    "not-true": gettext_lazy("Not true"),
}
# Chosen by whoever takes back what they said.
NOTHING = ""
# A choice is filled up to the length of a key, so that a box doesn't tell which one it holds.
_LENGTH = 32
# What the two hashes are for.
_NAME, _BOX = b"opinion name", b"opinion box"


class Said(NamedTuple):
    """A response to their story, and what they said of it; `NOTHING` where they said nothing."""

    response: PublicResponse
    choice: str


def opinions_of(opened: Opened, code: str) -> list[Said]:
    """Return every response that is shown beside the story of this code, with what was said of each."""
    shown = _shown(opened)
    names = {each.slug: _derived(each.slug, code, label=_NAME) for each in shown}
    marks = {bytes(row.mark): row for row in ResponseMark.objects.filter(mark__in=names.values())}
    return [Said(each, _choice(marks.get(names[each.slug]), each.slug, code)) for each in shown]


@transaction.atomic
def say_opinion(opened: Opened, code: str, slug: str, choice: str) -> None:
    """Keep one choice of a response, in the place of the one before; `NOTHING` takes that back.

    Raises `Settled` where the response answers another story, or isn't shown any more.
    """
    if slug not in {each.slug for each in _shown(opened)} or choice not in (NOTHING, *CHOICES):
        raise Settled("opinion-gone")
    _change(slug, choice, code=code)


@transaction.atomic
def take_all_back(opened: Opened, code: str) -> None:
    """Take back whatever was said with this code, also of what isn't shown any more."""
    answering = Response.public.filter(stories__submission=opened.submission.pk)
    for slug in answering.values_list("slug", flat=True):
        _change(slug, NOTHING, code=code)


def _change(slug: str, choice: str, *, code: str) -> None:
    tally, _made = OpinionTally.objects.select_for_update().get_or_create(pk=1)
    name = _derived(slug, code, label=_NAME)
    mark = ResponseMark.objects.filter(mark=name).first()
    before = _choice(mark, slug, code)
    for said, by in ((before, -1), (choice, 1)):
        if said:
            column = said.replace("-", "_")
            setattr(tally, column, max(0, getattr(tally, column) + by))
    tally.save()
    if choice == NOTHING:
        ResponseMark.objects.filter(mark=name).delete()
    else:
        filled, under = choice.encode().ljust(_LENGTH, b"\0"), _derived(slug, code, label=_BOX)
        box = sealing.lock_key(filled, under=under, place=Place(slug, "opinion", 0))
        ResponseMark.objects.update_or_create(mark=name, defaults={"box": box})


def _shown(opened: Opened) -> list[PublicResponse]:
    story = Story.live.filter(submission=opened.submission.pk).only("slug", "force_id").first()
    return responses.responses_to_story(story.slug, story.force_id) if story and story.force_id else []


def _choice(mark: ResponseMark | None, slug: str, code: str) -> str:
    if mark is None:
        return NOTHING
    under = _derived(slug, code, label=_BOX)
    return sealing.unlock_key(bytes(mark.box), under=under, place=Place(slug, "opinion", 0)).rstrip(b"\0").decode()


def _derived(slug: str, code: str, *, label: bytes) -> bytes:
    wrapping = receipts.wrapping_key(code, pepper=settings.RECEIPT_PEPPER)
    return hashlib.blake2b(slug.encode(), digest_size=_LENGTH, key=wrapping, person=label).digest()
