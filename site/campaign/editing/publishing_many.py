"""Publishing many pages at once: each is looked at before the transaction that publishes them locks everybody out."""

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.models import Page

from campaign.models.pages import EditorsPage


class PublishLookedAt(PublishBulkAction):
    """As Wagtail's own, which looks while it publishes; what was found is remembered until then."""

    def prepare_action(self, objects: Iterable[Page], objects_without_access: Any) -> None:
        """Raise `HeldBack` at the first page that can't be public."""
        for page in self._published(objects):
            version = page.get_latest_revision_as_object()
            if isinstance(version, EditorsPage):
                version.refuse_what_is_held_back()

    def _published(self, objects: Iterable[Page]) -> Iterator[Page]:
        below = self.cleaned_form.cleaned_data["include_descendants"]
        for page in objects:
            yield page
            yield from page.get_descendants().not_live().iterator() if below else ()
