"""Where a submission stands, in plain words, and the one thing that comes next with its date."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.core import decline_reasons, lifecycle
from stories.core.lifecycle import DAYS_UNDECIDED
from stories.intake import coming_back, final_text, messages, pages
from stories.intake.coming_back import Opened
from stories.models import Event, Story, Submission, TakeDownRequest, UsualWait, lists

# --- A reminder for their calendar ------------------------------------------------------------

# In bytes: a line of a calendar file is folded past this.
_LONGEST_LINE = 75
# From one day that is offered to the next.
_APART = timedelta(weeks=6)


def reminder_titles() -> dict[str, str]:
    """What the entry may be called, by slug: things that stand in anybody's calendar."""
    return {
        "call-back": _("Call back"),
        "parcel": _("Pick up parcel"),
        "library": _("Library books"),
        "bill": _("Check the bill"),
    }


def days_to_choose(first: date, last: date) -> list[date]:
    """The days to choose from: the first on which something may have happened, every six weeks, and the last."""
    later = [first + timedelta(days=at) for at in range(0, max((last - first).days, 1), _APART.days)]
    return list(dict.fromkeys([*later, max(first, last)]))


def reminder_file(day: date, *, title: str) -> str:
    """Return a calendar with one whole day in it; a title that isn't on the list counts as the first."""
    named = reminder_titles()
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Calendar//EN",
        "BEGIN:VEVENT",
        f"UID:{uuid.uuid4()}",
        # The standard wants a moment; this one tells only which day the entry is for.
        f"DTSTAMP:{day:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{_escaped(named.get(title) or next(iter(named.values())))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Break before the character that would not fit; a letter of several bytes stays whole."""
    folded, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LONGEST_LINE:
            folded, size = f"{folded}\r\n ", 1
        folded, size = folded + letter, size + width
    return folded


# --- A file of it all -------------------------------------------------------------------------


def notes_text(opened: Opened) -> str:
    """Return their words, their answers and every message, in the order we show them."""
    sent = coming_back.what_i_sent(opened)
    words = [f"{pages.field_label(name, sent['answers'])}\n\n{text}" for name, text in sent["account"].items() if text]
    answers = "\n".join(f"{question}\n  {answer}\n" for question, answer in pages.answers_in_words(sent["answers"]))
    parts = [*words, answers, *(_told(message) for message in messages.opened_messages(opened))]
    return "\n\n\n".join(part.strip() for part in parts if part) + "\n"


def _told(message: dict[str, str]) -> str:
    week = date_format(date.fromisoformat(message["week"]), "j F Y")
    if message["from"] == messages.MODERATOR:
        heading = _("Answer to me, in the week of {day}").format(day=week)
    else:
        heading = _("Message from me, in the week of {day}").format(day=week)
    return f"{heading}\n\n{message['text']}"


# --- How long it usually takes ----------------------------------------------------------------

Pace = UsualWait.Pace
# Once the one who waits longest has waited more days than this, we say "slow" whatever is set.
SLOW_AFTER = timedelta(days=21)
_SLOW_WEEKS = 4
# Past this an account is erased undecided, so no longer wait can be told.
_LONGEST = DAYS_UNDECIDED // 7


@dataclass(frozen=True)
class Wait:
    """How it goes at the moment: `weeks` until an account is read, and while we are away the day of return, if set."""

    pace: str
    weeks: int
    back_on: date | None = None

    @property
    def is_slow(self) -> bool:
        return self.pace == Pace.SLOW

    @property
    def is_away(self) -> bool:
        return self.pace == Pace.AWAY


def usual_wait() -> Wait:
    """Say how it goes: as coordinators set it, and slower where the queue itself says so."""
    is_set = UsualWait.objects.first() or UsualWait()
    first = _first_unread()
    weeks = min(max(_weeks_since(first), 1), _LONGEST)
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
    if wait.is_away and wait.back_on is None:
        return None
    begins = max(submission.week, lifecycle.monday(wait.back_on)) if wait.back_on else submission.week
    sunday = begins + timedelta(weeks=wait.weeks + 1, days=-1)
    late = lifecycle.this_week() + timedelta(days=6)
    return min(max(sunday, late), submission.erase_on)


def _first_unread() -> date | None:
    """The week of the oldest account that nobody has opened."""
    opened = Event.objects.filter(submission=OuterRef("pk"), deed="open")
    weeks: list[date] = []
    # Two questions, for each has an index that holds its rows in order, however many wait.
    for waiting in (lists.NEW, lists.URGENT & Q(is_flood=False)):
        rows = Submission.objects.filter(~Exists(opened), waiting).order_by("week", "id")
        weeks += rows.values_list("week", flat=True)[:1]
    return min(weeks, default=None)


def _weeks_since(week: date | None) -> int:
    return (lifecycle.this_week() - week).days // 7 if week else 0


# --- The status page --------------------------------------------------------------------------

# A batch waits four weeks at most and goes out once a week.
_BATCH_AT_THE_LATEST = timedelta(weeks=5)
# Whoever has to answer by a day is reminded while there is time.
_IN_GOOD_TIME = timedelta(weeks=1)
_A_WHILE = timedelta(weeks=4)


@dataclass(frozen=True)
class Standing:
    """What the contributor reads first: a title, what it means, what comes next, and where the story is.

    `opens` names the part of the page that is the one next thing (`text` or `messages`); `look_on` is
    the day on which it is worth coming back; `ran_out` is True where we let the time run out; `wait` is
    how it goes at the moment, while it waits to be read.
    """

    title: str
    says: str
    comes_next: str
    story_url: str = ""
    opens: str = ""
    look_on: date | None = None
    ran_out: bool = False
    wait: Wait | None = None


def standing_of(opened: Opened) -> Standing:
    """Say where it stands, for every state there is."""
    return _BY_STATUS[opened.submission.status](opened)


def reminder_days(where: Standing, submission: Submission) -> list[date]:
    """The days on which it is worth coming back, the first one first; none where nothing more will happen."""
    return days_to_choose(where.look_on, last_day(submission)) if where.look_on else []


def last_day(submission: Submission) -> date:
    """The last day on which something can surely be done: it is erased early on the next."""
    return submission.erase_on - timedelta(days=1)


def _draft(opened: Opened) -> Standing:
    return Standing(
        _("You saved this for later"),
        _("You have not sent it, and nobody but you can open it."),
        _("Come back by {day}. The day after, we erase it.").format(day=_day(last_day(opened.submission))),
        look_on=_in_good_time(opened.submission),
    )


def _received(opened: Opened) -> Standing:
    if lifecycle.wants_a_change(opened.submission, since="put forward"):
        return Standing(
            _("You asked for a change"),
            _("The text does not go out as it was. We make a new one, and ask you again."),
            _undecided(opened.submission),
            look_on=_next_look(opened.submission),
        )
    if Event.objects.filter(submission=opened.submission, deed="open").exists():
        return Standing(
            _("We are working on it"),
            _("One of us has read what you sent. Nothing is public."),
            _undecided(opened.submission),
            look_on=_next_look(opened.submission),
        )
    until, otherwise = read_by(opened.submission), _undecided(opened.submission)
    comes_next = otherwise
    if until:
        comes_next = _("We expect to read it by {day}. {otherwise}").format(day=_day(until), otherwise=otherwise)
    return Standing(
        _("We have what you sent"),
        _("It waits to be read. Nothing is public."),
        comes_next,
        look_on=until,
        wait=usual_wait(),
    )


def _waiting(opened: Opened) -> Standing:
    return Standing(
        _("We have a question for you"),
        _("It is below. Answer in your own time, as much or as little as you like."),
        _("Your answer brings it back to us. Without one, we erase what you sent on {day} at the latest.").format(
            day=_day(opened.submission.erase_on)
        ),
        opens="messages",
        look_on=_in_good_time(opened.submission),
    )


def _held(opened: Opened) -> Standing:
    says = _("We are waiting, so that nothing we publish harms a case or anybody’s safety. Nothing is public.")
    look, last = opened.submission.look_again_on, _day(opened.submission.erase_on)
    ends = _("We keep it until {day} at the longest. If we have not decided by then, we erase it unpublished.")
    again = _("We look at it again on {day}.").format(day=_day(look)) if look else ""
    return Standing(_("We have put it aside for now"), says, f"{again} {ends.format(day=last)}".strip(), look_on=look)


def _prepared(opened: Opened) -> Standing:
    submission = opened.submission
    if not opened.private or not final_text.asked_to_see_it(opened):
        says = _("One of us has taken out what could identify you. A second person reads it before anything is public.")
        title = _("A text is ready, and one more person reads it")
        return Standing(title, says, _undecided(submission), look_on=_next_look(submission))
    if submission.yes_to_digest:
        says = _("You said yes to the text below. One more of us reads it before anything is public.")
        return Standing(_("You said yes"), says, _undecided(submission), look_on=_next_look(submission))
    return Standing(
        _("A text is ready for you"),
        _("Read it below. Then say yes, or tell us what to change."),
        _("If we do not hear from you by {day}, we do not publish it, and we erase what you sent.").format(
            day=_day(submission.erase_on)
        ),
        opens="text",
        look_on=_in_good_time(submission),
    )


def _agreed(opened: Opened) -> Standing:
    story = _story(opened)
    if story and story.status != Story.Status.AGREED:
        return _off_the_site(opened)
    by = (story.agreed_week if story else opened.submission.week) + _BATCH_AT_THE_LATEST
    return Standing(
        _("Your story goes on the site soon"),
        _("Two of us agreed on the text. It goes out together with others, so that nobody can match it to a day."),
        _("We expect it on the site by {day}. You can still take it back.").format(day=_day(by)),
        look_on=by,
    )


def _published(opened: Opened) -> Standing:
    story = _story(opened)
    if story is None or story.status != Story.Status.LIVE:
        return _off_the_site(opened)
    return Standing(
        _("Your story is on the site"),
        _("It stays there until you take it down. You can do that here, at any time."),
        _erasing(opened.submission),
        story.get_absolute_url(),
    )


def _corrected(opened: Opened) -> Standing:
    """A story that is being corrected is on the site as it was; only whoever wants to see the new text is asked."""
    submission = opened.submission
    waits = submission.status == _S.REREADING and opened.private and not submission.yes_to_digest
    if not waits or not final_text.asked_to_see_it(opened):
        return _published(opened)
    return Standing(
        _("A corrected text is ready for you"),
        _("Your story is on the site as it was. Read the new text below. Then say yes, or tell us what to change."),
        _("If we do not hear from you by {day}, your story stays as it is, and we erase what you sent.").format(
            day=_day(submission.erase_on)
        ),
        opens="text",
        look_on=_in_good_time(submission),
    )


def _off_the_site(opened: Opened) -> Standing:
    story = _story(opened)
    if story and lifecycle.wants_a_change(opened.submission, since="agree"):
        return _stopped(opened, story)
    if story and not story.may_publish:
        return Standing(
            _("Your story is not on the site"),
            _("You took back your yes to publishing it, so nobody can put it there."),
            _erasing(opened.submission),
        )
    if story and TakeDownRequest.objects.filter(story=story, is_upheld=True).exists():
        return Standing(
            _("Your story is off the site"),
            _("A police force objected to it. Two of us looked, and both decided to take it down. Its page says why."),
            _erasing(opened.submission),
        )
    if story and story.sequence is None:
        return Standing(
            _("Your story is not on the site"),
            _("One of us stopped it before it went out, to keep people safe."),
            _erasing(opened.submission),
        )
    return Standing(
        _("Your story is off the site"),
        _("Somebody asked for it to come down, or one of us took it down to keep people safe."),
        _erasing(opened.submission),
    )


def _stopped(opened: Opened, story: Story) -> Standing:
    again = _("You can take it back here, and tell us again whenever you like.")
    if story.sequence:
        return Standing(
            _("Your story is off the site"),
            _("You asked for a change, so we took it off. Nobody can put this text back."),
            f"{_erasing(opened.submission)} {again}",
        )
    return Standing(
        _("Your story does not go out"),
        _("You asked for a change just after two of us had agreed on the text, so we stopped it."),
        f"{_erasing(opened.submission)} {again}",
    )


def _counted(opened: Opened) -> Standing:
    return Standing(
        _("Your answers are counted"),
        _("There is no story. What you ticked goes into our totals, with nothing that leads back to you."),
        _erasing(opened.submission),
    )


def _declined(opened: Opened) -> Standing:
    last = Event.objects.filter(submission=opened.submission, deed__in=("decline", "give way", "lapse")).last()
    if last and last.deed == "lapse" and last.reason == "silent":
        return Standing(
            _("We did not publish this"),
            _("You asked to see the text first, and we had not heard from you by the date we told you."),
            _erasing(opened.submission),
        )
    if last and last.deed == "lapse":
        return Standing(
            _("We ran out of time"),
            _("That is our failing, not yours. We are sorry. Nothing was published."),
            _erasing(opened.submission),
            ran_out=True,
        )
    why = decline_reasons.reason_in_words(last.reason) if last else ""
    if last and last.deed == "give way":
        erased = _("All of it is erased. You can tell us again whenever you like, with a new code.")
        return Standing(_("We could not keep this"), why, erased)
    return declined_words(opened.submission, why)


def declined_words(submission: Submission, why: str) -> Standing:
    """What the contributor reads where no story comes of it; `why` is the sentence of the reason, if there is one."""
    return Standing(
        _("We are not publishing this"),
        why or _("It does not fit what we can publish here. That says nothing about what happened to you."),
        _erasing(submission),
    )


def _withdrawn(opened: Opened) -> Standing:
    if not Event.objects.filter(submission=opened.submission, deed__in=("receive", "send")).exists():
        return Standing(
            _("You erased it"),
            _("What you had saved is gone. You never sent it, so nobody has read it."),
            _("Nothing more will happen. You can tell us whenever you like, with a new code."),
        )
    return Standing(
        _("You took it back"),
        _("We erased all that you sent, our messages and our drafts. If there was a story, it is gone from the site."),
        _("Nothing more will happen. You can tell us again whenever you like, with a new code."),
    )


def _undecided(submission: Submission) -> str:
    return _("If we have not decided by {day}, we erase it unpublished.").format(day=_day(submission.erase_on))


def _erasing(submission: Submission) -> str:
    if submission.erased_on:
        return _("On {day} we erased what you sent, as we said we would.").format(day=_day(submission.erased_on))
    return _("On {day} we erase what you sent.").format(day=_day(submission.erase_on))


def _next_look(submission: Submission) -> date:
    """A day on which something may have happened: four weeks on, and never past the end."""
    return min(lifecycle.today() + _A_WHILE, submission.erase_on)


def _in_good_time(submission: Submission) -> date:
    """A week before the day on which it is too late, or tomorrow where that has passed."""
    return max(submission.erase_on - _IN_GOOD_TIME, lifecycle.today() + timedelta(days=1))


def _story(opened: Opened) -> Story | None:
    return Story.objects.filter(submission=opened.submission).first()


def _day(day: date) -> str:
    return date_format(day, "j F Y")


_S = Submission.Status
_BY_STATUS: dict[str, Callable[[Opened], Standing]] = {
    _S.DRAFT: _draft,
    _S.RECEIVED: _received,
    _S.WAITING: _waiting,
    _S.HELD: _held,
    _S.PREPARED: _prepared,
    _S.AGREED: _agreed,
    _S.PUBLISHED: _published,
    _S.CORRECTING: _corrected,
    _S.REREADING: _corrected,
    _S.COUNTED: _counted,
    _S.DECLINED: _declined,
    _S.WITHDRAWN: _withdrawn,
}
