"""The status of a submission in plain words, and the one thing that comes next with its date."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.core import decline_reasons, lifecycle
from stories.core.retention_days import DAYS_UNDECIDED
from stories.intake import coming_back, final_text, messages, pages
from stories.intake.coming_back import Opened
from stories.models import Event, Story, Submission, TakeDownRequest, UsualWait, lists
from stories.reading import patterns
from stories.reading.patterns import PublicPattern

# From one day that is offered to the next.
_APART = timedelta(weeks=6)
# The standard wants a moment in it; this one tells only which day the entry is for.
_CALENDAR = Path(__file__).with_name("reminder.ics").read_text(encoding="utf-8")


def reminder_titles() -> dict[str, str]:
    """Return the titles that the entry may have, by slug: too short and plain for a calendar file's own marks."""
    return {slug: _(words) for slug, words in pages.WORDS["reminder"].items()}


def reminder_days(first: date | None, last: date) -> list[date]:
    """The days to choose from: from the first worth coming back on, every six weeks, to the last; or none."""
    if first is None:
        return []
    later = [first + timedelta(days=at) for at in range(0, max((last - first).days, 1), _APART.days)]
    return list(dict.fromkeys([*later, max(first, last)]))


def reminder_file(day: date, *, title: str) -> str:
    """Return a calendar with one whole day in it; a title that isn't on the list counts as the first."""
    named = reminder_titles()
    words = _CALENDAR.format(id=uuid.uuid4(), day=day, title=named.get(title) or next(iter(named.values())))
    return words.replace("\n", "\r\n")


def notes_text(opened: Opened) -> str:
    sent = coming_back.what_i_sent(opened)
    words = [f"{pages.field_label(name, sent.answers)}\n\n{text}" for name, text in sent.account.items() if text]
    answers = "\n".join(f"{question}\n  {answer}\n" for question, answer in pages.answers_in_words(sent.answers))
    headings = {messages.MODERATOR: "answer-to-me", messages.CONTRIBUTOR: "message-from-me"}
    told = [
        f"{pages.notice(headings[each['from']], day=_day(date.fromisoformat(each['week'])))}\n\n{each['text']}"
        for each in messages.opened_messages(opened)
    ]
    return "\n\n\n".join(part.strip() for part in (*words, answers, *told) if part) + "\n"


Pace = UsualWait.Pace
# Once the one who waits longest has waited more days than this, we say "slow" whatever is set.
SLOW_AFTER = timedelta(days=21)
_SLOW_WEEKS = 4
# Past this an account is erased undecided, so no longer wait can be told.
_LONGEST = DAYS_UNDECIDED // 7


class Wait(NamedTuple):
    """The pace at the moment: `weeks` until an account is read, and while we are away the day of return, if set."""

    pace: str
    weeks: int
    back_on: date | None = None


def usual_wait() -> Wait:
    """Say how it goes: as coordinators set it, and slower where the queue itself says so."""
    is_set = UsualWait.objects.first() or UsualWait()
    first = _first_unread()
    waited = (lifecycle.this_week() - first).days // 7 if first else 0
    weeks = min(max(waited, 1), _LONGEST)
    if is_set.pace == Pace.AWAY and (is_set.back_on is None or is_set.back_on > lifecycle.today()):
        return Wait(Pace.AWAY, weeks, is_set.back_on)
    if is_set.pace == Pace.SLOW:
        return Wait(Pace.SLOW, max(weeks, _SLOW_WEEKS))
    is_slow = first is not None and lifecycle.today() - first > SLOW_AFTER
    return Wait(Pace.SLOW if is_slow else Pace.NORMAL, weeks)


def read_by(submission: Submission) -> date | None:
    """The Sunday by which we expect to have read it, never later than the day on which it is erased.

    None while nobody reads and nobody knows until when: then there is no day to promise.
    """
    wait = usual_wait()
    if wait.pace == Pace.AWAY and wait.back_on is None:
        return None
    begins = max(submission.week, lifecycle.monday(wait.back_on)) if wait.back_on else submission.week
    sunday = begins + timedelta(weeks=wait.weeks + 1, days=-1)
    late = lifecycle.this_week() + timedelta(days=6)
    return min(max(sunday, late), submission.erase_on)


def _first_unread() -> date | None:
    opened = Event.objects.filter(submission=OuterRef("pk"), deed="open")
    weeks: list[date] = []
    # Two questions, for each has an index that holds its rows in order, however many wait.
    for waiting in (lists.NEW, lists.URGENT & Q(is_flood=False)):
        rows = Submission.objects.filter(~Exists(opened), waiting).order_by("week", "id")
        weeks += rows.values_list("week", flat=True)[:1]
    return min(weeks, default=None)


# A batch waits four weeks at most and goes out once a week.
_BATCH_AT_THE_LATEST = timedelta(weeks=5)
# Whoever has to answer by a day is reminded while there is time.
_IN_GOOD_TIME = timedelta(weeks=1)
_A_WHILE = timedelta(weeks=4)


@dataclass(frozen=True)
class Standing:
    """The first lines that the contributor reads: a title, what it means, what comes next, and the story's address.

    `opens` names the part of the page that is the one next thing (`text` or `messages`); `look_on` is
    the day on which it is worth coming back; `ran_out` is True where we let the time run out; `wait` is
    how it goes at the moment, while it waits to be read.
    """

    title: str
    says: str
    comes_next: str
    story_url: str = ""
    # The patterns that a live story feeds, and whether each quotes it.
    fed: tuple[tuple[PublicPattern, bool], ...] = ()
    opens: str = ""
    look_on: date | None = None
    ran_out: bool = False
    wait: Wait | None = None


def standing_of(opened: Opened) -> Standing:
    status = opened.submission.status
    # A state without a line of its own is ours to end: its words are those of its name.
    return _BY_STATUS[status](opened) if status in _BY_STATUS else _our_turn(status, opened.submission)


def last_day(submission: Submission) -> date:
    """The last day on which something can surely be done: it is erased early on the next."""
    return submission.erase_on - timedelta(days=1)


def _standing(case: str, comes_next: str = "", *, day: date | None = None, says: str = "", **more: Any) -> Standing:
    """The words of one case, for its `day`; `more` is what else the page has to know of it."""
    row = pages.WORDS["standing"][case]
    comes_next = comes_next or _(row["next"]).format(day=_day(day) if day else "")
    return Standing(_(row["title"]), says or _(row["says"]), comes_next, opens=row.get("opens", ""), **more)


def _their_turn(case: str, submission: Submission, *, day: date | None = None) -> Standing:
    """Something is theirs to do: they look again a week before it is too late, or tomorrow where that has passed."""
    look_on = max(submission.erase_on - _IN_GOOD_TIME, lifecycle.today() + timedelta(days=1))
    return _standing(case, day=day or submission.erase_on, look_on=look_on)


def _our_turn(case: str, submission: Submission) -> Standing:
    """Something is ours to do: they look again in four weeks, and never past the end."""
    look_on = min(lifecycle.today() + _A_WHILE, submission.erase_on)
    return _standing(case, _undecided(submission), look_on=look_on)


def _received(opened: Opened) -> Standing:
    submission, otherwise = opened.submission, _undecided(opened.submission)
    if lifecycle.wants_a_change(submission, since="put forward"):
        return _our_turn("change-asked", submission)
    if Event.objects.filter(submission=submission, deed="open").exists():
        return _our_turn("being-read", submission)
    until, comes_next = read_by(submission), otherwise
    if until:
        comes_next = _(pages.WORDS["standing"]["unread"]["next"]).format(day=_day(until), otherwise=otherwise)
    return _standing("unread", comes_next, look_on=until, wait=usual_wait())


def _held(opened: Opened) -> Standing:
    look, ends = opened.submission.look_again_on, _standing("held", day=opened.submission.erase_on)
    again = pages.notice("look-again", day=_day(look)) if look else ""
    return replace(ends, comes_next=f"{again} {ends.comes_next}".strip(), look_on=look)


def _prepared(opened: Opened) -> Standing:
    submission = opened.submission
    if not opened.private or not final_text.asked_to_see_it(opened):
        return _our_turn("second-reader", submission)
    return _our_turn("said-yes", submission) if submission.yes_to_digest else _their_turn("your-turn", submission)


def _corrected(opened: Opened) -> Standing:
    """A story that is being corrected is on the site as it was; only whoever wants to see the new text is asked."""
    submission = opened.submission
    waits = submission.status == _S.REREADING and opened.private and not submission.yes_to_digest
    if not waits or not final_text.asked_to_see_it(opened):
        return _agreed(opened)
    return _their_turn("correction", submission)


def _agreed(opened: Opened) -> Standing:
    """The story tells: it waits for its batch, is on the site, or is off it."""
    story, erasing = story_of(opened), _erasing(opened.submission)
    if story is None:
        return _standing("down", erasing)
    if story.status == Story.Status.AGREED:
        by = story.agreed_week + _BATCH_AT_THE_LATEST
        return _standing("agreed", day=by, look_on=by)
    if story.status == Story.Status.LIVE:
        fed = tuple(patterns.patterns_fed_by(story))
        return _standing("live", erasing, story_url=story.get_absolute_url(), fed=fed)
    if lifecycle.wants_a_change(opened.submission, since="agree"):
        comes_next = f"{erasing} {pages.notice('take-back-here')}"
        return _standing("change-took-off" if story.sequence else "change-stopped", comes_next)
    if not story.may_publish:
        return _standing("refused", erasing)
    if TakeDownRequest.objects.filter(story=story, is_upheld=True).exists():
        return _standing("objected", erasing)
    return _standing("never-out" if story.sequence is None else "down", erasing)


def _declined(opened: Opened) -> Standing:
    last = Event.objects.filter(submission=opened.submission, deed__in=("decline", "give way", "lapse")).last()
    if last and last.deed == "lapse":
        is_silent = last.reason == "silent"
        return _standing("silent" if is_silent else "ran-out", _erasing(opened.submission), ran_out=not is_silent)
    why = decline_reasons.reason_in_words(last.reason) if last else ""
    if last and last.deed == "give way":
        return _standing("gave-way", says=why)
    return declined_words(opened.submission, why)


def declined_words(submission: Submission, why: str) -> Standing:
    """Return the words for where no story comes of it; `why` is the sentence of the reason, if there is one."""
    return _standing("declined", _erasing(submission), says=why)


def _withdrawn(opened: Opened) -> Standing:
    was_sent = Event.objects.filter(submission=opened.submission, deed__in=("receive", "send")).exists()
    return _standing("withdrawn" if was_sent else "erased-draft")


def _undecided(submission: Submission) -> str:
    return pages.notice("undecided", day=_day(submission.erase_on))


def _erasing(submission: Submission) -> str:
    name, day = ("erased", submission.erased_on) if submission.erased_on else ("erases", submission.erase_on)
    return pages.notice(name, day=_day(day))


def story_of(opened: Opened) -> Story | None:
    return Story.objects.filter(submission=opened.submission).first()


def _day(day: date) -> str:
    return date_format(day, "j F Y")


_S = Submission.Status
_BY_STATUS: dict[str, Callable[[Opened], Standing]] = {
    _S.DRAFT: lambda opened: _their_turn("draft", opened.submission, day=last_day(opened.submission)),
    _S.RECEIVED: _received,
    _S.WAITING: lambda opened: _their_turn("question", opened.submission),
    _S.HELD: _held,
    _S.PREPARED: _prepared,
    _S.AGREED: _agreed,
    _S.PUBLISHED: _agreed,
    _S.CORRECTING: _corrected,
    _S.REREADING: _corrected,
    _S.COUNTED: lambda opened: _standing("counted", _erasing(opened.submission)),
    _S.DECLINED: _declined,
    _S.WITHDRAWN: _withdrawn,
}
