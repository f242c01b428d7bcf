"""Adds to the old site, with the code of the release before, what it has no row of; or prints every row or page.

python tests/upgrade/every_kind.py fill|rows|pages …     in the environment of that site, with the code that is to do it
"""

import json
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

OURS = {"heard", "campaign", "moderation", "stories"}
NEVER = datetime(2099, 1, 1, tzinfo=UTC)


def fill():
    from django.contrib.auth.models import User

    from campaign.models import ActionIndexPage, ActionPage, Ask, Picture
    from heard import start
    from moderation.models import PutBack, RightGiven
    from stories.models import Demand, OnItsWay, Story, Submission
    from tests import filling

    # As a server does when it first starts.
    start.stop_unless_ready()
    call_command("starting_pages", verbosity=0)
    ask = Ask.objects.first()
    ActionIndexPage.objects.get().add_child(instance=ActionPage(**filling.ACTION, ask=ask, body="[]"))
    filling._picture()
    Picture.objects.first().get_rendition("width-40")
    ask.demands.add(Demand.objects.first())
    ask.save()
    alice, bob = User.objects.filter(username__in=["alice", "bob"])
    declined = Submission.objects.filter(status="declined").first()
    told = {"deed": "decline", "status": "received", "erase_on": declined.erase_on, "sends_at": NEVER}
    OnItsWay.objects.create(submission=declined, **told)
    hidden = Story.objects.exclude(status=Story.Status.LIVE).first()
    PutBack.objects.create(story=hidden, asked_by=alice, asked_on=NEVER.date())
    RightGiven.objects.create(person=bob, given_by=alice, what="share_key", given_at=NEVER)


def rows():
    """Every row of our tables as text: table → key → column → value."""
    found = {}
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OURS]
    with connection.cursor() as cursor:
        for model in models:
            key = connection.ops.quote_name(model._meta.pk.column)
            cursor.execute(f"SELECT {key}, * FROM {connection.ops.quote_name(model._meta.db_table)}")
            columns = [each[0] for each in cursor.description][1:]
            told = {str(row[0]): dict(zip(columns, map(str, row[1:]), strict=True)) for row in cursor.fetchall()}
            found.setdefault(model._meta.db_table, {}).update(told)
    return found


def pages(*paths):
    """The status of each page, as a visitor gets it."""
    return {path: Client().get(path, secure=True).status_code for path in paths}


if __name__ == "__main__":
    json.dump({"fill": fill, "rows": rows, "pages": pages}[sys.argv[1]](*sys.argv[2:]), sys.stdout)
