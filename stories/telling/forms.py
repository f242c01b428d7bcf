"""The forms that contributors fill in, made from the table of questions."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories import lifecycle
from stories.models import TakeDownRequest
from stories.telling import questions, wording
from stories.telling.intake import Sent
from stories.telling.questions import Question

LONGEST_MESSAGE = 4_000
LONGEST_REQUEST = 2_000
_NEEDED = {
    "adult": "Tell us whether you are 18 or over, so that we show you the right help.",
    "account": "Write a few words about how the police dealt with it.",
}


class WordsField(forms.CharField):
    """Typed words, kept to the last space. Too many come back whole: a browser that cuts a paste loses words."""

    def __init__(self, *, most: int, rows: int = 5, **options: Any) -> None:
        self.most = most
        # "off" keeps a shared phone from offering these words in another form.
        widget = forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
        super().__init__(strip=False, widget=widget, **options)

    def validate(self, value: str) -> None:
        if self.required and not value.strip():
            raise forms.ValidationError(self.error_messages["required"])
        if (over := len(value) - self.most) > 0:
            says = ngettext(
                "This is {over} character longer than we can take. Make it a little shorter: {most} fit.",
                "This is {over} characters longer than we can take. Make it a little shorter: {most} fit.",
                over,
            )
            raise forms.ValidationError(says.format(over=f"{over:,}", most=f"{self.most:,}"))


class PublicForm(forms.Form):
    """A form without a browser's own checks: they speak another language than we do."""

    use_required_attribute = False

    def __init__(self, given: MultiValueDict | None = None, **options: Any) -> None:
        super().__init__(given, label_suffix="", **options)

    def problems(self) -> list[dict[str, Any]]:
        """Return what to look at, for the summary at the top: [{"field", "message"}]."""
        return [{"field": name, "message": errors[0]} for name, errors in self.errors.items()]


class TellForm(PublicForm):
    """Every question of this form, and on the check page the wish for no code."""

    no_code = forms.BooleanField(required=False)

    def __init__(self, given: MultiValueDict | None = None) -> None:
        super().__init__(given)
        names = wording.names()
        for question in questions.ASKED:
            self.fields[question.name] = _field(question, names.get(question.name, {}))
        self.fields["no_code"].label = _("I do not want a code")

    def section(self, name: str) -> list[forms.BoundField]:
        """Return the fields of one section, in the order we ask."""
        return [self[question.name] for question in questions.ASKED if question.section == name]

    def sections(self) -> Iterator[dict[str, Any]]:
        """Yield every section with its fields, for the page."""
        for section in questions.SECTIONS:
            lead = _(section.lead) if section.lead else ""
            yield {"name": section.name, "title": _(section.title), "lead": lead, "fields": self.section(section.name)}

    def texts(self) -> dict[str, str]:
        """Return the words of the account by field name."""
        return {question.name: self.cleaned_data[question.name] for question in questions.TEXTS}

    def answers(self) -> dict[str, Any]:
        """Return everything ticked and chosen, with the version of the questions."""
        ticked = {q.name: self.cleaned_data[q.name] for q in questions.ASKED if q.kind != "text"}
        return {"version": questions.VERSION, **ticked}

    def sent(self) -> Sent:
        return Sent(account=self.texts(), answers=self.answers())

    def wants_both(self) -> bool:
        """True if somebody wants no code and the final text: without a code there is no way back to it."""
        return bool(self.cleaned_data["no_code"] and self.cleaned_data["consent_ask_again"])


class MessageForm(PublicForm):
    """One message to the moderators."""

    def __init__(self, given: MultiValueDict | None = None) -> None:
        super().__init__(given)
        self.fields["message"] = WordsField(
            most=LONGEST_MESSAGE,
            label=_("Write to us"),
            error_messages={"required": _("Write a few words first.")},
        )


class TakeDownForm(PublicForm):
    """A wish that a story come down, with a ground and, if somebody likes, words."""

    def __init__(self, given: MultiValueDict | None = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(given, initial=dict(initial or {}))
        self.fields["story"] = forms.CharField(
            max_length=300,
            label=_("Which story is it?"),
            help_text=_("Its address, or the last part of it: twelve letters and numbers."),
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            error_messages={
                "required": _("Tell us which story it is."),
                "max_length": _("That is too long for an address."),
            },
        )
        self.fields["ground"] = forms.ChoiceField(
            choices=TakeDownRequest.Ground.choices,
            label=_("What is wrong with it?"),
            widget=forms.RadioSelect,
            error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what fits best.")),
        )
        self.fields["words"] = WordsField(
            most=LONGEST_REQUEST,
            required=False,
            label=_("Anything you want to tell us about it"),
            help_text=_("You need not. Only our moderators can open it. No names needed."),
        )


def _field(question: Question, names: Mapping[str, str]) -> forms.Field:
    shared: dict[str, Any] = {
        "label": _(question.words),
        "help_text": _(question.why) if question.why else "",
        "required": False,
    }
    if question.is_needed:
        shared |= {"required": True, "error_messages": {"required": _(_NEEDED[question.name])}}
    if question.kind == "text":
        return WordsField(most=question.limit, rows=12 if question.is_needed else 4, **shared)
    if question.kind == "tick":
        return forms.BooleanField(**shared)
    return _choice_field(question, names, shared)


def _choice_field(question: Question, names: Mapping[str, str], shared: dict[str, Any]) -> forms.Field:
    known = questions.options(question, this_year=lifecycle.today().year)
    choices = [(option.slug, names.get(option.slug) or _(option.words)) for option in known]
    gone = _("This answer is not in our list any more. Choose again, or leave it out.")
    messages = {**shared.pop("error_messages", {}), "invalid_choice": gone}
    if question.kind == "many":
        widget: Any = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices, widget=widget, error_messages=messages, **shared)
    if question.kind == "one":
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages=messages, **shared)
    blank = ("", _("Choose one, or leave it"))
    return forms.ChoiceField(choices=[blank, *choices], error_messages=messages, **shared)
