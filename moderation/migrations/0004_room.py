from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0003_second_factor"),
    ]

    operations = [
        migrations.AddField(
            model_name="workingcopy",
            name="window",
            field=models.CharField(max_length=32, null=True),
        ),
    ]
