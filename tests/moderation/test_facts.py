"""The facts of a page are loaded once: so many queries and no more, however much waits in the queue."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation import claims, working_copies
from tests import factories
from tests.moderation import room

pytestmark = [pytest.mark.django_db, pytest.mark.store]
MOST_QUERIES = 20


@pytest.fixture
def at_work(alice):
    """In Alice's hands, looked at, with a text."""
    found = factories.submission_at("received", account="PC Ravi Holt wrote it down.\n\nNobody rang.")
    factories.look_first(found, by=alice)
    claims.take_claim(found, by=alice)
    working_copies.save_version(found, factories.FIELDS, by=alice)
    return found


def queries_of(browser, address, submission):
    """How many queries a page takes once it was opened today."""
    assert room.see(browser, address, submission.pk).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert room.see(browser, address, submission.pk).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["room_read", "room_second"])
def test_room_asks_the_database_twenty_times_at_most_however_many_wait(at_work, alice, bob, address):
    browser = factories.client_of(alice if address == "room_read" else bob)
    if address == "room_second":
        factories.put_forward(at_work, by=alice)
        room.unfold(browser, at_work)

    alone = queries_of(browser, address, at_work)
    for _number in range(50):
        factories.submission_at("received")

    assert queries_of(browser, address, at_work) == alone <= MOST_QUERIES


def test_first_look_asks_the_database_twenty_times_at_most_but_for_its_words(at_work, alice):
    assert queries_of(factories.client_of(alice), "room_first_look", at_work) <= MOST_QUERIES + 2


def test_no_row_is_written_by_opening_a_page_again_with_nothing_new_in_it(at_work, bob):
    browser = factories.client_of(bob)
    room.see(browser, "room_read", at_work.pk)

    with CaptureQueriesContext(connection) as asked:
        room.see(browser, "room_read", at_work.pk)

    assert all(query["sql"].lstrip("(").startswith("SELECT") for query in asked)
    assert not any("FOR UPDATE" in query["sql"] for query in asked)
