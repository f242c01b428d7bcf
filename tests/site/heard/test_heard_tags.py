"""A script of ours carries the hash of the very file that is served; a block of data holds no markup."""

import base64
import hashlib
import json
import re

import pytest
from django.core.management import call_command
from django.template import Context, Template

from heard.templatetags import heard_tags
from tests.site.heard import addresses


def written(path="js/exit.js"):
    tag = Template(f'{{% load heard_tags %}}{{% own_script "{path}" %}}').render(Context())
    return re.fullmatch(r'<script type="module" src="([^"]+)" integrity="(sha384-[^"]+)"></script>', tag).groups()


def hash_of(content):
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def served(src):
    return b"".join(addresses.client().get(src).streaming_content)


@pytest.mark.django_db
def test_hash_is_that_of_the_file_that_is_served_collected_or_not(settings, tmp_path):
    src, integrity = written()
    assert src == "/static/js/exit.js"
    assert integrity == hash_of(served(src))

    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "heard.storage.StaticFilesStorage"}}
    call_command("collectstatic", verbosity=0, interactive=False)

    src, integrity = written()

    assert re.fullmatch(r"/static/js/exit\.[0-9a-f]{12}\.js", src)
    assert integrity == hash_of(served(src))


def test_no_word_ends_a_block_of_data_or_begins_another():
    evil = "</script><!--<script>alert(1)</script> & \u2028 “é”"

    block = heard_tags.linked_data({"headline": evil}, "Heard")

    data = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028") & set(data)
    assert json.loads(data)["headline"] == evil
