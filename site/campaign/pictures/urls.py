"""The addresses under /media/: pictures at the sizes that pages use, and nothing else that lies in that folder."""

from django.urls import re_path

from campaign.pictures.serving import picture

urlpatterns = [re_path(r"^images/(?P<name>[\w-][\w.-]*)$", picture, name="picture")]
