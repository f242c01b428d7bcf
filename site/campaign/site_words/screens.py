"""The admin's screens for the words of the site: the list of all, and the form for one."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from campaign.models import SiteWords
from campaign.site_words import catalogued, changing, listing, locked, refusals
from campaign.site_words.catalogued import ENGLISH, Catalogued
from campaign.site_words.forms import SiteWordsForm

MAY = "campaign.change_sitewords"
_ON_A_PAGE = 40


@require_GET
@permission_required(MAY)
def every(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by what the address asks for."""
    asked = listing.asked(request.GET)
    found = listing.lines(asked)
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("p"))
    fields = [
        {"name": name, "label": _LABELS[name](), "options": options, "chosen": getattr(asked, name)}
        for name, options in listing.choices().items()
    ]
    context = {"asked": asked, "many": len(found), "page_obj": page, "fields": fields, "astray": listing.astray()}
    return TemplateResponse(request, "campaign/admin/site_words.html", {**_heading(_title()), **context})


@require_http_methods(["GET", "POST"])
@permission_required(MAY)
def edit(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """One string: a POST keeps its words, or with `original` puts the original back."""
    string = catalogued.by_key().get(key)
    if string is None or language not in dict(settings.LANGUAGES):
        raise Http404
    row = changing.row_of(string, language)
    if request.method == "GET" or locked.why_locked(string):
        return _form_page(request, row, SiteWordsForm(row, said=_said(request, row, string)))
    form = SiteWordsForm(row, request.POST, said=_said(request, row, string))
    if "original" in request.POST:
        return _keep(request, changing.with_forms(row, []), form)
    if form.is_valid():
        return _keep(request, row, form)
    return _form_page(request, changing.row_of(string, language), form)


def urlpatterns() -> list[URLPattern]:
    return [
        path("site-words/", every, name="site_words"),
        path("site-words/<slug:language>/<slug:key>/", edit, name="site_words_edit"),
    ]


_LABELS = {
    "language": lambda: _("Language"),
    "place": lambda: _("Where it stands"),
    "state": lambda: _("Which"),
}


def _said(request: HttpRequest, row: SiteWords, string: Catalogued) -> tuple[str, ...]:
    """What the boxes hold: an earlier version where the address names one, else what stands."""
    if version := request.GET.get("version", ""):
        earlier = changing.version_of(row, version)
        if row.pk and earlier is None:
            raise Http404
        forms = changing.forms_in(earlier) if earlier else []
    else:
        forms = row.forms
    shipped = string.shipped(row.language)
    return tuple(forms) if len(forms) == len(shipped) else shipped


def _keep(request: HttpRequest, row: SiteWords, form: SiteWordsForm) -> HttpResponse:
    try:
        is_new = changing.keep(row, by=request.user, after=request.POST.get("after"))
    except changing.Meanwhile:
        assert form.string is not None  # noqa: S101 - the view looked
        return _form_page(request, changing.row_of(form.string, row.language), form, is_newer=True)
    if not is_new:
        messages.success(request, _("It says that already."))
    elif row.words:
        messages.success(request, _("The site says it so from now on. You can put the original back below."))
    else:
        messages.success(request, _("The original is back. What stood there is kept below."))
    return redirect("site_words_edit", row.language, row.key)


def _form_page(request: HttpRequest, row: SiteWords, form: SiteWordsForm, *, is_newer: bool = False) -> HttpResponse:
    """`is_newer` where somebody else changed it: then the form moves on, so that saving again is a choice."""
    string = form.string
    assert string is not None  # noqa: S101 - the view looked
    context = {
        "form": form,
        "row": row,
        "is_newer": is_newer,
        "after": request.POST.get("after", "") if form.is_bound and not is_newer else str(row.latest_revision_id or ""),
        "place": catalogued.place_in_words(string.place),
        "why_locked": locked.why_locked(string),
        "shipped": form.shipped,
        "english": _in_english(string) if row.language != ENGLISH else (),
        "keep": list(dict.fromkeys(each for was in form.shipped for each in refusals.to_keep(was))),
        "languages": [_way(code, name, string) for code, name in settings.LANGUAGES if code != row.language],
        "earlier": [
            {"version": each, "forms": changing.forms_in(each), "stands": number == 0}
            for number, each in enumerate(changing.versions(row))
        ],
    }
    heading = _heading(dict(settings.LANGUAGES)[row.language], under=True)
    return TemplateResponse(request, "campaign/admin/site_words_edit.html", {**heading, **context})


def _in_english(string: Catalogued) -> tuple[str, ...]:
    """What the English page says now, of which this is the translation."""
    return tuple(changing.row_of(string, ENGLISH).forms) or string.words


def _way(code: str, name: str, string: Catalogued) -> dict[str, str]:
    return {"name": name, "url": reverse("site_words_edit", args=[code, string.key])}


def _title() -> str:
    return _("Words of the site")


def _heading(title: str, *, under: bool = False) -> dict[str, Any]:
    above = [{"url": reverse("site_words"), "label": _title()}] if under else []
    here = f"{_title()}: {title}" if under else title
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, *above, {"url": "", "label": here}]
    return {"header_title": here, "header_icon": "pilcrow", "breadcrumbs_items": crumbs}
