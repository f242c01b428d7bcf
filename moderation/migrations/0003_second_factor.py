from django.db import migrations


class Migration(migrations.Migration):
    """It named django-otp's table ours; what lay there moved to allauth's with `0014_second_factor_to_allauth`."""

    dependencies = [("moderation", "0002_moderators_room")]
    operations: list[migrations.operations.base.Operation] = []
