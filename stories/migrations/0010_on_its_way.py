import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0009_moderators_room"),
    ]

    operations = [
        migrations.CreateModel(
            name="OnItsWay",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="on_its_way",
                        serialize=False,
                        to="stories.submission",
                    ),
                ),
                ("deed", models.CharField(max_length=20)),
                ("message", models.UUIDField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("received", "Received"),
                            ("waiting", "Waiting for the contributor"),
                            ("held", "Held"),
                            ("prepared", "Put forward"),
                            ("agreed", "Agreed"),
                            ("published", "Published"),
                            ("counted", "Counted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("erase_on", models.DateField()),
                ("sends_at", models.DateTimeField()),
            ],
        ),
    ]
