"""A bare view, two forms and their end."""

from django.urls import path

from yardstick import views

urlpatterns = [
    path("hello/", views.hello),
    path("tell/", views.tell),
    path("tell-shortly/", views.tell_shortly),
    path("thanks/", views.thanks, name="thanks"),
]
