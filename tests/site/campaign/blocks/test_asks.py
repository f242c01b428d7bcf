from campaign.models import Ask
from stories.core import snapshot
from tests.site.campaign import asking
from tests.site.campaign.blocks.rendering import refusals, shown
from tests.site.campaign.finding import page_at

BUTTON = {"words": "Write to your MP", "page": None, "link": ""}


def test_an_ask_stands_in_a_page_in_short_while_it_is_public(laid):
    ask = asking.ask()
    asking.action(ask)
    shown_while_live = shown("ask", {"ask": ask.pk})
    Ask.objects.get().unpublish()
    snapshot.forget_snapshot()

    assert f'<a href="/asks/teach-them-all/">{asking.SENTENCE}</a>' in shown_while_live
    assert '<a href="/actions/teach-them/">' in shown_while_live
    assert shown("ask", {"ask": ask.pk}).strip() == ""


def test_a_button_leads_to_a_page_elsewhere_a_mail_or_a_part_of_ours_and_nowhere_else():
    for link in ("https://x.example/", "mailto:chief@x.example", "/tell/"):
        assert refusals("action_button", {**BUTTON, "link": link}) == {}, link
        assert f'href="{link}"' in shown("action_button", {**BUTTON, "link": link})
    for link in ("", "http://x.example/", "javascript:steal()", "//x.example/", "x.example", "/admin/"):
        assert set(refusals("action_button", {**BUTTON, "link": link})) == {"link"}, link


def test_a_button_to_a_page_that_is_not_public_is_not_shown(laid):
    button = {**BUTTON, "page": page_at("how-heard-works").pk}
    before = shown("action_button", button)
    page_at("how-heard-works").unpublish()

    assert 'href="/news/how-heard-works/"' in before
    assert shown("action_button", button).strip() == ""
