"""The base of tables whose words go public: nothing in them leads straight to somebody by mistake."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy

from stories.core import publication_gate, rendering
from stories.core.publication_gate import SAYS
from stories.core.scanner import CannotLook
from stories.pii.replacements import Wording

# What was found in which texts and addresses, for as long as they are remembered.
_Read = tuple[tuple[str, ...], tuple[str, ...]]
_found: ContextVar[dict[_Read, list[Wording]] | None] = ContextVar("found", default=None)


@contextmanager
def looking_once() -> Iterator[None]:
    """Look at the same words once until the end: a page on its way to the public is asked about three times."""
    if _found.get() is not None:
        yield
        return
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


class Outward(models.Model):
    """A row with words for everybody. Every field that somebody writes in counts, a new one too."""

    # Fields that aren't looked at, such as the phone number of a help line.
    may_hold: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def held_back(self) -> list[Wording]:
        """Return what in its words and its address could lead straight to somebody; raises `CannotLook`."""
        read, remembered = (tuple(self._texts()), tuple(self._addresses())), _found.get()
        known = {} if remembered is None else remembered
        if read not in known:
            both = (*publication_gate.held_back(read[0]), *publication_gate.held_back_in_addresses(read[1]))
            known[read] = list({each.key: each for each in both}.values())
        return known[read]

    def why_not_public(self) -> str | None:
        try:
            return self._why_not_with(self.held_back())
        except CannotLook:
            return publication_gate.why_not_looked()

    def _why_not_with(self, found: list[Wording]) -> str | None:
        return SAYS["take_it_out"] % {"kinds": publication_gate.kinds_in_words(found)} if found else None

    def _texts(self) -> Iterator[str]:
        for field in self._looked_at():
            if not isinstance(field, models.SlugField):
                yield from rendering.words_within(field.value_from_object(self))

    def _addresses(self) -> Iterator[str]:
        """The parts of addresses at which it is found: they are shared further than its words."""
        for field in self._looked_at():
            if isinstance(field, models.SlugField):
                yield field.value_from_object(self)

    def _looked_at(self) -> list[models.Field]:
        written = (field for field in self._meta.concrete_fields if is_written(field))
        return [field for field in written if field.name not in self.may_hold]


class OutwardWhenKept(Outward):
    """Words that are public as soon as they are kept: no form takes them until they are fit for it."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if reason := self.why_not_public():
            raise ValidationError(reason)


class OutwardWithReason(Outward):
    """Words that may hold such a number where somebody wrote whose it is and why it stands there."""

    why_it_stays = models.TextField(
        gettext_lazy("why it stays"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy(
            "Only where a phone number, an address or the like has to stand here: say whose it is, and why. "
            "Readers don’t see this; whoever reads it after you does."
        ),
    )
    # What the reason was written for, by key, when these words last went public: one that came in since needs its own.
    reason_covers = models.JSONField(null=True, editable=False)

    may_hold: ClassVar[tuple[str, ...]] = ("why_it_stays",)

    class Meta:
        abstract = True

    def _why_not_with(self, found: list[Wording]) -> str | None:
        reason = self.why_it_stays.strip()
        if found and not publication_gate.is_reason(reason):
            return SAYS["say_why_it_stays"] % {"kinds": publication_gate.kinds_in_words(found)}
        covers = self.reason_covers or {}
        since = [each for each in found if each.key not in covers.get("keys", [])]
        if not since or reason != covers.get("why"):
            return None
        return SAYS["came_in_since"] % {"kinds": publication_gate.kinds_in_words(since)}

    def note_what_the_reason_covers(self) -> None:
        """Remember what this reason was written for; called where the words go public."""
        keys = [each.key for each in self.held_back()]
        self.reason_covers = {"why": self.why_it_stays.strip(), "keys": keys}


def is_written(field: models.Field) -> bool:
    """True for a field that somebody writes words in: free text, or a stream of blocks."""
    is_text = isinstance(field, models.CharField | models.TextField) or hasattr(field, "stream_block")
    return is_text and field.editable and not field.choices
