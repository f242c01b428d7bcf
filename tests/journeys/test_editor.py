"""An editor's day, in presses from the first screen on; a letter that a coordinator copies; and a security key."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from stories.core import lifecycle
from tests import at_work
from tests.journeys import desks
from tests.journeys.watching import DESK, PHONE, assert_quiet
from tests.moderation.team.second_step import code_now

DARK, WHITE = "rgb(21, 25, 28)", "rgb(255, 255, 255)"
NEWS = "Nobody has to decide today, and nobody has to be brave."
TITLE, ADDRESS = "What we heard about waiting", "/news/what-we-heard-about-waiting/"


def test_editor_sees_the_draft_in_the_preview_and_readers_once_it_is_published(visit, demo_site):
    reader, erin = visit(PHONE), desks.at_the_desk_of(at_work.Colleague(demo_site, "erin"), visit)
    desk = Desk(erin.page)
    reader.page.goto("/get-help/")

    with desk.within(9):
        desk.go("Pages", "Edit 'Help and rights'")
        erin.page.get_by_role("textbox", name="Introduction").fill(NEWS)
        preview = open_the_preview(desk)
        expect(preview.get_by_role("heading", level=1)).to_have_text("Help and rights")
        expect(preview.get_by_text(NEWS)).to_be_visible()
        for mode, paper in (("In the dark", DARK), ("On paper", WHITE)):
            desk.choose(erin.page.get_by_label("Preview mode"), mode)
            expect(preview.locator("html")).to_have_css("background-color", paper)
        reader.page.reload()
        expect(reader.page.get_by_text(NEWS)).to_have_count(0)
        # Wagtail's checks work within the preview's own frame, under the policy of public pages.
        desk.press(erin.page.get_by_role("button", name="Toggle checks"))
        expect(erin.page.locator("[data-content-word-count]")).not_to_have_text("-")
        expect(erin.page.get_by_role("heading", name="Issues found")).to_have_text(re.compile(r"Issues found\s*0"))
        publish(desk)
    desks.let_a_second_pass(reader.page)
    for _ in range(4):
        reader.page.reload()
        expect(reader.page.get_by_text(NEWS)).to_be_visible()

    reader.assert_left_nothing()
    assert_quiet(erin)


def test_editors_day_in_presses(visit, own_site):
    reader = visit(PHONE, site=own_site)
    erin = desks.at_the_desk_of(at_work.Colleague(own_site, "erin"), visit, site=own_site)
    desk, main = Desk(erin.page), erin.page.locator("main")

    with desk.within(14):
        slug, passage = write_news(desk, reader.page)
    with desk.within(7):
        move_an_ask_to_promised(desk)
    with desk.within(6):
        desk.go("Pages", "What you can do")
        desk.press(main.get_by_role("link", name="Ask your police force to train its officers", exact=True))
        desk.choose(erin.page.locator("select[name=state]"), "Closed")
        erin.page.locator("[name=achieved]").fill("Three forces wrote back to readers and said when they begin.")
        publish(desk)
    with desk.within(3):
        desk.go("Help lines")
        desk.press(main.get_by_role("link", name="Galop", exact=True))
        erin.page.locator("[name=last_checked]").fill(f"{lifecycle.today()}")
        save(desk, "Help line 'Galop' updated.")
    with desk.within(4):
        desk.go("Settings", "Menu and footer")
        desk.press(erin.page.locator("[data-streamfield-child] [data-panel-toggle]").nth(1))
        erin.page.locator("[name=header-1-value-title]").fill("Read what people say")
        save(desk, "Menu and footer 'Menu and footer' updated.")
    give_it_colours(desk, "bark")
    desks.let_a_second_pass(reader.page)
    see_it_all(reader.page, passage)

    [(story,)] = at_work.rows(own_site, "SELECT id FROM stories_story WHERE slug = ?", slug)
    alice, room = at_work.Colleague(own_site, "alice").unlock(), f"/admin/stories/{at_work.as_address(story)}/"
    alice.get(room)
    alice.submit(f"{room}take-down/")
    desks.let_a_second_pass(reader.page)
    reader.page.goto(ADDRESS)
    expect(reader.page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(reader.page.get_by_text(passage)).to_have_count(0)
    expect(reader.page.get_by_text("From a story told to us")).to_have_count(0)
    with desk.within(1):
        desk.press(erin.page.locator("#quote-gaps").or_(main).get_by_role("link", name=TITLE).first)
        expect(erin.page.get_by_text("A passage on this page isn’t shown any more")).to_be_visible()
    put_the_old_menu_back(desk)
    give_it_colours(desk, "moss")

    reader.assert_left_nothing()
    assert erin.elsewhere() == []


def write_news(desk, reader):
    """A passage of a story, and a figure; returns the story's slug and the passage."""
    page = desk.page
    desk.go("Pages", "News", "Add child page")
    # Wagtail saves a new page by itself; were "Publish" pressed in the middle of that, its address would be taken.
    page.locator("#page-edit-form").evaluate("form => { form.dataset.wAutosaveActiveValue = 'false' }")
    page.get_by_role("textbox", name="Title").first.fill(TITLE)
    add_block(desk, "Passage of a story")
    desk.press(page.get_by_role("button", name="Choose a story"))
    # The last of the list: other journeys begin with the newest.
    story = page.locator(".modal-body tbody td.title a").last
    slug = story.get_attribute("href").rstrip("/").rpartition("/")[2]
    reader.goto(f"/stories/{slug}/")
    passage = reader.locator(".story__text p").first.inner_text().split(". ")[0].rstrip(".")
    desk.press(story)
    # It offers a passage of its own, which another can take the place of.
    expect(page.locator("[name=body-0-value-passage]")).not_to_have_value("")
    page.locator("[name=body-0-value-passage]").fill(passage)
    add_block(desk, "Figure")
    desk.choose(page.locator("[name=body-1-value-figure]"), "stories about a report made in 2024")
    preview = open_the_preview(desk)
    expect(preview.get_by_text(passage)).to_be_visible()
    # Or Wagtail opens it on every page from here on, and looks for faults in it each time.
    desk.press(page.get_by_role("button", name="Toggle preview"))
    publish(desk)
    return slug, passage


def move_an_ask_to_promised(desk):
    page = desk.page
    desk.go("Asks")
    desk.press(page.get_by_role("link", name="Asks", exact=True).last)
    desk.press(page.get_by_role("link", name=re.compile("^Put what officers are taught")))
    desk.press(page.get_by_role("button", name="Add Update"))
    desk.choose(page.locator("select[name^=updates-][name$=-state]").last, "Promised")
    by = {"words": "It said that the page will be there.", "who_says": "The College, on its website"}
    by |= {"source_url": "https://www.college.police.uk/", "due": f"{lifecycle.today() + timedelta(days=90)}"}
    for name, words in by.items():
        page.locator(f"[name^=updates-][name$=-{name}]").last.fill(words)
    publish(desk)


def give_it_colours(desk, palette):
    with desk.within(3):
        desk.go("Settings", "Brand")
        desk.page.locator(f"[name=palette][value={palette}]").check()
        save(desk, "Brand 'Brand' updated.")


def put_the_old_menu_back(desk):
    """From Wagtail's history to a look at the version before, and back."""
    page = desk.page
    with desk.within(6):
        desk.go("Settings", "Menu and footer")
        desk.press(page.get_by_role("link", name="History").first)
        row = page.locator("main tbody tr").last
        desk.press(row.get_by_role("button").first)
        desk.press(row.get_by_role("link", name="Review this version"))
        expect(page.locator("[name=header-1-value-title]")).to_have_value("")
        desk.press(page.get_by_role("button", name="Replace current revision"))
        expect(page.get_by_text("has been replaced with version from")).to_be_visible()


def see_it_all(page, passage):
    page.goto(ADDRESS)
    expect(page.get_by_text(passage)).to_be_visible()
    expect(page.get_by_text("people who chose to write, not a sample").first).to_be_visible()
    expect(page.get_by_text("Read what people say").first).to_be_attached()
    assert page.locator("html").get_attribute("data-palette") == "bark"
    page.goto("/asks/")
    expect(page.get_by_text("Put what officers are taught").first).to_be_visible()
    expect(page.get_by_text("Promised").first).to_be_visible()
    page.goto("/actions/")
    expect(page.get_by_text("Three forces wrote back to readers").first).to_be_visible()


@dataclass
class Desk:
    """An editor's window, and how often something in it was pressed. What is typed isn't counted."""

    page: Page
    presses: int = 0

    def press(self, where):
        desks.press(where)
        self.presses += 1

    def go(self, *names):
        """Along the bar at the side, and then links of the page."""
        for name in names:
            self.press(self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first)

    def choose(self, where, label):
        where.select_option(label=label)
        self.presses += 1

    @contextmanager
    def within(self, budget):
        """Begin at the first screen; what is done inside takes no more presses than that."""
        self.page.goto("/admin/")
        began = self.presses
        yield
        assert self.presses - began <= budget, f"{self.presses - began} presses, and {budget} were to be enough"


def add_block(desk, name):
    """Add a block at the end of a page; what it holds stands in the last one."""
    desk.press(desk.page.get_by_role("button", name="Insert a block").last)
    desk.press(desk.page.get_by_role("option", name=name, exact=True))


def open_the_preview(desk):
    desk.press(desk.page.get_by_role("button", name="Toggle preview"))
    return desk.page.frame_locator("iframe[title=Preview]:not(.w-preview__proxy)")


def publish(desk):
    more = desk.page.get_by_role("button", name="More actions")
    if more.count():
        desk.press(more)
    desk.press(desk.page.get_by_role("button", name="Publish", exact=True))
    expect(desk.page.get_by_text("published.")).to_be_visible()


def save(desk, says):
    desk.press(desk.page.get_by_role("button", name="Save", exact=True))
    expect(desk.page.get_by_text(says)).to_be_visible()


# The headless shell copies nothing.
@pytest.mark.whole
def test_letter_to_a_force_is_copied_whole(visit, demo_site, team):
    asked = (
        "SELECT letter_id FROM stories_letter_stories JOIN stories_letter l ON l.id = letter_id WHERE NOT is_answered"
    )
    [(letter,), *_] = at_work.rows(demo_site, asked)
    charlie, page = desks.at_the_desk_of(team["charlie"], visit)

    page.goto(f"/admin/answers/letters/{at_work.as_address(letter)}/")
    page.get_by_role("button", name="Copy the letter").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    page.get_by_role("link", name="Enter its answer").click()
    # What was copied is pasted where it can be seen; a mail would be the place.
    page.locator("#id_words").press("Control+V")

    expect(page.locator("#id_words")).to_have_value(re.compile("/stories/[0-9a-z]{12}/.*A veto.", re.DOTALL))
    assert_quiet(charlie)


def test_security_key_opens_the_second_step_in_the_place_of_the_phone(chromium, own_site):
    """At localhost: a key never answers a page whose address is a number."""
    context = chromium.new_context(base_url=own_site.url.replace("127.0.0.1", "localhost"), locale="en-GB", **DESK)
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "usb", "isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.goto("/admin/")
    desks.fill_in(page, own_site, "erin")

    page.goto("/admin/login/set-up/")
    secret = page.locator(".door__letters").text_content().replace(" ", "")
    page.get_by_label("The code that your phone shows now").fill(code_now(secret))
    page.get_by_role("button", name="Set it up").click()
    recovery = page.locator(".door__codes code").first.inner_text()
    page.goto("/admin/login/key/")
    page.get_by_label("The code that your phone shows now").fill(recovery)
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_text("Security key 1")).to_be_visible()

    context.clear_cookies()
    page.goto("/admin/")
    desks.sign_in(page, "erin", own_site.people["erin"]["password"])
    desks.press(page.get_by_role("button", name="Use a security key"))
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()
    context.close()
