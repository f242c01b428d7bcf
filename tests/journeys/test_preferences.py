"""What somebody set in their device: their own colours, more contrast, nothing that moves or shines; and paper."""

import pytest

from tests.journeys.watching import PHONE, script

ADDRESSES = ("/tell/", "/tell/form/", "/return/", "/take-down/", "/", "/stories/", "/what-we-hear/", "/get-help/")
MEDIA = {
    "own colours": {"forced_colors": "active"},
    "more contrast": {"contrast": "more"},
    "nothing moves": {"reduced_motion": "reduce"},
    "paper": {"media": "print", "color_scheme": "dark"},
}
SCRIPTS = {
    "own colours": ("unbordered", "unseen_focus"),
    "more contrast": ("softer_than_ink",),
    "nothing moves": ("moving",),
    "nothing shines through": ("see_through",),
    "paper": ("not_black_on_white",),
}


@pytest.mark.parametrize("wish", SCRIPTS)
def test_page_keeps_to(wish, visit):
    page = visit(PHONE).page
    if wish in MEDIA:
        page.emulate_media(**MEDIA[wish])
    else:
        # No option of Playwright's.
        wished = {"name": "prefers-reduced-transparency", "value": "reduce"}
        page.context.new_cdp_session(page).send("Emulation.setEmulatedMedia", {"features": [wished]})

    found = {address: troubles(page, address, SCRIPTS[wish]) for address in ADDRESSES}

    assert {address: each for address, each in found.items() if each} == {}


def troubles(page, address, names):
    page.goto(address)
    # Whoever came by a link is shown no focus until they press a key.
    page.keyboard.press("Tab")
    return [trouble for name in names for trouble in page.evaluate(script(name))]
