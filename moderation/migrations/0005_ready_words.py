from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0004_room"),
    ]

    operations = [
        migrations.AlterField(
            model_name="readywords",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("question", "A question to the contributor"),
                    ("decline", "Why a story isn't published"),
                    ("care", "Whom a moderator can call here"),
                ],
                max_length=10,
                verbose_name="purpose",
            ),
        ),
    ]
