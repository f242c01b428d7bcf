"""The log-out, which stands before Wagtail's own: that one leaves the vault's cookie behind."""

from django.urls import path

from moderation.views.vault import LogOut

urlpatterns = [path("admin/logout/", LogOut.as_view())]
