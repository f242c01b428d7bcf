"""An editor's day, in presses from the first screen on, and how a coordinator asks a force."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from stories.core import lifecycle
from tests import at_work
from tests.journeys import desks
from tests.journeys.watching import PHONE, assert_quiet

pytestmark = [pytest.mark.browser]

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
    desk = Desk(erin.page)

    with desk.within(14):
        slug, passage = write_news(desk, reader.page)
    with desk.within(7):
        move_an_ask_to_promised(desk)
    with desk.within(6):
        desk.go("Pages", "What you can do")
        desk.press(
            erin.page.locator("main").get_by_role(
                "link", name="Ask your police force to train its officers", exact=True
            )
        )
        desk.choose(erin.page.locator("select[name=state]"), "Closed")
        erin.page.locator("[name=achieved]").fill("Three forces wrote back to readers and said when they begin.")
        publish(desk)
    with desk.within(3):
        desk.go("Help lines")
        desk.press(erin.page.locator("main").get_by_role("link", name="Galop", exact=True))
        erin.page.locator("[name=last_checked]").fill(f"{lifecycle.today()}")
        save(desk)
        expect(erin.page.get_by_text("Help line 'Galop' updated.")).to_be_visible()
    with desk.within(4):
        desk.go("Settings", "Menu and footer")
        desk.press(erin.page.locator("[data-streamfield-child] [data-panel-toggle]").nth(1))
        erin.page.locator("[name=header-1-value-title]").fill("Read what people say")
        save(desk)
        expect(erin.page.get_by_text("Menu and footer 'Menu and footer' updated.")).to_be_visible()
    with desk.within(4):
        give_it_colours(desk)
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
        desk.press(
            erin.page.locator("#quote-gaps").or_(erin.page.locator("main")).get_by_role("link", name=TITLE).first
        )
        expect(erin.page.get_by_text("A passage on this page isn’t shown any more")).to_be_visible()
    with desk.within(6):
        put_the_old_menu_back(desk)
    with desk.within(3):
        desk.go("Settings", "Brand")
        erin.page.locator("[name=palette][value=moss]").check()
        save(desk)
        expect(erin.page.get_by_text("Brand 'Brand' updated.")).to_be_visible()

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
    toggle_the_preview(desk)
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


def give_it_colours(desk):
    page = desk.page
    desk.go("Settings", "Brand")
    page.locator("[name=palette][value=bark]").check()
    save(desk)
    expect(page.get_by_text("Brand 'Brand' updated.")).to_be_visible()


def put_the_old_menu_back(desk):
    """From Wagtail's history to a look at the version before, and back."""
    page = desk.page
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
    toggle_the_preview(desk)
    return desk.page.frame_locator("iframe[title=Preview]:not(.w-preview__proxy)")


def toggle_the_preview(desk):
    desk.press(desk.page.get_by_role("button", name="Toggle preview"))


def publish(desk):
    more = desk.page.get_by_role("button", name="More actions")
    if more.count():
        desk.press(more)
    desk.press(desk.page.get_by_role("button", name="Publish", exact=True))
    expect(desk.page.get_by_text("published.")).to_be_visible()


def save(desk):
    desk.press(desk.page.get_by_role("button", name="Save", exact=True))


# An invented answer: it stands on the demo's page of a force for the length of this test.
WORDS = "We got this wrong, and we have changed how we take such reports."
ROLE = "Head of Public Protection"


# The headless shell copies nothing.
@pytest.mark.whole
def test_force_is_asked_and_its_answer_stands_once_a_second_person_agreed(visit, demo_site, team):
    ((slug, force),) = at_work.rows(
        demo_site, "SELECT slug, force_id FROM stories_story WHERE status = 'live' AND force_id = 'kent' LIMIT 1"
    )
    charlie = desks.at_the_desk_of(team["charlie"], visit)

    letter = record_a_letter(charlie.page, slug)
    charlie.page.get_by_role("button", name="Copy the letter").click()
    expect(charlie.page.get_by_text("Copied.")).to_be_visible()
    answer = enter_the_answer(charlie.page, letter, slug)
    bob = desks.at_the_desk_of(team["bob"], visit)
    bob.page.goto(answer)
    expect(bob.page.get_by_text(WORDS)).to_be_visible()
    bob.page.get_by_role("button", name="Agree to these words").click()
    expect(bob.page.get_by_text(re.compile("Agreed. It stands on the force’s page now"))).to_be_visible()

    reader = visit()
    desks.let_a_second_pass(reader.page)
    reader.page.goto(f"/forces/{force}/")
    expect(reader.page.get_by_text(WORDS).first).to_be_visible()
    charlie.page.goto(answer)
    charlie.page.get_by_role("link", name="Take it down").click()
    charlie.page.get_by_role("button", name="Yes, delete").click()
    expect(charlie.page.get_by_text("deleted")).to_be_visible()
    assert_quiet(charlie, bob)


def record_a_letter(page, slug):
    page.goto("/admin/answers/")
    page.get_by_role("link", name="Record a letter").click()
    page.locator("#id_force").select_option("kent")
    page.get_by_label("Month it was sent").select_option(index=1)
    page.get_by_label("To which office").fill("Chief Inspector Jane Smith")
    page.get_by_label("Stories it is about").fill(f"/stories/{slug}/")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("looks like somebody’s name")).to_be_visible()
    expect(page.locator(f'[name=stories][value="/stories/{slug}/"]')).to_be_checked()
    page.get_by_label("To which office").fill(ROLE)
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text(f"Dear {ROLE}")).to_be_visible()
    return page.url


def enter_the_answer(page, letter, slug):
    page.goto(letter)
    page.get_by_role("link", name="Enter its answer").click()
    expect(page.locator(f'[name=story_slugs][value="/stories/{slug}/"]')).to_be_checked()
    # What was copied is pasted where it can be seen; a mail would be the place.
    page.locator("#id_words").press("Control+V")
    expect(page.locator("#id_words")).to_have_value(re.compile(f"/stories/{slug}/.*A veto.", re.DOTALL))
    page.get_by_label("Apology").check()
    page.locator("#id_words").fill(WORDS)
    page.locator("#id_source").fill("A letter to Heard")
    page.locator("#id_month").select_option(index=1)
    page.get_by_label("I checked it with the force by its switchboard.").check()
    desks.press(page.get_by_role("button", name="More actions"))
    page.get_by_role("button", name=re.compile("Submit to")).click()
    expect(page.get_by_text("What waits")).to_be_visible()
    return page.url
