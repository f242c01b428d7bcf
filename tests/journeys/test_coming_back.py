"""Coming back with a code: from a question to the story and its end, and with a draft."""

from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks
from tests.journeys.watching import BOTH_WAYS, DESK, PHONE, SAVED

ACCOUNT = "I rang 101 about the pictures. The officer at the desk laughed at me."
QUESTION = "May we say “a town in Kent”?"
TITLE, TEXT = "At the desk", "I rang 101 about the pictures.\n\nThe officer at the desk laughed at me."
WISH, NEW_TEXT = "She smiled, she did not laugh.", "I rang 101 about the pictures.\n\nThe officer at the desk smiled."

# We erase an account 30 days after the decision.
WEEKS = {True: 3, False: 5}


@BOTH_WAYS
def test_question_reply_wish_yes_story_and_down_again_weeks_later(javascript, visit, demo_site, team):
    code, account = at_work.tell(demo_site, ACCOUNT, consent_ask_again="on")
    team["alice"].claim(account)
    team["alice"].fill_in(f"/admin/queue/{account}/decide/ask/", question=QUESTION, step="preview")
    team["alice"].submit(f"/admin/queue/{account}/decide/ask/", step="send")
    assert "Asked." in team["alice"].page
    desks.let_ten_minutes_pass(demo_site, account)

    first_day = visit(PHONE, java_script_enabled=javascript)
    reply_in_pieces(first_day.come_back(code, "We have a question for you").page)
    before = first_day.page.evaluate("history.length")
    first_day.page.get_by_text("Read what I sent").tap()
    notes = download(first_day.page, "Download what I sent")
    assert notes.suggested_filename == "notes.txt"
    assert ACCOUNT in notes.path().read_text()

    first_day.page.get_by_text("Remind me").tap()
    first_day.page.get_by_label("Call it").select_option(label="Library books")
    day = download(first_day.page, "Put it in my calendar")
    assert day.suggested_filename == "event.ics"
    assert "SUMMARY:Library books" in day.path().read_text()
    assert first_day.page.evaluate("history.length") == before
    first_day.arrive("We are working on it")
    first_day.assert_left_nothing()

    team["alice"].put_forward(account, title=TITLE, text=TEXT)
    another_day = visit(PHONE, java_script_enabled=javascript)
    ask_for_a_change(another_day.come_back(code, "A text is ready for you"))

    team["alice"].put_forward(account, title=TITLE, text=NEW_TEXT)
    another_day.come_back(code, "A text is ready for you")
    expect(another_day.page.get_by_role("article").get_by_text("smiled.")).to_be_visible()
    another_day.press("Yes, publish exactly this", "You said yes")
    another_day.assert_left_nothing()

    desks.let_two_others_wait_for_the_batch(demo_site, team)
    team["bob"].agree(account)
    team["charlie"].fill_in("/admin/batch/")
    at_work.let_weeks_pass(demo_site, account, WEEKS[javascript])
    weeks_later = visit(PHONE, java_script_enabled=javascript)
    weeks_later.come_back(code, "Your story is on the site")
    story = read_the_story(weeks_later.page, is_erased=WEEKS[javascript] > 4)
    weeks_later.come_back(code).take_it_back()
    weeks_later.assert_left_nothing()
    page = visit().page
    desks.let_a_second_pass(page)
    assert page.goto(story).status == 410
    assert "smiled" not in page.content()


def test_lost_code_leads_on_without_one(visit):
    window = visit(PHONE)
    for way, title in (("ask for it to come down", "Take a story down"), ("tell us again", "Before you start")):
        window.come_back("7K3M 9QZX 0TVA W2HE")
        expect(window.page.locator(".error-summary")).to_be_focused()
        expect(window.page.locator(".error-summary")).to_contain_text("This code opens nothing here")
        window.press(way, title, role="link")
    window.assert_left_nothing()


def reply_in_pieces(page):
    expect(page.get_by_text(QUESTION)).to_be_visible()
    for piece in ("Yes.", "But not which one."):
        page.get_by_label("Write to us").fill(piece)
        page.get_by_role("button", name="Send this message").tap()
        expect(page.get_by_text("We have your message.")).to_be_visible()
        expect(page.get_by_text(piece, exact=True)).to_be_visible()


def download(page, button):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).tap()
    return waiting.value


def ask_for_a_change(window):
    page = window.page
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    page.locator("summary", has_text="Please change this").tap()
    page.get_by_label("Change paragraph 2").fill(WISH)
    window.press("Send what to change", "You asked for a change")
    expect(page.get_by_text(WISH)).to_be_visible()


def read_the_story(page, *, is_erased):
    expect(page.get_by_text("we erased what you sent" if is_erased else "we erase what you sent")).to_be_visible()
    expect(page.get_by_text("Read what I sent")).to_have_count(0 if is_erased else 1)
    desks.let_a_second_pass(page)
    page.get_by_role("link", name="Read your story").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return page.url


BEGUN = "I rang 101 about the pictures and"
WHOLE = "I rang 101 about the pictures and they wrote it all down."
FIELD = "In your own words, how did the police deal with it?"


def test_draft_on_the_bus_finished_at_home(visit):
    bus, home = visit(PHONE), visit(DESK, java_script_enabled=False)

    bus.come_to("/tell/form/", "Tell us what happened")
    bus.open_part("telling")
    bus.page.get_by_label(FIELD).fill(BEGUN)
    bus.press("Save for later", SAVED)
    code = bus.code()

    bus.press("Go on writing now", "Tell us what happened")
    bus.open_part("choices")
    bus.page.get_by_text("Publish my story").tap()
    bus.press("Save for later", SAVED)
    assert bus.code() == code
    page = home.come_back(code.replace("-", " ").lower(), "You saved this for later").page
    page.get_by_role("button", name="Go on writing").click()
    # It goes on at the part where somebody stopped.
    expect(page.locator("#choices .section__title")).to_be_in_viewport()
    home.arrive("Tell us what happened")
    expect(page.get_by_label(FIELD)).to_have_value(BEGUN)
    expect(page.get_by_label("Publish my story")).to_be_checked()
    home.page.get_by_label(FIELD).fill(WHOLE)
    home.say_the_age()
    home.check()
    assert home.send() == code

    bus.assert_left_nothing()
    home.assert_left_nothing()
