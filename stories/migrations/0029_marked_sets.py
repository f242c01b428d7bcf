from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0028_no_opinions'),
    ]

    operations = [
        migrations.CreateModel(
            name='MarkedSet',
            fields=[
                ('mark', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('places', models.BinaryField()),
                ('changed_in', models.PositiveBigIntegerField(db_index=True)),
            ],
        ),
        migrations.AddField(
            model_name='edition',
            name='followed',
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
    ]
