"""An officer with a link on a phone: reads the card, turns to the nation of the report, prints it on A5 and on A4."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CARD = "/the-law/officers-card/"
# In points, as a PDF measures paper.
SIZES = {"A5": (420, 595), "A4": (595, 842)}


def test_officer_reads_the_card_turns_to_a_nation_and_prints_one_page(visit):
    window = visit(PHONE, java_script_enabled=False)
    page = window.page
    page.goto(CARD)
    window.arrive("The first hour: a card for officers")
    for part in ("Believe", "Record", "Preserve", "Say", "Never say"):
        expect(page.get_by_role("heading", name=re.compile(f"^{part}"))).to_be_visible()
    offence = page.get_by_text("Sharing an intimate image without consent")
    expect(offence).to_be_visible()
    every_nation = {paper: printed(page, paper) for paper in SIZES}

    page.get_by_role("link", name="Scotland", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?nation=scotland&paper=a4$"))
    expect(offence).to_have_count(0)
    expect(page.get_by_text("Abusive Behaviour and Sexual Harm (Scotland) Act 2016")).to_be_visible()
    one_nation = {paper: printed(page, paper) for paper in SIZES}

    for paper, size in SIZES.items():
        assert every_nation[paper] == one_nation[paper] == [size]
    window.assert_left_nothing()


def printed(page, paper):
    """The size of each page of the PDF that Chromium makes, on the paper that the card's own style names."""
    page.get_by_role("link", name=f"For {paper} paper").click()
    expect(page).to_have_url(re.compile(rf"paper={paper.lower()}$"))
    pdf = page.pdf(prefer_css_page_size=True)
    whole = len(re.findall(rb"/Type\s*/Page\b", pdf))
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert whole == len(boxes)
    return [tuple(round(float(side)) for side in box) for box in boxes]
