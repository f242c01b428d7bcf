"""Two forms over two models, and the page that says thank you."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stories.intake import questions
from yardstick import models


class _Meta:
    model = models.Account
    fields = tuple(question.name for question in questions.ASKED)


# A JSON column has no choices of its own, so the form says that several can be ticked.
_several = {
    question.name: forms.MultipleChoiceField(choices=models.choices(question), required=False)
    for question in questions.ASKED
    if question.kind == "many"
}
AccountForm = type("AccountForm", (forms.ModelForm,), {"Meta": _Meta, **_several})


class ShortForm(forms.ModelForm):
    class Meta:
        model = models.ShortAccount
        fields = ("account", "force", "outcome")


def _tell(request: HttpRequest, form_class: type[forms.ModelForm]) -> HttpResponse:
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("thanks")
    return render(request, "form.html", {"form": form})


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello world")


def tell(request: HttpRequest) -> HttpResponse:
    return _tell(request, AccountForm)


def tell_shortly(request: HttpRequest) -> HttpResponse:
    return _tell(request, ShortForm)


def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "thanks.html")
