"""Fill the yardstick with invented stories: `python -m yardstick.seeding 100000`."""

import os
import random
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "yardstick.settings"
django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models.sql import InsertQuery  # noqa: E402
from django.test import modify_settings  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from yardstick.models import FORCES, OUTCOMES, StoryIndexPage, StoryPage  # noqa: E402

AT_ONCE = 2_000
FIRST = datetime(2023, 12, 1, tzinfo=UTC)
SENTENCES = Path(__file__).parents[1] / "seeding" / "sentences.txt"


def seed(count: int) -> None:
    # Our models, which have no migrations, stand on Wagtail's, which have.
    with modify_settings(INSTALLED_APPS={"remove": ["yardstick"]}):
        call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("yardstick").get_models():
            editor.create_model(model)
    index = Site.objects.get().root_page.add_child(instance=StoryIndexPage(title="Stories", slug="stories"))
    stories = _stories(index, count)
    while lot := list(islice(stories, AT_ONCE)):
        _insert(lot)
    Page.objects.filter(pk=index.pk).update(numchild=count)
    call_command("update_index", chunk_size=1000, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _stories(index: StoryIndexPage, count: int) -> Iterator[StoryPage]:
    """Pages below the index, oldest first, with as many words as ours have, out of the same sentences."""
    dice = random.Random(7)
    sentences = [line for line in SENTENCES.read_text().splitlines() if line and not line.startswith("#")]
    for number in range(count):
        at = FIRST + timedelta(days=1000 * number / count)
        paragraphs = [" ".join(dice.sample(sentences, 3)) for _ in range(dice.randint(2, 10))]
        slug = f"story-{number}"
        yield StoryPage(
            title=dice.choice(sentences).rstrip("."),
            slug=slug,
            path=StoryPage._get_path(index.path, index.depth + 1, number + 1),
            depth=index.depth + 1,
            url_path=f"{index.url_path}{slug}/",
            translation_key=uuid.uuid4(),
            locale=index.locale,
            content_type=StoryPage(title="").content_type,
            first_published_at=at,
            last_published_at=at,
            body="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
            force=dice.choice(FORCES)[0],
            outcome=dice.choice(OUTCOMES)[0],
            month=at.date().replace(day=1),
        )


@transaction.atomic
def _insert(stories: list[StoryPage]) -> None:
    """Insert in bulk, which Django doesn't do where a model has a parent: the parents, then what is the child's."""
    common = [field.attname for field in Page._meta.local_concrete_fields if not field.primary_key]
    pages = Page.objects.bulk_create([Page(**{name: getattr(each, name) for name in common}) for each in stories])
    for story, page in zip(stories, pages, strict=True):
        story.page_ptr_id = story.id = page.pk
    own = StoryPage._meta.local_concrete_fields
    for start in range(0, len(stories), 100):
        query = InsertQuery(StoryPage)
        query.insert_values(own, stories[start : start + 100])
        query.get_compiler("default").execute_sql()


if __name__ == "__main__":
    seed(int(sys.argv[1]))
