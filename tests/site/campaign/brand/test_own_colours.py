"""A campaign's own colours: measured as the palettes are, refused in words, served as a style sheet by itself."""

import random
import re

import pytest
from django.urls import reverse

from campaign import brand_colours
from campaign.brand_colours import DARK, LIGHT
from campaign.models import Brand
from stories.core import snapshot
from tests.site import colours
from tests.site.heard.test_colours import PAIRS

# Plum and lilac: no palette's.
PLUM, LILAC = "#5b2a6e", "#d3b1e2"
SCHEMES = {"light": LIGHT, "dark": DARK}


@pytest.mark.parametrize("name", SCHEMES)
def test_grounds_are_those_of_every_palette(name):
    grounds = {ground for ground, _where in SCHEMES[name].grounds}
    shown = [colours.of(palette, name) for palette in colours.PALETTES]

    assert grounds == {each[token] for each in shown for token in ("paper", "card", "sky")}
    assert {SCHEMES[name].on_it} == {each["on-moss"] for each in shown}


@pytest.mark.parametrize("name", SCHEMES)
def test_whatever_is_taken_passes_every_pair_in_every_palette(name):
    for colour in taken(SCHEMES[name], many=40):
        for palette in colours.PALETTES:
            shown = colours.of(palette, name) | brand_colours.colour_values(colour, SCHEMES[name])

            weak = {
                pair
                for pair, (*_, needs) in PAIRS.items()
                if brand_colours.contrast_ratio(*(shown[each] for each in pair)) < needs
            }
            assert weak == set(), (colour, palette)


def taken(scheme, *, many):
    """Colours of every kind that the form would take, those that only just pass among them."""
    chosen, found = random.Random(11), []
    while len(found) < many:
        colour = f"#{chosen.randrange(1 << 24):06x}"
        grounds = [scheme.on_it, *(ground for ground, _where in scheme.grounds)]
        least = min(brand_colours.contrast_ratio(colour, ground) for ground in grounds)
        if brand_colours.why_not_readable(colour, scheme) is None and (least < 5 or len(found) % 2):
            found.append(colour)
    return found


def test_refusal_says_where_how_far_and_what_is_needed():
    where = "on help lines and notices it stands out by"
    red = "too near that of “Exit this page”"

    assert f"{where} 3.3 to 1, and 4.5 to 1 is needed. Choose a dark" in brand_colours.why_not_readable(
        "#8a7aa0", LIGHT
    )
    assert f"{where} 1.28" in brand_colours.why_not_readable(PLUM, DARK)
    assert red in brand_colours.why_not_readable("#c00000", LIGHT)
    assert red in brand_colours.why_not_readable("#ffb0a8", DARK)


def save(editor, **changes):
    brand = Brand.objects.first() or Brand.load()
    fields = {"name": "Heard", "strapline": "", "hashtag": "", "palette": "moss", "accent_light": "", "accent_dark": ""}
    return editor.post(reverse("wagtailsnippets_campaign_brand:edit", args=[brand.pk]), fields | changes, follow=True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"accent_light": PLUM}, "Give this one too, or empty the other."),
        ({"accent_light": "plum", "accent_dark": LILAC}, "Write it as # and six digits"),
        ({"accent_light": f"{PLUM}}}", "accent_dark": LILAC}, "at most 7 characters"),
        ({"accent_light": LILAC, "accent_dark": LILAC}, "4.5 to 1 is needed. Choose a darker one."),
        ({"accent_light": PLUM, "accent_dark": PLUM}, "4.5 to 1 is needed. Choose a lighter one."),
    ],
)
def test_an_editor_is_told_why_a_colour_is_refused_and_nothing_changes(editor, changes, said):
    page = save(editor, **changes)

    assert said in page.content.decode()
    assert changes["accent_light"].split("}")[0] in page.content.decode()
    assert Brand.objects.get().accent_light == ""


def test_colours_that_pass_are_served_beside_every_page_and_taken_back(editor, reader):
    before = reader.get("/tell/form/", secure=True).content.decode()
    save(editor, accent_light=PLUM.upper(), accent_dark=LILAC)
    snapshot.forget_snapshot()

    page = reader.get("/tell/form/", secure=True).content.decode()
    address = re.search(r'<link rel="stylesheet" href="(/brand\.css\?v=[0-9a-f]{16})">', page)[1]
    sheet = reader.get(address, secure=True)

    assert "/brand.css" not in before
    assert page.index("css/base") < page.index("/brand.css")
    assert sheet["Content-Type"] == "text/css; charset=utf-8"
    assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"
    assert PLUM.upper() in sheet.content.decode()
    assert LILAC in sheet.content.decode()
    assert not sheet.cookies

    save(editor)
    snapshot.forget_snapshot()
    assert "/brand.css" not in reader.get("/tell/form/", secure=True).content.decode()


def test_rules_are_stronger_than_a_palettes_and_leave_print_black():
    sheet = brand_colours.style_sheet(PLUM, LILAC)

    assert (sheet.count(":root:root {"), sheet.count("@media screen"), "print" in sheet) == (2, 2, False)


def test_what_is_no_colour_never_reaches_a_style_sheet():
    assert brand_colours.own_colours("red}", LILAC) is None
    assert brand_colours.own_colours("", LILAC) is None
