"""The coordinator's desk: what waits and for whom, in numbers and days. No word of an account, and nobody's speed."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Min, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from moderation import conflict_of_interest, publishing, ready_words
from moderation.forces import answers
from moderation.models import Agreement, PutBack, ReleaseWish
from moderation.queue import lanes, rows as queue_rows, urgent
from stories.core import addresses, lifecycle, tables
from stories.figures import releases
from stories.models import Event, Story, Submission, lists
from stories.reading import ask_progress

_WORDS = tables.read(__file__)
# Of each kind so many are named, and the rest counted.
MOST = 5
_SOON = timedelta(days=14)


class Said(NamedTuple):
    words: str
    url: str = ""


class Line(NamedTuple):
    label: str
    said: list[Said]
    is_alarm: bool = False


class BatchRow(NamedTuple):
    """A story of the next batch, or what keeps it out; an account that is no story has its six letters alone."""

    name: str
    story: Story | None = None
    kept_out: str = ""
    is_left: bool = False


def batch_rows() -> list[BatchRow]:
    """What the next batch would publish, then what is left out of it, then what lacks somebody's yes."""
    # By a chance address: their order says nothing of when each was agreed.
    agreed = sorted(publishing.agreed_stories(), key=lambda each: (each[1], each[0].slug))
    rows = [_agreed_row(story, kept_out) for story, kept_out in agreed]
    forward = Submission.objects.filter(lists.REAL, status=Submission.Status.PREPARED).order_by("pk")
    yeses = Agreement.objects.filter(place="first", working_copy__submission__in=forward)
    said_yes = dict(yeses.order_by("pk").values_list("working_copy__submission", "by__username"))
    for row in forward:
        why = _WORDS["kept_out"]["contributor" if row.waits_for_yes else "second"]
        rows.append(BatchRow(row.short_name, kept_out=why % {"first": said_yes.get(row.pk, "")}))
    return rows


def _agreed_row(story: Story, kept_out: str) -> BatchRow:
    readers = {"first": story.first_reader.get_username(), "second": story.second_reader.get_username()}
    why = _WORDS["kept_out"][kept_out] % readers if kept_out else ""
    return BatchRow(story.title or str(story), story, why, kept_out == "left")


def desk_lines() -> list[Line]:
    """All of it but the batch; a line that has nothing to say is left out."""
    marked, waits = Submission.objects.filter(lists.URGENT).count() + len(urgent.marked_ids()[0]), waiting_counts()
    lines = [
        Line(_("Urgent"), list(_urgent(marked)), bool(marked)),
        Line(_("Late"), list(_late(waits)), bool(waits["late"])),
        Line(_("In hand"), list(_in_hand())),
        Line(_("Nobody left"), list(_nobody_left()), is_alarm=True),
        Line(_("Held"), list(_held())),
        Line(_("A second yes"), list(_second_yes())),
        Line(_("Forces"), list(_forces())),
        Line(_("Promises overdue"), list(_promises())),
        Line(_("Figures"), list(_figures())),
        Line(_("To ring"), list(_whom_to_ring())),
    ]
    return [line for line in lines if line.said]


def _urgent(marked: int) -> Iterator[Said]:
    yield Said(ngettext("%(many)d account is marked", "%(many)d accounts are marked", marked) % {"many": marked})
    yield Said(
        _("Ticks and marks alone: what an account says of danger is sealed. Ask a moderator to unlock and look.")
    )


def waiting_counts() -> dict[str, Any]:
    """How many wait in `all`, how many too long, how many are erased within a fortnight, and the oldest one's week."""
    is_late = Q(week__lt=lifecycle.this_week() - queue_rows.TARGET_WEEKS)
    is_ending = Q(erase_on__lte=lifecycle.today() + _SOON)
    waiting = Submission.objects.filter(lists.NEW | lists.URGENT | lists.PUT_FORWARD)
    counted = {"all": Count("pk"), "late": Count("pk", filter=is_late), "ending": Count("pk", filter=is_ending)}
    return waiting.aggregate(**counted, oldest=Min("week"))


def _late(waits: dict[str, Any]) -> Iterator[Said]:
    yield Said(_("%(late)d of %(all)d have waited longer than %(weeks)d weeks") % {**waits, "weeks": queue_rows.TARGET})
    if waits["oldest"]:
        yield Said(_("the oldest came in the week of %(day)s") % {"day": date_format(waits["oldest"], "j F")})
    if ending := waits["ending"]:
        said = ngettext("%(many)d is erased within 14 days", "%(many)d are erased within 14 days", ending)
        yield Said(said % {"many": ending})


def _in_hand() -> Iterator[Said]:
    """How many each has in hand or is meant for; of an evening, and not how many they did."""
    is_claimed = {"claim__expires_at__gt": timezone.now(), "then": F("claim__holder__username")}
    work = Submission.objects.filter(lists.REAL, status__in=lifecycle.OPEN_TO_WORK, is_flood=False)
    who = work.annotate(who=Case(When(**is_claimed), default=F("meant_for__username")))
    for name, many in who.order_by(F("who").asc(nulls_first=True)).values_list("who").annotate(Count("pk")):
        yield Said(f"{name or _('nobody')} {many}")


def _nobody_left() -> Iterator[Said]:
    """Accounts that nobody is left to read first or second: never why."""
    missing = conflict_of_interest.nobody_left()
    for pk, place in list(missing.items())[:MOST]:
        yield Said(f"{pk.hex[:6]}: {_WORDS['nobody_left'][place]}")
    yield from _rest(len(missing))
    if missing:
        yield Said(_WORDS["nobody_left"]["then"], reverse("room_invite"))


def _held() -> Iterator[Said]:
    held = Submission.objects.filter(lists.REAL, status=Submission.Status.HELD).order_by("look_again_on", "pk")
    why = Event.objects.filter(submission__in=held, deed__in=("hold", "hold again")).order_by("number")
    reasons, soon = dict(why.values_list("submission", "reason")), lifecycle.today() + _SOON
    for row in held[:MOST]:
        said = [f"{row.short_name}: {_WORDS['held'].get(reasons.get(row.pk), _('no reason was kept'))}"]
        if row.look_again_on:
            said.append(_("look again on %(day)s") % {"day": date_format(row.look_again_on, "j F")})
        if row.erase_on <= soon:
            said.append(
                _("erased on %(day)s, unless a moderator holds it for longer")
                % {"day": date_format(row.erase_on, "j F")}
            )
        yield Said(", ".join(said))
    yield from _rest(held.count())


def _rest(many: int) -> Iterator[Said]:
    if many > MOST:
        yield Said(_("and %(many)d more") % {"many": many - MOST})


def _second_yes() -> Iterator[Said]:
    counted = {
        "texts": Submission.objects.filter(lists.PUT_FORWARD).count(),
        "releases": ReleaseWish.objects.filter(submission__status=Submission.Status.HELD).count(),
        "put_back": PutBack.objects.filter(story__status=Story.Status.HIDDEN).count(),
    }
    for each, many in counted.items():
        one, several = _WORDS["second"][each]
        yield from [Said(ngettext(one, several, many) % {"many": many})] if many else []


def _forces() -> Iterator[Said]:
    """Their answers and objections that somebody has to look at, and the letters that none came to."""
    waiting = answers.waiting_answers()
    for row in waiting[:MOST]:
        yield Said(
            f"{row.force}: {_WORDS['answers'][row.turn or 'draft']}", reverse("room_answers:inspect", args=[row.pk])
        )
    yield from _rest(len(waiting))
    objections = lanes.due_with_objections().filter(ground__in=lanes.OF_FORCES)
    for objection in objections[:MOST]:
        said = _("an objection to settle: %(day)s") % {"day": lanes.due_label(objection)}
        yield Said(said, reverse("room_objection", args=[objection.pk]))
    if letters := answers.letters_without_answer():
        said = ngettext("%(many)d letter without an answer", "%(many)d letters without an answer", len(letters))
        since = _("asked in %(month)s") % {"month": date_format(letters[0].month, "F Y")}
        yield Said(f"{said % {'many': len(letters)}}, {since}", reverse("room_forces"))


def _promises() -> Iterator[Said]:
    late = [(ask, ask.due) for ask in ask_progress.get_asks() if ask.is_late and ask.due]
    for ask, due in late[:MOST]:
        yield Said(f"{ask.title} ({ask.whom}, {date_format(due, 'j F')})", addresses.public_url(ask.url))
    yield from _rest(len(late))


def _figures() -> Iterator[Said]:
    if quarter := releases.due_quarter():
        yield Said(_("%(quarter)s is over: look, and release it") % {"quarter": quarter}, reverse("room_figures"))


def _whom_to_ring() -> Iterable[Said]:
    found = [Said(f"{each['name']}: {each['how']}") for each in ready_words.safeguarding()]
    return found or [Said(_("nobody has written down whom moderators ring"), reverse("room_safeguarding:add"))]
