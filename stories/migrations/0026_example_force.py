from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0025_demands")]
    operations = [
        migrations.AlterField(
            model_name="force",
            name="kind",
            field=models.CharField(
                choices=[
                    ("territorial", "Territorial"),
                    ("special", "Special"),
                    ("example", "Invented for the demo"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
    ]
