"""`manage.py starting_pages`: make the pages, help lines and menu that a new site lacks.

Safe to run again: what is there is never changed, and a page that editors took off stays off. Prints the title of
each page that it made, their number, and what the charity has to write itself before the site opens.
"""

from django.core.management.base import BaseCommand

from campaign.initial_content import creating


class Command(BaseCommand):
    help = (
        "Lay the pages, help lines and menu that a new site lacks. Safe to run again, as after an update: what is "
        "there is never changed, and what editors took off stays off."
    )

    def handle(self, *args: object, **options: object) -> None:
        made = creating.create_initial_content()
        for title in made:
            self.stdout.write(title)
        self.stdout.write(f"{len(made)} pages laid." if made else "Nothing was missing.")
        left = list(creating.unfinished_pages()) if made else []
        if left:
            self.stderr.write("\n".join(["Left to write before the site opens:", *left]))
