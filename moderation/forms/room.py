"""The forms of the moderators' room; what they check is shape, while rules stand in `policies`."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from secrets import token_urlsafe
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from moderation.conversation.ready_words import Ready
from moderation.models import ReadyWords, RiskWords
from moderation.policies.danger import Statement
from moderation.policies.risks import RISKS
from moderation.redaction import anonymity_check
from moderation.redaction.anonymity_check import (
    ANONYMITY_CHECK,
    ANSWERS,
    STAYS,
    answered_check,
    unfinished_fields,
)
from moderation.working_copies import EMPTY
from stories.core import dates, decline_reasons, lifecycle, named_lists, story_sections
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
# Followed by the script that puts neutral words in.
_FOLLOWED = {"data-room-replace-target": "field", "data-action": "input->room-replace#follow"}

PLACES = (
    ("force", _("The force")),
    ("region", _("Only the region")),
    ("nation", _("Only the nation")),
    ("nothing", _("Nothing")),
)


def year_choices() -> Iterator[tuple[str, Any]]:
    """Every year as a row holds it and as pages name it."""
    yield "", "—"
    for slug in (*map(str, dates.years_newest_first(lifecycle.today().year)), dates.BEFORE_FIRST_YEAR):
        yield dates.year_in_a_row(slug), story_facts.year_words(slug)


def _below(name: str) -> forms.CharField:
    return forms.CharField(
        label=story_sections.HEADINGS[name],
        max_length=LONGEST_BELOW,
        required=False,
        strip=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4, **_FOLLOWED}),
        help_text=_("It stands below the text, under this heading. Left empty, neither does."),
    )


class WorkingCopyForm(forms.Form):
    """One version of the text and its facets. `version` is the one it began with, `token` keeps it alive."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    # The window it stands in, by a chance name, and how often that has sent it.
    window = forms.CharField(required=False, widget=forms.HiddenInput, initial=lambda: f"{token_urlsafe(12)}.0")
    title = forms.CharField(
        label=_("Title"), max_length=LONGEST_TITLE, required=False, widget=forms.TextInput(attrs=_FOLLOWED)
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_ACCOUNT,
        required=False,
        strip=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 18, **_FOLLOWED}),
        help_text=_("Rewrite what could identify somebody; a blank line begins a new paragraph."),
    )
    differently = _below("differently")
    well = _below("well")
    place_shown = forms.ChoiceField(
        label=_("How much about where"), choices=PLACES, required=False, widget=forms.RadioSelect
    )
    force = forms.ChoiceField(label=_("Force"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False, help_text=_("Only where no force is chosen."))
    nation = forms.ChoiceField(label=_("Nation"), required=False)
    year = forms.ChoiceField(
        label=_("Year they first told the police, or would have"), choices=year_choices, required=False
    )
    outcome = forms.ChoiceField(label=_("What came of it"), required=False)
    themes = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)
    content_notes = forms.MultipleChoiceField(
        label=_("Content notes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = named_lists.get_named_lists()
        forces = lists.forces.values()
        regions, nations = (sorted({getattr(force, where) for force in forces}) for where in ("region", "nation"))
        offered = {
            "force": [("", _("No force")), *((pk, force.name) for pk, force in lists.forces.items())],
            "region": [("", "—"), *((name, name) for name in regions)],
            "nation": [("", "—"), *((name, name) for name in nations)],
            "outcome": [("", "—"), *lists.outcomes.items()],
            "themes": list(lists.themes.items()),
            "content_notes": list(lists.notes.items()),
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices

    def clean_window(self) -> str:
        window: str = self.cleaned_data["window"]
        return window if _WINDOW.fullmatch(window) else ""

    def clean_themes(self) -> str:
        return self._joined("themes")

    def clean_content_notes(self) -> str:
        return self._joined("content_notes")

    def _joined(self, name: str) -> str:
        joined = " ".join(sorted(self.cleaned_data[name]))
        if len(joined) > LONGEST_LIST:
            raise forms.ValidationError(_("Tick fewer: these are more than a story has room for."))
        return joined

    def fields_of_text(self) -> dict[str, str]:
        """What a working copy seals, of a form that is valid."""
        return {name: self.cleaned_data[name] for name in EMPTY}

    def typed(self) -> dict[str, str]:
        """The words of each field as the browser holds them, whether or not the form is valid."""
        # What is too long has to be shortened first, and looking through all of it could take minutes.
        return {name: _LINE_END.sub("\n", str(self[name].value() or ""))[:most] for name, most in LONGEST.items()}

    def left(self) -> dict[str, str]:
        """Why what could identify somebody stays, by the key of its wording, as typed."""
        return anonymity_check.reasons_in_form(self.data)


def working_copy_form(fields: Mapping[str, str], *, version: int) -> WorkingCopyForm:
    """The form as it stands for `fields` of a version (0: the first isn't written yet)."""
    lists = {name: fields[name].split() for name in ("themes", "content_notes")}
    return WorkingCopyForm(initial={**fields, **lists, "version": version})


class CheckForm(forms.Form):
    """The anonymity check, each line with a place for its reason, and the digest of the text that it is about.

    `is_refused` says that it was sent and came back: then its lines say what they still want.
    """

    is_refused = False
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in ANONYMITY_CHECK.items():
            self.fields[f"check-{name}"] = forms.ChoiceField(
                label=label, choices=tuple(ANSWERS.items()), widget=forms.RadioSelect
            )
            self.fields[f"why-{name}"] = forms.CharField(
                label=_("Why it stays, or what should change"),
                required=False,
                max_length=anonymity_check.LONGEST_REASON,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def named(self) -> str:
        """The digest of the text that was on the screen."""
        return str(self["digest"].value() or "")

    def lines(self) -> Iterator[tuple[Any, Any, Any]]:
        """Each line's answer and its reason, as bound fields, and what it still wants, in words."""
        for name in ANONYMITY_CHECK:
            yield self[f"check-{name}"], self[f"why-{name}"], self._wanted().get(name)

    def first_unfinished(self) -> str:
        """The id of the first line that still wants something, for a link; "" where none does."""
        return next((f"{self[f'check-{name}'].auto_id}-line" for name in self._wanted()), "")

    def _wanted(self) -> dict[str, Any]:
        if not self.is_refused:
            return {}
        check = self.check()
        says = {True: _("Write in a few words why it stays."), False: _("Not answered yet.")}
        return {
            name: says[check.get(name) == STAYS] for name in unfinished_fields(answered_check(check, self.reasons()))
        }

    def check(self) -> dict[str, str]:
        """The answers by line, as the anonymity check reads them; unanswered ones are left out."""
        return self._by_line("check")

    def reasons(self) -> dict[str, str]:
        """The reasons by line; blank ones are left out."""
        return self._by_line("why")

    def _by_line(self, prefix: str) -> dict[str, str]:
        # As it was typed, where it is too long: it is cut where it is kept.
        said = {name: str(self[f"{prefix}-{name}"].value() or "") for name in ANONYMITY_CHECK}
        return {name: words for name, words in said.items() if words}


class SendBackForm(forms.Form):
    """What should change, for the first reader."""

    note = forms.CharField(
        label=_("What should change"),
        max_length=LONGEST_NOTE,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
        help_text=_("Only moderators read this; it is sealed like the account."),
    )


def _day(label: Any, help_text: Any, *, missing: Any = "", required: bool = True) -> forms.DateField:
    invalid = _("Write the day as year, month and day, such as 2027-03-14.")
    return forms.DateField(
        label=label,
        required=required,
        error_messages={"required": missing, "invalid": invalid},
        # The browser's own calendar: Wagtail's needs a script inside the page, which our policy refuses.
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=help_text,
    )


class HoldForm(forms.Form):
    """Why it waits, the day on which somebody looks again, and the day on which it ends."""

    reason = forms.ChoiceField(
        label=_("Held for"),
        choices=(("legal", _("A legal reason: a case, a charge, an order")), ("safety", _("Somebody’s safety"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it waits.")},
    )
    waits_for = forms.CharField(
        label=_("What it waits for"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Which court, which hearing, whose answer. Only moderators read this; it is sealed."),
    )
    look_again_on = _day(
        _("Look again on"),
        _("It comes back to the start page on this day. The contributor reads it."),
        missing=_("Choose the day on which somebody looks again."),
    )
    keep_until = _day(
        _("Keep it until, at the longest"),
        _(
            "If nobody has decided by then, it is erased; the contributor reads this day too. "
            "Left empty, it is 30 days after the day above."
        ),
        required=False,
    )


class AnswerForm(forms.Form):
    """What whoever asked for a story to come down reads with their code."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 5}),
        help_text=_(
            "They read it with their code, for 30 days. It is sealed to that code: once you have settled it, nobody "
            "else can read it, not even you. Name nobody; leave it empty to write nothing."
        ),
    )


class NoWordsForm(forms.Form):
    """For a deed that is a button and nothing else."""


class WordsForm(forms.Form):
    """Words for a contributor. `words` names the field they stand in, `purpose` the part of the library."""

    words: str
    purpose = ""

    # What the preview showed, so that nothing else is sent; empty before there was one.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, library: Sequence[Ready] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.library = library
        if not library:
            return
        self.fields["ready"] = forms.ChoiceField(
            label=_("Ready words"),
            choices=[("", _("None of them")), *((str(ready.pk), ready.title) for ready in library)],
            required=False,
            help_text=_("They go into the box below, where you can change them. What stands there stays."),
        )
        self.order_fields(["reason", "ready", self.words])

    def with_ready_words(self) -> dict[str, str]:
        """What was typed, with the chosen ready words put after it."""
        typed = self.data.get(self.words, "").strip()
        chosen = next((ready.text for ready in self.library if str(ready.pk) == self.data.get("ready")), "")
        return {**self.data.dict(), self.words: "\n\n".join(filter(None, (typed, chosen))), "ready": ""}  # type: ignore[attr-defined]

    @cached_property
    def digest(self) -> str:
        """Name exactly what would be sent, of a form that is valid."""
        sent = "\n".join(filter(None, [self.cleaned_data.get("reason"), self.text]))
        return hashlib.sha256(sent.encode()).hexdigest()

    @property
    def text(self) -> str:
        found: str = self.cleaned_data[self.words]
        return found

    @property
    def is_seen(self) -> bool:
        """True if the preview showed just this."""
        return bool(self.cleaned_data["seen"] == self.digest)


class DeclineForm(WordsForm):
    """A reason of the closed list, and a note if one helps."""

    words = "note"
    purpose = ReadyWords.Purpose.DECLINE

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=lambda: [(slug, reason.moderator) for slug, reason in decline_reasons.REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason from the list; the contributor reads it in plain words.")},
    )
    note = forms.CharField(
        label=_("A note to the contributor, if it helps"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 6}),
        help_text=_("They read the reason in plain words anyway. This is sealed, and opens with their code."),
    )


class AskForm(WordsForm):
    """One question to the contributor."""

    words = "question"
    purpose = ReadyWords.Purpose.QUESTION

    question = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_NOTE,
        widget=AdminAutoHeightTextInput(attrs={"rows": 6}),
        error_messages={"required": _("Write your question. They read it when they come back with their code.")},
        help_text=_("Ask one thing, kindly. They may read it beside the person they fear, so name nobody."),
    )


LOOK_ANSWERS = (("yes", _("Yes")), ("no", _("No")), ("not-sure", _("Not sure")))


class FirstLookForm(forms.Form):
    """Six answers, none of them ticked before, and a note if one helps."""

    note = forms.CharField(
        label=_("A note for whoever looks next, if it helps"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_("What you did, and whom you told. Only moderators read this; it is sealed like the account."),
    )

    # Asked only where a no would be against what the contributor ticked.
    why_no_case = forms.CharField(
        label=_("Why is no case active, although they ticked an arrest, a charge or a court date?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
        help_text=_("One sentence. The second reader sees it; it is sealed like the account."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for risk in RISKS:
            self.fields[risk.slug] = forms.ChoiceField(
                label=risk.question,
                choices=LOOK_ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one. “Not sure” is an answer too.")},
            )

    def answers(self) -> dict[str, str]:
        """The answers by question, of a form that is valid."""
        return {risk.slug: self.cleaned_data[risk.slug] for risk in RISKS}


class DangerForm(forms.Form):
    """What goes with a yes to a text: whether anybody is in danger now, with nothing answered before."""

    prefix = "danger"
    now = forms.ChoiceField(
        label=_("Is anybody’s life in danger now, or is the person it happened to under 18?"),
        choices=LOOK_ANSWERS,
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Why is that over?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_("What was done, and how you know. Both readers see it; it is sealed like the account."),
    )

    def statement(self) -> Statement:
        """What was said, as the rules judge it; what is too long is cut."""
        now, text = (str(self[name].value() or "") for name in ("now", "text"))
        return Statement(now, text.strip()[:LONGEST_NOTE])


class MessageForm(WordsForm):
    """A message to the contributor, whole, as they read it."""

    words = "message"

    message = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_NOTE,
        widget=AdminAutoHeightTextInput(attrs={"rows": 12}),
        help_text=_("Change it as you like. Name nobody: they may read it beside the person they fear."),
        error_messages={"required": _("Write something first. They read it when they come back with their code.")},
    )


class CallForm(forms.Form):
    """When, who, and what was agreed: what a colleague asks first."""

    when = forms.CharField(
        label=_("When you rang"), max_length=100, error_messages={"required": _("Say when, as near as you know.")}
    )
    who = forms.CharField(
        label=_("Who you spoke to"),
        max_length=200,
        help_text=_("If nobody answered, say so, and whom you rang next."),
        error_messages={"required": _("Say whom you rang, and whether they answered.")},
    )
    agreed = forms.CharField(
        label=_("What you agreed"),
        max_length=LONGEST_NOTE,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
        help_text=_("Who does what now, and when somebody looks again."),
        error_messages={"required": _("Write in a sentence what you agreed, or that you agreed nothing yet.")},
    )


class RiskWordsForm(forms.ModelForm):
    """What stands in one question, and the message that goes with it."""

    class Meta:
        model = RiskWords
        fields = ("what_to_do", "message", "message_cy")
        widgets = {name: AdminAutoHeightTextInput(attrs={"rows": 8}) for name in fields}
        help_texts = {
            "what_to_do": _("The first line stands before the answers, the others after them, each by itself."),
            "message": _(
                "Moderators read it through and can change it before it is sent. Help lines follow by themselves."
            ),
            "message_cy": _("For who wrote to us in Welsh. Left empty, they get the English one."),
        }
