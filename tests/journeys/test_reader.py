"""Those who read: by a filter, to a letter with their force, on deadline, for a table, for a session, for a card."""

import csv
import re

import pytest
from playwright.sync_api import expect

from stories.intake import other_languages
from tests import running_site
from tests.journeys.watching import DESK, PHONE, comes_true, script


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_reader_finds_a_story_and_follows_its_force(device, visit):
    window, page = visit(device, at="/", java_script_enabled=False)
    page.get_by_role("main").get_by_role("link", name="Read what people have told").click()
    window.arrive("Stories")

    if device is PHONE:  # on a wide screen the filters stand open beside the list
        page.get_by_text("Choose which stories").click()
    page.get_by_role("combobox", name="Police force").select_option("west-yorkshire")
    page.get_by_role("button", name="Show these stories").click()
    expect(page).to_have_url(re.compile(r"force=west-yorkshire"))
    window.arrive("Stories")
    story = page.get_by_role("article").first
    expect(story).to_contain_text("West Yorkshire Police")
    title = story.get_by_role("link").inner_text()
    story.get_by_role("link").click()

    window.arrive(title)
    page.locator(".story__facts").get_by_role("link", name="West Yorkshire Police").click()
    window.arrive("West Yorkshire Police")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    window.assert_left_nothing()


def test_words_of_every_story_begin_on_the_first_screen_of_a_phone(visit, demo_site):
    """With the demo's banner and the exit above them; and not under what a browser shows at the foot."""
    page = visit(PHONE | {"viewport": {"width": 390, "height": 844}}).page
    stories = set(running_site.STORY.findall(running_site.Visitor(demo_site.url).get("/sitemap-stories-1.xml")))
    assert len(stories) > 20
    first_line = script("first_line")
    for address in stories:
        page.goto(address)
        expect(page.get_by_role("complementary", name="Demonstration")).to_be_visible()
        assert page.locator(".story__text").first.evaluate(first_line) <= 804, address


def at_top(number):
    return f"Math.abs(document.getElementById('{number}').getBoundingClientRect().top) < 2"


def test_wall_of_titles_moves_on_by_keys_and_by_links_and_ends_with_our_address(visit):
    window, page = visit(DESK, at="/wall/", java_script_enabled=False)
    titles = page.get_by_role("heading", level=2)
    for number, key in enumerate(("Space", "PageDown", "ArrowDown"), 1):
        page.keyboard.press(key)
        assert comes_true(page, at_top(number)), key
        # A key that comes while the page is still coming to rest is lost.
        assert comes_true(page, "window.wasAt === (window.wasAt = scrollY)")
    page.get_by_role("link", name="Next").nth(5).press("Enter")
    assert comes_true(page, at_top(6))
    expect(titles.last).to_have_text(re.sub("^https?://", "", window.home))
    window.assert_fits("the wall")
    window.assert_left_nothing()


def test_reader_pages_searches_and_follows_a_figure_without_javascript(visit, full_site):
    window, page = visit(PHONE, at="/stories/", site=full_site, java_script_enabled=False)
    newest = page.get_by_role("article").first.get_by_role("link").inner_text()
    window.press("Older stories", "Stories", role="link")
    expect(page.get_by_role("article").get_by_role("link", name=newest)).to_have_count(0)
    page.get_by_role("link", name="Newer stories").click()
    expect(page.get_by_role("article").first.get_by_role("link")).to_have_text(newest)

    page.get_by_role("searchbox", name="Words in the stories").fill("phone -court")
    page.get_by_role("search", name="Stories").get_by_role("button", name="Search").click()
    window.arrive("Stories")
    expect(page.locator("#how-many")).to_have_text(re.compile(r"^\d+ stories match"))
    expect(page.locator("mark").first).to_be_visible()

    page.goto("/what-we-hear/")
    page.locator("main a[href*='outcome=']").first.click()
    window.arrive("Stories")
    expect(page).to_have_url(re.compile(r"/stories/\?outcome=[\w-]+$"))
    expect(page.locator("#how-many")).to_have_text(re.compile(r"^\d+ stor(y|ies) match"))
    window.assert_left_nothing()


def test_reader_goes_from_the_ask_to_a_letter_with_their_force_and_a_poster(visit):
    window, page = visit(PHONE, at="/", java_script_enabled=False)
    ask = section(page, "What we ask now").get_by_role("link")
    sentence = ask.first.inner_text()
    ask.first.press("Enter")
    window.arrive(sentence)
    expect(section(page, "What happened").get_by_role("listitem")).not_to_have_count(0)

    action = section(page, "What you can do").get_by_role("link")
    title = action.inner_text()
    action.press("Enter")
    window.arrive(title)
    expect(section(page, "Three steps").get_by_role("listitem")).to_have_count(3)
    letter = page.get_by_label("Copy it from here")
    expect(letter).to_have_value(re.compile(re.escape("[the name of your police force]")))

    page.get_by_label("Your police force").focus()
    page.keyboard.type("Kent")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?force=kent#letter$"))
    expect(letter).to_have_value(re.compile("To the chief constable or commissioner, Kent Police"))
    letter.press("Control+a")
    chosen = letter.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert chosen == letter.input_value()

    page.get_by_text("To print and to share").click()
    poster = page.get_by_role("img", name=re.compile(re.escape(sentence))).first
    poster.scroll_into_view_if_needed()
    expect(poster).to_be_visible()
    assert poster.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1654
    with page.expect_download() as kept:
        page.get_by_role("link", name="Poster to print").click()
    assert kept.value.suggested_filename == "heard-poster.png"
    window.assert_left_nothing()


def test_journalist_finds_filters_counts_downloads_cites_and_prints(visit):
    window, page = visit(DESK, at="/stories/", color_scheme="dark")

    search = page.get_by_role("searchbox", name="Words in the stories")
    search.fill("phone")
    search.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=phone$"))
    found = how_many(page)
    expect(page.locator("mark").first).to_have_text(re.compile("^phon", re.IGNORECASE))

    page.get_by_text("Nation", exact=True).click()
    page.get_by_role("checkbox", name=re.compile("^England")).check()
    expect(page).to_have_url(re.compile(r"nation=england"))
    fewer = how_many(page)
    assert 0 < fewer < found
    assert page.get_by_role("article").count() == min(fewer, 20)

    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(taken.value.path().read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    assert len(rows) == fewer
    assert {row["nation"] for row in rows} == {"england"}

    page.get_by_role("article").first.get_by_role("link").click()
    title = page.get_by_role("heading", level=1).inner_text()
    window.arrive(title)
    assert title in {row["title"] for row in rows}
    expect(page.locator(".cite")).to_have_text(re.compile(rf"^“{re.escape(title)}”, Heard, \w+ 20\d\d, "))
    expect(page.locator(".cite")).to_contain_text(page.url)
    # One press takes all of it.
    page.get_by_text("To cite this story").locator("+ p").click(position={"x": 5, "y": 5})
    cited = page.evaluate("getSelection().toString()")
    assert cited.startswith(f"“{title}”, Heard, ")
    assert cited.strip().endswith(page.url)

    page.emulate_media(media="print")
    for words in ("Exit this page", "Take this down", "Get help", "All stories", "More about the law"):
        expect(page.get_by_role("link", name=words).first).to_be_hidden()
    for part in (page.get_by_role("heading", level=1), page.locator(".story__text").first, page.get_by_text(page.url)):
        expect(part).to_be_visible()
    # Black on white, whatever the screen wears.
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert 1 <= sheets(page.pdf(format="A4")) <= 3
    page.emulate_media(media="screen")

    page.get_by_role("searchbox", name="Search this site").fill("press")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="For the press", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("For the press")
    window.assert_left_nothing()


def sheets(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def how_many(page):
    expect(page.locator("#how-many")).to_have_text(re.compile(r"^[\d,]+ stor(y|ies) match"))
    return int(page.locator("#how-many").inner_text().split()[0].replace(",", ""))


SESSION, PASSAGE = "The first call", "He might just be letting off steam."


def test_trainer_prints_a_session(visit):
    window, page = visit(DESK, at="/", java_script_enabled=False)
    page.get_by_role("main").get_by_role("link", name="Learn").click()
    window.arrive("Learning")
    window.press(SESSION, SESSION, role="link")
    expect(page.get_by_role("table", name="The steps of the session")).to_contain_text("20")
    expect(page.get_by_text(PASSAGE)).to_be_visible()

    page.emulate_media(media="print")
    for words in (PASSAGE, "Before you begin", "may be used, changed and shared", page.url, "Samaritans"):
        expect(page.locator(".page__body").get_by_text(words).first).to_be_visible()
    for words in ("Exit this page", "All sessions", "Take something down"):
        expect(page.get_by_role("link", name=words).first).to_be_hidden()
    assert page.locator(".sheet").evaluate("sheet => getComputedStyle(sheet).breakBefore") == "page"
    assert 4 <= sheets(page.pdf(format="A4")) <= 6
    window.assert_left_nothing()


def test_sheet_of_a_force_and_a_letter_to_it_are_one_page_each_on_paper(visit):
    page = visit(DESK).page
    sheet, letter = ("/forces/kent/sheet/", "Kent Police"), ("/actions/ask-for-the-figures/?force=kent", "To the")
    for address, is_there in (sheet, letter):
        page.goto(address)
        page.emulate_media(media="print")
        expect(page.locator("main").get_by_text(is_there).filter(visible=True).first).to_be_visible()
        assert sheets(page.pdf(prefer_css_page_size=True, format="A4")) == 1


CARD = "/the-law/officers-card/"
# In points, as a PDF measures paper.
SIZES = {"A5": (420, 595), "A4": (595, 842)}


def test_officer_reads_the_card_turns_to_a_nation_and_prints_one_page(visit):
    window, page = visit(PHONE, at=CARD, java_script_enabled=False)
    window.arrive("The first hour: a card for officers")
    for part in ("Believe", "Record", "Preserve", "Say", "Never say"):
        expect(page.get_by_role("heading", name=re.compile(f"^{part}"))).to_be_visible()
    offence = page.get_by_text("Sharing an intimate image without consent")
    expect(offence).to_be_visible()
    every_nation = {paper: printed(page, paper) for paper in SIZES}

    page.get_by_role("link", name="Law: Scotland", exact=True).click()
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
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert sheets(pdf) == len(boxes)
    return [tuple(round(float(side)) for side in box) for box in boxes]


def test_choice_is_shown_at_once_with_a_way_back_and_a_lost_line_takes_nothing_away(visit):
    window, page = visit(DESK, at="/stories/")
    page.evaluate("window.isSamePage = true")
    box = page.get_by_role("checkbox", name=re.compile("^Still going on"))
    promised = box.locator("xpath=..").locator(".filters__count").inner_text()

    box.press("Space")

    expect(page).to_have_url(re.compile(r"/stories/\?outcome=still-going$"))
    expect(page.locator("#how-many")).to_have_text(re.compile(f"^{promised} stor(y|ies) match"))
    expect(page.locator("[data-said]")).to_have_text(re.compile(f"^{promised} "))
    assert page.evaluate("document.activeElement.value") == "still-going"
    assert page.get_by_role("article").count() == min(int(promised), 20)

    page.get_by_role("link", name=re.compile("Remove Still going on")).click()
    expect(page).to_have_url(re.compile(r"/stories/$"))
    assert page.evaluate("document.activeElement.id") == "how-many"

    page.go_back()
    expect(box).to_be_checked()
    assert page.evaluate("window.isSamePage")
    window.assert_left_nothing()

    page.goto("/stories/")
    window.context.route("**/stories/?outcome=*", lambda route: route.abort())
    box.check()
    expect(page.get_by_text("The list could not be reached just now").first).to_be_visible()
    expect(box).to_be_checked()
    assert page.get_by_role("article").count() > 0


def test_link_within_the_page_asks_for_no_list_and_leads_where_it_says(visit):
    window, page = visit(DESK, at="/stories/")
    window.asked.clear()
    # A list would have been asked for before this: at `popstate`, which comes earlier.
    page.evaluate("addEventListener('hashchange', () => void fetch('/robots.txt'))")

    page.get_by_role("link", name="Skip to content").focus()
    with page.expect_request("**/robots.txt"):
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#"))
    page.keyboard.press("Tab")

    assert [url for url in window.asked if "/stories/" in url] == []
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate("document.activeElement.id") != "how-many"

    # Where nobody tells, a page that is gone to is an entry of the history as everywhere.
    before = page.evaluate("history.length")
    page.get_by_role("article").get_by_role("link").first.click()
    page.wait_for_url("**/stories/*/")
    assert page.evaluate("history.length") == before + 1


def section(page, heading):
    """The part of a page under that heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=heading))


def test_each_language_fits_a_small_phone_and_ends_within_two_screens_of_a_usual_one(visit):
    window = visit(PHONE)
    for code, (own_name, _english) in other_languages.NAMES.items():
        window.page.set_viewport_size(PHONE["viewport"])
        window.come_to(f"/languages/{code}/", own_name)

        window.page.set_viewport_size({"width": 390, "height": 844})
        assert window.page.locator("main").evaluate("main => main.getBoundingClientRect().bottom") <= 2 * 844, code
