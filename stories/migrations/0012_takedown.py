import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0011_check")]

    operations = [
        migrations.AlterField(
            model_name="takedownrequest",
            name="queue_epoch",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="stories.queuekey"
            ),
        ),
    ]
