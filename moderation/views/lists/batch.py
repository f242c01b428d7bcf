"""The batch: how many agreed stories wait, why, and a coordinator's button."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from moderation import policies, publishing
from moderation.views.decorators import require_permission
from moderation.views.lists.stories import address, name_of
from moderation.views.pages import heading
from stories.models import Story


@require_http_methods(["GET", "POST"])
@require_permission("publish a batch")
def batch(request: HttpRequest) -> HttpResponse:
    """Show what waits; a POST publishes it, if it is enough for a batch."""
    if request.method == "POST":
        return _publish(request)
    waiting = publishing.waiting_stories()
    title = _("The next batch")
    context = {
        "count": len(waiting),
        "stories": [_row(story, request.user) for story in sorted(waiting, key=lambda story: story.slug)],
        "why_it_waits": publishing.why_batch_waits(waiting),
        "left_out": publishing.left_out(),
        "oldest": min((story.agreed_week for story in waiting), default=None),
        **heading(title, "calendar-check"),
    }
    return TemplateResponse(request, "moderation/batch.html", context)


def _row(story: Story, user: Any) -> dict[str, Any]:
    """A story that would go: its title for who reads what isn't public, and its address for everybody else."""
    reads = policies.MODERATORS in policies.roles_that_may(user)
    return {
        "name": story.title if reads and story.title else name_of(story),
        "url": address(story),
        "force": story.force,
    }


def _publish(request: HttpRequest) -> HttpResponse:
    waiting = publishing.waiting_stories()
    published = publishing.publish_batch(by=request.user)
    if published:
        said = ngettext("%(count)d story is live now.", "%(count)d stories are live now.", len(published))
        messages.success(request, said % {"count": len(published)})
    else:
        messages.warning(request, publishing.why_batch_waits(waiting) or _("Somebody published them just before you."))
    return redirect("room_batch")
