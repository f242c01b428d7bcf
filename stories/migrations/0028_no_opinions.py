from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("stories", "0027_pepper_check")]

    operations = [
        migrations.DeleteModel(name="OpinionTally"),
        migrations.DeleteModel(name="ResponseMark"),
    ]
