"""Words that coordinators keep: the library of ready words, those of the first look, and the usual wait."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from moderation import first_look, ready_words
from moderation.forms.room import SAYS, RiskWordsForm
from moderation.models import Contact, ReadyWords, RiskWords
from moderation.policies.danger import BY_SLUG
from moderation.views.decorators import StaffRequest, room_view
from moderation.views.lists.stories import DeedPolicy
from moderation.views.pages import room_page
from stories.core import lifecycle
from stories.intake import status_page
from stories.models import UsualWait


class PurposeForm(WagtailAdminModelForm):
    """A form that offers the purposes of its own list alone."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["purpose"].choices = [(each.value, each.label) for each in self.instance.PURPOSES]


class ReadyWordsViewSet(ModelViewSet):
    model = ReadyWords
    icon = "snippet"
    menu_label = gettext_lazy("Ready words")
    panels = ["purpose", "title", "text", "text_cy", "order"]
    list_display = ["title", Column("purpose", label=gettext_lazy("Purpose"), accessor="get_purpose_display"), "order"]
    list_filter = ["purpose"]
    search_fields = ["title", "text"]
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["purpose", "title", "text", "text_cy"]
    add_to_reference_index = False
    permission_policy = DeedPolicy(
        ReadyWords, view="read ready words", **dict.fromkeys(("add", "change", "delete"), "edit ready words")
    )

    def get_edit_handler(self) -> object:
        return ObjectList(self.panels, base_form_class=PurposeForm).bind_to_model(self.model)

    def get_index_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        rows = self.model.objects.filter(purpose__in=self.model.PURPOSES)
        found: dict[str, object] = super().get_index_view_kwargs(queryset=rows, **kwargs)
        return found


class ContactsViewSet(ReadyWordsViewSet):
    model = Contact
    icon = "warning"
    list_filter: list[str] = []
    panels = ["purpose", *(FieldPanel(name, **says) for name, says in SAYS["ContactForm"].items())]
    inspect_view_fields = ["purpose", "title", "text"]


@room_view("edit the first look", "GET")
def risk_words_page(request: StaffRequest) -> HttpResponse:
    changed = set(RiskWords.objects.values_list("question", flat=True))
    questions = [{"risk": risk, "is_changed": slug in changed} for slug, risk in BY_SLUG.items()]
    context = {"questions": questions}
    return room_page(request, "risk_words", _("First-look words"), "view", context)


@room_view("edit the first look", keeps_words=True)
def edit_risk_words(request: StaffRequest, slug: str) -> HttpResponse:
    """Change what stands in one question and in its message, or go back to the words that came with the site."""
    risk = BY_SLUG.get(slug)
    if risk is None:
        raise Http404
    if request.method == "POST" and request.POST.get("step") == "take-back":
        first_look.restore_own_words(risk, by=request.user)
        messages.success(request, _("The words that came with the site stand there again."))
        return redirect("room_risk_words")
    form = RiskWordsForm(request.POST or None, instance=first_look.risk_words_of(risk))
    if form.is_valid():
        first_look.save_risk_words(form.save(commit=False), by=request.user)
        messages.success(request, _("Kept. Moderators read it from now on."))
        return redirect("room_risk_words")
    back = reverse("room_risk_words")
    context = {
        "form": form,
        "button": _("Keep these words"),
        "back": back,
        "lines": ready_words.help_lines_in_words(risk.websites).splitlines(),
        "is_changed": form.instance.pk is not None,
    }
    return room_page(request, "risk_words_form", risk.question, "view", context, under=[(back, _("First-look words"))])


class UsualWaitForm(forms.ModelForm):
    """Its two fields, and no free text: nothing can be promised in them that the queue doesn't keep."""

    class Meta:
        model = UsualWait
        fields = ("pace", "back_on")
        widgets = {
            "pace": forms.RadioSelect,
            # The browser's own: Wagtail's brings a script in the page, which the policy of the admin forbids.
            "back_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("pace") != UsualWait.Pace.AWAY:
            data["back_on"] = None
        elif data.get("back_on") and data["back_on"] <= lifecycle.today():
            self.add_error("back_on", _("Choose a day after today, or leave it empty while you don’t know."))
        return data


@room_view("set the usual wait")
def set_usual_wait(request: StaffRequest) -> HttpResponse:
    form = UsualWaitForm(request.POST or None, instance=UsualWait.objects.first() or UsualWait(pk=1))
    if form.is_valid():
        form.save()
        messages.success(request, _("Set. Contributors read it from now on."))
        return redirect("room_usual_wait")
    context = {"form": form, "wait": status_page.usual_wait()}
    return room_page(request, "usual_wait", _("The usual wait"), "time", context)
