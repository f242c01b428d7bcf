"""P5 People are never named: what leads straight to somebody goes public by no way without a written reason."""

import html
import json
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text, streamfield

from bench.seeding import stories as seeding
from campaign import initial_content
from campaign.editing import HeldBack
from campaign.models import Ask, ContentPage, HelpLine, HomePage
from campaign.redirects import redirect_target
from heard.demo import stories as demo_stories
from moderation import working_copies
from moderation.team.permissions import Refused
from stories.core import publication_gate, rendering
from stories.models import Response, Story
from stories.models.outward import Outward, OutwardWhenKept, OutwardWithReason, is_written
from stories.models.response import WRITTEN_FIELDS
from stories.pii import find_identifying
from tests import factories
from tests.moderation import room
from tests.site.campaign import posting

PHONE = "07700 900123"
OURS = ("stories", "campaign", "moderation", "heard")
# What an editor's form, or a page's way to the public, looks at; and what holds words and isn't, with the reason.
_FIELDS = tomllib.loads(Path(__file__).with_name("fields.toml").read_text())
LOOKED_AT = {label: set(names) for label, names in _FIELDS["looked_at"].items()}
_PAGES = {label for label in LOOKED_AT if label.endswith("Page")}
NOT_LOOKED_AT = _FIELDS["not_looked_at"] | {
    label: _FIELDS["of_a_page"] | _FIELDS["not_looked_at"].get(label, {}) for label in _PAGES
}
_ENTERED = "looked at when it is entered, and again when it is agreed to"
NOT_LOOKED_AT["stories.Response"] |= dict.fromkeys(WRITTEN_FIELDS, _ENTERED)


def tables():
    return {model._meta.label: model for model in apps.get_models() if model._meta.app_label in OURS}


def holds_words(field):
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return (is_text or hasattr(field, "stream_block")) and not field.choices


def test_every_field_that_holds_words_is_looked_at_or_really_is_not_with_its_reason():
    assert set(LOOKED_AT) | set(NOT_LOOKED_AT) <= set(tables())
    for label, model in tables().items():
        words = {field.name for field in model._meta.concrete_fields if holds_words(field)}
        known = LOOKED_AT.get(label, set()) | set(NOT_LOOKED_AT.get(label, {}))
        assert words == known, f"{label}: {words ^ known} is neither looked at nor listed here with a reason"
        for name in NOT_LOOKED_AT.get(label, {}) if issubclass(model, Outward) else ():
            assert name in model.may_hold or not is_written(model._meta.get_field(name)), f"{label}.{name}"


@pytest.mark.django_db
def test_what_is_said_to_be_looked_at_is_in_its_form_or_on_its_way_to_the_public():
    for label, fields in LOOKED_AT.items():
        model, has_reason = tables()[label], label in _PAGES or label == "campaign.Ask"
        kept = OutwardWithReason if has_reason else OutwardWhenKept
        # An update goes through its ask: their words go public together.
        assert issubclass(model, Outward if label == "campaign.AskUpdate" else kept), label
        for name in fields:
            row = model(**{name: _words(model, name)})

            assert [each.found.kind for each in row.held_back()] == ["PHONE"], f"{label}.{name}"


_LINK = ("part", {"part": "/tell/", "title": PHONE, "title_cy": ""})
# A first block of each stream, with the number in it.
_FIRST_BLOCK = {
    "body": ("heading", PHONE),
    "OfficersCardPage.body": ("part", {"heading": "Keep", "lines": [PHONE]}),
    "why": ("text", PHONE),
    "opens": ("hours", {"first_day": PHONE}),
    "header": _LINK,
    "footer": _LINK,
    "plan": ("step", {"minutes": 5, "title": PHONE, "text": ""}),
    "notes": ("notice", PHONE),
    "voices": ("story_quote", {"story": "", "passage": PHONE}),
    "PatternPage.passages": ("story_quote", {"story": "", "passage": PHONE}),
    "passages": ("training_quote", {"story": "", "passage": PHONE}),
    "questions": ("question", PHONE),
    "figure": ("figure", {"figure": PHONE}),
    "good": ("text", PHONE),
    "wording": ("words", {"instead_of": PHONE, "say": ""}),
}


def _words(model, name):
    """A telephone number in the shape of the field: as it is, or within the first block of a stream."""
    if not hasattr(model._meta.get_field(name), "stream_block"):
        return PHONE
    kind, value = _FIRST_BLOCK.get(f"{model.__name__}.{name}") or _FIRST_BLOCK[name]
    return json.dumps([{"type": kind, "value": value}])


# What the list above says of a story, whatever the code looks at.
SEEN_IN_A_STORY = [name for name, why in NOT_LOOKED_AT["stories.Story"].items() if "put forward" in why]


@pytest.mark.django_db
@pytest.mark.parametrize("field", SEEN_IN_A_STORY)
def test_no_story_is_put_forward_with_it(field, alice, bob):
    submission = factories.submission_at("received")
    factories.claim(submission, by=alice)
    factories.look_first(submission, by=alice)
    copy = working_copies.save_version(submission, factories.FIELDS | {field: f"Ring {PHONE}."}, by=alice)

    with pytest.raises(Refused, match="phone number"):
        factories.say_first_yes(copy, by=alice)

    assert not Story.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["words", "context", "source", "owner"])
def test_no_response_of_a_force_is_entered_with_it(field, alice):
    with pytest.raises(Refused, match="phone number"):
        factories.an_entry(by=alice, **{field: f"Ring {PHONE}."})

    assert not Response.objects.exists()


_EXAMPLES = tomllib.loads(Path(__file__).with_name("leads_straight.toml").read_text())
ONE_OF_EACH, PROFILES = _EXAMPLES["one_of_each"], _EXAMPLES["profiles"]
_LOOK = {words: f"Look: {words} was what they wrote." for words in (*PROFILES, *_EXAMPLES["parted"])}
TELLING = ONE_OF_EACH | _LOOK


def published(editor, page, *, below=None, **changes):
    """What the form of a page, or of a new one, says against publishing it so; None where it is published."""
    name, args = ("add", ["campaign", "contentpage", below.pk]) if below else ("edit", [page.pk])
    address = reverse(f"wagtailadmin_pages:{name}", args=args)
    answer = editor.post(address, posting.unchanged(page, **changes) | {"action-publish": "1"})
    return None if answer.status_code == 302 else answer.context["form"].errors["why_it_stays"][0]


def news():
    return Page.objects.get(slug="how-heard-works").specific


WHY = "It is the profile of the regulator, from its own website."


def test_no_page_is_published_with_one_of_any_kind(editor):
    assert set(ONE_OF_EACH) == publication_gate.HELD_BACK
    for name, words in TELLING.items():
        assert "could lead straight to somebody" in (published(editor, news(), intro=words) or ""), name
        assert words not in news().intro


def test_no_story_is_put_forward_with_one_of_any_kind(alice, bob):
    browser, submission = factories.client_of(alice), factories.submission_at("received")
    for version, (name, words) in enumerate(TELLING.items()):
        factories.claim(submission, by=alice)
        room.save(browser, alice, submission, version=version, text=f"Nobody rang. {words}")
        assert working_copies.newest_copy(submission).number == version + 1, name

        shown = room.put_forward(browser, submission)

        submission.refresh_from_db()
        assert submission.status == "received", name
        assert "could lead straight to somebody" in html.unescape(shown.content.decode()), name
    assert not Story.objects.exists()


def profile_in(place, link):
    written = rich_text(f'<p>See <a href="{link}">this page</a>.</p>')
    return {
        "link": {"body": streamfield([("text", written)])},
        "words": {"body": streamfield([("notice", rich_text(f"<p>See {link}.</p>"))])},
        "source": {"body": streamfield([("quote", {"text": "Sorry.", "source": "A force", "url": link})])},
        "description": {"search_description": f"See {link.removeprefix('https://www.')}"},
    }[place]


@pytest.mark.parametrize("place", ["link", "words", "source", "description"])
def test_link_to_a_profile_is_asked_about_anywhere_and_goes_public_with_a_reason(place, editor):
    for link in PROFILES:
        changes = profile_in(place, link)

        assert "link to a person's profile" in (published(editor, news(), **changes) or ""), link
        assert published(editor, news(), why_it_stays=f"{WHY} {link}", **changes) is None


def test_link_to_the_help_or_the_share_button_of_a_platform_needs_no_reason(editor):
    for link in (
        "https://www.facebook.com/help/1234",
        "https://www.facebook.com/sharer/sharer.php?u=https://heard.example/",
        "https://x.com/intent/post?text=Read+this",
        "https://www.instagram.com/explore/tags/heard/",
    ):
        assert published(editor, news(), why_it_stays="", **profile_in("link", link)) is None, link


NAMES_SOMEBODY = "jo-brennan-of-otley-lied"


def test_no_page_old_or_new_and_no_ask_is_public_at_an_address_that_names_somebody(editor):
    for slug in (NAMES_SOMEBODY, "pc-quillfeather-dismissed", "ring-07700-900123", "car-ab12-cde-seen"):
        said = published(editor, news(), slug=slug)

        assert "in the address of the page" in (said or ""), slug
        assert news().live
    page, home = ContentPage(title="Who we are", slug=NAMES_SOMEBODY), HomePage.objects.get()
    assert "in the address of the page" in published(editor, page, below=home)
    assert not Page.objects.filter(slug=NAMES_SOMEBODY).exists()
    with pytest.raises(HeldBack):
        home.add_child(instance=ContentPage(title="Jo Brennan of Otley lied"))
    assert "in the address of the page" in Ask(sentence="Train them.", slug=NAMES_SOMEBODY).why_not_public()
    assert published(editor, news(), slug=NAMES_SOMEBODY, why_it_stays="She asked for it: it is her own name.") is None


def test_page_that_loses_a_name_from_its_address_leaves_none_behind(editor, client, django_capture_on_commit_callbacks):
    page = news()
    type(page).objects.filter(pk=page.pk).update(slug=NAMES_SOMEBODY, url_path=f"/heard/news/{NAMES_SOMEBODY}/")

    with django_capture_on_commit_callbacks(execute=True):
        page = Page.objects.get(pk=page.pk).specific
        assert published(editor, page, slug="how-heard-works", why_it_stays="") is None

    assert not Redirect.objects.exists()
    assert client.get(f"/news/{NAMES_SOMEBODY}/", secure=True).status_code == 404
    # Nor does one lead there that was left before.
    for path, is_followed in ((f"/{NAMES_SOMEBODY}", False), ("/campaign-2025", True)):
        redirect = Redirect.objects.create(old_path=path, redirect_page=news(), automatically_created=True)
        assert bool(redirect_target(redirect)) == is_followed


def test_name_that_stays_in_an_address_with_its_reason_is_led_to(editor, django_capture_on_commit_callbacks):
    page = ContentPage(title="Who we are", slug=NAMES_SOMEBODY, why_it_stays="It is her own name, she asked for it.")
    HomePage.objects.get().add_child(instance=page)
    to = Page.objects.get(slug="privacy")

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, to.pk]))

    redirect = Redirect.objects.get(old_path=f"/{NAMES_SOMEBODY}")
    assert redirect_target(redirect) == f"/privacy/{NAMES_SOMEBODY}/"


def drafted(slug, **more):
    page = ContentPage(title="Who we are", slug=slug, live=False, **more)
    HomePage.objects.get().add_child(instance=page)
    return page


def test_no_page_is_public_below_a_draft_whose_address_names_somebody(editor):
    page, draft = ContentPage(title="Below", slug="below"), drafted(NAMES_SOMEBODY)

    assert "in the address of the page" in published(editor, page, below=draft)
    assert not Page.objects.filter(slug="below").exists()


def test_no_draft_above_a_public_page_takes_such_an_address(editor):
    draft = drafted("who-we-are")
    draft.add_child(instance=ContentPage(title="Below", slug="below"))
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])

    answer = editor.post(address, posting.unchanged(draft, slug=NAMES_SOMEBODY))

    assert "in the address of the page" in answer.context["form"].errors["slug"][0]
    assert Page.objects.get(slug="below").url_path == "/heard/who-we-are/below/"


@pytest.mark.parametrize("many", [False, True])
def test_no_public_page_moves_below_one(many, editor):
    draft, page = drafted(NAMES_SOMEBODY), ContentPage(title="Below", slug="below")
    HomePage.objects.get().add_child(instance=page)

    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, draft.pk])
    if many:
        address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'move'])}?id={page.pk}"
    answer = editor.post(address, {"chooser": draft.pk} if many else {}, follow=True)

    assert "in the address of the page" in html.unescape(answer.content.decode())
    assert Page.objects.get(slug="below").url_path == "/heard/below/"


def test_address_of_a_story_is_chance(alice, bob):
    slugs = {factories.live_story(fields={"title": "Jo Brennan of Otley lied"}).slug for _each in range(2)}

    assert len(slugs) == 2
    assert all(re.fullmatch("[0-9a-z]{12}", slug) for slug in slugs)


def held_back_in(value):
    return [each.found.kind for each in publication_gate.held_back(rendering.words_within(value))]


def test_pages_of_a_new_site_hold_none_without_a_reason_and_no_example_holds_any():
    data = initial_content.initial_data
    for page in [*data("pages"), *data("learning"), data("home")]:
        assert bool(held_back_in(page)) <= bool(page.get("why_it_stays", "")), page["title"]
    for line in data("help_lines"):
        words = {name: value for name, value in line.items() if name not in HelpLine.may_hold}
        assert held_back_in(words) == [], line["name"]
    for offence in data("offences"):
        assert held_back_in(offence) == [], offence["name"]
    assert held_back_in(json.loads((demo_stories.DATA / "stories.json").read_text())) == []
    assert held_back_in(seeding._SENTENCES.read_text()) == []


def test_rules_alone_hold_back_what_the_name_model_would():
    """Pages are looked at by rules alone: the kinds that are held back have a shape, which no model has to guess."""
    texts = [json.loads(line)["text"] for line in _accounts()]

    assert len(texts) > 700
    for text in texts[::5]:
        assert _held_back(find_identifying(text)) == _held_back(find_identifying(text, by_rules_alone=True))


def _held_back(found):
    return [each for each in found if publication_gate.is_held_back(each.kind, sure=each.sure)]


def _accounts():
    [path] = Path(__file__).parents[1].rglob("dev.jsonl")
    return path.read_text().splitlines()
