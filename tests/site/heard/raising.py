"""Addresses whose views fail in every way that a view can; for tests alone."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseGone, HttpResponseNotAllowed
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from heard.urls import handler400, handler403, handler404, handler500, urlpatterns as ours  # noqa: F401

MESSAGES = "canary-in-the-message"


@csrf_exempt
def fails(request):
    local = "canary-in-a-local"
    request.POST.get("account")
    raise ValueError(MESSAGES, local)


@csrf_exempt
def database_fails(request):
    raise OperationalError(MESSAGES)


@csrf_exempt
def suspects(request):
    raise SuspiciousOperation(MESSAGES)


@csrf_exempt
def forbids(request):
    raise PermissionDenied(MESSAGES)


@csrf_exempt
def reads(request):
    return HttpResponse(request.POST.get("account", ""))


@csrf_exempt
def allows_nothing(request):
    return HttpResponseNotAllowed(["PUT"])


@csrf_exempt
def is_gone(request):
    return HttpResponseGone()


def checks(request):
    return HttpResponse("in")


urlpatterns = [
    path("tell/forgets/", checks),
    path("tell/fails/", fails),
    path("tell/database-fails/", database_fails),
    path("tell/suspects/", suspects),
    path("tell/forbids/", forbids),
    path("tell/reads/", reads),
    path("tell/allows-nothing/", allows_nothing),
    path("tell/is-gone/", is_gone),
    path("tell/checks/", checks),
    *ours,
]
