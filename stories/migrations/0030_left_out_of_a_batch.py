from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0029_marked_sets'),
    ]

    operations = [
        migrations.AddField(
            model_name='story',
            name='left_out_until',
            field=models.DateField(blank=True, null=True),
        ),
    ]
