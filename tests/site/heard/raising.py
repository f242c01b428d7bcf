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
def reads(request):
    return HttpResponse(request.POST.get("account", ""))


def checks(request):
    return HttpResponse("in")


def _raises(error):
    @csrf_exempt
    def view(request):
        raise error(MESSAGES)

    return view


urlpatterns = [
    path("tell/forgets/", checks),
    path("tell/fails/", fails),
    path("tell/database-fails/", _raises(OperationalError)),
    path("tell/suspects/", _raises(SuspiciousOperation)),
    path("tell/forbids/", _raises(PermissionDenied)),
    path("tell/reads/", reads),
    path("tell/allows-nothing/", csrf_exempt(lambda request: HttpResponseNotAllowed(["PUT"]))),
    path("tell/is-gone/", csrf_exempt(lambda request: HttpResponseGone())),
    path("tell/checks/", checks),
    *ours,
]
