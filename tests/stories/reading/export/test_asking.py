"""What somebody asks of a file, what the answer says of that, and that nothing is sent twice or kept too long."""

import pytest

from stories.core import snapshot, takedown
from stories.models import Story
from stories.reading import filters, story_queries
from stories.reading.search import store
from tests import factories
from tests.stories.reading.export.conftest import HERE, links_of, live, some

pytestmark = pytest.mark.django_db
FILES = ("/stories.json", "/stories.csv", "/stories.atom")


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


def test_links_lead_on_where_somebody_reads(taker, settings):
    settings.ONION_HOST, settings.ALLOWED_HOSTS = "heardexample.onion", ["heardexample.onion"]
    some()

    response = taker.take("/stories.json", host="heardexample.onion:80")

    assert links_of(response)["first"] == "http://heardexample.onion/stories.json"
    assert response.json()["stories"][0]["url"].startswith(HERE)


def test_every_row_says_what_it_may_be_used_for(taker, alice, bob):
    may, may_not = live(title="May"), live(title="May not")
    Story.objects.filter(pk=may.pk).update(may_quote=True, may_train=True)
    Story.objects.filter(pk=may_not.pk).update(may_quote=False, may_train=False)

    told = {story["title"]: story["uses"] for story in taker.json("/stories.json")["stories"]}
    rows = {row["title"]: row["uses"] for row in taker.rows("/stories.csv")}

    assert told == {"May": ["quote", "training"], "May not": []}
    assert rows == {"May": "quote training", "May not": ""}
    assert "only where the story’s page says that you may" in taker.rows("/stories.csv")[0]["terms"]
