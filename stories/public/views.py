"""The lists of stories and of forces: each reads an address, asks once, and answers without knowing who asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from stories.public import finding, force_pages, list_page, named_lists, what_people_say
from stories.public.figures import story_charts
from stories.public.filters import StoryFilter


@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    """The stories that were asked for, newest first, a page at a time."""
    wanted = StoryFilter.from_query(request.GET)
    if wanted.has_blanks and not wanted.unknown:
        # A form sends its empty fields too; the address that people share holds only what was chosen.
        return redirect(wanted.page_url())
    found = finding.find(wanted)
    response = render(request, "stories/public/story_list.html", list_page.context(wanted, found))
    if wanted.unknown or wanted.q:
        # It names what one reader typed, so nobody else is shown a kept copy.
        response["Cache-Control"] = "no-store"
    return response


@require_safe
def force_list(request: HttpRequest) -> HttpResponse:
    """Every force in the order of its name, on a list with no number beside it and on a map."""
    names = named_lists.read()
    context = {"groups": force_pages.by_nation(names), "chart": story_charts.force_map(names, to_pages=True)}
    return render(request, "stories/public/force_list.html", context)


@require_safe
def what_should_change(request: HttpRequest) -> HttpResponse:
    """What people say should have been done differently and what was done well, by theme, where they allow quotes."""
    return render(request, "stories/public/what_should_change.html", what_people_say.context())
