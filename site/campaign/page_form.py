"""The form in which editors write a page: what would lead straight to somebody is asked about before it goes public."""

from wagtail.admin.forms import WagtailAdminPageForm

# The buttons that publish a page, schedule it, or put it before those who do.
_TOWARDS_THE_PUBLIC = ("action-publish", "action-submit", "action-restart-workflow")


class EditorsPageForm(WagtailAdminPageForm):
    """A draft is saved whatever stands in it; only on its way to the public the page is looked at."""

    def _post_clean(self) -> None:
        # Only here the page holds what was typed.
        super()._post_clean()
        if self._goes_public() and not self.errors and (reason := self.instance.why_not_public()):
            self.add_error("why_it_stays", reason)

    def _goes_public(self) -> bool:
        if self.is_deferred_validation:
            return False
        approved = self.data.get("action-workflow-action") and self.data.get("workflow-action-name") == "approve"
        return bool(approved or any(self.data.get(name) for name in _TOWARDS_THE_PUBLIC))
