"""A reader who acts, by keyboard and without JavaScript: an ask, its action, a letter with their force, a poster."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_reader_goes_from_the_ask_to_a_letter_with_their_force_and_a_poster(visit):
    window = visit(PHONE, java_script_enabled=False)
    page = window.page
    page.goto("/")
    ask = page.get_by_role("region", name="What we ask now").get_by_role("link")
    sentence = ask.first.inner_text()
    ask.first.focus()
    page.keyboard.press("Enter")
    window.arrive(sentence)
    expect(page.get_by_role("region", name="What happened").get_by_role("listitem")).not_to_have_count(0)

    action = page.get_by_role("region", name="What you can do").get_by_role("link")
    title = action.inner_text()
    action.focus()
    page.keyboard.press("Enter")
    window.arrive(title)
    expect(page.get_by_role("region", name="Three steps").get_by_role("listitem")).to_have_count(3)
    letter = page.get_by_label("Copy it from here")
    expect(letter).to_have_value(re.compile(re.escape("[the name of your police force]")))

    page.get_by_label("Your police force").focus()
    page.keyboard.type("Kent")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?force=kent#letter$"))
    expect(letter).to_have_value(re.compile("To the chief constable or commissioner, Kent Police"))
    letter.focus()
    page.keyboard.press("Control+a")
    chosen = letter.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert chosen == letter.input_value()
    mail = page.get_by_role("link", name="Open it as an email").get_attribute("href")
    assert mail.startswith("mailto:")
    assert "Kent%20Police" in mail

    poster = page.get_by_role("img", name=re.compile(re.escape(sentence))).first
    poster.scroll_into_view_if_needed()
    expect(poster).to_be_visible()
    assert poster.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1654
    with page.expect_download() as kept:
        page.get_by_role("link", name="Poster to print").click()
    assert kept.value.suggested_filename == "heard-poster.png"
    window.assert_left_nothing()
