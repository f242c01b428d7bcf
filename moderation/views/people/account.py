"""A person's own account page: Wagtail's, which asks nobody for a name or a picture of themselves."""

from typing import Any

from django.http import HttpRequest
from django.utils.decorators import method_decorator
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel


class OptionalNameForm(NameEmailForm):  # type: ignore[misc]
    """Whoever reads here may be known by their log-in's name alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class NamePanel(NameEmailSettingsPanel):  # type: ignore[misc]
    form_class = OptionalNameForm


@method_decorator(require_admin_access, name="dispatch")
class Account(AccountView):  # type: ignore[misc]
    """Wagtail's panels, but for the picture."""

    request: HttpRequest

    def get_panels(self) -> list[Any]:
        panels = [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
        return [_made_optional(panel) if isinstance(panel, NameEmailSettingsPanel) else panel for panel in panels]


def _made_optional(panel: Any) -> NamePanel:
    return NamePanel(panel.request, panel.user, panel.profile)
