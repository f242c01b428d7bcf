"""The forms that contributors fill in, made from the table of questions."""

import re
from collections.abc import Collection, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext

from stories.core import lifecycle, rendering, snapshot
from stories.intake import other_languages, pages, questions
from stories.intake.coming_back import Sent
from stories.intake.questions import Question
from stories.models import TakeDownRequest
from stories.models.take_down import OF_FORCES

LONGEST_MESSAGE = 4_000
LONGEST_REQUEST = 2_000
# "off" keeps a shared phone from offering these words in another form; a translator would send them away.
UNSHARED = {"autocomplete": "off", "translate": "no"}
# How much of a text is quoted, so that a place in it is found again.
_QUOTED = 70  # characters
# In a list of police forces each name goes without the word for what they all are.
_KIND_OF_FORCE = re.compile(r" (?:Police|Constabulary|Police Service)$")


class WordsField(forms.CharField):
    """Typed words, kept to the last space. Too many come back whole: a browser that cuts a paste loses words."""

    def __init__(self, *, most: int, rows: int = 5, then: str | Promise = "", **options: Any) -> None:
        # `then` says what to do about too many.
        self.most, self.then = most, then
        widget = forms.Textarea(attrs=UNSHARED | {"rows": rows, "data-most": most})
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
            then = self.then or _("Make it a little shorter: {most} fit.").format(most=f"{self.most:,}")
            raise forms.ValidationError(f"{says.format(over=f'{over:,}')} {then}")


class Shown(forms.BoundField):
    """A field as our pages show it. Django's own widgets take one template for each answer, and the form has 300."""

    def __init__(self, form: Any, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        self.question = question = questions.BY_NAME.get(name)
        # With both wordings in them where there are two, and the other wording while it doesn't hold.
        self.words_shown, self.why_shown, self.other_words = str(self.label), str(self.help_text), ""
        self.asked_if = question.asked_if if question else None
        self.instead = question.instead if question else None
        # Our sentence for where it was left blank; and in words, where no script hides it, when it can be passed over.
        self.needed = _(question.needed) if question and question.needed else ""
        self.plainly = _(self.asked_if.plainly) if self.asked_if and self.asked_if.plainly else ""
        if self.instead:
            words, why = _(self.instead.words), _(self.instead.why)
            other = self.instead.asked_if.question
            # The answer so far, also to a question that this form leaves out.
            answer = form[other].value() if other in form.fields else form.initial.get(other)
            holds = self.instead.asked_if.fits(answer)
            self.words_shown = _both(self.label, words, holds=holds)
            self.why_shown = _both(self.help_text, why, holds=holds)
            if holds:
                self.label, self.help_text = words, why
            else:
                self.other_words = words

    def for_scripts(self) -> str:
        """As attributes: what makes this question worth asking, and what calls for its other words."""
        said = (("asked", self.asked_if), ("instead", self.instead.asked_if if self.instead else None))
        return format_html_join("", ' data-{}-if="{}"', [pair for pair in said if pair[1]])

    def answers(self) -> list[tuple[str, str, bool, bool]]:
        """Return every answer as its slug, its words, whether it is set apart, and whether it is chosen."""
        value = self.value()
        chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value]) if each is not None}
        choices: Any = self.field.choices  # type: ignore[attr-defined]
        return [(slug, words, slug in questions.ASIDE_SLUGS, str(slug) in chosen) for slug, words in choices]

    def parting(self) -> dict[str, str] | None:
        """Say how to part words that are too many: how the first part `ends`, how the rest `begins`, and the `rest`.

        None where they fit. Nothing is cut by us.
        """
        most, words = getattr(self.field, "most", 0), self.value()
        if not most or not self.form.is_bound or len(words or "") <= most:
            return None
        first, rest = _parted(words, most)
        ends = rendering.text_opening(first[-_QUOTED:].partition(" ")[2] or first[-_QUOTED:], length=_QUOTED)
        return {"ends": ends, "begins": rendering.text_opening(rest, length=_QUOTED), "rest": rest}


def _both(usual: object, other: str, *, holds: bool) -> str:
    """The usual words and the other ones, one of them hidden, which a script can show."""
    hidden = [mark_safe(" hidden") if is_hidden else "" for is_hidden in (holds, not holds)]
    spans = "<span data-usually{}>{}</span><span data-instead{}>{}</span>"
    return format_html(spans, hidden[0], usual, hidden[1], other)


class PublicForm(forms.Form):
    """A form without a browser's own checks: they speak another language than we do."""

    use_required_attribute = False
    bound_field_class = Shown

    def __init__(self, given: MultiValueDict | None = None, *, initial: Mapping[str, object] | None = None) -> None:
        super().__init__(given, label_suffix="", initial=dict(initial or {}))

    def problems(self) -> list[dict[str, object]]:
        """Return what to look at, for the summary at the top: [{"field", "message"}]."""
        return [{"field": name, "message": errors[0]} for name, errors in self.errors.items()]


def _words(name: str) -> dict[str, Any]:
    """The words of a field that is no question of the table, as Django's fields take them, in whatever language."""
    row = {part: gettext_lazy(words) for part, words in pages.WORDS["field"][name].items() if isinstance(words, str)}
    needed = row.get("needed", "")
    errors = {"required": needed, "invalid_choice": needed, "max_length": row.get("says", "")} if needed else {}
    return {"label": row["words"], "help_text": row.get("why", ""), "error_messages": errors}


class TellForm(PublicForm):
    """Every question of this form, and on the check page the wish for no code, the word that it is urgent, and which
    language it is in where we don't know it.

    `initial` fills it in from sealed answers and texts, whatever version of the questions they answer.
    """

    no_code = forms.BooleanField(required=False, label=_words("no_code")["label"])
    urgent = forms.BooleanField(required=False, label=_words("urgent")["label"])
    language = forms.ChoiceField(
        choices=[("", gettext_lazy("Choose")), *other_languages.CHOICES], required=False, **_words("language")
    )

    def __init__(self, given: MultiValueDict | None = None, *, initial: Mapping[str, object] | None = None) -> None:
        super().__init__(given, initial=initial)
        self.asked = list(questions.ASKED)
        chosen = {**_retired_of(given), **self.initial}
        make = partial(_made_fields, chosen)
        # Making them takes as long as all the rest of a send, so forms share them; but something chosen long ago may be
        # on no list any more, and is offered to this person alone.
        fields = make() if chosen else snapshot.cached(("fields", get_language(), lifecycle.today().year), make)
        self.fields.update({question.name: fields[question.name] for question in self.asked})

    def clean(self) -> dict[str, object]:
        """Ask about answers that do not go together; both stay as they were ticked."""
        for question in self.asked:
            chosen = self.cleaned_data.get(question.name)
            if isinstance(chosen, list) and (says := questions.answers_at_odds(question, chosen)):
                self.add_error(question.name, _(says))
        return self.cleaned_data

    def section(self, name: str) -> list[forms.BoundField]:
        return [self[question.name] for question in self.asked if question.section == name]

    def sections(self) -> list[dict[str, object]]:
        """Return every section that has fields, for the page; each knows the one after it."""
        shown: list[dict[str, object]] = []
        for section in questions.SECTIONS:
            if fields := self.section(section.name):
                lead = _(section.lead) if section.lead else ""
                about = {"name": section.name, "title": _(section.title), "lead": lead, "can_skip": section.can_skip}
                shown.append({**about, "fields": fields})
        for section_now, after in pairwise(shown):
            section_now["after"] = after
        return shown

    def texts(self) -> dict[str, str]:
        return {question.name: self.cleaned_data[question.name] for question in self.asked if question.kind == "text"}

    def answers(self) -> dict[str, object]:
        ticked = {q.name: self.cleaned_data[q.name] for q in self.asked if q.kind != "text"}
        language = self.cleaned_data.get("language")
        return {"version": questions.VERSION, **ticked, **({"language": language} if language else {})}

    def sent(self) -> Sent:
        return Sent(account=self.texts(), answers=self.answers())

    def wants_both(self) -> bool:
        """True if somebody wants no code and the final text: without a code there is no way back to it."""
        return bool(self.cleaned_data["no_code"] and self.cleaned_data.get("consent_ask_again"))


class MessageForm(PublicForm):
    message = WordsField(
        most=LONGEST_MESSAGE, then=gettext_lazy(pages.WORDS["field"]["message"]["next"]), **_words("message")
    )


class TakeDownForm(PublicForm):
    """A wish that a story come down, with a ground and, if somebody likes, words."""

    story = forms.CharField(max_length=300, widget=forms.TextInput(attrs=UNSHARED), **_words("story"))
    ground = forms.ChoiceField(
        choices=[(ground, label) for ground, label in TakeDownRequest.Ground.choices if ground not in OF_FORCES],
        widget=forms.RadioSelect,
        **_words("ground"),
    )
    words = WordsField(most=LONGEST_REQUEST, required=False, **_words("words"))


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


def _made_fields(initial: Mapping[str, object]) -> dict[str, forms.Field]:
    names = pages.newer_names()
    return {
        question.name: _field(question, names.get(question.name, {}), chosen=initial.get(question.name, ()))
        for question in questions.ASKED
    }


def _field(question: Question, names: Mapping[str, str], *, chosen: object) -> forms.Field:
    why = _(question.why) if question.why else ""
    help_text = f"{why} {_('Tick all that fit.')}".strip() if question.kind == "many" else why
    shared: dict[str, Any] = {"label": _(question.words), "help_text": help_text, "required": bool(question.needed)}
    if question.needed:
        shared["error_messages"] = {"required": _(question.needed)}
    if question.kind == "text":
        then = _("Send the first part now; with your code you can send the rest.")
        return WordsField(most=question.limit, rows=12 if question.needed else 4, then=then, **shared)
    if question.kind == "tick":
        return forms.BooleanField(**shared)
    known = questions.question_options(question, this_year=lifecycle.today().year, chosen=chosen)
    choices = [(option.slug, names.get(option.slug) or _(option.words)) for option in known]
    if question.name == "force":
        choices = [(slug, _KIND_OF_FORCE.sub("", each)) for slug, each in choices]
    gone = _("This answer is not in our list any more. Choose again, or leave it out.")
    shared["error_messages"] = {**shared.get("error_messages", {}), "invalid_choice": gone}
    if question.kind == "many":
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **shared)
    if question.kind == "one":
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **shared)
    return forms.ChoiceField(choices=[("", _("Choose")), *choices], **shared)


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
        return {name: bool(self.cleaned_data[name]) for name in questions.CONSENTS if name in self.fields}
