from pathlib import Path

import pytest

from stories.models import Response, Story
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.full]
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def listed(tmp_path, monkeypatch):
    """Write the two lists and run the script as `manage.py shell` would."""

    def run(*, withdrawn=(), down=()):
        (tmp_path / "withdrawn.txt").write_text("\n".join(withdrawn))
        (tmp_path / "down.txt").write_text("\n".join(down))
        monkeypatch.chdir(tmp_path)
        exec((ROOT / "deploy" / "do_again.py").read_text(), {})

    return run


def test_answer_to_a_story_withdrawn_since_the_backup_goes_again(alice, bob, listed):
    story = factories.live_story()
    factories.a_response(stories=[story])

    listed(withdrawn=[story.submission_id.hex])

    assert not Response.objects.exists()


def test_story_taken_down_since_the_backup_goes_down_again_and_twice_is_once(alice, bob, listed):
    story = factories.live_story()

    listed(down=[story.slug])
    listed(down=[story.slug, "nosuchstory0"])

    story.refresh_from_db()
    assert story.status == "hidden"


def test_what_is_on_no_list_stays(alice, bob, listed):
    story = factories.live_story()

    listed()

    assert Story.live.filter(pk=story.pk).exists()
