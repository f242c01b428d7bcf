"""Phones move from django-otp's table to allauth's; its tables go, and with them recovery codes.

Those were kept as hashes, which allauth can't use: whoever logs in with their phone is shown new ones.
"""

import base64
import hashlib

from allauth.mfa.utils import encrypt
from django.conf import settings
from django.db import migrations

_TABLES = ("otp_static_statictoken", "otp_static_staticdevice", "otp_totp_totpdevice")


def move_phones(apps, schema_editor):
    connection = schema_editor.connection
    there = set(connection.introspection.table_names())
    if _TABLES[2] in there:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT user_id, key, last_t FROM otp_totp_totpdevice WHERE confirmed AND name = %s ORDER BY id",
                [_name()],
            )
            phones = {user_id: (key, last_t) for user_id, key, last_t in cursor.fetchall()}
        rows = apps.get_model("mfa", "Authenticator").objects
        for user_id, (key, last_t) in phones.items():
            rows.create(user_id=user_id, type="totp", data={"secret": encrypt(_secret(key)), "counter": max(last_t, 0)})
    for table in _TABLES:
        if table in there:
            schema_editor.execute(f"DROP TABLE {table}")


def _name():
    """The name of those rows whose secret today's SECRET_KEY makes; the others opened nothing either."""
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=8, person=b"heard totp name").hexdigest()


def _secret(key):
    secret = hashlib.blake2b(
        bytes.fromhex(key), key=settings.SECRET_KEY.encode()[:64], digest_size=20, person=b"heard totp"
    )
    return base64.b32encode(secret.digest()).decode()


class Migration(migrations.Migration):
    dependencies = [("moderation", "0013_rights_given"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunPython(move_phones, migrations.RunPython.noop)]
