from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0010_on_its_way")]

    operations = [
        migrations.RemoveConstraint(model_name="submission", name="submission_status_is_known"),
        migrations.AddField(
            model_name="submission",
            name="waits_for_yes",
            field=models.BooleanField(null=True),
        ),
        migrations.AlterField(
            model_name="submission",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("received", "Received"),
                    ("waiting", "Waiting for the contributor"),
                    ("held", "Held"),
                    ("prepared", "Put forward"),
                    ("agreed", "Agreed"),
                    ("published", "Published"),
                    ("correcting", "Being corrected"),
                    ("rereading", "Correction put forward"),
                    ("counted", "Counted"),
                    ("declined", "Declined"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="received",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    status__in=(
                        "draft",
                        "received",
                        "waiting",
                        "held",
                        "prepared",
                        "agreed",
                        "published",
                        "correcting",
                        "rereading",
                        "counted",
                        "declined",
                        "withdrawn",
                    )
                ),
                name="submission_status_is_known",
            ),
        ),
    ]
