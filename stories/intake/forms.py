"""The forms that contributors fill in, made from the table of questions."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from stories.core import lifecycle, rendering, snapshot
from stories.intake import pages, questions
from stories.intake.questions import Question
from stories.intake.receive import Sent
from stories.models import TakeDownRequest
from stories.models.take_down import OF_FORCES

LONGEST_MESSAGE = 4_000
LONGEST_REQUEST = 2_000
# How much of a text is quoted, so that a place in it is found again.
_QUOTED = 70  # characters
# In a list of police forces each name goes without the word for what they all are.
_KIND_OF_FORCE = re.compile(r" (?:Police|Constabulary|Police Service)$")


class WordsField(forms.CharField):
    """Typed words, kept to the last space. Too many come back whole: a browser that cuts a paste loses words."""

    def __init__(self, *, most: int, rows: int = 5, then: str = "", **options: Any) -> None:
        self.most = most
        # What to do about too many.
        self.then = then or _("Make it a little shorter: {most} fit.").format(most=f"{most:,}")
        # "off" keeps a shared phone from offering these words in another form.
        widget = forms.Textarea(attrs={"rows": rows, "autocomplete": "off", "spellcheck": "true", "data-most": most})
        super().__init__(strip=False, widget=widget, **options)

    def validate(self, value: str) -> None:
        if self.required and not value.strip():
            raise forms.ValidationError(self.error_messages["required"])
        if (over := len(value) - self.most) > 0:
            says = ngettext(
                "This is {over} character longer than we can take at once.",
                "This is {over} characters longer than we can take at once.",
                over,
            )
            raise forms.ValidationError(f"{says.format(over=f'{over:,}')} {self.then}")


@dataclass(frozen=True)
class Parting:
    """A good place to part words that are too many: how the first part ends, how the rest begins, and the rest."""

    ends: str
    begins: str
    rest: str


class Shown(forms.BoundField):
    """A field as our pages show it. Django's own widgets take one template for each answer, and the form has 300."""

    def __init__(self, form: Any, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        self.question = questions.BY_NAME.get(name)
        self.usually = {"words": self.label, "why": self.help_text}
        self.instead = self._instead()
        if self.instead and self.instead["holds"]:
            self.label, self.help_text = self.instead["words"], self.instead["why"]

    def _instead(self) -> dict[str, Any] | None:
        """The other words of this question, what brings them up, and whether they hold by what is answered so far."""
        instead = self.question.instead if self.question else None
        if instead is None:
            return None
        form: Any = self.form
        return {
            "asked_if": str(instead.asked_if),
            "words": _(instead.words),
            "why": _(instead.why),
            "holds": instead.asked_if.fits(form.answer_to(instead.asked_if.question)),
        }

    def words_shown(self) -> str:
        """The question, and hidden beside it the other words for it, which a script can show."""
        return self._in_both("words") if self.instead else str(self.label)

    def why_shown(self) -> str:
        """The same for its reason."""
        return self._in_both("why") if self.instead else str(self.help_text)

    def _in_both(self, part: str) -> str:
        other = self.instead or {}
        hidden = [mark_safe(" hidden") if is_hidden else "" for is_hidden in (other["holds"], not other["holds"])]
        spans = "<span data-usually{}>{}</span><span data-instead{}>{}</span>"
        return format_html(spans, hidden[0], self.usually[part], hidden[1], other[part])

    def for_scripts(self) -> str:
        """As attributes: what makes this question worth asking, and what calls for its other words."""
        asked_if = str(self.question.asked_if or "") if self.question else ""
        said = (("asked", asked_if), ("instead", self.instead["asked_if"] if self.instead else ""))
        return format_html_join("", ' data-{}-if="{}"', [pair for pair in said if pair[1]])

    def answers(self) -> list[tuple[str, str, bool, bool]]:
        """Return every answer as its slug, its words, whether it is set apart, and whether it is chosen."""
        value = self.value()
        chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value]) if each is not None}
        choices: Any = self.field.choices  # type: ignore[attr-defined]
        return [(slug, words, slug in questions.ASIDE_SLUGS, str(slug) in chosen) for slug, words in choices]

    def parting(self) -> Parting | None:
        """Return where to part words that are too many; None where they fit. Nothing is cut by us."""
        most, words = getattr(self.field, "most", 0), self.value()
        if not most or not self.form.is_bound or len(words or "") <= most:
            return None
        first, rest = _parted(words, most)
        ends = rendering.text_opening(first[-_QUOTED:].partition(" ")[2] or first[-_QUOTED:], length=_QUOTED)
        return Parting(ends, rendering.text_opening(rest, length=_QUOTED), rest)

    def needed(self) -> str:
        """What we say where it was left blank."""
        return _(self.question.needed) if self.question and self.question.needed else ""

    def plainly(self) -> str:
        """Who can pass over this question, in words for where no script hides it."""
        asked_if = self.question.asked_if if self.question else None
        return _(asked_if.plainly) if asked_if and asked_if.plainly else ""


class PublicForm(forms.Form):
    """A form without a browser's own checks: they speak another language than we do."""

    use_required_attribute = False
    bound_field_class = Shown

    def __init__(self, given: MultiValueDict | None = None, **options: Any) -> None:
        super().__init__(given, label_suffix="", **options)

    def answer_to(self, name: str) -> object:
        """What is answered so far, also to a question that this form leaves out."""
        return self[name].value() if name in self.fields else self.initial.get(name)

    def problems(self) -> list[dict[str, object]]:
        """Return what to look at, for the summary at the top: [{"field", "message"}]."""
        return [{"field": name, "message": errors[0]} for name, errors in self.errors.items()]


class TellForm(PublicForm):
    """Every question of this form, and on the check page the wish for no code and the word that it is urgent.

    `initial` fills it in from sealed answers and texts, whatever version of the questions they answer.
    """

    no_code = forms.BooleanField(required=False)
    urgent = forms.BooleanField(required=False)

    def __init__(self, given: MultiValueDict | None = None, *, initial: Mapping[str, object] | None = None) -> None:
        super().__init__(given, initial=dict(initial or {}))
        self.asked = list(questions.ASKED)
        fields = _fields({**_retired_of(given), **self.initial})
        self.fields.update({question.name: fields[question.name] for question in self.asked})
        self.fields["no_code"].label = _("I do not want a code")
        self.fields["urgent"].label = _(
            "This is urgent: somebody is in danger, or the images are spreading now. Please read mine first"
        )

    def clean(self) -> dict[str, object]:
        """Ask about answers that do not go together; both stay as they were ticked."""
        for question in self.asked:
            chosen = self.cleaned_data.get(question.name)
            if isinstance(chosen, list) and (says := questions.answers_at_odds(question, chosen)):
                self.add_error(question.name, _(says))
        return self.cleaned_data

    def section(self, name: str) -> list[forms.BoundField]:
        """Return the fields of one section, in the order we ask."""
        return [self[question.name] for question in self.asked if question.section == name]

    def sections(self) -> list[dict[str, object]]:
        """Return every section that has fields, for the page; each knows the one after it."""
        shown: list[dict[str, object]] = []
        for section in questions.SECTIONS:
            fields = self.section(section.name)
            title, lead = _(section.title), _(section.lead) if section.lead else ""
            about = {"name": section.name, "title": title, "lead": lead, "can_skip": section.can_skip}
            if fields:
                shown.append({**about, "fields": fields})
        for section_now, after in pairwise(shown):
            section_now["after"] = after
        return shown

    def texts(self) -> dict[str, str]:
        """Return the words of the account by field name."""
        return {question.name: self.cleaned_data[question.name] for question in self.asked if question.kind == "text"}

    def answers(self) -> dict[str, object]:
        """Return everything ticked and chosen, with the version of the questions."""
        ticked = {q.name: self.cleaned_data[q.name] for q in self.asked if q.kind != "text"}
        return {"version": questions.VERSION, **ticked}

    def sent(self) -> Sent:
        return Sent(account=self.texts(), answers=self.answers())

    def wants_both(self) -> bool:
        """True if somebody wants no code and the final text: without a code there is no way back to it."""
        return bool(self.cleaned_data["no_code"] and self.cleaned_data.get("consent_ask_again"))


class MessageForm(PublicForm):
    """One message to the moderators."""

    def __init__(self, given: MultiValueDict | None = None, *, initial: Mapping[str, str] | None = None) -> None:
        super().__init__(given, initial=dict(initial or {}))
        self.fields["message"] = WordsField(
            most=LONGEST_MESSAGE,
            then=_("Send the first part now, and the rest in another message."),
            label=_("Write to us"),
            help_text=_(
                "You can send it in pieces. What you send is kept at once, and the rest can follow another day."
            ),
            error_messages={"required": _("Write a few words first.")},
        )


class TakeDownForm(PublicForm):
    """A wish that a story come down, with a ground and, if somebody likes, words."""

    def __init__(self, given: MultiValueDict | None = None, *, initial: Mapping[str, object] | None = None) -> None:
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
            choices=[(ground, label) for ground, label in TakeDownRequest.Ground.choices if ground not in OF_FORCES],
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


def _retired_of(given: MultiValueDict | None) -> dict[str, list[str]]:
    """The retired answers in a form: a draft from before keeps what it holds."""
    if given is None:
        return {}
    asked = {question.name: {option.slug for option in question.retired} for question in questions.ASKED}
    return {name: given.getlist(name) for name, retired in asked.items() if retired & {*given.getlist(name)}}


def _parted(words: str, most: int) -> tuple[str, str]:
    """Part them after a paragraph, else a line, a sentence or a word; the first part fits, and is no mere beginning."""
    for between in (r"\n\s*\n", r"\n", r"(?<=[.!?…])\s", r"\s"):
        places = [found for found in re.finditer(between, words[: most + _QUOTED]) if most / 2 < found.start() <= most]
        if places:
            return words[: places[-1].start()], words[places[-1].start() :].lstrip()
    return words[:most], words[most:]


def _fields(initial: Mapping[str, object]) -> dict[str, forms.Field]:
    """Return a field for each question. Making them takes as long as all the rest of a send, so forms share them."""
    if initial:
        # Something chosen long ago may be on no list any more, and is offered to this person alone.
        return _made_fields(initial)
    key = ("fields", get_language(), lifecycle.today().year)
    return snapshot.cached(key, lambda: _made_fields({}))


def _made_fields(initial: Mapping[str, object]) -> dict[str, forms.Field]:
    names = pages.newer_names()
    return {
        question.name: _field(question, names.get(question.name, {}), chosen=initial.get(question.name, ()))
        for question in questions.ASKED
    }


def _field(question: Question, names: Mapping[str, str], *, chosen: object) -> forms.Field:
    shared: dict[str, Any] = {
        "label": _(question.words),
        "help_text": _why(question),
        "required": False,
    }
    if question.needed:
        shared |= {"required": True, "error_messages": {"required": _(question.needed)}}
    if question.kind == "text":
        then = _("Send the first part now; with your code you can send the rest.")
        return WordsField(most=question.limit, rows=12 if question.needed else 4, then=then, **shared)
    if question.kind == "tick":
        return forms.BooleanField(**shared)
    return _choice_field(question, _choices(question, names, chosen=chosen), shared)


def _why(question: Question) -> str:
    why = _(question.why) if question.why else ""
    return f"{why} {_('Tick all that fit.')}".strip() if question.kind == "many" else why


def _choices(question: Question, names: Mapping[str, str], *, chosen: object) -> list[tuple[str, str]]:
    known = questions.question_options(question, this_year=lifecycle.today().year, chosen=chosen)
    words = [(option.slug, names.get(option.slug) or _(option.words)) for option in known]
    return [(slug, _KIND_OF_FORCE.sub("", each)) for slug, each in words] if question.name == "force" else words


def _choice_field(question: Question, choices: list[tuple[str, str]], shared: dict[str, Any]) -> forms.Field:
    gone = _("This answer is not in our list any more. Choose again, or leave it out.")
    messages = {**shared.pop("error_messages", {}), "invalid_choice": gone}
    if question.kind == "many":
        widget: Any = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices, widget=widget, error_messages=messages, **shared)
    if question.kind == "one":
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages=messages, **shared)
    blank = ("", _("Choose"))
    return forms.ChoiceField(choices=[blank, *choices], error_messages=messages, **shared)


# --- Changing what was sent -------------------------------------------------------------------

# Where somebody is under 18 we show other help and take nothing, so these answers are settled.
_SETTLED = ("adult", "adult_other")
WORDS = frozenset(question.name for question in questions.TEXTS)
ANSWERS = frozenset(questions.BY_NAME) - WORDS - {*questions.CONSENTS, *_SETTLED}


class ChangeForm(TellForm):
    """The questions of these `names` alone, filled in from what is kept."""

    def __init__(
        self, given: MultiValueDict | None = None, *, names: Collection[str], initial: Mapping[str, object]
    ) -> None:
        super().__init__(given, initial=initial)
        self.asked = [question for question in self.asked if question.name in names]
        for name in set(self.fields) - set(names):
            del self.fields[name]

    def choices(self) -> dict[str, bool]:
        """Return the choices by field name."""
        return {name: bool(self.cleaned_data[name]) for name in questions.CONSENTS if name in self.fields}


# --- Seeing help for elsewhere ----------------------------------------------------------------


class HelpForm(PublicForm):
    """For whom, and where; nothing chosen is everybody, everywhere."""

    def __init__(self, given: MultiValueDict | None = None) -> None:
        super().__init__(given)
        self.fields["who"] = forms.ChoiceField(
            label=_("Who needs somebody to talk to?"),
            choices=[("all", _("Anybody")), ("adults", _("Somebody 18 or over")), ("under-18", _("Somebody under 18"))],
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["region"] = forms.ChoiceField(
            label=_("Where?"),
            choices=[
                ("uk", _("Anywhere in the UK")),
                ("england", _("England")),
                ("scotland", _("Scotland")),
                ("wales", _("Wales")),
                ("northern-ireland", _("Northern Ireland")),
                ("jersey", _("Jersey")),
                ("guernsey", _("Guernsey")),
                ("isle-of-man", _("Isle of Man")),
            ],
            widget=forms.RadioSelect,
            required=False,
        )
