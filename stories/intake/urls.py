"""The addresses of the contributor's way."""

from django.urls import path

from stories.intake.views import returning, taking_down, telling

_UNDER_18 = {"name": "under_18", "may_be_child": True}

urlpatterns = [
    path("tell/", telling.before_page, name="tell"),
    path("tell/under-18/", telling.page_without_form, _UNDER_18, name="tell-under-18"),
    path(
        "tell/under-18/helping/", telling.page_without_form, _UNDER_18 | {"is_helping": True}, name="tell-for-a-child"
    ),
    path("tell/somewhere-else/", telling.help_elsewhere, name="tell-elsewhere"),
    path("tell/leaving/", telling.page_without_form, {"name": "leaving_safely"}, name="tell-leaving"),
    path("tell/form/", telling.form, name="tell-form"),
    path("return/", returning.come_back, name="return"),
    path("take-down/", taking_down.take_down_form, name="take-down"),
    path("leave/", telling.leave_site, name="leave"),
]
