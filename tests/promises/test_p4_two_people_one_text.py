"""P4 Two people, one text, at the served site; ways round it are in tests/moderation/test_two_people_one_text.py."""

import json
import time
from dataclasses import dataclass

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import CharField, TextField

from moderation import working_copies
from moderation.team.permissions import Refused
from stories.core import agreed_text, rendering, snapshot
from stories.crypto import sealing
from stories.models import SealedText, Story
from tests import at_work, factories, running_site
from tests.moderation import room
from tests.moderation.room import EVIL

# As long as each process of the server may trust what it read.
A_SECOND = 1.1
# Two processes answer by turns; asked this often, each of them does.
OFTEN = 6
PUBLIC = ("/", "/stories/", "/stories/?force=kent", "/forces/kent/", "/stories.json", "/stories.csv", "/stories.atom")
AGREED = "I am now here… They said:\n\nWe know nothing <of> it."


@dataclass
class Told:
    """One account, and what the team made of it."""

    code: str
    pk: str
    text: str
    address: str = ""


@pytest.fixture(scope="module")
def way(demo_site, team):
    """Three accounts on their way to the site; for each step the texts that anybody could read then."""
    told = [_told(demo_site) for _ in range(3)]
    seen = {}
    for each in told:
        team["alice"].put_forward(each.pk, title=each.text, text=each.text)
    seen["put forward"] = _public(demo_site, told)
    for each in told:
        team["bob"].agree(each.pk)
        each.address = _address(demo_site, each.pk)
    seen["agreed"] = _public(demo_site, told)
    _press(team["charlie"], "/admin/batch/")
    seen["published"] = _public(demo_site, told)
    return told, seen


def test_all_of_it_is_public_after_the_batch_and_nothing_before(way):
    told, seen = way

    assert seen == {"put forward": set(), "agreed": set(), "published": {each.text for each in told}}


def test_one_moderator_takes_it_down_at_once_everywhere_and_two_put_it_back(way, demo_site, team):
    first = way[0][0]
    room = f"/admin/stories/{_story(demo_site, first.pk)}/"

    _press(team["bob"], f"{room}take-down/")
    assert _statuses(demo_site, first) == {410}
    assert first.text not in _public(demo_site, [first])

    _press(team["alice"], f"{room}put-back/")
    _press(team["alice"], f"{room}put-back/")
    assert "another moderator has to agree" in team["alice"].page
    assert _statuses(demo_site, first) == {410}

    _press(team["bob"], f"{room}put-back/")
    assert _statuses(demo_site, first) == {200}
    assert first.text in _public(demo_site, [first])


def test_correction_changes_the_page_only_with_a_second_persons_yes_and_then_at_once(way, demo_site, team):
    third = way[0][2]
    text = at_work.sentence_of_its_own("They rang back")
    story = f"/admin/stories/{_story(demo_site, third.pk)}/"
    # A coordinator neither reads it nor takes it down.
    coordinator = team["charlie"]
    assert third.text not in coordinator.get(f"/admin/queue/{third.pk}/")
    assert coordinator.status == 403
    coordinator.get(f"{story}take-down/")
    assert coordinator.status == 403

    _press(team["alice"], f"{story}correct/")
    team["alice"].write(third.pk, title=text, text=text)
    team["alice"].offer(third.pk)
    team["alice"].get(f"/admin/queue/{third.pk}/second/")
    assert "another moderator has to be its second reader" in team["alice"].page
    changed = Told(third.code, third.pk, text, third.address)
    assert _public(demo_site, [third, changed]) == {third.text}

    team["bob"].agree(third.pk)
    assert _public(demo_site, [third, changed]) == {text}
    assert _statuses(demo_site, third) == {200}
    third.text = text


def test_contributors_code_takes_it_down_at_once_everywhere_and_nobody_puts_it_back(way, demo_site, team):
    second = way[0][1]
    visitor = running_site.Visitor(demo_site.url)
    visitor.come_back(second.code)

    visitor.post("/return/", step="withdraw")
    visitor.post("/return/", step="withdraw-now")
    assert _statuses(demo_site, second) == {410}
    assert second.text not in _public(demo_site, [second])

    for name in ("alice", "bob"):
        _press(team[name], f"/admin/stories/{_story(demo_site, second.pk)}/put-back/")
    assert _statuses(demo_site, second) == {410}


@pytest.mark.django_db
def test_no_column_shows_other_spaces_dots_paragraphs_or_tags_than_those_agreed(alice, bob, client):
    story = factories.live_story(fields={"title": "Now here", "text": AGREED})
    address = story.get_absolute_url()
    before = _as_read(client, address)
    assert rendering.text_as_html(AGREED) in before[address]

    columns = [each.column for each in Story._meta.concrete_fields if isinstance(each, CharField | TextField)]
    tried = [(column, words) for column in columns for words in _otherwise(AGREED)]
    taken = [each for each in tried if _is_taken(*each)]

    assert {"title", "text", "agreed"} < {column for column, _words in tried}
    assert taken == []
    assert _as_read(client, address) == before


def _otherwise(text):
    """The same letters in other spaces, dots, paragraphs and tags: as a text, as HTML, and as its first words."""
    others = [text.replace("now here", "nowhere"), text.replace("…", ""), text.replace("\n\n", " ")]
    others += [text.replace("They said", "They\n\nsaid"), text.replace("We know", "Weknow")]
    tagged = [rendering.text_as_html(text).replace(" it.", tag + " it.") for tag in ("<br>", "</p><p>", "<p>")]
    return [*others, *map(rendering.text_as_html, others), *map(rendering.text_opening, others), *tagged, text[:4]]


def _is_taken(column, words):
    """Write it past everything but the database; True if that let it pass."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE stories_story SET {column} = %s", [words])
    except DatabaseError:
        return False
    return True


def _as_read(client, address):
    snapshot.invalidate()
    snapshot.forget_snapshot()
    return {each: client.get(each, secure=True).content.decode() for each in (*PUBLIC[:-2], PUBLIC[-1], address)}


@pytest.mark.django_db
def test_words_of_a_published_story_change_by_no_row_that_anybody_writes(alice, bob, charlie):
    story = factories.live_story()
    places = {"kept": {}, "swapped": {"first_reader": bob, "second_reader": alice}, "new": {"second_reader": charlie}}

    for salt in (story.salt, "s" * 64):
        # All that a row says of its text, together, as somebody writes it who knows how it is made; then less of it.
        whole = _as_if_agreed(story, text=EVIL, salt=salt)
        for left_out in (set(), {"salt"}, {"digest"}, {"agreed"}, {"salt", "digest"}, {"salt", "digest", "agreed"}):
            for readers in places.values():
                columns = {name: value for name, value in whole.items() if name not in left_out} | readers
                with pytest.raises(DatabaseError), transaction.atomic():
                    Story.objects.filter(pk=story.pk).update(**columns)

    room.assert_nowhere(EVIL)


def _as_if_agreed(story, *, text, salt):
    agreed = agreed_text.canonical_text(json.loads(story.agreed) | {"text": text})
    return {"text": text, "agreed": agreed, "salt": salt, "digest": agreed_text.text_digest(agreed, salt=salt)}


@pytest.mark.django_db
def test_words_sealed_under_a_yes_to_others_are_noticed_before_they_are_a_story(alice, bob):
    submission, other = factories.submission_at("received"), factories.submission_at("received")
    copy = factories.put_forward(submission, by=alice)
    factories.claim(other, by=alice)
    swapped = working_copies.save_version(other, factories.FIELDS | {"text": EVIL}, by=alice)
    fields = working_copies.with_place(working_copies.EMPTY | factories.FIELDS | {"text": EVIL})
    place = sealing.Place(row=str(submission.pk), kind="working-copy", number=copy.number)
    box = sealing.seal_payload({"fields": fields, "salt": "s" * 64}, to=bytes(submission.public_key), place=place)
    factories.unfold(submission, by=bob)

    for sealed, says in ((bytes(swapped.sealed.box), "open"), (box, "doesn’t carry its digest")):
        SealedText.objects.filter(pk=copy.sealed_id).update(box=sealed)
        with pytest.raises(Refused, match=says):
            factories.say_second_yes(copy, by=bob)
    assert not Story.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("taken_down_by", ["alice", "bob"])
def test_one_moderator_alone_takes_it_down_and_never_brings_it_back(taken_down_by, alice, bob):
    story, presses = factories.live_story(), 3
    room.press(factories.client_of({"alice": alice, "bob": bob}[taken_down_by]), "room_stories:take_down", story.pk)
    assert _reads(story) == 410

    for _ in range(presses):
        room.press(factories.client_of(alice), "room_stories:put_back", story.pk)
        assert _reads(story) == 410
    room.press(factories.client_of(bob), "room_stories:put_back", story.pk)

    assert _reads(story) == 200


def _reads(story):
    return room.reader().get(story.get_absolute_url(), secure=True).status_code


def _told(site):
    text = at_work.sentence_of_its_own("They rang back")
    code, pk = at_work.tell(site, text)
    return Told(code, pk, text)


def _public(site, told):
    """The texts that stand on any public page, of either process, a second after what was done."""
    time.sleep(A_SECOND)
    visitor = running_site.Visitor(site.url)
    addresses = [*PUBLIC, *(each.address for each in told if each.address)]
    pages = [visitor.get(address) for address in addresses for _ in range(OFTEN)]
    return {each.text for each in told if any(each.text in page for page in pages)}


def _statuses(site, told):
    time.sleep(A_SECOND)
    visitor = running_site.Visitor(site.url)
    return {visitor.get(told.address) and visitor.status for _ in range(OFTEN)}


def _press(colleague, address):
    """Go there and press the button, if there is one."""
    colleague.get(address)
    if any(form.action in ("", address) and form.method == "post" for form in at_work.forms_on(colleague.page)):
        colleague.submit(address)


def _address(site, pk):
    return f"/stories/{_of_story(site, pk, 'slug')}/"


def _story(site, pk):
    return at_work.as_address(_of_story(site, pk, "id"))


def _of_story(site, pk, column):
    """What no page tells: nobody outside knows the address of a story before it is public."""
    asked = f"SELECT {column} FROM stories_story WHERE submission_id = ?"  # noqa: S608
    [(found,)] = at_work.rows(site, asked, pk.replace("-", ""))
    return found
