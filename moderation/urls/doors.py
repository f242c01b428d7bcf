"""The doors before the room, and one's own account: what stands in the place of Wagtail's own addresses."""

from django.urls import path

from moderation.team.people_admin import Account
from moderation.views.team import log_in, welcome
from moderation.views.team.vault import LogOut

urlpatterns = [
    path("admin/login/", log_in.LogIn.as_view(), name="room_log_in"),
    path("admin/login/code/", log_in.CodeView.as_view(), name="room_code"),
    path("admin/login/set-up/", log_in.SetUpView.as_view(), name="room_set_up"),
    path("admin/login/key/", log_in.KeyView.as_view(), name="room_key"),
    path("admin/login/key/<int:pk>/remove/", log_in.remove_key, name="room_remove_key"),
    path("admin/logout/", LogOut.as_view(), name="room_log_out"),
    path("admin/account/", Account.as_view(), name="room_account"),
    path("admin/welcome/", welcome.go_on, name="room_welcome_step"),
    path("admin/welcome/<str:token>/", welcome.begin, name="room_welcome"),
]
