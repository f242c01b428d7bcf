"""Where a coordinator gives the first look's questions other words."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from moderation.conversation import ready_words
from moderation.forms.first_look import RiskWordsForm
from moderation.models import RiskWords
from moderation.risk import risk_words
from moderation.risk.risks import BY_SLUG, RISKS
from moderation.views.decorators import keeps_words, require_permission, words_token_context
from moderation.views.pages import heading


@require_GET
@require_permission("edit the first look")
def index(request: HttpRequest) -> HttpResponse:
    """The six questions, and which of them have words of your own."""
    changed = set(RiskWords.objects.values_list("question", flat=True))
    title = _("First-look words")
    context = {
        "questions": [{"risk": risk, "is_changed": risk.slug in changed} for risk in RISKS],
        **heading(title, "view"),
    }
    return TemplateResponse(request, "moderation/risk_words.html", context)


@keeps_words
@require_http_methods(["GET", "POST"])
@require_permission("edit the first look")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what stands in one question and in its message, or go back to the words that came with the site."""
    risk = BY_SLUG.get(slug)
    if risk is None:
        raise Http404
    if request.method == "POST" and request.POST.get("step") == "take-back":
        risk_words.restore_own_words(risk, by=request.user)
        messages.success(request, _("The words that came with the site stand there again."))
        return redirect("room_risk_words")
    form = RiskWordsForm(request.POST if request.method == "POST" else None, instance=risk_words.words_of(risk))
    if request.method == "POST" and form.is_valid():
        risk_words.save_words(form.save(commit=False), by=request.user)
        messages.success(request, _("Kept. Moderators read it from now on."))
        return redirect("room_risk_words")
    under = [(reverse("room_risk_words"), _("First-look words"))]
    context = {
        "form": form,
        "media": form.media,
        "lines": ready_words.help_lines_in_words(risk.websites).splitlines(),
        "is_changed": form.instance.pk is not None,
        "action": request.path,
        **words_token_context(request),
        **heading(risk.question, "view", under=under),
    }
    return TemplateResponse(request, "moderation/risk_words_form.html", context)
