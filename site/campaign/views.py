"""The pages that code answers beside the editors' own: the asks, site search, and pictures."""

from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils._os import safe_join
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from campaign import fixed_pages
from campaign.blocks.body import actions_for
from campaign.models import Ask, NewsPage
from campaign.models.actions import force_contacts
from campaign.search import ranking, spelling
from campaign.search.entries import search_index
from campaign.snapshots import ask_row
from stories.core import named_lists, snapshot
from stories.reading import ask_progress, force_page, patterns, responses, story_queries
from stories.reading.ask_progress import PublicAsk
from stories.reading.export.feeds import NEWEST, Entry, entry_feed, site_name
from stories.reading.filters import SEARCH, StoryFilter
from stories.reading.search import terms


@require_safe
def ask_list(request: HttpRequest) -> HttpResponse:
    """Every public ask on the scoreboard, and what a reader can do for one: from the edition alone."""
    asks = ask_progress.asks_by_slug()
    actions = [row | {"for": asks.get(row["ask"])} for row in ask_progress.get_actions()]
    context = {"board": ask_progress.scoreboard(), "line": ask_progress.state_line(), "actions": actions}
    return render(request, "campaign/ask_list.html", context)


@require_safe
def force_sheet(request: HttpRequest, force_id: str) -> HttpResponse:
    """One page of paper about a force, for its commissioner, an inspector or the local paper."""
    names = named_lists.get_named_lists()
    force = names.forces.get(force_id)
    if force is None:
        raise Http404
    context = force_page.sheet_context(force, names) | {"contacts": force_contacts().get(force.id)}
    return render(request, "campaign/force_sheet.html", context)


@require_safe
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """One public ask; what it quotes is asked for, the rest is in the edition."""
    public = ask_progress.asks_by_slug().get(slug)
    kept = get_object_or_404(Ask.objects.using(snapshot.public_reads()).filter(live=True).only("why"), slug=slug)
    if public is None:
        raise Http404
    return _ask_page(request, public, kept.why)


def ask_preview(request: HttpRequest, draft: Ask) -> HttpResponse:
    """The page as it would stand if this were public: an editor's preview. Raises nothing for a half-written one."""
    if not draft.updates.all() or draft.addressee_id is None:
        return render(request, "campaign/ask_unfinished.html")
    return _ask_page(request, ask_progress.ask_of_row(ask_row(draft)), draft.why)


def _ask_page(request: HttpRequest, public: PublicAsk, why: object) -> HttpResponse:
    answers = responses.answers_to_ask(public.slug, named_lists.get_named_lists())
    actions = actions_for(public.slug)
    can_act = any(each["is_open"] for each in actions)
    context = {"ask": public, "why": why, "actions": actions, "can_act": can_act, "answers": answers}
    context["patterns"] = [pattern for pattern in patterns.get_patterns() if pattern.ask == public.slug]
    return render(request, "campaign/ask_page.html", context)


# The newest of the stories that hold the words; the list of stories has the rest.
STORIES = 5


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for the words in the address: at most two queries, and those of an edition's first search."""
    query = QueryDict(mutable=True)
    query[SEARCH] = request.GET.get(SEARCH, "")
    wanted = StoryFilter.from_query(query)
    context = {"q": wanted.q, "is_search_page": True} | (_found(wanted) if wanted.q else {})
    response = render(request, "campaign/search.html", context)
    if SEARCH in request.GET:
        # What somebody types may be a name: nobody keeps a copy, this browser neither.
        response["Cache-Control"] = "no-store"
    return response


def _found(wanted: StoryFilter) -> dict[str, object]:
    """What fits the words; where no story holds them, what fits their nearest spellings."""
    index, found = search_index(), story_queries.find_page(wanted, size=STORIES)
    meant = "" if found.count else spelling.nearest_search(wanted.q, index)
    if meant:
        wanted = replace(wanted, q=meant)
        found = story_queries.find_page(wanted, size=STORIES)
    read = terms.parse_search(wanted.q)
    answer = ranking.matching_entries(read, index)
    is_nothing = not (answer.best or found.count)
    groups = (("best", answer.best), ("stories", ()), ("more", answer.more))
    return {
        "notes": story_queries.search_notes(read),
        "meant": meant,
        "meant_url": wanted.url("/search/"),
        "is_near": answer.is_near,
        # Stories stand between the best and the others.
        "groups": [(name, hits) for name, hits in groups if hits or name == "stories"],
        "found": found,
        "openings": story_queries.make_openings(found.stories, wanted.names, search=read),
        "stories_url": wanted.url(),
        "is_nothing": is_nothing,
        "patterns": patterns.get_patterns() if is_nothing else [],
    }


_KINDS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


def picture(request: HttpRequest, name: str) -> HttpResponse:
    """The file of that name among the sizes; kept by others no longer than a page, for a picture can come down too.

    No date goes with it: a file's date is a time of ours.
    """
    path = Path(safe_join(settings.MEDIA_ROOT, "images", name))
    kind = _KINDS.get(path.suffix)
    if kind is None or not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type=kind, headers={"Cache-Control": "public, max-age=60"})


@require_safe
def news_atom(request: HttpRequest) -> HttpResponse:
    """The newest news, for feed readers: one query."""
    rows = NewsPage.objects.using(snapshot.public_reads()).live().defer("body").order_by("-date", "-pk")
    entries = (
        Entry(row.date, row.title, fixed_pages.address(row), row.intro or row.search_description, name, row.author_role)
        for row, name in ((row, f"news-{row.pk}") for row in rows[:NEWEST])
    )
    return entry_feed(request, gettext("News from %(site)s") % {"site": site_name()}, "/news/", "/news.atom", entries)
