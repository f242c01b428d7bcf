from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows that each held one person's answers go, and are not added up: no release ever wrote any."""

    dependencies = [
        ("stories", "0005_flood_tray"),
    ]

    operations = [
        migrations.DeleteModel(name="CountedAnswers"),
        migrations.CreateModel(
            name="CountedAnswers",
            fields=[
                ("quarter", models.CharField(max_length=7, primary_key=True, serialize=False)),
                ("people", models.PositiveIntegerField(default=0)),
                ("totals", models.JSONField(default=dict)),
            ],
            options={"verbose_name_plural": "counted answers"},
        ),
    ]
