"""P5 People are never named: a number that leads straight to somebody goes public by no way without a written reason.

Every field in which words can stand is listed here by what becomes of it, so that a new one can't be forgotten.
"""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from campaign import starting
from campaign.models import HelpLine, LearningPage, OfficersCardPage
from heard.demo import stories as demo_stories
from moderation import agreements, working_copies
from moderation.errors import Refused
from moderation.invented import seeding
from moderation.models import ResponseEntry
from stories import agreed_response, going_public, plain_words
from stories.identifying import find
from stories.models import Story
from stories.models.outward import Outward, OutwardWhenKept, OutwardWithReason, is_written
from tests import factories

PHONE = "07700 900123"
OURS = ("stories", "campaign", "moderation", "heard")
# What an editor's form, or a page's way to the public, looks at.
LOOKED_AT = {
    "stories.AnswerWords": {"answer", "words"},
    "stories.Force": {"id", "name", "nation", "region", "about"},
    "stories.Outcome": {"slug", "name", "explanation"},
    "stories.Theme": {"slug", "name", "explanation"},
    "stories.ContentNote": {"slug", "name", "explanation"},
    "stories.Letter": {"role"},
    "campaign.HelpLine": {"name", "about", "hours_text", "opens", "name_cy", "about_cy", "hours_text_cy"},
    "campaign.HomePage": {
        *("title", "slug", "seo_title", "search_description", "question", "intro"),
        *("tell_words", "read_words", "learn_words", "figure", "figure_caution"),
    },
    "campaign.ContentPage": {"title", "slug", "seo_title", "search_description", "intro", "body"},
    "campaign.NewsIndexPage": {"title", "slug", "seo_title", "search_description", "intro"},
    "campaign.NewsPage": {"title", "slug", "seo_title", "search_description", "intro", "body", "author_role"},
    "campaign.ActionPage": {
        *("title", "slug", "seo_title", "search_description", "intro", "body", "to_whom", "step_one", "step_two"),
        *("step_three", "letter_subject", "letter", "letter_to", "petition_url", "achieved"),
    },
    "campaign.ActionIndexPage": {"title", "slug", "seo_title", "search_description", "intro"},
    "campaign.Addressee": {"name"},
    "campaign.Ask": {"sentence", "slug", "why", "it_took"},
    # Through its ask, whose words go public with it: see tests/site/campaign/asks/test_asks.py.
    "campaign.AskUpdate": {"words", "missing", "who_says", "source_url"},
    "campaign.Offence": {
        *("name", "name_cy", "slug", "covers", "covers_cy", "statute", "greatest_sentence", "anonymity_words"),
        *("source", "checked_by"),
    },
    "campaign.OfficersCardPage": {"title", "slug", "seo_title", "search_description", "intro", "body"},
    "campaign.LearningIndexPage": {"title", "slug", "seo_title", "search_description", "intro"},
    "campaign.LearningPage": {
        *("title", "slug", "seo_title", "search_description", "aim", "for_whom", "plan", "notes"),
        *("passages", "questions", "figure", "good", "wording"),
    },
    "campaign.Picture": {"description"},
    "campaign.Brand": {"name", "strapline", "hashtag", "run_by"},
    "campaign.Menu": {"header", "footer"},
    "campaign.SiteWords": {"words"},
}
# What holds words and isn't looked at, with the reason.
_PAGE = {
    "draft_title": "Wagtail's copy of the title of a draft; readers are given the title",
    "path": "the place in the tree",
    "url_path": "made of slugs, which are looked at",
    "why_it_stays": "the written reason, which no reader is shown",
    "reason_covers": "keys of what the reason was written for, which no reader is shown",
}
NOT_LOOKED_AT = {
    "stories.Response": {
        **dict.fromkeys(agreed_response.WORDS, "looked at when it is entered, and again when it is agreed to"),
        "slug": "chance letters",
        "ask": "the slug of an ask, which is looked at",
        "agreed": "the same words, bound by the digest",
        "salt": "chance",
        "digest": "a digest",
    },
    "stories.Objection": {"reason": "one of a closed list"},
    "stories.Letter": {"ask": "the slug of an ask, which is looked at"},
    "moderation.ResponseEntry": {"sent_back_for": "one of a closed list"},
    "moderation.ResponseVersion": {"digest": "a digest"},
    "moderation.ResponseYes": {"digest": "a digest"},
    "stories.Story": {
        "title": "looked at when its text is put forward",
        "text": "looked at when its text is put forward",
        "differently": "looked at when its text is put forward",
        "well": "looked at when its text is put forward",
        "body": "the text, as HTML",
        "opening": "the beginning of the text",
        "agreed": "the same words, bound by the digest",
        "slug": "random",
        "salt": "random",
        "digest": "a digest",
        "place_shown": "one of four",
        "region": "from the list of forces, which is looked at",
        "nation": "from the list of forces, which is looked at",
        "themes": "slugs of a list that is looked at",
        "content_notes": "slugs of a list that is looked at",
    },
    "stories.CountedAnswers": {"quarter": "a quarter", "totals": "numbers"},
    "stories.Edition": {"made": "made from rows that are looked at"},
    "stories.Event": {"deed": "a word of ours", "reason": "a word of ours", "counts": "kinds and how many, not public"},
    "stories.LastRun": {"name": "a word of ours, not public"},
    "stories.Submission": {"language": "a code", "yes_to_digest": "a digest"},
    "stories.OnItsWay": {"deed": "a word of ours"},
    "stories.ReleasedAnswers": {"release": "a quarter", "tables": "numbers", "checksum": "a digest"},
    "stories.ReleasedFigures": {"quarter": "a quarter", "figures": "numbers"},
    "moderation.LogEntry": {
        "deed": "a word of ours",
        "item": "a chance id, or a name in the room",
        "chained": "a hash",
    },
    "moderation.LogHead": {"chained": "a hash"},
    "moderation.Invitation": {
        "username": "a name in the room, not public",
        "email": "not public, and gone once it is used",
        "role": "one of three",
        "link_hash": "a hash",
    },
    "moderation.ReadyWords": dict.fromkeys(("title", "text", "text_cy"), "one contributor reads it, previewed"),
    "moderation.RiskWords": {
        "question": "a word of ours",
        "what_to_do": "for moderators alone",
        "message": "goes to one contributor, after a preview",
        "message_cy": "goes to one contributor, after a preview",
    },
    "moderation.SecondFactor": {"name": "a word of ours", "key": "random, and no secret by itself"},
    "moderation.Agreement": {"digest": "a digest"},
    "moderation.WorkingCopy": {"digest": "a digest", "window": "a chance name and a count"},
    "campaign.HelpLine": {
        "phone": "the public number of a service",
        "text_number": "the public number of a service",
        "url": "the public address of a service",
        "form_url": "the public address of a service",
        "source": "the public address of a service",
    },
    "campaign.Brand": dict.fromkeys(("accent_light", "accent_dark"), "six digits of a colour"),
    "campaign.HomePage": {**_PAGE, "named_figure": "the name of a figure, from a list"},
    "campaign.ActionPage": _PAGE,
    "campaign.ActionIndexPage": _PAGE,
    "campaign.Ask": {name: _PAGE[name] for name in ("why_it_stays", "reason_covers")},
    "campaign.ContentPage": _PAGE,
    "campaign.NewsIndexPage": _PAGE,
    "campaign.NewsPage": _PAGE,
    "campaign.Offence": {
        "statute_url": "an address at legislation.gov.uk",
        "source_url": "the public address of a source",
    },
    "campaign.OfficersCardPage": _PAGE,
    "campaign.LearningIndexPage": _PAGE,
    "campaign.LearningPage": _PAGE,
    "campaign.SiteWords": {"key": "a digest"},
    "campaign.Picture": {"file_hash": "a digest", "title": "its name in the admin, which no reader is shown"},
    "campaign.PictureRendition": {"filter_spec": "a size", "focal_point_key": "a place in the picture"},
}


def tables():
    return {model._meta.label: model for model in apps.get_models() if model._meta.app_label in OURS}


def holds_words(field):
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return (is_text or hasattr(field, "stream_block")) and not field.choices


def test_every_field_that_holds_words_is_looked_at_or_has_its_reason():
    for label, model in tables().items():
        words = {field.name for field in model._meta.concrete_fields if holds_words(field)}
        known = LOOKED_AT.get(label, set()) | set(NOT_LOOKED_AT.get(label, {}))
        assert words == known, f"{label}: {words ^ known} is neither looked at nor listed here with a reason"


@pytest.mark.django_db
def test_what_is_said_to_be_looked_at_really_is():
    for label, fields in LOOKED_AT.items():
        model = tables()[label]
        assert issubclass(model, Outward), label
        for name in fields:
            row = model(**{name: _words(model, name)})

            assert [each.found.kind for each in row.held_back()] == ["PHONE"], f"{label}.{name}"


# A first block of each part of a session for trainers, with the number in it.
_OF_A_SESSION = {
    "plan": ("step", {"minutes": 5, "title": PHONE, "text": ""}),
    "notes": ("notice", PHONE),
    "passages": ("training_quote", {"story": "", "passage": PHONE}),
    "questions": ("question", PHONE),
    "figure": ("figure", {"figure": PHONE}),
    "good": ("text", PHONE),
    "wording": ("words", {"instead_of": PHONE, "say": ""}),
}


def _words(model, name):
    """A telephone number in the shape of the field: as it is, or within the first block of a stream."""
    if name in ("header", "footer"):
        return json.dumps([{"type": "part", "value": {"part": "/tell/", "title": PHONE, "title_cy": ""}}])
    if name == "why":
        return json.dumps([{"type": "text", "value": PHONE}])
    if name in _OF_A_SESSION and model is LearningPage:
        kind, value = _OF_A_SESSION[name]
        return json.dumps([{"type": kind, "value": value}])
    if name == "body" and model is OfficersCardPage:
        return json.dumps([{"type": "part", "value": {"heading": "Keep", "lines": [PHONE]}}])
    if name == "opens":
        return json.dumps([{"type": "hours", "value": {"first_day": PHONE}}])
    return json.dumps([{"type": "heading", "value": PHONE}]) if name == "body" else PHONE


def test_what_is_said_not_to_be_looked_at_really_is_not():
    for label, fields in NOT_LOOKED_AT.items():
        model = tables()[label]
        for name in fields if issubclass(model, Outward) else ():
            field = model._meta.get_field(name)
            assert name in model.may_hold or not is_written(field), f"{label}.{name}"


def test_no_table_is_listed_that_isnt_there():
    assert set(LOOKED_AT) | set(NOT_LOOKED_AT) <= set(tables())


def test_every_such_table_refuses_it_in_its_form_or_on_its_way_to_the_public():
    kinds = (
        "Home",
        "Content",
        "NewsIndex",
        "News",
        "Action",
        "ActionIndex",
        "LearningIndex",
        "Learning",
        "OfficersCard",
    )
    pages = {f"campaign.{kind}Page" for kind in kinds}
    # An update goes through its ask: their words go public together.
    for label in LOOKED_AT.keys() - {"campaign.AskUpdate"}:
        model = tables()[label]
        has_reason = label in pages or label == "campaign.Ask"
        assert issubclass(model, OutwardWithReason if has_reason else OutwardWhenKept), label


# What the list above says of a story, whatever the code looks at.
SEEN_IN_A_STORY = [name for name, why in NOT_LOOKED_AT["stories.Story"].items() if "put forward" in why]


@pytest.mark.django_db
@pytest.mark.parametrize("field", SEEN_IN_A_STORY)
def test_no_story_is_put_forward_with_it(field, alice, bob):
    submission = factories.submission_at("received")
    factories.claim(submission, by=alice)
    factories.look_first(submission, by=alice)
    copy = working_copies.save(submission, factories.FIELDS | {field: f"Ring {PHONE}."}, by=alice)

    with pytest.raises(Refused, match="phone number"):
        agreements.put_forward(
            copy, copy.digest, vault=factories.open_vault(alice), check=factories.CLEAR, danger=factories.NO_DANGER
        )

    assert not Story.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["words", "context", "source", "owner"])
def test_no_response_of_a_force_is_entered_with_it(field, alice):
    with pytest.raises(Refused, match="phone number"):
        factories.an_entry(by=alice, **{field: f"Ring {PHONE}."})

    assert not ResponseEntry.objects.exists()


def held_back_in(value):
    return [each.found.kind for each in going_public.held_back(plain_words.within(value))]


def test_pages_and_help_lines_of_a_new_site_hold_none_without_a_reason():
    for page in [*starting.read("pages"), *starting.read("learning"), starting.read("home")]:
        assert bool(held_back_in(page)) <= bool(page.get("why_it_stays", "")), page["title"]
    for line in starting.read("help_lines"):
        words = {name: value for name, value in line.items() if name not in HelpLine.may_hold}
        assert held_back_in(words) == [], line["name"]
    for offence in starting.read("offences"):
        assert held_back_in(offence) == [], offence["name"]


def test_no_example_and_no_invented_sentence_holds_any():
    assert held_back_in(json.loads((demo_stories.DATA / "stories.json").read_text())) == []
    assert held_back_in(seeding._SENTENCES.read_text()) == []


@pytest.mark.slow
def test_rules_alone_hold_back_what_the_name_model_would():
    """Pages are looked at by rules alone: the kinds that are held back have a shape, which no model has to guess."""
    texts = [json.loads(line)["text"] for line in _accounts()]

    assert len(texts) > 700
    for text in texts[::5]:
        assert _held_back(find(text)) == _held_back(find(text, by_rules_alone=True))


def _held_back(found):
    return [each for each in found if going_public.is_held_back(each.kind, sure=each.sure)]


def _accounts():
    [path] = Path(__file__).parents[1].rglob("dev.jsonl")
    return path.read_text().splitlines()
