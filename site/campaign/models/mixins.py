"""Mixins of the campaign's models: words are looked at before they are public, and rows are checked again."""

import logging
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from wagtail.models import Page, PreviewableMixin, Revision

from campaign.editing import HeldBack
from campaign.quotes import story_quotes
from stories.models.outward import OutwardWhenKept, is_written, looking_once

# What Wagtail calls it when a scheduled day has come.
_BY_THE_CLOCK = "wagtail.publish.scheduled"
logger = logging.getLogger(__name__)


class LookedAt:
    """Stands before Wagtail's own classes; whoever has it is `OutwardWithReason` too, and looks when it is saved."""

    # `preview_look.js` shows each by its name.
    preview_modes: Sequence[tuple[str, str]] = (("", "As it is"), ("dark", "In the dark"), ("print", "On paper"))
    preview_sizes: Sequence[dict[str, object]] = (
        *PreviewableMixin.DEFAULT_PREVIEW_SIZES,
        {"name": "paper", "icon": "doc-full", "device_width": 794, "label": "Preview at the width of A4 paper"},
    )

    def publish(self, revision: Revision, **options: object) -> object:
        """Publish or schedule; a day that comes by itself must not be when somebody first hears of it.

        Where it is, the finder has learnt since: this stays a draft, and the clock goes on to the next.
        """
        with looking_once():
            version = revision.as_object()
            if options.get("log_action") == _BY_THE_CLOCK and version.why_not_public():
                # Off the clock; its editor hears why when they open it.
                Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
                # Nothing of its words, not even its title: that can hold what is held back.
                logger.error(
                    "%s %s has its day and isn't public; opening it shows why.", type(self).__name__, version.pk
                )
                return None
            version.refuse_what_is_held_back()
            return super().publish(revision, **options)  # type: ignore[misc]

    def save(self: Any, clean: bool = True, **options: Any) -> None:
        """Save what is live with nothing in it that leads straight to somebody without a reason. Raises `HeldBack`.

        Every way to the public ends here, also those that ask no form: an approval, many at once, a schedule.
        """
        written = {field.name for field in self._meta.concrete_fields if is_written(field)}
        if clean and self.live and not written.isdisjoint(options.get("update_fields") or written):
            with looking_once():
                self.refuse_what_is_held_back()
                self.note_what_the_reason_covers()
        # Of an ask Wagtail asks nothing more.
        super().save(**options | ({"clean": clean} if isinstance(self, Page) else {}))  # type: ignore[misc]

    def why_not_public(self: Any) -> str | None:
        """No reason makes up for words of a story: those first."""
        reason: str | None = story_quotes.why_not_paste(self._typed(), has_block=True) or super().why_not_public()  # type: ignore[misc]
        return reason

    def _typed(self: Any) -> list[str]:
        """The words typed into it, outside the blocks for passages of stories."""
        return list(story_quotes.typed_texts(self))

    def refuse_what_is_held_back(self: Any) -> None:
        """Raise `HeldBack` where these words can't be public."""
        if reason := self.why_not_public():
            raise HeldBack(self, reason)

    def with_content_json(self, content: Any) -> Any:
        """Make what a version holds; what the reason was written for is known of the public one alone."""
        version = super().with_content_json(content)  # type: ignore[misc]
        version.reason_covers = self.reason_covers  # type: ignore[attr-defined]
        return version


class OwnWords(OutwardWhenKept):
    """A row that an editor keeps beside the pages. A story's words would stay in it when the story goes down."""

    class Meta:
        abstract = True

    def why_not_public(self) -> str | None:
        """Words of a story are refused first, whatever else stands there."""
        typed = list(story_quotes.typed_texts(self))
        return story_quotes.why_not_paste(typed, has_block=False) or super().why_not_public()


class Checked(models.Model):
    """Says in `last_checked` when somebody last looked, and has an `order`."""

    # How long a look holds.
    checked_for: ClassVar[timedelta]
    # Which rows readers see: nobody is asked to look at the others again.
    seen: ClassVar[Q]
    is_shown: bool

    class Meta:
        abstract = True

    @classmethod
    def due(cls, today: date) -> list[Self]:
        """The rows that readers see and nobody has looked at for so long, the longest unchecked first."""
        late = cls._default_manager.filter(cls.seen, last_checked__lte=today - cls.checked_for)
        return list(late.order_by("last_checked", "order"))

    def is_due(self, today: date) -> bool:
        day: date | None = self.last_checked  # type: ignore[attr-defined]
        return self.is_shown and day is not None and today - day >= self.checked_for
