"""Answers of the form are called what the release calls them: words that editors gave them end here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("stories", "0021_made_when_shown")]

    operations = [migrations.DeleteModel("AnswerWords")]
