"""A bare view, a form and its end, a search, and the figures."""

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yardstick.models import A_PAGE, ASKED, Account, StoryPage, choices


class _Meta:
    model = Account
    fields = tuple(ASKED)


# A JSON column has no choices of its own, so the form says that several can be ticked.
_several = {
    name: forms.MultipleChoiceField(choices=choices(question), required=False)
    for name, question in ASKED.items()
    if question.kind == "many"
}
AccountForm = type("AccountForm", (forms.ModelForm,), {"Meta": _Meta, **_several})


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello world")


def tell(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("thanks")
    return render(request, "yardstick/tell.html", {"form": form})


def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "yardstick/thanks.html")


def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found = StoryPage.objects.live().search(words) if words else StoryPage.objects.none()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "yardstick/search.html", {"words": words, "stories": page})


def figures(request: HttpRequest) -> HttpResponse:
    live = StoryPage.objects.live()
    tables = {
        "By force": _counted(live, "force"),
        "By outcome": _counted(live, "outcome"),
        "By both": _counted(live, "force", "outcome"),
        "By month": _counted(live.annotate(of=TruncMonth("month")), "of"),
    }
    return render(request, "yardstick/figures.html", {"total": live.count(), "tables": tables})


def _counted(stories: QuerySet[StoryPage], *by: str) -> QuerySet:
    return stories.values_list(*by).annotate(count=Count("pk")).order_by(*by)
