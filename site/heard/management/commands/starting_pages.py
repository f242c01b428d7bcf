"""Lay the pages, help lines and menu of a new site."""

from typing import Any

from django.core.management.base import BaseCommand

from campaign.initial_content import creating


class Command(BaseCommand):
    """`manage.py starting_pages`: safe to run again, for it never changes what is there."""

    help = "Lay the pages, help lines and menu that a new site lacks."

    def handle(self, *args: Any, **options: Any) -> None:
        made = creating.create_initial_content()
        for title in made:
            self.stdout.write(title)
        self.stdout.write(f"{len(made)} pages laid." if made else "Nothing was missing.")
