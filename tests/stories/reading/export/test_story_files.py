"""JSON, CSV and Atom: the stories of the page in another form, nothing twice or kept too long; and each act once."""

import csv
import html
from datetime import date
from itertools import islice
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from stories.core import named_lists, rendering, snapshot, takedown
from stories.models import Story
from stories.reading import filters, story_queries
from stories.reading.export import feeds
from stories.reading.export.fields import PAGE_SIZE, STORY, Rows
from stories.reading.export.requests import DOWNLOADS_AT_ONCE, FileRequest, download_response
from stories.reading.filters import StoryFilter
from stories.reading.search import store
from stories.reading.search.store import Found
from tests import factories
from tests.site.campaign import asking
from tests.site.heard import addresses
from tests.stories.reading.conftest import ATOM, HERE, links_of, live, some

pytestmark = pytest.mark.django_db
FILES = ("/stories.json", "/stories.csv", "/stories.atom")
FILTERS = (
    "",
    "?nation=wales",
    "?region=london&region=wales",
    "?outcome=closed&year=before-2015&year=2020&year=2022",
    "?without=threats&without=stalking",
    "?theme=waiting&responded=no",
    "?force=kent&force=essex",
    "?q=rang+-friend&nation=england",
    "?says=well&q=rang",
)
# Nothing of it may end a cell, a tag or a feed, or be run.
HOSTILE = {
    "title": '=HYPERLINK("http://x.example","<b>&")\x0b',
    "text": '@SUM(1+1)\x1b\ufffe ]]> </summary> "quoted", and\n\n-2+3 &lt;',
    "differently": "+44\u202e",
    "well": "-44\u202e",
}


def test_files_hold_the_stories_that_the_page_says(stories, taker):
    for query in FILTERS:
        count = taker.json(f"/stories.json{query}")["count"]
        rows = [row["id"] for row in taker.rows(f"/stories.csv{query}")]
        ids = (entry.findtext("a:id", namespaces=ATOM) for entry in taker.entries(f"/stories.atom{query}"))
        entries = [each.rpartition(":")[2] for each in ids]

        assert f"{count} stor" in taker.words(f"/stories/{query}"), query
        assert len(rows) == count > 0, query
        assert [each for page in taker.walked(f"/stories.json{query}") for each in page] == rows, query
        assert taker.slugs(f"/stories/{query}") == entries == rows[:20], query
    # A file can be counted, and gives the numbers of the lists.
    rows = taker.rows("/stories.csv")
    for name in ("force", "region", "nation", "outcome", "year", "says", "theme", "without"):
        column = {"theme": "themes", "without": "content_notes"}.get(name, name)
        for slug in {slug for row in rows for slug in row[column].split()}:
            counted = sum((slug in row[column].split()) != (name == "without") for row in rows)
            assert counted == StoryFilter.of(named_lists.get_named_lists(), **{name: slug}).count(), f"{name}={slug}"


def test_every_field_is_in_both_files_under_its_name_and_empty_where_nobody_knows(taker):
    live()

    (row,), (story,) = taker.rows("/stories.csv"), taker.json("/stories.json")["stories"]

    assert list(row) == list(story) == [field.name for field in STORY]
    assert story["text"] == row["text"] == "I rang 101 and waited.\n\nNobody called me back."
    assert (story["themes"], row["themes"]) == (["waiting"], "waiting")
    assert (story["uses"], row["uses"]) == ([], "")
    for term in ("only where the story’s page says that you may", "not a sample", f"{HERE}/open-data/#words"):
        assert term in row["terms"]
    places = [story[name] for name in ("force", "region", "nation", "year")]
    assert places == ["kent", "south-east", "england", "2024"]
    assert story["url"] == f"{HERE}/stories/{story['id']}/"
    may = live(year="", outcome="", place_shown="nothing", themes="")
    Story.objects.filter(pk=may.pk).update(may_quote=True, may_train=True)
    (row, _first), (story, _same) = taker.rows("/stories.csv"), taker.json("/stories.json")["stories"]
    for name in ("year", "outcome", "force", "region", "nation", "corrected"):
        assert (story[name], row[name]) == (None, "")
    assert (story["themes"], row["themes"]) == ([], "")
    assert (story["uses"], row["uses"]) == (["quote", "training"], "quote training")
    before = Rows(STORY).values(Story(slug="0123456789ab", year=2011))
    assert before["year"] == "before-2015"
    assert "2011" not in str(before), "a year before the law is told as such"


def test_links_lead_through_every_story_once_and_back(stories, taker, settings):
    pages = list(taker.walked("/stories.json"))
    last = taker.take(f"/stories.json?before={filters.place_code(21)}")

    assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 20]
    assert [story["id"] for story in last.json()["stories"]] == pages[2]
    back = list(taker.walked(links_of(last)["prev"].removeprefix(HERE), "prev"))
    assert sorted(each for page in back for each in page) == sorted(pages[0] + pages[1])
    assert links_of(last)["first"] == f"{HERE}/stories.json"
    assert last.json()["links"]["next"] is None
    # They lead on where somebody reads.
    settings.ONION_HOST, settings.ALLOWED_HOSTS = "heardexample.onion", ["heardexample.onion"]
    response = taker.take("/stories.json", host="heardexample.onion:80")
    assert links_of(response)["first"] == "http://heardexample.onion/stories.json"
    assert response.json()["stories"][0]["url"].startswith(HERE)


def test_csv_is_called_by_its_choices_and_excel_told_the_letters_where_it_asks(taker):
    assert taker.take("/stories.csv?bom=1").body.startswith("\ufeffid,url".encode())
    assert taker.take("/stories.csv").body.startswith(b"id,url")
    assert taker.take("/stories.csv?bom=2").headers["Ignored-Parameters"] == "bom=2"
    response = taker.take("/stories.csv?force=kent&year=2024&year=%22%0d%0aX:y")
    assert response.headers["Content-Disposition"] == 'attachment; filename="heard-stories-kent-2024.csv"'
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_csv_is_read_and_sent_in_parts(stories, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("stories.reading.story_queries._AT_ONCE", 50)
    snapshot.snapshot_number()
    lines = Rows(STORY).table(story_queries.all_found(StoryFilter(named_lists.get_named_lists())))

    with django_assert_num_queries(2):
        assert len(list(islice(lines, 100))) == 100
    with django_assert_num_queries(1):
        assert len(list(lines)) == 21


def test_few_read_whole_files_at_a_time_so_that_others_are_answered(taker, db):
    from heard import asgi_adapter as asgi

    held = [download_response(["a"], kind="text/plain", name="a") for _ in range(DOWNLOADS_AT_ONCE)]

    busy = taker.take("/stories.csv", status=503)
    other = taker.take("/stories.json")
    held[0].close()
    after = taker.take("/stories.csv")
    held[1].close()

    assert asgi.THREADS >= 2 * DOWNLOADS_AT_ONCE
    assert busy.headers["Retry-After"] == "30"
    assert other.status_code == after.status_code == 200
    assert {taker.take("/stories.csv").status_code for _ in range(DOWNLOADS_AT_ONCE + 1)} == {200}


def test_cells_and_feed_stay_whole_whatever_a_story_says_and_keep_its_name(db):
    # A story that nobody agreed, and that is never kept.
    story = Story(slug="0123456789ab", sequence=1, month=date(2024, 3, 1), themes="=1 waiting", **HOSTILE)
    story.edited_month = date(2025, 2, 1)
    asked, rows = FileRequest(StoryFilter.from_query(QueryDict("")), HERE, False, ()), Rows(STORY)

    (row,) = csv.reader(rendering.csv_lines([rows.cells(story)]))

    cells = dict(zip([field.name for field in STORY], row, strict=True))
    assert {name: cells[name] for name in HOSTILE} == {name: f"'{words}" for name, words in HOSTILE.items()}
    assert cells["themes"] == "waiting"
    assert (rows.values(story)["title"], rows.values(story)["corrected"]) == (HOSTILE["title"], "2025-02")
    feed = ElementTree.fromstring(feeds.story_feed(asked, Found([story], 1)))
    (entry,) = feed.findall("a:entry", ATOM)
    told = {name: entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("title", "summary", "id", "updated")}
    assert told["title"] == HOSTILE["title"].replace("\x0b", "")
    assert html.unescape(told["summary"]) == '@SUM(1+1) ]]> </summary> "quoted", and -2+3 &lt;'
    assert told["id"] == "tag:heard.example,2024-03:0123456789ab"
    assert told["updated"].startswith("2025-02-01")


def test_feed_has_what_the_standard_asks_for_and_tells_a_month_at_most(taker):
    story = live()
    month = f"{story.month:%Y-%m}"

    feed = taker.feed("/stories.atom?force=kent")

    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.findtext("a:id", namespaces=ATOM) == f"tag:heard.example,{month}:{story.slug}"
    for each in (entry, feed):
        assert each.findtext("a:updated", namespaces=ATOM) == f"{month}-01T00:00:00+00:00"
    assert [name.text for name in feed.iterfind(".//a:name", ATOM)] == ["Heard"]
    hrefs = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert hrefs["self"] == feed.findtext("a:id", namespaces=ATOM) == f"{HERE}/stories.atom?force=kent"
    assert hrefs["alternate"] == f"{HERE}/stories/?force=kent"
    assert entry.find("a:link", ATOM).get("href") == f"{HERE}/stories/{story.slug}/"
    terms = {each.get("term") for each in entry.findall("a:category", ATOM)}
    assert terms == {"kent", "south-east", "england", "2024", "closed", "waiting", "threats", "change", "well"}
    none = taker.feed("/stories.atom?force=essex")
    assert none.findtext("a:title", namespaces=ATOM) == "Heard – Stories: Essex Police"
    assert none.findtext("a:updated", namespaces=ATOM).endswith("-01T00:00:00+00:00")


def test_unknown_parameter_is_named_and_the_file_comes_all_the_same(taker, db):
    some()
    for path in FILES:
        response = taker.take(f"{path}?page=2&outcome=cloŝed&q=rang")

        assert response.headers["Ignored-Parameters"] == "page=2, outcome=clo%C5%9Ded"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Search-Limit"] == str(store.MOST)
        plain = taker.take(f"{path}?page=2")
        assert "Search-Limit" not in plain.headers
        assert b"/open-data/#words" in plain.body
    assert taker.json("/stories.json?page=2&outcome=cloŝed")["ignored"] == ["page=2", "outcome=cloŝed"]
    without = taker.take("/stories.json?force=kent&year=")
    assert "Ignored-Parameters" not in without.headers
    assert without.json()["ignored"] == []
    # A whole list takes no place.
    place = filters.place_code(1)
    assert taker.take(f"/stories.csv?before={place}&after=").headers["Ignored-Parameters"] == f"before={place}"
    assert len(taker.rows(f"/stories.csv?before={place}")) == 1


def test_what_has_not_changed_is_not_sent_again(taker, monkeypatch, settings):
    some()
    paths = [*FILES, "/stories.csv?bom=1", "/stories.json?without=racism"]
    etags = {path: taker.take(path).headers["ETag"] for path in paths}

    same = [taker.take(path, status=304, **{"if-none-match": etag}).body for path, etag in etags.items()]
    newer = some()

    assert same == [b""] * len(paths)
    for path, etag in etags.items():
        assert newer.slug.encode() in taker.take(path, **{"if-none-match": etag}).body
    # Nor is an answer that is too long for the page cache.
    monkeypatch.setattr("heard.middleware.page_cache.MOST_BYTES", 10)
    etag = taker.take("/stories.json?nation=wales").headers["ETag"]
    assert taker.take("/stories.json?nation=wales", status=304, **{"if-none-match": etag}).body == b""
    settings.SECRET_KEY = "another " * 8
    assert taker.take("/stories.json?nation=wales").headers["ETag"] != etag, "a name tells no number of an edition"


def test_answer_that_an_edition_overtakes_keeps_the_older_name(taker, monkeypatch):
    story, find = some(), story_queries.find_page

    def overtaken(*args, **options):
        found = find(*args, **options)
        takedown.hide_story(story)
        snapshot.forget_snapshot()
        return found

    monkeypatch.setattr("stories.reading.story_queries.find_page", overtaken)
    old = taker.take("/stories.json?q=a*")
    monkeypatch.undo()

    again = taker.take("/stories.json?q=a*", **{"if-none-match": old.headers["ETag"]})

    assert again.status_code == 200
    assert again.json()["stories"] == []


def test_what_is_on_no_page_changes_no_answer(taker, alice, bob):
    some()
    hidden = live()
    takedown.hide_story(hidden)
    waiting, other = (Story.objects.get(submission=factories.submission_at("agreed")) for _ in range(2))
    snapshot.forget_snapshot()
    etag = taker.take("/stories.csv").headers["ETag"]

    takedown.follow_choices(waiting, publish=True, quote=True, training=True)
    takedown.follow_choices(waiting, publish=False, quote=False, training=False)
    takedown.remove_story(waiting)
    takedown.hide_story(other)
    takedown.remove_story(hidden)
    snapshot.forget_snapshot()

    assert taker.take("/stories.csv").headers["ETag"] == etag


def entries(path):
    addresses.forget()
    feed = ElementTree.fromstring(addresses.ask(path).content)
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == f"{HERE}{path}"
    return feed.findall("a:entry", ATOM)


def told(entry):
    at = {name: entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("title", "summary", "updated")}
    return at["title"], at["summary"], at["updated"][:10], entry.find("a:link", ATOM).get("href")


def test_answers_and_letters_of_one_force_and_of_all_have_their_month_and_a_link():
    factories.a_response("kent", "review", "We have opened a review.")
    factories.a_response("essex", "apology", "We are sorry.")
    factories.a_letter("kent", role="Chief constable")
    snapshot.start_over()

    kents = [told(entry) for entry in entries("/forces/kent/answers.atom")]

    assert {title: (words, link.removeprefix(f"{HERE}/forces/kent/")) for title, words, _day, link in kents} == {
        "Kent Police: Review opened": ("We have opened a review.", "#said"),
        "A letter to Kent Police": ("Chief constable. “Nobody called me back”", "#asked"),
    }
    assert all(day.endswith("-01") for _title, _words, day, _link in kents)
    every = entries("/answers.atom")
    assert len(every) == len({entry.findtext("a:id", namespaces=ATOM) for entry in every}) == 3
    assert addresses.ask("/forces/atlantis/answers.atom").status_code == 404


def test_all_that_happened_to_an_ask_is_in_its_feed_newest_first_by_its_own_name():
    half = ("2026-04-03", "partly", {"missing": "Scotland."})
    asking.ask(updates=[("2026-04-03", "", {}), half])
    asking.ask("others", sentence="Say why in writing.")

    one = entries("/asks/teach-them-all.atom")

    assert [told(entry)[:3] for entry in one] == [
        ("News: Teach every officer the law of 2024", "It was written of.", "2026-04-03"),
        ("Partly done: Teach every officer the law of 2024", "It was partly. Still missing: Scotland.", "2026-04-03"),
        ("Asked: Teach every officer the law of 2024", "It was asked.", "2026-03-02"),
    ]
    every = entries("/asks.atom")
    assert len(every) == len({entry.findtext("a:id", namespaces=ATOM) for entry in every}) == 4
    assert addresses.ask("/asks/nothing.atom").status_code == 404


def test_where_one_reads_one_can_follow():
    asking.action()
    addresses.forget()
    feeds = {
        "/asks/": {"/asks.atom", "/answers.atom"},
        "/asks/teach-them-all/": {"/asks/teach-them-all.atom"},
        "/forces/kent/": {"/forces/kent/answers.atom", "/stories.atom?force=kent", "/stories.csv?force=kent"},
    }
    for page, links in feeds.items():
        words = addresses.ask(page).content.decode()
        assert 'rel="alternate" type="application/atom+xml"' in words
        for link in links:
            assert f'<a href="{link}">' in words, (page, link)
