"""The addresses of the contributor's way."""

from django.urls import path
from django.views.generic import RedirectView

from stories.intake.views import returning, taking_down, telling

_HELP = {"path": "get-help/"}
_UNDER_18 = {"name": "under_18", "may_be_child": True}

urlpatterns = [
    path("tell/", telling.before_page, name="tell"),
    path("tell/under-18/", telling.page_without_form, _UNDER_18, name="tell-under-18"),
    path(
        "tell/under-18/helping/", telling.page_without_form, _UNDER_18 | {"is_helping": True}, name="tell-for-a-child"
    ),
    # Where it was until it became one with the editors' page of help.
    path("tell/somewhere-else/", RedirectView.as_view(pattern_name="wagtail_serve", permanent=True), _HELP),
    path("tell/leaving/", telling.page_without_form, {"name": "leaving_safely"}, name="tell-leaving"),
    path("tell/form/", telling.form, name="tell-form"),
    path("return/", returning.come_back, name="return"),
    path("take-down/", taking_down.take_down_form, name="take-down"),
    path("leave/", telling.leave_site, name="leave"),
]
