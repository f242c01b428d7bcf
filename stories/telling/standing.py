"""Where a submission stands, in plain words, and the one thing that comes next with its date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories import decline_reasons
from stories.models import Event, Story, Submission
from stories.telling import expected, final_text
from stories.telling.coming_back import Opened

# A batch waits four weeks at most and goes out once a week.
_BATCH_AT_THE_LATEST = timedelta(weeks=5)


@dataclass(frozen=True)
class Standing:
    """What the contributor reads first: a title, what it means, what comes next, and where the story is."""

    title: str
    says: str
    comes_next: str
    story_url: str = ""


def of(opened: Opened) -> Standing:
    """Say where it stands, for every state there is."""
    return _BY_STATUS[opened.submission.status](opened)


def _draft(opened: Opened) -> Standing:
    return Standing(
        _("You saved this for later"),
        _("You have not sent it, and nobody but you can open it."),
        _("We erase it on {day}.").format(day=_day(opened.submission.erase_on)),
    )


def _received(opened: Opened) -> Standing:
    if Event.objects.filter(submission=opened.submission, deed="open").exists():
        return Standing(
            _("We are working on it"),
            _("One of us has read what you sent. Nothing is public."),
            _undecided(opened.submission),
        )
    return Standing(
        _("We have what you sent"),
        _("It waits to be read. Nothing is public."),
        _("We expect to read it by {day}. {otherwise}").format(
            day=_day(expected.read_by(opened.submission)), otherwise=_undecided(opened.submission)
        ),
    )


def _waiting(opened: Opened) -> Standing:
    return Standing(
        _("We have a question for you"),
        _("It is below. Answer in your own time, as much or as little as you like."),
        _("Your answer brings it back to us. Without one, we erase what you sent on {day} at the latest.").format(
            day=_day(opened.submission.erase_on)
        ),
    )


def _held(opened: Opened) -> Standing:
    says = _("We are waiting, so that nothing we publish harms a case or anybody’s safety. Nothing is public.")
    look = opened.submission.look_again_on
    again = _("We look at it again on {day}.").format(day=_day(look)) if look else ""
    return Standing(_("We have put it aside for now"), says, f"{again} {_undecided(opened.submission)}".strip())


def _prepared(opened: Opened) -> Standing:
    submission = opened.submission
    if not opened.private or not final_text.asked_to_see_it(opened):
        says = _("One of us has taken out what could identify you. A second person reads it before anything is public.")
        return Standing(_("A text is ready, and one more person reads it"), says, _undecided(submission))
    if submission.yes_to_digest:
        says = _("You said yes to the text below. One more of us reads it before anything is public.")
        return Standing(_("You said yes"), says, _undecided(submission))
    return Standing(
        _("A text is ready for you"),
        _("Read it below. Then say yes, or tell us what to change."),
        _("If we do not hear from you by {day}, we do not publish it, and we erase what you sent.").format(
            day=_day(submission.erase_on)
        ),
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


def _off_the_site(opened: Opened) -> Standing:
    return Standing(
        _("Your story is off the site"),
        _("Somebody asked for it to come down, or one of us took it down to keep people safe."),
        _erasing(opened.submission),
    )


def _counted(opened: Opened) -> Standing:
    return Standing(
        _("Your answers are counted"),
        _("There is no story. What you ticked goes into our totals, with nothing that leads back to you."),
        _erasing(opened.submission),
    )


def _declined(opened: Opened) -> Standing:
    last = Event.objects.filter(submission=opened.submission, deed__in=("decline", "lapse")).last()
    if last and last.deed == "lapse":
        return Standing(
            _("We did not decide in time"),
            _("That is our failing, and we are sorry. Nothing was published."),
            _erasing(opened.submission) + " " + _("You can tell us again whenever you like."),
        )
    why = decline_reasons.in_words(last.reason) if last else ""
    return Standing(
        _("We are not publishing this"),
        why or _("It does not fit what we can publish here. That says nothing about what happened to you."),
        _erasing(opened.submission),
    )


def _withdrawn(opened: Opened) -> Standing:
    return Standing(
        _("You took it back"),
        _("We erased all that you sent, our messages and our drafts. If there was a story, it is gone from the site."),
        _("Nothing more will happen. You can tell us again whenever you like, with a new code."),
    )


def _undecided(submission: Submission) -> str:
    return _("If we have not decided by {day}, we erase it unpublished.").format(day=_day(submission.erase_on))


def _erasing(submission: Submission) -> str:
    if submission.erased_on:
        return _("We erased what you sent on {day}, as we said we would.").format(day=_day(submission.erased_on))
    return _("We erase what you sent on {day}.").format(day=_day(submission.erase_on))


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
    _S.COUNTED: _counted,
    _S.DECLINED: _declined,
    _S.WITHDRAWN: _withdrawn,
}
