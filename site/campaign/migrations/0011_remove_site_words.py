"""Strings outside of pages are what the release says: words that editors put in their place end here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("campaign", "0010_who_runs_it_and_more_help")]

    operations = [migrations.DeleteModel("SiteWords")]
