"""Two moderators as they work on a Sunday, by mouse and key, by keyboard alone or by thumb, with every step counted."""

import json
import re

from playwright.sync_api import expect

from moderation.policies.danger import RISKS
from moderation.redaction.anonymity_check import ANONYMITY_CHECK
from tests.journeys import desks
from tests.journeys.counting import Counting
from tests.journeys.watching import comes_true

NO = "2"
ANSWERS = {"yes": "1", "no": "2", "not-sure": "3"}
CLEAR, STAYS = "1", "2"
# What a second reader is asked besides the lines of the check.
_QUESTIONS = [*ANONYMITY_CHECK, "danger"]
_HERE = ".room-entry.room-here"


class Reader:
    """One moderator at a desk. `by_keys`: without a mouse; `by_thumb`: without a keyboard, but for words."""

    def __init__(self, window, costs):
        self.page = window.page
        self.counter = Counting(window.page, costs)
        self.by_keys = self.by_thumb = self.sees_words = False

    # --- Ways ------------------------------------------------------------------------------

    def press_on(self, element):
        """A click, or as many Tabs as it takes and Enter."""
        if not self.by_keys:
            return self.counter.click(element)
        self.tab_to(element)
        return self.counter.press("Enter")

    def press_what_has_focus(self, element, is_focused):
        """By Enter where it should have the focus by itself, for whoever works by keys."""
        if not is_focused:
            return self.press_on(element)
        expect(element).to_be_focused()
        return self.counter.press("Enter")

    def tab_to(self, element):
        """Past the menu by the link that leads there, then from stop to stop."""
        for _ in range(60):
            if element.evaluate(_IS_FOCUSED):
                return
            is_before_menu = self.page.evaluate("document.activeElement === document.body")
            self.counter.press("Tab", *["Enter"] * is_before_menu)
        raise AssertionError(f"Tab never comes to {element}")

    def press_key_or(self, key, element):
        """By its key, which a thumb hasn't."""
        return self.counter.click(element) if self.by_thumb else self.counter.press(key)

    def answer(self, line, number):
        """One answer of a line of questions."""
        self.press_key_or(number, line.get_by_role("radio").nth(int(number) - 1))

    def begin_session(self):
        """Once: the menu is pressed narrow, for wider columns, which the browser remembers."""
        toggle = self.page.get_by_role("button", name="Toggle sidebar")
        if not self.by_thumb and toggle.get_attribute("aria-expanded") == "true":
            self.press_on(toggle)

    # --- The first reader ---------------------------------------------------------------------

    def open_next(self):
        """From the page that says what comes next to the account's own."""
        self.press_what_has_focus(self.page.locator(".room-next .button", has_text="Open it"), self.by_keys)
        expect(self.page.locator(".room-columns")).to_be_visible()
        self.wait_for_scripts()

    def unfold(self):
        fold = self.page.locator("summary", has_text="The account, in their words")
        if self.by_keys:
            self.counter.press("a")
        elif fold.evaluate("each => !each.parentElement.open"):
            self.counter.click(fold)
        self.show_words()

    def show_words(self):
        """Once a session: words are blurred until somebody asks for them."""
        if self.page.locator(".room-blurred").count():
            self.press_key_or("b", self.page.get_by_role("button", name="Blur the words"))
        expect(self.page.locator(".room-blurred")).to_have_count(0)

    def read_account(self, account):
        self.read_to_the_end_of(self.page.locator(".room-columns__source details .room-words").first)
        self.counter.read(account.words)

    def read_to_the_end_of(self, element):
        if self.by_keys:
            self.counter.page_down_to_the_end_of(element)
        else:
            self.counter.scroll_down_to_the_end_of(element)

    def look_first(self, account):
        lines = self.page.locator("#look-form [data-room-walk-target=line]")
        expect(lines).to_have_count(len(RISKS))
        if not self.by_thumb:
            self.counter.press("n")
        for risk, line in zip(RISKS, lines.all(), strict=True):
            self.show_column("The text")
            self.answer(line, ANSWERS[account.look.get(risk.slug, "no")])
        calm = not self.by_thumb and set(account.look.values()) <= {"no"}
        self.press_what_has_focus(self.page.get_by_role("button", name="Keep these answers"), calm)
        expect(self.page.get_by_text(re.compile("Kept, sealed.|nothing stands in the way"))).to_be_visible()
        self.wait_for_scripts()

    def write_title(self, account):
        self.show_column("The text")
        if self.by_keys:
            self.counter.press("t", "Shift+Tab")
            expect(desks.title(self.page)).to_be_focused()
        else:
            self.counter.click(desks.title(self.page))
        self.counter.type(account.title)

    def wait_for_scripts(self):
        """A person presses nothing before the page has come up; tabs and keys come with its scripts."""
        expect(self.page.locator(".room-work:not(.room-work--scripted)")).to_have_count(0)

    def show_column(self, name):
        self.wait_for_scripts()
        tab = self.page.locator(".room-tabs").get_by_role("button", name=name)
        if tab.is_visible() and tab.get_attribute("aria-pressed") != "true":
            self.counter.click(tab)

    def walk_findings(self, account):
        """The first by a press on its mark, or by n; each that is done leads to the next."""
        if self.by_keys:
            # Out of the title, in which n is a letter.
            self.counter.press("Shift+Tab", "n")
        else:
            self.show_column("The account")
            self.counter.click(self.page.locator(".room-columns__source mark").first)
        last = None
        while here := self.here(since=last):
            self.put_in(here, account)
            last = here

    def here(self, since):
        """The words of the card that somebody is at, once it is another than before; None after the last."""
        another = f"[...document.querySelectorAll('{_HERE}')].every(each => each.dataset.words !== {json.dumps(since)})"
        assert comes_true(self.page, another), f"nothing comes after {since}"
        card = self.page.locator(_HERE)
        return card.get_attribute("data-words") if card.count() else None

    def put_in(self, words, account):
        card = self.page.locator(_HERE)
        buttons = {each.get_attribute("data-words"): each for each in card.locator("button[data-digit]").all()}
        wanted = account.put.get(words) or next(iter(buttons))
        wanted = "" if wanted == "out" else wanted
        if wanted in buttons:
            self.press_key_or(buttons[wanted].get_attribute("data-digit"), buttons[wanted])
        else:
            self.press_key_or("e", card.get_by_role("textbox", name="Your own words"))
            self.counter.type(wanted)
            self.counter.press("Enter")

    def read_text(self, account):
        """Once more from its beginning; what no machine finds is selected on the way, and rewritten. Returns it."""
        field = desks.text(self.page)
        self.show_column("The text")
        if not self.by_keys:
            self.counter.scroll_up_to(field)
        for words, instead in account.rewrites:
            if words in field.input_value():
                self.rewrite(field, words, instead)
        self.read_to_the_end_of(field)
        self.counter.read(field.input_value())
        return field.input_value()

    def rewrite(self, field, words, instead):
        if self.by_keys:
            self.select_by_keys(field, words)
        else:
            field.evaluate(_SELECT, words)
            self.counter.clicked()
        if instead:
            self.counter.type(instead)
        else:
            self.counter.press("Delete")
        assert words not in field.input_value()

    def select_by_keys(self, field, words):
        if not field.evaluate("each => each === document.activeElement"):
            self.counter.press("t")
        start = field.input_value().index(words)
        caret = lambda: field.evaluate("each => each.selectionEnd")  # noqa: E731
        self.counter.press("Control+Home")
        while caret() < start:
            was = caret()
            self.counter.press("ArrowDown")
            if caret() > start:
                self.counter.press("ArrowUp")
                break
            assert caret() != was
        while caret() < start:
            self.counter.press("Control+ArrowRight")
        while caret() > start:
            self.counter.press("ArrowLeft")
        while caret() < start + len(words):
            self.counter.press("Control+Shift+ArrowRight")
        while caret() > start + len(words):
            self.counter.press("Shift+ArrowLeft")

    def choose_themes(self, account):
        if account.themes:
            fold = self.page.locator("summary", has_text="Themes and content notes")
            self.read_to_the_end_of(fold)
            self.press_on(fold)
            self.read_to_the_end_of(self.page.locator("details", has=fold))
        for slug in account.themes:
            self.counter.click(self.page.locator(f"[name=themes][value={slug}]"))

    def answer_check(self, stays=()):
        """By digits from line to line, or by a press on each."""
        self.show_column("The text")
        lines = self.page.locator(".room-check__line, #danger-question")
        expect(lines).to_have_count(len(_QUESTIONS))
        for name, line in zip(_QUESTIONS, lines.all(), strict=True):
            answer = NO if name == "danger" else STAYS if name in stays else CLEAR
            if not self.by_thumb and not line.evaluate("each => each.contains(document.activeElement)"):
                self.go_to_check()
                expect(line.get_by_role("radio").first).to_be_focused()
            self.answer(line, answer)
            if name in stays:
                if self.by_thumb:
                    self.counter.click(line.get_by_role("textbox"))
                self.counter.type(stays[name])
                self.counter.press("Enter")

    def go_to_check(self):
        """By its key, or by its button from a field in which a key is a letter."""
        is_typing = self.page.evaluate("document.activeElement.matches('input, textarea')")
        if is_typing and not self.by_keys:
            return self.counter.click(self.page.locator("[data-action='room-walk#check']"))
        return self.counter.press(*["Tab"] * is_typing, "c")

    def send(self, name, says):
        button = self.page.get_by_role("button", name=name)
        self.press_what_has_focus(button, not self.by_thumb and button.evaluate(_IS_FOCUSED))
        expect(self.page.get_by_text(says)).to_be_visible()

    def put_forward(self, stays=()):
        self.answer_check(stays)
        self.send("Put it forward", "Put forward.")

    # --- What isn't put forward ---------------------------------------------------------------

    def decide(self, title):
        """From the head of an account's page to the page of a decision."""
        self.counter.click(self.page.get_by_role("button", name="Decide"))
        self.counter.click(self.page.get_by_role("link", name=title, exact=True))
        expect(self.page.locator(".room-decision")).to_be_visible()

    def follow(self, name):
        """What the first look offers after a yes."""
        self.show_column("The text")
        self.counter.click(self.page.locator("#first-look").get_by_role("link", name=name).first)
        expect(self.page.locator(".room-decision")).to_be_visible()

    def write(self, selector, words):
        self.counter.click(self.page.locator(selector))
        self.counter.type(words)

    def see_and_send(self, name, says):
        """The preview, as its contributor reads it, and then the button."""
        self.counter.click(self.page.get_by_role("button", name="See it as they will"))
        expect(self.page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
        self.counter.click(self.page.get_by_role("button", name=name, exact=True))
        expect(self.page.get_by_text(says)).to_be_visible()

    def hold(self, day, waits_for):
        self.page.locator("[name=look_again_on]").fill(day)
        self.counter.clicked()
        self.write("[name=waits_for]", waits_for)
        self.counter.click(self.page.get_by_role("button", name="Hold it"))
        expect(self.page.get_by_text("Held. It comes back to the start page on its day.")).to_be_visible()

    # --- The second reader --------------------------------------------------------------------

    def unfold_beside_text(self):
        self.press_what_has_focus(self.page.get_by_role("button", name="Unfold it beside its text"), self.by_keys)
        expect(self.page.locator("#danger-question")).to_be_attached()
        self.wait_for_scripts()
        self.show_words()

    def read_both(self, account):
        if self.by_keys:
            self.counter.press("a")
        self.show_column("The account")
        self.read_account(account)
        self.show_column("The text")
        letter = self.page.locator(".room-letter .room-words").first
        if self.by_keys:
            self.counter.press("o")
        self.read_to_the_end_of(letter)
        self.counter.read(letter.inner_text())

    def agree(self):
        self.answer_check()
        self.send(re.compile("^Answer, and agree"), "Agreed.")

    def join(self, sentence):
        """Where the first marked more: their answers are taken over with a sentence, and then the text is agreed to."""
        self.answer_check()
        self.send(re.compile("^Answer, and agree"), "Your answers are kept.")
        self.show_column("The text")
        self.write("[name=sentence]", sentence)
        self.counter.press("Enter")
        expect(self.page.get_by_text("Both of you say the same now")).to_be_visible()
        self.show_column("The text")
        self.counter.click(self.page.locator("#danger-question").get_by_label("No", exact=True))
        self.counter.click(self.page.get_by_role("button", name="Agree to this text"))
        expect(self.page.get_by_text("Agreed.")).to_be_visible()

    def send_back(self, note):
        self.write("form[action$='/send-back/'] [name=note]", note)
        self.counter.click(self.page.get_by_role("button", name="Send it back with this note"))
        expect(self.page.locator(".room-next")).to_be_visible()


_IS_FOCUSED = "each => each === document.activeElement"
_SELECT = """(field, words) => {
  const at = field.value.indexOf(words);
  window.heardRoom.atPlace(field, at, window.heardRoom.centre);
  field.focus({ preventScroll: true });
  field.setSelectionRange(at, at + words.length);
}"""
