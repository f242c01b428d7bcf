"""How the site stands, and what is left to do: for `heard status`, `heard doctor` and the start pages in the admin."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext
from wagtail.admin.ui.components import Component

from campaign.initial_content import creating
from heard import health
from moderation import publishing, ready_words
from moderation.queue import desk, rows as queue_rows
from moderation.team import keys, permissions
from stories.intake import receive
from stories.models import Story, Submission, lists

# Two agree to each text; a third is there when one of them is away.
FEWEST_MODERATORS = 3


def lines() -> dict[str, str]:
    """The site on one screen, a few words under each name; nothing that tells one account from another."""
    counts, waiting = desk.waiting_counts(), publishing.waiting_stories()
    agreed = ngettext("%(many)d agreed story", "%(many)d agreed stories", len(waiting)) % {"many": len(waiting)}
    return {
        _("Release"): settings.VERSION,
        _("Late"): ", ".join(health.late_signs()[0]) or _("nothing"),
        _("Waiting"): _("%(all)d, of which %(late)d for longer than %(weeks)d weeks")
        % {**counts, "weeks": queue_rows.TARGET},
        _("Oldest account"): date_format(counts["oldest"], "j F Y") if counts["oldest"] else _("none"),
        _("Urgent"): str(Submission.objects.filter(lists.URGENT).count()),
        _("Flood tray"): str(Submission.objects.filter(lists.FLOOD).count()),
        _("Erased unread within 14 days"): str(counts["ending"]),
        _("Next batch"): " ".join([*([f"{agreed}."] if waiting else []), publishing.why_batch_waits(waiting) or ""]),
    }


class ToDo(NamedTuple):
    """A thing to do, and the name of the screen on which a coordinator does it, if there is one."""

    says: str
    screen: str = ""


def what_is_left(late: Collection[str] | None = None) -> Iterator[ToDo]:
    """Each thing to do before the site is open and safe, in the order in which to do it; `late` are health's signs."""
    if not receive.is_open():
        yield ToDo(
            _("Begin the vault, with two moderators and the paper in the room: “heard setup” on the server does it.")
        )
    people = User.objects.filter(is_active=True)
    if not people.filter(groups__name=permissions.COORDINATORS).exists():
        yield ToDo(_("Use the first coordinator’s invitation, or have “heard setup” make another link."))
    holders = keys.share_holders()
    if len(holders) < FEWEST_MODERATORS:
        says = _("Invite moderators until there are %(many)d: no text is public before two of them agreed.")
        yield ToDo(says % {"many": FEWEST_MODERATORS}, "room_invite")
    if any(holder.share is None for holder in holders):
        yield ToDo(_("Have the keys of moderators who wait admitted: a key agrees 48 hours later."), "vault_keys")
    # Two keys agree to each text.
    agree_from = sorted(holder.agrees_from for holder in holders if holder.agrees_from)
    if len(agree_from) > 1 and agree_from[1] > timezone.now():
        says = _("Wait until %(when)s: a key agrees to texts 48 hours after it was admitted.")
        yield ToDo(says % {"when": date_format(timezone.localtime(agree_from[1]), "j F, H:i")}, "vault_keys")
    if not people.filter(groups__name=permissions.EDITORS).exists():
        yield ToDo(_("Invite an editor, who writes the site’s pages."), "room_invite")
    yield from map(ToDo, creating.unfinished_pages())
    if uncalled := creating.help_lines_to_call():
        says = ngettext(
            "Call %(many)d help line, and tick it.", "Call %(many)d help lines, and tick each.", len(uncalled)
        )
        yield ToDo(says % {"many": len(uncalled)})
    if not ready_words.safeguarding():
        says = _("Write whom moderators ring when somebody is in danger, and ring that number once.")
        yield ToDo(says, "room_safeguarding:add")
    if not Story.objects.exclude(sequence=None).exists():
        says = _(
            "Tell an account yourself, have two agree, and withdraw it. The first batch goes out with three agreed "
            "stories, or with fewer after four weeks."
        )
        yield ToDo(says)
    if "backup" in (health.late_signs()[0] if late is None else late):
        yield ToDo(_("Make the first backup, and restore it once: “heard backup”, then “heard backup --verify”."))


class OverviewPanel(Component):
    """The first thing that whoever sets the site up, or coordinates, sees: what is left, and how it stands."""

    template_name = "moderation/panels/overview.html"
    order = 2

    def get_context_data(self, parent_context: Any = None) -> dict[str, object]:
        late = health.late_signs()[0]
        # A coordinator's desk says the rest.
        for_coordinators = {_("Late"): ", ".join(late)} if late else {}
        is_administrator = parent_context["request"].user.is_superuser
        return {"left": list(what_is_left(late)), "lines": lines() if is_administrator else for_coordinators}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    user = request.user
    if isinstance(user, User) and (user.is_superuser or permissions.COORDINATORS in permissions.person_of(user).roles):
        panels.append(OverviewPanel())
