"""Where a submission stands, in plain words, and the one thing that comes next with its date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories import decline_reasons, lifecycle
from stories.models import Event, Story, Submission, TakeDownRequest
from stories.telling import expected, final_text, reminder
from stories.telling.coming_back import Opened

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
    wait: expected.Wait | None = None


def of(opened: Opened) -> Standing:
    """Say where it stands, for every state there is."""
    return _BY_STATUS[opened.submission.status](opened)


def reminder_days(where: Standing, submission: Submission) -> list[date]:
    """The days on which it is worth coming back, the first one first; none where nothing more will happen."""
    return reminder.days(where.look_on, last_day(submission)) if where.look_on else []


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
    read_by, otherwise = expected.read_by(opened.submission), _undecided(opened.submission)
    comes_next = otherwise
    if read_by:
        comes_next = _("We expect to read it by {day}. {otherwise}").format(day=_day(read_by), otherwise=otherwise)
    return Standing(
        _("We have what you sent"),
        _("It waits to be read. Nothing is public."),
        comes_next,
        look_on=read_by,
        wait=expected.usual_wait(),
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
    why = decline_reasons.in_words(last.reason) if last else ""
    if last and last.deed == "give way":
        erased = _("All of it is erased. You can tell us again whenever you like, with a new code.")
        return Standing(_("We could not keep this"), why, erased)
    return declined(opened.submission, why)


def declined(submission: Submission, why: str) -> Standing:
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
