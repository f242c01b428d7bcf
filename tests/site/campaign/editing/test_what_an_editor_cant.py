"""Somebody with every right that an editor has, or whose account was taken over, tries to break a promise."""

import html
import json

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import rich_text, streamfield

from campaign.models import Addressee, Brand, HelpLine, Offence, Picture
from moderation.team.permissions import EDITORS
from stories.core import takedown
from stories.models import Story
from tests import factories
from tests.site.campaign.asking import edit_address, page_at, words_at
from tests.site.campaign.editing.test_editing import content

TOLD = (
    "I rang 101 from the car park because I could not do it at home. The call taker was kind and slow. She asked for "
    "the links and said that nobody would make me watch them again."
)


@pytest.fixture
def editor(laid):
    """An editor who may do all to pages that Wagtail knows of."""
    editors, root = Group.objects.get(name=EDITORS), Page.get_first_root_node()
    for right in Permission.objects.filter(content_type__app_label="wagtailcore", content_type__model="page"):
        GroupPagePermission.objects.get_or_create(group=editors, page=root, permission=right)
    return factories.client_of(factories.person("edith", EDITORS), unlocked=False)


@pytest.fixture
def story(laid, alice, bob):
    return factories.live_story(fields={"text": TOLD}, consent_quote=True)


def publish(editor, *blocks, **changes):
    """Publish the page about privacy with these blocks, and return what the editor is then shown."""
    posted = content(body=streamfield(list(blocks)), **changes) | {"action-publish": "1"}
    page = editor.post(edit_address(page_at("privacy")), posted, follow=True)
    # What a block is refused for is in JSON, in an attribute.
    return html.unescape(page.content.decode()).replace("\\u2019", "’")


def read(reader):
    return words_at(reader, "/privacy/")


def agreed_only():
    """A story that two people agreed on, and that no batch brought yet."""
    submission = factories.submission_at("agreed", fields={"text": TOLD}, consent_quote=True)
    return Story.objects.get(submission=submission)


def taken_down():
    story = factories.live_story(fields={"text": TOLD}, consent_quote=True)
    takedown.hide_story(story)
    return story


STEP = ("steps", {"count": "1", "0": {"value": rich_text(f"<p>{TOLD}</p>"), "order": "0", "deleted": ""}})
HEADINGS = [("heading", " ".join(TOLD.split()[at : at + 5])) for at in range(0, len(TOLD.split()), 5)]
PASTED = {
    "in a text": ([("text", rich_text(f"<p>We heard this: <b>{TOLD}</b></p>"))], {}),
    "in a step": ([STEP], {}),
    "in headings of a few words each": (HEADINGS, {}),
    "as somebody else’s": ([("quote", {"text": TOLD.upper(), "source": "A paper", "url": ""})], {}),
    "in the introduction": ([], {"intro": TOLD}),
    "with a reason": ([], {"intro": TOLD, "why_it_stays": "It is a public statement of a force."}),
}


def test_words_of_a_story_go_public_in_its_own_block_alone_and_a_draft_keeps_them(editor, reader, story):
    for how, (blocks, changes) in PASTED.items():
        page = publish(editor, *blocks, **changes)

        assert "These words stand in a story: “" in page, how
        assert "with the block “Passage of a story”" in page, how
        assert "car park" not in read(reader).lower(), how

    page = page_at("privacy")
    editor.post(edit_address(page), content(intro=TOLD))
    assert "car park" in json.dumps(page_at("privacy").get_latest_revision().content)
    answer = editor.post(edit_address(page), content(intro=TOLD) | {"action-submit": "1"})
    assert "These words stand in a story" in answer.content.decode()
    assert "car park" not in read(reader)


def test_whoever_did_not_allow_quoting_is_not_quoted_by_paste(editor, reader, alice, bob):
    factories.live_story(fields={"text": TOLD}, consent_quote=False)

    page = publish(editor, intro=TOLD)

    assert "whose contributor didn’t allow quoting" in page
    assert "car park" not in read(reader)


@pytest.mark.parametrize("made", [agreed_only, taken_down])
def test_words_of_a_story_that_is_not_on_the_site_go_public_nowhere(made, editor, reader, alice, bob):
    story = made()
    # All that the editor knows of it.
    known = " ".join(TOLD.split()[:12])

    page = publish(editor, intro=known)

    assert "These words stand in a story that isn’t on the site: “I rang 101 from the car …”" in page
    assert " ".join(TOLD.split()[12:15]) not in page
    assert story.slug not in page
    assert "car park" not in read(reader)
    assert "isn’t on the site" in Offence(covers=known).why_not_public()


def test_nothing_that_is_public_once_kept_takes_words_of_a_story(story):
    kept_at_once = (
        *(Offence(covers=TOLD), Addressee(name=TOLD[:115]), HelpLine(about=TOLD)),
        *(Picture(description=TOLD), Brand(strapline=TOLD[:115])),
    )
    for row in kept_at_once:
        assert "These words stand in a story: “I rang 101 from the car" in str(row.why_not_public()), type(row)
