"""One page of a list, reached by a key and never by counting, so that the last one costs what the first does; and its
rows as they are shown: their labels in a few words, their age, and who has each in hand.

All of it is made for a whole page at once: a query or a template for each row would cost more.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from moderation import conflict_of_interest, reading
from moderation.facts import unread_marks
from moderation.models import WorkingCopy
from moderation.policies.access import is_absent
from moderation.queue import lanes
from moderation.team.permissions import why_not
from moderation.team.vault import OpenVault
from stories.core import lifecycle, tables
from stories.danger import NOW
from stories.intake import other_languages, questions, status_page
from stories.intake.labels import Labels
from stories.models import Event, Story, Submission

# A submission with what `mark_rows` and `rows_in_words` tell it.
Row = Any
# After so many weeks the page that people read before they write says that it goes slowly.
TARGET = status_page.SLOW_AFTER.days // 7
TARGET_WEEKS = timedelta(weeks=TARGET)
# From here on a row says how long it still has.
_SOON = 21  # days
_ENDS_WAITING = frozenset(deed for deed, move in lifecycle.MOVES.items() if Submission.Status.WAITING in move.sources)


PAGE = 20
_TICKED = {"urgent": True, "other": False}


class Key(NamedTuple):
    """A row's place in its list; `is_ticked` only in the flood tray, where what is ticked as urgent stands first."""

    week: date
    id: UUID
    is_ticked: bool | None = None

    @classmethod
    def of_row(cls, row: Submission) -> Self:
        return cls(row.week, row.pk, getattr(row, "is_ticked", None))

    @classmethod
    def read(cls, words: str) -> Self | None:
        week, _dot, rest = words.partition(".")
        name, _dot, ticked = rest.partition(".")
        try:
            return cls(date.fromisoformat(week), UUID(name), _TICKED.get(ticked))
        except ValueError:
            return None

    def __str__(self) -> str:
        """As an address carries it."""
        ticked = "".join(f".{word}" for word, is_ticked in _TICKED.items() if is_ticked == self.is_ticked)
        return f"{self.week:%Y-%m-%d}.{self.id.hex}{ticked}"


class Place(NamedTuple):
    """The place of a page: from a row on, or back from it; without one, at the list's beginning or at its end."""

    key: Key | None = None
    is_backwards: bool = False

    @classmethod
    def read(cls, start: str, stop: str) -> Self:
        """Read what an address carries; the beginning, for what is no key."""
        last = Key.read(stop)
        return cls(last, True) if last or stop == "end" else cls(Key.read(start))


@dataclass
class Page:
    """The rows of one page with their labels, and the keys of the pages beside it; empty where none is."""

    rows: list[Submission]
    labels: dict[UUID, Labels]
    earlier: str
    later: str


def queue_page(found: lanes.Lane, user: User, place: Place, vault: OpenVault | None, beside: Set[UUID]) -> Page:
    """Return the page of a list at `place`; without an open vault it has no labels."""
    asked = lanes.rows_in_lane(found, user, beside)
    if found is lanes.FLOOD:
        asked = asked.annotate(is_ticked=F("is_urgent"))
    before = _rows_from(asked, Place(place.key, not place.is_backwards), skips=True).first() if place.key else None
    run = list(_rows_from(asked, place).select_related(*lanes.IN_A_ROW)[: PAGE + 1])
    shown, after = run[:PAGE], run[PAGE] if len(run) > PAGE else None
    ways = [str(Key.of_row(row)) if row else "" for row in (before, after)]
    if place.is_backwards:
        shown.reverse()
        ways.reverse()
    return Page(shown, reading.open_labels(shown, vault) if vault else {}, *ways)


def page_among(rows: Sequence[Submission], place: Place, vault: OpenVault) -> Page:
    """The same of the flood tray's rows where all of them are here, in its order."""
    keys = [Key.of_row(row) for row in rows]
    order = [(not key.is_ticked, key.week, key.id) for key in keys]
    asked = place.key and (not place.key.is_ticked, place.key.week, place.key.id)
    if place.is_backwards:
        stop = bisect_right(order, asked) if asked else len(rows)
        start = max(stop - PAGE, 0)
    else:
        start = bisect_left(order, asked) if asked else 0
        stop = start + PAGE
    shown, (before, after) = list(rows[start:stop]), (keys[max(start - 1, 0) : start], keys[stop : stop + 1])
    return Page(shown, reading.open_labels(shown, vault), *("".join(map(str, beside)) for beside in (before, after)))


def _rows_from(rows: QuerySet[Submission], place: Place, *, skips: bool = False) -> QuerySet[Submission]:
    """The rows from `place` on, or after it where it `skips` that one: ticked ones first where the list has them so."""
    if place.key:
        way = "lt" if place.is_backwards else "gt"
        rows = rows.filter(_beside_key(way if skips else f"{way}e", place.key))
    ticked = ["-is_ticked"] if "is_ticked" in rows.query.annotations else []
    found = rows.order_by(*ticked, "week", "id")
    return found.reverse() if place.is_backwards else found


def _beside_key(way: str, key: Key) -> Q:
    """Stand before a key (`lt`, `lte`) or after it (`gt`, `gte`) in the order of the list."""
    # The week by itself first, because an index answers that.
    beyond_week = Q(**{f"week__{way[:2]}": key.week}) | Q(**{f"id__{way}": key.id})
    by_week = Q(**{f"week__{way[:2]}e": key.week}) & beyond_week
    if key.is_ticked is None:
        return by_week
    is_before = way.startswith("l")
    alike = Q(is_urgent=key.is_ticked) & by_week
    return alike if key.is_ticked == is_before else alike | Q(is_urgent=is_before)


def rows_in_words(page: Page, user: User, second: Mapping[UUID, str]) -> list[Row]:
    """The rows of a page with everything that the table says of each; `second` is what waits for a second yes."""
    rows: list[Row] = page.rows
    mark_rows(rows, user)
    # For whoever can invite somebody: to others it would say too much.
    missing = {} if why_not("invite", user) else conflict_of_interest.nobody_left([row.pk for row in rows])
    for row in rows:
        row.missing, row.second_yes = missing.get(row.pk), second.get(row.pk, "")
        row.address, row.is_for_second = row_address(row), _is_for_second(row)
        row.came = weeks_in_words(row)
        row.is_decided = row.status not in lifecycle.OPEN_TO_WORK
        row.tags = list(_row_tags(row, page.labels.get(row.pk)))
        _set_target(row)
        _set_holder(row, user)
    return rows


def row_address(row: Submission) -> str:
    return reverse("room_second" if _is_for_second(row) else "room_read", args=[row.pk])


def _is_for_second(row: Submission) -> bool:
    return row.status in lifecycle.PUT_FORWARD and not getattr(row, "is_my_text", False)


def weeks_in_words(row: Submission) -> str:
    weeks = _weeks_since(row.week)
    ago = ngettext("%(weeks)d week ago", "%(weeks)d weeks ago", weeks) % {"weeks": weeks}
    return ago if weeks > 0 else _("this week")


def _weeks_since(week: date) -> int:
    return (lifecycle.this_week() - week).days // 7


def _set_target(row: Row) -> None:
    """The weeks left until we mean to have looked at it, while it isn't decided nor its contributor asked something."""
    left = TARGET - (_weeks_since(row.week) - row.weeks_asked)
    is_waiting = row.status == Submission.Status.WAITING
    is_running = row.status in lifecycle.UNDECIDED and not is_waiting
    row.is_late = is_running and left < 1
    row.target = _("due this week") if is_running else _("clock stopped") if is_waiting else ""
    if is_running and left:
        late, ahead = ("%(weeks)d week late", "%(weeks)d weeks late"), ("%(weeks)d week left", "%(weeks)d weeks left")
        row.target = ngettext(*(late if left < 0 else ahead), abs(left)) % {"weeks": abs(left)}


def _set_holder(row: Row, user: User) -> None:
    claim = lanes.claim_now(row)
    row.is_mine = claim is not None and claim.holder_id == user.pk
    row.is_absent = claim is not None and is_absent(claim)
    row.in_hand = row.meant = ""
    if claim:
        until = timezone.localtime(claim.expires_at).strftime("%H:%M")
        says = _("you, until %(until)s") if row.is_mine else _("%(name)s, until %(until)s")
        row.in_hand = says % {"name": claim.holder.get_username(), "until": until}
    elif row.meant_for_id == user.pk:
        row.meant = _("for you")
    elif row.meant_for and row.meant_for.is_active:
        row.meant = _("for %(name)s") % {"name": row.meant_for.get_username()}


def mark_rows(rows: Sequence[Submission], user: User) -> None:
    """Tell each row what its contributor wrote since it was opened, whether it was ever sent back (`was_sent_back`),
    whether there is a text (`has_text`) that `user` wrote a version of (`is_my_text`), for how many weeks its
    contributor was asked something (`weeks_asked`), and whether its story was taken down (`is_down`); in three queries
    however long each history is."""
    histories = mark_unread(rows)
    writers: dict[UUID, set[int]] = defaultdict(set)
    copies = WorkingCopy.objects.filter(submission__in=rows).order_by()
    for pk, by in copies.values_list("submission", "written_by").distinct():
        writers[pk].add(by)
    decided = [row for row in rows if row.status not in lifecycle.UNDECIDED]
    hidden = Story.objects.filter(submission__in=decided, status=Story.Status.HIDDEN)
    down = set(hidden.values_list("submission", flat=True))
    row: Row
    for row in rows:
        row.was_sent_back = any(deed == "send back" for deed, _week in histories[row.pk])
        row.has_text, row.is_my_text = row.pk in writers, user.pk in writers[row.pk]
        row.weeks_asked, row.is_down = _weeks_asked(histories[row.pk]), row.pk in down


def mark_unread(rows: Sequence[Submission]) -> dict[UUID, list[tuple[str, date]]]:
    """Tell each row what its contributor wrote since it was opened (`wrote`, `wants_change`, `said_yes`, `changed`);
    return what happened to each, with its weeks."""
    histories: dict[UUID, list[tuple[str, date]]] = defaultdict(list)
    events = Event.objects.filter(submission__in=rows).order_by("number")
    for pk, deed, week in events.values_list("submission", "deed", "week"):
        histories[pk].append((deed, week))
    for row in rows:
        # What two people agreed on past a yes needs nothing any more, opened or not.
        came = [deed for deed, _week in histories[row.pk]] if row.unopened_since else []
        for name, is_so in unread_marks(came).items():
            setattr(row, name, is_so)
    return histories


def _weeks_asked(history: list[tuple[str, date]]) -> int:
    """From each question to whatever moved it on, or until now."""
    weeks, since = 0, None
    for deed, week in history:
        if deed == "ask":
            since = week
        elif since and deed in _ENDS_WAITING:
            weeks, since = weeks + (week - since).days // 7, None
    return weeks + (_weeks_since(since) if since else 0)


_KINDS = {option.slug: option.words for option in questions.BY_NAME["kinds"].options}
_WORDS: dict[str, dict[str, str]] = tables.read(__file__)
_MAIN, _URGENT, _WROTE = (f"w-status--primary{more}" for more in ("", " room-labels__urgent", " room-labels__wrote"))
_LATE = "room-labels__soon"
_LOOKS = dict.fromkeys(("wants_change", "wrote", "said_yes", "changed"), _WROTE)
_LOOKS |= {"urgent": _URGENT, "second": _MAIN, "is_down": _LATE}


class Tag(NamedTuple):
    words: str
    looks: str = ""


def sealed_tags(labels: Labels | None) -> Iterator[Tag]:
    """The labels of an account in a list and on its page, before a word of it is read."""
    if labels is None:
        return
    yield from danger_tags(labels)
    for slug in labels.kinds:
        yield Tag(_(_KINDS.get(slug, slug)), "room-labels__kind")
    yield Tag(ngettext("%(count)d minute", "%(count)d minutes", labels.minutes) % {"count": labels.minutes})
    if labels.is_hard:
        yield Tag(_("hard to read"))
    for slug in labels.flags:
        yield Tag(str(_WORDS["flags"].get(slug) or other_languages.OURS.get(slug, slug)))


def danger_tags(labels: Labels) -> Iterator[Tag]:
    """The scanner's labels about danger, as a question wherever it can't be sure."""
    if labels.danger.life == NOW:
        yield Tag(_("life now"), _URGENT)
    elif labels.danger.life:
        yield Tag(_("life, past?"), _LATE)
    if labels.danger.child:
        yield Tag(_("child"), _URGENT)
    if labels.danger.is_unread:
        yield Tag(_("other language, danger unknown"), _URGENT)


def _row_tags(row: Row, labels: Labels | None) -> Iterator[Tag]:
    yield from sealed_tags(labels)
    if language := dict(settings.LANGUAGES[1:]).get(row.language):
        yield Tag(language)
    asks = row.wants_change
    came = {"wants_change": asks, "wrote": row.wrote and not asks, "said_yes": row.said_yes and not asks}
    yield from _tags({"urgent": row.is_urgent, "flood": row.is_flood, **came, "changed": row.changed})
    if row.status in lifecycle.PUT_FORWARD:
        yield from _tags({"second": True, "waits_for_yes": row.waits_for_yes, "is_my_text": row.is_my_text})
    elif row.status in lifecycle.UNDECIDED:
        yield from _tags({"sent_back": row.was_sent_back, "begun": row.has_text and not row.was_sent_back})
    else:
        yield Tag(row.get_status_display())
        yield from _tags({"is_down": row.is_down})
    if row.second_yes:
        yield Tag(row.second_yes, _WROTE)
    if row.missing:
        yield Tag(_WORDS["missing"][row.missing], _LATE)
    if row.look_again_on:
        yield Tag(_("look again on %(day)s") % {"day": date_format(row.look_again_on, "j F")})
    days = lanes.days_left(row)
    if days < _SOON and not row.is_erased:
        says = ngettext("%(count)d day until it is erased", "%(count)d days until it is erased", days)
        yield Tag(says % {"count": days}, _LATE)


def _tags(marks: Mapping[str, bool]) -> Iterator[Tag]:
    return (Tag(_WORDS["marks"][name], _LOOKS.get(name, "")) for name, is_so in marks.items() if is_so)
