"""Two small files for a contributor's own device: what they sent, and a day in their calendar."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stories.telling import notes_file, on_its_way, public_form, reminder, standing
from stories.telling.coming_back import Opened
from stories.telling.views.showing import show


def download(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Hand over what they sent and our messages as plain text, under a name that says nothing."""
    if not opened.private:
        return show(request, opened, code, notice=_("What you sent is erased, so there is nothing left to download."))
    return _file(notes_file.text(opened), kind="text/plain", name="notes.txt")


def remind(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Hand over a day for a calendar: a dull title, and nothing about us."""
    told, given = on_its_way.as_told(opened), public_form.given(request)
    days = standing.reminder_days(standing.of(told), told.submission)
    if not days:
        return show(request, opened, code, notice=_("There is no date to come back for."))
    # A day that isn't offered counts as the first.
    day = next((day for day in days if day.isoformat() == given.get("reminder-day")), days[0])
    return _file(reminder.file(day, title=given.get("reminder", "")), kind="text/calendar", name="event.ics")


def _file(words: str, *, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(words, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
