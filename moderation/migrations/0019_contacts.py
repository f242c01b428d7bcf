from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0018_invitation_at_the_machine'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[],
            options={
                'verbose_name': 'safeguarding number',
                'verbose_name_plural': 'safeguarding numbers',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('moderation.readywords',),
        ),
    ]
