"""One page on which all help lines that readers see are ticked as checked today, each as it stood on the screen."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from campaign.models import HelpLine


@require_http_methods(["GET", "POST"])
def check_help_lines(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("campaign.change_helpline"):
        raise PermissionDenied
    if request.method == "POST":
        _tick(request)
        return redirect("check_help_lines")
    today, rows = timezone.localdate(), HelpLine.objects.filter(HelpLine.seen).order_by("last_checked", "order")
    lines = [(line, _as_shown(line), line.last_checked == today and not line.is_as_laid) for line in rows]
    title = "Check help lines"
    crumbs = [{"url": "", "label": title}]
    context = {"lines": lines, "header_title": title, "header_icon": "help", "breadcrumbs_items": crumbs}
    return TemplateResponse(request, "campaign/admin/check_help_lines.html", context)


def _as_shown(line: HelpLine) -> str:
    return f"{line.pk}.{line.latest_revision_id or 0}"


@transaction.atomic
def _tick(request: HttpRequest) -> None:
    ticked, done, changed = request.POST.getlist("checked"), 0, []
    for line in HelpLine.objects.select_for_update().filter(pk__in=[each.partition(".")[0] for each in ticked]):
        if _as_shown(line) not in ticked:
            changed.append(line.name)
            continue
        line.last_checked = timezone.localdate()
        line.save(update_fields=["last_checked"])
        line.save_revision(user=request.user, clean=False, log_action=True)
        done += 1
    if changed:
        messages.warning(request, f"Changed meanwhile, so look again: {', '.join(changed)}.")
    messages.success(request, f"Checked today: {done}.")
