import pytest
from django.core.exceptions import ValidationError

from campaign.models import ActionPage, HomePage
from tests.site.campaign.blocks.rendering import refusals, shown
from tests.site.campaign.finding import page_at

BUTTON = {"words": "Write to your MP", "page": None, "link": ""}


@pytest.fixture
def action(laid):
    words = {"ask": "Teach every officer the law of 2024.", "whom": "every chief constable", "since": "2026-03-02"}
    button = [{"type": "action_button", "value": {**BUTTON, "link": "mailto:chief@x.example"}}]
    page = ActionPage(title="Teach them", slug="teach-them", button=button, **words, why_it_stays="A public office")
    HomePage.objects.get().add_child(instance=page)
    return page


def words_at(reader, address):
    return reader.get(address, secure=True).content.decode()


def test_the_page_of_an_action_says_what_is_asked_of_whom_since_when_and_what_to_do(action, reader):
    words = words_at(reader, "/teach-them/")

    assert "We ask every chief constable:" in words
    assert "Teach every officer the law of 2024." in words
    assert "Since March 2026" in words
    assert "Still open" in words
    assert '<a class="button" href="mailto:chief@x.example" rel="noreferrer">Write to your MP</a>' in words
    assert "What came of it" not in words


def test_a_closed_ask_says_what_came_of_it_and_asks_nobody_to_do_anything(action, reader):
    action.state, action.came_of_it = "closed", "Nothing, so far."
    action.save_revision().publish()

    words = words_at(reader, "/teach-them/")

    assert "What came of it" in words
    assert "Nothing, so far." in words
    assert "Write to your MP" not in words


def test_no_ask_is_closed_without_a_word_on_what_came_of_it(action):
    action.state = "closed"

    with pytest.raises(ValidationError, match="came of it"):
        action.full_clean()


def test_an_ask_stands_in_another_page_in_short_while_its_own_is_public(action):
    shown_while_live = shown("ask", {"page": action.pk})
    ActionPage.objects.update(live=False)

    assert '<a href="/teach-them/">Teach every officer the law of 2024.</a>' in shown_while_live
    assert shown("ask", {"page": action.pk}).strip() == ""


def test_home_shows_the_ask_of_the_moment_while_it_is_open(action, reader, django_capture_on_commit_callbacks):
    home = HomePage.objects.get()
    home.ask_page = action
    home.save_revision().publish()
    open_one = words_at(reader, "/")
    action.state, action.came_of_it = "closed", "Nothing."
    with django_capture_on_commit_callbacks(execute=True):
        action.save_revision().publish()

    assert "What we ask now" in open_one
    assert "What we ask now" not in words_at(reader, "/")


@pytest.mark.parametrize("link", ["https://x.example/", "mailto:chief@x.example", "/tell/"])
def test_a_button_leads_to_a_page_elsewhere_a_mail_or_a_part_of_ours(link):
    assert refusals("action_button", {**BUTTON, "link": link}) == {}
    assert f'href="{link}"' in shown("action_button", {**BUTTON, "link": link})


@pytest.mark.parametrize(
    "link", ["", "http://x.example/", "javascript:steal()", "//x.example/", "x.example", "/admin/"]
)
def test_a_button_that_leads_nowhere_good_is_refused(link):
    assert set(refusals("action_button", {**BUTTON, "link": link})) == {"link"}


def test_a_button_leads_to_one_place(laid):
    both = {**BUTTON, "page": page_at("privacy").pk, "link": "/tell/"}

    assert set(refusals("action_button", both)) == {"link"}


def test_a_button_to_a_page_that_is_not_public_is_not_shown(laid):
    button = {**BUTTON, "page": page_at("how-heard-works").pk}
    before = shown("action_button", button)
    page_at("how-heard-works").unpublish()

    assert 'href="/news/how-heard-works/"' in before
    assert shown("action_button", button).strip() == ""
