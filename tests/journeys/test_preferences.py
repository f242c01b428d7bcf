"""What somebody set in their device: their own colours, more contrast, nothing that moves or shines; and paper."""

import pytest

from tests.journeys.watching import PHONE, script

ADDRESSES = ("/tell/", "/tell/form/", "/return/", "/take-down/", "/", "/stories/", "/what-we-hear/", "/get-help/")
WISHES = {
    "own colours": ({"forced_colors": "active"}, "unbordered", "unseen_focus"),
    "more contrast": ({"contrast": "more"}, "softer_than_ink"),
    "nothing moves": ({"reduced_motion": "reduce"}, "moving"),
    # No option of Playwright's.
    "nothing shines through": ({}, "see_through"),
    "paper": ({"media": "print", "color_scheme": "dark"}, "not_black_on_white"),
}


@pytest.mark.parametrize("wish", WISHES)
def test_page_keeps_to(wish, visit):
    page, (media, *scripts) = visit(PHONE).page, WISHES[wish]
    page.emulate_media(**media)
    if not media:
        wished = {"name": "prefers-reduced-transparency", "value": "reduce"}
        page.context.new_cdp_session(page).send("Emulation.setEmulatedMedia", {"features": [wished]})

    for address in ADDRESSES:
        page.goto(address)
        # Whoever came by a link is shown no focus until they press a key.
        page.keyboard.press("Tab")
        assert [trouble for name in scripts for trouble in page.evaluate(script(name))] == [], address
