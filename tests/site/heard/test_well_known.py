"""The two files that machines look for."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from heard import well_known
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db


def test_robots_may_read_stories_and_stay_out_of_the_telling_pages():
    text = addresses.ask("/robots.txt").content.decode()

    assert text.startswith("User-agent: *\n")
    assert "Disallow: /tell/form/" in text
    assert "Disallow: /stories" not in text


def test_security_txt_has_what_the_standard_asks_for(settings):
    settings.SECURITY_CONTACT = "mailto:security@heard.example"

    response = addresses.ask("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:security@heard.example"
    assert fields["Canonical"] == "https://heard.example/.well-known/security.txt"
    assert datetime.fromisoformat(fields["Expires"]) > timezone.now() + timedelta(days=150)


@pytest.mark.parametrize(
    ("today", "expires"),
    [
        (date(2026, 1, 1), date(2027, 1, 1)),
        (date(2026, 6, 30), date(2027, 1, 1)),
        (date(2026, 7, 1), date(2027, 7, 1)),
        (date(2026, 12, 31), date(2027, 7, 1)),
    ],
)
def test_security_txt_is_good_for_half_a_year_to_a_year_and_tells_no_day(today, expires):
    assert well_known._expires(today) == expires
