import stories.core.lifecycle
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaign", "0006_quotes_asks_and_brand")]

    operations = [
        migrations.AlterField(
            model_name="newspage",
            name="date",
            field=models.DateField(default=stories.core.lifecycle.today, verbose_name="date"),
        ),
    ]
