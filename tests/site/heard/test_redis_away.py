"""A Redis of the test's own that stops or freezes in mid-visit, and comes back."""

from unittest.mock import Mock

import pytest
import redis as library

from heard import settings as shipped, storage
from heard.middleware import limits
from stories.crypto import tokens
from tests import servers
from tests.site.heard import addresses
from tests.site.heard.test_limits import post
from tests.stories.intake.visiting import ACCOUNT, TOLD, Visitor

pytestmark = [pytest.mark.servers, pytest.mark.django_db]


@pytest.fixture
def redis(settings, monkeypatch):
    monkeypatch.setattr(storage, "LEFT_ALONE", 60)
    with servers.running(servers.Redis().start()) as (server,):
        settings.CACHES = shipped.caches_in(server.url)
        settings.PAGES_ARE_SHARED = settings.TOKEN_KEYS_IN_CACHE = True
        yield server


@pytest.fixture
def asked(monkeypatch):
    """Whatever is asked of any Redis."""
    asked = Mock(wraps=library.Redis.execute_command)
    monkeypatch.setattr(library.Redis, "execute_command", lambda *words, **told: asked(*words, **told))
    return asked


@pytest.mark.parametrize("way", servers.WAYS)
def test_pages_and_forms_go_on_and_redis_is_asked_once(way, redis, asked, queue_key):
    addresses.ask("/stories/")
    before = Visitor()
    before.get("/tell/form/")
    assert not storage.cache_is_late()
    getattr(redis, way)()
    asked.reset_mock()

    assert [addresses.ask(path).status_code for path in ("/stories/", "/", "/tell/form/", "/return/")] == [200] * 4
    assert Visitor().tell()
    assert not limits.is_over(post(), "send")
    assert storage.cache_is_late()
    # A form opened before is made afresh with its words; pressed once more, it goes through.
    before.post("/tell/form/", step="check", **TOLD)
    assert ACCOUNT in before.text()
    before.post("/tell/form/", step="check", **TOLD)
    before.post("/tell/form/", step="send", **TOLD)
    assert before.code()
    assert asked.call_count == 1


@pytest.mark.parametrize("way", servers.WAYS)
def test_form_opened_without_redis_goes_through_and_two_machines_agree_again(way, redis, settings, tmp_path, queue_key):
    getattr(redis, way)()
    visitor = Visitor()
    visitor.check()
    here = tokens.current_key()
    settings.RUN_DIR = tmp_path / "other"
    there = tokens.current_key()
    assert here != there

    getattr(redis, servers.WAYS[way])()
    storage._left_alone_until.clear()
    (tmp_path / "other" / "token-1.key").write_bytes(b"k" * tokens.KEY_BYTES)
    agreed = tokens.current_key()
    assert tokens.good_keys() == [agreed, there]
    assert len([*(tmp_path / "other").iterdir()]) == 1, "a key that is no longer good is gone"
    settings.RUN_DIR = shipped.RUN_DIR
    assert tokens.good_keys() == [agreed, here]
    visitor.post("/tell/form/", step="send", **TOLD)
    assert visitor.code()
    assert not storage.cache_is_late()
