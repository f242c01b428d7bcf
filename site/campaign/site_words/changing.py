"""Put words of ours in the place of a string, or the original back: each is a version that can be put back too."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from wagtail.models import Revision

from campaign import new_editions
from campaign.models import SiteWords
from campaign.site_words.catalogued import Catalogued


class Meanwhile(Exception):
    """Somebody else changed these words since the form was opened."""


def row_of(string: Catalogued, language: str) -> SiteWords:
    """What stands in the place of a string; a new row, not kept yet, where nothing ever did."""
    found = SiteWords.objects.filter(key=string.key, language=language).first()
    return found or SiteWords(key=string.key, language=language)


def with_forms(row: SiteWords, forms: Sequence[str]) -> SiteWords:
    """The row with these words in it; none where they are what the catalogue says anyway."""
    is_original = row.string is not None and tuple(forms) == row.string.shipped(row.language)
    row.words = "" if is_original or not any(forms) else "\n".join(forms)
    return row


@transaction.atomic
def keep(row: SiteWords, *, by: Any, after: str | None = None) -> bool:
    """Keep a row that is fit for it, with a version of it; returns False where nothing has changed.

    `after` is the number of the version that the form began with, empty for none: raises `Meanwhile`, and keeps
    nothing, where other words stand by now. Without it nobody is asked.
    """
    stored = SiteWords.objects.select_for_update().filter(key=row.key, language=row.language).first()
    if row.words == (stored.words if stored else ""):
        return False
    if stored is not None and after is not None and _differs(stored, after):
        raise Meanwhile
    row.pk = stored.pk if stored else None
    row._state.adding = stored is None
    try:
        with new_editions.one_edition():
            row.save()
            row.save_revision(user=by, clean=False, log_action=True)
    except IntegrityError:
        # The first words of two people, in the same moment.
        raise Meanwhile from None
    return True


def versions(row: SiteWords) -> list[Revision]:
    """All that ever stood there, the newest first."""
    return list(row.revisions.select_related("user").order_by("-created_at", "-pk")) if row.pk else []


def version_of(row: SiteWords, number: str) -> Revision | None:
    """The version of that number as a form or an address has it, or None."""
    return next((each for each in versions(row) if str(each.pk) == number), None)


def forms_in(version: Revision) -> list[str]:
    """The words of a version, form by form; none where it put the original back."""
    words: str = version.content.get("words", "")
    return words.split("\n") if words else []


def _differs(stored: SiteWords, after: str) -> bool:
    if after == str(stored.latest_revision_id or ""):
        return False
    seen = version_of(stored, after)
    return stored.forms != (forms_in(seen) if seen else [])
