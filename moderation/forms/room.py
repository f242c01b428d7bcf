"""The forms of the moderators' room; what they check is shape, while rules stand in `policies`."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from secrets import token_urlsafe
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from moderation.models import ReadyWords, RiskWords
from moderation.policies.danger import RISKS, Statement
from moderation.redaction import anonymity_check
from moderation.redaction.anonymity_check import ANONYMITY_CHECK, ANSWERS
from moderation.working_copies import EMPTY
from stories.core import dates, decline_reasons, lifecycle, named_lists, story_sections, tables
from stories.intake.questions import LONGEST_ACCOUNT
from stories.reading import story_facts

LONGEST_BELOW = 4_000
LONGEST_LIST = 200
LONGEST_NOTE = 4_000
LONGEST_TITLE = 120
# Of each field that somebody writes in, in characters.
LONGEST = {"title": LONGEST_TITLE, "text": LONGEST_ACCOUNT, **dict.fromkeys(story_sections.NAMES, LONGEST_BELOW)}
_LINE_END = re.compile("\r\n?")
_WINDOW = re.compile(r"[\w-]{16}\.\d{1,6}")
SAYS = tables.read(__file__, "fields.toml")
# Followed by the script that puts neutral words in.
_FOLLOWED = {"data-room-replace-target": "field", "data-action": "input->room-replace#follow"}

PLACES: dict[str, str] = SAYS["places"]


def year_choices() -> Iterator[tuple[str, str]]:
    yield "", "—"
    for slug in (*map(str, dates.years_newest_first(lifecycle.today().year)), dates.BEFORE_FIRST_YEAR):
        yield dates.year_in_a_row(slug), story_facts.year_words(slug)


def _place_choices(column: str) -> list[tuple[str, str]]:
    found = sorted({getattr(force, column) for force in named_lists.get_named_lists().forces.values()})
    return [("", "—"), *((name, name) for name in found)]


def worded_field(name: str, kind: type[forms.Field] = forms.CharField, **more: Any) -> Any:
    """A field that says what `fields.toml` has for `name`, a form and one of its fields."""
    form, _dot, field = name.partition(".")
    says = SAYS[form][field] | more
    messages = {"required": says.pop("missing", None), "invalid": says.pop("invalid", None)}
    if rows := says.pop("rows", None):
        attrs = says.pop("attrs", {})
        says = {"max_length": LONGEST_NOTE, "widget": AdminAutoHeightTextInput(attrs={"rows": rows, **attrs})} | says
    return kind(error_messages={what: words for what, words in messages.items() if words}, **says)


def _words_of_story(name: str, **more: Any) -> Any:
    return worded_field(f"WorkingCopyForm.{name}", strip=False, attrs=_FOLLOWED, **more)


def _facet(name: str, choices: object, kind: type[forms.Field] = forms.ChoiceField, **more: Any) -> Any:
    return worded_field(f"WorkingCopyForm.{name}", kind, choices=choices, **more)


# The browser's own calendar: Wagtail's needs a script inside the page, which our policy refuses.
CALENDAR = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_UNREMEMBERED = forms.TextInput(attrs={"autocomplete": "off"})


class JoinedField(forms.MultipleChoiceField):
    """Slugs that are ticked, as a version keeps them: one line, in the order of the alphabet."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: object) -> object:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: object) -> str:
        joined = " ".join(sorted(super().clean(value)))
        if len(joined) > LONGEST_LIST:
            raise forms.ValidationError(_("Tick fewer: these are more than a story has room for."))
        return joined


class WorkingCopyForm(forms.Form):
    """One version of the text and its facets. `version` is the one it began with, 0 before there is one."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    # The window it stands in, by a chance name, and how often that has sent it.
    window = forms.CharField(required=False, widget=forms.HiddenInput, initial=lambda: f"{token_urlsafe(12)}.0")
    title = worded_field("WorkingCopyForm.title", max_length=LONGEST_TITLE, widget=forms.TextInput(attrs=_FOLLOWED))
    text = _words_of_story("text", max_length=LONGEST_ACCOUNT)
    differently = _words_of_story("below", label=story_sections.HEADINGS["differently"], max_length=LONGEST_BELOW)
    well = _words_of_story("below", label=story_sections.HEADINGS["well"], max_length=LONGEST_BELOW)
    demand = _facet("demand", lambda: [("", _("None of these")), *named_lists.get_named_lists().demands.items()])
    place_shown = _facet("place_shown", PLACES, widget=forms.RadioSelect)
    force = _facet(
        "force",
        lambda: [
            ("", _("No force")),
            *((pk, force.name) for pk, force in named_lists.get_named_lists().forces.items()),
        ],
    )
    region = _facet("region", lambda: _place_choices("region"))
    nation = _facet("nation", lambda: _place_choices("nation"))
    year = _facet("year", year_choices)
    outcome = _facet("outcome", lambda: [("", "—"), *named_lists.get_named_lists().outcomes.items()])
    themes = _facet("themes", lambda: named_lists.get_named_lists().themes.items(), JoinedField)
    content_notes = _facet("content_notes", lambda: named_lists.get_named_lists().notes.items(), JoinedField)

    def clean_window(self) -> str:
        window: str = self.cleaned_data["window"]
        return window if _WINDOW.fullmatch(window) else ""

    def fields_of_text(self) -> dict[str, str]:
        fields = {name: self.cleaned_data[name] for name in EMPTY}
        return fields if fields["differently"].strip() else fields | {"demand": ""}

    def typed(self) -> dict[str, str]:
        """The words of each field as the browser holds them, whether or not the form is valid."""
        # What is too long has to be shortened first, and looking through all of it could take minutes.
        return {name: _LINE_END.sub("\n", str(self[name].value() or ""))[:most] for name, most in LONGEST.items()}

    def has_words_below(self) -> bool:
        return bool(self["differently"].value() or self["well"].value())

    def facts_in_words(self) -> list[str]:
        """What is chosen beside the words, for the line that folds it."""
        return self._chosen("force", "region", "nation", "year", "outcome")

    def themes_in_words(self) -> list[str]:
        return self._chosen("themes", "content_notes")

    def _chosen(self, *names: str) -> list[str]:
        fields = [(self[name].value() or "", cast(Any, self.fields[name]).choices) for name in names]
        pairs = ((_as_list(chosen), *choice) for chosen, choices in fields for choice in choices)
        return [str(label) for chosen, slug, label in pairs if slug and slug in chosen]

    def left(self) -> dict[str, str]:
        return anonymity_check.fields_by_wording(self.data)

    def put(self) -> dict[str, str]:
        """The words that were put in, by the key of those whose place they took."""
        return anonymity_check.fields_by_wording(self.data, anonymity_check.PUT)

    def said(self) -> dict[str, str]:
        """What is typed for the check, about danger and on a finding's card, by field: kept with the text, as no answer
        is.
        """
        cards = {
            f"{anonymity_check.OWN}{key}" for key in anonymity_check.fields_by_wording(self.data, anonymity_check.OWN)
        }
        names = (*(f"why-{name}" for name in ANONYMITY_CHECK), "danger-text", *sorted(cards))
        return {name: words[:LONGEST_NOTE] for name in names if (words := str(self.data.get(name, "")).strip())}


# Each line of the check has an answer and a reason: their fields begin so.
_OF_A_LINE = ("check", "why")


def _as_list(chosen: Any) -> list[str]:
    return chosen if isinstance(chosen, list) else [chosen]


class CheckForm(forms.Form):
    """The anonymity check, each line with a place for its reason, and the digest of the text that it is about.

    `is_refused` says that it was sent and came back: then its lines say what they still want.
    """

    is_refused = False
    # A radio button that has to be ticked is called wrong by its browser until it is.
    use_required_attribute = False
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def named(self) -> str:
        return str(self["digest"].value() or "")

    def lines(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, object]]:
        """Each line's answer and its reason, as bound fields, and what it still wants, in words."""
        for name in ANONYMITY_CHECK:
            yield self[f"check-{name}"], self[f"why-{name}"], self._wanted().get(name)

    def first_unfinished(self) -> str:
        """The id of the first line that still wants something, for a link; "" where none does."""
        return next((f"{self[f'check-{name}'].auto_id}-line" for name in self._wanted()), "")

    def _wanted(self) -> dict[str, object]:
        if not self.is_refused:
            return {}
        answered = self.answered()
        says = {True: _("Write in a few words why it stays."), False: _("Not answered yet.")}
        return {
            name: says[answered.answers.get(name) == anonymity_check.STAYS]
            for name in anonymity_check.unfinished_fields(answered)
        }

    def answered(self) -> anonymity_check.Answered:
        """The answers and reasons by line, valid or not; blank ones are left out, and long ones cut."""
        said = [{name: str(self[f"{each}-{name}"].value() or "") for name in ANONYMITY_CHECK} for each in _OF_A_LINE]
        return anonymity_check.answered_check(*said)


for _name, _label in ANONYMITY_CHECK.items():
    CheckForm.base_fields[f"check-{_name}"] = forms.ChoiceField(
        label=_label, choices=tuple(ANSWERS.items()), widget=forms.RadioSelect
    )
    CheckForm.base_fields[f"why-{_name}"] = forms.CharField(
        label=_("Why it stays, or what should change"),
        required=False,
        max_length=anonymity_check.LONGEST_REASON,
        widget=_UNREMEMBERED,
    )


class JoinForm(forms.Form):
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    sentence = worded_field("JoinForm.sentence", widget=_UNREMEMBERED, max_length=anonymity_check.LONGEST_REASON)


class SendBackForm(forms.Form):
    note = worded_field("SendBackForm.note")

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        # It stands below a first look, which has a note, too.
        super().__init__(data, auto_id="back_%s", **options)


class NoteForm(forms.Form):
    """A note for colleagues; its ids are its own, because it stands on pages with other forms that have a note."""

    about = worded_field("NoteForm.about", forms.ChoiceField, widget=forms.RadioSelect)
    note = worded_field("NoteForm.note")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="colleagues_%s")


class HoldForm(forms.Form):
    reason = worded_field("HoldForm.reason", forms.ChoiceField, widget=forms.RadioSelect)
    waits_for = worded_field("HoldForm.waits_for", max_length=LONGEST_NOTE, widget=_UNREMEMBERED)
    look_again_on = worded_field("HoldForm.look_again_on", forms.DateField, widget=CALENDAR)
    keep_until = worded_field("HoldForm.keep_until", forms.DateField, widget=CALENDAR)


class AnswerForm(forms.Form):
    """The answer that whoever asked for a story to come down reads with their code."""

    answer = worded_field("AnswerForm.answer")


class WordsForm(forms.Form):
    """Words for a contributor. `words` names the field they stand in, `purpose` the part of the library."""

    words: str
    purpose = ""

    # What the preview showed, so that nothing else is sent; empty before there was one.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, data: QueryDict | None = None, *, library: Sequence[ReadyWords] = (), **options: Any) -> None:
        super().__init__(data, **options)
        self.library = library
        if library:
            choices = [("", _("None of them")), *((str(ready.pk), ready.title) for ready in library)]
            self.fields["ready"] = worded_field("WordsForm.ready", forms.ChoiceField, choices=choices)
            self.order_fields(["reason", "ready", self.words])

    def with_ready_words(self) -> dict[str, str]:
        typed = self.data.get(self.words, "").strip()
        chosen = next((ready.text for ready in self.library if str(ready.pk) == self.data.get("ready")), "")
        return {**self.data.dict(), self.words: "\n\n".join(filter(None, (typed, chosen))), "ready": ""}  # type: ignore[attr-defined]

    def digest(self) -> str:
        """Name exactly what would be sent, of a form that is valid."""
        sent = "\n".join(filter(None, [self.cleaned_data.get("reason"), self.cleaned_data[self.words]]))
        return hashlib.sha256(sent.encode()).hexdigest()


class DeclineForm(WordsForm):
    words = "note"
    purpose = ReadyWords.Purpose.DECLINE

    reason = worded_field(
        "DeclineForm.reason",
        forms.ChoiceField,
        choices=lambda: [(slug, reason.moderator) for slug, reason in decline_reasons.REASONS.items()],
        widget=forms.RadioSelect,
    )
    note = worded_field("DeclineForm.note")


class AskForm(WordsForm):
    words = "question"
    purpose = ReadyWords.Purpose.QUESTION

    question = worded_field("AskForm.question")


class MessageForm(WordsForm):
    words = "message"

    message = worded_field("MessageForm.message")


LOOK_ANSWERS = (("yes", _("Yes")), ("no", _("No")), ("not-sure", _("Not sure")))


class FirstLookForm(forms.Form):
    """Six answers, none of them ticked before, and a note if one helps."""

    use_required_attribute = False
    note = worded_field("FirstLookForm.note")
    # Asked only where a no would be against what the contributor ticked.
    why_no_case = worded_field("FirstLookForm.why_no_case")

    def answers(self) -> dict[str, str]:
        return {risk.slug: self.cleaned_data[risk.slug] for risk in RISKS}


for _risk in RISKS:
    FirstLookForm.base_fields[_risk.slug] = worded_field(
        "FirstLookForm.risk", forms.ChoiceField, label=_risk.question, choices=LOOK_ANSWERS, widget=forms.RadioSelect
    )


class DangerForm(forms.Form):
    """The question that goes with a yes to a text: whether anybody is in danger now, with nothing answered before."""

    prefix = "danger"
    now = worded_field("DangerForm.now", forms.ChoiceField, choices=LOOK_ANSWERS, widget=forms.RadioSelect)
    text = worded_field("DangerForm.text")

    def statement(self) -> Statement:
        """The answer as the rules judge it; what is too long is cut."""
        now, text = (str(self[name].value() or "") for name in ("now", "text"))
        return Statement(now, text.strip()[:LONGEST_NOTE])


class CallForm(forms.Form):
    when = worded_field("CallForm.when", max_length=100)
    who = worded_field("CallForm.who", max_length=200)
    agreed = worded_field("CallForm.agreed")


class RiskWordsForm(forms.ModelForm):
    class Meta:
        model = RiskWords
        fields = ("what_to_do", "message", "message_cy")
        widgets = {name: AdminAutoHeightTextInput(attrs={"rows": 8}) for name in fields}
        help_texts = SAYS["RiskWordsForm"]
