"""A script of ours carries the hash of the very file that is served; a block of data holds no markup."""

import base64
import hashlib
import json
import re

import pytest
from django.core.cache import caches
from django.template import Context, Template

from campaign import site_chrome
from heard.templatetags import heard_tags
from stories.core import snapshot
from tests.site.heard import addresses


def written(path="js/exit.js"):
    tag = Template(f'{{% load heard_tags %}}{{% own_script "{path}" %}}').render(Context())
    return re.fullmatch(r'<script type="module" src="([^"]+)" integrity="(sha384-[^"]+)"></script>', tag).groups()


def hash_of(src):
    served = b"".join(addresses.client().get(src).streaming_content)
    return "sha384-" + base64.b64encode(hashlib.sha384(served).digest()).decode()


@pytest.mark.django_db
def test_hash_is_that_of_the_file_that_is_served_collected_or_not(settings, tmp_path):
    src, integrity = written()
    assert src == "/static/js/exit.js"
    assert integrity == hash_of(src)

    addresses.collect_static(settings, tmp_path)
    src, integrity = written()

    assert re.fullmatch(r"/static/js/exit\.[0-9a-f]{12}\.js", src)
    assert integrity == hash_of(src)


def test_no_word_ends_a_block_of_data_or_begins_another():
    evil = "</script><!--<script>alert(1)</script> & \u2028 “é”"

    block = heard_tags.linked_data({"headline": evil}, "Heard")

    data = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028") & set(data)
    assert json.loads(data)["headline"] == evil


def test_once_is_rendered_once_for_an_edition_and_each_value_of_what_is_named(db):
    once = Template("{% load heard_tags %}{% once named %}{{ words }}{% endonce %}")

    def shown(words, named=""):
        furniture = site_chrome.context_processor(None)
        return once.render(Context({"words": words, "named": named} | furniture))

    assert [shown("a"), shown("b"), shown("b", "n"), shown("c", "n")] == ["a", "a", "b", "b"]
    snapshot.invalidate()
    snapshot.forget_snapshot()
    assert shown("d") == "d"
    assert once.render(Context({"words": "e"})) == "e", "without a frame nobody knows how long it holds"


def test_no_page_shows_what_only_another_page_says(db):
    """Of each page all that stands in `once` is rendered for it alone, and then taken from whoever came before it."""

    def pages(*, alone):
        addresses.forget()
        found = {}
        for path in addresses.public_paths():
            snapshot.last_seen().kept.clear() if alone else caches["pages"].clear()
            if (answer := addresses.ask(path)).headers.get("Content-Type", "").startswith("text/html"):
                found[path] = re.sub(r'(name="token" value|integrity|data-code)="[^"]*"', "", answer.content.decode())
        return found

    alone, after_others = addresses.gathered(lambda: (pages(alone=True), pages(alone=False)))

    assert len(alone) > 40
    assert {path for path, page in alone.items() if page != after_others[path]} == set()
